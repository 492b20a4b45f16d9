"""Which submissions do these sheets hold: our form, form II.06a, or a plain table?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.intake.cell_nodes import in_words_of_workbooks
from compliance.intake.form_ii06a import read_ii06a
from compliance.intake.form_workbook import is_form, read_form
from compliance.intake.limits import STANDARD
from compliance.intake.own_outputs import recognise_sheets
from compliance.intake.submission_nodes import read_submission
from compliance.intake.workbook import read_sheets
from compliance.intake.workbook_tables import read_table
from compliance.problems import Place, Problem, is_usable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.intake.grid import Sheet
    from compliance.intake.limits import Limits
    from compliance.intake.nodes import Node
    from compliance.intake.values import Problems
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")


def parse_workbook(
    content: bytes, name: str, pack: RulePack, limits: Limits = STANDARD
) -> tuple[tuple[Submission, ...], Problems]:
    """The submissions in the bytes of a workbook; `name` is what places call it."""
    sheets, problems = read_sheets(content, name, limits)
    if sheets is None:
        return (), problems
    own = recognise_sheets(sheets, name)
    if own is not None:
        return (), (*problems, own)
    nodes, faults = parse_sheets(sheets, name, pack)
    found = [read_submission(node, pack, "vietnamese") for node in nodes]
    faults += tuple(problem for _, doubts in found for problem in doubts)
    problems += tuple(in_words_of_workbooks(problem) for problem in faults)
    submissions = tuple(submission for submission, _ in found if submission is not None)
    return (submissions if is_usable(problems) else ()), problems


def parse_sheets(sheets: Sequence[Sheet], name: str, pack: RulePack) -> tuple[tuple[Node, ...], Problems]:
    """The submissions of all sheets as nodes; a sheet with nothing to be read is named."""
    if is_form(sheets):
        return read_form(sheets, name, pack)
    nodes: list[Node] = []
    problems: list[Problem] = []
    passed_over: list[Sheet] = []
    for sheet in sheets:
        found = read_sheet(sheet, pack)
        if found is not None:
            nodes += found[0]
            problems += found[1]
        elif sheet.cells:
            passed_over.append(sheet)
    if not nodes and not problems:
        code = "workbook.no_table" if passed_over else "intake.nothing"
        return (), (Problem(code, Place(name)),)
    problems += [
        Problem("workbook.sheet_passed_over", sheet.place, weight="warning") for sheet in passed_over
    ]
    return tuple(nodes), tuple(problems)


def read_sheet(sheet: Sheet, pack: RulePack) -> tuple[tuple[Node, ...], Problems] | None:
    """The submissions of one sheet as nodes; None where it holds no table that is known."""
    if not sheet.cells:
        return None
    return read_ii06a(sheet, pack) or read_table(sheet, pack)
