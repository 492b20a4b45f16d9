"""How does a short report of headings, sentences, lists and tables look in each format?

What a report says is composed once as blocks; each format shows the same blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from compliance.render.templating import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Heading:
    """A title; level 1 stands first and once."""

    words: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One sentence or several."""

    words: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a row has a cell for each column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    """The columns that hold numbers, by their place; they are set to the right."""


Block: TypeAlias = Heading | Paragraph | Bullets | Grid


def render_blocks_markdown(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown."""
    return "\n\n".join(_markdown(block) for block in blocks) + "\n"


def _markdown(block: Block) -> str:
    match block:
        case Heading(words, level):
            return f"{'#' * level} {words}"
        case Paragraph(words):
            return words
        case Bullets(items):
            return "\n".join(f"- {item}" for item in items)
        case Grid(columns, rows, numbers):
            ruler = tuple("---:" if place in numbers else "---" for place in range(len(columns)))
            return "\n".join(_row(row) for row in (columns, ruler, *rows))


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"


def render_blocks_html(blocks: Iterable[Block], *, title: str) -> str:
    """The blocks as one page that needs no other file and no script; every word is escaped."""
    return fill("blocks.html.j2", title=title, blocks=[(_kind(block), block) for block in blocks])


def _kind(block: Block) -> str:
    return type(block).__name__.lower()


def section(title: str, items: Iterable[str]) -> Iterator[Block]:
    """A heading with a list below it; nothing where the list is empty."""
    listed = tuple(items)
    if listed:
        yield Heading(title)
        yield Bullets(listed)
