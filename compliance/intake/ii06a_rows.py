"""Which rows of form II.06a hold figures, which only group them, and do the printed totals hold?

Rows nest by their ordinals (`A`, `I`, `1`, `1.1`): what has rows below it is a group and prints their sum. A
row called a total sums up the rows since the total before it, or all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance.intake.cell_nodes import in_words_of_workbooks, plain_node
from compliance.numerals import Fault, format_count, parse_count
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compliance.intake.grid import Cell, Sheet
    from compliance.intake.ii06a_columns import Columns
    from compliance.model.rulepack import RulePack

_TOTAL = re.compile(r"(?:tổng cộng|tổng số|tổng|cộng|toàn huyện|toàn xã|tong cong|tong so)\b", re.IGNORECASE)
_OF_WHICH = re.compile(r"trong đó", re.IGNORECASE)
_ORDINAL_IN_NAME = re.compile(
    r"(?P<ordinal>[IVX]+|[A-H]|\d{1,3}(?:\.\d{1,3})*)[.)]\s+(?P<name>\S.*)", re.DOTALL
)
_ORDINAL_MARKS = re.compile(r"[().\s]+$|^\(")
_FIGURE = re.compile(r"^\W*\d|^\W$")
"""A number, or the dash that stands for none."""
_LETTER = re.compile(r"[A-H]")
_ROMAN = re.compile(r"[IVXL]+")
_NUMBERS = re.compile(r"\d{1,3}(?:[.,]\d{1,3})*", re.ASCII)
_LETTER_RANK, _ROMAN_RANK, _NUMBER_RANK, _POINT_RANK = 1, 2, 3, 9


@dataclass(slots=True)
class Row:
    """A row with figures, or one that only groups."""

    number: int
    name: str
    rank: int
    is_total: bool
    label: Cell
    """The cell that names it."""
    cells: Mapping[str, Cell]
    """Its figures by indicator."""
    members: list[Row] = field(default_factory=list)
    """The rows without members of their own that it sums up."""
    group: Row | None = None
    """The lowest group above it."""

    @property
    def is_leaf(self) -> bool:
        """Whether it holds figures of its own."""
        return not self.is_total and not self.members


def find_rows(sheet: Sheet, columns: Columns) -> tuple[Row, ...]:
    """The rows of the table, each with what it sums up."""
    rows: list[Row] = []
    for number, cells in sheet.rows.items():
        if number < columns.first_figures:
            continue
        row = _read_row(number, cells, columns, rows[-1].rank if rows else _NUMBER_RANK)
        if row is not None:
            rows.append(row)
    while rows and not rows[-1].cells:
        rows.pop()  # signatures below the table
    _nest(rows)
    _gather_totals(rows)
    return tuple(rows)


def _read_row(number: int, cells: Mapping[int, Cell], columns: Columns, rank_before: int) -> Row | None:
    figures = {item: cells[column] for column, item in columns.figures.items() if column in cells}
    ordinal, name = cells.get(columns.ordinal), cells.get(columns.name)
    label = name or ordinal
    if label is None or not any(map(_is_figure, figures.values())):
        figures = {}  # a signature or a date below the table
    if label is None or label.kind != "text":
        return None
    written = _ORDINAL_MARKS.sub("", ordinal.text) if ordinal is not None and name is not None else ""
    title = label.text
    if not written and (match := _ORDINAL_IN_NAME.fullmatch(title)) is not None:
        written, title = match["ordinal"], match["name"]
    rank = _rank(written)
    if _OF_WHICH.match(title) or not (figures or rank):
        return None
    is_total = _TOTAL.match(title) is not None
    return Row(number, title, rank or max(rank_before, _NUMBER_RANK), is_total, label, figures)


def _is_figure(cell: Cell) -> bool:
    return cell.kind != "text" or _FIGURE.search(cell.text) is not None


def _rank(ordinal: str) -> int:
    """How high a row of this ordinal stands, 1 the highest; 0 without an ordinal."""
    if _ROMAN.fullmatch(ordinal):
        return _ROMAN_RANK
    if _LETTER.fullmatch(ordinal):
        return _LETTER_RANK
    if _NUMBERS.fullmatch(ordinal):
        return _NUMBER_RANK + len(re.findall(r"[.,]", ordinal))
    return _POINT_RANK if len(ordinal) == 1 and ordinal.isalpha() else 0


def _nest(rows: Sequence[Row]) -> None:
    """Give every row its group: the nearest row before it that stands higher."""
    above: list[Row] = []
    for row in rows:
        if row.is_total:
            continue
        while above and above[-1].rank >= row.rank:
            above.pop()
        row.group = above[-1] if above else None
        above.append(row)
    groups = {id(row.group) for row in rows if row.group is not None}
    for row in rows:
        if row.is_total or id(row) in groups:
            continue
        for group in _groups_above(row):
            group.members.append(row)


def _groups_above(row: Row) -> Iterator[Row]:
    group = row.group
    while group is not None:
        yield group
        group = group.group


def _gather_totals(rows: Sequence[Row]) -> None:
    """Give every total the rows that it sums up."""
    leaves = [row for row in rows if row.is_leaf]
    totals = [row for row in rows if row.is_total]
    subtotals = 0
    since: list[Row] = []
    for row in rows:
        if row.is_leaf:
            since.append(row)
        elif row.is_total:
            has_more = any(leaf.number > row.number for leaf in leaves)
            is_subtotal = bool(since) and (has_more or (subtotals > 0 and row is not totals[-1]))
            row.members.extend(since if is_subtotal else leaves)
            subtotals += is_subtotal
            since = []


@dataclass(frozen=True, slots=True)
class Ledger:
    """The figures of a table as whole numbers, and what is wrong with them."""

    counts: Mapping[tuple[int, str], int]
    """By row and indicator; a figure that is none is left out."""
    problems: tuple[Problem, ...]

    def sum_of(self, rows: Sequence[Row], item: str) -> int | None:
        """The sum of what is printed; None where nothing is."""
        counts = [self.counts[row.number, item] for row in rows if (row.number, item) in self.counts]
        return sum(counts) if counts else None

    def agrees(self, total: Row, item: str) -> bool:
        """Whether a row prints the sum of its members."""
        return self.counts.get((total.number, item)) == self.sum_of(total.members, item)


def read_counts(rows: Sequence[Row], pack: RulePack) -> Ledger:
    """Every figure read, every printed total held against its rows."""
    counts: dict[tuple[int, str], int] = {}
    problems: list[Problem] = []
    for row in rows:
        for item, cell in row.cells.items():
            node, faults = plain_node(cell)
            problems += faults
            count = parse_count(cell.text) if node is not None else None
            if isinstance(count, Fault):
                problems.append(in_words_of_workbooks(Problem(count.code, cell.place, count.values)))
            elif count is not None:
                counts[row.number, item] = count
    ledger = Ledger(counts, ())
    problems += [problem for row in rows for problem in _check_total(row, ledger, pack)]
    return Ledger(counts, tuple(problems))


def _check_total(row: Row, ledger: Ledger, pack: RulePack) -> Iterator[Problem]:
    """A problem for each printed total that is not the sum of its rows."""
    for item, cell in row.cells.items():
        printed, total = ledger.counts.get((row.number, item)), ledger.sum_of(row.members, item)
        if printed is not None and total is not None and printed != total:
            values = {
                "name": row.name,
                "label": pack.indicator[item].label,
                "printed": format_count(printed),
                "total": format_count(total),
                "gap": format_count(abs(printed - total)),
                "rows": len(row.members),
            }
            yield Problem("workbook.broken_total", cell.place, values, weight="warning")
