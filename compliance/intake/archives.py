"""Which files does a ZIP archive hold, and may they be unpacked?

They are unpacked into memory one by one, within the limits, and never written anywhere, so that no name in
the archive can lead out of a folder. An archive in an archive is named and left alone.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.intake.limits import Limits
    from compliance.intake.values import Problems

ARCHIVE_SUFFIX = ".zip"
_PIECE = 64 * 1024
_SMALL_FILE = 1024 * 1024
_ENCRYPTED_FLAG = 0x1
_UTF8_FLAG = 0x800
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


class _RefusedError(Exception):
    """A file of the archive is not unpacked; carries why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def unpack(content: bytes, name: str, limits: Limits) -> Iterator[tuple[str, bytes | None, Problems]]:
    """Each file of the archive as `archive/file` with its bytes, or with why it has none.

    A fault of the archive as a whole comes as one item under the archive's own name.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not _is_passed_over(member)]
            if len(members) > limits.parts:
                values = {"count": len(members), "limit": limits.parts}
                yield name, None, (Problem("workbook.archive.parts", Place(name), values),)
                return
            yield from _members(archive, members, name, limits)
    except _FAULTS:
        yield name, None, (Problem("workbook.archive.truncated", Place(name)),)


def _members(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str, limits: Limits
) -> Iterator[tuple[str, bytes | None, Problems]]:
    for member in sorted(members, key=_readable_name):
        inside = f"{name}/{_readable_name(member)}"
        if inside.lower().endswith(ARCHIVE_SUFFIX):
            yield inside, None, (Problem("workbook.archive.nested", Place(inside), weight="warning"),)
            continue
        try:
            yield inside, _unpack(archive, member, limits), ()
        except _RefusedError as refusal:
            yield inside, None, (Problem(f"workbook.archive.{refusal.code}", Place(inside), refusal.values),)


def _is_passed_over(member: zipfile.ZipInfo) -> bool:
    """Folders, hidden files and what a Mac adds."""
    parts = PurePosixPath(member.filename).parts
    return member.is_dir() or any(part.startswith((".", "~$", "__MACOSX")) for part in parts)


def _readable_name(member: zipfile.ZipInfo) -> str:
    """The name as it was typed: old programs write UTF-8 and say that it is something else."""
    if member.flag_bits & _UTF8_FLAG:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> bytes:
    if member.flag_bits & _ENCRYPTED_FLAG:
        raise _RefusedError("encrypted")
    pieces: list[bytes] = []
    size = 0
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > limits.file_bytes:
                raise _RefusedError("huge", limit=limits.file_bytes // 1024**2)
            if size > _SMALL_FILE and size > limits.ratio * member.compress_size:
                raise _RefusedError("ratio", limit=limits.ratio)
            pieces.append(piece)
    return b"".join(pieces)
