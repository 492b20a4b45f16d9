"""What does the assessment look like in Word, ready to paste into the report?

Each sentence carries a Word comment with its rule, figures, places and legal basis; the author deletes them,
or asks for a clean file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    add_numbered,
    new_document,
)
from compliance.render.docx_notes import Notes
from compliance.render.docx_tasks import add_task_tables
from compliance.render.docx_units import UnitTables
from compliance.render.staleness import say_reasons

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from docx.document import Document

    from compliance.model.assessment import Assessment, Statement, Task


def render_assessment_docx(assessment: Assessment, *, as_of: date, clean: bool = False) -> bytes:
    """Sections 4, 4.1, 4.2 and II, the tasks also as tables, then what was found of each of many units.

    `clean` leaves the comments out.
    """
    document = new_document("assessment")
    tables = UnitTables.of(assessment.limitations)
    add_assessment(document, assessment, Notes(document, as_of, clean=clean), tables)
    add_task_tables(document, assessment.tasks)
    tables.add(document)
    return as_bytes(document, title=text("docx.assessment"), as_of=as_of)


def add_assessment(document: Document, assessment: Assessment, notes: Notes, tables: UnitTables) -> None:
    """Append the assessment and the tasks to a document; `tables` are those it refers to."""
    undecided = "\n".join((*say_reasons(assessment.stale_because), *assessment.undecided))
    notes.add(add_numbered(document, text("docx.assessment"), ITEM), undecided)
    for code, statements in (("strengths", assessment.strengths), ("limitations", assessment.limitations)):
        add_numbered(document, text(f"docx.{code}"), SUBITEM)
        add_statements(document, statements, notes, tables)
    next_period = Period.parse(assessment.period).next.label
    add_numbered(document, text("docx.tasks", period=next_period).upper(), SECTION)
    add_tasks(document, assessment.tasks, notes, tables)


def add_tasks(
    document: Document, tasks: Sequence[Task], notes: Notes, tables: UnitTables, *, style: str = TASK
) -> None:
    """Append tasks as a list, numbered by default, why and how much beside each as a comment."""
    for task in tasks:
        words = _refer(_task_sentence(task), tables.refer_to(*task.answers) if _is_correction(task) else "")
        notes.add(add_numbered(document, words, style), _task_evidence(task))


def _is_correction(task: Task) -> bool:
    """Whether it puts right figures that the annex lists unit by unit."""
    return task.group == "remedy"


def _refer(sentence: str, reference: str) -> str:
    return f"{sentence} {reference}" if reference else sentence


def add_statements(
    document: Document, statements: Sequence[Statement], notes: Notes, tables: UnitTables
) -> None:
    """Append statements as a list, what each rests on beside it as a comment."""
    for statement in statements:
        words = _refer(statement.text, tables.refer_to(statement.id))
        notes.add(add_numbered(document, words, BULLET), _evidence(statement))
    if not statements:
        document.add_paragraph(text("render.nothing"), style=BODY)


def _evidence(statement: Statement) -> str:
    """Of many units the annex has the figures; their places would fill pages of a comment."""
    by_unit = statement.about == "figures" and statement.is_abridged
    rows = (
        ("rules", ", ".join(statement.rules)),
        ("figures", "" if by_unit else "; ".join(statement.figures)),
        ("places", "" if by_unit else "; ".join(str(place) for place in statement.places)),
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
