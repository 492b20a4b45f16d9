"""What does the table of tasks look like in Word? One for each group, on pages laid across.

A column that a group leaves empty is left out; one that few tasks fill stands below its neighbour in the rows
that have it; the widths follow the content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from compliance.messages import text
from compliance.numerals import format_date
from compliance.render.docx_form import add_centred, add_row, new_table
from compliance.render.docx_widths import fit_widths

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docx.document import Document

    from compliance.model.assessment import Task

_BELOW = {"support": "lead", "basis": "expected"}
"""Columns that may stand below another."""
_GROUPS = ("remedy", "push", "keep")
_MARGIN, _LENGTH = 15, 297
_WIDTH = _LENGTH - 2 * _MARGIN
"""Millimetres between the margins of a page laid across."""


def add_task_tables(document: Document, tasks: Sequence[Task]) -> None:
    """Append the tasks as tables numbered as the list is; nothing where there are none."""
    if not tasks:
        return
    _lay_across(document)
    add_centred(document, text("docx.task_table"), bold=True)
    numbered = list(enumerate(tasks, start=1))
    for group in _GROUPS:
        of_group = [(number, task) for number, task in numbered if task.group == group]
        if of_group:
            _add_group(document, group, of_group)


def _add_group(document: Document, group: str, tasks: Sequence[tuple[int, Task]]) -> None:
    title = document.add_paragraph()
    title.add_run(text(f"render.task_group.{group}")).bold = True
    title.paragraph_format.space_before = Pt(6)
    title.paragraph_format.keep_with_next = True
    cells = _fold_sparse({name: [say(task) for _, task in tasks] for name, say in _COLUMNS.items()})
    shown = [name for name, said in cells.items() if any(said)]
    titles = [text("docx.ordinal"), *(text(f"render.column.{name}") for name in shown)]
    rows = [[str(number), *(cells[name][place] for name in shown)] for place, (number, _) in enumerate(tasks)]
    table = new_table(document, fit_widths(titles, rows, _WIDTH))
    add_row(table, *titles, bold=True)
    for row in rows:
        add_row(table, *row)


def _fold_sparse(cells: dict[str, list[str]]) -> dict[str, list[str]]:
    """The columns without those that less than half of the rows fill and that may stand below another."""
    sparse = [name for name in _BELOW if 0 < 2 * sum(map(bool, cells[name])) < len(cells[name])]
    folded = {name: list(said) for name, said in cells.items() if name not in sparse}
    for name in sparse:
        title, below = text(f"render.column.{name}"), folded[_BELOW[name]]
        for place, words in enumerate(cells[name]):
            if words:
                below[place] = text("docx.folded", above=below[place], title=title, words=words)
    return folded


def _expected(task: Task) -> str:
    """The result expected, with what it takes, which stays in the table when comments are left out."""
    if not task.takes:
        return task.expected
    return text("docx.expected_with_takes", expected=task.expected, takes=task.takes)


_COLUMNS: dict[str, Callable[[Task], str]] = {
    "task": lambda task: task.action,
    "lead": lambda task: task.lead,
    "support": lambda task: task.support,
    "due": lambda task: format_date(task.due),
    "expected": _expected,
    "basis": lambda task: task.citation,
}


def _lay_across(document: Document) -> None:
    page = document.add_section()
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(_LENGTH), Mm(210)
    page.left_margin = page.right_margin = Mm(_MARGIN)
    page.different_first_page_header_footer = False
