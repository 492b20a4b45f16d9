"""What does the form look like that a clerk fills in with Excel or LibreOffice?

A sheet for the report itself, one for each area, one for the documents that the report cites. The key of each
field stands in a hidden first column, so that the reader finds every value wherever it was moved; a hidden
sheet says for which unit, period and pack the form was made. Only the cells to fill in are open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from compliance.messages import text
from compliance.numerals import format_date
from compliance.render.form_cells import Entry, allow_entry, entry_of, write_entry
from compliance.render.form_notes import notes_by_indicator
from compliance.render.sheet_checks import Figures, Formulas, SheetCheck, sheet_checks
from compliance.render.template_text import asked_indicators, asked_rates
from compliance.render.workbook_styles import BODY, BORDER, HEAD, NOTE, TITLE, Book, height_of, sheet_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compliance.model.rulepack import Area, Indicator, Rate, RulePack
    from compliance.model.submission import Period, Submission, Unit
    from compliance.render.form_cells import Form
    from compliance.render.workbook_styles import Sheet

STAMP_SHEET = "_tuan_thu"
STAMP_FORMAT = "1"
KEY, LABEL, MEASURE, VALUE, NEED, GUIDANCE, BEFORE, SETTLED = range(8)
"""Columns of the sheet of an area; the first and the last are hidden."""
_WIDTHS = {LABEL: 40, MEASURE: 12, VALUE: 18, NEED: 13, GUIDANCE: 62, BEFORE: 16}
_CHECK_WIDTH = 43
"""Of the merged cells that hold the result of a check."""
_HEAD_ROW = 2
_LINES_OF_HELP = 5
_ADDED_DOCUMENTS = 10
_PASSWORD = ""
_PROTECTION = {"format_rows": True, "format_columns": True}
_OPEN = {"locked": False, "bg_color": "#FFFFF0", "valign": "vcenter", "text_wrap": True} | BORDER
_AS_TYPED = {"num_format": "@", "align": "right", "indent": 1}
_SECTION = {"bold": True, "valign": "vcenter", "bg_color": "#EEF3FA"} | BORDER


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


@dataclass(slots=True)
class _Page:
    """The sheet of one area, and where on it everything stands (rows from 0)."""

    area: Area
    name: str
    indicators: tuple[Indicator, ...]
    rates: tuple[Rate, ...]
    checks: list[SheetCheck] = field(default_factory=list)

    @property
    def rows(self) -> dict[str, int]:
        """The row of each indicator."""
        return {item.id: _HEAD_ROW + 1 + index for index, item in enumerate(self.indicators)}

    @property
    def rate_rows(self) -> dict[str, int]:
        """The row of each stated rate, below a heading."""
        first = _HEAD_ROW + 2 + len(self.indicators)
        return {item.id: first + index for index, item in enumerate(self.rates)}

    @property
    def check_rows(self) -> range:
        """The rows of the checks, below a heading."""
        first = _HEAD_ROW + 2 + len(self.indicators) + (len(self.rates) + 1 if self.rates else 0)
        return range(first, first + len(self.checks))

    def cell(self, name: str, column: int) -> str:
        """The absolute address of an indicator's cell, usable from every sheet."""
        quoted = self.name.replace("'", "''")
        return f"'{quoted}'!${chr(ord('A') + column)}${self.rows[name] + 1}"


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
        self.pack, self.unit, self.period = pack, unit, period
        self.previous, self.filled = previous, filled
        self.indicators = {item.id: item for item in asked_indicators(pack, unit)}
        self.notes = notes_by_indicator(pack, unit.level)
        self.title = text("form.title", unit=unit.label, period=period.label)
        created = datetime.combine(period.end, time(), UTC).replace(tzinfo=None)
        self.book = Book(self.title, created)
        self.about_name = text("form.sheet.about")
        self.cited_name = text("form.sheet.cited")
        self.pages = self._pages()
        self.page = {name: page for page in self.pages for name in page.rows}
        self.formulas = Formulas(self._at(VALUE), self._at(SETTLED))
        self.figures = Figures(self._typed(), self.indicators)

    def _pages(self) -> list[_Page]:
        taken = {name.casefold() for name in (STAMP_SHEET, self.about_name, self.cited_name)}
        rates = asked_rates(self.pack, self.unit)
        pages: list[_Page] = []
        for area in self.pack.areas:
            indicators = tuple(item for item in self.indicators.values() if item.area == area.id)
            stated = tuple(rate for rate in rates if rate.id.split(".")[0] == area.id)
            if indicators or stated:
                pages.append(_Page(area, sheet_name(area.title, taken), indicators, stated))
        by_area = {page.area.id: page for page in pages}
        for check in sheet_checks(self.pack, self.unit.level, self.indicators, self.period.end):
            home = by_area.get(check.rule.area) or by_area[self.indicators[check.names[0]].area]
            home.checks.append(check)
        return pages

    def _at(self, column: int) -> Callable[[str], str]:
        return lambda name: self.page[name].cell(name, column)

    def _typed(self) -> dict[str, Any]:
        if self.filled is None:
            return {}
        return {
            name: entry_of(observation).number
            for name, observation in self.filled.observations.items()
            if name in self.indicators
        }

    def render(self) -> bytes:
        """The file."""
        self._write_about()
        for page in self.pages:
            self._write_page(page)
        self._write_cited()
        self._write_stamp()
        return self.book.finish()

    def _sheet(self, name: str, widths: Mapping[int, float]) -> Sheet:
        sheet = self.book.sheet(name)
        sheet.protect(_PASSWORD, _PROTECTION)
        sheet.set_column(KEY, KEY, None, None, {"hidden": True})
        for column, width in widths.items():
            sheet.set_column(column, column, width)
        return sheet

    def _write_head(self, sheet: Sheet, title: str, how: str) -> None:
        self.book.write_text(sheet, 0, LABEL, title, TITLE, {"text_wrap": False})
        sheet.set_row(0, 24)
        self.book.write_text(sheet, 1, LABEL, how, NOTE, {"text_wrap": False})
        sheet.set_row(_HEAD_ROW, 34)

    # --- the sheet of an area

    def _write_page(self, page: _Page) -> None:
        sheet = self._sheet(page.name, _WIDTHS)
        sheet.set_column(SETTLED, SETTLED, None, None, {"hidden": True})
        if self.previous is None:
            sheet.set_column(BEFORE, BEFORE, None, None, {"hidden": True})
        self._write_head(sheet, page.area.title, text("form.how_area"))
        for column, name in enumerate(("label", "measure", "value", "need", "guidance", "before"), LABEL):
            self.book.write_text(sheet, _HEAD_ROW, column, text(f"form.column.{name}"), HEAD)
        for indicator in page.indicators:
            self._write_indicator(sheet, page, indicator)
        if page.rates:
            self._write_section(sheet, min(page.rate_rows.values()) - 1, text("form.section.stated"))
        for rate in page.rates:
            self._write_rate(sheet, page, rate)
        if page.checks:
            self._write_section(sheet, page.check_rows.start - 1, text("form.section.checks"))
        for row, check in zip(page.check_rows, page.checks, strict=True):
            self._write_check(sheet, row, check)
        self._mark(sheet, page)
        sheet.freeze_panes(_HEAD_ROW + 1, MEASURE)
        sheet.repeat_rows(_HEAD_ROW)

    def _write_section(self, sheet: Sheet, row: int, words: str) -> None:
        for column in range(LABEL, BEFORE + 1):
            self.book.write_text(sheet, row, column, words if column == LABEL else "", _SECTION)

    def _write_row(self, sheet: Sheet, row: int, key: str, label: str, *, note: str) -> None:
        self.book.write_text(sheet, row, KEY, key)
        self.book.write_text(sheet, row, LABEL, label, BODY)
        if note:
            sheet.write_comment(row, LABEL, note, _note_size(note))

    def _write_indicator(self, sheet: Sheet, page: _Page, indicator: Indicator) -> None:
        row = page.rows[indicator.id]
        required = self.unit.level in indicator.required
        self._write_row(sheet, row, indicator.id, indicator.label, note=self.notes.get(indicator.id, ""))
        self.book.write_text(sheet, row, MEASURE, indicator.unit_of_measure, BODY)
        observation = self.filled.observations.get(indicator.id) if self.filled else None
        entry = entry_of(observation) if observation and not observation.derived_from else Entry()
        write_entry(self.book, sheet, (row, VALUE), entry, indicator.type, _OPEN)
        allow_entry(sheet, (row, VALUE), indicator)
        need = text("template.required" if required else "template.optional")
        self.book.write_text(sheet, row, NEED, need, BODY, {"bold": required})
        self.book.write_text(sheet, row, GUIDANCE, indicator.description, BODY)
        before = self.previous.observations.get(indicator.id) if self.previous else None
        write_entry(self.book, sheet, (row, BEFORE), entry_of(before), indicator.type, BODY)
        self._write_settled(sheet, row, indicator)
        sheet.set_row(
            row, height_of((indicator.label, _WIDTHS[LABEL]), (indicator.description, _WIDTHS[GUIDANCE]))
        )

    def _write_settled(self, sheet: Sheet, row: int, indicator: Indicator) -> None:
        known = indicator.parts if all(part in self.indicators for part in indicator.parts) else ()
        figure = self.figures.settled(indicator.id)
        shown = "" if figure is None else float(figure)
        sheet.write_formula(row, SETTLED, self.formulas.settle(indicator, known), None, shown)

    def _write_rate(self, sheet: Sheet, page: _Page, rate: Rate) -> None:
        """A stated rate is kept as text: its decimals count, and a number would lose its last zeros."""
        row = page.rate_rows[rate.id]
        guidance = text(
            "form.guidance.stated",
            numerator=self.pack.indicator[rate.numerator].label,
            denominator=self.pack.indicator[rate.denominator].label,
        )
        self._write_row(sheet, row, f"stated:{rate.id}", rate.label, note=self.notes.get(rate.id, ""))
        self.book.write_text(sheet, row, MEASURE, "%", BODY)
        stated = self.filled.stated.get(rate.id) if self.filled else None
        written = stated.as_written if stated else ""
        self.book.write_text(sheet, row, VALUE, written, _OPEN, _AS_TYPED)
        self.book.write_text(sheet, row, NEED, text("template.optional"), BODY)
        self.book.write_text(sheet, row, GUIDANCE, guidance, BODY)
        before = self.previous.stated.get(rate.id) if self.previous else None
        self.book.write_text(sheet, row, BEFORE, before.as_written if before else "", BODY, _AS_TYPED)
        sheet.set_row(row, height_of((rate.label, _WIDTHS[LABEL]), (guidance, _WIDTHS[GUIDANCE])))
        sheet.ignore_errors({"number_stored_as_text": f"D{row + 1}:G{row + 1}"})

    def _write_check(self, sheet: Sheet, row: int, check: SheetCheck) -> None:
        words = check.words(self.pack)
        style = self.book.style(BODY, {"bold": True, "align": "center"})
        self.book.write_text(sheet, row, LABEL, check.rule.title, BODY)
        sheet.merge_range(row, MEASURE, row, NEED, "", style)
        sheet.write_formula(row, MEASURE, self.formulas.verdict(check), style, self.figures.verdict(check))
        self.book.write_text(sheet, row, GUIDANCE, words, BODY)
        self.book.write_text(sheet, row, BEFORE, text(f"severity.{check.rule.severity}"), BODY)
        sheet.set_row(row, height_of((check.rule.title, _WIDTHS[LABEL]), (words, _WIDTHS[GUIDANCE])))

    def _mark(self, sheet: Sheet, page: _Page) -> None:
        """Red where a check is off, on its result and its figures; orange where a required one is blank."""
        off, match = text("form.check.off"), text("form.check.match")
        for row in page.check_rows:
            sheet.conditional_format(row, MEASURE, row, NEED, self._begins(row, off, "must_fix"))
            sheet.conditional_format(row, MEASURE, row, NEED, self._begins(row, match, "pass"))
        for indicator in page.indicators:
            row = page.rows[indicator.id]
            about = [
                at
                for at, check in zip(page.check_rows, page.checks, strict=True)
                if indicator.id in check.names
            ]
            if about:
                any_off = ",".join(f'LEFT($C${at + 1},{len(off)})="{off}"' for at in about)
                sheet.conditional_format(
                    row, VALUE, row, VALUE, self._where(f"=OR({any_off})", "must_fix", stop=True)
                )
            if self.unit.level in indicator.required:
                blank = f'=AND($D${row + 1}="",$H${row + 1}="")'
                sheet.conditional_format(row, VALUE, row, VALUE, self._where(blank, "explain"))

    def _begins(self, row: int, words: str, kind: str) -> dict[str, Any]:
        return self._where(f'=LEFT($C${row + 1},{len(words)})="{words}"', kind)

    def _where(self, formula: str, kind: str, *, stop: bool = False) -> dict[str, Any]:
        return {
            "type": "formula",
            "criteria": formula,
            "format": self.book.ground(kind),
            "stop_if_true": stop,
        }

    # --- the sheet of the report itself

    def _write_about(self) -> None:
        sheet = self._sheet(self.about_name, {1: 46, 2: 40, 3: 62})
        self._write_head(sheet, self.title, text("form.how_about"))
        for column, name in enumerate(("field", "content", "guidance"), LABEL):
            self.book.write_text(sheet, _HEAD_ROW, column, text(f"form.column.{name}"), HEAD)
        row = _HEAD_ROW + 1
        for key, entry in self._fields().items():
            self._write_field(sheet, row, key, entry)
            row += 1
        self._write_status(sheet, row)
        for line in range(1, _LINES_OF_HELP + 1):
            self.book.write_text(sheet, row + 2 + line, LABEL, text(f"form.how.{line}"), {"text_wrap": False})
        self._write_windows(sheet, row + _LINES_OF_HELP + 4)
        sheet.freeze_panes(_HEAD_ROW + 1, 0)

    def _fields(self) -> dict[str, Entry]:
        filled = self.filled
        window = filled.data_window if filled else None
        labels = [unit.label for unit in self.pack.units]
        unit = self.unit.label if labels.count(self.unit.label) == 1 else self.unit.id
        return {
            "unit": Entry(words=unit),
            "period": Entry(words=self.period.label),
            "window_from": Entry(day=window.start if window else None),
            "window_to": Entry(day=window.end if window else None),
            "report_date": Entry(day=filled.report_date if filled else None),
            "source": Entry(words=filled.source if filled else text("template.source")),
            "revision": Entry(words=str(filled.revision if filled else 1)),
        }

    def _write_field(self, sheet: Sheet, row: int, key: str, entry: Entry) -> None:
        guidance = text(
            f"form.guidance.{key}", start=format_date(self.period.start), end=format_date(self.period.end)
        )
        self._write_row(sheet, row, key, text(f"form.field.{key}"), note="")
        form: Form = "date" if key.startswith("window_") or key == "report_date" else "text"
        fixed = key in {"unit", "period"}
        write_entry(self.book, sheet, (row, 2), entry, form, BODY if fixed else _OPEN)
        if form == "date":
            allow_entry(sheet, (row, 2), None)
        self.book.write_text(sheet, row, 3, guidance, BODY)
        sheet.set_row(row, height_of((guidance, 62), (entry.words, 40)))

    def _write_status(self, sheet: Sheet, row: int) -> None:
        required = [item.id for item in self.indicators.values() if self.unit.level in item.required]
        blank = [
            name for name in required if name not in self.figures.typed and self.figures.settled(name) is None
        ]
        verdicts = [self.figures.verdict(check) for page in self.pages for check in page.checks]
        off = text("form.check.off")
        counts = [
            f"COUNTIF('{page.name}'!$C${page.check_rows.start + 1}:$C${page.check_rows.stop},\"{off}*\")"
            for page in self.pages
            if page.checks
        ]
        blanks = [f'({self._at(VALUE)(name)}="")*({self._at(SETTLED)(name)}="")' for name in required]
        lines = (
            ("blank", blanks, len(blank)),
            ("off", counts, sum(verdict.startswith(off) for verdict in verdicts)),
        )
        for at, (name, terms, shown) in enumerate(lines, row):
            self.book.write_text(sheet, at, LABEL, text(f"form.status.{name}"), BODY, {"bold": True})
            style = self.book.style(BODY, {"bold": True, "align": "left"})
            sheet.write_formula(at, 2, "=" + ("+".join(terms) or "0"), style, shown)
            self.book.write_text(sheet, at, 3, text(f"form.status.{name}_guidance"), BODY)
            marked = "must_fix" if name == "off" else "explain"
            sheet.conditional_format(at, 2, at, 2, self._where(f"=$C${at + 1}>0", marked))

    def _write_windows(self, sheet: Sheet, row: int) -> None:
        """Windows of single areas, for reports that close their areas on different days."""
        self.book.write_text(
            sheet, row, LABEL, text("form.section.windows"), {"bold": True, "text_wrap": False}
        )
        for page in self.pages:
            window = self.filled.area_windows.get(page.area.id) if self.filled else None
            for end, day in zip(
                ("from", "to"), (window.start, window.end) if window else (None, None), strict=True
            ):
                row += 1
                label = text(f"form.field.area_window_{end}", area=page.area.title)
                self._write_row(sheet, row, f"window_{end}:{page.area.id}", label, note="")
                write_entry(self.book, sheet, (row, 2), Entry(day=day), "date", _OPEN)
                allow_entry(sheet, (row, 2), None)
                sheet.set_row(row, height_of((label, 46)))

    # --- the sheet of cited documents, and the stamp

    def _write_cited(self) -> None:
        sheet = self._sheet(self.cited_name, {1: 38, 2: 16, 3: 16, 4: 70})
        self._write_head(sheet, text("form.cited_title"), text("form.how_cited"))
        for column, name in enumerate(("document", "dated", "where", "subject"), LABEL):
            self.book.write_text(sheet, _HEAD_ROW, column, text(f"form.column.{name}"), HEAD)
        cited = list(self.filled.cites) if self.filled else []
        row = _HEAD_ROW
        for instrument in self.pack.instruments:
            row += 1
            first = next((item for item in cited if item.instrument == instrument.key), None)
            if first is not None:
                cited.remove(first)
            self._write_row(sheet, row, instrument.key, instrument.name, note="")
            self._write_citation(
                sheet, row, Entry(day=first.dated if first else None), first.where if first else ""
            )
            subject = instrument.title if instrument.number else ""
            self.book.write_text(sheet, row, 4, subject, BODY)
            sheet.set_row(row, height_of((instrument.name, 38), (subject, 70)))
        for added in [*cited, *[None] * _ADDED_DOCUMENTS]:
            row += 1
            self.book.write_text(sheet, row, LABEL, added.instrument if added else "", BODY, _OPEN)
            self._write_citation(
                sheet, row, Entry(day=added.dated if added else None), added.where if added else ""
            )
            self.book.write_text(sheet, row, 4, "", BODY)
        sheet.freeze_panes(_HEAD_ROW + 1, MEASURE)
        sheet.repeat_rows(_HEAD_ROW)

    def _write_citation(self, sheet: Sheet, row: int, dated: Entry, where: str) -> None:
        write_entry(self.book, sheet, (row, 2), dated, "date", _OPEN)
        allow_entry(sheet, (row, 2), None)
        self.book.write_text(sheet, row, 3, where, _OPEN, {"num_format": "@"})

    def _write_stamp(self) -> None:
        sheet = self.book.sheet(STAMP_SHEET)
        filled, header = self.filled, self.pack.header
        stamp = {
            "format": STAMP_FORMAT,
            "pack": header.id,
            "version": header.version,
            "digest": header.digest,
            "unit": self.unit.id,
            "period": str(self.period),
            "provenance": filled.provenance if filled else "reported",
            "reported_by": filled.reported_by if filled else self.unit.id,
        }
        for row, (key, value) in enumerate(stamp.items()):
            self.book.write_text(sheet, row, 0, key)
            self.book.write_text(sheet, row, 1, value)
        sheet.protect(_PASSWORD)
        sheet.very_hidden()


def _note_size(note: str) -> dict[str, Any]:
    """A note large enough for its text; its author named."""
    lines = sum(1 + len(line) // 58 for line in note.split("\n"))
    return {
        "author": text("workbook_out.author"),
        "font_name": "Times New Roman",
        "font_size": 10,
        "width": 380,
        "height": 18 + 16 * lines,
    }
