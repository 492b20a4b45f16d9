"""What stands on the sheet of an area of a form, and which checks does it make while it is filled in?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from compliance.messages import text
from compliance.render.form_book import HEAD_ROW, LABEL, OPEN
from compliance.render.form_cells import Entry, allow_entry, entry_of, write_entry
from compliance.render.form_notes import notes_by_indicator
from compliance.render.sheet_checks import Figures, Formulas, SheetCheck, sheet_checks
from compliance.render.template_text import asked_indicators, asked_rates
from compliance.render.workbook_styles import BODY, BORDER, height_of, sheet_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from fractions import Fraction

    from compliance.model.rulepack import Area, Indicator, Rate, RulePack
    from compliance.model.submission import Submission, Unit
    from compliance.render.form_book import FormBook
    from compliance.render.workbook_styles import Sheet

MEASURE, VALUE, NEED, GUIDANCE, BEFORE, SETTLED = range(2, 8)
"""Columns after key and label; the last, where formulas settle each figure, is hidden."""
_HEADINGS = ("label", "measure", "value", "need", "guidance", "before")
_WIDTHS = {LABEL: 40, MEASURE: 12, VALUE: 18, NEED: 13, GUIDANCE: 62, BEFORE: 16}
_AS_TYPED = {"num_format": "@", "align": "right", "indent": 1}
_SECTION = {"bold": True, "valign": "vcenter", "bg_color": "#EEF3FA"} | BORDER


@dataclass(slots=True)
class AreaPage:
    """The sheet of one area, and where on it everything stands (rows from 0)."""

    area: Area
    name: str
    indicators: tuple[Indicator, ...]
    rates: tuple[Rate, ...]
    checks: list[SheetCheck] = field(default_factory=list)

    @property
    def rows(self) -> dict[str, int]:
        """The row of each indicator."""
        return {item.id: HEAD_ROW + 1 + index for index, item in enumerate(self.indicators)}

    @property
    def rate_rows(self) -> dict[str, int]:
        """The row of each stated rate, below a heading."""
        first = HEAD_ROW + 2 + len(self.indicators)
        return {item.id: first + index for index, item in enumerate(self.rates)}

    @property
    def check_rows(self) -> range:
        """The rows of the checks, below a heading."""
        first = HEAD_ROW + 2 + len(self.indicators) + (len(self.rates) + 1 if self.rates else 0)
        return range(first, first + len(self.checks))

    @property
    def check_cells(self) -> str:
        """The range of the results of the checks, usable from every sheet."""
        return f"{self._quoted}!$C${self.check_rows.start + 1}:$C${self.check_rows.stop}"

    def cell(self, name: str, column: int) -> str:
        """The absolute address of an indicator's cell, usable from every sheet."""
        return f"{self._quoted}!${chr(ord('A') + column)}${self.rows[name] + 1}"

    @property
    def _quoted(self) -> str:
        doubled = self.name.replace("'", "''")
        return f"'{doubled}'"


def plan_pages(pack: RulePack, unit: Unit, day: date, taken: set[str]) -> tuple[AreaPage, ...]:
    """A page for each area of which the unit is asked something; `taken` has the names of other sheets.

    A check stands in the area of its rule, or where that asks nothing, in that of its first figure.
    """
    asked = {item.id: item for item in asked_indicators(pack, unit)}
    pages: list[AreaPage] = []
    for area in pack.areas:
        indicators = tuple(item for item in asked.values() if item.area == area.id)
        stated = tuple(rate for rate in asked_rates(pack, unit) if rate.id.split(".")[0] == area.id)
        if indicators or stated:
            pages.append(AreaPage(area, sheet_name(area.title, taken), indicators, stated))
    by_area = {page.area.id: page for page in pages}
    for check in sheet_checks(pack, unit.level, asked, day):
        home = by_area.get(check.rule.area) or by_area[asked[check.names[0]].area]
        home.checks.append(check)
    return tuple(pages)


class AreaSheets:
    """The sheets of all areas of one form, whose formulas reach across them."""

    def __init__(
        self,
        book: FormBook,
        pack: RulePack,
        unit: Unit,
        pages: tuple[AreaPage, ...],
        *,
        previous: Submission | None,
        filled: Submission | None,
    ) -> None:
        """`previous` stands beside the cells, `filled` in them."""
        self._book, self._pack, self._unit, self._pages = book, pack, unit, pages
        self._previous, self._filled = previous, filled
        self._indicators = {item.id: item for page in pages for item in page.indicators}
        self._page = {name: page for page in pages for name in page.rows}
        self._notes = notes_by_indicator(pack, unit.level)
        self._formulas = Formulas(self._at(VALUE), self._at(SETTLED))
        self.figures = Figures(self._typed(), self._indicators)

    def _at(self, column: int) -> Callable[[str], str]:
        return lambda name: self._page[name].cell(name, column)

    def _entry(self, name: str) -> Entry:
        """What stands in the cell of an indicator; what the program worked out is not reported."""
        observation = self._filled.observations.get(name) if self._filled else None
        return Entry() if observation is None or observation.derived_from else entry_of(observation)

    def _typed(self) -> dict[str, Fraction | None]:
        entries = {name: self._entry(name) for name in self._indicators}
        return {name: entry.number for name, entry in entries.items() if entry != Entry()}

    def count_blank(self) -> tuple[str, int]:
        """The formula that counts required figures left blank, and what it comes to."""
        required = [item.id for item in self._indicators.values() if self._unit.level in item.required]
        blanks = [f'({self._at(VALUE)(name)}="")*({self._at(SETTLED)(name)}="")' for name in required]
        blank = [
            name for name in required if name not in self.figures.typed and self.figures.settled(name) is None
        ]
        return "=" + ("+".join(blanks) or "0"), len(blank)

    def count_off(self) -> tuple[str, int]:
        """The formula that counts checks that are off, and what it comes to."""
        off = text("form.check.off")
        counts = [f'COUNTIF({page.check_cells},"{off}*")' for page in self._pages if page.checks]
        verdicts = [self.figures.verdict(check) for page in self._pages for check in page.checks]
        return "=" + ("+".join(counts) or "0"), sum(verdict.startswith(off) for verdict in verdicts)

    def write_page(self, page: AreaPage) -> None:
        """The sheet of one area."""
        sheet = self._book.open_sheet(page.name, _WIDTHS)
        sheet.set_column(SETTLED, SETTLED, None, None, {"hidden": True})
        if self._previous is None:
            sheet.set_column(BEFORE, BEFORE, None, None, {"hidden": True})
        self._book.write_head(sheet, page.area.title, text("form.how_area"), _HEADINGS)
        for indicator in page.indicators:
            self._write_indicator(sheet, page, indicator)
        if page.rates:
            self._write_section(sheet, min(page.rate_rows.values()) - 1, text("form.section.stated"))
        for rate in page.rates:
            self._write_rate(sheet, page, rate)
        sheet.ignore_errors({"number_stored_as_text": f"D{HEAD_ROW + 2}:G{page.check_rows.start}"})
        if page.checks:
            self._write_section(sheet, page.check_rows.start - 1, text("form.section.checks"))
        for row, check in zip(page.check_rows, page.checks, strict=True):
            self._write_check(sheet, row, check)
        self._mark(sheet, page)
        sheet.freeze_panes(HEAD_ROW + 1, MEASURE)

    def _write_section(self, sheet: Sheet, row: int, words: str) -> None:
        for column in range(LABEL, BEFORE + 1):
            self._book.write_text(sheet, row, column, words if column == LABEL else "", _SECTION)

    def _write_indicator(self, sheet: Sheet, page: AreaPage, indicator: Indicator) -> None:
        row = page.rows[indicator.id]
        required = self._unit.level in indicator.required
        self._book.write_label(sheet, row, indicator.id, indicator.label, self._notes.get(indicator.id, ""))
        self._book.write_text(sheet, row, MEASURE, indicator.unit_of_measure, BODY)
        entry = self._entry(indicator.id)
        write_entry(self._book, sheet, (row, VALUE), entry, indicator.type, OPEN)
        allow_entry(sheet, (row, VALUE), indicator)
        need = text("template.required" if required else "template.optional")
        self._book.write_text(sheet, row, NEED, need, BODY, {"bold": required})
        self._book.write_text(sheet, row, GUIDANCE, indicator.description, BODY)
        before = self._previous.observations.get(indicator.id) if self._previous else None
        write_entry(self._book, sheet, (row, BEFORE), entry_of(before), indicator.type, BODY)
        self._write_settled(sheet, row, indicator)
        sheet.set_row(
            row, height_of((indicator.label, _WIDTHS[LABEL]), (indicator.description, _WIDTHS[GUIDANCE]))
        )

    def _write_settled(self, sheet: Sheet, row: int, indicator: Indicator) -> None:
        known = indicator.parts if all(part in self._indicators for part in indicator.parts) else ()
        figure = self.figures.settled(indicator.id)
        shown = "" if figure is None else float(figure)
        sheet.write_formula(row, SETTLED, self._formulas.settle(indicator, known), None, shown)

    def _write_rate(self, sheet: Sheet, page: AreaPage, rate: Rate) -> None:
        """A stated rate is kept as text: its decimals count, and a number would lose its last zeros."""
        row = page.rate_rows[rate.id]
        guidance = text(
            "form.guidance.stated",
            numerator=self._pack.indicator[rate.numerator].label,
            denominator=self._pack.indicator[rate.denominator].label,
        )
        self._book.write_label(sheet, row, f"stated:{rate.id}", rate.label, self._notes.get(rate.id, ""))
        self._book.write_text(sheet, row, MEASURE, "%", BODY)
        stated = self._filled.stated.get(rate.id) if self._filled else None
        written = stated.as_written if stated else ""
        self._book.write_text(sheet, row, VALUE, written, OPEN, _AS_TYPED)
        self._book.write_text(sheet, row, NEED, text("template.optional"), BODY)
        self._book.write_text(sheet, row, GUIDANCE, guidance, BODY)
        before = self._previous.stated.get(rate.id) if self._previous else None
        self._book.write_text(sheet, row, BEFORE, before.as_written if before else "", BODY, _AS_TYPED)
        sheet.set_row(row, height_of((rate.label, _WIDTHS[LABEL]), (guidance, _WIDTHS[GUIDANCE])))

    def _write_check(self, sheet: Sheet, row: int, check: SheetCheck) -> None:
        words = check.words(self._pack)
        style = self._book.style(BODY, {"bold": True, "align": "center"})
        self._book.write_text(sheet, row, LABEL, check.rule.title, BODY)
        sheet.merge_range(row, MEASURE, row, NEED, "", style)
        sheet.write_formula(row, MEASURE, self._formulas.verdict(check), style, self.figures.verdict(check))
        self._book.write_text(sheet, row, GUIDANCE, words, BODY)
        self._book.write_text(sheet, row, BEFORE, text(f"severity.{check.rule.severity}"), BODY)
        sheet.set_row(row, height_of((check.rule.title, _WIDTHS[LABEL]), (words, _WIDTHS[GUIDANCE])))

    def _mark(self, sheet: Sheet, page: AreaPage) -> None:
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
            if self._unit.level in indicator.required:
                blank = f'=AND($D${row + 1}="",$H${row + 1}="")'
                sheet.conditional_format(row, VALUE, row, VALUE, self._where(blank, "explain"))

    def _begins(self, row: int, words: str, kind: str) -> dict[str, Any]:
        return self._where(f'=LEFT($C${row + 1},{len(words)})="{words}"', kind)

    def _where(self, formula: str, kind: str, *, stop: bool = False) -> dict[str, Any]:
        return {
            "type": "formula",
            "criteria": formula,
            "format": self._book.ground(kind),
            "stop_if_true": stop,
        }
