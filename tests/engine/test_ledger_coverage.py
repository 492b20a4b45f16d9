"""No record means no dossiers only where the ledger is known to cover a unit; missing is never 0."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from compliance.engine.ledger_coverage import Coverage
from compliance.engine.runs import open_runs
from compliance.model.submission import Observation, Period, Submission
from compliance.pipeline import load_pack

if TYPE_CHECKING:
    from collections.abc import Mapping

COMPILED, _ = load_pack("long-phu-2020")
BLOC = "soc-trang/long-phu/cap-xa"
NOTHING: Mapping[str, int] = MappingProxyType({})
COMMUNE, OTHER = f"{BLOC}/xa-phu-huu", f"{BLOC}/xa-tan-hung"


def coverage(
    told: tuple[str, ...] = (), figures: Mapping[str, int] = NOTHING, *, records: int = 0
) -> Coverage:
    """Of a ledger with some records of one commune, which reports some figures."""
    assert COMPILED is not None
    names = {f"dossiers.{name}": value for name, value in figures.items()}
    submission = Submission(
        unit=COMMUNE,
        period=Period(year=2020, half=1),
        reported_by=COMMUNE,
        provenance="reported",
        observations={
            name: Observation(indicator=name, value=value, as_written=str(value))
            for name, value in names.items()
        },
    )
    (run,) = open_runs(COMPILED, (submission,), as_of=date(2020, 7, 1))
    return Coverage(run, {COMMUNE: records}, frozenset(told))


def test_a_unit_with_records_has_no_standing() -> None:
    assert coverage(records=1).standing(COMMUNE) is None


@pytest.mark.parametrize("told", [COMMUNE, BLOC, "soc-trang/long-phu"])
def test_a_unit_is_covered_with_all_above_it(told: str) -> None:
    assert coverage((told,), {"received_total": 4}).standing(COMMUNE) == "covered"


@pytest.mark.parametrize(
    ("figures", "standing"),
    [
        ({}, "open"),
        ({"resolved": 0}, "open"),
        ({"received_total": 0}, "reports_zero"),
        ({"received_online": 0, "received_direct": 0, "carried_over": 0}, "reports_zero"),
        ({"received_online": 0, "received_direct": 0}, "open"),
        ({"received_total": 0, "resolved": 1}, "open"),
        ({"received_total": 2}, "open"),
    ],
)
def test_a_unit_reports_none_where_its_total_is_0_and_nothing_contradicts(
    figures: dict[str, int], standing: str
) -> None:
    assert coverage((), figures).standing(COMMUNE) == standing


def test_a_bloc_is_covered_where_all_below_it_are() -> None:
    assert coverage((BLOC,)).is_covered(BLOC)
    assert not coverage((COMMUNE, OTHER)).is_covered(BLOC)
