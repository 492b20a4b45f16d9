"""Which invented submissions are measured? As many as asked for, of units in trees, from a fixed seed.

Districts with a bloc of communes, over eight half-years: figures with gaps, balances that mostly hold, report
dates, windows, stated rates; some reports are not there, so that their parents are derived or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from polars import col, when

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.model.rulepack import RulePack

YEARS = range(2020, 2024)
CHILDREN = 20
"""Communes of a district."""
SEED = 2020
STATED = ("dossiers.in_time", "dossiers.late")


def write_table(pack: RulePack, size: int, path: Path) -> None:
    """About `size` submissions as a parquet file that `bulk` reads."""
    make_table(pack, size).write_parquet(path)


def make_table(pack: RulePack, size: int) -> pl.DataFrame:
    """About `size` submissions."""
    frame = _units(size // (2 * len(YEARS))).join(_periods(), how="cross")
    frame = _add_figures(pack, _add_frame(frame))
    is_commune = col("level") == "commune"
    is_there = when(is_commune).then(drawn(8, 200) > 0).otherwise(drawn(9, 3) > 0)
    return frame.filter(is_there).drop("start", "end")


def drawn(place: int, below: int) -> pl.Expr:
    """A number under `below`, another in each row and for each place."""
    return (pl.int_range(pl.len(), dtype=pl.UInt64).hash(SEED + place) % below).cast(pl.Int64)


def _units(count: int) -> pl.DataFrame:
    numbers = pl.DataFrame({"number": range(-(-count // (CHILDREN + 2)))})
    district = pl.format("tinh-{}/huyen-{}", col("number") % 63, col("number"))
    bloc = district + "/cap-xa"
    numbers = numbers.with_columns(district.alias("district"), bloc.alias("bloc"))
    communes = numbers.join(pl.DataFrame({"place": range(CHILDREN)}), how="cross")
    none = pl.lit(None, pl.String)
    levels = (
        numbers.select("number", unit="district", level=pl.lit("district"), parent=none),
        numbers.select("number", unit="bloc", level=pl.lit("bloc"), parent="district"),
        communes.select(
            "number", unit=pl.format("{}/xa-{}", "bloc", "place"), level=pl.lit("commune"), parent="bloc"
        ),
    )
    return pl.concat(levels).sort("number", maintain_order=True).drop("number").head(count)


def _periods() -> pl.DataFrame:
    halves = [(year, half) for year in YEARS for half in (1, 2)]
    frame = pl.DataFrame({"year": [year for year, _ in halves], "half": [half for _, half in halves]})
    start = pl.date("year", 6 * col("half") - 5, 1)
    return frame.select(
        period=pl.format("{}-H{}", "year", "half"),
        start=start,
        end=start.dt.offset_by("6mo").dt.offset_by("-1d"),
    )


def _add_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """Days and stated rates."""
    has_window, in_time = drawn(3, 3) > 0, drawn(6, 101)
    return frame.with_columns(
        when(drawn(1, 4) == 0).then(col("end") - pl.duration(days=10)).alias("report_date"),
        when(drawn(2, 9) > 0).then("unit").alias("reported_by"),
        when(has_window).then("start").alias("data_from"),
        when(has_window).then(col("start") + pl.duration(days=150 + drawn(4, 45))).alias("data_to"),
        when(drawn(5, 5) > 0).then(in_time).alias(STATED[0]),
        when(drawn(5, 5) > 0).then(100 - in_time + (drawn(7, 3) == 0).cast(pl.Int64)).alias(STATED[1]),
    )


def _add_figures(pack: RulePack, frame: pl.DataFrame) -> pl.DataFrame:
    figures = []
    for place, indicator in enumerate(pack.indicators, start=100):
        value = drawn(place, 2) == 0
        if indicator.type != "boolean":
            value = drawn(place, min(int(indicator.maximum or 100), 1000) + 1)
        figures.append(when(drawn(place, 7) > 0).then(value).alias(indicator.id))
    frame = frame.with_columns(figures)
    deep = {item.id for item in pack.indicators if item.parts}
    balanced = [
        when(drawn(0, 10) > 0)
        .then(pl.sum_horizontal(*item.parts, ignore_nulls=False))
        .otherwise(item.id)
        .alias(item.id)
        for item in pack.indicators
        if item.parts and not deep & set(item.parts)
    ]
    return frame.with_columns(balanced)
