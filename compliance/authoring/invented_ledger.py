"""How does a plan become a ledger, one row a dossier, in bounded memory?

DuckDB writes the records file by file. A file holds whole units, its rows in an order that is drawn, as
exports mix units and days. The files are the same whatever the number of threads, and each says in its
metadata that it is invented.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from compliance.authoring.invented_records import order_sql, quote, records_sql
from compliance.engine.columnar_engines import MissingEngineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from compliance.authoring.invented_plan import Cell, LedgerPlan, UnitPlan

COLUMNS: Mapping[str, str] = {
    "dossier": "VARCHAR",
    "unit": "VARCHAR",
    "field": "VARCHAR",
    "procedure": "VARCHAR",
    "channel": "VARCHAR",
    "received": "DATE",
    "due": "DATE",
    "resolved": "DATE",
    "result": "VARCHAR",
}
"""The columns of a ledger with their types."""
_NAMES = ", ".join(COLUMNS)
ROWS_A_FILE = 4_000_000
_ROWS_A_GROUP = 262_144
_MEMORY = "2GB"
_SPILL = ".spill"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One dossier; `key` is its number among all."""

    dossier: str
    unit: str
    field: str
    procedure: str
    channel: str
    received: date
    due: date | None
    resolved: date | None
    result: str | None
    key: int


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is to stand otherwise than invented: rows in place of those with their key, and rows besides."""

    replaced: tuple[LedgerRow, ...] = ()
    added: tuple[LedgerRow, ...] = ()


UNAMENDED = Amendment()


def open_database(folder: Path) -> Any:
    """A database in memory that asks for little and spills into `folder`.

    Raises:
        MissingEngineError: DuckDB is not installed.
    """
    try:
        duckdb = import_module("duckdb")
    except ImportError as missing:
        raise MissingEngineError("duckdb") from missing
    settings = {"memory_limit": _MEMORY, "temp_directory": str(folder / _SPILL)}
    return duckdb.connect(":memory:", config=settings)


def write_ledger(
    database: Any,
    plan: LedgerPlan,
    folder: Path,
    amendment: Amendment = UNAMENDED,
    *,
    rows_a_file: int = ROWS_A_FILE,
) -> tuple[Path, ...]:
    """Write the ledger of a plan into a folder as parquet files; their paths in the order of the units."""
    parts = list(_part_units(plan.units, rows_a_file))
    placed = [(cell, unit, part) for part, units in enumerate(parts) for unit in units for cell in unit.cells]
    _load_cells(database, placed)
    _load_amendment(database, amendment, [{unit.unit for unit in units} for units in parts])
    return tuple(_write_part(database, plan, part, folder) for part in range(len(parts)))


def first_row(database: Any, plan: LedgerPlan, unit: UnitPlan, cell: Cell) -> LedgerRow:
    """The first row of a cell, as the ledger has it."""
    _load_cells(database, [(replace(cell, count=1), unit, 0)])
    query = f"SELECT {_NAMES}, key FROM ({records_sql(plan, 0)})"
    (row,) = database.execute(query).fetchall()
    return LedgerRow(*row)


def _part_units(units: Sequence[UnitPlan], most: int) -> Iterator[list[UnitPlan]]:
    """Whole units, together up to `most` dossiers; a unit with more stands alone."""
    part: list[UnitPlan] = []
    rows = 0
    for unit in units:
        if part and rows + unit.records > most:
            yield part
            part, rows = [], 0
        part.append(unit)
        rows += unit.records
    if part:
        yield part


def _load_cells(database: Any, cells: Sequence[tuple[Cell, UnitPlan, int]]) -> None:
    columns: dict[str, tuple[str, list[Any]]] = {
        "number": ("BIGINT", [unit.number for _, unit, _ in cells]),
        "unit": ("VARCHAR", [unit.unit for _, unit, _ in cells]),
        "unit_first": ("BIGINT", [unit.first for _, unit, _ in cells]),
        "channel": ("VARCHAR", [cell.entry.removeprefix("carried_") for cell, _, _ in cells]),
        "is_carried": ("BOOLEAN", [cell.entry.startswith("carried_") for cell, _, _ in cells]),
        "standing": ("VARCHAR", [cell.standing for cell, _, _ in cells]),
        "first": ("BIGINT", [cell.first for cell, _, _ in cells]),
        "count": ("BIGINT", [cell.count for cell, _, _ in cells]),
        "part": ("INTEGER", [part for _, _, part in cells]),
    }
    load_table(database, "cells", columns)


def _load_amendment(database: Any, amendment: Amendment, parts: Sequence[set[str]]) -> None:
    """Each row that stands otherwise, with its file; a unit that no file holds goes to the first."""
    rows = [*amendment.replaced, *amendment.added]
    columns: dict[str, tuple[str, list[Any]]] = {
        name: (kind, [getattr(row, name) for row in rows]) for name, kind in COLUMNS.items()
    }
    columns["key"] = ("BIGINT", [row.key for row in rows])
    columns["replaces"] = ("BOOLEAN", [place < len(amendment.replaced) for place, _ in enumerate(rows)])
    homes = (next((part for part, units in enumerate(parts) if row.unit in units), 0) for row in rows)
    columns["part"] = ("INTEGER", list(homes))
    load_table(database, "amended", columns)


def load_table(database: Any, table: str, columns: Mapping[str, tuple[str, list[Any]]]) -> None:
    """Make a table of lists, each with its type."""
    selected = ", ".join(
        f'unnest(${place}::{kind}[]) AS "{name}"'
        for place, (name, (kind, _)) in enumerate(columns.items(), start=1)
    )
    values = [cells for _, cells in columns.values()]
    database.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {selected}", values)


def _write_part(database: Any, plan: LedgerPlan, part: int, folder: Path) -> Path:
    path = folder / f"so-ho-so-{part + 1:04d}.parquet"
    rows = (
        f"SELECT {_NAMES} FROM (SELECT *, {order_sql(plan)} AS place FROM ("
        f"SELECT {_NAMES}, key FROM ({records_sql(plan, part)}) "
        "WHERE key NOT IN (SELECT key FROM amended WHERE replaces) "
        f"UNION ALL SELECT {_NAMES}, key FROM amended WHERE part = {part}"
        ")) ORDER BY place, key, dossier, unit"
    )
    about = {"provenance": "synthetic", "seed": str(plan.seed), "period": str(plan.period)}
    write_parquet(database, rows, path, about)
    return path


def write_parquet(database: Any, query: str, path: Path, about: Mapping[str, str]) -> None:
    """Write a query into a parquet file, with what the file says of itself in its metadata."""
    said = ", ".join(f"{key}: {quote(value)}" for key, value in about.items())
    database.execute(
        f"COPY ({query}) TO {quote(path)} "
        f"(FORMAT parquet, ROW_GROUP_SIZE {_ROWS_A_GROUP}, KV_METADATA {{{said}}})"
    )
