"""When is a printed figure the right one for an exact value?"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor, trunc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compliance.numerals.reading import Printed

_HALF = Fraction(1, 2)


def round_half_up(exact: Fraction | Decimal | int, decimals: int) -> Decimal:
    """The value at `decimals` digits after the comma; a half goes away from zero.

    The result carries exactly that many decimals (`Decimal("1.00")`). Negative `decimals` round to tens,
    hundreds and so on.
    """
    scaled = Fraction(exact) * Fraction(10) ** decimals
    return _shift(floor(abs(scaled) + _HALF) * (-1 if scaled < 0 else 1), decimals)


def cut_off(exact: Fraction | Decimal | int, decimals: int) -> Decimal:
    """The value with every digit behind `decimals` dropped."""
    return _shift(trunc(Fraction(exact) * Fraction(10) ** decimals), decimals)


def is_right(printed: Printed, exact: Fraction) -> bool:
    """Whether a printed figure s with last decimal u is the exact one: s - u/2 <= exact < s + u/2."""
    half_unit = Fraction(1, 2 * 10**printed.decimals)
    stated = Fraction(printed.value)
    return stated - half_unit <= exact < stated + half_unit


def is_truncated(printed: Printed, exact: Fraction) -> bool:
    """Whether it is the exact one with its digits cut off where rounding would give another figure."""
    cut = cut_off(exact, printed.decimals)
    return printed.value == cut != round_half_up(exact, printed.decimals)


def _shift(scaled: int, decimals: int) -> Decimal:
    """`scaled` ÷ 10^`decimals`, built from its digits: arithmetic on Decimals would round to 28 digits."""
    digits = tuple(map(int, str(abs(scaled))))
    return Decimal((int(scaled < 0), digits, -decimals))
