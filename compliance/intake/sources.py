"""Can this file be read as text at all, and if not, what is the matter with it?"""

from __future__ import annotations

import re
import stat
import unicodedata
from typing import TYPE_CHECKING

from compliance.intake.code_pages import decode_windows_1258
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 8 * 1024 * 1024
"""The largest text file that is read; a form of one unit has a few thousand bytes."""

_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"%PDF", "pdf"),
    (b"\xff\xfe", "utf16"),
    (b"\xfe\xff", "utf16"),
)
"""How files begin that are not text in UTF-8, by what they are."""
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""Control characters that no editor writes; shown on a terminal they could write over it."""


def read_text(path: Path, *, name: str | None = None) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file in UTF-8, in NFC, without a byte order mark.

    `name` is what places call the file; its path where left out. The text is None when there is a problem:
    missing, a folder, not a file, not permitted, too large, empty, binary, or another encoding.
    """
    content, problems = read_bytes(path, name=name)
    if content is None:
        return None, problems
    return decode(content, name or path.as_posix())


def read_bytes(
    path: Path, *, name: str | None = None, most: int = MOST_BYTES
) -> tuple[bytes | None, tuple[Problem, ...]]:
    """The bytes of a regular file that has no more than `most` of them, and some."""
    place = Place(name or path.as_posix())
    try:
        code = _refuse_kind(path)
        content = b"" if code else _read_bounded(path, most)
    except FileNotFoundError:
        code = "missing"
    except PermissionError:
        code = "forbidden"
    except (OSError, ValueError):
        code = "unreadable"
    else:
        code = code or _refuse_content(content, most)
    if code:
        values = {"path": path.as_posix(), "limit": most // (1024 * 1024)}
        return None, (Problem(f"intake.source.{code}", place, values),)
    return content, ()


def decode(
    content: bytes, name: str, *, takes_code_page: bool = False
) -> tuple[str | None, tuple[Problem, ...]]:
    """Bytes as text in UTF-8, in NFC, without a byte order mark.

    With `takes_code_page` a text in Windows-1258 is read as well, which a warning says.
    """
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return None, (Problem(f"intake.source.{kind}", Place(name)),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        in_code_page = decode_windows_1258(content) if takes_code_page else None
        if in_code_page is not None and not _NO_TEXT.search(in_code_page):
            return in_code_page, (Problem("intake.source.code_page", Place(name), weight="warning"),)
        before = content[: error.start]
        place = Place(name, before.count(b"\n") + 1)
        return None, (Problem("intake.source.encoding", place, {"byte": f"0x{content[error.start]:02X}"}),)
    if _NO_TEXT.search(text):
        return None, (Problem("intake.source.binary", Place(name)),)
    return unicodedata.normalize("NFC", text), ()


def _refuse_kind(path: Path) -> str:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return "folder"
    return "" if stat.S_ISREG(mode) else "not_a_file"


def _read_bounded(path: Path, most: int) -> bytes:
    with path.open("rb") as stream:
        return stream.read(most + 1)


def _refuse_content(content: bytes, most: int) -> str:
    if len(content) > most:
        return "huge"
    return "" if content.removeprefix(b"\xef\xbb\xbf").strip() else "empty"
