"""Which rows are decided, and which figures do they have, in Polars?

Wholes that were not reported from their parts, parents that were not reported from the units below them,
what was carried over from the half-year before, and figures that no one can have reported refused.
"""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import polars as pl
from polars import col, lit, when

from benchmarks.by_hand.facts import (
    BEFORE,
    LIMITS,
    LISTS,
    MILLION,
    MILLIONTHS,
    OFTEN_BLANK,
    PARTS,
    RATES,
    WORK,
    YEAR_BEFORE,
    BeyondRangeError,
)
from benchmarks.by_hand.polars_register import add_keys
from benchmarks.by_hand.polars_stated import read_stated

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOTAL = "dossiers.received_total"


def read_rows(written: pl.LazyFrame) -> pl.LazyFrame:
    """The submissions of the file in whole numbers."""
    kinds = written.collect_schema()
    number = col("period").str.slice(0, 4).cast(pl.Int64) * 2 + col("period").str.slice(6, 1).cast(pl.Int64)
    window = (col("data_to") - col("data_from")).dt.total_days() + 1
    return written.with_columns(
        (number - 1).alias("period"),
        window.alias("period.window_days"),
        *((col(name) * MILLION).alias(name) for name in MILLIONTHS),
        *read_stated(kinds),
    ).drop("level", "parent", "data_to", *(rate for rate in RATES if rate in kinds))


def complete_rows(table: pl.LazyFrame, units: pl.LazyFrame, periods: pl.LazyFrame) -> pl.LazyFrame:
    """The submissions and derived parents, with all figures and those of the half-years before."""
    rows = _open(table, units)
    for height in (1, 2):
        rows = pl.concat([rows, _parents(rows, units, height)], how="diagonal_relaxed").collect().lazy()
    before = rows.select((col("key") + 1).alias("key"), col(BEFORE).name.prefix("before."))
    year = rows.select((col("key") + 2).alias("key"), col(YEAR_BEFORE).name.prefix("year."))
    rows = rows.join(before, on="key", how="left").join(year, on="key", how="left")
    rows = rows.with_columns(
        pl.coalesce("dossiers.carried_over", "before.dossiers.pending").alias("dossiers.carried_over"),
        is_opening=col("dossiers.carried_over").is_null(),
    )
    total = reduce(add, map(col, PARTS[_TOTAL]))
    rows = rows.with_columns(when(f"no:{_TOTAL}").then(total).otherwise(_TOTAL).alias(_TOTAL))
    rows = rows.join(periods, on="period", how="left")
    return _check_ranges(rows, tuple(LIMITS)).with_columns(law_date=pl.coalesce("report_date", "period_end"))


def sum_below(rows: pl.LazyFrame) -> pl.LazyFrame:
    """For each parent how many rows are right below it, and what their figures come to."""
    names = tuple(dict.fromkeys((*WORK, *LISTS)))
    return (
        rows.filter(col("parent_key").is_not_null())
        .group_by(col("parent_key").alias("key"))
        .agg(
            pl.len().cast(pl.Int64).alias("reports"),
            col(names).sum().name.prefix("sum."),
            col(names).count().cast(pl.Int64).name.prefix("given."),
        )
    )


def _open(table: pl.LazyFrame, units: pl.LazyFrame) -> pl.LazyFrame:
    rows = _check_ranges(table, tuple(name for name in LIMITS if name != "signatures.bodies"))
    rows = rows.join(units, on="unit", how="left").with_columns(is_derived=lit(value=False))
    return _add_up(add_keys(rows))


def _check_ranges(rows: pl.LazyFrame, names: Sequence[str]) -> pl.LazyFrame:
    settled = rows.collect()
    bounds = settled.select(col(names).min().name.suffix(".min"), col(names).max().name.suffix(".max")).row(
        0, named=True
    )
    for name in names:
        if (bounds[f"{name}.min"] or 0) < 0 or (bounds[f"{name}.max"] or 0) > LIMITS[name]:
            raise BeyondRangeError(name)
    return settled.lazy()


def _add_up(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Wholes that were not reported, from their parts; which they were stands in `no:`."""
    rows = rows.with_columns(
        *(col(name).is_null().alias(f"no:{name}") for name in PARTS),
        pl.coalesce("signatures.bodies", when(col("unit.bodies") > 0).then("unit.bodies")).alias(
            "signatures.bodies"
        ),
    )
    first = ("dossiers.resolved", "dossiers.received_total")
    rows = rows.with_columns(_from_parts(name) for name in PARTS if name not in first)
    return rows.with_columns(_from_parts(name) for name in first)


def _from_parts(name: str) -> pl.Expr:
    parts = [col(part).fill_null(0) if part in OFTEN_BLANK else col(part) for part in PARTS[name]]
    return pl.coalesce(name, reduce(add, parts)).alias(name)


def _parents(rows: pl.LazyFrame, units: pl.LazyFrame, height: int) -> pl.LazyFrame:
    """A row for each parent without one whose units all have one."""
    names = (*WORK, *LISTS) if height > 1 else WORK
    window = (col("data_from").n_unique() == 1) & (col("period.window_days").n_unique() == 1)
    reports = (
        rows.filter(col("parent_key").is_not_null())
        .group_by("parent_key")
        .agg(
            col("period").first(),
            col("parent_number").first().alias("unit_number"),
            col("report_date").max(),
            pl.when(window).then(col("data_from").first()).alias("data_from"),
            pl.when(window).then(col("period.window_days").first()).alias("period.window_days"),
            pl.len().cast(pl.Int64).alias("reports"),
            when(col(names).count() == pl.len()).then(col(names).sum()).name.keep(),
        )
    )
    parents = (
        reports.join(units.filter(height=height), on="unit_number")
        .filter(col("reports") == col("children"))
        .join(rows.select("key"), left_on="parent_key", right_on="key", how="anti")
        .with_columns(
            is_derived=lit(value=True),
            **{"signatures.bodies": lit(None, pl.Int64)},
        )
        .with_columns(lit(None, pl.Int64).alias(name) for name in (LISTS if height == 1 else ()))
    )
    return _add_up(add_keys(parents)).drop("reports")
