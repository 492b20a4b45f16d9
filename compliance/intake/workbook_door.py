"""May this file be opened as a workbook, and if not, what is the matter with it?

Everything is looked at before the reading library sees the file: it holds what a workbook unpacks to in
memory several times over, makes an object of every cell under a merged range, and follows what a document
type declares. The parts are unpacked piece by piece and parsed without building anything.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from xml.parsers import expat

from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.intake.limits import Limits
    from compliance.intake.values import Problems

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_PIECE = 64 * 1024
_SMALL_PART = 1024 * 1024
"""Below this a high ratio is harmless: an empty sheet of styles packs well."""
_ENCRYPTED_FLAG = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_XML = (".xml", ".rels", ".vml")
_CELL = re.compile(r"([A-Z]{1,7})([0-9]{1,10})", re.ASCII)
_OF_CELLS = frozenset({"c", "v", "f", "is", "t", "r", "row", "si", "rPr"})
"""Elements that hold cells or texts: bounded by the number of cells and by their size."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What was seen of a workbook that may be opened."""

    has_macros: bool
    is_uncalculated: bool
    """A formula somewhere has no result stored."""


class _RefusedError(Exception):
    """The workbook is not opened; carries why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def inspect(content: bytes, file: str, limits: Limits) -> tuple[Contents | None, Problems]:
    """What the workbook holds; None with the reason when it must not be opened."""
    try:
        _check_signature(content)
        contents = _check_parts(content, limits)
    except _RefusedError as refusal:
        return None, (Problem(f"workbook.door.{refusal.code}", Place(file), refusal.values),)
    problems: Problems = ()
    if contents.has_macros:
        problems = (Problem("workbook.door.macros", Place(file), weight="warning"),)
    return contents, problems


def _check_signature(content: bytes) -> None:
    if content.startswith(_OLE):
        raise _RefusedError("encrypted" if _ENCRYPTED_STREAM in content else "old_format")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise _RefusedError("html")
    if not content.startswith(_ZIP):
        raise _RefusedError("not_a_workbook")


def _check_parts(content: bytes, limits: Limits) -> Contents:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_list(parts, limits)
            scan = _Scan(limits)
            for part in parts:
                scan.read(archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise _RefusedError("truncated") from None
    names = {part.filename.lower() for part in parts}
    if not scan.sheets:
        raise _RefusedError("no_sheets")
    return Contents(any(name.endswith("vbaproject.bin") for name in names), scan.is_uncalculated)


def _check_list(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """What the table of contents already tells; the true sizes are counted while unpacking."""
    if len(parts) > limits.parts:
        raise _RefusedError("parts", count=len(parts), limit=limits.parts)
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise _RefusedError("encrypted")
    if any(part.compress_type not in _METHODS for part in parts):
        raise _RefusedError("truncated")
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise _RefusedError("not_a_workbook")


@dataclass(slots=True)
class _Scan:
    """The parts unpacked one after the other, and what was counted so far."""

    limits: Limits
    unpacked: int = 0
    cells: int = 0
    elements: int = 0
    sheets: int = 0
    is_uncalculated: bool = False

    def read(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
        """Unpack a part, and parse it where it is XML."""
        parser = _PartParser(self) if part.filename.lower().endswith(_XML) else None
        size = 0
        for piece in _pieces(archive, part):
            size += len(piece)
            self.unpacked += len(piece)
            self._check_sizes(size, part)
            if parser is not None:
                parser.feed(piece)
        if parser is not None:
            parser.finish()
        if size > self.limits.part_bytes and not (parser is not None and parser.holds_cells):
            raise _RefusedError("part_bytes", part=_name(part), limit=self.limits.part_bytes // 1024**2)

    def _check_sizes(self, size: int, part: zipfile.ZipInfo) -> None:
        if self.unpacked > self.limits.unpacked_bytes:
            raise _RefusedError("unpacked", limit=self.limits.unpacked_bytes // 1024**2)
        if size > _SMALL_PART and size > self.limits.ratio * part.compress_size:
            raise _RefusedError("ratio", part=_name(part), limit=self.limits.ratio)

    def count_cells(self, cells: int) -> None:
        """Take note of cells."""
        self.cells += cells
        if self.cells > self.limits.cells:
            raise _RefusedError("cells", limit=self.limits.cells)

    def count_element(self) -> None:
        """Take note of an element that is no cell."""
        self.elements += 1
        if self.elements > self.limits.elements:
            raise _RefusedError("elements", limit=self.limits.elements)


@dataclass(slots=True)
class _PartParser:
    """Goes through one part of XML; nothing is kept of it but counts."""

    scan: _Scan
    parser: expat.XMLParserType = field(init=False)
    root: str = ""
    depth: int = 0
    has_formula: bool = False
    is_in_value: bool = False
    has_value: bool = False

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = _refuse_doctype

    @property
    def holds_cells(self) -> bool:
        """Whether the part is a sheet or the list of texts."""
        return self.root in {"worksheet", "sst"}

    def feed(self, piece: bytes) -> None:
        """Go on with a piece."""
        try:
            self.parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position only
        except expat.ExpatError:
            raise _RefusedError("malformed") from None

    def finish(self) -> None:
        """The part ends here."""
        try:
            self.parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by position only
        except expat.ExpatError:
            raise _RefusedError("malformed") from None

    def _start(self, qualified: str, attributes: Mapping[str, str]) -> None:
        name = qualified.rpartition(" ")[2]
        self.depth += 1
        if self.depth > self.scan.limits.depth:
            raise _RefusedError("malformed")
        if self.depth == 1:
            self.root = name
            self.scan.sheets += name == "worksheet"
            self.parser.CharacterDataHandler = self._text if name == "worksheet" else None
        if not self.holds_cells or name not in _OF_CELLS:
            self.scan.count_element()
        if self.root == "worksheet":
            self._enter(name, attributes)

    def _enter(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "row":
                _check_number(attributes.get("r", "1"), self.scan.limits)
            case "c":
                self.has_formula = self.has_value = False
                self.scan.count_cells(1)
                _check_reference(attributes.get("r", "A1"), self.scan.limits)
            case "f":
                self.has_formula = True
            case "v" | "is":
                self.is_in_value = True
            case "mergeCell" | "hyperlink":
                self.scan.count_cells(_area(attributes.get("ref", "A1"), self.scan.limits))

    def _text(self, _: str) -> None:
        self.has_value = self.has_value or self.is_in_value

    def _end(self, qualified: str) -> None:
        self.depth -= 1
        if qualified.endswith((" v", " is")):
            self.is_in_value = False
        if qualified.endswith(" c") and self.has_formula and not self.has_value:
            self.scan.is_uncalculated = True


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _refuse_doctype(*_: object) -> None:
    raise _RefusedError("doctype")


def _check_number(row: str, limits: Limits) -> None:
    if not row.isdecimal() or len(row) > len(str(limits.rows)) or int(row) > limits.rows:
        raise _RefusedError("reference", cell=row[:20], rows=limits.rows, columns=limits.columns)


def _check_reference(reference: str, limits: Limits) -> tuple[int, int]:
    """The row and column of a cell that lies within the limits."""
    match = _CELL.fullmatch(reference)
    if match is None:
        raise _RefusedError("malformed")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    if row > limits.rows or column > limits.columns:
        raise _RefusedError("reference", cell=reference[:20], rows=limits.rows, columns=limits.columns)
    return row, column


def _area(reference: str, limits: Limits) -> int:
    first, _, last = reference.partition(":")
    top, left = _check_reference(first, limits)
    bottom, right = _check_reference(last or first, limits)
    return (abs(bottom - top) + 1) * (abs(right - left) + 1)


def _name(part: zipfile.ZipInfo) -> str:
    return PurePosixPath(part.filename).name[:60]
