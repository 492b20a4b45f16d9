"""How long does `bulk` take on Spark on this machine, beside Spark SQL by hand and beside Polars?

    python benchmarks/spark.py [--sizes 10000,200000] [--repeats 3] [--without-whole-pack]

First rules that compare figures of one row (`row_rules.py`), from a parquet file of communes to outcomes and
a summary; then the whole Long Phú pack over the table of `bulk.py`, once, on both engines. Each side runs in
a process of its own; starting Spark and the first run, which warms its Java, are said apart. Outcomes that
are not equal end the benchmark. Peak memory is that of Python and of Java together.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.bulk import run_bulk
from benchmarks.by_hand.table import write_table
from benchmarks.row_rules import PERIOD, RowRule, make_rows, row_rules
from compliance.engine.columnar_engines import open_engine
from compliance.engine.columnar_operands import DECIMALS
from compliance.engine.columnar_run import OUTCOMES, SUMMARY
from compliance.pipeline import load_pack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.model.rulepack import RulePack

SPARK, BY_HAND, POLARS = "bulk on Spark", "Spark by hand", "bulk on Polars"
WHOLE_PACK = {f"{SPARK}, whole pack": SPARK, f"{POLARS}, whole pack": POLARS}
_KIB = 2**20
"""Kibibytes of a gibibyte."""


def _load() -> RulePack:
    compiled, problems = load_pack("long-phu-2020")
    if compiled is None:
        sys.exit("\n".join(map(str, problems)))
    return compiled.pack


def write_rows(pack: RulePack, size: int, path: Path) -> None:
    """Communes of one half-year that stand alone, as `bulk` reads them: percentages in points."""
    rows = make_rows(pack, row_rules(pack), size)
    points = {name: 10 ** DECIMALS[pack.indicator[name].type] for name in rows.columns[2:]}
    figures = [pl.col(name) // scale for name, scale in points.items()]
    named = [pl.lit(str(PERIOD)).alias("period"), pl.lit("commune").alias("level")]
    rows.select("unit", *named, *figures).write_parquet(path)


def run_by_hand(pack: RulePack, source: Path, folder: Path) -> None:
    """As an analyst would in Spark SQL: an expression a rule, turned on end, written, and counted."""
    spark: Any = open_engine("spark")
    verdicts = [f"{write_rule(pack, rule)} AS `{rule.id}`" for rule in row_rules(pack)]
    wide = spark.session.read.parquet(str(source)).selectExpr("unit", "period", "level", *verdicts)
    rules = [f"`{rule.id}`" for rule in row_rules(pack)]
    long = wide.unpivot(["unit", "period", "level"], rules, "rule", "outcome")
    long.write.parquet(str(folder / OUTCOMES))
    written = spark.session.read.parquet(str(folder / OUTCOMES))
    counted = written.groupBy("rule", "level", "period", "outcome").count()
    counted.coalesce(1).sort("rule", "level", "period", "outcome").write.csv(str(folder / SUMMARY))


def write_rule(pack: RulePack, rule: RowRule) -> str:
    """The rule as SQL: `pass`, `fail`, or `no_data` where a figure is missing."""
    gone = [f"`{name}` IS NULL" for name in rule.needed]
    if rule.nonzero is not None:
        gone.append(f"`{rule.nonzero}` = 0")

    def side(terms: Mapping[str, int], constant: int) -> str:
        figures = (
            f"coalesce(`{name}`, 0)" if name in rule.zero_if_missing else f"`{name}`" for name in terms
        )
        factors = (factor * 10 ** DECIMALS[pack.indicator[name].type] for name, factor in terms.items())
        products = (f"{figure} * {factor}L" for figure, factor in zip(figures, factors, strict=True))
        return " + ".join([f"{constant}L", *products])

    holds = f"{side(rule.left, 0)} {rule.relation} {side(rule.right, rule.constant)}"
    return f"CASE WHEN {' OR '.join(gone)} THEN 'no_data' WHEN {holds} THEN 'pass' ELSE 'fail' END"


def run_side(side: str, source: Path, folder: Path, repeats: int) -> dict[str, float]:
    """One side in this process: seconds of its start, the median of all runs after the first, peak GiB."""
    pack = _load()
    name = WHOLE_PACK.get(side, side)
    started = time.perf_counter()
    engine = open_engine("polars" if name == POLARS else "spark")
    start = time.perf_counter() - started
    rules = None if side in WHOLE_PACK else [rule.id for rule in row_rules(pack)]
    work = (
        partial(run_by_hand, pack)
        if name == BY_HAND
        else partial(run_bulk, "polars" if name == POLARS else "spark", rules=rules)
    )
    spent = []
    for _ in range(repeats + 1):
        shutil.rmtree(folder, ignore_errors=True)
        started = time.perf_counter()
        work(source=source, folder=folder)
        spent.append(time.perf_counter() - started)
    peak = _peak()
    engine.close()
    seconds = statistics.median(spent[1:] or spent)
    return {"start": start, "first": spent[0], "seconds": seconds, "peak": peak}


def _peak() -> float:
    """The most GiB that this process held, and its Java."""
    below = [text for path in Path("/proc/self/task").glob("*/children") for text in path.read_text().split()]
    statuses = (Path(f"/proc/{process}/status").read_text(encoding="utf-8") for process in ("self", *below))
    lines = (line for status in statuses for line in status.splitlines() if line.startswith("VmHWM"))
    return sum(int(line.split()[1]) for line in lines) / _KIB


def measure(title: str, sides: Sequence[str], source: Path, folder: Path, repeats: int) -> None:
    """All sides on one table: measured, their outcomes compared, and how often each fits into the first."""
    print(title, flush=True)
    found = {side: _child(side, source, folder / side, repeats) for side in sides}
    outcomes = [_read_outcomes(folder / side) for side in sides]
    if not all(outcomes[0].equals(other) for other in outcomes[1:]):
        sys.exit("  outcomes differ")
    print(f"  {outcomes[0].height} outcomes, equal on every side")
    for side, of_side in found.items():
        ratio = found[sides[0]]["seconds"] / of_side["seconds"]
        print(
            f"  {side:<28}{of_side['seconds']:9.2f} s   1 : {ratio:<8.2f}"
            f" first run {of_side['first']:.2f} s, start {of_side['start']:.2f} s, {of_side['peak']:.2f} GiB",
            flush=True,
        )


def _read_outcomes(folder: Path) -> pl.DataFrame:
    texts = pl.col("unit", "period", "rule", "outcome").cast(pl.String)
    files = sorted((folder / OUTCOMES).glob("*.parquet"))
    return pl.concat([pl.read_parquet(file).select(texts) for file in files]).sort(pl.all())


def _child(side: str, source: Path, folder: Path, repeats: int) -> dict[str, float]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, __file__, "--side", side, "--repeats", str(repeats)]
    command += ["--source", str(source), "--folder", str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    printed: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return printed


def main() -> None:
    """Measure each size in turn; as a child, one side."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--sizes", default="10000,200000")
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--without-whole-pack", action="store_true")
    options.add_argument("--side", help=argparse.SUPPRESS)
    options.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.side:
        print(json.dumps(run_side(chosen.side, chosen.source, chosen.folder, chosen.repeats)))
        return
    pack = _load()
    with TemporaryDirectory() as temporary:
        for size in map(int, chosen.sizes.split(",")):
            source, folder = Path(temporary) / f"{size}.parquet", Path(temporary) / str(size)
            write_rows(pack, size, source)
            title = f"{size} submissions, {len(row_rules(pack))} rules of one row"
            measure(title, (SPARK, BY_HAND, POLARS), source, folder, chosen.repeats)
            if not chosen.without_whole_pack:
                write_table(pack, size, source)
                measure(f"{size} submissions, whole pack", list(WHOLE_PACK), source, folder / "whole", 0)


if __name__ == "__main__":
    main()
