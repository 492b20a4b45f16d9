"""How does a table stand on a sheet of the findings workbook: heading, cells, and how tall its rows are?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from compliance.messages import text
from compliance.render.workbook_styles import BODY, HEAD, TITLE, height_of, sheet_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.model.check import Check
    from compliance.render.workbook_styles import Book, Sheet

SMALL = 11
Columns = tuple[tuple[str, float], ...]
"""Names under `workbook_out.column`, each with its width."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Words or a whole number, with the colours of a severity or verdict and a style of its own."""

    content: str | int
    kind: str = ""
    style: dict[str, Any] = field(default_factory=dict)


def open_sheet(book: Book, name: str) -> Sheet:
    """A new sheet named `workbook_out.sheet.<name>`."""
    return book.sheet(sheet_name(text(f"workbook_out.sheet.{name}"), set()))


def write_title(book: Book, sheet: Sheet, title: str, *, column: int = 0) -> None:
    """A title in the first row."""
    book.write_text(sheet, 0, column, title, TITLE, {"text_wrap": False})
    sheet.set_row(0, 24)


def write_table(
    book: Book,
    sheet: Sheet,
    top: int,
    columns: Sequence[tuple[str, float]],
    rows: Iterable[Sequence[Cell]],
    *,
    size: int = 12,
    hidden: frozenset[int] = frozenset(),
) -> int:
    """A table with its heading in row `top`; the row after its last.

    `hidden` are the positions of rows that are not shown until a filter is lifted.
    """
    small = {"font_size": size}
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        book.write_text(sheet, top, column, text(f"workbook_out.column.{name}"), HEAD, small)
    heading = [(text(f"workbook_out.column.{name}"), width - 3) for name, width in columns]
    sheet.set_row(top, max(34, height_of(*heading, size=size)))
    row = top
    for row, cells in enumerate(rows, top + 1):
        for column, cell in enumerate(cells):
            write_cell(book, sheet, (row, column), cell, small)
        texts = [(str(cell.content), columns[column][1]) for column, cell in enumerate(cells)]
        options = {"hidden": True} if row - top - 1 in hidden else {}
        sheet.set_row(row, height_of(*texts, size=size), None, options)
    return row + 1


def write_cell(book: Book, sheet: Sheet, at: tuple[int, int], cell: Cell, small: dict[str, Any]) -> None:
    """One cell in the style of tables."""
    if isinstance(cell.content, str):
        book.write_text(sheet, *at, cell.content, BODY, small, cell.style, kind=cell.kind)
        return
    style = (BODY, small, {"align": "right", "indent": 1}, cell.style)
    sheet.write_number(
        *at, cell.content, book.coloured(cell.kind, *style) if cell.kind else book.style(*style)
    )


def name_area(check: Check, area: str) -> str:
    """The title of an area of the pack."""
    return next((known.title for known in check.pack.areas if known.id == area), area)
