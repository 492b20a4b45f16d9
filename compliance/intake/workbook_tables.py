"""Which submissions does a plain table on a sheet hold?

A row for each unit with a column for each indicator, or a row for each figure with
`unit | indicator | value`. Columns and units go by id or by name; titles may stand above. A row called a
total is held against the rows above it and not used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from compliance.intake.cell_nodes import figure_node, percent_node, plain_node
from compliance.intake.drafts import ALL_AREAS, Draft, with_reach
from compliance.intake.names import bare_words, find_period, find_unit, item_names, unit_names
from compliance.intake.nodes import Node, Scalar
from compliance.intake.suggestions import hint
from compliance.intake.table_columns import LONG_COLUMNS, NOTE_COLUMNS, SUBMISSION_COLUMNS
from compliance.intake.titles import read_titles
from compliance.numerals import Fault, format_decimal, parse_amount
from compliance.problems import Problem, is_usable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.intake.grid import Cell, Sheet
    from compliance.intake.titles import Titles
    from compliance.intake.values import Problems
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Unit

_ROLES: Mapping[str, str] = MappingProxyType(
    {
        **{bare_words(name): name for name in (*SUBMISSION_COLUMNS, *LONG_COLUMNS)},
        **dict.fromkeys(("don vi", "ten don vi", "ma don vi", "don vi bao cao", "co quan don vi"), "unit"),
        **dict.fromkeys(("ky", "ky bao cao"), "period"),
        **dict.fromkeys(("ngay bao cao", "ngay ky bao cao"), "report_date"),
        **dict.fromkeys(("chi tieu", "ma chi tieu", "ten chi tieu"), "indicator"),
        **dict.fromkeys(("gia tri", "so lieu", "ket qua"), "value"),
        **dict.fromkeys((bare_words(name) for name in NOTE_COLUMNS), "note"),
        **dict.fromkeys(("stt", "tt", "so tt", "don vi tinh", "dvt", "ghi chu", "bat buoc"), "note"),
    }
)
"""What a heading in bare words means, beside the ids and labels of indicators and rates."""
_IN_PARENTHESES = re.compile(r"\s*\([^()]*\)\s*$")
_TOTAL = re.compile(r"(?:tổng cộng|tổng số|tổng|cộng|tong cong|tong so)\b", re.IGNORECASE)
_LAST_HEADER_ROW = 40


def read_table(sheet: Sheet, pack: RulePack) -> tuple[tuple[Node, ...], Problems] | None:
    """The submissions of the table as nodes, and all problems; None when the sheet has no such table."""
    names = item_names(pack)
    for row in sheet.rows:
        roles = {column: _role(cell, names) for column, cell in sheet.rows[row].items()}
        if row <= _LAST_HEADER_ROW and _is_header(set(roles.values()), names):
            titles = read_titles([cell for (at, _), cell in sheet.cells.items() if at < row], sheet, pack)
            table = _Table(sheet, pack, row, roles, titles, names, unit_names(pack))
            return table.read()
    return None


def _role(cell: Cell, names: Mapping[str, str]) -> str:
    """What a heading stands for: a key of a submission, an item's id, `note`, or nothing known."""
    written = cell.text.strip()
    for words in (written, bare_words(written), bare_words(_IN_PARENTHESES.sub("", written))):
        if words in names or words in _ROLES:
            return names.get(words) or _ROLES[words]
    return ""


def _is_header(roles: set[str], names: Mapping[str, str]) -> bool:
    return {"indicator", "value"} <= roles or ("unit" in roles and bool(roles & set(names.values())))


@dataclass(slots=True)
class _Table:
    """The rows of a sheet, gathered by unit and period."""

    sheet: Sheet
    pack: RulePack
    header: int
    roles: Mapping[int, str]
    titles: Titles
    names: Mapping[str, str]
    units: Mapping[str, Unit]
    drafts: dict[tuple[str, str, str], Draft] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    sums: dict[str, list[Decimal]] = field(default_factory=dict)
    """The numbers above, by item, for the totals below them."""

    def read(self) -> tuple[tuple[Node, ...], Problems]:
        """Every row below the header."""
        self.problems += self._check_header()
        for row, cells in self.sheet.rows.items():
            if row > self.header:
                self._take(row, cells)
        nodes = tuple(draft.submission(self.pack) for draft in self.drafts.values() if draft.figures)
        for (unit, _, _), draft in self.drafts.items():
            if not draft.figures and is_usable(tuple(self.problems)):
                values = {"unit": unit}
                self.problems.append(Problem("figures.csv.blank_unit", draft.place, values, weight="warning"))
        return nodes, tuple(self.problems)

    def _check_header(self) -> Iterator[Problem]:
        seen: set[str] = set()
        known = (*self.pack.indicator, *self.pack.rate)
        for column, role in self.roles.items():
            cell = self.sheet.cells[self.header, column]
            if not role:
                values = {"written": cell.text, "hint": hint(cell.text, known)}
                yield Problem("workbook.unknown_column", cell.place, values)
            elif role in seen and role != "note":
                yield Problem("figures.csv.repeated_column", cell.place, {"written": cell.text})
            seen.add(role)

    def _take(self, row: int, cells: Mapping[int, Cell]) -> None:
        named = {
            role: cell
            for column, role in self.roles.items()
            if role not in {"", "note"} and (cell := cells.get(column) or self._merged(row, column, role))
        }
        values = {
            role: cell for role, cell in named.items() if role in self.names.values() or role == "value"
        }
        unit = named.get("unit")
        if not values:
            return
        total = next(
            (cell for cell in cells.values() if cell.kind == "text" and _TOTAL.match(cell.text)), None
        )
        if total is not None:
            self.problems += self._check_totals(total.text, values)
        elif unit is None and (self.titles.unit is None or "value" not in values):
            self.problems.append(Problem("workbook.no_unit_in_row", next(iter(values.values())).place))
        else:
            draft = self._draft(named, next(iter(values.values())))
            if "value" in values:
                self._take_long(named, draft)
            else:
                self._take_wide(values, draft)

    def _merged(self, row: int, column: int, role: str) -> Cell | None:
        """What stands in a range merged downwards: a unit or a period for several rows."""
        if role not in SUBMISSION_COLUMNS:
            return None
        heads = (
            area for area in self.sheet.merged if area[0] <= row <= area[2] and area[1] <= column <= area[3]
        )
        return next((self.sheet.get(area[0], area[1]) for area in heads if area[0] > self.header), None)

    def _draft(self, named: Mapping[str, Cell], first: Cell) -> Draft:
        fields = self._fields(named)
        if "period" not in fields and not any(found.code == "workbook.no_period" for found in self.problems):
            self.problems.append(Problem("workbook.no_period", self.sheet.place))
        key = tuple(fields[name].text if name in fields else "" for name in ("unit", "period", "revision"))
        draft = self.drafts.setdefault((key[0], key[1], key[2]), Draft(first.place))
        for name, written in fields.items():
            before = draft.fields.setdefault(name, written)
            if before.text != written.text:
                values = {"key": name, "written": written.text, "before": before.text}
                self.problems.append(Problem("workbook.conflict", written.place, values))
        if self.titles.window and not {"data_from", "data_to"} & fields.keys():
            draft.windows[ALL_AREAS] = dict(self.titles.window)
        return draft

    def _fields(self, named: Mapping[str, Cell]) -> dict[str, Scalar]:
        """What the row says of the whole submission, and what the titles say where it says nothing."""
        given = {
            "unit": self.titles.unit,
            "period": self.titles.period,
            "report_date": self.titles.report_date,
        }
        fields = {name: written for name, written in given.items() if written is not None}
        for name in SUBMISSION_COLUMNS:
            if name in named:
                node, faults = plain_node(named[name])
                self.problems += faults
                if node is not None:
                    fields[name] = self._settled(name, node)
        return fields

    def _settled(self, name: str, written: Scalar) -> Scalar:
        """A unit or a period by its id."""
        settled = written.text
        if name in {"unit", "reported_by"}:
            unit = find_unit(written.text, self.pack, self.units)
            settled = unit.id if unit else settled
        elif name == "period":
            settled = find_period(written.text) or settled
        return Scalar(settled, plain=False, place=written.place)

    def _take_long(self, named: Mapping[str, Cell], draft: Draft) -> None:
        heading = named.get("indicator")
        item = _role(heading, self.names) if heading is not None else ""
        if heading is None:
            self.problems.append(Problem("figures.csv.no_indicator", named["value"].place))
        elif item not in self.names.values():
            values = {"written": heading.text, "hint": hint(heading.text, self.names.values())}
            self.problems.append(Problem("figures.unknown_indicator", heading.place, values))
        else:
            reach = plain_node(named["approximate"])[0] if "approximate" in named else None
            self._put(draft, item, named["value"], heading, reach)

    def _take_wide(self, values: Mapping[str, Cell], draft: Draft) -> None:
        for item, cell in values.items():
            self._put(draft, item, cell, cell)
            number = parse_amount(cell.text)
            if isinstance(number, Decimal) and cell.kind != "percent":
                self.sums.setdefault(item, []).append(number)

    def _put(self, draft: Draft, item: str, cell: Cell, key: Cell, reach: Scalar | None = None) -> None:
        node, faults = (
            percent_node(cell) if item in self.pack.rate else figure_node(cell, self.pack.indicator[item])
        )
        self.problems += faults
        if item in draft.figures:
            values = {"written": item, "other": str(draft.figures[item][1].place)}
            self.problems.append(Problem("workbook.repeated_figure", cell.place, values))
        elif node is not None:
            value = with_reach(node, reach) if isinstance(node, Scalar) else node
            draft.figures[item] = (Scalar(item, plain=True, place=key.place), value)

    def _check_totals(self, name: str, values: Mapping[str, Cell]) -> Iterator[Problem]:
        """A problem for each printed total of counts or amounts that is not the sum of the rows above."""
        for item, cell in values.items():
            printed, above = parse_amount(cell.text), self.sums.get(item, [])
            indicator = self.pack.indicator.get(item)
            if isinstance(printed, Fault) or indicator is None or indicator.type not in {"count", "amount"}:
                continue
            if printed != sum(above):
                total = sum(above, Decimal(0))
                numbers = {"printed": printed, "total": total, "gap": abs(printed - total)}
                written = {name: format_decimal(number) for name, number in numbers.items()}
                names = {"name": name, "label": indicator.label, "rows": len(above)}
                yield Problem("workbook.broken_total", cell.place, written | names, weight="warning")
