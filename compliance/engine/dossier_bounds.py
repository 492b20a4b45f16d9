"""How much memory and how many threads may counting take, and where does the rest go?"""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from compliance.engine.columnar_engines import Engine

_MEMORY = re.compile(r"[1-9][0-9]{0,5} ?[KMGT]i?B", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a run may take, and how much of it is listed."""

    memory: str = "2GB"
    """Of DuckDB alone; the program itself takes about a fifth of a gigabyte."""
    threads: int | None = None
    """Of DuckDB; every core where left out."""
    large_files: int = 1
    """By what factor workbooks may be larger than is usual."""
    listed: int = 10_000
    """How many late dossiers of either kind, and records of a kind that cannot be, are listed at most."""


def is_memory(written: str) -> bool:
    """Whether a text says an amount of memory: `2GB`, `800 MB`."""
    return _MEMORY.fullmatch(written.strip()) is not None


def bound(engine: Engine, bounds: Bounds) -> None:
    """Keep DuckDB within its memory; what is beyond it goes to a folder that is gone when the program ends.

    The other engines have no such bound of ours.

    Raises:
        ValueError: the memory is no amount of memory.
    """
    if not is_memory(bounds.memory):
        raise ValueError(bounds.memory)
    connection: Any = getattr(engine, "connection", None)
    if connection is None or not hasattr(connection, "read_parquet"):
        return
    connection.execute(f"SET memory_limit = '{bounds.memory.strip()}'")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(f"SET threads = {int(bounds.threads)}" if bounds.threads else "RESET threads")
    folder = _spill_folder()
    if connection.execute("SELECT current_setting('temp_directory')").fetchall() != [(folder,)]:
        connection.execute(f"SET temp_directory = '{folder}'")


@cache
def _spill_folder() -> str:
    """One for the whole process: the database cannot change it once it was used."""
    folder = tempfile.mkdtemp(prefix="tuan-thu-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
