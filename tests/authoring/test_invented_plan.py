"""Plans: exactly so many dossiers, and figures of form II.06a that add up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.authoring.invented_plan import DOSSIERS, plan_ledger, share_out
from compliance.authoring.invented_register import invent_units, reporting_units
from compliance.model.submission import Period

PERIOD = Period(year=2020, half=1)


@given(total=st.integers(0, 10**9), weights=st.lists(st.integers(0, 1000), min_size=1).filter(any))
def test_shares_add_up_to_the_whole(total: int, weights: list[int]) -> None:
    shares = list(share_out(total, weights))
    assert sum(shares) == total
    assert all(share == 0 for share, weight in zip(shares, weights, strict=True) if weight == 0)


@given(records=st.integers(0, 5000), communes=st.integers(1, 40), seed=st.integers(0, 99))
def test_a_plan_has_so_many_dossiers_numbered_without_a_gap(records: int, communes: int, seed: int) -> None:
    plan = plan_ledger(reporting_units(invent_units(communes)), PERIOD, records, seed=seed)
    cells = [cell for unit in plan.units for cell in unit.cells]
    assert plan.records == records
    assert [number for cell in cells for number in range(cell.first, cell.first + cell.count)] == list(
        range(records)
    )


@given(records=st.integers(0, 5000), seed=st.integers(0, 99))
def test_the_figures_of_each_unit_balance(records: int, seed: int) -> None:
    plan = plan_ledger(reporting_units(invent_units(5)), PERIOD, records, seed=seed)
    for unit in plan.units:
        figures = {name.partition(".")[2]: count for name, count in unit.figures.items()}
        assert figures["received_total"] == (
            figures["received_online"] + figures["received_direct"] + figures["carried_over"]
        )
        assert figures["received_total"] == (
            figures["resolved"] + figures["pending"] + figures["returned_or_withdrawn"]
        )
        assert figures["resolved"] == figures["resolved_in_time"] + figures["resolved_late"]
        assert figures["resolved_in_time"] == figures["resolved_early"] + figures["resolved_on_day"]
        assert figures["pending"] == figures["pending_in_time"] + figures["pending_overdue"]


def test_a_large_plan_has_dossiers_of_every_kind() -> None:
    plan = plan_ledger(reporting_units(invent_units(20)), PERIOD, 200_000, seed=0)
    kinds = {(cell.entry, cell.standing) for unit in plan.units for cell in unit.cells}
    assert len(kinds) == 60
    assert all(any(unit.figures[name] for unit in plan.units) for name in DOSSIERS)


@pytest.mark.parametrize("cut_off", [date(2020, 1, 1), date(2020, 7, 1), date(2019, 12, 31)])
def test_a_cut_off_outside_the_period_is_refused(cut_off: date) -> None:
    with pytest.raises(ValueError, match=str(cut_off)):
        plan_ledger(reporting_units(invent_units(1)), PERIOD, 1, seed=0, cut_off=cut_off)
