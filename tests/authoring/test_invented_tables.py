"""Tables of many submissions: what the recipes say, with blanks and slips in the stated share."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import duckdb

from compliance.authoring.invented_draws import Draws
from compliance.authoring.invented_figures import order_recipes, work_out
from compliance.authoring.invented_ledger import open_database
from compliance.authoring.invented_register import invent_units, reporting_units
from compliance.authoring.invented_tables import TABLE, TableSize, write_table
from compliance.engine.columnar_inputs import period_number
from compliance.intake.packs import read_pack
from compliance.model.submission import Period

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.model.rulepack import RulePack

PERIODS = (Period(year=2020, half=1), Period(year=2020, half=2))
UNITS = reporting_units(invent_units(200))


@cache
def pack() -> RulePack:
    read, _ = read_pack("vietnam-2020")
    assert read is not None
    return read


def write(folder: Path, **shares: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of the table, and those of the list of slips."""
    paths = write_table(open_database(folder), pack(), UNITS, TableSize(7, PERIODS, **shares), folder)
    return rows(paths[0]), rows(paths[1])


def rows(path: Path) -> list[dict[str, Any]]:
    relation = duckdb.read_parquet(str(path))
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def counts() -> list[str]:
    return [item.id for item in pack().indicators if item.type == "count" and "commune" in item.levels]


def test_a_clean_table_has_what_the_recipes_work_out(tmp_path: Path) -> None:
    table, slips = write(tmp_path)
    recipes, draws = order_recipes(pack()), Draws(7)
    assert slips == []
    assert len(table) == len(UNITS) * len(PERIODS)
    for number, unit in enumerate(UNITS[:20]):
        for place, period in enumerate(PERIODS):
            row = table[number * len(PERIODS) + place]
            values = work_out(recipes, draws, number * 8192 + period_number(period), {})
            assert (row["unit"], row["period"]) == (unit.id, str(period))
            assert (row["data_from"], row["data_to"]) == (period.start, period.end)
            assert {name: row[name] for name in counts() if name in recipes} == {
                name: values[name] for name in counts() if name in recipes
            }


def test_figures_of_other_levels_are_blank(tmp_path: Path) -> None:
    table, _ = write(tmp_path)
    assert {row["portal.articles"] for row in table} == {None}


def test_blanks_come_in_about_the_stated_share(tmp_path: Path) -> None:
    table, _ = write(tmp_path, blank=100)
    cells = [row[name] for row in table for name in counts() if name in row]
    assert 0.08 < cells.count(None) / len(cells) < 0.12


def test_each_slip_is_listed_and_nothing_else_differs(tmp_path: Path) -> None:
    (tmp_path / "clean").mkdir()
    (tmp_path / "slipped").mkdir()
    clean, _ = write(tmp_path / "clean")
    table, slips = write(tmp_path / "slipped", slipped=250)
    differing = [
        {"unit": row["unit"], "period": row["period"], "indicator": name, "right": was, "written": row[name]}
        for row, before in zip(table, clean, strict=True)
        for name, was in before.items()
        if row[name] != was
    ]
    assert differing == slips
    assert 0.15 < len(slips) / len(table) < 0.27


def test_a_file_says_that_it_is_invented(tmp_path: Path) -> None:
    table, _ = write(tmp_path)
    assert {row["provenance"] for row in table} == {"synthetic"}
    said = duckdb.execute(
        "SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [str(tmp_path / TABLE)]
    )
    assert dict(said.fetchall())["provenance"] == "synthetic"


def test_the_same_seed_writes_the_same_bytes_whatever_the_threads(tmp_path: Path) -> None:
    written = []
    for threads in (1, 4):
        folder = tmp_path / str(threads)
        folder.mkdir()
        database = open_database(folder)
        database.execute(f"SET threads = {threads}")
        size = TableSize(7, PERIODS, blank=50, slipped=50)
        written.append([path.read_bytes() for path in write_table(database, pack(), UNITS, size, folder)])
    assert written[0] == written[1]
