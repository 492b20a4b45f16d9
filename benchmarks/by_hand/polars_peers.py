"""Which rates lie far from the median of the units beside, exactly, in Polars?

Shares of two whole numbers up to a billion are put in order by their first eighteen decimals, which differ
where the shares do. The distance from the median is multiplied out in whole numbers of 128 bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from polars import col

from benchmarks.by_hand.facts import AGENCY, COMMUNE, DISTANT, FEWEST_PEERS, PEERS, RATES
from benchmarks.by_hand.polars_steps import YEAR_2020, if_blank, in_steps

if TYPE_CHECKING:
    from collections.abc import Mapping


def add_peers(rows: pl.LazyFrame) -> pl.LazyFrame:
    """With how many peers have each of the rates, and whether the row's own is far from their median."""
    for rule, (rate, points) in PEERS.items():
        rows = rows.join(_find_far(rows, rate, points, rule), on="key", how="left")
    return rows


def _find_far(rows: pl.LazyFrame, rate: str, points: int, rule: str) -> pl.LazyFrame:
    above, below, _ = RATES[rate]
    known = rows.filter(
        col("unit.level") >= AGENCY, col("peers").is_not_null(), col(above).is_not_null(), col(below) > 0
    ).select("key", "peers", a=col(above).cast(pl.Int128), b=col(below).cast(pl.Int128))
    middle = (
        known.sort(col("a") * DISTANT // col("b"))
        .group_by("peers")
        .agg(
            pl.len().alias(f"{rule}.count"),
            col("a", "b").get((pl.len() - 1) // 2).name.suffix("_low"),
            col("a", "b").get(pl.len() // 2).name.suffix("_high"),
        )
    )
    # twice the rate less twice the median, over b * b_low * b_high
    low, high = col("a_low") * col("b_high"), col("a_high") * col("b_low")
    apart = 200 * col("a") * col("b_low") * col("b_high") - 100 * (low + high) * col("b")
    far = apart.abs() > 2 * points * col("b") * col("b_low") * col("b_high")
    return known.join(middle, on="peers").select("key", f"{rule}.count", far.alias(f"{rule}.far"))


def peer_rules() -> Mapping[str, pl.Expr]:
    """The rules by their names."""
    return {rule: _peer_rule(rule, rate) for rule, (rate, _) in PEERS.items()}


def _peer_rule(rule: str, rate: str) -> pl.Expr:
    above, below, _ = RATES[rate]
    return in_steps(
        (AGENCY, COMMUNE),
        YEAR_2020,
        if_blank(above, below),
        (col(below) == 0, "no_data/zero_denominator"),
        (col(f"{rule}.count").fill_null(0) < FEWEST_PEERS, "no_data/few_peers"),
        (col(f"{rule}.far"), "fail/far_from_peers"),
        last="pass/near_peers",
    )
