"""How are the files of a ledger opened on an engine, and what is said of one that cannot be read?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliance.engine.columnar_failures import library_errors
from compliance.engine.dossier_ledger import read_columns, read_headings, read_schema
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from compliance.engine.columnar_engines import Engine

Problems = tuple[Problem, ...]
_SHOWN = 200
"""Characters of a library's own words that a problem quotes."""


def open_ledger(
    scan: Callable[[], Any],
    match: Callable[[Sequence[str]], tuple[Mapping[str, str] | None, Problems]],
    file: str,
) -> tuple[Any | None, Problems]:
    """The canonical columns of one file; `match` says which heading means which column."""
    try:
        native = scan()
        headings, problems = match(read_headings(native))
        if headings is None:
            return None, problems
        return read_columns(native, headings, file)
    except (OSError, UnicodeDecodeError) as refusal:
        return None, (unreadable(file, refusal),)
    except library_errors() as refusal:
        return None, (unreadable(file, refusal),)


def group_alike(engine: Engine, files: Sequence[Path]) -> tuple[tuple[Path, ...], ...]:
    """The files, those of parquet with the same columns together: one scan takes less memory than many."""
    groups: dict[object, list[Path]] = {}
    for path in files:
        key = _columns_of(engine, path) if path.suffix.lower() == ".parquet" else None
        groups.setdefault(key or path, []).append(path)
    return tuple(map(tuple, groups.values()))


def _columns_of(engine: Engine, path: Path) -> tuple[tuple[str, str], ...] | None:
    """Names and types; None where the file cannot be read, which is told when it is opened."""
    try:
        return read_schema(engine.scan(path))
    except OSError:
        return None
    except library_errors():
        return None


def unreadable(file: str, refusal: Exception) -> Problem:
    """What a library says when it cannot read a file, or has no memory left for it."""
    if type(refusal).__name__ == "OutOfMemoryException":
        return Problem("reconcile.memory", Place(file))
    (first, *_) = str(refusal).splitlines() or [""]
    return Problem("reconcile.unreadable", Place(file), {"reason": first[:_SHOWN] or type(refusal).__name__})
