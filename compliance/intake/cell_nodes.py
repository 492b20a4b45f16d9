"""What does a cell say, once it is known what stands there: a figure, a date, a plain word?

A cell becomes the node that YAML would have had: a scalar in Vietnamese notation, or `{value, approximate}`
where the clerk wrote `khoảng 200`. What a spreadsheet did to a value behind the clerk's back is found here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance.intake.drafts import mapping
from compliance.intake.nodes import Node, Scalar
from compliance.numerals import Fault, parse_amount
from compliance.problems import Problem

if TYPE_CHECKING:
    from compliance.intake.grid import Cell
    from compliance.intake.values import Problems
    from compliance.model.rulepack import Indicator

_DIGIT = re.compile(r"\d")
_WORDS_OF_WORKBOOKS = {
    "numerals.ambiguous": "workbook.ambiguous",
    "numerals.percent": "workbook.percent_as_number",
    "numerals.approximate": "workbook.approximate",
    "figures.csv.unknown_column": "workbook.unknown_column",
    "figures.missing_key": "workbook.missing_field",
    "figures.share_of_one": "workbook.share_of_one",
    "figures.unknown_unit": "workbook.unknown_unit",
}
"""Problems whose sentences tell how to put it right in YAML, and what they are called of a workbook."""


def plain_node(cell: Cell) -> tuple[Scalar | None, Problems]:
    """A word, a date or an id; None where the cell holds an error or a formula without a result."""
    if cell.kind in {"error", "uncalculated"}:
        code = "workbook.error_cell" if cell.kind == "error" else "workbook.uncalculated"
        return None, (Problem(code, cell.place, {"written": cell.text}),)
    return Scalar(cell.text, plain=False, place=cell.place), ()


def figure_node(cell: Cell, indicator: Indicator) -> tuple[Node | None, Problems]:
    """The value of an indicator."""
    if cell.kind == "date" and indicator.type != "date":
        values = {"written": cell.text, "label": indicator.label}
        return None, (Problem("workbook.date_as_number", cell.place, values),)
    if indicator.type == "percent":
        return percent_node(cell)
    node, problems = plain_node(cell)
    return (node if node is None or cell.kind != "text" else _split_reach(node)), problems


def percent_node(cell: Cell) -> tuple[Node | None, Problems]:
    """A percentage in points, as the sheet shows it.

    What it shows is what the unit stated. A warning says where it stores more digits.
    """
    node, problems = plain_node(cell)
    if node is None:
        return node, problems
    if cell.stored and len(cell.stored) <= len(cell.text) + 4:
        values = {"shown": cell.text, "stored": cell.stored}
        problems += (Problem("workbook.shown_rounded", cell.place, values, weight="warning"),)
    return (_split_reach(node) if cell.kind == "text" else node), problems


def in_words_of_workbooks(problem: Problem) -> Problem:
    """The problem with sentences that a user of a spreadsheet can follow."""
    code = _WORDS_OF_WORKBOOKS.get(problem.code)
    return Problem(code, problem.place, problem.values, problem.weight) if code else problem


def _split_reach(written: Scalar) -> Node:
    """`khoảng 200` as a value that is approximate; every other text as it is."""
    fault = parse_amount(written.text)
    if not isinstance(fault, Fault) or fault.code != "numerals.approximate":
        return written
    number = fault.values["number"]
    if _DIGIT.search(written.text.rpartition(number)[2]):
        return written
    value = Scalar(number, plain=False, place=written.place)
    reach = Scalar(fault.values["reach"], plain=False, place=written.place)
    return mapping((("value", value), ("approximate", reach)), written.place)
