"""What does the form look like that a clerk fills in with Excel or LibreOffice?

A sheet for the report itself, one for each area, one for the documents that the report cites. The key of each
field stands in a hidden first column, so that the reader finds every value wherever it was moved; a hidden
sheet says for which unit, period and pack the form was made. Only the cells to fill in are open.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import format_date
from compliance.render.form_areas import AreaSheets, plan_pages
from compliance.render.form_book import HEAD_ROW, LABEL, OPEN, FormBook
from compliance.render.form_cells import Entry, allow_entry, write_entry
from compliance.render.workbook_styles import BODY, height_of

if TYPE_CHECKING:
    from datetime import date

    from compliance.model.legal import Instrument
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Period, Submission, Unit
    from compliance.render.form_cells import Form
    from compliance.render.workbook_styles import Sheet

STAMP_SHEET = "_tuan_thu"
STAMP_FORMAT = "1"
_LINES_OF_HELP = 5
_ADDED_DOCUMENTS = 10
_NO_PASSWORD = ""


def render_template_workbook(
    pack: RulePack,
    unit: Unit,
    period: Period,
    *,
    previous: Submission | None = None,
    filled: Submission | None = None,
) -> bytes:
    """The form of one unit for one period, as an xlsx file.

    `previous` stands beside, `filled` stands in the cells: the submission to be corrected.
    """
    return _Form(pack, unit, period, previous, filled).render()


class _Form:
    """One form in the making."""

    def __init__(
        self,
        pack: RulePack,
        unit: Unit,
        period: Period,
        previous: Submission | None,
        filled: Submission | None,
    ) -> None:
        self._pack, self._unit, self._period, self._filled = pack, unit, period, filled
        self._title = text("form.title", unit=unit.label, period=period.label)
        self._book = FormBook(self._title, datetime.combine(period.end, time()))
        own = {STAMP_SHEET, text("form.sheet.about").casefold(), text("form.sheet.cited").casefold()}
        self._pages = plan_pages(pack, unit, period.end, own)
        self._areas = AreaSheets(self._book, pack, unit, self._pages, previous=previous, filled=filled)

    def render(self) -> bytes:
        """The file."""
        self._write_about()
        for page in self._pages:
            self._areas.write_page(page)
        self._write_cited()
        self._write_stamp()
        return self._book.finish()

    # --- the sheet of the report itself

    def _write_about(self) -> None:
        sheet = self._book.open_sheet(text("form.sheet.about"), {1: 46, 2: 40, 3: 62})
        columns = ("field", "content", "guidance")
        self._book.write_head(sheet, self._title, text("form.how_about"), columns)
        row = HEAD_ROW + 1
        for key, entry in self._fields().items():
            self._write_field(sheet, row, key, entry)
            row += 1
        self._write_status(sheet, row)
        for line in range(1, _LINES_OF_HELP + 1):
            self._book.write_text(
                sheet, row + 2 + line, LABEL, text(f"form.how.{line}"), {"text_wrap": False}
            )
        self._write_windows(sheet, row + _LINES_OF_HELP + 4)
        sheet.freeze_panes(HEAD_ROW + 1, 0)

    def _fields(self) -> dict[str, Entry]:
        filled = self._filled
        window = filled.data_window if filled else None
        labels = [unit.label for unit in self._pack.units]
        unit = self._unit.label if labels.count(self._unit.label) == 1 else self._unit.id
        return {
            "unit": Entry(words=unit),
            "period": Entry(words=self._period.label),
            "window_from": Entry(day=window.start if window else None),
            "window_to": Entry(day=window.end if window else None),
            "report_date": Entry(day=filled.report_date if filled else None),
            "source": Entry(words=filled.source if filled else text("template.source")),
            "revision": Entry(words=str(filled.revision if filled else 1)),
        }

    def _write_field(self, sheet: Sheet, row: int, key: str, entry: Entry) -> None:
        guidance = text(
            f"form.guidance.{key}", start=format_date(self._period.start), end=format_date(self._period.end)
        )
        self._book.write_label(sheet, row, key, text(f"form.field.{key}"))
        form: Form = "date" if key.startswith("window_") or key == "report_date" else "text"
        fixed = key in {"unit", "period"}
        write_entry(self._book, sheet, (row, 2), entry, form, BODY if fixed else OPEN)
        if form == "date":
            allow_entry(sheet, (row, 2), None)
        self._book.write_text(sheet, row, 3, guidance, BODY)
        sheet.set_row(row, height_of((guidance, 62), (entry.words, 40)))

    def _write_status(self, sheet: Sheet, row: int) -> None:
        """How much is still blank or off, in sight before the form is sent."""
        lines = (
            ("blank", self._areas.count_blank(), "explain"),
            ("off", self._areas.count_off(), "must_fix"),
        )
        style = self._book.style(BODY, {"bold": True, "align": "left"})
        for at, (name, (formula, shown), kind) in enumerate(lines, row):
            self._book.write_text(sheet, at, LABEL, text(f"form.status.{name}"), BODY, {"bold": True})
            sheet.write_formula(at, 2, formula, style, shown)
            self._book.write_text(sheet, at, 3, text(f"form.status.{name}_guidance"), BODY)
            criterion = {"type": "cell", "criteria": ">", "value": 0, "format": self._book.ground(kind)}
            sheet.conditional_format(at, 2, at, 2, criterion)

    def _write_windows(self, sheet: Sheet, row: int) -> None:
        """Windows of single areas, for reports that close their areas on different days."""
        self._book.write_text(
            sheet, row, LABEL, text("form.section.windows"), {"bold": True, "text_wrap": False}
        )
        for page in self._pages:
            window = self._filled.area_windows.get(page.area.id) if self._filled else None
            for end, day in zip(
                ("from", "to"), (window.start, window.end) if window else (None, None), strict=True
            ):
                row += 1
                label = text(f"form.field.area_window_{end}", area=page.area.title)
                self._book.write_label(sheet, row, f"window_{end}:{page.area.id}", label)
                write_entry(self._book, sheet, (row, 2), Entry(day=day), "date", OPEN)
                allow_entry(sheet, (row, 2), None)
                sheet.set_row(row, height_of((label, 46)))

    # --- the sheet of cited documents, and the stamp

    def _write_cited(self) -> None:
        sheet = self._book.open_sheet(text("form.sheet.cited"), {1: 38, 2: 16, 3: 16, 4: 70})
        columns = ("document", "dated", "where", "subject")
        self._book.write_head(sheet, text("form.cited_title"), text("form.how_cited"), columns)
        cited = list(self._filled.cites) if self._filled else []
        row = HEAD_ROW
        named = {item.instrument for item in cited}
        for instrument in self._pack.instruments:
            if instrument.key not in named and not _is_issued_by(instrument, self._period.end):
                continue
            row += 1
            first = next((item for item in cited if item.instrument == instrument.key), None)
            if first is not None:
                cited.remove(first)
            self._book.write_label(sheet, row, instrument.key, instrument.name)
            self._write_citation(
                sheet, row, Entry(day=first.dated if first else None), first.where if first else ""
            )
            subject = instrument.title if instrument.number else ""
            self._book.write_text(sheet, row, 4, subject, BODY)
            sheet.set_row(row, height_of((instrument.name, 38), (subject, 70)))
        for added in [*cited, *[None] * _ADDED_DOCUMENTS]:
            row += 1
            self._book.write_text(sheet, row, LABEL, added.instrument if added else "", BODY, OPEN)
            self._write_citation(
                sheet, row, Entry(day=added.dated if added else None), added.where if added else ""
            )
            self._book.write_text(sheet, row, 4, "", BODY)
        sheet.freeze_panes(HEAD_ROW + 1, 2)

    def _write_citation(self, sheet: Sheet, row: int, dated: Entry, where: str) -> None:
        write_entry(self._book, sheet, (row, 2), dated, "date", OPEN)
        allow_entry(sheet, (row, 2), None)
        self._book.write_text(sheet, row, 3, where, OPEN, {"num_format": "@"})

    def _write_stamp(self) -> None:
        sheet = self._book.sheet(STAMP_SHEET)
        filled, header = self._filled, self._pack.header
        stamp = {
            "format": STAMP_FORMAT,
            "pack": header.id,
            "version": header.version,
            "digest": header.digest,
            "unit": self._unit.id,
            "period": str(self._period),
            "provenance": filled.provenance if filled else "reported",
            "reported_by": filled.reported_by if filled else self._unit.id,
        }
        for row, (key, value) in enumerate(stamp.items()):
            self._book.write_text(sheet, row, 0, key)
            self._book.write_text(sheet, row, 1, value)
        sheet.protect(_NO_PASSWORD)
        sheet.very_hidden()


def _is_issued_by(instrument: Instrument, day: date) -> bool:
    """Whether a report of that day could cite it; by the year in its key where the day is not established."""
    if instrument.issued is not None:
        return instrument.issued <= day
    year = instrument.key.partition("/")[2].partition("/")[0]
    return not year.isdecimal() or int(year) <= day.year
