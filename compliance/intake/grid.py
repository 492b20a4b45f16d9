"""What stands in which cell of a sheet, whatever kind of file it came from?

A workbook and a CSV file become the same sheets. A cell holds text in Vietnamese notation, as `numerals`
reads it; the readers of forms and tables work on sheets and know no file format.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from compliance.problems import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["text", "number", "percent", "date", "boolean", "error", "uncalculated"]
"""`percent` is a number that the sheet shows as a percentage; `uncalculated` a formula without a result."""

Range: TypeAlias = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not empty."""

    text: str
    """A number as `21.035` or `93,33%`, a date as `2020-05-04`."""
    kind: Kind
    place: Place
    stored: str = ""
    """Set where the sheet shows a percentage with fewer decimals than it stores: what it stores."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells by row and column, counted from 1."""

    title: str
    place: Place
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[Range, ...] = ()
    is_hidden: bool = False

    @cached_property
    def rows(self) -> Mapping[int, Mapping[int, Cell]]:
        """The cells of each row that has any, by column; both in order."""
        rows: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items(), key=lambda item: item[0]):
            rows.setdefault(row, {})[column] = cell
        return rows

    @cached_property
    def widths(self) -> Mapping[tuple[int, int], Range]:
        """The merged range that begins in a cell."""
        return {(top, left): (top, left, bottom, right) for top, left, bottom, right in self.merged}

    def get(self, row: int, column: int) -> Cell | None:
        """The cell, if anything stands in it."""
        return self.cells.get((row, column))

    def last_column(self, row: int, column: int) -> int:
        """The last column over which the cell reaches."""
        return self.widths.get((row, column), (row, column, row, column))[3]


def column_letters(column: int) -> str:
    """The name of a column: `A`, `Z`, `AA`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_place(file: str, sheet: str, row: int, column: int) -> Place:
    """The place of a cell in a workbook."""
    return Place(file, sheet=sheet, cell=f"{column_letters(column)}{row}")
