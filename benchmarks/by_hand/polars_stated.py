"""Is the rate that a unit wrote the exact one at the decimals it wrote, in Polars?

Right half-up: with u the unit of the last written digit, s - u/2 <= rate < s + u/2, multiplied out in whole
millionths. A written 0 % or 100 % that only rounding made is to be explained.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from polars import col, lit, when

from benchmarks.by_hand.facts import MILLION, PLACES, RATES
from benchmarks.by_hand.polars_steps import YEAR_2020, Step, if_blank, in_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ROUND = (0, 100 * MILLION)


def read_stated(kinds: Mapping[str, pl.DataType]) -> Iterator[pl.Expr]:
    """The written rates in millionths, and the unit of the last digit of each."""
    for rate in RATES:
        stated, unit = _read(rate, kinds.get(rate))
        yield stated.alias(f"stated.{rate}")
        yield unit.alias(f"unit.{rate}")


def _read(rate: str, kind: pl.DataType | None) -> tuple[pl.Expr, pl.Expr]:
    if kind is None:
        return lit(None, pl.Int64), lit(None, pl.Int64)
    if kind.is_integer():
        return col(rate) * MILLION, when(col(rate).is_not_null()).then(lit(MILLION, pl.Int64))
    digits = col(rate).str.strip_suffix("%").str.split_exact(",", 1).struct
    behind = digits.field("field_1").fill_null("")
    units = [10 ** (PLACES - places) for places in range(PLACES + 1)]
    last = behind.str.len_chars().replace_strict(range(PLACES + 1), units, return_dtype=pl.Int64)
    whole = (digits.field("field_0") + behind.str.pad_end(PLACES, "0")).cast(pl.Int64)
    return whole, when(col(rate).is_not_null()).then(last)


def stated_rules() -> Mapping[str, pl.Expr]:
    """The rules by their names."""
    return {f"RATE:{rate}:stated": _stated_rule(rate, *known) for rate, known in RATES.items()}


def _stated_rule(rate: str, above: str, below: str, levels: Sequence[int]) -> pl.Expr:
    stated, unit = col(f"stated.{rate}"), col(f"unit.{rate}")
    hundredfold = 100 * MILLION * col(above)
    is_right = ((2 * stated - unit) * col(below) <= 2 * hundredfold) & (
        2 * hundredfold < (2 * stated + unit) * col(below)
    )
    is_faithful = ~stated.is_in(_ROUND) | (hundredfold == stated * col(below))
    steps: tuple[Step, ...] = (
        (stated.is_null(), "not_applicable/not_stated"),
        if_blank(above, below),
        (col(below) == 0, "no_data/zero_denominator"),
        (is_right & is_faithful, "pass/stated_right"),
        (is_right, "fail/stated_by_rounding"),
    )
    return in_steps(levels, YEAR_2020, *steps, last="fail/stated_wrong")
