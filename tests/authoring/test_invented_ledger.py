"""Ledgers: whoever counts the records by hand comes to the plan; the same bytes whatever the threads."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest

from compliance.authoring.invented_ledger import (
    COLUMNS,
    Amendment,
    LedgerRow,
    first_row,
    open_database,
    write_ledger,
)
from compliance.authoring.invented_plan import DOSSIERS, LedgerPlan, plan_ledger
from compliance.authoring.invented_register import invent_units, reporting_units
from compliance.model.submission import Period

if TYPE_CHECKING:
    from pathlib import Path

PERIOD = Period(year=2020, half=1)
Row = tuple[str, str, str, str, str, date, date | None, date | None, str | None]


def make_plan(
    records: int = 3000, communes: int = 4, seed: int = 7, cut_off: date | None = None
) -> LedgerPlan:
    return plan_ledger(reporting_units(invent_units(communes)), PERIOD, records, seed=seed, cut_off=cut_off)


def read(paths: tuple[Path, ...]) -> list[Row]:
    return [row for path in paths for row in duckdb.read_parquet(str(path)).fetchall()]


def count_by_hand(rows: list[Row], start: date, cut_off: date) -> dict[str, Counter[str]]:
    """The figures of form II.06a of each unit, record by record, as the form defines them."""
    counts: dict[str, Counter[str]] = {}
    for _, unit, _, _, channel, received, due, resolved, result in rows:
        assert received <= cut_off
        assert resolved is None or resolved >= start
        count = counts.setdefault(unit, Counter())
        count["received_total"] += 1
        entry = "received_online" if channel == "online" else "received_direct"
        count["carried_over" if received < start else entry] += 1
        if resolved is None or resolved > cut_off:
            is_overdue = due is not None and due < cut_off
            count["pending"] += 1
            count["pending_overdue" if is_overdue else "pending_in_time"] += 1
        elif result == "resolved":
            count["resolved"] += 1
            if due is not None and resolved > due:
                count["resolved_late"] += 1
            else:
                count["resolved_in_time"] += 1
                is_early = due is not None and resolved < due
                count["resolved_early" if is_early else "resolved_on_day"] += 1
        else:
            count["returned_or_withdrawn"] += 1
    return counts


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("cut_off", [None, date(2020, 5, 4), date(2020, 1, 2)])
def test_counting_the_records_by_hand_gives_the_plan(tmp_path: Path, seed: int, cut_off: date | None) -> None:
    plan = make_plan(seed=seed, cut_off=cut_off)
    rows = read(write_ledger(open_database(tmp_path), plan, tmp_path))
    counted = count_by_hand(rows, PERIOD.start, cut_off or PERIOD.end)
    for unit in plan.units:
        of_unit = {name: counted[unit.unit][name.partition(".")[2]] for name in DOSSIERS}
        assert of_unit == unit.figures


def test_no_record_is_impossible(tmp_path: Path) -> None:
    rows = read(write_ledger(open_database(tmp_path), make_plan(), tmp_path))
    assert len({row[0] for row in rows}) == len(rows)
    for _, _, field, procedure, channel, received, due, resolved, result in rows:
        assert field
        assert procedure
        assert channel in {"online", "direct", "postal"}
        assert due is None or due >= received
        assert resolved is None or resolved >= received
        assert (resolved is None) == (result is None)
        assert result in {"resolved", "returned", "withdrawn", None}


def test_the_same_seed_writes_the_same_bytes_whatever_the_threads(tmp_path: Path) -> None:
    written = []
    for threads in (1, 2, 5):
        folder = tmp_path / str(threads)
        folder.mkdir()
        database = open_database(folder)
        database.execute(f"SET threads = {threads}")
        paths = write_ledger(database, make_plan(20_000), folder, rows_a_file=6_000)
        written.append([path.read_bytes() for path in paths])
    assert len(written[0]) > 1
    assert written[0] == written[1] == written[2]


def test_another_seed_writes_another_ledger(tmp_path: Path) -> None:
    rows = []
    for seed in (1, 2):
        folder = tmp_path / str(seed)
        folder.mkdir()
        rows.append(read(write_ledger(open_database(folder), make_plan(seed=seed), folder)))
    assert set(rows[0]).isdisjoint(rows[1])


def test_the_rows_do_not_depend_on_how_many_stand_in_a_file(tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    whole.mkdir()
    parts.mkdir()
    one = write_ledger(open_database(whole), make_plan(), whole)
    several = write_ledger(open_database(parts), make_plan(), parts, rows_a_file=1)
    assert (len(one), len(several)) == (1, 4)
    assert sorted(map(str, read(one))) == sorted(map(str, read(several)))


def test_each_file_says_that_it_is_invented(tmp_path: Path) -> None:
    (path,) = write_ledger(open_database(tmp_path), make_plan(), tmp_path)
    said = duckdb.execute("SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [str(path)])
    assert dict(said.fetchall()) == {"provenance": "synthetic", "seed": "7", "period": "2020-H1"}


def test_the_columns_have_the_types_of_a_ledger(tmp_path: Path) -> None:
    (path,) = write_ledger(open_database(tmp_path), make_plan(), tmp_path)
    relation = duckdb.read_parquet(str(path))
    assert dict(zip(relation.columns, map(str, relation.types), strict=True)) == dict(COLUMNS)


def test_an_amended_row_stands_in_place_of_the_one_with_its_number(tmp_path: Path) -> None:
    plan, database = make_plan(), open_database(tmp_path)
    unit = plan.units[2]
    row = first_row(database, plan, unit, unit.cells[0])
    other = LedgerRow("x", unit.unit, "f", "p", "direct", date(2020, 2, 1), None, None, None, row.key)
    new = LedgerRow("y", "no/unit", "f", "p", "direct", date(2020, 2, 1), None, None, None, plan.records)
    before = read(write_ledger(database, plan, tmp_path))
    after = read(write_ledger(database, plan, tmp_path, Amendment((other,), (new,))))
    assert row.dossier in {cells[0] for cells in before}
    assert {cells[0] for cells in after} == {cells[0] for cells in before} - {row.dossier} | {"x", "y"}
    assert len(after) == len(before) + 1
