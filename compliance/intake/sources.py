"""Can this file be read as text at all, and if not, what is the matter with it?"""

from __future__ import annotations

import re
import stat
import unicodedata
from typing import TYPE_CHECKING

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


def read_bytes(path: Path, *, name: str | None = None) -> tuple[bytes | None, tuple[Problem, ...]]:
    """The bytes of a regular file that is not too large and not empty."""
    place = Place(name or path.as_posix())
    try:
        code = _refuse_kind(path)
        content = b"" if code else _read_bounded(path)
    except FileNotFoundError:
        code = "missing"
    except PermissionError:
        code = "forbidden"
    except (OSError, ValueError):
        code = "unreadable"
    else:
        code = code or _refuse_content(content)
    if code:
        values = {"path": path.as_posix(), "limit": MOST_BYTES // (1024 * 1024)}
        return None, (Problem(f"intake.source.{code}", place, values),)
    return content, ()


def decode(content: bytes, name: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Bytes as text in UTF-8, in NFC, without a byte order mark."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return None, (Problem(f"intake.source.{kind}", Place(name)),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
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


def _read_bounded(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)


def _refuse_content(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        return "huge"
    return "" if content.removeprefix(b"\xef\xbb\xbf").strip() else "empty"
