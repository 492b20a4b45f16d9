"""How is a value written for a Vietnamese reader?"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from babel.numbers import format_decimal as format_localized

from compliance.messages import text
from compliance.numerals.rounding import round_half_up

_LOCALE = "vi"
_DECIMALS_OF_ENDLESS = 4
"""Digits after the comma for a number that has no finite decimal, where none are asked for."""
_MOST_DECIMALS = 12


def format_count(count: int) -> str:
    """A count, thousands set off by dots: `21.035`."""
    return _localize(Decimal(count), 0)


def format_difference(difference: int) -> str:
    """A difference between two counts, with its sign: `+3`, `−1.234`, `0`."""
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return f"{sign}{format_count(abs(difference))}"


def format_decimal(
    number: Decimal | Fraction | int, decimals: int | None = None, *, keep_zeros: bool = False
) -> str:
    """A number, half-up at `decimals`: `1.234,5`.

    Without `decimals` all of its digits are written, or four after the comma where they never end. Trailing
    zeros stay only with `keep_zeros`.
    """
    places = _own_decimals(Fraction(number)) if decimals is None else decimals
    rounded = round_half_up(number, places)
    if not keep_zeros:
        places = min(places, _own_decimals(Fraction(rounded)))
    return _localize(rounded, places)


def format_percent(number: Decimal | Fraction | int, decimals: int = 2, *, keep_zeros: bool = False) -> str:
    """Percent points as a percentage: `41,97%`, `100%`; see `format_decimal`."""
    return f"{format_decimal(number, decimals, keep_zeros=keep_zeros)}%"


def format_points(number: Decimal | Fraction | int, decimals: int = 2) -> str:
    """A difference between two percentages: `48,03 điểm phần trăm`."""
    return text("numerals.points", number=format_decimal(number, decimals))


def _own_decimals(exact: Fraction) -> int:
    """How many digits after the comma the number has."""
    for places in range(_MOST_DECIMALS + 1):
        if (exact * 10**places).denominator == 1:
            return places
    return _DECIMALS_OF_ENDLESS


def _localize(number: Decimal, decimals: int) -> str:
    pattern = "#,##0" + (f".{'0' * decimals}" if decimals > 0 else "")
    with localcontext() as context:
        # babel quantizes in the current context, which refuses more than 28 digits
        context.prec = max(28, number.adjusted() + decimals + 2, len(number.as_tuple().digits) + 2)
        return format_localized(number or Decimal(0), format=pattern, locale=_LOCALE)
