"""What does our own form say that a unit has filled in?

Every value is found by the key in the hidden cell to its left, never by its address: a form that was saved
by another program, with its sheets in another order, with rows added or titles merged, reads the same. The
key of an indicator stands three cells before its value, that of a field two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from compliance.intake.cell_nodes import figure_node, percent_node, plain_node
from compliance.intake.drafts import ALL_AREAS, Draft, mapping
from compliance.intake.names import bare_words, find_period, find_unit, unit_names
from compliance.intake.nodes import Node, Scalar
from compliance.intake.suggestions import hint
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.intake.grid import Cell, Sheet
    from compliance.intake.values import Problems
    from compliance.model.rulepack import RulePack

STAMP_SHEET = "_tuan_thu"
"""The hidden sheet that says for which unit, period and pack the form was made."""
STAMP_FORMAT = "1"
FIELDS = ("unit", "period", "report_date", "source", "provenance", "revision", "reported_by")
STATED = "stated:"

_FIELD_VALUE, _FIGURE_VALUE = 2, 3
"""Columns from a key to its value."""
_CITED_NAME, _CITED_DATE, _CITED_PLACE = 1, 2, 3

Found = TypeVar("Found", bound=Node)


def is_form(sheets: Sequence[Sheet]) -> bool:
    """Whether the sheets are those of our form."""
    return any(sheet.title.strip() == STAMP_SHEET for sheet in sheets)


def read_form(sheets: Sequence[Sheet], file: str, pack: RulePack) -> tuple[tuple[Node, ...], Problems]:
    """The one submission of the form as a node; no node where a cell could not be read at all."""
    stamp = next(sheet for sheet in sheets if sheet.title.strip() == STAMP_SHEET)
    reading = _Reading(pack, Draft(Place(file)))
    reading.take_stamp(stamp)
    for sheet in sheets:
        if sheet is not stamp:
            reading.take_sheet(sheet)
    return reading.finish()


@dataclass(slots=True)
class _Reading:
    """What was read of the form so far."""

    pack: RulePack
    draft: Draft
    stamp: dict[str, Scalar] = field(default_factory=dict)
    cited_column: int = 0
    """The column of the keys on the sheet of cited documents, once one was met."""
    problems: list[Problem] = field(default_factory=list)

    def take_stamp(self, sheet: Sheet) -> None:
        """The keys and values of the hidden sheet; another pack or version than ours is said."""
        for cells in sheet.rows.values():
            row = list(cells.values())
            if len(row) > 1:
                self.stamp[row[0].text] = Scalar(row[1].text, plain=False, place=row[1].place)
        if "format" in self.stamp and self.stamp["format"].text != STAMP_FORMAT:
            values = {"written": self.stamp["format"].text, "known": STAMP_FORMAT}
            self.problems.append(Problem("workbook.form.format", self.stamp["format"].place, values))
        self._compare_pack()

    def _compare_pack(self) -> None:
        header = self.pack.header
        made_for = {key: self.stamp[key].text for key in ("pack", "version", "digest") if key in self.stamp}
        if made_for.get("pack", header.id) != header.id:
            values = {"written": made_for["pack"], "pack": header.id}
            self._warn("workbook.form.other_pack", "pack", values)
        elif made_for.get("version", header.version) != header.version:
            values = {"written": made_for["version"], "version": header.version}
            self._warn("workbook.form.other_version", "version", values)
        elif made_for.get("digest", header.digest) != header.digest:
            self._warn("workbook.form.changed_pack", "digest", {"pack": header.id})

    def _warn(self, code: str, key: str, values: dict[str, str]) -> None:
        self.problems.append(Problem(code, self.stamp[key].place, values, weight="warning"))

    def take_sheet(self, sheet: Sheet) -> None:
        """Every keyed row of a sheet."""
        self.cited_column = 0
        for row, cells in sheet.rows.items():
            is_keyed = any(
                self._take(cell, sheet, row, column) for column, cell in cells.items() if cell.kind == "text"
            )
            if not is_keyed and self.cited_column:
                self._take_added(cells, sheet, row)

    def _take(self, key: Cell, sheet: Sheet, row: int, column: int) -> bool:
        """Whether the cell is a key; what stands at its value is taken in."""
        name = key.text
        if name in FIELDS or name.split(":")[0] in {"window_from", "window_to"}:
            self._take_field(name, sheet.get(row, column + _FIELD_VALUE))
        elif name in self.pack.indicator:
            self._take_figure(key, sheet.get(row, column + _FIGURE_VALUE))
        elif name.startswith(STATED) and name.count(".") == 1:
            self._take_rate(key, sheet.get(row, column + _FIGURE_VALUE))
        elif name in self.pack.instrument and self.cited_column in {0, column}:
            cited = {"instrument": Scalar(name, plain=False, place=key.place)}
            self.cited_column = column
            self._cite(cited, sheet, row)
        elif name.count(".") == 1 and name.split(".")[0] in {area.id for area in self.pack.areas}:
            self._refuse_unknown(key, sheet.get(row, column + _FIGURE_VALUE))
        else:
            return False
        return True

    def _take_field(self, name: str, cell: Cell | None) -> None:
        node = self._keep(plain_node(cell)) if cell is not None else None
        if node is None:
            return
        head, _, area = name.partition(":")
        if head.startswith("window_"):
            self.draft.windows.setdefault(area or ALL_AREAS, {})[head.removeprefix("window_")] = node
        else:
            self.draft.fields[head] = node

    def _take_figure(self, key: Cell, cell: Cell | None) -> None:
        if cell is not None:
            self._put(key, key.text, self._keep(figure_node(cell, self.pack.indicator[key.text])))

    def _take_rate(self, key: Cell, cell: Cell | None) -> None:
        name = key.text.removeprefix(STATED)
        if cell is not None and name in self.pack.rate:
            self._put(key, name, self._keep(percent_node(cell)))
        elif cell is not None:
            self._refuse_unknown(key, cell)

    def _refuse_unknown(self, key: Cell, cell: Cell | None) -> None:
        """A key that the pack does not know, with a figure beside it, is not passed over in silence."""
        if cell is not None:
            name = key.text.removeprefix(STATED)
            values = {"written": name, "hint": hint(name, (*self.pack.indicator, *self.pack.rate))}
            self.problems.append(Problem("workbook.form.unknown_key", cell.place, values))

    def _put(self, key: Cell, name: str, value: Node | None) -> None:
        if value is None:
            return
        if name in self.draft.figures:
            values = {"written": name, "other": self.draft.figures[name][1].place.cell}
            self.problems.append(Problem("workbook.repeated_figure", value.place, values))
            return
        self.draft.figures[name] = (Scalar(name, plain=True, place=key.place), value)

    def _take_added(self, cells: Mapping[int, Cell], sheet: Sheet, row: int) -> None:
        """A row that the unit added below the documents that have a key."""
        name = cells.get(self.cited_column + _CITED_NAME)
        if name is None or name.kind != "text":
            return
        by_name = {bare_words(item.name): item.key for item in self.pack.instruments}
        found = by_name.get(bare_words(name.text), name.text)
        self._cite({"instrument": Scalar(found, plain=False, place=name.place)}, sheet, row)

    def _cite(self, cited: dict[str, Scalar], sheet: Sheet, row: int) -> None:
        """The document counts as cited where its date or its passage is filled in."""
        for part, offset in (("date", _CITED_DATE), ("place", _CITED_PLACE)):
            cell = sheet.get(row, self.cited_column + offset)
            node = self._keep(plain_node(cell)) if cell is not None else None
            if node is not None:
                cited[part] = node
        if len(cited) > 1:
            self.draft.cites.append(mapping(cited.items(), cited["instrument"].place))

    def _keep(self, found: tuple[Found | None, Problems]) -> Found | None:
        self.problems += found[1]
        return found[0]

    def finish(self) -> tuple[tuple[Node, ...], Problems]:
        """The submission, with what the form was made for where the unit filled in nothing else."""
        for key in ("provenance", "revision", "reported_by"):
            if key in self.stamp:
                self.draft.fields.setdefault(key, self.stamp[key])
        self._settle_unit()
        self._settle_period()
        return (self.draft.submission(self.pack),), tuple(self.problems)

    def _settle_unit(self) -> None:
        """The unit as filled in, by id or name; it must be the one for which the form was made."""
        names = unit_names(self.pack)
        for key in ("unit", "reported_by"):
            written = self.draft.fields.get(key)
            found = find_unit(written.text, self.pack, names) if written else None
            if written and found:
                self.draft.fields[key] = Scalar(found.id, plain=False, place=written.place)
        self._settle("unit", "workbook.form.other_unit")

    def _settle_period(self) -> None:
        """The period as filled in, by id or in words."""
        written = self.draft.fields.get("period")
        if written is not None:
            found = find_period(written.text) or written.text
            self.draft.fields["period"] = Scalar(found, plain=False, place=written.place)
        self._settle("period", "workbook.form.other_period")

    def _settle(self, key: str, code: str) -> None:
        made_for = self.stamp.get(key)
        if made_for is None or not made_for.text:
            return
        written = self.draft.fields.setdefault(key, made_for)
        if written.text != made_for.text:
            self.problems.append(
                Problem(code, written.place, {"written": written.text, "made_for": made_for.text})
            )
