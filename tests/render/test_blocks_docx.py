from __future__ import annotations

import io
from datetime import date

from docx import Document

from compliance.render.blocks import Bullets, Grid, Heading, Paragraph
from compliance.render.blocks_docx import render_blocks_docx

BLOCKS = (
    Heading("Tiêu đề", 1),
    Paragraph("Một câu."),
    Heading("Mục"),
    Bullets(("một", "hai")),
    Grid(("Cột", "Số"), (("a", "1"), ("b", "2"))),
)


def _render() -> bytes:
    return render_blocks_docx(BLOCKS, title="Tiêu đề", as_of=date(2020, 6, 30))


def test_every_block_stands_in_the_file_in_its_order() -> None:
    document = Document(io.BytesIO(_render()))
    words = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert words == ["Tiêu đề", "Một câu.", "Mục", "một", "hai"]
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Cột", "Số"],
        ["a", "1"],
        ["b", "2"],
    ]


def test_the_same_blocks_give_the_same_bytes() -> None:
    assert _render() == _render()
