"""How is a figure handed to an engine that computes with decimals, so that nothing is ever rounded unseen?

Figures are computed with in a context that traps every inexact result. A rate, which mostly has no finite
decimal, is only compared: it is cut off with a sticky last digit, so that it lies on the same side of every
number with fewer digits as the exact rate does.
"""

from __future__ import annotations

import decimal
from datetime import date
from decimal import ROUND_05UP, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.engine.names import DeclaredName, ValueType

Value = bool | int | Decimal | Fraction | date | str
Plain = bool | Decimal | date | str
"""A value as the expression library computes with it."""

EXACT = decimal.Context(
    prec=5_000,
    traps=[
        decimal.Inexact,
        decimal.Overflow,
        decimal.InvalidOperation,
        decimal.DivisionByZero,
        decimal.FloatOperation,
    ],
)
"""Room for the product of as many numbers as an expression can hold, each of 40 digits; beyond it a fault."""
_STICKY = decimal.Context(prec=200, rounding=ROUND_05UP)
_ROUNDING = decimal.Context(prec=5_000, rounding=ROUND_HALF_UP)
_PYTHON_TYPES: Mapping[ValueType, tuple[type, ...]] = {
    "number": (int, Decimal, Fraction),
    "boolean": (bool,),
    "date": (date,),
    "text": (str,),
}


def plain_value(declared: DeclaredName, value: Value) -> Plain:
    """The value as the expression library takes it.

    Raises:
        TypeError: the value is not of the declared type; a float never is.
        decimal.Inexact: a number that is computed with has no finite decimal.
    """
    is_of_type = isinstance(value, _PYTHON_TYPES[declared.type])
    if not is_of_type or (isinstance(value, bool) and declared.type != "boolean"):
        raise TypeError(f"{declared.name} is a {declared.type}, not a {type(value).__name__}")
    if isinstance(value, Fraction):
        return sticky_decimal(value) if declared.kind == "rate" else _finite_decimal(value)
    if isinstance(value, bool):
        return value
    return Decimal(value) if isinstance(value, int) else value


def sticky_decimal(exact: Fraction) -> Decimal:
    """The number itself where 200 digits hold it, else cut off, its last digit neither 0 nor 5."""
    return _STICKY.divide(Decimal(exact.numerator), Decimal(exact.denominator))


def _finite_decimal(exact: Fraction) -> Decimal:
    return EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator))


def round_half_up(value: Decimal, decimals: Decimal = Decimal(0)) -> Decimal:
    """`$round`: to that many decimals, a half away from zero."""
    return value.quantize(Decimal(1).scaleb(-int(decimals)), context=_ROUNDING)
