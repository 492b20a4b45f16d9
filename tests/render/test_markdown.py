from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.model.assessment import Assessment
from compliance.pipeline import assess
from compliance.render.markdown import (
    render_assessment_markdown,
    render_assessment_text,
    render_check_markdown,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion

    from compliance.model.check import Check


def test_a_whole_check_as_markdown(long_phu: Check, golden: SnapshotAssertion) -> None:
    assert render_check_markdown(long_phu) == golden(name="ket-qua")


def test_a_whole_assessment_as_markdown(assessment: Assessment, golden: SnapshotAssertion) -> None:
    assert render_assessment_markdown(assessment) == golden(name="danh-gia")


def test_a_whole_assessment_as_text(assessment: Assessment, golden: SnapshotAssertion) -> None:
    assert render_assessment_text(assessment) == golden(name="danh-gia")


def test_the_first_line_is_the_acceptance(long_phu: Check) -> None:
    assert render_check_markdown(long_phu).startswith("# CHƯA ĐỦ ĐIỀU KIỆN TIẾP NHẬN – ")


def test_a_single_unit_needs_no_matrix(long_phu: Check) -> None:
    alone = long_phu.model_copy(update={"submissions": long_phu.submissions[:1]})
    assert "## Đơn vị và lĩnh vực" not in render_check_markdown(alone)


def test_a_table_is_not_broken_by_a_label(hostile: Check) -> None:
    units = tuple(unit.model_copy(update={"short_label": "a|b\nc"}) for unit in hostile.pack.units)
    pack = hostile.pack.model_copy(update={"units": units})
    pack.__dict__.pop("unit", None)
    written = render_check_markdown(hostile.model_copy(update={"pack": pack}))
    rows = [line for line in written.splitlines() if line.startswith("| a")]
    assert len(rows) == 5
    assert all(row.startswith(r"| a\|b c | ") for row in rows)


def test_an_assessment_with_nothing_to_say_says_so() -> None:
    empty = Assessment(unit="d", period="2020-H1", strengths=(), limitations=(), tasks=())
    assert render_assessment_text(empty).count("Không có.") == 2
    assert "Chưa đủ số liệu để kết luận" not in render_assessment_markdown(empty)


def test_tasks_are_numbered_through_all_their_groups(assessment: Assessment) -> None:
    lines = render_assessment_text(assessment).splitlines()
    numbers = [int(line.split(".")[0]) for line in lines if line[:1].isdigit() and not line.startswith("4.")]
    assert numbers[-1] == len(assessment.tasks)


@pytest.mark.parametrize("render", [render_assessment_markdown, render_assessment_text])
def test_where_a_sentence_stands_for_many_units_each_has_a_line(
    many_units: Check, render: Callable[[Assessment], str]
) -> None:
    written = render(assess(many_units))
    assert "Còn 10/12 cơ quan thuộc khối cấp huyện và 11/11 xã, thị trấn có tỷ lệ" in written
    assert "   - Phòng Nội vụ: 66,67% (268/402)" in written
