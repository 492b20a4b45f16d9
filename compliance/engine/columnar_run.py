"""How does a whole table run, from files to outcomes and a summary written as one folder?

What is written stands beside its place until it is whole, and is then moved into it. Larger tables are cut
into batches (`columnar_batches`), so that memory stays bounded.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw

from compliance.engine.columnar import Inputs, evaluate_columns
from compliance.engine.columnar_batches import ROWS, cut_table, split_trees
from compliance.engine.columnar_files import refuse_file
from compliance.engine.columnar_inputs import (
    PERIOD_KINDS,
    UNIT_KINDS,
    TooManyUnitsError,
    name_provinces,
    numbered_period,
    period_columns,
    register_columns,
)
from compliance.engine.columnar_outcomes import (
    Groups,
    count_outcomes,
    total_outcomes,
    write_outcomes,
    write_summary,
)
from compliance.engine.columnar_plan import plan_pack
from compliance.engine.columnar_table import read_table
from compliance.engine.register import Register
from compliance.model.submission import LEVELS, Unit
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from compliance.engine.columnar_engines import Engine
    from compliance.engine.columnar_plan import Plan
    from compliance.engine.expressions import CompiledPack
    from compliance.model.bulk import BulkResult
    from compliance.model.rulepack import RulePack

    Progress = Callable[[str, int, int], None]

OUTCOMES, SUMMARY, MANIFEST = "outcomes.parquet", "summary.csv", "run.json"
"""In the folder of a run; `OUTCOMES` is itself a folder of parquet files, one for each batch."""
_SCRATCH = ".scratch"
_SHOWN = 5
Problems = tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """Submissions as read, with the units and periods that they are of."""

    frame: Any
    rows: Mapping[str, int]
    """Submissions by unit."""
    register: Register
    periods: tuple[int, ...]
    """The numbers of the periods that have a submission, the earliest first."""


def run_tables(
    compiled: CompiledPack,
    paths: Sequence[Path],
    engine: Engine,
    folder: Path,
    *,
    progress: Progress = lambda _stage, _done, _total: None,
    batch_rows: int = ROWS,
) -> tuple[BulkResult | None, Problems]:
    """Evaluate the tables and write `OUTCOMES`, `SUMMARY` and `MANIFEST` into `folder`, all or nothing.

    `progress` is told the stage, and how many submissions of how many are done. A batch has about
    `batch_rows` of them.

    Raises:
        OSError: the folder cannot be written; what stood there stays.
    """
    progress("reading", 0, 0)
    table, problems = _read_tables(engine, paths, compiled.pack)
    if table is None:
        return None, problems
    plan = plan_pack(compiled)
    with _beside(folder) as made:
        result, problems = _run(plan, engine, table, made, progress, batch_rows)
        if result is None:
            return None, problems
        (made / MANIFEST).write_text(_manifest(plan, result), encoding="utf-8")
        _move(made, folder)
    return result, ()


def _run(
    plan: Plan, engine: Engine, table: _Table, made: Path, progress: Progress, batch_rows: int
) -> tuple[BulkResult | None, Problems]:
    """The outcomes and the summary of all batches, into the folder `made`."""
    try:
        units = register_columns(table.register)
    except TooManyUnitsError as crowded:
        return None, (Problem("bulk.too_many_units", values={"unit": crowded}),)
    groups = Groups(table.periods, name_provinces(table.register))
    height, total = max(units["height"], default=0), sum(table.rows.values())
    (made / OUTCOMES).mkdir()
    batches = split_trees(table.register, table.rows, batch_rows)
    cut = cut_table(engine, table.frame, engine.make(units, UNIT_KINDS), batches, made / _SCRATCH / "cut")
    counts = made / _SCRATCH / "counts"
    counts.mkdir(parents=True)
    decided_rows: Counter[str] = Counter()
    done = 0
    for number, (rows, below) in enumerate(cut):
        progress("evaluating", done, total)
        periods = engine.make(period_columns(map(numbered_period, table.periods)), PERIOD_KINDS)
        inputs = Inputs(table=rows, units=below, periods=periods, height=height, settle=engine.settle)
        decided, problems = _decide(plan, engine, inputs)
        if problems:
            return None, problems
        file = f"part-{number:05}.parquet"
        write_outcomes(plan, engine, decided, groups, made / OUTCOMES / file)
        decided_rows += count_outcomes(plan, engine, decided, groups, counts / file)
        done = decided_rows["submissions"]
        engine.release()
    progress("writing", done, total)
    counted = engine.settle(engine.scan(counts))
    write_summary(plan, engine, counted, groups, made / SUMMARY)
    result = total_outcomes(plan, engine, counted, decided_rows)
    engine.release()
    shutil.rmtree(made / _SCRATCH)
    return result, ()


def _decide(plan: Plan, engine: Engine, inputs: Inputs) -> tuple[Any, Problems]:
    """The decided rows of one batch; what is wrong with it instead where something is."""
    table = nw.from_native(inputs.table).lazy()
    if "revision" in table.collect_schema().names():
        latest = table.group_by("unit", "period").agg(nw.col("revision").max())
        table = table.join(latest, on=["unit", "period", "revision"], how="semi")
    repeated = table.group_by("unit", "period").agg(nw.len().alias("rows")).filter(nw.col("rows") > 1)
    rows = engine.fetch(repeated.head(_SHOWN).to_native())
    if rows:
        return None, (Problem("bulk.repeated", values={"shown": _name_rows(rows)}),)
    decided = engine.settle(evaluate_columns(plan, replace(inputs, table=table.to_native())))
    beyond = nw.from_native(decided).lazy().filter(nw.col("is_beyond_range")).select("unit", "period")
    rows = engine.fetch(beyond.head(_SHOWN).to_native())
    if rows:
        return None, (Problem("bulk.beyond_range", values={"shown": _name_rows(rows)}),)
    return decided, ()


def _read_tables(engine: Engine, paths: Sequence[Path], pack: RulePack) -> tuple[_Table | None, Problems]:
    frames: list[Any] = []
    problems: Problems = tuple(filter(None, map(refuse_file, paths)))
    if problems:
        return None, problems
    for path in paths:
        frame, found = read_table(engine, engine.scan(path), str(path), pack)
        problems += found
        frames += [] if frame is None else [frame]
    if problems:
        return None, problems
    frame = engine.with_window(engine.union(frames))
    table = nw.from_native(frame).lazy()
    given = [name for name in ("unit", "level", "parent") if name in table.collect_schema().names()]
    placed = engine.fetch(table.group_by(*given).agg(nw.len().alias("rows")).sort("unit").to_native())
    if not placed:
        return None, (Problem("bulk.empty"),)
    register, problems = _read_register(placed, pack)
    if register is None:
        return None, problems
    rows: Counter[str] = Counter()
    for row in placed:
        rows[row["unit"]] += row["rows"]
    held = engine.fetch(table.select("period").unique().to_native())
    return _Table(frame, rows, register, tuple(sorted(row["period"] for row in held))), ()


def _name_rows(rows: Iterable[Mapping[str, Any]]) -> str:
    return "; ".join(f"{row['unit']} {numbered_period(row['period'])}" for row in rows)


def _read_register(placed: Sequence[Mapping[str, Any]], pack: RulePack) -> tuple[Register | None, Problems]:
    """The units of the pack, and those that the table itself places by `level` and `parent`."""
    units = {unit.id: unit for unit in pack.units}
    unplaced: list[str] = []
    for row in placed:
        if row["unit"] in units:
            continue
        if row.get("level") in LEVELS:
            units[row["unit"]] = Unit(
                id=row["unit"], label=row["unit"], level=row["level"], parent=row.get("parent")
            )
        else:
            unplaced.append(row["unit"])
    if unplaced:
        near = get_close_matches(unplaced[0], list(units), n=3, cutoff=0.4)
        words = {
            "shown": ", ".join(unplaced[:_SHOWN]),
            "count": len(unplaced),
            "near": ", ".join(near) or "–",
        }
        return None, (Problem("bulk.unknown_unit", values=words),)
    return Register(tuple(units.values())), ()


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A folder beside the place of the results; it is gone at the end unless it was moved there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        made.chmod(0o755)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _manifest(plan: Plan, result: BulkResult) -> str:
    chain = [
        {"id": header.id, "version": header.version, "digest": header.digest} for header in plan.pack.chain
    ]
    content = {
        "format": 1,
        "packs": chain,
        "submissions": result.submissions,
        "derived": result.derived,
        "outcomes": {rule: dict(sorted(counts.items())) for rule, counts in result.counts.items()},
        "left_to_the_interpreter": [
            {"rule": item.rule, "code": item.code, "reason": item.reason} for item in result.left_out
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _move(made: Path, folder: Path) -> None:
    """Into its place; an earlier run that stands there gives way, anything else does not."""
    if folder.exists():
        if not (folder / MANIFEST).is_file():
            raise FileExistsError(17, "exists", str(folder))
        old = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        folder.replace(old / "old")
        made.replace(folder)
        shutil.rmtree(old)
        return
    made.replace(folder)
