"""What the cases of rules come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.authoring.cases import CaseReport, run_cases
from compliance.intake.packs import available_packs

BAD = Path(__file__).resolve().parents[1] / "data" / "bad" / "packs"
HEADER = """\
id: tried
title: Bộ thử
version: 1.0.0
jurisdiction: nơi thử
effective_from: 2020-01-01
areas: [{id: work, title: Công việc}]
changelog: []
"""
CONTENTS = """\
indicators:
  - {id: work.done, label: Đã làm, unit_of_measure: việc, type: count, levels: [district, bloc, commune],
     additive: [district], description: xong}
  - {id: work.all, label: Được giao, unit_of_measure: việc, type: count, levels: [district, bloc, commune],
     description: giao}
rules:
  - {id: WRK-01, title: Làm không quá việc giao, area: work, kind: consistency, severity: must_fix,
     applies_to: [commune, bloc, district], check: CHECK, effective_from: 2020-01-01, fix: Sửa lại.}
"""


def run(tmp_path: Path, cases: str, check: str = "work.done <= work.all") -> CaseReport:
    folder = tmp_path / "tried"
    (folder / "cases").mkdir(parents=True)
    (folder / "pack.yaml").write_text(HEADER, encoding="utf-8")
    (folder / "contents.yaml").write_text(CONTENTS.replace("CHECK", check), encoding="utf-8")
    (folder / "cases" / "WRK-01.yaml").write_text(cases, encoding="utf-8")
    return run_cases([folder])


def failures(report: CaseReport) -> list[str]:
    return [problem.code for problem in report.problems + report.failures if problem.code != "cases.missing"]


def test_every_rule_that_travels_with_the_program_has_its_cases_and_all_pass() -> None:
    report = run_cases(available_packs())
    assert [str(problem) for problem in report.problems + report.failures] == []
    assert report.complete == len(report.rules) > 100
    assert report.has_passed


def test_every_outcome_is_asked_for_by_some_case() -> None:
    outcomes = run_cases(["vietnam-2020"]).outcomes
    assert set(outcomes) == {"pass", "fail", "no_data", "not_applicable"}


def test_generated_rules_get_all_their_cases_automatically(tmp_path: Path) -> None:
    report = run(tmp_path, "{}")
    rolled = next(rule for rule in report.rules if rule.rule == "ROLLUP:work.done")
    assert (rolled.written, rolled.automatic, rolled.is_complete) == (0, 5, True)


def test_a_target_is_tried_at_its_limit_and_one_step_either_side() -> None:
    report = run_cases([BAD / "sound"])
    tried = next(rule for rule in report.rules if rule.rule == "DOC-01")
    assert (tried.automatic, tried.is_complete) == (3, True)


def test_missing_cases_are_named_by_their_outcome(tmp_path: Path) -> None:
    report = run(tmp_path, "pass_bang: {figures: {work: {done: 1, all: 1}}, expect: pass}")
    rule = next(rule for rule in report.rules if rule.rule == "WRK-01")
    assert rule.missing == ("fail", "no_data")
    assert not report.has_passed


def test_a_rule_that_reads_no_figure_that_can_be_missing_needs_no_case_for_it(tmp_path: Path) -> None:
    cases = "pass_khoi: {level: bloc, expect: pass}\nfail_huyen: {level: district, expect: fail}"
    report = run(tmp_path, cases, check='unit.level == "bloc"')
    assert failures(report) == []
    assert report.has_passed


def test_a_case_that_comes_out_differently_says_how_and_where(tmp_path: Path) -> None:
    report = run(tmp_path, "pass_nhieu_hon: {figures: {work: {done: 2, all: 1}}, expect: pass}")
    problem = next(problem for problem in report.failures if problem.code == "cases.outcome")
    assert problem.values["got"] == "fail"
    assert problem.place.line == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("difference: 1", None),
        ("difference: 1 việc", None),
        ("difference: 2", "cases.field"),
        ("reason: differs", None),
        ("reason: missed", "cases.field"),
        ("commended: false", None),
        ("assumed: []", None),
        ("assumed: [work.all]", "cases.field"),
    ],
)
def test_a_case_may_ask_for_more_than_the_outcome(tmp_path: Path, more: str, code: str | None) -> None:
    report = run(tmp_path, f"fail_hon: {{figures: {{work: {{done: 2, all: 1}}}}, expect: fail, {more}}}")
    assert failures(report) == ([code] if code else [])


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("pass_a: {figures: {work: {done: 1, all: 1}}}", "pack.missing_key"),
        ("pass_a: {figures: {work: {done: 1, all: 1}}, expect: passs}", "pack.not_one_of"),
        ("pass_a: {figure: {work: {done: 1, all: 1}}, expect: pass}", "pack.unknown_key"),
        ("pass_a: {figures: {work: {done: 1, al: 1}}, expect: pass}", "figures.unknown_indicator"),
        ("pass_a: {figures: {work: {done: '21,035', all: 1}}, expect: pass}", "numerals.ambiguous"),
        ("pass_a: {period: 2020-Q1, expect: pass}", "request.bad_period"),
        ("fail_a: {figures: {work: {done: 1, all: 1}}, expect: pass}", "cases.name_differs"),
        ("pass_a: {level: commune, children: {b: {}}, expect: pass}", "cases.no_such_units"),
        ("pass_a: {level: district, reported_by: parent, expect: pass}", "cases.no_such_units"),
        ("pass_a: {unit: mau, expect: pass}", "cases.unknown_unit"),
        ("pass_a", "pack.wrong_type"),
        ("pass_a: chưa viết", "pack.wrong_type"),
    ],
)
def test_a_case_that_cannot_be_run_is_a_problem_in_words(tmp_path: Path, case: str, code: str) -> None:
    assert code in failures(run(tmp_path, case))


def test_peers_children_and_other_periods_are_made_up_around_the_unit(tmp_path: Path) -> None:
    cases = """\
pass_hon_ky_truoc:
  level: bloc
  figures: {work: {done: 5, all: 9}}
  previous: {work: {done: 4}}
  same_period_last_year: {work: {done: 3}}
  children: {a: {work: {done: 2}}, b: {work: {done: 3}}}
  expect: pass
no_data_thieu_mot_xa:
  level: bloc
  figures: {work: {done: 5, all: 9}}
  previous: {work: {done: 4}}
  same_period_last_year: {work: {done: 3}}
  children: {a: {work: {done: 2}}, b: {}}
  expect: no_data
  reason: children
"""
    check = (
        "work.done > previous.work.done and work.done > same_period_last_year.work.done"
        " and work.done == children.sum.work.done"
    )
    assert failures(run(tmp_path, cases, check=check)) == []


def test_a_pack_that_cannot_be_read_gives_its_problems(tmp_path: Path) -> None:
    report = run(tmp_path, "{}", check="work.done <= work.al")
    assert [problem.code for problem in report.problems] == ["expression.unknown_name"]
    assert report.rules == ()
