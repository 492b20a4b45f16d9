"""What does the workbook say in which an office works through a ledger held against the reports?

The verdict and the units first, then every column of every unit, the rates, every late dossier and every
record that cannot be as far as they were kept, how it was counted, and what it was made from.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import format_count
from compliance.render.reconcile import column_titles
from compliance.render.reconcile_coverage import say_coverage
from compliance.render.reconcile_words import Reader, show_day
from compliance.render.workbook_styles import BODY, HEAD, TITLE, Book, height_of, sheet_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compliance.model.reconciliation import Agreement, Reconciliation
    from compliance.render.workbook_styles import Sheet

Columns = tuple[tuple[str, float], ...]
Cell = str | int | None

_KINDS: dict[Agreement, str] = {"agree": "pass", "differ": "fail", "no_data": "no_data"}
_UNITS: Columns = (
    ("unit", 40), ("cut_off", 14), ("records", 16), ("verdict", 34), ("late", 12), ("overdue", 14),
    ("faults", 10), ("after_cut_off", 18), ("resolved_without_due", 18), ("pending_without_due", 18),
)  # fmt: skip
_COLUMNS: Columns = (
    ("unit", 40), ("column", 9), ("indicator", 44), ("expected", 13), ("reported", 13), ("difference", 13),
    ("verdict", 20), ("note", 50),
)  # fmt: skip
_RATES: Columns = (("unit", 40), ("rate", 48), ("exact", 30), ("stated", 14), ("verdict", 40))
_LATE: Columns = (
    ("unit", 36), ("dossier", 26), ("field", 22), ("procedure", 30), ("received", 13), ("due", 13),
    ("resolved", 13), ("state", 17), ("days", 10),
)  # fmt: skip
_FAULTS: Columns = (("fault", 44), ("count", 13), ("treatment", 90))
_RECORDS: Columns = (
    ("fault", 40), ("unit", 36), ("dossier", 26), ("received", 13), ("due", 13), ("resolved", 13),
    ("channel", 18), ("result", 18), ("times", 10),
)  # fmt: skip
_DEFINITIONS: Columns = (("definition", 40), ("wording", 70), ("basis", 60))
_MADE: Columns = (("item", 26), ("value", 110))
_DOSSIER_ROW = 18.5
_LONG = 1_000
"""Beyond so many rows every row has one height: fitting each would take longer than counting them."""


def render_reconciliation_workbook(result: Reconciliation) -> bytes:
    """The workbook of a whole run, as an xlsx file."""
    reader = Reader(result)
    book = Book(reader.title, datetime.combine(result.as_of, time()))
    pages = _Pages(book, reader)
    lead = " ".join((reader.headline, *reader.staleness, *say_coverage(result)))
    pages.write("units", _UNITS, pages.units(), lead)
    pages.write("columns", _COLUMNS, pages.columns())
    pages.write("rates", _RATES, pages.rates())
    pages.write("late", _LATE, pages.late(), pages.late_lead())
    pages.write("faults", _FAULTS, pages.faults())
    pages.write("records", _RECORDS, pages.records(), pages.records_lead())
    pages.write("definitions", _DEFINITIONS, pages.definitions(), pages.reader.definitions_lead)
    pages.write("made", _MADE, ((cells, "") for cells in pages.reader.made()))
    return book.finish()


class _Pages:
    """The sheets; a row is its cells and the kind that colours its verdict."""

    def __init__(self, book: Book, reader: Reader) -> None:
        self.book = book
        self.reader = reader
        self.result = reader.result

    def write(
        self,
        name: str,
        columns: Columns,
        rows: Iterable[tuple[Sequence[Cell], str]],
        lead: str = "",
    ) -> None:
        """One sheet: its title, a sentence where there is one, and a table that can be filtered."""
        title = text(f"reconcile.sheet.{name}")
        sheet = self.book.sheet(sheet_name(title, set()))
        self.book.write_text(
            sheet, 0, 0, self.reader.title if name == "units" else title, TITLE, {"text_wrap": False}
        )
        sheet.set_row(0, 24)
        self.book.write_text(sheet, 1, 0, lead, {"text_wrap": False, "italic": True})
        for place, (column, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            self.book.write_text(sheet, 2, place, column_titles(column)[0], HEAD)
        sheet.set_row(2, 34)
        last = self._write_rows(sheet, columns, list(rows))
        sheet.freeze_panes(3, 1)
        sheet.repeat_rows(2)
        if last > 3:  # noqa: PLR2004 - below the heading
            sheet.autofilter(2, 0, last - 1, len(columns) - 1)

    def _write_rows(self, sheet: Sheet, columns: Columns, rows: Sequence[tuple[Sequence[Cell], str]]) -> int:
        verdict = next((place for place, (name, _) in enumerate(columns) if name == "verdict"), -1)
        for row, (cells, kind) in enumerate(rows, 3):
            for place, cell in enumerate(cells):
                self._write_cell(sheet, row, place, cell, kind if place == verdict else "")
            texts = [
                (str(cell), columns[place][1]) for place, cell in enumerate(cells) if isinstance(cell, str)
            ]
            sheet.set_row(row, _DOSSIER_ROW if len(rows) > _LONG else height_of(*texts))
        return len(rows) + 3

    def _write_cell(self, sheet: Sheet, row: int, place: int, cell: Cell, kind: str) -> None:
        if isinstance(cell, int):
            sheet.write_number(
                row, place, cell, self.book.style(BODY, {"align": "right", "num_format": "#,##0"})
            )
        else:
            self.book.write_text(sheet, row, place, cell or "", BODY, kind=kind)

    def units(self) -> Iterator[tuple[Sequence[Cell], str]]:
        """A row for each unit."""
        for unit in self.result.units:
            counts = {column.indicator: column.expected for column in unit.columns}
            yield (
                (
                    self.reader.name(unit.unit),
                    self.reader.cut_off(unit),
                    unit.records,
                    self.reader.verdict(unit),
                    counts.get("dossiers.resolved_late"),
                    counts.get("dossiers.pending_overdue"),
                    sum(unit.faults.values()),
                    unit.after_cut_off,
                    unit.resolved_without_due,
                    unit.pending_without_due,
                ),
                _KINDS[unit.verdict],
            )

    def columns(self) -> Iterator[tuple[Sequence[Cell], str]]:
        """A row for each unit and column."""
        for unit in self.result.units:
            for column in unit.columns:
                number, label, *_, note = self.reader.column(unit, column)
                counts = (column.expected, column.reported, column.difference)
                verdict = text(f"reconcile.verdict.{column.verdict}")
                cells = (self.reader.name(unit.unit), number, label, *counts, verdict, note)
                yield cells, _KINDS[column.verdict]

    def rates(self) -> Iterator[tuple[Sequence[Cell], str]]:
        """A row for each unit and rate."""
        for unit in self.result.units:
            for rate in unit.rates:
                yield (self.reader.name(unit.unit), *self.reader.rate(rate)), _KINDS[rate.verdict]

    def late(self) -> Iterator[tuple[Sequence[Cell], str]]:
        """A row for each late dossier."""
        for late in self.result.late:
            state = text(f"reconcile.state.{'pending' if late.resolved is None else 'resolved'}")
            days = (show_day(late.received), show_day(late.due), show_day(late.resolved))
            names = (self.reader.name(late.unit), late.dossier, late.field, late.procedure)
            yield (*names, *days, state, late.days), ""

    def late_lead(self) -> str:
        """How many are late, and how many of them stand here."""
        count = self.result.late_resolved + self.result.late_pending
        return f"{self.reader.late_lead} {self._capped(count, len(self.result.late))}"

    def faults(self) -> Iterator[tuple[Sequence[Cell], str]]:
        """A row for each kind of records that cannot be."""
        for fault in self.result.faults:
            label, _, treatment = self.reader.fault(fault)
            yield (label, fault.count, treatment), ""

    def records(self) -> Iterator[tuple[Sequence[Cell], str]]:
        """A row for each record that cannot be."""
        for fault in self.result.faults:
            label = self.reader.definition(fault.fault).label
            for record in fault.records:
                *cells, _ = self.reader.record(record)
                yield (label, *cells, record.times), ""

    def records_lead(self) -> str:
        """How many of them stand here."""
        counts = [(fault.count, len(fault.records)) for fault in self.result.faults]
        return self._capped(sum(count for count, _ in counts), sum(kept for _, kept in counts))

    def _capped(self, count: int, kept: int) -> str:
        words = {"shown": format_count(kept), "count": format_count(count), "more": ""}
        return text("reconcile.capped", **words) if kept < count else ""

    def definitions(self) -> Iterator[tuple[Sequence[Cell], str]]:
        """A row for each definition."""
        for item in self.result.definitions:
            yield (item.label, item.wording, self.reader.basis(item)), ""
