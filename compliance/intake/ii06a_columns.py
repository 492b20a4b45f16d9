"""Which column of a sheet is which column of form II.06a?

The header of the form has several rows, merged or not, and a row of column numbers below. A column is known
by the words above it; its number counts only where it has no words and the other numbers are those of the
form. Words are compared without marks, so that an export that lost them is read as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from compliance.intake.grid import column_letters
from compliance.intake.names import bare_words
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.intake.grid import Sheet
    from compliance.intake.values import Problems
    from compliance.model.rulepack import RulePack

RETURNED = "dossiers.returned_or_withdrawn"
"""The one figure that some software prints and the form has no column for."""

_GROUPS = re.compile(
    r"(?P<received>tiep nhan)|(?P<resolved>da giai quyet|giai quyet xong)"
    r"|(?P<pending>(?:dang|chua) giai quyet)"
)
_LEAVES = (
    ("6", re.compile(r"ky truoc")),
    ("4", re.compile(r"truc tuyen")),
    ("5", re.compile(r"truc tiep|buu chinh")),
    ("8 + 9", re.compile(r"truoc va dung han")),
    ("8", re.compile(r"truoc han|som han")),
)
"""Words that stand for one column, whatever group is above them."""
_LATE = re.compile(r"(?:qua|tre) han")
_IN_TIME = re.compile(r"(?:trong|dung) han|chua den han")
_COLUMN_IN_GROUP = MappingProxyType(
    {
        ("received", "total"): "3",
        ("resolved", "total"): "7",
        ("resolved", "in time"): "9",
        ("resolved", "late"): "10",
        ("pending", "total"): "11",
        ("pending", "in time"): "12",
        ("pending", "late"): "13",
    }
)
_NOT_A_FIGURE = re.compile(r"ty le|ghi chu")
_RETURNED = re.compile(r"tra lai|\brut\b")
_ORDINAL = re.compile(r"s ?t ?t|so tt|so thu tu|tt")
_NAME = re.compile(r"linh vuc|don vi|co quan|noi dung|ten ")
_NUMBERED = re.compile(r"\(?(\d{1,2})\)?(?: ?=.*)?")
_LEAST_NUMBERED = 6
_LEAST_COLUMNS = 4
_MOST_HEADER_ROWS = 8


@dataclass(frozen=True, slots=True)
class Columns:
    """The header of a table of form II.06a."""

    first_row: int
    """The first row of the header."""
    first_figures: int
    """The first row below the header and the row of column numbers."""
    ordinal: int
    """The column of the ordinals; 0 without one."""
    name: int
    """The column of the fields or units."""
    figures: Mapping[int, str]
    """Indicators by column."""


def find_columns(sheet: Sheet, pack: RulePack) -> tuple[Columns | None, Problems]:
    """The header of the form on a sheet; None where there is none, with a problem where it is ambiguous."""
    first = next((row for row in sheet.rows if _is_group_row(sheet, row)), 0)
    if not first:
        return None, ()
    last = _last_header_row(sheet, first)
    above = _words_above(sheet, first, last)
    numbers = _column_numbers(sheet, last + 1)
    by_number = {indicator.column: indicator.id for indicator in pack.indicators if indicator.column}
    figures = _by_words(above, by_number, pack)
    if numbers and all(by_number.get(str(numbers.get(column))) == item for column, item in figures.items()):
        figures |= {
            column: by_number[str(number)]
            for column, number in numbers.items()
            if column not in above and str(number) in by_number
        }
    if len(figures) < _LEAST_COLUMNS:
        return None, ()
    problem = _check_twice(figures, sheet, first, pack)
    if problem is not None:
        return None, (problem,)
    ordinal = next((column for column, words in above.items() if _ORDINAL.fullmatch(words)), 0)
    name = next(
        (column for column, words in above.items() if column not in figures and _NAME.search(words)),
        ordinal + 1,
    )
    return Columns(first, last + 1 + bool(numbers), ordinal, name, MappingProxyType(figures)), ()


def _is_group_row(sheet: Sheet, row: int) -> bool:
    """Whether two of the three groups stand in the row, each in a cell of its own."""
    cells = [bare_words(cell.text) for cell in sheet.rows[row].values()]
    groups = {found.lastgroup for words in cells if (found := _GROUPS.search(words)) and len(words) < 80}  # noqa: PLR2004 - longer is a title
    return len(groups) > 1 and len(cells) > 1


def _last_header_row(sheet: Sheet, first: int) -> int:
    """The last row from `first` on in which words, not figures, stand over the columns."""
    last = first
    for row in range(first + 1, first + _MOST_HEADER_ROWS):
        words = [bare_words(cell.text) for cell in sheet.rows.get(row, {}).values() if cell.kind == "text"]
        if sum(map(_is_heading, words)) < 2 or _column_numbers(sheet, row):  # noqa: PLR2004 - one may be a name
            break
        last = row
    return max(last, *(area[2] for area in sheet.merged if first <= area[0] <= last), last)


def _is_heading(words: str) -> bool:
    leaves = (*(pattern for _, pattern in _LEAVES), _LATE, _IN_TIME, _GROUPS)
    return words in {"tong so", "tong", "trong ky"} or any(pattern.search(words) for pattern in leaves)


def _words_above(sheet: Sheet, first: int, last: int) -> dict[int, str]:
    """What stands over each column, the upper words first. A group reaches to the next cell of its row."""
    above: dict[int, list[str]] = {}
    width = max(column for row in range(first, last + 1) for column in sheet.rows.get(row, {1: None}))
    for row in range(first, last + 1):
        columns = sorted(sheet.rows.get(row, {}))
        for column, following in zip(columns, [*columns[1:], width + 1], strict=True):
            words = bare_words(sheet.rows[row][column].text)
            end = sheet.last_column(row, column)
            if end == column and row < last and _GROUPS.search(words):
                end = following - 1
            for covered in range(column, end + 1):
                above.setdefault(covered, []).append(words)
    return {column: " ".join(words) for column, words in sorted(above.items())}


def _by_words(above: Mapping[int, str], by_number: Mapping[str, str], pack: RulePack) -> dict[int, str]:
    figures: dict[int, str] = {}
    for column, words in above.items():
        if _RETURNED.search(words) and RETURNED in pack.indicator:
            figures[column] = RETURNED
        elif (number := _number_of(words)) in by_number:
            figures[column] = by_number[number]
    return figures


def _number_of(words: str) -> str:
    """The number in the form of the column under the words; empty where they name none."""
    if _NOT_A_FIGURE.search(words):
        return ""
    leaf = next((number for number, pattern in _LEAVES if pattern.search(words)), "")
    if leaf:
        return leaf
    groups = [found.lastgroup for found in _GROUPS.finditer(words)]
    kind = "late" if _LATE.search(words) else "in time" if _IN_TIME.search(words) else "total"
    return _COLUMN_IN_GROUP.get((groups[-1] or "", kind), "") if groups else ""


def _column_numbers(sheet: Sheet, row: int) -> dict[int, int]:
    """The column numbers of a row that holds them: one after the other, `(3) = (4) + (5) + (6)` or plain."""
    numbers: dict[int, int] = {}
    for column, cell in sheet.rows.get(row, {}).items():
        match = _NUMBERED.fullmatch(cell.text)
        if match is not None:
            numbers[column] = int(match[1])
    in_order = list(numbers.values())
    is_row = len(in_order) >= _LEAST_NUMBERED and in_order == list(
        range(in_order[0], in_order[0] + len(in_order))
    )
    return numbers if is_row else {}


def _check_twice(figures: Mapping[int, str], sheet: Sheet, row: int, pack: RulePack) -> Problem | None:
    seen: dict[str, int] = {}
    for column, item in figures.items():
        if item in seen:
            values = {
                "label": pack.indicator[item].label,
                "first": column_letters(seen[item]),
                "second": column_letters(column),
                "row": row,
            }
            return Problem("workbook.ii06a.twice", sheet.place, values)
        seen[item] = column
    return None
