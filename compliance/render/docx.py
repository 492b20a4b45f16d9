"""What does the assessment look like in Word, ready to paste into the report?

Each sentence carries a Word comment with its rule, figures, places and legal basis; the author deletes them,
or asks for a clean file.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from compliance.messages import text
from compliance.model.submission import Period
from compliance.numerals import format_date
from compliance.render.docx_form import BODY, BULLET, ITEM, SECTION, SUBITEM, TASK, new_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    from compliance.model.assessment import Assessment, Statement, Task

AUTHOR, INITIALS = "Tuân Thủ", "TT"
_COLUMN_WIDTHS = {"task": 58, "lead": 30, "support": 30, "due": 22, "expected": 62, "basis": 50}
"""Millimetres of the task table on a page laid across."""


def render_assessment_docx(assessment: Assessment, *, clean: bool = False) -> bytes:
    """Sections 4, 4.1, 4.2 and II, the tasks also as a table; `clean` leaves the comments out."""
    document = new_document("assessment")
    add_assessment(document, assessment, clean=clean)
    add_task_table(document, assessment.tasks)
    return as_bytes(document)


def as_bytes(document: Document) -> bytes:
    """The file's content."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def add_assessment(document: Document, assessment: Assessment, *, clean: bool) -> None:
    """Append the assessment and the tasks to a document."""
    document.add_paragraph(text("docx.assessment"), style=ITEM)
    for code, statements in (("strengths", assessment.strengths), ("limitations", assessment.limitations)):
        document.add_paragraph(text(f"docx.{code}"), style=SUBITEM)
        _add_statements(document, statements, clean=clean)
    for line in assessment.undecided:
        _comment(document, _last(document), line, clean=clean)
    next_period = Period.parse(assessment.period).next.label
    document.add_paragraph(text("docx.tasks", period=next_period).upper(), style=SECTION)
    for task in assessment.tasks:
        paragraph = document.add_paragraph(_task_sentence(task), style=TASK)
        _comment(document, paragraph, _task_evidence(task), clean=clean)


def _add_statements(document: Document, statements: Sequence[Statement], *, clean: bool) -> None:
    for statement in statements:
        paragraph = document.add_paragraph(statement.text, style=BULLET)
        _comment(document, paragraph, _evidence(statement), clean=clean)
    if not statements:
        document.add_paragraph(text("render.nothing"), style=BODY)


def _last(document: Document) -> Paragraph:
    return document.paragraphs[-1]


def _comment(document: Document, paragraph: Paragraph, words: str, *, clean: bool) -> None:
    if not clean:
        document.add_comment(paragraph.runs, text=words, author=AUTHOR, initials=INITIALS)


def _evidence(statement: Statement) -> str:
    rows = (
        ("rules", ", ".join(statement.rules)),
        ("figures", "; ".join(statement.figures)),
        ("places", "; ".join(str(place) for place in statement.places)),
        ("basis", statement.citation),
    )
    return "\n".join(text(f"docx.comment.{row}", value=value) for row, value in rows if value)


def _task_evidence(task: Task) -> str:
    rows = (("why", task.why), ("takes", task.takes), ("basis", task.citation))
    return "\n".join(text(f"docx.comment.{row}", value=value) for row, value in rows if value)


def _task_sentence(task: Task) -> str:
    code = "docx.task_with_support" if task.support else "docx.task"
    return text(
        code, action=task.action.rstrip("."), lead=task.lead, support=task.support, due=format_date(task.due)
    )


def add_task_table(document: Document, tasks: Sequence[Task]) -> None:
    """Append the tasks as a table on pages laid across."""
    _lay_across(document)
    title = document.add_paragraph(style=BODY)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(text("docx.task_table")).bold = True
    table = document.add_table(rows=1, cols=len(_COLUMN_WIDTHS) + 1, style="Table Grid")
    table.autofit = False
    _fill_row(
        table, 0, (text("docx.ordinal"), *(text(f"render.column.{key}") for key in _COLUMN_WIDTHS)), bold=True
    )
    _repeat_header(table)
    for number, task in enumerate(tasks, start=1):
        table.add_row()
        cells = (task.action, task.lead, task.support, format_date(task.due), task.expected, task.citation)
        _fill_row(table, number, (str(number), *cells))
    for column, width in zip(table.columns, (10, *_COLUMN_WIDTHS.values()), strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _lay_across(document: Document) -> None:
    page = document.add_section()
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = Mm(15)
    page.different_first_page_header_footer = False


def _fill_row(table: Table, row: int, cells: Sequence[str], *, bold: bool = False) -> None:
    for cell, words in zip(table.rows[row].cells, cells, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if bold else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.paragraph_format.line_spacing = 1.0
        run = paragraph.add_run(words)
        run.bold, run.font.size = bold, Pt(12)


def _repeat_header(table: Table) -> None:
    # python-docx has no public way to repeat a row
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
    header = properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"})
    properties.append(header)
