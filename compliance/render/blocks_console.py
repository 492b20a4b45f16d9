"""How does a short report of blocks look on the terminal?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from compliance.render.blocks import Bullets, Grid, Heading, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.render.blocks import Block


def render_blocks(blocks: Iterable[Block]) -> RenderableType:
    """The blocks one below the other; headings bold, tables without frames."""
    return Group(*(_show(block) for block in blocks))


def _show(block: Block) -> RenderableType:
    match block:
        case Heading(words, level):
            return Padding(Text(words, style="bold"), (0 if level == 1 else 1, 0, 0, 0))
        case Paragraph(words):
            return Text(words)
        case Bullets(items):
            return Group(*(_bullet(item) for item in items))
        case Grid():
            return _table(block)


def _bullet(words: str) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_row(Text("–"), Text(words))
    return grid


def _table(grid: Grid) -> RenderableType:
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False)
    for place, column in enumerate(grid.columns):
        table.add_column(column, overflow="fold", justify="right" if place in grid.numbers else "left")
    for row in grid.rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
