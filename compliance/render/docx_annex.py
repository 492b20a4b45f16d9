"""What has to be put right before a draft report is signed? A last page that is no part of the report.

A report does not tell its readers that its own figures contradict each other: whoever drafts it puts them
right first, and then drafts it anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.render.docx import add_statements, add_tasks
from compliance.render.docx_form import BODY, BULLET, add_centred

if TYPE_CHECKING:
    from docx.document import Document

    from compliance.model.assessment import Assessment, Task
    from compliance.render.docx_notes import Notes
    from compliance.render.docx_units import UnitTables


def split_assessment(assessment: Assessment) -> tuple[Assessment, Assessment]:
    """What the report says, and what has to be put right before it says so.

    A task goes where everything that it answers goes.
    """
    figures = tuple(one for one in assessment.limitations if one.about == "figures")
    ids = {one.id for one in figures}

    def settles(task: Task) -> bool:
        return bool(task.answers) and ids.issuperset(task.answers)

    pointer = (text("docx.annex.pointer", count=len(figures)),) if figures else ()
    body = {
        "undecided": (*pointer, *assessment.undecided),
        "limitations": tuple(one for one in assessment.limitations if one.about == "results"),
        "tasks": tuple(task for task in assessment.tasks if not settles(task)),
    }
    annex = {"strengths": (), "limitations": figures, "tasks": tuple(filter(settles, assessment.tasks))}
    return assessment.model_copy(update=body), assessment.model_copy(update=annex)


def add_annex(document: Document, annex: Assessment, notes: Notes, tables: UnitTables) -> None:
    """Append the page; nothing where there is nothing to put right."""
    if not annex.limitations:
        return
    document.add_page_break()  # type: ignore[no-untyped-call]  # the library leaves it untyped
    add_centred(document, text("docx.annex.title"), bold=True, after=0)
    document.add_paragraph(text("docx.annex.note"), style=BODY)
    add_statements(document, annex.limitations, notes, tables)
    if annex.tasks:
        document.add_paragraph(text("docx.annex.tasks"), style=BODY)
        add_tasks(document, annex.tasks, notes, tables, style=BULLET)
