"""How does a ledger of dossiers become a comparison with what the units reported? The flow on one page."""

from __future__ import annotations

import gc
import hashlib
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from compliance import __version__
from compliance.choices import choose_pack, choose_period, expected_units
from compliance.engine.columnar_engines import open_engine
from compliance.engine.dossier_bounds import Bounds, bound, is_memory
from compliance.engine.dossier_counting import Words
from compliance.engine.reconcile import AREA
from compliance.engine.runs import open_runs
from compliance.engine.staleness import find_ended
from compliance.intake.ledger_sheets import read_ledger_sheet
from compliance.intake.ledger_words import find_meaning, find_unit_id, known_headings, match_headings
from compliance.intake.submissions import read_submissions
from compliance.model.check import PackStamp
from compliance.model.ledger_definitions import CHOICES
from compliance.model.reconciliation import LedgerStamp, Reconciliation
from compliance.pipeline import load_pack
from compliance.problems import Place, Problem, is_usable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from compliance.engine.columnar_engines import Engine
    from compliance.engine.expressions import CompiledPack
    from compliance.engine.reconcile_run import Counted
    from compliance.model.check import InputStamp
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission

__all__ = ["Bounds", "is_memory", "reconcile"]

_BOUNDS = Bounds()
_WORKBOOKS = (".xlsx", ".xlsm")
LEDGER_SUFFIXES = (".parquet", ".csv", *_WORKBOOKS)
Problems = tuple[Problem, ...]


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Without looking for cycles among objects that have none: for many reports that takes half the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_without_collecting()
def reconcile(  # noqa: PLR0913 - each is an option of the command
    ledgers: Sequence[Path],
    submissions: Sequence[Path],
    pack: str | None = None,
    *,
    period: str | None = None,
    covers: Sequence[str] = (),
    engine: str = "duckdb",
    as_of: date,
    bounds: Bounds = _BOUNDS,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Reconciliation | None, Problems]:
    """Count the ledgers by the pack's definitions and hold them against the submissions.

    `covers` names units whose dossiers are all in the ledgers: `all`, a level, or units; one of them without
    records has no dossiers. Of any other without records nothing is known.

    Raises:
        MissingEngineError: a package that the engine needs is not installed; its text is the package.
        NoJavaError: the engine needs Java.
        EngineFailedError: the engine does not start.
        ValueError: the memory of `bounds` is no amount of memory.
    """
    opened = open_engine(engine)
    bound(opened, bounds)
    progress("reading")
    compiled, reports, inputs, problems = _read_reports(submissions, pack, period)
    if compiled is None:
        return None, problems
    files, faults = _find_ledgers(ledgers)
    problems += faults
    covered, faults = _find_covered(compiled.pack, covers)
    problems += faults
    frames, faults = _open_ledgers(
        opened, [file for file in files if file.is_file()], compiled.pack, bounds.large_files
    )
    problems += faults
    if not is_usable(problems):
        return None, problems
    try:
        counted, faults = _count(
            opened, frames, compiled, reports, as_of, bounds.listed, progress, covers=covered
        )
    finally:
        opened.close()
    problems += faults
    if counted is None:
        return None, problems
    if not any(column.verdict != "no_data" for unit in counted.units for column in unit.columns) and not (
        counted.faults
    ):
        return None, (*problems, _say_nothing_compared(counted))
    progress("stamping")
    result = _build(counted, compiled.pack, reports, engine=engine, as_of=as_of, listed=bounds.listed)
    stamps = tuple(_stamp(path) for path in files)
    return result.model_copy(update={"ledgers": stamps, "inputs": inputs}), problems


def _say_nothing_compared(counted: Counted) -> Problem:
    """That reports and ledger speak of other units, or that the ledger lacks some of those below a report."""
    for unit in counted.units:
        reason = next((column.reason for column in unit.columns if column.reported is not None), "")
        if unit.records and reason:
            return Problem("reconcile.partial_ledger", values={"unit": unit.label, "reason": reason})
    return Problem("reconcile.nothing_common")


def _find_covered(pack: RulePack, covers: Sequence[str]) -> tuple[tuple[str, ...], Problems]:
    """The ids of the units that a ledger is said to cover; all that name none are said."""
    found = [expected_units(pack, written.strip(), option="--covers") for written in covers]
    return (
        tuple(unit for units, _ in found for unit in units),
        tuple(problem for _, problems in found for problem in problems),
    )


def _read_reports(
    paths: Sequence[Path], name: str | None, period: str | None
) -> tuple[CompiledPack | None, tuple[Submission, ...], tuple[InputStamp, ...], Problems]:
    """The pack and the submissions of one period; no pack where there is none to read a ledger by."""
    chosen, problems = choose_pack(name)
    compiled, problems = load_pack(chosen) if chosen is not None else (None, problems)
    if compiled is None:
        return None, (), (), problems
    undefined = sorted(CHOICES.keys() - {item.id for item in compiled.pack.ledger_definitions})
    if undefined:
        values = {"pack": compiled.pack.header.id, "ids": ", ".join(undefined)}
        problems += (Problem("reconcile.undefined", values=values),)
    read, inputs, faults = read_submissions(paths, compiled.pack)
    reports, unknown = choose_period(read, period)
    problems += faults + unknown
    if is_usable(problems) and not reports:
        problems += (Problem("reconcile.no_submission"),)
    return (None if undefined else compiled), reports, inputs, problems


def _find_ledgers(paths: Sequence[Path]) -> tuple[tuple[Path, ...], Problems]:
    """The files named, and those in the folders named, in sorted order."""
    files: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found = [item for item in inside if item.suffix.lower() in LEDGER_SUFFIXES]
        if path.is_dir() or found:
            files += found
        if not found:
            values = {"suffix": path.suffix or path.name, "known": ", ".join(LEDGER_SUFFIXES)}
            problems.append(Problem("reconcile.unknown_suffix", Place(path.name), values))
    missing = [path for path in files if not path.is_file()]
    problems += [
        Problem("reconcile.no_ledger", Place(path.name), {"path": path.as_posix()}) for path in missing
    ]
    return tuple(dict.fromkeys(files)), tuple(problems)


def _open_ledgers(
    engine: Engine, files: Sequence[Path], pack: RulePack, large_files: int
) -> tuple[list[Any], Problems]:
    """The canonical columns of every file; all problems at once."""
    from compliance.engine.dossier_files import group_alike, open_ledger  # noqa: PLC0415 - the extra `bulk`

    frames: list[Any] = []
    problems: Problems = ()
    for path, *alike in group_alike(engine, files):
        scan: Callable[[], Any] = partial(engine.scan, path, *alike)
        if path.suffix.lower() in _WORKBOOKS:
            table, faults = read_ledger_sheet(path, known_headings(pack), large_files=large_files)
            problems += faults
            if table is None:
                continue
            scan = partial(engine.make, table, dict.fromkeys(table, "text"))
        frame, faults = open_ledger(scan, partial(match_headings, pack=pack, file=path.name), path.name)
        problems += faults
        frames += [] if frame is None else [frame]
    return frames, problems


def _count(
    engine: Engine,
    frames: Sequence[Any],
    compiled: CompiledPack,
    reports: Sequence[Submission],
    as_of: date,
    listed: int,
    progress: Callable[[str], None],
    *,
    covers: Sequence[str],
) -> tuple[Counted | None, Problems]:
    from compliance.engine.reconcile_run import count_ledger  # noqa: PLC0415 - the extra `bulk`

    pack = compiled.pack
    words = Words(find_unit_id(pack), find_meaning("channel", pack), find_meaning("result", pack))
    (run,) = open_runs(_of_dossiers(compiled), reports, as_of=as_of)
    return count_ledger(engine, frames, run, words, listed=listed, progress=progress, covers=covers)


def _of_dossiers(compiled: CompiledPack) -> CompiledPack:
    """The pack with the figures of dossiers only, so that no other is read or added up."""
    pack = compiled.pack
    known = {item.id for item in pack.indicators if item.area == AREA}
    kept = {
        "indicators": tuple(item for item in pack.indicators if item.id in known),
        "rates": tuple(item for item in pack.rates if {item.numerator, item.denominator} <= known),
    }
    fields = {name: getattr(pack, name) for name in type(pack).model_fields}
    return replace(compiled, pack=type(pack)(**fields | kept))


def _build(
    counted: Counted,
    pack: RulePack,
    reports: Sequence[Submission],
    *,
    engine: str,
    as_of: date,
    listed: int,
) -> Reconciliation:
    differs = counted.faults or any(unit.verdict == "differ" for unit in counted.units)
    return Reconciliation(
        verdict="differ" if differs else "agree",
        period=str(reports[0].period),
        records=counted.records,
        before_period=counted.before_period,
        units=counted.units,
        unrecorded=counted.unrecorded,
        late_resolved=counted.late_resolved,
        late_pending=counted.late_pending,
        late=counted.late,
        faults=counted.faults,
        listed=listed,
        definitions=pack.ledger_definitions,
        engine=engine,
        version=__version__,
        packs=tuple(PackStamp(id=item.id, version=item.version, digest=item.digest) for item in pack.chain),
        ledgers=(),
        inputs=(),
        as_of=as_of,
        stale_because=find_ended(pack.header, as_of),
        pack=pack,
    )


def _stamp(path: Path) -> LedgerStamp:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return LedgerStamp(file=path.name, size=path.stat().st_size, digest=digest)
