"""Which submissions does a table of form II.06a hold, as the one-stop software prints it?

Three shapes: a row for each field of one unit, a row for each unit, or a group for each unit with its fields
below. A unit's figure is the sum of its rows, or its one row; a printed total is only held against them. The
units of a table are those of the pack; whose table it is otherwise, the titles say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from compliance.intake.cell_nodes import figure_node
from compliance.intake.drafts import ALL_AREAS, Draft, key_at
from compliance.intake.ii06a_columns import find_columns
from compliance.intake.ii06a_rows import find_rows, read_counts
from compliance.intake.names import find_unit, unit_names
from compliance.intake.nodes import Scalar
from compliance.intake.titles import read_titles
from compliance.messages import text
from compliance.numerals import format_count
from compliance.problems import Place, Problem, is_usable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.intake.grid import Cell, Sheet
    from compliance.intake.ii06a_columns import Columns
    from compliance.intake.ii06a_rows import Ledger, Row
    from compliance.intake.nodes import Node
    from compliance.intake.titles import Titles
    from compliance.intake.values import Problems
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Unit

Shares: TypeAlias = "list[tuple[Scalar, tuple[Row, ...]]]"
"""The id of each unit with the rows that are its own."""


def read_ii06a(sheet: Sheet, pack: RulePack) -> tuple[tuple[Node, ...], Problems] | None:
    """The submissions of the table as nodes, and all problems; None when the sheet has no such table."""
    columns, problems = find_columns(sheet, pack)
    if columns is None:
        return ((), problems) if problems else None
    rows = find_rows(sheet, columns)
    ledger = read_counts(rows, pack)
    titles = read_titles(_around(sheet, columns, rows), sheet, pack)
    shares, faults = _share_out(rows, titles, sheet, pack)
    problems += ledger.problems + faults
    if titles.period is None:
        problems += (Problem("workbook.no_period", sheet.place),)
    if not is_usable(problems):
        return (), problems
    table = _Table(sheet, pack, rows, ledger, titles)
    found = [table.submission(unit, own) for unit, own in shares]
    return tuple(node for node, _ in found), problems + tuple(
        doubt for _, doubts in found for doubt in doubts
    )


def _around(sheet: Sheet, columns: Columns, rows: Sequence[Row]) -> list[Cell]:
    """The cells above the table and below it."""
    last = rows[-1].number if rows else columns.first_figures
    return [cell for (row, _), cell in sheet.cells.items() if row < columns.first_row or row > last]


def _share_out(rows: Sequence[Row], titles: Titles, sheet: Sheet, pack: RulePack) -> tuple[Shares, Problems]:
    """Which rows are whose."""
    leaves = [row for row in rows if row.is_leaf and row.cells]
    if not leaves:
        return [], (Problem("workbook.ii06a.no_rows", sheet.place),)
    names = unit_names(pack)
    named = {row.number: find_unit(row.name, pack, names) for row in rows if not row.is_total}
    if sum(named[row.number] is not None for row in leaves) * 2 >= len(leaves):
        return _by_row(leaves, named, pack)
    owners = [row for row in rows if row.members and not row.is_total and named[row.number] is not None]
    if owners:
        return _by_group(leaves, owners, named, pack)
    if titles.unit is None:
        return [], (Problem("workbook.no_unit", sheet.place),)
    return [(titles.unit, tuple(leaves))], ()


def _by_row(leaves: Sequence[Row], named: dict[int, Unit | None], pack: RulePack) -> tuple[Shares, Problems]:
    shares: Shares = []
    problems: list[Problem] = []
    for row in leaves:
        unit = named[row.number]
        if unit is None:
            problems.append(_unknown_unit(row, pack))
        else:
            shares.append((_id(unit, row), (row,)))
    return shares, tuple(problems)


def _by_group(
    leaves: Sequence[Row], owners: Sequence[Row], named: dict[int, Unit | None], pack: RulePack
) -> tuple[Shares, Problems]:
    """Each unit's rows; the lowest group that names a unit owns a row."""
    owned: dict[int, list[Row]] = {}
    problems: list[Problem] = []
    for row in leaves:
        above = [group for group in owners if any(member is row for member in group.members)]
        if above:
            owned.setdefault(above[-1].number, []).append(row)
        else:
            problems.append(_unknown_unit(row.group or row, pack))
    shares = [
        (_id(unit, group), tuple(owned[group.number]))
        for group in owners
        if (unit := named[group.number]) is not None and group.number in owned
    ]
    return shares, tuple(dict.fromkeys(problems))


def _unknown_unit(row: Row, pack: RulePack) -> Problem:
    values = {"written": row.name, "hint": "", "pack": pack.header.id}
    return Problem("workbook.unknown_unit", row.label.place, values)


def _id(unit: Unit, row: Row) -> Scalar:
    return Scalar(unit.id, plain=False, place=row.label.place)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table whose units and period are known."""

    sheet: Sheet
    pack: RulePack
    rows: tuple[Row, ...]
    ledger: Ledger
    titles: Titles

    def submission(self, unit: Scalar, own: tuple[Row, ...]) -> tuple[Node, Problems]:
        """The submission of a unit from its rows."""
        draft = Draft(unit.place, {"unit": unit})
        for key, written in (("period", self.titles.period), ("report_date", self.titles.report_date)):
            if written is not None:
                draft.fields[key] = written
        source = text("workbook.ii06a.source", sheet=self.sheet.title)
        draft.fields["source"] = Scalar(source, plain=False, place=self.sheet.place)
        if self.titles.window:
            draft.windows[ALL_AREAS] = dict(self.titles.window)
        problems: Problems = ()
        for item in dict.fromkeys(item for row in self.rows for item in row.cells):
            value, doubts = self._figure(item, own)
            problems += doubts
            if value is not None:
                draft.figures[item] = (key_at(item, value.place), value)
        return draft.submission(self.pack), problems

    def _figure(self, item: str, own: tuple[Row, ...]) -> tuple[Node | None, Problems]:
        if len(own) == 1:
            cell = own[0].cells.get(item)
            return figure_node(cell, self.pack.indicator[item]) if cell is not None else (None, ())
        given = [row.cells[item] for row in own if item in row.cells]
        total = self._total_of(own)
        confirmed = (
            total.cells[item] if total and item in total.cells and self.ledger.agrees(total, item) else None
        )
        if not given:
            return None, ()
        if len(given) < len(own) and confirmed is None:
            return None, (self._blank(item, own),)
        place = confirmed.place if confirmed else _span(given)
        count = self.ledger.sum_of(own, item)
        return Scalar(format_count(count or 0), plain=False, place=place), ()

    def _total_of(self, own: tuple[Row, ...]) -> Row | None:
        """The row that prints the sum of just these rows."""
        numbers = [row.number for row in own]
        return next((row for row in self.rows if [member.number for member in row.members] == numbers), None)

    def _blank(self, item: str, own: tuple[Row, ...]) -> Problem:
        blank = next(row for row in own if item not in row.cells)
        values = {"label": self.pack.indicator[item].label, "name": blank.name}
        return Problem("workbook.ii06a.blank", blank.label.place, values, weight="warning")


def _span(cells: Sequence[Cell]) -> Place:
    """The place of several cells of a column."""
    first, last = cells[0].place, cells[-1].place
    if not first.cell or first == last:
        return first
    return Place(first.file, sheet=first.sheet, cell=f"{first.cell}:{last.cell}")
