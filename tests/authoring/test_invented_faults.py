"""A ledger agrees with the reports that were invented with it, and each planted fault is found, alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from compliance.authoring.invented_faults import FAULTS, RECORD_FAULTS, REPORT_FAULTS, FaultName, Planted
from compliance.authoring.invented_folder import LEDGER, REPORTS, Country, invent_ledger
from compliance.authoring.invented_plan import DOSSIERS
from compliance.model.submission import Period
from compliance.reconcile_pipeline import reconcile

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.model.reconciliation import ReconciledUnit, Reconciliation

PACK = "long-phu-2020"
PERIOD = Period(year=2020, half=1)
OWN_UNITS = 23
"""The 12 agencies and 11 communes of Long Phú."""


def invent(
    folder: Path, *faults: FaultName, seed: int = 0, cut_off: date | None = None, records: int = 20_000
) -> tuple[Planted, ...]:
    invented, problems = invent_ledger(
        Country(PACK), PERIOD, folder, records=records, seed=seed, faults=faults, cut_off=cut_off
    )
    assert problems == ()
    assert invented is not None
    return invented.planted


def hold_together(folder: Path) -> Reconciliation:
    result, problems = reconcile([folder / LEDGER], [folder / REPORTS], PACK, as_of=date(2020, 7, 10))
    assert problems == ()
    assert result is not None
    return result


def own_units(result: Reconciliation) -> list[ReconciledUnit]:
    return [unit for unit in result.units if unit.level in {"agency", "commune"}]


def differing_figures(result: Reconciliation) -> dict[str, dict[str, tuple[int | None, int | None]]]:
    """By unit and indicator what is reported and what the ledger gives, where they differ."""
    found = {
        unit.unit: {
            column.indicator: (column.reported, column.expected)
            for column in unit.columns
            if column.verdict == "differ"
        }
        for unit in own_units(result)
    }
    return {unit: columns for unit, columns in found.items() if columns}


def differing_rates(result: Reconciliation) -> dict[str, list[str]]:
    found = {
        unit.unit: [rate.rate for rate in unit.rates if rate.verdict == "differ"]
        for unit in own_units(result)
    }
    return {unit: rates for unit, rates in found.items() if rates}


@pytest.mark.parametrize(
    ("seed", "cut_off", "records"),
    [(0, None, 20_000), (1, date(2020, 5, 4), 20_000), (2, None, 400_000), (3, date(2020, 6, 29), 3_000)],
)
def test_a_ledger_agrees_with_its_reports_in_every_column_of_every_unit(
    tmp_path: Path, seed: int, cut_off: date | None, records: int
) -> None:
    folder = tmp_path / "invented"
    invent(folder, seed=seed, cut_off=cut_off, records=records)
    result = hold_together(folder)
    assert (result.verdict, result.records, result.faults) == ("agree", records, ())
    assert len(own_units(result)) == OWN_UNITS
    for unit in own_units(result):
        assert {column.indicator for column in unit.columns} == set(DOSSIERS)
        assert {column.verdict for column in unit.columns} == {"agree"}
        assert {rate.verdict for rate in unit.rates} == {"agree"}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("fault", REPORT_FAULTS)
def test_a_fault_in_a_report_is_found_where_it_was_planted_and_nowhere_else(
    tmp_path: Path, fault: FaultName, seed: int
) -> None:
    (planted,) = invent(tmp_path / "invented", fault, seed=seed)
    result = hold_together(tmp_path / "invented")
    assert result.verdict == "differ"
    assert result.faults == ()
    expected = {planted.unit: dict(planted.figures)} if planted.figures else {}
    assert differing_figures(result) == expected
    if fault in {"rate_on_received", "late_as_in_time"}:
        assert set(differing_rates(result)) == {planted.unit}
    else:
        assert differing_rates(result) == {}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("fault", RECORD_FAULTS)
def test_a_record_that_cannot_be_is_listed_by_its_fault_and_changes_no_count(
    tmp_path: Path, fault: FaultName, seed: int
) -> None:
    (planted,) = invent(tmp_path / "invented", fault, seed=seed)
    result = hold_together(tmp_path / "invented")
    assert result.verdict == "differ"
    assert differing_figures(result) == {}
    assert differing_rates(result) == {}
    assert [
        (found.fault, found.count, [record.dossier for record in found.records]) for found in result.faults
    ] == [(fault, 1, [planted.dossier])]


@pytest.mark.parametrize("seed", range(3))
def test_ten_faults_together_are_all_found(tmp_path: Path, seed: int) -> None:
    planted = invent(tmp_path / "invented", *FAULTS, seed=seed)
    result = hold_together(tmp_path / "invented")
    assert len(planted) == len({item.unit for item in planted}) == 10
    assert differing_figures(result) == {item.unit: dict(item.figures) for item in planted if item.figures}
    assert {(found.fault, found.records[0].dossier) for found in result.faults} == {
        (item.fault, item.dossier) for item in planted if item.dossier
    }
    (misstated,) = [item.unit for item in planted if item.stated]
    assert misstated in differing_rates(result)


def test_a_fault_that_no_unit_can_have_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "invented"
    invented, problems = invent_ledger(
        Country(PACK), PERIOD, folder, records=0, seed=0, faults=("late_as_in_time", "unknown_unit")
    )
    assert invented is None
    assert [(problem.code, problem.values["fault"]) for problem in problems] == [
        ("invent.no_place", "late_as_in_time"),
        ("invent.no_place", "unknown_unit"),
    ]
    assert list(tmp_path.iterdir()) == []
