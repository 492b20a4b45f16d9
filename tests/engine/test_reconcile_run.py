"""What a ledger comes to, on each engine, against a count of its rows one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.engine.columnar_engines import open_engine
from compliance.engine.dossier_counting import Words
from compliance.engine.dossier_ledger import read_columns
from compliance.engine.reconcile_run import count_ledger
from compliance.engine.runs import open_runs
from compliance.intake.ledger_words import find_meaning, find_unit_id
from compliance.model.reconciliation import COLUMNS
from compliance.model.submission import DataWindow, Observation, Period, StatedRate, Submission
from compliance.numerals import Printed, parse_percent
from compliance.pipeline import load_pack
from tests.dossiers import BLOC, CUT_OFF, END, START, UNITS, Dossier, count_plainly, make_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.engine.expressions import CompiledPack
    from compliance.engine.reconcile_run import Counted
    from compliance.model.reconciliation import ReconciledUnit

ENGINES = ("duckdb", "polars")
COMPILED, _ = load_pack("long-phu-2020")
COMMUNE, OTHER, AGENCY = UNITS
TODAY = date(2020, 7, 1)
NO_CHOICES: Mapping[str, str] = MappingProxyType({})
ZERO: Mapping[str, str] = MappingProxyType({"unit_without_records": "zero"})


def pack_with(choices: Mapping[str, str]) -> CompiledPack:
    """The pack of Long Phú with some other choices of how dossiers are counted."""
    assert COMPILED is not None
    definitions = tuple(
        item.model_copy(update={"choice": choices.get(item.id, item.choice)})
        for item in COMPILED.pack.ledger_definitions
    )
    return replace(COMPILED, pack=COMPILED.pack.model_copy(update={"ledger_definitions": definitions}))


def report(unit: str, window_end: date | None = None, **figures: int) -> Submission:
    return Submission(
        unit=unit,
        period=Period(year=2020, half=1),
        data_window=DataWindow(start=START, end=window_end) if window_end else None,
        reported_by=unit,
        provenance="reported",
        observations={
            f"dossiers.{name}": Observation(indicator=f"dossiers.{name}", value=value, as_written=str(value))
            for name, value in figures.items()
        },
    )


REPORTS = (report(COMMUNE, CUT_OFF), report(OTHER), report(AGENCY))


def count(
    rows: Sequence[Dossier],
    engine: str = "duckdb",
    reports: Sequence[Submission] = REPORTS,
    listed: int = 100,
    choices: Mapping[str, str] = NO_CHOICES,
    covers: Sequence[str] = (),
) -> Counted:
    compiled, opened = pack_with(choices), open_engine(engine)
    names = {name: name for name in Dossier.__dataclass_fields__}
    frame, problems = read_columns(make_table(opened, rows), names, "so.parquet")
    assert problems == ()
    words = Words(
        find_unit_id(compiled.pack),
        find_meaning("channel", compiled.pack),
        find_meaning("result", compiled.pack),
    )
    (run,) = open_runs(compiled, reports, as_of=TODAY)
    counted, problems = count_ledger(
        opened, [frame], run, words, listed=listed, progress=lambda _: None, covers=covers
    )
    assert counted is not None, problems
    return counted


def unit_of(counted: Counted, unit: str = COMMUNE) -> ReconciledUnit:
    return next(item for item in counted.units if item.unit == unit)


def columns_of(counted: Counted, unit: str = COMMUNE) -> dict[str, int | None]:
    return {item.indicator.partition(".")[2]: item.expected for item in unit_of(counted, unit).columns}


def changed(rows: Sequence[Dossier], choices: Mapping[str, str]) -> dict[str, tuple[Any, Any]]:
    """The columns that other choices change, before and after."""
    before, after = columns_of(count(rows)), columns_of(count(rows, choices=choices))
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


DAYS = st.one_of(
    st.none(),
    st.sampled_from(
        [START, CUT_OFF, END, *(day + timedelta(step) for day in (START, CUT_OFF) for step in (-1, 1))]
    ),
    st.dates(date(2019, 11, 1), date(2020, 7, 15)),
)
ROWS = st.lists(
    st.builds(
        Dossier,
        dossier=st.sampled_from(["", *(f"H{number}" for number in range(12))]),
        unit=st.sampled_from(UNITS),
        channel=st.sampled_from(["online", "direct", "postal", "Trực tuyến", "fax", None]),
        received=DAYS,
        due=DAYS,
        resolved=DAYS,
        result=st.sampled_from(["resolved", "returned", "withdrawn", "Đã giải quyết", "?", None]),
    ),
    min_size=1,
    max_size=15,
)


@pytest.mark.parametrize("engine", ENGINES)
@given(rows=ROWS)
@settings(max_examples=60)
def test_every_column_equals_a_count_of_the_rows_one_by_one(engine: str, rows: list[Dossier]) -> None:
    counted = count(rows, engine)
    for unit, cut_off in ((COMMUNE, CUT_OFF), (OTHER, END), (AGENCY, END)):
        mine = [row for row in rows if row.unit == unit]
        if mine:
            expected = count_plainly(mine, cut_off)
            assert columns_of(counted, unit) == {name: expected[name] for name in COLUMNS}


@pytest.mark.parametrize("engine", ENGINES)
@given(rows=ROWS)
@settings(max_examples=25)
def test_the_balance_of_the_form_holds_whatever_the_ledger_says(engine: str, rows: list[Dossier]) -> None:
    for unit in count(rows, engine).units:
        if unit.records:
            found = {item.indicator.partition(".")[2]: item.expected or 0 for item in unit.columns}
            standing = found["resolved"] + found["pending"] + found["returned_or_withdrawn"]
            assert found["received_total"] == standing


@given(rows=ROWS)
@settings(max_examples=25)
def test_both_engines_say_the_same_in_every_word(rows: list[Dossier]) -> None:
    assert count(rows, "duckdb") == count(rows, "polars")


def test_records_that_differ_in_their_due_day_only_are_listed_alike() -> None:
    rows = [replace(Dossier(), dossier="", due=due) for due in (None, None, date(2020, 1, 1), None)]
    listed = [[record.due for record in count(rows, engine).faults[0].records] for engine in ENGINES]
    assert listed == [[date(2020, 1, 1), None, None, None]] * len(ENGINES)


FAULTY = {
    "missing_dossier": Dossier(dossier=""),
    "missing_received": Dossier(received=None),
    "unknown_unit": Dossier(unit="soc-trang/long-phu/cap-xa/xa-khong-co"),
    "unknown_channel": Dossier(channel="fax"),
    "unknown_result": Dossier(result="lưu"),
    "result_without_day": Dossier(resolved=None),
    "day_without_result": Dossier(result=None),
    "resolved_before_received": Dossier(resolved=date(2020, 2, 2), due=None),
    "due_before_received": Dossier(due=date(2020, 2, 2), resolved=date(2020, 2, 4)),
    "out_of_period": Dossier(received=date(2020, 7, 1), due=None, resolved=None, result=None),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("fault", FAULTY)
def test_a_record_that_cannot_be_is_counted_and_listed(fault: str, engine: str) -> None:
    counted = count([Dossier(dossier="H2"), FAULTY[fault]], engine)
    assert [(item.fault, item.count) for item in counted.faults] == [(fault, 1)]
    (record,) = counted.faults[0].records
    assert (record.dossier, record.unit) == (FAULTY[fault].dossier, FAULTY[fault].unit)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_dossier_twice_in_a_unit_counts_once_as_it_was_closed_last(engine: str) -> None:
    rows = [Dossier(), Dossier(resolved=date(2020, 2, 20)), Dossier(resolved=None, result=None)]
    counted = count(rows, engine)
    assert [(item.fault, item.count) for item in counted.faults] == [("repeated_in_unit", 2)]
    assert counted.faults[0].records[0].times == 3
    assert columns_of(counted)["received_total"] == 1
    assert columns_of(counted)["resolved_late"] == 1
    assert [late.days for late in counted.late] == [10]
    assert counted.records == 3


@pytest.mark.parametrize("engine", ENGINES)
def test_a_dossier_in_two_units_counts_in_each(engine: str) -> None:
    counted = count([Dossier(), Dossier(unit=OTHER)], engine)
    assert [(item.fault, item.count) for item in counted.faults] == [("repeated_across_units", 2)]
    assert [columns_of(counted, unit)["received_total"] for unit in (COMMUNE, OTHER)] == [1, 1]


def test_a_unit_written_in_two_ways_is_one_unit() -> None:
    counted = count([Dossier(), Dossier(unit="UBND xã Phú Hữu")])
    assert [item.fault for item in counted.faults] == ["repeated_in_unit"]


def test_a_record_that_is_left_out_adds_to_no_column() -> None:
    rows = [Dossier(dossier="H2"), Dossier(result=None)]
    assert changed(rows, {"day_without_result": "left_out"}) == {
        "received_total": (2, 1),
        "received_online": (2, 1),
        "resolved": (2, 1),
        "resolved_on_day": (2, 1),
        "resolved_in_time": (2, 1),
    }


VARIANTS: dict[tuple[str, str], tuple[Dossier, dict[str, tuple[int, int]]]] = {
    ("postal_channel", "online"): (
        Dossier(channel="postal"),
        {"received_online": (0, 1), "received_direct": (1, 0)},
    ),
    ("carried_over", "none"): (
        Dossier(received=date(2019, 12, 20)),
        {"received_total": (1, 0), "carried_over": (1, 0)},
    ),
    ("on_due_day", "late"): (
        Dossier(),
        {"resolved_on_day": (1, 0), "resolved_in_time": (1, 0), "resolved_late": (0, 1)},
    ),
    ("resolved_without_due", "early"): (
        Dossier(due=None),
        {"resolved_early": (0, 1), "resolved_on_day": (1, 0)},
    ),
    ("due_on_cut_off", "overdue"): (
        Dossier(due=CUT_OFF, resolved=None, result=None),
        {"pending_in_time": (1, 0), "pending_overdue": (0, 1)},
    ),
    ("pending_without_due", "overdue"): (
        Dossier(due=None, resolved=None, result=None),
        {"pending_in_time": (1, 0), "pending_overdue": (0, 1)},
    ),
    ("returned", "resolved"): (
        Dossier(result="returned"),
        {
            "resolved": (0, 1),
            "resolved_on_day": (0, 1),
            "resolved_in_time": (0, 1),
            "returned_or_withdrawn": (1, 0),
        },
    ),
    ("withdrawn", "left_out"): (
        Dossier(result="withdrawn"),
        {"received_total": (1, 0), "received_online": (1, 0), "returned_or_withdrawn": (1, 0)},
    ),
    ("cut_off", "period_end"): (
        Dossier(received=date(2020, 6, 1), due=None, resolved=None, result=None),
        {
            "received_total": (0, 1),
            "received_online": (0, 1),
            "pending": (0, 1),
            "pending_in_time": (0, 1),
        },
    ),
}


@pytest.mark.parametrize(("definition", "choice"), VARIANTS)
def test_another_choice_changes_the_columns_that_it_speaks_of(definition: str, choice: str) -> None:
    row, expected = VARIANTS[definition, choice]
    assert changed([row], {definition: choice}) == expected


def test_repeated_records_may_be_counted_each() -> None:
    assert changed([Dossier(), Dossier()], {"repeated_in_unit": "each"})["received_total"] == (1, 2)


def test_records_after_the_period_may_be_no_fault() -> None:
    rows = [Dossier(dossier="H2"), FAULTY["out_of_period"]]
    assert count(rows, choices={"out_of_period": "ignored"}).faults == ()


def test_a_unit_that_the_ledger_does_not_mention_has_no_count() -> None:
    counted = count([Dossier()])
    assert set(columns_of(counted, OTHER).values()) == {None}
    assert {column.verdict for column in unit_of(counted, OTHER).columns} == {"no_data"}
    assert set(columns_of(count([Dossier()], choices={"unit_without_records": "zero"}), OTHER).values()) == {
        0
    }


def test_what_is_not_reported_has_no_difference() -> None:
    counted = count([Dossier()], reports=(report(COMMUNE, received_total=1),))
    columns = {column.indicator: column for column in unit_of(counted).columns}
    assert columns["dossiers.received_total"].verdict == "agree"
    assert columns["dossiers.resolved"].reported is None
    assert columns["dossiers.resolved"].verdict == "no_data"
    assert columns["dossiers.resolved"].reason


def test_a_whole_that_follows_from_its_parts_is_compared_and_said_to_follow() -> None:
    counted = count(
        [Dossier()], reports=(report(COMMUNE, received_online=1, received_direct=0, carried_over=1),)
    )
    whole = unit_of(counted).columns[0]
    assert (whole.expected, whole.reported, whole.difference, whole.verdict) == (1, 2, 1, "differ")
    assert whole.derived_from


def test_a_bloc_with_a_report_is_held_against_all_below_it_at_its_own_cut_off() -> None:
    rows = [
        Dossier(),
        Dossier(dossier="H2", unit=OTHER, received=date(2020, 6, 1), due=None, resolved=None, result=None),
    ]
    reports = (report(BLOC, CUT_OFF, received_total=1), report(OTHER, received_total=1))
    counted = count(rows, reports=reports, choices=ZERO)
    assert columns_of(counted, BLOC)["received_total"] == 1
    assert columns_of(counted, OTHER)["received_total"] == 1
    assert unit_of(counted, BLOC).verdict == "agree"
    assert "UBND xã Long Phú" in unit_of(counted, BLOC).without_records


def test_a_bloc_is_not_held_against_a_ledger_of_some_of_its_units() -> None:
    reports = (_stating("100%", BLOC, received_total=10_012), report(COMMUNE, received_total=1))
    bloc = unit_of(count([Dossier()], reports=reports), BLOC)
    assert {(column.expected, column.difference, column.verdict) for column in bloc.columns} == {
        (None, None, "no_data")
    }
    assert (bloc.verdict, bloc.rates, bloc.columns[0].reported) == ("no_data", (), 10_012)
    assert bloc.columns[0].reason == (
        "sổ không có hồ sơ của UBND thị trấn Long Phú, UBND thị trấn Đại Ngãi, UBND xã Trường Khánh "
        "và 7 đơn vị khác"
    )
    assert unit_of(count([Dossier()], reports=reports, choices=ZERO), BLOC).columns[0].difference == 10_011


def test_a_bloc_is_held_against_a_ledger_of_all_its_units() -> None:
    assert COMPILED is not None
    communes = [unit.id for unit in COMPILED.pack.units if unit.parent == BLOC]
    rows = [Dossier(dossier=unit, unit=unit) for unit in communes]
    reports = (report(BLOC, received_total=len(communes) + 2),)
    assert unit_of(count(rows, reports=reports), BLOC).columns[0].difference == 2
    bloc = unit_of(count(rows[1:], reports=reports), BLOC)
    assert {column.reason for column in bloc.columns} == {"sổ không có hồ sơ của UBND thị trấn Long Phú"}


def test_the_late_are_listed_longest_first_and_their_number_is_exact_beyond_the_list() -> None:
    late = [Dossier(dossier=f"H{days}", resolved=date(2020, 2, 10) + timedelta(days)) for days in (3, 9, 1)]
    pending = [Dossier(dossier="P", due=date(2020, 4, 30), resolved=None, result=None)]
    counted = count([*late, *pending], listed=2)
    assert [(item.dossier, item.days) for item in counted.late] == [("H9", 9), ("H3", 3), ("P", 4)]
    assert (counted.late_resolved, counted.late_pending) == (3, 1)


def test_a_stated_rate_is_right_at_its_printed_decimals_only() -> None:
    rows = [Dossier(dossier=f"H{number}") for number in range(6)]
    rows.append(Dossier(dossier="L", resolved=date(2020, 2, 11)))
    stated = {"85,71%": "agree", "85,7%": "agree", "85,72%": "differ", "100%": "differ"}
    for written, verdict in stated.items():
        rates = unit_of(count(rows, reports=(_stating(written),))).rates
        assert [(rate.numerator, rate.denominator, rate.verdict) for rate in rates] == [(6, 7, verdict)]


def test_a_hundred_percent_that_rounding_made_is_no_hundred() -> None:
    rows = [Dossier(dossier=f"H{number}") for number in range(300)]
    rows.append(Dossier(dossier="L", resolved=date(2020, 2, 11)))
    (rate,) = unit_of(count(rows, reports=(_stating("100%"),))).rates
    assert (rate.numerator, rate.denominator, rate.verdict) == (300, 301, "differ")


def _stating(written: str, unit: str = COMMUNE, **figures: int) -> Submission:
    printed = parse_percent(written)
    assert isinstance(printed, Printed)
    rate = StatedRate(
        rate="dossiers.in_time", value=printed.value, decimals=printed.decimals, as_written=written
    )
    return report(unit, None, **figures).model_copy(update={"stated": {rate.rate: rate}})


def _siblings(*without: str) -> tuple[str, ...]:
    """The communes but some."""
    assert COMPILED is not None
    return tuple(u.id for u in COMPILED.pack.units if u.level == "commune" and u.id not in without)


def _verdict_of(counted: Counted, unit: str, column: str = "received_total") -> str:
    return next(c.verdict for c in unit_of(counted, unit).columns if c.indicator == f"dossiers.{column}")


def test_a_covered_unit_that_reports_none_agrees_without_records() -> None:
    reports = (report(COMMUNE, received_total=1), report(OTHER, received_total=0))
    counted = count([Dossier()], reports=reports, covers=[OTHER])
    assert set(columns_of(counted, OTHER).values()) == {0}
    assert unit_of(counted, OTHER).verdict == "agree"


def test_a_covered_unit_that_reports_some_differs_without_records() -> None:
    reports = (report(COMMUNE, received_total=1), report(OTHER, received_total=5))
    covered = unit_of(count([Dossier()], reports=reports, covers=[OTHER]), OTHER).columns[0]
    assert (covered.expected, covered.reported, covered.difference) == (0, 5, 5)
    assert _verdict_of(count([Dossier()], reports=reports), OTHER) == "no_data"


def test_a_bloc_is_decided_where_every_unit_below_is_covered() -> None:
    reports = (report(BLOC, received_total=3), report(COMMUNE, received_total=1))
    assert _verdict_of(count([Dossier()], reports=reports, covers=_siblings(OTHER)), BLOC) == "no_data"
    bloc = unit_of(count([Dossier()], reports=reports, covers=_siblings()), BLOC).columns[0]
    assert (bloc.expected, bloc.difference) == (1, 2)
    assert unit_of(count([Dossier()], reports=reports, covers=[BLOC]), BLOC).columns[0] == bloc


def test_a_bloc_is_decided_where_the_units_that_are_not_covered_report_none() -> None:
    reports = (
        report(BLOC, received_total=1),
        report(COMMUNE, received_total=1),
        *(report(unit, received_total=0, resolved=0) for unit in _siblings(COMMUNE)),
    )
    counted = count([Dossier()], reports=reports)
    assert _verdict_of(counted, BLOC) == "agree"
    other = unit_of(counted, OTHER)
    assert (other.verdict, other.columns[0].expected) == ("no_data", None)
    assert other.columns[0].reason == (
        "sổ không có hồ sơ nào của đơn vị, đơn vị báo cáo không có hồ sơ; "
        "chưa rõ sổ có bao gồm đơn vị này hay không"
    )


def test_one_unit_that_says_nothing_leaves_its_bloc_undecided() -> None:
    silent = _siblings(COMMUNE)[0]
    reports = (
        report(BLOC, received_total=1),
        report(COMMUNE, received_total=1),
        *(report(unit, received_total=0) for unit in _siblings(COMMUNE, silent)),
        report(silent, resolved=0),
    )
    counted = count([Dossier()], reports=reports)
    assert _verdict_of(counted, BLOC) == "no_data"
    assert unit_of(counted, BLOC).columns[0].reason == "sổ không có hồ sơ của UBND thị trấn Long Phú"


def test_the_units_without_records_are_listed_with_why() -> None:
    reports = (report(COMMUNE, received_total=1), report(OTHER, received_total=0))
    found = {
        unit.unit: unit.standing for unit in count([Dossier()], reports=reports, covers=[AGENCY]).unrecorded
    }
    assert COMMUNE not in found
    assert (found[OTHER], found[AGENCY]) == ("reports_zero", "covered")
    assert set(found.values()) == {"reports_zero", "covered", "open"}
    assert len(found) == 22
