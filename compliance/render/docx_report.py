"""What does the draft of a whole report look like in Word, in the form of Decree 30/2020/NĐ-CP?

The head with the issuing body and the national name, number, place and date, the title; I. results; 4. the
assessment; II. tasks; whom it is sent to and who signs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from compliance.messages import text
from compliance.render.docx import add_assessment
from compliance.render.docx_annex import add_annex, split_assessment
from compliance.render.docx_file import as_bytes
from compliance.render.docx_form import (
    BODY,
    BULLET,
    ITEM,
    SECTION,
    add_centred,
    add_numbered,
    add_row,
    add_rule,
    new_document,
    new_table,
)
from compliance.render.docx_notes import Notes
from compliance.render.docx_units import UnitTables
from compliance.render.docx_widths import fit_widths
from compliance.render.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.table import _Cell

    from compliance.model.assessment import Assessment
    from compliance.model.check import Check
    from compliance.render.draft import Head, Line
    from compliance.render.draft_figures import FigureTable

_HEAD_WIDTHS = (65, 100)
_FOOT_WIDTHS = (80, 85)
_FIRST_NUMBER = 2
"""The first column of a table of figures that holds numbers, after the label and the unit of measure."""
_LINE, _CELL_MARGINS = 165, 4
_SHORT_RULE, _MOTTO_RULE, _TITLE_RULE = 24, 56, 40
"""Millimetres: a third to a half of the issuing body's line; the whole of the motto; under the title."""


def render_report_docx(check: Check, assessment: Assessment, *, clean: bool = False) -> bytes:
    """The draft report of the unit that the assessment is about; comments as in the assessment.

    What the assessment says of the report's own figures stands on a page after it.

    Raises:
        ValueError: the assessment is about several units, or one that did not report.
    """
    draft = Draft(check, assessment.unit)
    document = new_document("report")
    notes = Notes(document, check.manifest.as_of, clean=clean)
    _add_head(document, draft.head)
    _add_title(document, draft)
    _add_results(document, draft, notes)
    body, annex = split_assessment(assessment)
    tables = UnitTables.of(body.limitations)
    add_assessment(document, body, notes, tables)
    document.add_paragraph(text("docx.report.closing", **draft.titles), style=BODY)
    _add_foot(document, draft.head)
    tables.add(document)
    of_annex = UnitTables.of(annex.limitations, first=len(tables.tables) + 1, of_annex=True)
    add_annex(document, annex, notes, of_annex)
    of_annex.add(document)
    return as_bytes(document, title=_title(draft), as_of=check.manifest.as_of)


def _title(draft: Draft) -> str:
    return text("docx.report.title", **draft.titles)


def _add_head(document: Document, head: Head) -> None:
    table = new_table(document, _HEAD_WIDTHS, ruled=False)
    left, right = table.add_row().cells  # type: ignore[no-untyped-call]  # the library leaves it untyped
    if head.superior:
        _write(left, head.superior, size=12)
    for words in head.body:
        _write(left, words, size=12, bold=True)
    add_rule(left.add_paragraph(), _SHORT_RULE, within=_HEAD_WIDTHS[0] - _CELL_MARGINS)
    _write(left, text("docx.report.number", symbol=head.symbol), size=13)
    _write(right, text("docx.report.nation"), size=12, bold=True)
    _write(right, text("docx.report.motto"), size=13, bold=True)
    add_rule(right.add_paragraph(), _MOTTO_RULE, within=_HEAD_WIDTHS[1] - _CELL_MARGINS)
    _write(right, head.place_and_date, size=13, italic=True)
    document.add_paragraph()


def _write(
    cell: _Cell,
    words: str,
    *,
    size: int,
    bold: bool = False,
    italic: bool = False,
    to_the_left: bool = False,
) -> None:
    """Add a line to a cell that begins empty."""
    first = cell.paragraphs[0]
    paragraph = first if not first.runs and len(cell.paragraphs) == 1 else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if to_the_left else WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.0
    run = paragraph.add_run(words)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _add_title(document: Document, draft: Draft) -> None:
    add_centred(document, text("docx.report.kind"), bold=True, after=0)
    add_centred(document, _title(draft), bold=True, after=0)
    add_rule(document.add_paragraph(), _TITLE_RULE, within=_LINE)
    document.add_paragraph(draft.opening, style=BODY)


def _add_results(document: Document, draft: Draft, notes: Notes) -> None:
    add_numbered(document, text("docx.report.results", **draft.titles).upper(), SECTION)
    for item, lines in (
        ("legal_texts", draft.legal_texts),
        ("offices", draft.offices),
        ("online", draft.online),
    ):
        add_numbered(document, text(f"docx.report.item.{item}"), ITEM)
        _add_lines(document, lines, notes)


def _add_lines(document: Document, lines: Sequence[Line], notes: Notes) -> None:
    for line in lines:
        paragraph = add_numbered(document, "", BULLET)
        if line.title:
            paragraph.add_run(f"{line.title} ").bold = True
        paragraph.add_run(line.words)
        notes.add(paragraph, line.note)
        if line.table is not None:
            paragraph.paragraph_format.keep_with_next = True
            _add_figures(document, line.table)
    if not lines:
        document.add_paragraph(text("docx.report.to_fill"), style=BODY)


def _add_figures(document: Document, figures: FigureTable) -> None:
    table = new_table(document, fit_widths(figures.titles, figures.rows, _LINE))
    add_row(table, *figures.titles, bold=True)
    numbers = range(_FIRST_NUMBER, len(figures.titles))
    for row in figures.rows:
        add_row(table, *row, numbers=numbers)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _add_foot(document: Document, head: Head) -> None:
    table = new_table(document, _FOOT_WIDTHS, ruled=False)
    left, right = table.add_row().cells  # type: ignore[no-untyped-call]  # the library leaves it untyped
    _write(left, text("docx.report.recipients.title"), size=12, bold=True, italic=True, to_the_left=True)
    for receiver in text("docx.report.recipients.list").split("\n"):
        _write(left, receiver, size=11, to_the_left=True)
    for line in head.signature:
        _write(right, line, size=14, bold=True)
    for _ in range(4):
        _write(right, "", size=14)
    _write(right, text("docx.report.signer"), size=14, bold=True)
