"""What does a PDF say, page by page?

Running heads dropped, lines joined to paragraphs, hyphenation undone.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_PAGES = 1_000
_HEAD_LINES = 2
"""So many lines at either end of a page may be a running head."""
_FEWEST_PAGES = 3
_FULL = 0.72
"""A line that reaches so far across its page goes on in the next."""
_NEW_ITEM = re.compile(r"\s*(?:[-+*•–]\s|\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s|[a-zđ][.)]\s|[IVX]{1,5}\.\s)")
_PAGE_NUMBER = re.compile(
    r"\s*(?:(?:trang|page)\s*)?[-–]?\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–]?\s*", re.IGNORECASE
)
_STOPS = (".", ";", ":", "!", "?", "./.")


def read_pages(content: bytes, file: str) -> tuple[list[list[str]] | None, tuple[Problem, ...]]:
    """The paragraphs of each page; None with the reason when nothing can be read."""
    try:
        import pypdfium2  # noqa: PLC0415 - an extra: only who reads PDF needs it
    except ImportError:
        return None, (Problem("report_text.pdf.missing_reader", Place(file)),)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        code = "encrypted" if "password" in str(error).lower() else "unreadable"
        return None, (Problem(f"report_text.pdf.{code}", Place(file)),)
    try:
        if len(document) > MOST_PAGES:
            return None, (Problem("report_text.pdf.pages", Place(file), {"limit": MOST_PAGES}),)
        pages = [_lines(page.get_textpage().get_text_bounded()) for page in document]
    except pypdfium2.PdfiumError:
        return None, (Problem("report_text.pdf.unreadable", Place(file)),)
    finally:
        document.close()
    if not any(pages):
        return None, (Problem("report_text.pdf.no_text", Place(file)),)
    return [join_lines(lines) for lines in drop_running_heads(pages)], ()


def _lines(text: str) -> list[str]:
    # pdfium marks a hyphen at a line's end with U+FFFE, or U+0002 in older builds
    plain = text.replace("\ufffe", "-").replace("\x02", "-")
    return [line.rstrip() for line in plain.splitlines() if line.strip()]


def drop_running_heads(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines of each page without page numbers and without what most pages begin or end with."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({_shape(line) for line in _ends(lines)})
    repeated = {
        shape for shape, count in seen.items() if len(pages) >= _FEWEST_PAGES and 2 * count > len(pages)
    }
    kept: list[list[str]] = []
    for lines in pages:
        last = len(lines) - _HEAD_LINES
        kept.append(
            [
                line
                for index, line in enumerate(lines)
                if not (index < _HEAD_LINES or index >= last)
                or not (_PAGE_NUMBER.fullmatch(line) or _shape(line) in repeated)
            ]
        )
    return kept


def _ends(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_HEAD_LINES]
    yield from lines[max(_HEAD_LINES, len(lines) - _HEAD_LINES) :]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def join_lines(lines: Sequence[str]) -> list[str]:
    """Paragraphs out of the lines of a page."""
    width = max((len(line) for line in lines), default=0)
    paragraphs: list[str] = []
    previous = ""
    for line in lines:
        if paragraphs and _goes_on(previous, line, width):
            paragraphs[-1] = _joined(paragraphs[-1], line.strip())
        else:
            paragraphs.append(line.strip())
        previous = line
    return paragraphs


def _goes_on(previous: str, line: str, width: int) -> bool:
    if _NEW_ITEM.match(line) or len(previous) < _FULL * width:
        return False
    return not previous.endswith(_STOPS) or line.lstrip()[:1].islower()


def _joined(before: str, line: str) -> str:
    if before.endswith("-") and len(before) > 1 and before[-2].isalpha() and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}"
