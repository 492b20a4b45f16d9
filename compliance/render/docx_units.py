"""What was found of each unit, where a sentence of the assessment stands for many? An annex in Word.

Short figures of several sentences share a table, a row for each unit; what takes a sentence of its own for
each unit has a table of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from compliance.messages import lower_first, text, upper_first
from compliance.render.docx_form import BODY, add_centred, add_row, new_table
from compliance.render.docx_widths import fit_widths

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.document import Document

    from compliance.model.assessment import Statement

_SHORT = 40
"""Letters that stand beside others in one row."""
_SIDE_BY_SIDE = 3
"""Sentences that share a table."""
_WIDTH = 165
"""Millimetres between the margins of an upright page."""


@dataclass(frozen=True, slots=True)
class UnitTables:
    """The tables of the sentences that stand for many units, numbered in the order of the text."""

    tables: tuple[tuple[Statement, ...], ...]
    first: int = 1
    """The number of the first table."""
    of_annex: bool = False
    """Whether they belong to what has to be put right before signing, which is no part of the report."""

    @classmethod
    def of(cls, statements: Iterable[Statement], *, first: int = 1, of_annex: bool = False) -> UnitTables:
        """The tables for those of the statements that leave out what was found of some units."""
        abridged = [statement for statement in statements if statement.is_abridged]
        short = [statement for statement in abridged if _is_short(statement)]
        together = [
            tuple(short[start : start + _SIDE_BY_SIDE]) for start in range(0, len(short), _SIDE_BY_SIDE)
        ]
        alone = [(statement,) for statement in abridged if not _is_short(statement)]
        ordered = sorted((*together, *alone), key=lambda table: abridged.index(table[0]))
        return cls(tuple(ordered), first, of_annex)

    def refer_to(self, *statements: str) -> str:
        """Where the units of any of the statements, given by their ids, are listed; empty if nowhere."""
        numbers = [
            number
            for number, table in enumerate(self.tables, start=self.first)
            if any(one.id in statements for one in table)
        ]
        code = "see_of_annex" if self.of_annex else "see"
        return text(f"docx.units.{code}", number=", ".join(map(str, numbers))) if numbers else ""

    def add(self, document: Document) -> None:
        """Append the annex on a new upright page; nothing where there is no table."""
        if not self.tables:
            return
        _lay_upright(document)
        add_centred(document, text(f"docx.units.{'title_of_annex' if self.of_annex else 'title'}"), bold=True)
        for number, table in enumerate(self.tables, start=self.first):
            _add_table(document, number, table)


def _is_short(statement: Statement) -> bool:
    return all(len(unit.found) <= _SHORT for unit in statement.units)


def _lay_upright(document: Document) -> None:
    """A new page, upright whatever the last one was."""
    page = document.add_section()
    page.orientation = WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    page.different_first_page_header_footer = False


def _add_table(document: Document, number: int, statements: Sequence[Statement]) -> None:
    single = len(statements) == 1
    heading = _name(statements[0]) if single else text("docx.units.several")
    title = document.add_paragraph(style=BODY)
    title.add_run(text("docx.units.table", number=number, title=heading)).bold = True
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.space_before = Pt(6)
    columns = [text("docx.units.found")] if single else [statement.title for statement in statements]
    titles = [text("docx.ordinal"), text("render.column.unit"), *columns]
    rows = _rows(statements)
    table = new_table(document, fit_widths(titles, rows, _WIDTH))
    add_row(table, *titles, bold=True)
    for row in rows:
        add_row(table, *row)


def _name(statement: Statement) -> str:
    """What a table of one statement lists; a title alone would read as if it held."""
    return (
        statement.title
        if statement.about == "figures"
        else text("docx.units.missed", title=lower_first(statement.title))
    )


def _rows(statements: Sequence[Statement]) -> list[list[str]]:
    """A row for each unit: sums first, then bodies, as the statements have them."""
    labels = {unit.unit: unit.label for statement in statements for unit in statement.units}
    found = [{unit.unit: unit.found for unit in statement.units} for statement in statements]
    nothing = text("docx.units.nothing")
    return [
        [str(place), upper_first(label), *(each.get(unit, nothing) for each in found)]
        for place, (unit, label) in enumerate(labels.items(), start=1)
    ]
