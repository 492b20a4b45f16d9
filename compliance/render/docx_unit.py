"""What does the page sent back to a unit look like in Word? A table to correct, a table to explain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.shared import Mm, Pt

from compliance.messages import text
from compliance.render.docx_file import as_bytes
from compliance.render.docx_form import (
    BODY,
    BULLET,
    ITEM,
    add_centred,
    add_numbered,
    add_row,
    add_rule,
    new_document,
    new_table,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.document import Document

    from compliance.render.unit_page import Item, UnitPage

_ORDINAL_WIDTH = 10
_WIDTHS: Mapping[str, Mapping[str, int]] = {
    "must_fix": {"what": 84, "where": 32, "how": 49},
    "must_explain": {"what": 72, "where": 30, "how": 38, "answer": 25},
}
"""Millimetres of the columns of each table, 175 with the number."""
_LINE, _TITLE_RULE, _LEFT_MARGIN = 175, 40, 20


def render_unit_docx(page: UnitPage) -> bytes:
    """The page of one unit."""
    document = new_document("report")
    document.sections[0].left_margin = Mm(_LEFT_MARGIN)
    title = text("docx.unit.title")
    add_centred(document, title, bold=True, after=0)
    add_centred(document, text("docx.unit.of", unit=page.label, period=page.period), bold=True, after=0)
    add_rule(document.add_paragraph(), _TITLE_RULE, within=_LINE)
    result = document.add_paragraph(style=BODY)
    result.add_run(text("docx.unit.result", acceptance=page.headline)).bold = True
    document.add_paragraph(page.request, style=BODY)
    _add_accepted(document, page)
    _add_list(document, text("suspect.causes"), page.causes)
    for severity, items in page.items:
        if severity == "advisory":
            _add_notes(document, items)
        else:
            _add_table(document, severity, items)
        if severity == "must_fix":
            _add_missing(document, page.missing)
    _add_waived(document, page.waived)
    _add_list(document, text("docx.unit.section.answered"), page.answered)
    made = document.add_paragraph(style=BODY)
    made.add_run(page.pack).italic = True
    return as_bytes(document, title=title, as_of=page.as_of)


def _add_accepted(document: Document, page: UnitPage) -> None:
    add_numbered(document, text("docx.unit.section.accepted"), ITEM)
    areas = "; ".join(page.accepted_areas)
    words = text("docx.unit.accepted_areas", areas=areas) if areas else text("docx.unit.no_area")
    document.add_paragraph(words, style=BODY)


def _add_table(document: Document, severity: str, items: Sequence[Item]) -> None:
    add_numbered(document, text(f"docx.unit.section.{severity}", count=len(items)), ITEM)
    if not items:
        document.add_paragraph(text("render.nothing"), style=BODY)
        return
    widths = _WIDTHS[severity]
    table = new_table(document, (_ORDINAL_WIDTH, *widths.values()))
    add_row(table, text("docx.ordinal"), *(text(f"docx.unit.column.{name}") for name in widths), bold=True)
    for number, item in enumerate(items, start=1):
        cells = {
            "what": _what(item, has_answer="answer" in widths),
            "where": "\n".join(item.places),
            "how": item.fix,
            "answer": item.answer,
        }
        add_row(table, str(number), *(cells[name] for name in widths))
    # a table and the heading below it would touch
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _what(item: Item, *, has_answer: bool) -> str:
    """What is wrong, the figures under suspicion, the legal basis, and the rule."""
    lines = [item.message]
    if item.suspects:
        lines.append(item.suspects)
    if item.citation:
        lines.append(text("render.label.basis", citation=item.citation))
    lines += item.waivers
    if item.explanation and not has_answer:
        lines.append(item.explanation)
    return "\n".join(lines) + f" [{item.rule}]"


def _add_missing(document: Document, labels: Sequence[str]) -> None:
    _add_list(document, text("docx.unit.section.missing", count=len(labels)), labels)


def _add_list(document: Document, title: str, lines: Sequence[str]) -> None:
    if lines:
        add_numbered(document, title, ITEM)
        for line in lines:
            add_numbered(document, line, BULLET)


def _add_waived(document: Document, items: Sequence[Item]) -> None:
    """What is waived, with the decision; nothing is asked of the unit."""
    title = text("docx.unit.section.waived", count=len(items))
    _add_list(document, title, [" ".join((item.message, *item.waivers)) for item in items])


def _add_notes(document: Document, items: Sequence[Item]) -> None:
    if items:
        add_numbered(document, text("docx.unit.section.advisory", count=len(items)), ITEM)
        for item in items:
            note = text("docx.unit.note", message=item.message, fix=item.fix)
            responses = filter(None, (*item.waivers, item.explanation))
            add_numbered(document, " ".join((note, *responses)), BULLET)
