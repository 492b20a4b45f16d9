"""What do the sheets of a form have in common? Keys in a hidden column, locked cells, notes that say why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliance.messages import text
from compliance.render.workbook_styles import BODY, BORDER, FONT, HEAD, NOTE, TITLE, Book

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.render.workbook_styles import Sheet

KEY, LABEL = 0, 1
"""Columns of every sheet; the keys are hidden."""
HEAD_ROW = 2
OPEN = {"locked": False, "bg_color": "#FFFFF0", "valign": "vcenter", "text_wrap": True} | BORDER
"""A cell to fill in."""
_NO_PASSWORD = ""
_PROTECTION = {"format_rows": True, "format_columns": True}
_LETTERS_IN_A_LINE = 58


class FormBook(Book):
    """The workbook of a form."""

    def open_sheet(self, name: str, widths: Mapping[int, float]) -> Sheet:
        """A new sheet, locked without a password, with its keys hidden."""
        sheet = self.sheet(name)
        sheet.protect(_NO_PASSWORD, _PROTECTION)
        sheet.set_column(KEY, KEY, None, None, {"hidden": True})
        for column, width in widths.items():
            sheet.set_column(column, column, width)
        return sheet

    def write_head(self, sheet: Sheet, title: str, how: str, columns: tuple[str, ...]) -> None:
        """Title, how to fill in, and the headings, which stay in sight and on every page."""
        self.write_text(sheet, 0, LABEL, title, TITLE, {"text_wrap": False})
        sheet.set_row(0, 24)
        self.write_text(sheet, 1, LABEL, how, NOTE, {"text_wrap": False})
        for column, name in enumerate(columns, LABEL):
            self.write_text(sheet, HEAD_ROW, column, text(f"form.column.{name}"), HEAD)
        sheet.set_row(HEAD_ROW, 34)
        sheet.repeat_rows(HEAD_ROW)

    def write_label(self, sheet: Sheet, row: int, key: str, label: str, note: str = "") -> None:
        """The key and the label of a row, with the note that says why it is asked."""
        self.write_text(sheet, row, KEY, key)
        self.write_text(sheet, row, LABEL, label, BODY)
        if note:
            sheet.write_comment(row, LABEL, note, _note_size(note))


def _note_size(note: str) -> dict[str, Any]:
    """A note large enough for its text; its author named."""
    lines = sum(1 + len(line) // _LETTERS_IN_A_LINE for line in note.split("\n"))
    return {
        "author": text("workbook_out.author"),
        "font_name": FONT,
        "font_size": 10,
        "width": 380,
        "height": 18 + 16 * lines,
    }
