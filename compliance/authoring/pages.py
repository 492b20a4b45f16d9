"""How does a generated page look in Markdown, and is the one on disk still fresh?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Page:
    """A generated file: its path from the root of the checkout, and its text."""

    path: str
    text: str


def compose_page(path: str, blocks: Iterable[str]) -> Page:
    """A page of blocks, a blank line between two."""
    return Page(path, "\n\n".join(block for block in blocks if block) + "\n")


def write_pages(root: Path, pages: Iterable[Page]) -> tuple[Path, ...]:
    """Write the pages that differ from what is on disk; their paths.

    Raises:
        OSError: a file cannot be written.
    """
    written = []
    for page in pages:
        file = root / page.path
        if not _is_fresh(file, page):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page.text, encoding="utf-8", newline="\n")
            written.append(file)
    return tuple(written)


def find_stale(root: Path, pages: Iterable[Page]) -> Iterator[Problem]:
    """A problem for each page that is not on disk as it would be generated."""
    for page in pages:
        if not _is_fresh(root / page.path, page):
            yield Problem("reference.stale", Place(file=page.path))


def _is_fresh(file: Path, page: Page) -> bool:
    try:
        return file.read_bytes().replace(b"\r\n", b"\n") == page.text.encode()
    except OSError:
        return False


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; nothing where there is no row."""
    lines = [_row(header), _row(["---"] * len(header)), *(_row(row) for row in rows)]
    return "\n".join(lines) if len(lines) > 2 else ""  # noqa: PLR2004 - a header and its rule


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(' '.join(cell.split()).replace('|', chr(92) + '|') for cell in cells)} |"


def code(words: str) -> str:
    """Words as code; what holds a backtick gets two around it."""
    return f"`` {words} ``" if "`" in words else f"`{words}`"


def bullets(items: Iterable[str]) -> str:
    """A list, one line an item."""
    return "\n".join(f"- {' '.join(item.split())}" for item in items)
