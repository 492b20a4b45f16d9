from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from compliance.model.staleness import Staleness
from compliance.render.summary import (
    Cell,
    build_matrix,
    compose_headline,
    compose_tally,
    group_findings,
    group_undecided,
    indicator_label,
    period_label,
    rules_without_finding,
    unit_label,
    unit_name,
)

if TYPE_CHECKING:
    from compliance.model.check import Check

DISTRICT = "soc-trang/long-phu"


def test_the_first_line_says_whether_the_figures_are_accepted(long_phu: Check) -> None:
    first = compose_headline(long_phu)[0]
    assert first.startswith(
        "CHƯA ĐỦ ĐIỀU KIỆN TIẾP NHẬN – 5 đơn vị, 6 tháng đầu năm 2020: 2 nội dung phải sửa"
    )


def test_one_submission_is_named_in_the_first_line(long_phu: Check) -> None:
    alone = long_phu.model_copy(update={"submissions": long_phu.submissions[:1]})
    assert "– huyện Long Phú, 6 tháng đầu năm 2020" in compose_headline(alone)[0]


def test_the_headline_names_the_worst_units_and_what_blocks(long_phu: Check) -> None:
    lines = compose_headline(long_phu)
    assert "Đơn vị chưa đủ điều kiện tiếp nhận: toàn huyện, cấp xã." in lines
    assert any(line.startswith("2. khối cấp xã: ") and "0,03%" in line for line in lines)


def test_the_headline_lists_missing_figures_and_units_that_are_silent(long_phu: Check) -> None:
    first = long_phu.submissions[0].model_copy(update={"missing": ("documents.outgoing",)})
    silent = long_phu.model_copy(
        update={
            "submissions": (first, *long_phu.submissions[1:]),
            "not_submitted": (f"{DISTRICT}/cap-huyen",),
        }
    )
    lines = compose_headline(silent)
    assert "Thiếu số liệu bắt buộc của huyện Long Phú: Tổng số văn bản đi." in lines
    assert "Chưa gửi số liệu (1): khối cấp huyện." in lines


def test_a_pack_past_its_time_is_said(long_phu: Check) -> None:
    ended = Staleness(reason="ended", pack="long-phu-2020", version="1.0.0", until=date(2020, 12, 31))
    manifest = long_phu.manifest.model_copy(update={"stale": True, "stale_because": (ended,)})
    lines = compose_headline(long_phu.model_copy(update={"manifest": manifest}))
    assert any("đã hết thời gian áp dụng" in line for line in lines)


def test_labels_fall_back_to_the_id_where_the_pack_lacks_it(long_phu: Check) -> None:
    assert unit_label(long_phu, DISTRICT) == "huyện Long Phú"
    assert unit_name(long_phu, DISTRICT) == "toàn huyện"
    assert unit_label(long_phu, "nowhere") == unit_name(long_phu, "nowhere") == "nowhere"
    assert indicator_label(long_phu, "no.such") == "no.such"
    assert period_label(long_phu) == "6 tháng đầu năm 2020"


def test_findings_are_grouped_by_severity_the_heaviest_first(long_phu: Check) -> None:
    groups = group_findings(long_phu)
    assert [severity for severity, _ in groups] == ["must_fix", "must_explain", "advisory"]
    assert sum(len(findings) for _, findings in groups) == len(long_phu.findings)


def test_a_severity_without_findings_has_no_group(long_phu: Check) -> None:
    assert group_findings(long_phu.model_copy(update={"findings": ()})) == ()


def test_the_matrix_has_a_row_for_each_submission_and_a_cell_for_each_area(long_phu: Check) -> None:
    matrix = build_matrix(long_phu)
    assert [result.unit for result, _ in matrix] == [result.unit for result in long_phu.submissions]
    assert {len(cells) for _, cells in matrix} == {len(long_phu.pack.areas)}


def test_a_cell_shows_the_worst_of_its_area(long_phu: Check) -> None:
    places = {area.id: place for place, area in enumerate(long_phu.pack.areas)}
    communes = next(cells for result, cells in build_matrix(long_phu) if result.unit.endswith("/cap-xa"))
    assert communes[places["dossiers"]] == Cell("must_fix", 1)
    assert communes[places["documents"]].words == "1 giải trình"
    assert communes[places["portal"]].kind == "none"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell("must_fix", 2), "2 sửa"),
        (Cell("advisory", 1), "1 lưu ý"),
        (Cell("no_data", 3), "thiếu số liệu"),
        (Cell("pass", 4), "đạt"),
        (Cell("none", 0), "–"),
    ],
)
def test_a_cell_is_told_in_words(cell: Cell, words: str) -> None:
    assert cell.words == words


def test_what_lacks_figures_is_grouped_by_unit_and_reason(long_phu: Check) -> None:
    every, written = group_undecided(long_phu), group_undecided(long_phu, written_only=True)
    assert all(group.unit == DISTRICT for group in every), "excerpts of another report owe nothing"
    assert len(written) < len(every)
    assert not any(
        rule.startswith(("RATE:", "ROLLUP:", "PARTS:")) for group in written for rule in group.rules
    )
    assert any("Số mục thông tin bắt buộc" in group.reason for group in written)


def test_a_rule_either_has_findings_or_is_listed_as_silent(long_phu: Check) -> None:
    silent, found = set(rules_without_finding(long_phu)), {finding.rule for finding in long_phu.findings}
    assert not silent & found
    assert silent | found == {tally.rule for tally in long_phu.manifest.rules}


def test_the_tally_counts_every_outcome_and_dates_the_run(long_phu: Check) -> None:
    counted, made = compose_tally(long_phu)
    assert f"Đã chạy {len(long_phu.manifest.rules)} quy tắc trên 5 đơn vị" in counted
    assert made.endswith("(mã 000000000000); ngày lập 30/6/2020.")
