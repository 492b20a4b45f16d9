"""How fast is a pack over many submissions: columns, the interpreter, and Polars by hand?

    python benchmarks/bulk.py [--sizes 10000,200000] [--repeats 3] [--engines polars,duckdb]

Invented submissions of communes below blocs and districts over eight half-years, from a fixed seed. The
interpreter runs the same rules on a part of them and is said by proportion. By hand are the same Long Phú
rules that are comparisons of figures of one row, written in Polars as an analyst would, without reasons.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from compliance.engine.columnar import Inputs, evaluate_columns
from compliance.engine.columnar_engines import open_engine
from compliance.engine.columnar_inputs import (
    PERIOD_KINDS,
    UNIT_KINDS,
    numbered_period,
    period_columns,
    period_number,
    register_columns,
)
from compliance.engine.columnar_operands import DECIMALS
from compliance.engine.columnar_plan import Plan, plan_pack
from compliance.engine.evaluate import evaluate
from compliance.engine.expressions import CompiledPack
from compliance.engine.register import Register
from compliance.model.rulepack import RulePack
from compliance.model.submission import Observation, Period, Submission, Unit
from compliance.pipeline import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PERIODS = tuple(Period(year=year, half=half) for year in range(2020, 2024) for half in (1, 2))
CHILDREN = 20
SEED = 2020
INTERPRETED = 500
"""Submissions that the interpreter runs."""


def make_units(count: int) -> list[Unit]:
    """Districts of two blocs, the second with `CHILDREN` communes, until there are `count` units."""
    units: list[Unit] = []
    while len(units) < count:
        district = f"tinh-{len(units) % 63:02d}/huyen-{len(units):07d}"
        units.append(Unit(id=district, label=district, level="district"))
        bloc = f"{district}/cap-xa"
        units.append(Unit(id=bloc, label=bloc, level="bloc", parent=district))
        units += [
            Unit(id=f"{bloc}/xa-{place}", label=f"xa-{place}", level="commune", parent=bloc)
            for place in range(CHILDREN)
        ]
    return units


def make_table(pack: RulePack, units: Sequence[Unit]) -> pl.DataFrame:
    """A row for each unit and period: counts with nulls, zeros and balances that mostly hold."""
    size = len(units) * len(PERIODS)
    columns: dict[str, Any] = {
        "unit": pl.Series([unit.id for unit in units for _ in PERIODS]),
        "period": pl.Series([period_number(period) for _ in units for period in PERIODS]),
    }
    table = pl.DataFrame(columns)
    rows = pl.int_range(0, size, dtype=pl.UInt64)
    for place, indicator in enumerate(pack.indicators):
        drawn = rows.hash(SEED + place)
        if indicator.type == "boolean":
            value = (drawn % 2) == 0
        else:
            top = min(int(indicator.maximum or 100), 1000)
            value = (drawn % (top + 1)).cast(pl.Int64) * 10 ** DECIMALS[indicator.type]
        table = table.with_columns(pl.when((drawn % 7) > 0).then(value).alias(indicator.id))
    balanced = (rows.hash(SEED) % 10) > 0
    return table.with_columns(
        *(
            pl.when(balanced)
            .then(pl.sum_horizontal(*indicator.parts, ignore_nulls=False))
            .otherwise(pl.col(indicator.id))
            .alias(indicator.id)
            for indicator in pack.indicators
            if indicator.parts and indicator.type == "count" and not _has_deep_parts(pack, indicator.parts)
        )
    )


def _has_deep_parts(pack: RulePack, parts: Sequence[str]) -> bool:
    return any(pack.indicator[part].parts for part in parts)


def median_of(repeats: int, work: Callable[[], object]) -> float:
    """Seconds, the median of several runs after one that does not count."""
    work()
    seconds = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def by_columns(
    plan: Plan, table: pl.DataFrame, units: Sequence[Unit], engine_name: str, path: Path
) -> object:
    """All planned rules, computed."""
    engine = open_engine(engine_name)
    inputs = Inputs(
        table=table.lazy() if engine_name == "polars" else engine.scan(path),
        units=engine.make(register_columns(Register(units)), UNIT_KINDS),
        periods=engine.make(period_columns(PERIODS), PERIOD_KINDS),
        height=2,
        settle=engine.settle,
    )
    return engine.settle(evaluate_columns(plan, inputs))


def to_submissions(pack: RulePack, table: pl.DataFrame) -> list[Submission]:
    """Rows of the table as the interpreter takes them."""
    made = []
    for row in table.iter_rows(named=True):
        seen = {}
        for indicator in pack.indicators:
            value = row[indicator.id]
            if value is None:
                continue
            if indicator.type in DECIMALS:
                value //= 10 ** DECIMALS[indicator.type]
            seen[indicator.id] = Observation(indicator=indicator.id, value=value, as_written=str(value))
        made.append(
            Submission(
                unit=row["unit"],
                period=numbered_period(row["period"]),
                reported_by=row["unit"],
                provenance="synthetic",
                observations=seen,
            )
        )
    return made


def by_hand(pack: RulePack, rules: Sequence[str], table: pl.DataFrame) -> object:
    """Parts and numerators of one row: whether they hold, null where a figure is missing; no reasons."""
    wholes = [item for item in pack.indicators if f"PARTS:{item.id}" in rules]
    rates = [rate for rate in pack.rates if f"RATE:{rate.id}:part" in rules]
    parts = [
        (pl.col(item.id) == pl.sum_horizontal(*item.parts, ignore_nulls=False)).alias(f"PARTS:{item.id}")
        for item in wholes
    ]
    shares = [
        (pl.col(rate.numerator) <= pl.col(rate.denominator)).alias(f"RATE:{rate.id}:part") for rate in rates
    ]
    return table.lazy().select("unit", "period", *parts, *shares).collect()


def only(compiled: CompiledPack, rules: Sequence[str]) -> CompiledPack:
    """The pack with some of its rules."""
    kept = tuple(rule for rule in compiled.pack.rules if rule.id in rules)
    return CompiledPack(_with(compiled.pack, rules=kept), compiled.expressions, compiled.conditions)


def _with(pack: RulePack, **changes: object) -> RulePack:
    fields = {name: getattr(pack, name) for name in RulePack.model_fields}
    return RulePack(**{**fields, **changes})


def measure(compiled: CompiledPack, size: int, repeats: int, engines: Sequence[str], folder: Path) -> None:
    """One size: every engine, the interpreter by proportion, and by hand; printed."""
    units = make_units(size // len(PERIODS))
    table = make_table(compiled.pack, units)
    path = folder / "table.parquet"
    table.write_parquet(path)
    plan = plan_pack(compiled)
    planned = [rule.rule for rule in plan.rules]
    within_row = [name for name in planned if name.startswith("PARTS:") or name.endswith(":part")]
    print(f"{table.height} submissions, {len(planned)} rules planned, {len(plan.left_out)} left out")
    interpreted = seconds_of_interpreter(only(compiled, planned), units, table)
    print(f"  interpreter        {interpreted:9.2f} s by proportion of {INTERPRETED}")
    for engine in engines:
        seconds = median_of(repeats, partial(by_columns, plan, table, units, engine, path))
        print(f"  {engine:<18} {seconds:9.3f} s   {interpreted / seconds:8.0f} times the interpreter")
    small = plan_pack(only(compiled, within_row))
    columns = median_of(repeats, lambda: by_columns(small, table, units, "polars", path))
    hand = median_of(repeats, lambda: by_hand(compiled.pack, within_row, table))
    shown = f"columns {columns:.3f} s, by hand {hand:.3f} s, {columns / hand:.2f} times"
    print(f"  {len(within_row)} rules of one row: {shown}")
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


def seconds_of_interpreter(compiled: CompiledPack, units: Sequence[Unit], table: pl.DataFrame) -> float:
    """Seconds for the whole table, by proportion of the submissions of its first units."""
    first = units[: INTERPRETED // len(PERIODS)]
    chosen = table.filter(pl.col("unit").is_in([unit.id for unit in first]))
    pack = CompiledPack(_with(compiled.pack, units=tuple(first)), compiled.expressions, compiled.conditions)
    submissions = to_submissions(pack.pack, chosen)
    started = time.perf_counter()
    evaluate(pack, submissions, as_of=date(2024, 1, 1))
    return (time.perf_counter() - started) * table.height / chosen.height


def main() -> None:
    """Measure each size in turn."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="10000,200000")
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--engines", default="polars,duckdb")
    chosen = options.parse_args()
    compiled, problems = load_pack("long-phu-2020")
    if compiled is None:
        sys.exit("\n".join(map(str, problems)))
    with TemporaryDirectory() as folder:
        for size in map(int, chosen.sizes.split(",")):
            measure(compiled, size, chosen.repeats, chosen.engines.split(","), Path(folder))


if __name__ == "__main__":
    main()
