"""Reports of an invented ledger: the plan's figures, in files that are read and accepted."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from compliance.authoring.invented_plan import DOSSIERS, LedgerPlan, plan_ledger
from compliance.authoring.invented_register import reporting_units
from compliance.authoring.invented_submissions import Report, compose_reports, render_report, render_tables
from compliance.model.submission import Period
from compliance.pipeline import check, load_pack, read_submissions

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.engine.expressions import CompiledPack
    from compliance.model.submission import Submission


@cache
def compiled() -> CompiledPack:
    loaded, _ = load_pack("long-phu-2020")
    assert loaded is not None
    return loaded


def make_plan(records: int, seed: int) -> LedgerPlan:
    units = reporting_units(compiled().pack.units)
    return plan_ledger(units, Period(year=2020, half=1), records, seed=seed, cut_off=date(2020, 5, 4))


def make_reports(records: int, seed: int = 0) -> tuple[Report, ...]:
    return compose_reports(make_plan(records, seed), compiled().pack, compiled().pack.unit)


def read_yaml(reports: tuple[Report, ...], folder: Path) -> tuple[Submission, ...]:
    for number, report in enumerate(reports):
        (folder / f"{number:02d}.yaml").write_text(render_report(report, compiled().pack), encoding="utf-8")
    return read(folder)


def read(folder: Path) -> tuple[Submission, ...]:
    submissions, _, problems = read_submissions([folder], compiled().pack)
    assert problems == ()
    return submissions


@pytest.mark.parametrize(("records", "seed"), [(0, 1), (23, 2), (700, 3), (20_000, 4), (3_000_000, 5)])
def test_check_accepts_what_was_invented_with_nothing_to_mend(
    tmp_path: Path, records: int, seed: int
) -> None:
    submissions = read_yaml(make_reports(records, seed), tmp_path)
    checked = check(compiled(), submissions, as_of=date(2020, 7, 1))
    assert len(submissions) == 23
    assert checked.accepted in {"accepted", "explain"}
    wrong = [item for item in checked.outcomes if item.outcome in {"fail", "error"}]
    assert [item.rule for item in wrong if item.severity == "must_fix"] == []


def test_the_files_hold_the_figures_of_the_plan(tmp_path: Path) -> None:
    submissions = read_yaml(make_reports(20_000), tmp_path)
    planned = {unit.unit: unit.figures for unit in make_plan(20_000, 0).units}
    for submission in submissions:
        assert {name: submission.values[name] for name in DOSSIERS} == planned[submission.unit]
        assert submission.provenance == "synthetic"
        assert submission.data_window is not None
        assert submission.data_window.end == date(2020, 5, 4)


def test_a_table_says_the_same_as_files_of_their_own(tmp_path: Path) -> None:
    reports = make_reports(20_000)
    (tmp_path / "files").mkdir()
    (tmp_path / "tables").mkdir()
    files = read_yaml(reports, tmp_path / "files")
    for number, table in enumerate(render_tables(reports, compiled().pack)):
        (tmp_path / "tables" / f"{number}.csv").write_text(table, encoding="utf-8")
    tables = read(tmp_path / "tables")
    assert [(item.unit, item.values, item.data_window, item.report_date) for item in files] == [
        (item.unit, item.values, item.data_window, item.report_date) for item in tables
    ]
    assert [[rate.as_written for rate in item.stated.values()] for item in files] == [
        [rate.as_written for rate in item.stated.values()] for item in tables
    ]


def test_a_unit_without_dossiers_states_no_rate() -> None:
    assert {tuple(report.stated) for report in make_reports(0)} == {()}
