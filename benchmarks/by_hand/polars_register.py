"""Which units and half-years are there, what stands above, below and beside a unit, in Polars?"""

from __future__ import annotations

import polars as pl
from polars import col, when

from benchmarks.by_hand.facts import AGENCY, BLOC, DISTRICT, LEVELS, REGISTER


def make_units(written: pl.LazyFrame) -> pl.LazyFrame:
    """Each unit with its level, its parent, what stands below it, and those beside it.

    To the units of the file come those of Long Phú, which are due whether or not the file has them.
    """
    home = pl.DataFrame(
        REGISTER, schema={"unit": pl.String, "level": pl.String, "parent": pl.String}, orient="row"
    )
    named = pl.concat([home.lazy(), written.select(home.columns)]).unique(
        "unit", keep="first", maintain_order=True
    )
    units = (
        named.sort("unit")
        .collect()
        .with_row_index("unit_number")
        .with_columns(
            col("unit_number").cast(pl.Int64),
            col("level").cast(pl.Enum(LEVELS)).to_physical().cast(pl.Int64).alias("unit.level"),
            col("unit").str.split("/").list.first().alias("province"),
        )
    )
    beside = (col("parent").rank("dense").cast(pl.Int64) * len(LEVELS) + col("unit.level")).alias("beside")
    numbers = units.select(col("unit").alias("parent"), col("unit_number").alias("parent_number"))
    units = units.with_columns(beside).join(numbers, on="parent", how="left")
    below = units.group_by("parent_number").agg(
        pl.len().cast(pl.Int64).alias("children"),
        (col("unit.level") == BLOC).sum().cast(pl.Int64).alias("children.bloc"),
        (col("unit.level") >= AGENCY).sum().cast(pl.Int64).alias("bodies"),
    )
    units = units.join(below, left_on="unit_number", right_on="parent_number", how="left")
    deeper = units.group_by("parent_number").agg(col("bodies").sum().alias("bodies_below"))
    height = when(col("unit.level") == DISTRICT).then(2).when(col("unit.level") == BLOC).then(1).otherwise(0)
    return (
        units.join(deeper, left_on="unit_number", right_on="parent_number", how="left")
        .with_columns(col("children", "children.bloc", "bodies", "bodies_below").fill_null(0), height=height)
        .with_columns((col("bodies") + col("bodies_below")).alias("unit.bodies"))
        .drop("bodies", "bodies_below", "level", "parent")
        .lazy()
    )


def make_periods(first: int, last: int) -> pl.LazyFrame:
    """Each half-year's last day and length."""
    numbers = pl.DataFrame({"period": range(first, last + 1)}, schema={"period": pl.Int64})
    start = pl.date(col("period") // 2, 1 + 6 * (col("period") % 2), 1)
    days = (start.dt.offset_by("6mo") - start).dt.total_days().alias("period.days")
    return numbers.select(
        "period", start.dt.offset_by("6mo").dt.offset_by("-1d").alias("period_end"), days
    ).lazy()


def add_keys(rows: pl.LazyFrame) -> pl.LazyFrame:
    """With a number for the unit and half-year of a row, one for its parent's row, and one for its peers'."""
    return rows.with_columns(
        (col("unit_number") * 10_000 + col("period")).alias("key"),
        (col("parent_number") * 10_000 + col("period")).alias("parent_key"),
        (col("beside") * 10_000 + col("period")).alias("peers"),
    )
