"""What does the assessment look like in Word, ready to paste into the report?

Each sentence carries a Word comment with its rule, figures, places and legal basis; the author deletes them,
or asks for a clean file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from compliance.messages import text
from compliance.model.submission import Period
from compliance.numerals import format_date
from compliance.render.docx_file import as_bytes
from compliance.render.docx_form import (
    BODY,
    BULLET,
    ITEM,
    SECTION,
    SUBITEM,
    TASK,
    add_centred,
    add_numbered,
    add_row,
    new_document,
    new_table,
)
from compliance.render.docx_notes import Notes
from compliance.render.staleness import say_reasons

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from docx.document import Document

    from compliance.model.assessment import Assessment, Statement, Task

_COLUMN_WIDTHS = {"task": 58, "lead": 27, "support": 29, "due": 26, "expected": 82, "basis": 35}
"""Millimetres of the task table on a page laid across; with the number of the task 267 in all."""
_ORDINAL_WIDTH = 10


def render_assessment_docx(assessment: Assessment, *, as_of: date, clean: bool = False) -> bytes:
    """Sections 4, 4.1, 4.2 and II, the tasks also as a table; `clean` leaves the comments out."""
    document = new_document("assessment")
    add_assessment(document, assessment, Notes(document, as_of, clean=clean))
    add_task_table(document, assessment.tasks)
    return as_bytes(document, title=text("docx.assessment"), as_of=as_of)


def add_assessment(document: Document, assessment: Assessment, notes: Notes) -> None:
    """Append the assessment and the tasks to a document."""
    undecided = "\n".join((*say_reasons(assessment.stale_because), *assessment.undecided))
    notes.add(add_numbered(document, text("docx.assessment"), ITEM), undecided)
    for code, statements in (("strengths", assessment.strengths), ("limitations", assessment.limitations)):
        add_numbered(document, text(f"docx.{code}"), SUBITEM)
        add_statements(document, statements, notes)
    next_period = Period.parse(assessment.period).next.label
    add_numbered(document, text("docx.tasks", period=next_period).upper(), SECTION)
    add_tasks(document, assessment.tasks, notes)


def add_tasks(document: Document, tasks: Sequence[Task], notes: Notes, *, style: str = TASK) -> None:
    """Append tasks as a list, numbered by default, why and how much beside each as a comment."""
    for task in tasks:
        notes.add(add_numbered(document, _task_sentence(task), style), _task_evidence(task))


def add_statements(document: Document, statements: Sequence[Statement], notes: Notes) -> None:
    """Append statements as a list, what each rests on beside it as a comment."""
    for statement in statements:
        notes.add(add_numbered(document, statement.text, BULLET), _evidence(statement))
    if not statements:
        document.add_paragraph(text("render.nothing"), style=BODY)


def _evidence(statement: Statement) -> str:
    rows = (
        ("rules", ", ".join(statement.rules)),
        ("figures", "; ".join(statement.figures)),
        ("places", "; ".join(str(place) for place in statement.places)),
        ("basis", statement.citation),
        ("explanation", "; ".join(statement.explanations)),
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
    """Append the tasks as a table on pages laid across; nothing where there are none."""
    if not tasks:
        return
    _lay_across(document)
    add_centred(document, text("docx.task_table"), bold=True)
    table = new_table(document, (_ORDINAL_WIDTH, *_COLUMN_WIDTHS.values()))
    titles = (text(f"render.column.{key}") for key in _COLUMN_WIDTHS)
    add_row(table, text("docx.ordinal"), *titles, bold=True)
    for number, task in enumerate(tasks, start=1):
        cells = (task.action, task.lead, task.support, format_date(task.due), _expected(task), task.citation)
        add_row(table, str(number), *cells)


def _expected(task: Task) -> str:
    """The result expected, with what it takes, which stays in the table when comments are left out."""
    if not task.takes:
        return task.expected
    return text("docx.expected_with_takes", expected=task.expected, takes=task.takes)


def _lay_across(document: Document) -> None:
    page = document.add_section()
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = Mm(15)
    page.different_first_page_header_footer = False
