"""How does an administrative document look? The form of Decree 30/2020/NĐ-CP, Annex I.

A4; margins top and bottom 20 mm, left 30 mm, right 15 mm; Times New Roman, black; body 14 pt, justified,
first line 1 cm, 6 pt between paragraphs; page number 13 pt, centred at the top, not on the first page.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Literal, cast

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

FONT = "Times New Roman"
BODY = "Body Text"
SECTION = "Heading 1"
ITEM = "Heading 2"
SUBITEM = "Heading 3"
BULLET = "List Bullet"
TASK = "List Number"
_NUMBERS: dict[str, tuple[str, str, int]] = {
    SECTION: ("upperRoman", "%1.", 0),
    ITEM: ("decimal", "%1.", 0),
    SUBITEM: ("decimal", "%1.%2.", 1),
    BULLET: ("bullet", "-", 0),
    TASK: ("decimal", "%1.", 0),
}
"""Style → number format, its text, its level. An item and its sub-items share one list."""

Start = Literal["report", "assessment"]
_STARTS: dict[Start, dict[str, int]] = {
    "report": {SECTION: 1, ITEM: 1},
    "assessment": {SECTION: 2, ITEM: 4},
}
"""The assessment is pasted into the report: it begins with 4., and the tasks with II."""


def new_document(start: Start) -> Document:
    """An empty document in the form of the decree; numbering begins where `start` says."""
    document = docx.Document()
    _set_page(document)
    _set_styles(document)
    _set_numbering(document, _STARTS[start])
    _number_pages(document)
    return document


def _set_page(document: Document) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    page.header_distance = Mm(10)
    page.different_first_page_header_footer = True


def _set_styles(document: Document) -> None:
    normal = _style(document, "Normal")
    _set_font(normal, 14)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    _set_paragraph(normal)
    _set_font(_style(document, BODY), 14)
    _set_paragraph(_style(document, BODY), first_line=True)
    for name in (SECTION, ITEM, SUBITEM):
        heading = _style(document, name)
        _set_font(heading, 14, bold=True)
        _set_paragraph(heading, first_line=True)
        heading.paragraph_format.keep_with_next = True
    for name in (BULLET, TASK):
        _set_font(_style(document, name), 14)
        _set_paragraph(_style(document, name), first_line=True)


def _style(document: Document, name: str) -> ParagraphStyle:
    styles = document.styles
    found = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    return cast("ParagraphStyle", found)


def _set_font(style: ParagraphStyle, size: int, *, bold: bool = False) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic = bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _set_paragraph(style: ParagraphStyle, *, first_line: bool = False) -> None:
    for apart in style.element.get_or_add_pPr().findall(qn("w:contextualSpacing")):
        style.element.get_or_add_pPr().remove(apart)
    layout = style.paragraph_format
    layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    layout.space_before, layout.space_after = Pt(0), Pt(6)
    layout.line_spacing = 1.15
    layout.left_indent = Cm(0)
    layout.first_line_indent = Cm(1) if first_line else Cm(0)


def _set_numbering(document: Document, starts: dict[str, int]) -> None:
    """Real lists, bound to styles: whoever pastes the text keeps numbers that count on."""
    numbering = document.part.numbering_part.element
    lists = {SECTION: (SECTION,), ITEM: (ITEM, SUBITEM), BULLET: (BULLET,), TASK: (TASK,)}
    definitions, numbers = [], []
    for index, members in enumerate(lists.values(), start=900):
        definition = _element("w:abstractNum", abstractNumId=str(index))
        definition.append(_element("w:nsid", val=f"54540{index}"))
        definition.append(
            _element("w:multiLevelType", val="multilevel" if len(members) > 1 else "singleLevel")
        )
        for style in members:
            definition.append(_level(document, style, starts.get(style, 1)))
            _bind(_style(document, style), index, _NUMBERS[style][2])
        definitions.append(definition)
        number = _element("w:num", numId=str(index))
        number.append(_element("w:abstractNumId", val=str(index)))
        numbers.append(number)
    for child in list(numbering):
        numbering.remove(child)
    for child in definitions + numbers:
        numbering.append(child)


def _level(document: Document, style: str, start: int) -> BaseOxmlElement:
    form, pattern, depth = _NUMBERS[style]
    level = _element("w:lvl", ilvl=str(depth))
    level.append(_element("w:start", val=str(start)))
    level.append(_element("w:numFmt", val=form))
    level.append(_element("w:pStyle", val=_style(document, style).style_id))
    level.append(_element("w:suff", val="space"))
    level.append(_element("w:lvlText", val=pattern))
    level.append(_element("w:lvlJc", val="left"))
    layout = OxmlElement("w:pPr")
    layout.append(_element("w:ind", left="0", firstLine=str(Cm(1).twips)))
    level.append(layout)
    return level


def _bind(style: ParagraphStyle, number: int, depth: int) -> None:
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:numPr")):
        properties.remove(old)
    bound = properties.get_or_add_numPr()
    bound.get_or_add_ilvl().val = depth
    bound.get_or_add_numId().val = number


def add_numbered(document: Document, words: str, style: str) -> Paragraph:
    """A paragraph that carries its list itself, since a pasted style takes the looks of where it lands."""
    paragraph = document.add_paragraph(words, style=style)
    properties = _style(document, style).element.get_or_add_pPr().numPr
    if properties is not None:
        paragraph._p.get_or_add_pPr().append(deepcopy(properties))  # noqa: SLF001 - no public way to number one
    return paragraph


def add_row(table: Table, *cells: str, bold: bool = False, numbers: Collection[int] = frozenset()) -> None:
    """Append a row of plain text that stays whole on its page; a bold one is a heading, repeated on each.

    `numbers` are the columns, by their place, that are set to the right.
    """
    row = cast("_Row", table.add_row())  # type: ignore[no-untyped-call]  # the library leaves it untyped
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no public way to keep a row whole
    properties.append(OxmlElement("w:cantSplit"))
    if bold:
        properties.append(OxmlElement("w:tblHeader"))
    for place, (cell, words) in enumerate(zip(row.cells, cells, strict=True)):
        fill_cell(cell, words, bold=bold)
        cell.paragraphs[0].paragraph_format.keep_with_next = bold or None
        if place in numbers and not bold:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def fill_cell(cell: _Cell, words: str, *, bold: bool = False) -> None:
    """Write into a cell of a table: left, or centred where bold."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if bold else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = 1.0
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(12)


def new_table(document: Document, widths: Sequence[int], *, ruled: bool = True) -> Table:
    """An empty table whose columns are `widths` millimetres wide."""
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid" if ruled else "Normal Table")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return cast("Table", table)


def add_centred(
    document: Document, words: str, *, bold: bool = False, italic: bool = False, after: int = 6
) -> Paragraph:
    """A paragraph in the middle of the line, for titles."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(after)
    run = paragraph.add_run(words)
    run.bold, run.italic = bold, italic
    return paragraph


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _number_pages(document: Document) -> None:
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.first_line_indent = Cm(0)
    run = paragraph.add_run()
    run.font.size = Pt(13)
    _add_field(run, "PAGE")


def _add_field(run: Run, instruction: str) -> None:
    for kind in ("begin", "instr", "end"):
        if kind == "instr":
            code = OxmlElement("w:instrText")
            code.text = instruction
            run._r.append(code)  # noqa: SLF001 - python-docx has no public way to write a field
        else:
            run._r.append(_element("w:fldChar", fldCharType=kind))  # noqa: SLF001 - the same


def add_rule(paragraph: Paragraph, length: int, *, within: int) -> None:
    """Make an empty paragraph a line `length` millimetres long in the middle of `within` millimetres."""
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Mm((within - length) // 2)
    layout.space_after, layout.line_spacing = Pt(6), Pt(2)
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:bottom", val="single", sz="6", space="1", color="000000"))
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - no public way to draw a border
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
