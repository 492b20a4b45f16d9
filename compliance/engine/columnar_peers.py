"""How far is each rate from the median of its unit's peers, exactly, in whole numbers of 64 bits?

Two rates cannot be compared by multiplying out here: with the median of an even number of peers three
denominators meet, and their product passes 64 bits. So each rate is written out in digits of 10^9, by long
division. Differences of rates that are not 0 are at least 1 over the product of their denominators; with more
digits than that needs, what the digits say is what the rates say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from compliance.engine.columnar_joins import look_up
from compliance.engine.columnar_needs import PEER_BASE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.engine.columnar_needs import PeersNeed

    Frame = nw.LazyFrame[Any]

_PEERS = ("parent", "period", "peers_level")
"""What the units that are compared have in common."""
_ENOUGH = 10
"""A difference of so many units of a digit is decided whatever the digits after it say."""


def add_peers(rows: Frame, needs: Mapping[str, PeersNeed]) -> Frame:
    """With `peers:<rule>`, how many peers have the rate, and `far:<rule>`, whether it is far from the median.

    The median of two is compared as their sum with twice the rate. `far` counts only where the rate is there.
    """
    if not needs:
        return rows
    # of few columns: each step is planned over all that the frame has
    read = sorted({name for need in needs.values() for name in (need.numerator, need.denominator)})
    told = rows.select("key", "parent", "period", nw.col("unit.level").alias("peers_level"), *read)
    for rule, need in needs.items():
        told = _compare(_write_digits(told, rule, need), rule, need)
    said = [f"{what}:{rule}" for rule in needs for what in ("peers", "far")]
    return look_up(rows, told.select("key", *said), "key")


def _write_digits(rows: Frame, rule: str, need: PeersNeed) -> Frame:
    """With the rate in digits of `PEER_BASE`, the first the whole points; missing where there is no rate."""
    above, below = nw.col(need.numerator), nw.col(need.denominator)
    there = below > 0
    rows = rows.with_columns(
        nw.when(there).then(above * need.times_numerator).alias("peers_rest"),
        nw.when(there).then(below * need.times_denominator).alias("peers_whole"),
    )
    for place, name in enumerate(_names(rule, need)):
        rest = nw.col("peers_rest") * (PEER_BASE if place else 1)
        rows = rows.with_columns((rest // nw.col("peers_whole")).cast(nw.Int64()).alias(name))
        left = rest - nw.col(name) * nw.col("peers_whole")
        rows = rows.with_columns(left.alias("peers_rest"))
        rows = rows.with_columns(_missed().alias("peers_missed"))
        rows = rows.with_columns(
            (nw.col(name) + nw.col("peers_missed")).alias(name),
            (nw.col("peers_rest") - nw.col("peers_missed") * nw.col("peers_whole")).alias("peers_rest"),
        )
    return rows


def _missed() -> nw.Expr:
    """By how much a quotient is too small: an engine that divides in floating point may miss it by one."""
    rest, whole = nw.col("peers_rest"), nw.col("peers_whole")
    return (rest >= whole).cast(nw.Int64()) - (rest < 0).cast(nw.Int64())


def _names(rule: str, need: PeersNeed) -> Sequence[str]:
    return [f"digit{place}:{rule}" for place in range(need.digits + 1)]


def _compare(rows: Frame, rule: str, need: PeersNeed) -> Frame:
    names = _names(rule, need)
    rows = look_up(rows, _medians(rows, rule, names), *_PEERS)
    for sign in (1, -1):
        apart = nw.lit(0, nw.Int64())
        for name, limit in zip(names, need.limits, strict=True):
            gap = (nw.col(name) * 2 - nw.col(f"median_{name}")) * sign - limit
            rows = rows.with_columns((apart * PEER_BASE + gap).alias("peers_apart"))
            rows = rows.with_columns(nw.col("peers_apart").clip(-_ENOUGH, _ENOUGH))
            apart = nw.col("peers_apart")
        rows = rows.with_columns((nw.col("peers_apart") > 1).alias(f"beyond{sign}:{rule}"))
    return rows.with_columns((nw.col(f"beyond1:{rule}") | nw.col(f"beyond-1:{rule}")).alias(f"far:{rule}"))


def _medians(rows: Frame, rule: str, names: Sequence[str]) -> Frame:
    """For each group of peers how many have the rate, and twice the median of the rates, digit by digit."""
    known = rows.filter(~nw.col(names[0]).is_null() & ~nw.col("parent").is_null())
    placed = known.select(*_PEERS, *names, nw.lit(1, nw.Int64()).alias("one")).with_columns(
        nw.col("one").cum_sum().over(*_PEERS, order_by=names).alias("place"),
        nw.col("one").sum().over(*_PEERS).alias("count"),
    )
    off = nw.col("place") * 2 - nw.col("count")
    middle = placed.filter((off >= 0) & (off <= nw.lit(2, nw.Int64())))
    return middle.group_by(*_PEERS).agg(
        nw.col("count").max().cast(nw.Int64()).alias(f"peers:{rule}"),
        *(_twice(name).alias(f"median_{name}") for name in names),
    )


def _twice(name: str) -> nw.Expr:
    """The sum of the two in the middle, or twice the one."""
    two = nw.col("one").sum() == nw.lit(2, nw.Int64())
    summed = nw.col(name).sum().cast(nw.Int64())
    return nw.when(two).then(summed).otherwise(summed * 2)
