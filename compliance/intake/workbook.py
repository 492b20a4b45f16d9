"""Which cells does a workbook hold, with the values that its reader sees?

The only module that knows the reading library. Numbers are taken from the shortest text of what is stored, at
the fifteen digits that spreadsheets themselves keep, so that nothing of binary fractions is left in them.
"""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, TypeAlias

from compliance.intake.grid import Cell, Sheet, cell_place
from compliance.intake.workbook_door import inspect
from compliance.messages import text
from compliance.numerals import format_count, format_decimal, format_percent, round_half_up
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as BookCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from compliance.intake.grid import Kind
    from compliance.intake.limits import Limits
    from compliance.intake.values import Problems

Spot: TypeAlias = tuple[str, int, int]
"""Sheet, row and column."""

_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)
_LONGEST_WRITTEN = 24
"""Digits beyond which a number is not written out; a figure has at most 15."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DECIMALS = re.compile(r"\.([0#?]+)")
_MOST_DECIMALS = 12


def read_sheets(content: bytes, file: str, limits: Limits) -> tuple[tuple[Sheet, ...] | None, Problems]:
    """The sheets of a workbook in their order, charts left out; None when it cannot be read."""
    contents, problems = inspect(content, file, limits)
    if contents is None:
        return None, problems
    book = _load(content, keeps_formulas=False)
    if book is None:
        return None, (*problems, Problem("workbook.door.malformed", Place(file)))
    formulas = _load(content, keeps_formulas=True) if contents.is_uncalculated else None
    uncalculated = _find_uncalculated(book, formulas)
    return tuple(_read_sheet(sheet, file, uncalculated) for sheet in book.worksheets), problems


def _load(content: bytes, *, keeps_formulas: bool) -> Workbook | None:
    from openpyxl import load_workbook  # noqa: PLC0415 - a quarter of a second that only workbooks need

    with warnings.catch_warnings():
        # what the library drops (extensions of validations, of formats) holds no figure
        warnings.simplefilter("ignore")
        try:
            return load_workbook(io.BytesIO(content), data_only=not keeps_formulas, keep_links=False)
        except Exception:  # noqa: BLE001 - on a malformed part it raises whatever its parsing runs into
            return None


def _find_uncalculated(book: Workbook, formulas: Workbook | None) -> frozenset[Spot]:
    """The cells that hold a formula and no result."""
    if formulas is None:
        return frozenset()
    return frozenset(
        (sheet.title, cell.row, cell.column)
        for sheet in formulas.worksheets
        for cell in _filled(sheet)
        if cell.data_type == "f" and book[sheet.title].cell(cell.row, cell.column).value is None
    )


def _filled(sheet: Worksheet) -> tuple[BookCell, ...]:
    """Every cell with a value; the others of a row are not made, as walking over rows would do."""
    from openpyxl.cell.cell import MergedCell  # noqa: PLC0415 - as in `_load`

    cells = sheet._cells.values()  # noqa: SLF001 - no public way leaves the sheet sparse
    return tuple(cell for cell in cells if not isinstance(cell, MergedCell) and cell.value is not None)


def _read_sheet(sheet: Worksheet, file: str, uncalculated: frozenset[Spot]) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    for cell in _filled(sheet):
        kind, written, stored = _read_value(cell)
        if written:
            place = cell_place(file, sheet.title, cell.row, cell.column)
            cells[cell.row, cell.column] = Cell(written, kind, place, stored)
    for title, row, column in uncalculated:
        if title == sheet.title:
            cells[row, column] = Cell("=", "uncalculated", cell_place(file, title, row, column))
    merged = tuple(
        (area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges
    )
    return Sheet(sheet.title, Place(file, sheet=sheet.title), cells, merged, sheet.sheet_state != "visible")


def _read_value(cell: BookCell) -> tuple[Kind, str, str]:
    """Kind, text and what is stored behind the text."""
    match cell.value:
        case bool() as answer:
            return "boolean", text("sentence.yes" if answer else "sentence.no"), ""
        case int() | float() | Decimal() as number:
            return _read_number(number, str(cell.number_format))
        case datetime() as moment:
            return "date", moment.date().isoformat(), ""
        case date() as day:
            return "date", day.isoformat(), ""
        case written if cell.data_type == "e":
            return "error", str(written), ""
        case written:
            return "text", unicodedata.normalize("NFC", str(written)).strip(), ""


def _read_number(number: float | Decimal, number_format: str) -> tuple[Kind, str, str]:
    exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    if not exact.is_finite():
        return "error", "#NUM!", ""
    if isinstance(number, float):
        exact = _DIGITS.plus(exact)
    if abs(exact.adjusted()) > _LONGEST_WRITTEN:
        return "text", str(exact), ""
    decimals = _percent_decimals(number_format)
    if decimals is None:
        whole = exact == exact.to_integral_value()
        return "number", format_count(int(exact)) if whole else _plain(exact), ""
    points = exact.scaleb(2)
    shown = round_half_up(points, decimals)
    stored = "" if shown == points else f"{_plain(points)}%"
    return "percent", format_percent(shown, decimals, keep_zeros=_keeps_zeros(number_format)), stored


def _plain(exact: Decimal) -> str:
    """All the digits that are stored."""
    return format_decimal(exact, max(0, -int(exact.as_tuple().exponent)))


def _first_section(number_format: str) -> str:
    """The part of a number format that is for positive numbers, without its literal text."""
    return _LITERAL.sub("", number_format).split(";", 1)[0]


def _percent_decimals(number_format: str) -> int | None:
    """The decimals that a format shows; None when it shows no percentage."""
    section = _first_section(number_format)
    if "%" not in section:
        return None
    decimals = _DECIMALS.search(section)
    return min(len(decimals[1]), _MOST_DECIMALS) if decimals else 0


def _keeps_zeros(number_format: str) -> bool:
    return "." not in _first_section(number_format) or ".0" in _first_section(number_format)
