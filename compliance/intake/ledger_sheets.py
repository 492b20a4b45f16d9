"""Which table of dossiers does a workbook hold?

The first sheet with a row of known headings, titles above it left aside, is the ledger; every cell comes as
text, as a CSV file would give it. The workbook passes the same door as every other, with wider limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.intake.limits import STANDARD
from compliance.intake.names import bare_words
from compliance.intake.sources import read_bytes
from compliance.intake.workbook import read_sheets
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from compliance.intake.grid import Cell, Sheet

_WIDER = 10
"""A ledger has as many rows as a unit has dossiers; a form has a few dozen."""
_TITLE_ROWS = 30
_FEWEST_HEADINGS = 3
Problems = tuple[Problem, ...]
Table = dict[str, list[str | None]]


def read_ledger_sheet(
    path: Path, headings: Collection[str], *, large_files: int = 1
) -> tuple[Table | None, Problems]:
    """The columns of the ledger in a workbook, by heading; `headings` are those that a pack knows."""
    limits = STANDARD.times(_WIDER * large_files)
    content, problems = read_bytes(path, name=path.name, most=limits.file_bytes)
    if content is None:
        return None, problems
    sheets, problems = read_sheets(content, path.name, limits)
    known = {bare_words(heading) for heading in headings}
    for sheet in sheets or ():
        row = _find_heading_row(sheet, known)
        if row is not None:
            table, faults = _read_table(sheet, row)
            return table, problems + faults
    if sheets is not None:
        problems += (Problem("reconcile.no_headings", Place(path.name)),)
    return None, problems


def _find_heading_row(sheet: Sheet, known: Collection[str]) -> int | None:
    counts = {
        row: sum(bare_words(cell.text) in known for cell in cells.values())
        for row, cells in sheet.rows.items()
        if row <= _TITLE_ROWS
    }
    best = max(counts, key=lambda row: counts[row], default=0)
    return best if counts.get(best, 0) >= _FEWEST_HEADINGS else None


def _read_table(sheet: Sheet, heading_row: int) -> tuple[Table | None, Problems]:
    columns: dict[int, str] = {}
    problems: list[Problem] = []
    for column, cell in sheet.rows[heading_row].items():
        if cell.text in columns.values():
            values = {"column": cell.text, "label": cell.text, "headings": f"{cell.text}, {cell.text}"}
            problems.append(Problem("reconcile.repeated_column", cell.place, values))
        columns[column] = cell.text
    if problems:
        return None, tuple(problems)
    rows = [cells for row, cells in sheet.rows.items() if row > heading_row]
    return {heading: [_text(cells, column) for cells in rows] for column, heading in columns.items()}, ()


def _text(cells: Mapping[int, Cell], column: int) -> str | None:
    cell = cells.get(column)
    if cell is None:
        return None
    return cell.text.replace(".", "") if cell.kind == "number" else cell.text
