"""How does a short report of blocks look in Word, laid out as an office lays out its papers?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.render.blocks import Bullets, Grid, Heading, Paragraph
from compliance.render.docx_file import as_bytes
from compliance.render.docx_form import (
    BODY,
    BULLET,
    add_centred,
    add_numbered,
    add_row,
    new_document,
    new_table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from docx.document import Document

    from compliance.render.blocks import Block

_TABLE_WIDTH = 165
"""Millimetres between the margins of a page."""


def render_blocks_docx(blocks: Iterable[Block], *, title: str, as_of: date) -> bytes:
    """The blocks as a Word file: its title centred, lists with dashes, tables ruled."""
    document = new_document("assessment")
    for block in blocks:
        _add(document, block)
    return as_bytes(document, title=title, as_of=as_of)


def _add(document: Document, block: Block) -> None:
    match block:
        case Heading(words, 1):
            add_centred(document, words, bold=True)
        case Heading(words):
            heading = document.add_paragraph(style=BODY)
            heading.add_run(words).bold = True
            heading.paragraph_format.keep_with_next = True
        case Paragraph(words):
            document.add_paragraph(words, style=BODY)
        case Bullets(items):
            for item in items:
                add_numbered(document, item, BULLET)
        case Grid(columns, rows, numbers):
            table = new_table(document, _widths(columns, rows))
            add_row(table, *columns, bold=True)
            for row in rows:
                add_row(table, *row, numbers=numbers)


def _widths(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[int]:
    """Millimetres by the longest cell of each column, none so narrow that it cannot be read."""
    longest = [min(max(len(row[place]) for row in (columns, *rows)), 40) + 8 for place in range(len(columns))]
    return [_TABLE_WIDTH * length // sum(longest) for length in longest]
