"""What do all workbooks that we write have in common? Fonts, colours, print setup, and text that stays text.

Text that came from users goes through `write_text`: it is stored as text, never as a formula, and a cell that
begins like one is marked as text, so that it stays so when a spreadsheet program edits or saves it.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from compliance.messages import text

if TYPE_CHECKING:
    from datetime import datetime

    from xlsxwriter.format import Format
Sheet = Worksheet
"""A sheet of a workbook in the making; other modules know the library by this name only."""
FONT = "Times New Roman"
MAX_TEXT = 32_767
"""Characters that a cell can hold."""

PALETTE = {
    "must_fix": ("#F8CBCB", "#8B0000"),
    "must_explain": ("#FCE4B8", "#6B4200"),
    "advisory": ("#FFF8D6", "#5C5000"),
    "waived": ("#DDE3F5", "#23356B"),
    "no_data": ("#E4E4E4", "#404040"),
    "pass": ("#D9EFD9", "#0B5A1E"),
    "none": ("#FFFFFF", "#595959"),
    "fail": ("#F8CBCB", "#8B0000"),
    "error": ("#F8CBCB", "#8B0000"),
    "not_applicable": ("#FFFFFF", "#595959"),
    "accepted": ("#D9EFD9", "#0B5A1E"),
    "explain": ("#FCE4B8", "#6B4200"),
    "not_accepted": ("#F8CBCB", "#8B0000"),
}
"""Ground and ink by severity, verdict, kind of cell and acceptance; each pair is readable, and has words."""

BORDER = {"border": 1, "border_color": "#7F7F7F"}
HEAD = {
    "bold": True,
    "bg_color": "#DCE6F1",
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
} | BORDER
TITLE = {"bold": True, "font_size": 14, "valign": "vcenter", "text_wrap": True}
BODY = {"valign": "vcenter", "text_wrap": True} | BORDER
NOTE = {"italic": True, "valign": "top", "text_wrap": True, "font_color": "#404040"}

_LIKE_A_FORMULA = ("=", "+", "-", "@")
_CHARACTERS_IN_A_LINE = 1.15
"""Characters of our font in one unit of column width, carefully estimated."""
_LINE_HEIGHT = 15.5
_TALLEST = 409
"""A spreadsheet allows no taller row."""
_A4 = 9


class Book:
    """A workbook in the making: sheets by name, formats made once."""

    def __init__(self, title: str, created: datetime) -> None:
        """`created` is written into the file in place of the clock: same inputs, same bytes."""
        self._bytes = io.BytesIO()
        self._book = Workbook(self._bytes, {"in_memory": True, "strings_to_formulas": False})
        author = text("workbook_out.author")
        self._book.set_properties({"title": title, "created": created, "author": author})
        self._book.set_size(1900, 1200)
        self._styles: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, *parts: dict[str, Any], **more: Any) -> Format:
        """The format with all these properties; later ones win."""
        merged: dict[str, Any] = {"font_name": FONT, "font_size": 12}
        for part in (*parts, more):
            merged |= part
        key = tuple(sorted(merged.items()))
        if key not in self._styles:
            self._styles[key] = self._book.add_format(dict(merged))
        return self._styles[key]

    def coloured(self, kind: str, *parts: dict[str, Any]) -> Format:
        """The format with the colours of a severity, verdict or acceptance."""
        ground, ink = PALETTE[kind]
        return self.style(*parts, {"bg_color": ground, "font_color": ink})

    def ground(self, kind: str) -> Format:
        """The colours alone, to be laid over a cell by a condition."""
        ground, ink = PALETTE[kind]
        return self._book.add_format({"bg_color": ground, "font_color": ink})

    def sheet(self, name: str) -> Sheet:
        """A new sheet, printed on A4 as wide as one page, its pages numbered."""
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer(f'&C&"{FONT},Regular"&10&P/&N')
        sheet.hide_gridlines(2)
        return sheet

    def finish(self) -> bytes:
        """The file."""
        self._book.close()
        return self._bytes.getvalue()

    def write_text(
        self, sheet: Sheet, row: int, column: int, words: str, *parts: dict[str, Any], kind: str = ""
    ) -> None:
        """Words as text; cut, and said to be cut, where a cell cannot hold them."""
        if len(words) > MAX_TEXT:
            notice = text("workbook_out.cut")
            words = words[: MAX_TEXT - len(notice)] + notice
        quoted = {"quote_prefix": True} if words.startswith(_LIKE_A_FORMULA) else {}
        style = self.coloured(kind, *parts, quoted) if kind else self.style(*parts, quoted)
        if words:
            sheet.write_string(row, column, words, style)
        else:
            sheet.write_blank(row, column, None, style)


def lines_needed(words: str, width: float, size: int = 12) -> int:
    """How many lines a text of this size takes in a column or merged columns of this width."""
    fit = max(1, int(width * _CHARACTERS_IN_A_LINE * 12 / size))
    return sum(max(1, -(-len(line) // fit)) for line in words.split("\n"))


def height_of(*cells: tuple[str, float], size: int = 12) -> float:
    """The height of a row that shows each text in its width whole.

    Set by us, because not every program fits rows to their text on opening.
    """
    lines = max((lines_needed(words, width, size) for words, width in cells), default=1)
    return min(_LINE_HEIGHT * size / 12 * lines + 3, _TALLEST)


def sheet_name(words: str, taken: set[str]) -> str:
    """The words as a sheet may be named: at most 31 characters, none of those refused, each name once."""
    bare = "".join(" " if mark in "[]:*?/\\" else mark for mark in words).strip("' ")[:31].rstrip() or "-"
    name, number = bare, 2
    while name.casefold() in taken:
        ending = f" ({number})"
        name, number = bare[: 31 - len(ending)] + ending, number + 1
    taken.add(name.casefold())
    return name
