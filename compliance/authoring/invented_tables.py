"""How does a table of many invented submissions come about, a row a unit and half-year, as `bulk` reads it?

Every row is a report whose identities hold; then a stated share of cells is left blank, and in a stated share
of rows one count gets its last two digits swapped, or is nine too high where that changes nothing. What was
slipped is listed in a table of its own. DuckDB works it out in bounded memory, the same whatever the threads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compliance.authoring.invented_draws import LIMIT, Draws
from compliance.authoring.invented_figures import order_recipes, work_out_sql
from compliance.authoring.invented_ledger import load_table, write_parquet
from compliance.engine.columnar_inputs import period_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Period, Unit

TABLE, SLIPS = "so-lieu.parquet", "so-lieu-sai.parquet"
"""The files: the submissions, and the figures that were slipped in them."""
_PERIODS = 8192
"""More than the numbers of half-years, so that a unit and a period make one number."""


@dataclass(frozen=True, slots=True)
class TableSize:
    """What a table is to hold; shares are in thousandths."""

    seed: int
    periods: tuple[Period, ...]
    blank: int = 0
    """Of the cells."""
    slipped: int = 0
    """Of the rows."""


def write_table(
    database: Any, pack: RulePack, units: Sequence[Unit], size: TableSize, folder: Path
) -> tuple[Path, Path]:
    """Write the table and the list of its slips into a folder.

    The table has `unit`, `period`, `report_date`, `data_from`, `data_to`, `provenance` and a column for each
    indicator that has a recipe: whole numbers or truth values. The list has `unit`, `period`, `indicator`,
    `right` and `written`.
    """
    _load(database, units, size)
    draws = Draws(size.seed)
    recipes = order_recipes(pack)
    names = [item.id for item in pack.indicators if item.id in recipes]
    counts = [name for name in names if pack.indicator[name].type == "count"]
    figures = work_out_sql(recipes, draws, "key", f"({_rows(draws, size, len(counts))})")
    cells = ", ".join(f'{_cell(pack, name, counts, draws, size)} AS "{name}"' for name in names)
    about = {"provenance": "synthetic", "seed": str(size.seed)}
    table, slips = folder / TABLE, folder / SLIPS
    said = "unit, period, report_date, data_from, data_to, 'synthetic' AS provenance"
    order = "ORDER BY number, period"
    write_parquet(database, f"SELECT {said}, {cells} FROM {figures} {order}", table, about)
    write_parquet(database, f"{_slips(pack, counts, figures)} {order}", slips, about)
    return table, slips


def _load(database: Any, units: Sequence[Unit], size: TableSize) -> None:
    columns: dict[str, tuple[str, list[Any]]] = {
        "number": ("BIGINT", list(range(len(units)))),
        "unit": ("VARCHAR", [unit.id for unit in units]),
        "level": ("VARCHAR", [unit.level for unit in units]),
    }
    load_table(database, "invented_units", columns)
    columns = {
        "period_number": ("BIGINT", [period_number(period) for period in size.periods]),
        "period": ("VARCHAR", [str(period) for period in size.periods]),
        "data_from": ("DATE", [period.start for period in size.periods]),
        "data_to": ("DATE", [period.end for period in size.periods]),
    }
    load_table(database, "invented_periods", columns)


def _rows(draws: Draws, size: TableSize, counts: int) -> str:
    """Each unit in each period, with the number of the count that is slipped in it."""
    keyed = (
        f"SELECT number * {_PERIODS} + period_number AS key, number, unit, level, period, "
        "data_from, data_to, data_to + 4 AS report_date FROM invented_units, invented_periods"
    )
    is_slipped = f"{draws.sql('slip', 'key')} < {_threshold(size.slipped)}"
    slipped = f"{draws.sql('slipped', 'key')} % {counts}"
    return f"SELECT *, CASE WHEN {is_slipped} THEN {slipped} END AS slip FROM ({keyed})"


def _threshold(thousandths: int) -> int:
    return LIMIT * thousandths // 1000


def _cell(pack: RulePack, name: str, counts: Sequence[str], draws: Draws, size: TableSize) -> str:
    """A figure as it is written: slipped, blank, or as it is; none at a level that does not report it."""
    indicator = pack.indicator[name]
    value = f'"{name}" = 1' if indicator.type == "boolean" else f'"{name}"'
    cases = [f"WHEN level NOT IN ({_levels(pack, name)}) THEN NULL"]
    if name in counts and size.slipped:
        cases.append(f"WHEN slip = {counts.index(name)} THEN {_slip(name)}")
    if size.blank:
        cases.append(f"WHEN {draws.sql(f'blank {name}', 'key')} < {_threshold(size.blank)} THEN NULL")
    return f"CASE {' '.join(cases)} ELSE {value} END"


def _levels(pack: RulePack, name: str) -> str:
    return ", ".join(f"'{level}'" for level in pack.indicator[name].levels)


def _slip(name: str) -> str:
    """The last two digits swapped, or nine more where they are equal or there is but one."""
    swapped = f'"{name}" // 100 * 100 + "{name}" % 10 * 10 + "{name}" // 10 % 10'
    return f'CASE WHEN "{name}" < 10 OR {swapped} = "{name}" THEN "{name}" + 9 ELSE {swapped} END'


def _slips(pack: RulePack, counts: Sequence[str], figures: str) -> str:
    """The slipped figures at levels that report them."""
    chosen: Mapping[str, str] = {
        "indicator": " ".join(f"WHEN {place} THEN '{name}'" for place, name in enumerate(counts)),
        "right": " ".join(f'WHEN {place} THEN "{name}"' for place, name in enumerate(counts)),
        "written": " ".join(f"WHEN {place} THEN {_slip(name)}" for place, name in enumerate(counts)),
    }
    columns = ", ".join(f'CASE slip {cases} END AS "{name}"' for name, cases in chosen.items())
    reports = " OR ".join(
        f"(slip = {place} AND level IN ({_levels(pack, name)}))" for place, name in enumerate(counts)
    )
    return f"SELECT unit, period, {columns} FROM {figures} WHERE {reports}"
