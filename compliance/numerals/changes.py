"""How is a change of a percentage written, so that a reader who subtracts finds what is written?

Percentages stand at two decimals. Where their difference is not the difference of what is printed, up to two
decimals more are written; where that does not help either, it is said that unrounded numbers were subtracted.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals.rounding import round_half_up
from compliance.numerals.writing import format_percent, format_points

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST = 2
_MORE = 2
"""Decimals beyond those that show the change, tried to make the difference agree."""
_MOST = 12
"""Enough to tell the rates of any two counts of six digits apart."""
_BOUNDS = (Fraction(0), Fraction(100))


@dataclass(frozen=True, slots=True)
class PrintedChange:
    """Both percentages and the points between them, as a reader reads them."""

    before: str
    now: str
    gap: str
    """Without a sign; where it is not the difference of the two as printed, it says so."""
    decimals: int
    agrees: bool
    """Whether the printed gap is the difference of the printed percentages."""


def print_change(before: Fraction, now: Fraction, decimals: int | None = None) -> PrintedChange:
    """The change from `before` to `now`, in points, at the decimals given or as many as it takes."""
    places = choose_decimals(now, (before,)) if decimals is None else decimals
    points = format_points(abs(now - before), places)
    agrees = _agrees(before, now, places)
    return PrintedChange(
        before=format_percent(before, places),
        now=format_percent(now, places),
        gap=points if agrees else text("numerals.points_unrounded", points=points),
        decimals=places,
        agrees=agrees,
    )


def choose_decimals(now: Fraction, befores: Sequence[Fraction]) -> int:
    """The decimals at which one percentage and all that it is compared with are written, at least two.

    At them they differ where they do, none looks like 0 % or 100 % that is not, and, where it can be had,
    each printed difference is that of the printed percentages.
    """
    least = next((places for places in range(_LEAST, _MOST) if _shows(now, befores, places)), _MOST)
    enough = range(least, min(least + _MORE, _MOST) + 1)
    return next(
        (places for places in enough if all(_agrees(before, now, places) for before in befores)), least
    )


def _shows(now: Fraction, befores: Sequence[Fraction], decimals: int) -> bool:
    written = round_half_up(now, decimals)
    if any(before != now and round_half_up(before, decimals) == written for before in befores):
        return False
    return not any(
        value != bound and round_half_up(value, decimals) == round_half_up(bound, decimals)
        for value in (now, *befores)
        for bound in _BOUNDS
    )


def _agrees(before: Fraction, now: Fraction, decimals: int) -> bool:
    printed = Fraction(round_half_up(now, decimals)) - Fraction(round_half_up(before, decimals))
    return abs(printed) == Fraction(round_half_up(abs(now - before), decimals))
