"""May this file be opened as a Word document, and what XML does it hold? Parts are unpacked within bounds."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from compliance.intake.limits import STANDARD, Limits
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 0x1
_PIECE = 64 * 1024
_SMALL_PART = 1024 * 1024
_MAIN = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


class _RefusedError(Exception):
    """The document is not opened; carries why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def open_document(
    content: bytes, file: str, limits: Limits = STANDARD
) -> tuple[Mapping[str, bytes] | None, tuple[Problem, ...]]:
    """The XML of the body and of the notes, by part name; None with the reason when it must not be opened."""
    try:
        _check_signature(content)
        return _unpack(content, limits), ()
    except _RefusedError as refusal:
        return None, (Problem(f"report_text.docx.{refusal.code}", Place(file), refusal.values),)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        return None, (Problem("report_text.docx.truncated", Place(file)),)


def _check_signature(content: bytes) -> None:
    if content.startswith(_OLE):
        raise _RefusedError("encrypted" if _ENCRYPTED_STREAM in content else "old_format")
    if not content.startswith(b"PK"):
        raise _RefusedError("not_word")


def _unpack(content: bytes, limits: Limits) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > limits.parts:
            raise _RefusedError("parts", count=len(parts), limit=limits.parts)
        if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
            raise _RefusedError("encrypted")
        names = [part.filename for part in parts]
        if names.count(_MAIN) != 1:
            raise _RefusedError("not_word")
        wanted = [part for part in parts if part.filename == _MAIN or part.filename in _NOTES]
        return {part.filename: _part(archive, part, limits) for part in wanted}


def _part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> bytes:
    """One part, its true size counted while unpacking."""
    pieces: list[bytes] = []
    size = 0
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > limits.unpacked_bytes // 2:
                raise _RefusedError("unpacked", limit=limits.unpacked_bytes // 2 // 1024**2)
            if size > _SMALL_PART and size > limits.ratio * part.compress_size:
                raise _RefusedError("ratio", limit=limits.ratio)
            pieces.append(piece)
    return b"".join(pieces)
