"""What does a narrative report say, and where does each stretch of it stand? Word, PDF, plain text, Markdown.

Everything is bounded and looked at before a reading library sees it. The text is in NFC; paragraphs are
separated by line breaks, the cells of a table row by bars.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from compliance.intake.docx_door import open_document
from compliance.intake.docx_text import DocxParagraph, MalformedError, read_paragraphs
from compliance.intake.pdf_text import read_pages
from compliance.intake.sources import read_bytes, read_text
from compliance.model.report import Passage, ReportText
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Piece = tuple[str, str, Place]
"""What stands before a stretch of text (a line break, a bar, a list mark), the text, and its place."""

SUFFIXES = (".docx", ".pdf", ".txt", ".md")
_BAR = " | "


def read_report(path: Path, *, name: str | None = None) -> tuple[ReportText | None, tuple[Problem, ...]]:
    """The report in a file, with places; None when it cannot be read, with the reason.

    `name` is what places call the file; its path where left out.
    """
    file = name or path.as_posix()
    match path.suffix.lower():
        case ".docx":
            return _read_docx(path, file)
        case ".pdf":
            return _read_pdf(path, file)
        case ".txt" | ".md" | "":
            return _read_plain(path, file)
        case ".doc":
            return None, (Problem("report_text.docx.old_format", Place(file)),)
        case suffix:
            values = {"suffix": suffix, "known": ", ".join(SUFFIXES)}
            return None, (Problem("report_text.unknown_suffix", Place(file), values),)


def _read_docx(path: Path, file: str) -> tuple[ReportText | None, tuple[Problem, ...]]:
    content, problems = read_bytes(path, name=file)
    if content is None:
        return None, problems
    parts, problems = open_document(content, file)
    if parts is None:
        return None, problems
    try:
        body = read_paragraphs(parts["word/document.xml"])
        notes = [
            paragraph
            for part in sorted(parts)
            if part != "word/document.xml"
            for paragraph in read_paragraphs(parts[part])
        ]
    except MalformedError:
        return None, (Problem("report_text.docx.malformed", Place(file)),)
    pieces = [
        *_body_pieces(body, file),
        *(("\n", note.text, Place(file)) for note in notes if note.text.strip()),
    ]
    return _composed(pieces, file)


def _body_pieces(paragraphs: Iterable[DocxParagraph], file: str) -> Iterator[Piece]:
    """Paragraphs on lines of their own; the cells of a row on one line."""
    before: DocxParagraph | None = None
    for paragraph in paragraphs:
        same_row = before is not None and before.row and before.row == paragraph.row
        if not paragraph.text.strip() and not paragraph.row:
            continue
        if before is not None and same_row:
            lead = " " if before.cell == paragraph.cell else _BAR
        else:
            lead = f"\n{paragraph.mark}"
        yield lead, paragraph.text, Place(file, paragraph=paragraph.number)
        before = paragraph


def _read_pdf(path: Path, file: str) -> tuple[ReportText | None, tuple[Problem, ...]]:
    content, problems = read_bytes(path, name=file)
    if content is None:
        return None, problems
    if not content.startswith(b"%PDF"):
        return None, (Problem("report_text.pdf.unreadable", Place(file)),)
    pages, problems = read_pages(content, file)
    if pages is None:
        return None, problems
    return _composed(_page_pieces(pages, file), file)


def _page_pieces(pages: list[list[str]], file: str) -> Iterator[Piece]:
    """Paragraphs with their page; one that a page break cuts goes on in the same line."""
    number, last = 0, ""
    for page, paragraphs in enumerate(pages, start=1):
        for index, text in enumerate(paragraphs):
            goes_on = index == 0 and last and last[-1] not in ".;:!?" and text[:1].islower()
            number += not goes_on
            yield " " if goes_on else "\n", text, Place(file, page=page, paragraph=number)
            last = text


def _read_plain(path: Path, file: str) -> tuple[ReportText | None, tuple[Problem, ...]]:
    text, problems = read_text(path, name=file)
    if text is None:
        return None, problems
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _composed(
        (("\n", line, Place(file, line=number)) for number, line in enumerate(lines, start=1)), file
    )


def _composed(pieces: Iterable[Piece], file: str) -> tuple[ReportText | None, tuple[Problem, ...]]:
    """The whole text, with the place of every stretch that is not blank."""
    parts: list[str] = []
    passages: list[Passage] = []
    length = 0
    for lead, raw, place in pieces:
        text = unicodedata.normalize("NFC", raw)
        before = lead if parts else lead.removeprefix("\n")
        start = length + len(before)
        parts += [before, text]
        length = start + len(text)
        if text.strip():
            passages.append(Passage(start=start, end=length, place=place))
    if not passages:
        return None, (Problem("report_text.no_text", Place(file)),)
    return ReportText(source=file, text="".join(parts), passages=tuple(passages)), ()
