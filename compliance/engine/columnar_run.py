"""How does a whole table run, from files to outcomes and a summary written as one folder?

What is written stands beside its place until it is whole, and is then moved into it.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw

from compliance.engine.columnar import Inputs, evaluate_columns
from compliance.engine.columnar_inputs import (
    PERIOD_KINDS,
    UNIT_KINDS,
    TooManyUnitsError,
    numbered_period,
    period_columns,
    register_columns,
)
from compliance.engine.columnar_plan import plan_pack
from compliance.engine.columnar_table import read_table
from compliance.engine.register import Register
from compliance.model.bulk import BulkResult
from compliance.model.submission import LEVELS, Unit
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from compliance.engine.columnar_engines import Engine
    from compliance.engine.columnar_plan import Plan
    from compliance.engine.expressions import CompiledPack
    from compliance.model.rulepack import RulePack

OUTCOMES, SUMMARY, MANIFEST = "outcomes.parquet", "summary.csv", "run.json"
_SHOWN = 5
Problems = tuple[Problem, ...]


def run_tables(
    compiled: CompiledPack,
    paths: Sequence[Path],
    engine: Engine,
    folder: Path,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[BulkResult | None, Problems]:
    """Evaluate the tables and write `OUTCOMES`, `SUMMARY` and `MANIFEST` into `folder`, all or nothing.

    Raises:
        OSError: the folder cannot be written; what stood there stays.
    """
    progress("reading")
    table, problems = _read_all(engine, paths, compiled.pack)
    if table is None:
        return None, problems
    register, problems = _read_register(engine, table, compiled.pack)
    if register is None:
        return None, problems
    progress("evaluating")
    plan = plan_pack(compiled)
    rows, problems = _evaluate(plan, engine, table, register)
    if rows is None:
        return None, problems
    progress("writing")
    return _write(plan, engine, rows, folder), ()


def _read_all(engine: Engine, paths: Sequence[Path], pack: RulePack) -> tuple[Any | None, Problems]:
    frames: list[Any] = []
    problems: list[Problem] = []
    for path in paths:
        frame, found = read_table(engine, engine.scan(path), str(path), pack)
        problems += found
        frames += [] if frame is None else [frame]
    if problems:
        return None, tuple(problems)
    table = nw.from_native(engine.settle(engine.with_window(engine.union(frames)))).lazy()
    if "revision" in table.collect_schema().names():
        latest = table.group_by("unit", "period").agg(nw.col("revision").max())
        table = table.join(latest, on=["unit", "period", "revision"], how="semi")
    repeated = table.group_by("unit", "period").agg(nw.len().alias("rows")).filter(nw.col("rows") > 1)
    rows = engine.fetch(repeated.head(_SHOWN).to_native())
    if rows:
        return None, (Problem("bulk.repeated", values={"shown": _name_rows(rows)}),)
    return table.to_native(), ()


def _name_rows(rows: Iterable[Mapping[str, Any]]) -> str:
    return "; ".join(f"{row['unit']} {numbered_period(row['period'])}" for row in rows)


def _read_register(engine: Engine, table: Any, pack: RulePack) -> tuple[Register | None, Problems]:
    """The units of the pack, and those that the table itself places by `level` and `parent`."""
    frame = nw.from_native(table).lazy()
    given = [name for name in ("unit", "level", "parent") if name in frame.collect_schema().names()]
    units = {unit.id: unit for unit in pack.units}
    unplaced: list[str] = []
    for row in engine.fetch(frame.select(*given).unique().sort("unit").to_native()):
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


def _evaluate(plan: Plan, engine: Engine, table: Any, register: Register) -> tuple[Any | None, Problems]:
    try:
        units = register_columns(register)
    except TooManyUnitsError as crowded:
        return None, (Problem("bulk.too_many_units", values={"unit": crowded}),)
    numbers = engine.fetch(nw.from_native(table).lazy().select("period").unique().to_native())
    periods = period_columns(numbered_period(row["period"]) for row in numbers)
    inputs = Inputs(
        table=table,
        units=engine.make(units, UNIT_KINDS),
        periods=engine.make(periods, PERIOD_KINDS),
        height=max(units["height"], default=0),
        settle=engine.settle,
    )
    rows = nw.from_native(engine.settle(evaluate_columns(plan, inputs))).lazy()
    beyond = rows.filter(nw.col("is_beyond_range")).select("unit", "period")
    found = engine.fetch(beyond.head(_SHOWN).to_native())
    if found:
        return None, (Problem("bulk.beyond_range", values={"shown": _name_rows(found)}),)
    return rows.to_native(), ()


def _write(plan: Plan, engine: Engine, native: Any, folder: Path) -> BulkResult:
    rows = nw.from_native(native).lazy()
    long = _lengthen(plan, engine, rows)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        engine.write(
            long.select("unit", "period", "rule", "outcome", "reason_code").to_native(), beside / OUTCOMES
        )
        by = ["rule", "level", "province", "period", "outcome", "reason_code"]
        engine.write(
            long.group_by(*by).agg(nw.len().alias("submissions")).sort(*by).to_native(), beside / SUMMARY
        )
        result = _count(plan, engine, rows, long)
        (beside / MANIFEST).write_text(_manifest(plan, result), encoding="utf-8")
        beside.chmod(0o755)
        _move(beside, folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return result


def _lengthen(plan: Plan, engine: Engine, rows: Any) -> Any:
    """A row for each submission and rule, with the outcome in words."""
    codes = engine.make(
        {
            "code": list(range(len(plan.codes))),
            "outcome": [code.outcome for code in plan.codes],
            "reason_code": [code.reason for code in plan.codes],
        },
        {"code": "int", "outcome": "text", "reason_code": "text"},
    )
    levels = engine.make(
        {"level_code": list(range(len(LEVELS))), "level": list(LEVELS)},
        {"level_code": "int", "level": "text"},
    )
    numbers = engine.fetch(rows.select("period").unique().to_native())
    names = engine.make(
        {
            "number": [row["period"] for row in numbers],
            "period": [str(numbered_period(row["period"])) for row in numbers],
        },
        {"number": "int", "period": "text"},
    )
    rules = [rule.rule for rule in plan.rules]
    return (
        rows.rename({"period": "number", "level": "level_code"})
        .unpivot(
            on=rules,
            index=["unit", "number", "level_code", "province"],
            variable_name="rule",
            value_name="code",
        )
        .with_columns(nw.col("code").cast(nw.Int64()))
        .join(nw.from_native(codes).lazy(), on="code", how="left")
        .join(nw.from_native(levels).lazy(), on="level_code", how="left")
        .join(nw.from_native(names).lazy(), on="number", how="left")
    )


def _count(plan: Plan, engine: Engine, rows: Any, long: Any) -> BulkResult:
    counted = engine.fetch(long.group_by("rule", "outcome").agg(nw.len().alias("cells")).to_native())
    counts: dict[str, dict[str, int]] = {rule.rule: {} for rule in plan.rules}
    totals: Counter[str] = Counter()
    for row in counted:
        counts[row["rule"]][row["outcome"]] = row["cells"]
        totals[row["outcome"]] += row["cells"]
    derived = {
        row["is_derived"]: row["rows"]
        for row in engine.fetch(rows.group_by("is_derived").agg(nw.len().alias("rows")).to_native())
    }
    return BulkResult(
        submissions=derived.get(False, 0),
        derived=derived.get(True, 0),
        counts=counts,
        totals=totals,
        left_out=plan.left_out,
    )


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


def _move(beside: Path, folder: Path) -> None:
    """Into its place; an earlier run that stands there gives way, anything else does not."""
    if folder.exists():
        if not (folder / MANIFEST).is_file():
            raise FileExistsError(17, "exists", str(folder))
        old = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        folder.replace(old / "old")
        beside.replace(folder)
        shutil.rmtree(old)
        return
    beside.replace(folder)
