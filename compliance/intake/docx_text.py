"""What does a Word document say, paragraph by paragraph, as if all tracked changes were accepted?

The XML is parsed as a stream and nothing of it is kept but text. Tables give a line for each row, lists a
mark, text boxes and notes paragraphs of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_SKIPPED = frozenset(
    (
        f"{_WORD}del",
        f"{_WORD}moveFrom",
        "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback",
        f"{_WORD}pPrChange",
        f"{_WORD}rPrChange",
    )
)
"""Deleted or moved away, or said once more for old programs."""

_MARKS = ("- ", "+ ", "* ")
_BREAKS = {f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}tab": "\t", f"{_WORD}noBreakHyphen": "-"}
_OWN_MARK = ("-", "+", "*", "•", "–")
MOST_CHARACTERS = 8 * 1024 * 1024
DEEPEST = 256


class MalformedError(Exception):
    """The XML is none, declares a document type, or is deeper or longer than a report can be."""


@dataclass(slots=True)
class DocxParagraph:
    """A paragraph; `number` counts every paragraph of the part in its order, from 1."""

    number: int
    text: str = ""
    mark: str = ""
    """The mark of a list item, which is not in the text."""
    row: int = 0
    """The table row it stands in, 0 outside of tables; cells of one row have one number."""
    cell: int = 0


@dataclass(slots=True)
class _Reader:
    """The state while an XML part goes by."""

    paragraphs: list[DocxParagraph] = field(default_factory=list)
    open: list[DocxParagraph] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    skipped: int = 0
    depth: int = 0
    count: int = 0
    row_count: int = 0
    cell_count: int = 0
    is_text: bool = False
    characters: int = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise MalformedError
        if name in _SKIPPED:
            self.skipped += 1
        elif name == f"{_WORD}p":
            self._open_paragraph()
        elif name == f"{_WORD}tr":
            self.row_count += 1
            self.rows.append(self.row_count)
        elif name == f"{_WORD}tc":
            self.cell_count += 1
        elif name == f"{_WORD}t":
            self.is_text = True
        elif name in _BREAKS and not _is_layout(attributes):
            self._add(_BREAKS[name])
        elif self.open and not self.skipped:
            self._mark(name, attributes)

    def _mark(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take note of what makes a paragraph an item of a list."""
        value = attributes.get(f"{_WORD}val", "")
        if name == f"{_WORD}numPr":
            self.open[-1].mark = _MARKS[0]
        elif name == f"{_WORD}pStyle":
            self.open[-1].mark = _MARKS[0] if value.startswith("List") else ""
        elif name == f"{_WORD}ilvl" and self.open[-1].mark:
            self.open[-1].mark = _MARKS[min(int(value) if value.isdecimal() else 0, len(_MARKS) - 1)]

    def _open_paragraph(self) -> None:
        self.count += 1
        paragraph = DocxParagraph(self.count, row=self.rows[-1] if self.rows else 0, cell=self.cell_count)
        self.open.append(paragraph)
        self.paragraphs.append(paragraph)

    def end(self, name: str) -> None:
        self.depth -= 1
        if name in _SKIPPED:
            self.skipped -= 1
        elif name == f"{_WORD}p" and self.open:
            self.open.pop()
        elif name == f"{_WORD}tr" and self.rows:
            self.rows.pop()
        elif name == f"{_WORD}t":
            self.is_text = False

    def characters_seen(self, text: str) -> None:
        if self.is_text:
            self._add(text)

    def _add(self, text: str) -> None:
        if self.skipped or not self.open:
            return
        self.characters += len(text)
        if self.characters > MOST_CHARACTERS:
            raise MalformedError
        self.open[-1].text += text


def read_paragraphs(xml: bytes) -> list[DocxParagraph]:
    """Every paragraph of a part in its order, empty ones included.

    Raises:
        MalformedError: it is not XML that a report can be made of.
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters_seen
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - expat takes it by position only
    except expat.ExpatError:
        raise MalformedError from None
    for paragraph in reader.paragraphs:
        if paragraph.text.lstrip().startswith(_OWN_MARK):
            paragraph.mark = ""
    return reader.paragraphs


def _is_layout(attributes: Mapping[str, str]) -> bool:
    """Whether it is a tab stop or a page break, not a character."""
    return f"{_WORD}pos" in attributes or attributes.get(f"{_WORD}type") == "page"


def _refuse_doctype(*_: object) -> None:
    raise MalformedError
