"""How do tables of many submissions become a folder of outcomes, column by column?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.choices import choose_pack
from compliance.engine.columnar_failures import EngineFailedError, NoJavaError, failing_plainly
from compliance.pipeline import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from compliance.model.bulk import BulkResult
    from compliance.problems import Problem

__all__ = ["EngineFailedError", "NoJavaError", "run_bulk"]


def run_bulk(
    tables: tuple[Path, ...],
    pack: str | None,
    engine: str,
    folder: Path,
    *,
    master: str | None = None,
    progress: Callable[[str, int, int], None],
) -> tuple[BulkResult | None, tuple[Problem, ...]]:
    """From tables of many submissions to a folder of outcomes; nothing is written where they cannot be used.

    `master` is the cluster of the engine `spark`, see `open_engine`.

    Raises:
        MissingEngineError: a package that the engine needs is not installed; its text is the package.
        NoJavaError: the engine needs Java.
        EngineFailedError: the engine does not start or gave up.
        OSError: the folder cannot be written; what stood there stays.
    """
    from compliance.engine.columnar_engines import open_engine  # noqa: PLC0415 - the extra `bulk`

    name, problems = choose_pack(pack)
    compiled, problems = load_pack(name) if name is not None else (None, problems)
    if compiled is None:
        return None, problems
    opened = open_engine(engine, master)
    from compliance.engine.columnar_batches import CLUSTER_ROWS, ROWS  # noqa: PLC0415 - the extra `bulk`
    from compliance.engine.columnar_run import run_tables  # noqa: PLC0415 - imports the extra `bulk`

    rows = CLUSTER_ROWS if engine == "spark" else ROWS
    try:
        with failing_plainly():
            return run_tables(compiled, tables, opened, folder, batch_rows=rows, progress=progress)
    finally:
        opened.close()
