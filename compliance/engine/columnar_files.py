"""Can a file be a table of submissions at all, before an engine opens it?"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = (".parquet", ".csv")
_CHUNK = 1 << 20
"""Bytes that are looked at in one go."""


def refuse_file(path: Path) -> Problem | None:
    """Why no engine can read the file as a table; None where one can try."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        values = {"suffix": path.suffix or path.name, "known": ", ".join(SUFFIXES)}
        return Problem("bulk.unknown_suffix", Place(str(path)), values)
    return _refuse_text(path) if suffix == ".csv" else None


def _refuse_text(path: Path) -> Problem | None:
    """That a text is not UTF-8, wherever in it that shows, or that nothing is written in it."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    is_blank = True
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                written = decoder.decode(chunk)
                is_blank = is_blank and not written.strip()
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return Problem("bulk.not_utf8", Place(str(path)))
    return Problem("bulk.empty", Place(str(path))) if is_blank else None
