from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console

from compliance.pipeline import assess
from compliance.problems import Problem
from compliance.render.console import render_assessment, render_check, render_problems

if TYPE_CHECKING:
    from rich.console import RenderableType
    from syrupy.assertion import SnapshotAssertion

    from compliance.model.assessment import Assessment
    from compliance.model.check import Check


def show(renderable: RenderableType, *, width: int = 80, color: bool = False) -> str:
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=color, highlight=False).print(renderable)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def test_a_whole_check_on_the_terminal(long_phu: Check, golden: SnapshotAssertion) -> None:
    assert show(render_check(long_phu)) == golden(name="ket-qua")


def test_a_whole_assessment_on_the_terminal(assessment: Assessment, golden: SnapshotAssertion) -> None:
    assert show(render_assessment(assessment)) == golden(name="danh-gia")


def test_nothing_is_wider_than_eighty_columns(many_units: Check) -> None:
    assert max(map(cell_len, show(render_check(many_units)).splitlines())) <= 80


def test_the_acceptance_stands_first(long_phu: Check) -> None:
    assert show(render_check(long_phu)).startswith("CHƯA ĐỦ ĐIỀU KIỆN TIẾP NHẬN – 5 đơn vị")


def test_markup_in_a_label_is_shown_as_it_is(long_phu: Check) -> None:
    finding = long_phu.findings[0].model_copy(update={"message": "[bold]đậm[/bold] [link=x]"})
    shown = show(render_check(long_phu.model_copy(update={"findings": (finding,)})), width=200)
    assert "[bold]đậm[/bold] [link=x]" in shown


def test_a_waived_finding_is_marked(long_phu: Check) -> None:
    finding = long_phu.findings[0].model_copy(update={"waived": True})
    assert "(đã được miễn trừ)" in show(
        render_check(long_phu.model_copy(update={"findings": (finding,)})), width=300
    )


def test_without_findings_it_says_so(long_phu: Check) -> None:
    assert "Không có phát hiện nào." in show(render_check(long_phu.model_copy(update={"findings": ()})))


def test_errors_are_red_and_warnings_yellow() -> None:
    problems = (
        Problem("figures.revision", values={"written": "0"}),
        Problem("figures.revision", values={"written": "x"}, weight="warning"),
    )
    shown = show(render_problems(problems), width=200, color=True)
    assert "\x1b[31m" in shown
    assert "\x1b[33m" in shown


def test_the_terminal_says_where_each_of_many_units_is_told(many_units: Check) -> None:
    shown = show(render_assessment(assess(many_units)), width=200)
    assert "Chi tiết của 21 đơn vị có trong bản Word, văn bản, Markdown và JSON." in shown
