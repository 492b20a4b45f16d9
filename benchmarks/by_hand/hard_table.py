"""Which invented submissions bring the rules to every reason that they can have?

Those of `table`, and besides: rates written with up to three decimals, most of them right; reports by another
unit; early ones; agencies beside communes; communes of which few have reported, that belong to no bloc of the
file, or that a bloc has none of; shares on whole and half points; nothing to divide by.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
from polars import col, lit, when

from benchmarks.by_hand.facts import RATES
from benchmarks.by_hand.table import STATED, drawn, make_table

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.model.rulepack import RulePack

_MOST = 1000
"""The greatest rate in points that a cell may hold."""


def write_hard_table(pack: RulePack, size: int, path: Path) -> None:
    """At most `size` submissions as a parquet file that `bulk` reads."""
    frame = _thin_out(make_table(pack, size))
    frame = frame.with_columns(
        when(drawn(400, 6) == 0).then("parent").otherwise("reported_by").alias("reported_by"),
        when(drawn(401, 20) == 0).then(lit(date(2011, 6, 1))).otherwise("report_date").alias("report_date"),
        when((col("level") == "commune") & (col("unit").hash(9) % 3 == 0))
        .then(lit("agency"))
        .otherwise("level")
        .alias("level"),
        *_tell_figures(),
        *(_keep_stated(name) for name in STATED),
    )
    for place, (_, below, _) in enumerate(RATES.values(), start=500):
        frame = frame.with_columns(when(drawn(place, 12) > 0).then(below).otherwise(0).alias(below))
    stated = (_state(rate, place) for place, rate in enumerate(RATES, start=600))
    frame = frame.with_columns(stated).with_columns(
        pl.coalesce(col(f"kept.{name}").cast(pl.String), name).alias(name) for name in STATED
    )
    frame.drop(f"kept.{name}" for name in STATED).write_parquet(path)


def _thin_out(frame: pl.DataFrame) -> pl.DataFrame:
    """Without some communes, and without some blocs."""
    is_commune, above = col("level") == "commune", col("parent").hash(7)
    is_alone = is_commune & (above % 11 == 0)
    is_few = is_commune & ((above + col("period").hash(8)) % 5 == 0) & (drawn(402, 3) > 0)
    is_unplaced = (col("level") == "bloc") & (col("unit").hash(7) % 13 == 0)
    return frame.filter(~is_alone & ~is_few & ~is_unplaced)


def _tell_figures() -> tuple[pl.Expr, ...]:
    outgoing, apologies, minutes = (
        "documents.outgoing",
        "dossiers.apologies_sent",
        "communication.minutes_total",
    )
    heard = col("communication.broadcasts") * col("communication.minutes_each")
    return (
        when(col(outgoing).is_not_null()).then(20 + 20 * drawn(403, 3)).alias(outgoing),
        (col("documents.outgoing_electronic") % 61).alias("documents.outgoing_electronic"),
        when(col("level") == "commune").then(apologies).otherwise(col(apologies) * 20).alias(apologies),
        when(drawn(404, 2) == 0).then(minutes).otherwise(heard).alias(minutes),
    )


def _keep_stated(name: str) -> pl.Expr:
    """A rate in whole points that with its counterpart makes 98 % to 101 %, on some rows."""
    off = drawn(405, 3) if name == STATED[1] else 0
    return when(drawn(406, 3) == 0, col(name) >= off).then(col(name) - off).alias(f"kept.{name}")


def _state(rate: str, place: int) -> pl.Expr:
    """A rate at the decimals that a row writes, rounded half-up and often one off in the last digit."""
    above, below, _ = RATES[rate]
    places = drawn(place, 4)
    one = lit(10, pl.Int64).pow(places.cast(pl.UInt32))
    exact = (200 * col(above) * one + col(below)) // (2 * col(below))
    off = when(drawn(place + 50, 4) == 0).then(drawn(place + 100, 3) - 1).otherwise(0)
    digits = pl.max_horizontal(when(col(below) > 0).then(exact + off).otherwise(50 * one), lit(0))
    behind = (digits % one).cast(pl.String).str.zfill(places)
    written = pl.format("{}{}", digits // one, when(places > 0).then("," + behind).otherwise(lit("")))
    is_there = (drawn(place + 150, 6) > 0) & (digits <= _MOST * one)
    return (
        when(is_there)
        .then(when(drawn(place + 200, 2) == 0).then(written).otherwise(written + "%"))
        .alias(rate)
    )
