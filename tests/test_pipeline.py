"""From files to a check: what a run is asked for, and what it answers when that cannot be had."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

from compliance.model.rulepack import RulePack
from compliance.pipeline import Request, dataset, gather, run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

AS_OF = date(2020, 6, 30)
REPORTED = dataset("long-phu-2020-h1")


def _codes(request: Request) -> list[str]:
    result, problems = run(request)
    assert result is None
    return [problem.code for problem in problems]


def test_a_folder_without_figures_is_no_input(tmp_path: Path) -> None:
    result, problems = run(Request(paths=(tmp_path,), as_of=AS_OF))
    assert result is None
    assert problems


def _of_the_second_half() -> str:
    source = (REPORTED / "xa-phu-huu.yaml").read_text(encoding="utf-8")
    signed = source.replace("report_date: 2020-05-21", "report_date: 2020-12-21")
    return signed.replace("period: 2020-H1", "period: 2020-H2")


def test_figures_of_two_periods_ask_for_one(tmp_path: Path) -> None:
    shutil.copytree(REPORTED, tmp_path / "h1")
    later = tmp_path / "h2.yaml"
    later.write_text(_of_the_second_half(), encoding="utf-8")
    assert _codes(Request(paths=(tmp_path,), as_of=AS_OF)) == ["request.several_periods"]


def test_one_of_two_periods_can_be_chosen(tmp_path: Path) -> None:
    shutil.copytree(REPORTED, tmp_path / "h1")
    (tmp_path / "h2.yaml").write_text(_of_the_second_half(), encoding="utf-8")
    result, _ = run(Request(paths=(tmp_path,), as_of=AS_OF, period="2020-H1"))
    assert result is not None
    assert {submission.period for submission in result.submissions} == {"2020-H1"}


def test_all_wishes_that_cannot_be_met_are_told_at_once() -> None:
    request = Request(paths=(REPORTED,), as_of=AS_OF, period="2019-H1", unit="a", expect="b,c")
    assert sorted(_codes(request)) == [
        "request.unknown_period",
        "request.unknown_unit",
        "request.unknown_unit",
        "request.unknown_unit",
    ]


def test_the_end_of_an_id_that_only_one_unit_has_names_it() -> None:
    request = Request(
        paths=(REPORTED,), as_of=AS_OF, unit="xa-phu-huu", expect="cap-xa/xa-tan-hung,cap-huyen"
    )
    gathered, problems = gather(request)
    assert gathered is not None, problems
    assert gathered.expected == ("soc-trang/long-phu/cap-xa/xa-tan-hung", "soc-trang/long-phu/cap-huyen")


def test_an_end_that_several_ids_have_is_refused_with_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RulePack, "units_meant", lambda _, written: (f"a/{written}", f"b/{written}"))
    _, problems = run(Request(paths=(REPORTED,), as_of=AS_OF, unit="xa"))
    assert [(p.code, p.values["known"]) for p in problems] == [("request.ambiguous_unit", "a/xa, b/xa")]


def test_a_figure_that_rose_since_the_period_before_is_said(tmp_path: Path) -> None:
    before = tmp_path / "2019-h2.yaml"
    source = (REPORTED / "huyen.yaml").read_text(encoding="utf-8")
    earlier = source.replace("period: 2020-H1", "period: 2019-H2")
    earlier = earlier.replace("outgoing_electronic: 2.737", "outgoing_electronic: 2.563")
    earlier = earlier.replace("2020-01-01", "2019-07-01").replace("2020-05-04", "2019-11-04")
    before.write_text(earlier, encoding="utf-8")
    result, problems = run(Request(paths=(REPORTED,), as_of=AS_OF, previous=(before,)))
    assert result is not None, [str(problem) for problem in problems]
    outcomes = {
        outcome.rule: outcome.outcome for outcome in result.outcomes if outcome.unit == "soc-trang/long-phu"
    }
    assert outcomes["PLA-08"] == "pass"
