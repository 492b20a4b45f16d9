"""How fast is `compliance bulk`, and in how much memory, beside the interpreter and the same rules by hand?

    python benchmarks/bulk.py [--sizes 10000,200000,2000000] [--repeats 3] [--engines polars,duckdb]

From a parquet file of invented submissions to outcomes in words and a summary, each contender in a process of
its own. By hand are all rules that the columns plan, with reasons, register, derived parents, the periods
before, roll-ups, peers, stated rates and ranges. Every cell is compared before anything is measured: of the
submissions measured, up to `MOST_COMPARED`, and of harder ones that bring the rules to every reason. The
interpreter runs the whole pack on a part and is said by proportion. Where other work shares
the machine, the seconds of processors are the steadier measure.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.by_hand import in_duckdb, in_polars
from benchmarks.by_hand.facts import CODES
from benchmarks.by_hand.hard_table import write_hard_table
from benchmarks.by_hand.table import STATED, write_table
from compliance.engine.columnar import Inputs, evaluate_columns
from compliance.engine.columnar_engines import open_engine
from compliance.engine.columnar_inputs import PERIOD_KINDS, UNIT_KINDS, period_columns, register_columns
from compliance.engine.columnar_plan import Plan, plan_pack
from compliance.engine.columnar_run import OUTCOMES, run_tables
from compliance.engine.evaluate import evaluate
from compliance.engine.expressions import CompiledPack
from compliance.engine.register import Register
from compliance.model.rulepack import RulePack
from compliance.model.submission import (
    DataWindow,
    Observation,
    Period,
    StatedRate,
    Submission,
    Unit,
)
from compliance.pipeline import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PERIODS = tuple(Period(year=year, half=half) for year in range(2020, 2024) for half in (1, 2))
INTERPRETED = 500
"""Submissions that the interpreter runs."""
HARD = 10_000
"""Harder submissions that are compared and not measured."""
MOST_COMPARED = 300_000
"""Submissions up to which every cell is compared with the rules by hand."""
HAND = {"polars": in_polars.run, "duckdb": in_duckdb.run}


def median_of(repeats: int, work: Callable[[], object]) -> float:
    """Seconds, the median of several runs after one that does not count."""
    work()
    return statistics.median(_seconds(work) for _ in range(repeats))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def by_columns(
    plan: Plan, table: pl.DataFrame, units: Sequence[Unit], engine_name: str, path: Path
) -> object:
    """All planned rules of rows in memory, computed."""
    engine = open_engine(engine_name)
    inputs = Inputs(
        table=table.lazy() if engine_name == "polars" else engine.scan(path),
        units=engine.make(register_columns(Register(units)), UNIT_KINDS),
        periods=engine.make(period_columns(PERIODS), PERIOD_KINDS),
        height=2,
        settle=engine.settle,
    )
    return engine.settle(evaluate_columns(plan, inputs))


def only(compiled: CompiledPack, rules: Sequence[str]) -> CompiledPack:
    """The pack with some of its rules."""
    kept = tuple(rule for rule in compiled.pack.rules if rule.id in rules)
    return CompiledPack(_with(compiled.pack, rules=kept), compiled.expressions, compiled.conditions)


def _with(pack: RulePack, **changes: object) -> RulePack:
    fields = {name: getattr(pack, name) for name in RulePack.model_fields}
    return RulePack(**{**fields, **changes})


def _load() -> CompiledPack:
    compiled, problems = load_pack("long-phu-2020")
    if compiled is None:
        sys.exit("\n".join(map(str, problems)))
    return compiled


def run_bulk(engine: str, source: Path, folder: Path, rules: Sequence[str] | None = None) -> None:
    """What `compliance bulk` does, with the whole pack or some of its rules."""
    compiled = _load()
    compiled = compiled if rules is None else only(compiled, rules)
    result, problems = run_tables(compiled, [source], open_engine(engine), folder)
    if result is None:
        sys.exit("\n".join(map(str, problems)))


def read_submissions(pack: RulePack, table: pl.DataFrame) -> list[Submission]:
    """Rows of the file as the interpreter takes them."""
    kinds = {indicator.id for indicator in pack.indicators}
    made = []
    for row in table.iter_rows(named=True):
        window = DataWindow(start=row["data_from"], end=row["data_to"]) if row["data_from"] else None
        given = {name: row[name] for name in kinds if row[name] is not None}
        stated = {name: row[name] for name in STATED if row[name] is not None}
        year, half = row["period"].split("-H")
        made.append(
            Submission(
                unit=row["unit"],
                period=Period(year=int(year), half=1 if half == "1" else 2),
                reported_by=row["reported_by"] or row["unit"],
                report_date=row["report_date"],
                data_window=window,
                provenance="synthetic",
                observations={
                    name: Observation(indicator=name, value=value, as_written=str(value))
                    for name, value in given.items()
                },
                stated={
                    name: StatedRate(rate=name, value=Decimal(value), decimals=0, as_written=f"{value}%")
                    for name, value in stated.items()
                },
            )
        )
    return made


def run_interpreter(source: Path) -> float:
    """Seconds of the planned rules for all submissions of the file, by proportion of its first units."""
    compiled = _load()
    planned = [rule.rule for rule in plan_pack(compiled).rules]
    table = pl.read_parquet(source)
    first = table.head(INTERPRETED)["unit"].unique().to_list()
    chosen = table.filter(pl.col("unit").is_in(first))
    named = chosen.select("unit", "level", "parent").unique().iter_rows()
    units = tuple(Unit(id=unit, label=unit, level=level, parent=parent) for unit, level, parent in named)
    pack = only(compiled, planned)
    pack = CompiledPack(_with(pack.pack, units=units), pack.expressions, pack.conditions)
    submissions = read_submissions(pack.pack, chosen)
    started = time.perf_counter()
    evaluate(pack, submissions, as_of=date(2024, 1, 1))
    return (time.perf_counter() - started) * table.height / chosen.height


def compare(engine: str, source: Path, folder: Path) -> tuple[int, Sequence[str]]:
    """How many cells of the rules by hand differ from those of `bulk`, and to which reasons none came."""
    run_bulk(engine, source, folder / "columns")
    HAND[engine](source, folder / "hand")
    files = [folder / "columns" / OUTCOMES, folder / "hand" / OUTCOMES]
    rules = dict.fromkeys((*in_polars.RULES, *(rule.rule for rule in plan_pack(_load()).rules)))
    seen: set[str] = set()
    differing = 0
    for rule in rules:
        ours, theirs = (_read_outcomes(rule, path) for path in files)
        differing += _count_differing(ours, theirs)
        seen |= set(theirs.select(pl.format("{}/{}", "outcome", "reason_code").unique()).to_series())
    return differing, [code for code in CODES if code not in seen]


def _read_outcomes(rule: str, path: Path) -> pl.DataFrame:
    texts = pl.col("unit", "period", "outcome", "reason_code").cast(pl.String)
    of_rule = pl.col("rule").cast(pl.String) == rule
    return pl.scan_parquet(path).filter(of_rule).select(texts).collect()


def _count_differing(ours: pl.DataFrame, theirs: pl.DataFrame) -> int:
    both = ours.join(theirs, on=["unit", "period"], how="full", suffix="_by_hand")
    wrong = [
        pl.col(name).ne_missing(pl.col(f"{name}_by_hand")) for name in ("unit", "outcome", "reason_code")
    ]
    return both.filter(pl.any_horizontal(wrong)).height


def measure_alone(contender: str, engine: str, source: Path, folder: Path, repeats: int) -> dict[str, Any]:
    """One contender, in this process: seconds, the median of all runs, those of processors, and peak GiB."""
    work: Callable[[], object] = {
        "bulk": partial(run_bulk, engine, source, folder / contender),
        "hand": partial(HAND[engine], source, folder / contender),
    }[contender]
    before = time.process_time()
    seconds = statistics.median(_seconds(work) for _ in range(repeats))
    return {
        "seconds": seconds,
        "processor": (time.process_time() - before) / repeats,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
    }


def _child(*arguments: object) -> Any:
    """What this script says, called with these arguments in a process of its own."""
    command = [sys.executable, __file__, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout)


def measure(size: int, repeats: int, engines: Sequence[str], folder: Path) -> None:
    """One size, printed line by line."""
    source, hard = folder / "table.parquet", folder / "hard.parquet"
    rows = _child("table", "--source", source, "--sizes", size)
    _child("hard", "--source", hard, "--sizes", HARD)
    plan = plan_pack(_load())
    print(f"\n{rows} submissions; {len(plan.rules)} rules planned, {len(in_polars.RULES)} of them by hand")
    interpreted = _child("interpreter", "--source", source)
    print(f"  interpreter, whole pack     {interpreted:10.2f} s by proportion", flush=True)
    for engine in engines:
        here = ("--folder", folder / "out", "--engines", engine, "--repeats", repeats)
        if rows <= MOST_COMPARED:
            differing, _ = _child("compare", "--source", source, *here)
            print(f"  {engine}: {differing} cells differ from those by hand", flush=True)
        differing, unseen = _child("compare", "--source", hard, *here)
        reasons = f"every reason but {', '.join(unseen)}" if unseen else "every reason"
        print(f"  {engine}: {differing} differ of harder submissions, which have {reasons}", flush=True)
        whole, hand = (_child(contender, "--source", source, *here) for contender in ("bulk", "hand"))
        ratios = [whole[what] / hand[what] for what in ("seconds", "processor")]
        times = f"{interpreted / whole['seconds']:6.0f} times the interpreter"
        _show(engine, "bulk", whole, "{} {:6.2f} times by hand, {:.2f} of processor".format(times, *ratios))
        _show(engine, "by hand", hand, "")
        shutil.rmtree(folder / "out", ignore_errors=True)


def _show(engine: str, what: str, measured: dict[str, Any], ratio: str) -> None:
    time_taken = f"{measured['seconds']:9.2f} s {measured['processor']:9.2f} s of processor"
    line = f"  {engine:<6} {what:<8} {time_taken} {measured['peak']:5.2f} GiB {ratio}"
    print(line.rstrip(), flush=True)


def main() -> None:
    """Measure each size in turn; with a first argument, one step of that in this process."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("step", nargs="?", default="all")
    options.add_argument("--sizes", default="10000,200000,2000000")
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--engines", default="polars,duckdb")
    options.add_argument("--source", type=Path, default=Path())
    options.add_argument("--folder", type=Path, default=Path())
    chosen = options.parse_args()
    engines = chosen.engines.split(",")
    if chosen.step == "all":
        with TemporaryDirectory() as folder:
            for size in map(int, chosen.sizes.split(",")):
                measure(size, chosen.repeats, engines, Path(folder))
        return
    print(json.dumps(_step(chosen, engines[0])))


def _step(chosen: argparse.Namespace, engine: str) -> Any:
    match chosen.step:
        case "table":
            write_table(_load().pack, int(chosen.sizes), chosen.source)
            return pl.scan_parquet(chosen.source).select(pl.len()).collect().item()
        case "hard":
            return write_hard_table(_load().pack, int(chosen.sizes), chosen.source)
        case "interpreter":
            return run_interpreter(chosen.source)
        case "compare":
            return compare(engine, chosen.source, chosen.folder)
    return measure_alone(chosen.step, engine, chosen.source, chosen.folder, chosen.repeats)


if __name__ == "__main__":
    main()
