"""The same rules in pandera, pointblank and zen-engine: do the verdicts agree, how long, how much memory?

    python benchmarks/other_tools.py [--sizes 10000,200000,2000000] [--repeats 3] [--tools pandera,zen-engine]

Invented submissions of communes in one half-year; the rules of the Long Phú pack that each tool can express
(`row_rules.py`). Each side runs in a process of its own on a table in memory. Every verdict of a row (pass,
fail, missing) is compared with ours before a tool is timed; a tool that gets a part is said by proportion.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from functools import partial
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.bulk import by_columns, median_of, only
from benchmarks.row_rules import RowRule, given, holds, make_rows, make_units, row_rules
from compliance.engine.columnar_plan import Plan, plan_pack
from compliance.pipeline import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from compliance.engine.expressions import CompiledPack
    from compliance.model.submission import Unit

PASS, FAIL, MISSING = 0, 1, 2
OURS, BY_HAND = "columns", "Polars by hand"
MODULES = {"pandera": "pandera", "pointblank": "pointblank", "zen-engine": "zen"}
PARTS = {"pandera": 50_000, "zen-engine": 50_000}
"""Rows at most for tools that would take minutes or more memory than there is; the rest is by proportion."""
VERDICTS = {"pass": PASS, "fail": FAIL, "no_data": MISSING}
_BATCH = 10_000
"""Rows that zen-engine is handed at once."""


def verdict_of(rule: RowRule, there: pl.Expr, good: pl.Expr) -> pl.Expr:
    """One column of verdicts."""
    code = pl.when(~there).then(MISSING).when(good).then(PASS).otherwise(FAIL)
    return code.cast(pl.Int8).alias(rule.id)


def run_by_hand(rules: Sequence[RowRule], table: pl.DataFrame) -> pl.DataFrame:
    """As an analyst would: one expression a rule."""
    return table.select("unit", *(verdict_of(rule, given(rule), holds(rule)) for rule in rules))


def run_ours(plan: Plan, units: Sequence[Unit], table: pl.DataFrame) -> Any:
    """The columnar engine of `compliance bulk`, on Polars."""
    return by_columns(plan, table, units, "polars", Path())


def read_ours(plan: Plan, result: Any) -> pl.DataFrame:
    """Outcomes as verdicts."""
    codes = {
        place: VERDICTS[code.outcome] for place, code in enumerate(plan.codes) if code.outcome in VERDICTS
    }
    verdicts = (
        pl.col(rule.rule).replace_strict(codes, return_dtype=pl.Int8, default=-1) for rule in plan.rules
    )
    rows: pl.DataFrame = result.select("unit", *verdicts).collect()
    return rows


def pandera_schema(rules: Sequence[RowRule]) -> Any:
    """Two checks a rule: one check cannot say that a figure is missing, a null is a failure or a pass."""
    pandera = import_module("pandera.polars")

    def check(name: str, expression: pl.Expr) -> Any:
        return pandera.Check(lambda rows: rows.lazyframe.select(expression.alias("good")), name=name)

    checks = [
        item
        for rule in rules
        for item in (check(f"{rule.id} given", given(rule)), check(rule.id, holds(rule)))
    ]
    return pandera.DataFrameSchema(checks=checks)


def run_pandera(schema: Any, table: pl.DataFrame) -> pl.DataFrame:
    """The failing rows of every check."""
    failed = import_module("pandera.errors").SchemaErrors
    try:
        schema.validate(table, lazy=True)
    except failed as errors:
        cases: pl.DataFrame = errors.failure_cases
        return cases
    return pl.DataFrame(schema={"check": pl.String, "index": pl.Int32})


def read_pandera(rules: Sequence[RowRule], table: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    """Failing rows as verdicts."""
    places = pl.Series(range(table.height), dtype=pl.Int32)
    failing = {str(name): places.is_in(rows["index"].implode()) for (name,), rows in cases.group_by("check")}
    none = pl.repeat(value=False, n=table.height, eager=True)
    return table.select(
        "unit",
        *(
            verdict_of(
                rule,
                ~pl.lit(failing.get(f"{rule.id} given", none)),
                ~pl.lit(failing.get(rule.id, none)),
            )
            for rule in rules
        ),
    )


def run_pointblank(rules: Sequence[RowRule], table: pl.DataFrame) -> Any:
    """Two steps a rule, as for pandera: a null is a failure."""
    steps = import_module("pointblank").Validate(table)
    for rule in rules:
        steps = steps.col_vals_expr(expr=given(rule)).col_vals_expr(expr=holds(rule))
    return steps.interrogate(collect_extracts=False)


def read_pointblank(rules: Sequence[RowRule], table: pl.DataFrame, steps: Any) -> pl.DataFrame:
    """The tables checked as verdicts."""
    good = [step.tbl_checked["pb_is_good_"] for step in steps.validation_info]
    pairs = zip(rules, good[::2], good[1::2], strict=True)
    return table.select(
        "unit", *(verdict_of(rule, pl.lit(there), pl.lit(holding)) for rule, there, holding in pairs)
    )


def open_zen(rules: Sequence[RowRule]) -> Any:
    """One decision of one node of expressions, which tell all three verdicts."""
    place = {"x": 0, "y": 0}
    expressions = [{"id": rule.id, "key": f"r{at}", "value": _zen(rule)} for at, rule in enumerate(rules)]
    content = {"expressions": expressions, "passThrough": False, "executionMode": "single"}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": place},
        {"id": "rules", "type": "expressionNode", "name": "rules", "position": place, "content": content},
        {"id": "out", "type": "outputNode", "name": "out", "position": place},
    ]
    edges = [
        {"id": "first", "type": "edge", "sourceId": "in", "targetId": "rules"},
        {"id": "second", "type": "edge", "sourceId": "rules", "targetId": "out"},
    ]
    loader = {"type": "static", "content": {"rules": {"nodes": nodes, "edges": edges}}}
    return import_module("zen").ZenEngine({"loader": loader})


def _zen(rule: RowRule) -> str:
    gone = [f"{_word(name)} == null" for name in rule.needed]
    if rule.nonzero is not None:
        gone.append(f"{_word(rule.nonzero)} == 0")

    def side(terms: Mapping[str, int], constant: int) -> str:
        figures = (
            (f"({_word(name)} ?? 0)" if name in rule.zero_if_missing else _word(name), factor)
            for name, factor in terms.items()
        )
        return " + ".join([str(constant), *(f"{figure} * {factor}" for figure, factor in figures)])

    comparison = f"{side(rule.left, 0)} {rule.relation} {side(rule.right, rule.constant)}"
    return f"{' or '.join(gone)} ? {MISSING} : ({comparison} ? {PASS} : {FAIL})"


def _word(name: str) -> str:
    """A dot would ask for a field of a field."""
    return name.replace(".", "__")


def run_zen(engine: Any, rules: Sequence[RowRule], table: pl.DataFrame) -> list[list[int]]:
    """Row after row, in batches, which is several times as fast as call after call."""
    keys = [f"r{at}" for at in range(len(rules))]
    renamed = table.rename({name: _word(name) for name in table.columns})
    verdicts = []
    for rows in renamed.iter_slices(_BATCH):
        asked = [{"key": "rules", "context": row} for row in rows.iter_rows(named=True)]
        for answer in engine.evaluate_batch(asked):
            found = answer["data"]["result"]
            verdicts.append([found[key] for key in keys])
    return verdicts


def read_zen(rules: Sequence[RowRule], table: pl.DataFrame, verdicts: list[list[int]]) -> pl.DataFrame:
    """Rows of numbers as verdicts."""
    schema = {rule.id: pl.Int8 for rule in rules}
    return table.select("unit").hstack(pl.DataFrame(verdicts, schema=schema, orient="row"))


Sides = tuple["Callable[[], Any]", "Callable[[Any], pl.DataFrame]"]


def open_side(side: str, compiled: CompiledPack, rules: Sequence[RowRule], table: pl.DataFrame) -> Sides:
    """How a side works, and how its result reads as verdicts; what can be prepared once is."""
    if side == OURS:
        plan = plan_pack(only(compiled, [rule.id for rule in rules]))
        return partial(run_ours, plan, make_units(table.height), table), partial(read_ours, plan)
    if side == "pandera":
        return partial(run_pandera, pandera_schema(rules), table), partial(read_pandera, rules, table)
    if side == "pointblank":
        return partial(run_pointblank, rules, table), partial(read_pointblank, rules, table)
    if side == "zen-engine":
        return partial(run_zen, open_zen(rules), rules, table), partial(read_zen, rules, table)
    return partial(run_by_hand, rules, table), lambda verdicts: verdicts


def run_side(side: str, path: Path, rows: int, repeats: int, verdicts: Path | None) -> None:
    """One side in this process: write its verdicts, or print seconds and peak memory."""
    compiled = _load()
    table = pl.read_parquet(path, n_rows=rows)
    work, read = open_side(side, compiled, row_rules(compiled.pack), table)
    if verdicts is not None:
        read(work()).write_parquet(verdicts)
        return
    seconds = median_of(repeats, work)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(json.dumps({"seconds": seconds, "peak": peak}))


def _load() -> CompiledPack:
    compiled, problems = load_pack("long-phu-2020")
    if compiled is None:
        sys.exit("\n".join(map(str, problems)))
    return compiled


def _child(side: str, path: Path, rows: int, repeats: int, *more: str) -> str:
    command = [sys.executable, __file__, "--side", side, "--table", str(path)]
    command += ["--rows", str(rows), "--repeats", str(repeats), *more]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def measure(size: int, repeats: int, tools: Sequence[str], folder: Path) -> None:
    """One size: verdicts compared, then every side timed, and the ratio to ours."""
    pack = _load().pack
    rules = row_rules(pack)
    path = folder / "table.parquet"
    make_rows(pack, rules, size).write_parquet(path)
    print(f"{size} submissions, {len(rules)} rules")
    ours = _verdicts(OURS, path, size)
    ours_seconds = 0.0
    for side in (OURS, BY_HAND, *tools):
        rows = min(size, PARTS.get(side, size))
        if side != OURS:
            _compare(side, _verdicts(side, path, rows), ours.filter(pl.col("unit").is_in(_units(path, rows))))
        found = json.loads(_child(side, path, rows, repeats))
        seconds = found["seconds"] * size / rows
        ours_seconds = ours_seconds or seconds
        part = "" if rows == size else f"   by proportion of {rows}"
        ratio = f"{seconds / ours_seconds:9.2f} times"
        print(f"  {side:<16}{seconds:10.3f} s {ratio} {found['peak']:7.2f} GiB{part}")
    counts = [ours.select((pl.col(ours.columns[1:]) == code).sum()).row(0) for code in (PASS, FAIL, MISSING)]
    least = [min(of_rules) for of_rules in counts]
    print(
        f"  every verdict agrees; of each rule at least {least[0]} pass, {least[1]} fail, {least[2]} missing"
    )


def _units(path: Path, rows: int) -> Any:
    return pl.read_parquet(path, columns=["unit"], n_rows=rows)["unit"].implode()


def _verdicts(side: str, path: Path, rows: int) -> pl.DataFrame:
    written = path.with_name(f"verdicts {side}.parquet")
    _child(side, path, rows, 1, "--verdicts", str(written))
    return pl.read_parquet(written).sort("unit")


def _compare(side: str, theirs: pl.DataFrame, ours: pl.DataFrame) -> None:
    """Stop with the first rule whose verdicts differ."""
    if not theirs["unit"].equals(ours["unit"]):
        sys.exit(f"{side}: other rows")
    for name in theirs.columns[1:]:
        differing = (theirs[name] != ours[name]).sum()
        if differing:
            sys.exit(f"{side}: {name} differs on {differing} of {ours.height} rows")


def _installed(tools: Sequence[str]) -> Iterator[str]:
    """The tools that are there; for the others, what to install."""
    for tool in tools:
        if find_spec(MODULES[tool]) is None:
            print(f"{tool} is not installed and is left out: pip install 'tuan-thu[bulk,bench]'")
        else:
            print(f"{tool} {version(tool)}")
            yield tool


def main() -> None:
    """Measure each size in turn; as a child, one side."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--sizes", default="10000,200000,2000000")
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--tools", default=",".join(MODULES))
    for child_only in ("--side", "--table", "--rows", "--verdicts"):
        options.add_argument(child_only, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.side:
        verdicts = Path(chosen.verdicts) if chosen.verdicts else None
        run_side(chosen.side, Path(chosen.table), int(chosen.rows), chosen.repeats, verdicts)
        return
    tools = list(_installed(chosen.tools.split(",")))
    with TemporaryDirectory() as folder:
        for size in map(int, chosen.sizes.split(",")):
            measure(size, chosen.repeats, tools, Path(folder))


if __name__ == "__main__":
    main()
