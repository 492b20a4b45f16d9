from __future__ import annotations

from rich.console import Console

from compliance.render.blocks import (
    Bullets,
    Grid,
    Heading,
    Paragraph,
    render_blocks_html,
    render_blocks_markdown,
    section,
)
from compliance.render.blocks_console import render_blocks

BLOCKS = (
    Heading("Tiêu đề", 1),
    Paragraph("Một câu."),
    Bullets(("một", "[hai]")),
    Grid(("Cột", "Số"), (("a|b", "1"), ("<b>", "2"))),
)


def test_markdown_shows_each_block_and_keeps_the_cells_of_a_table() -> None:
    assert render_blocks_markdown(BLOCKS) == (
        "# Tiêu đề\n\nMột câu.\n\n- một\n- [hai]\n\n| Cột | Số |\n| --- | --- |\n| a\\|b | 1 |\n| <b> | 2 |\n"
    )


def test_html_escapes_every_word() -> None:
    page = render_blocks_html(BLOCKS, title="<Trang>")
    assert "<title>&lt;Trang&gt;</title>" in page
    assert "<td>&lt;b&gt;</td>" in page
    assert "<h1>Tiêu đề</h1>" in page
    assert "<script" not in page


def test_the_terminal_shows_brackets_as_they_are() -> None:
    console = Console(width=60, record=True, no_color=True)
    with console.capture() as captured:
        console.print(render_blocks(BLOCKS))
    assert "– [hai]" in captured.get()
    assert "a|b" in captured.get()


def test_a_section_without_items_is_left_out() -> None:
    assert list(section("Mục", [])) == []
