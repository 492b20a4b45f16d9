"""How figures become decimals without being rounded."""

from __future__ import annotations

import decimal
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.engine.exact import plain_value, round_half_up, sticky_decimal
from compliance.engine.names import DeclaredName

FIGURE = DeclaredName("a.b", "figure", "number")
RATE = DeclaredName("rate.a.r", "rate", "number")
CONDITION = DeclaredName("t.p", "figure", "boolean")


@pytest.mark.parametrize(
    ("declared", "value", "plain"),
    [
        (FIGURE, 21_035, Decimal(21_035)),
        (FIGURE, Decimal("0.10"), Decimal("0.10")),
        (FIGURE, Fraction(1, 8), Decimal("0.125")),
        (RATE, Fraction(175, 2), Decimal("87.5")),
        (CONDITION, True, True),
        (DeclaredName("d.m", "figure", "date"), date(2020, 5, 4), date(2020, 5, 4)),
        (DeclaredName("unit.level", "setting", "text"), "bloc", "bloc"),
    ],
)
def test_a_value_of_the_declared_type_is_taken_as_it_is(
    declared: DeclaredName, value: Any, plain: Any
) -> None:
    taken = plain_value(declared, value)
    assert (taken, type(taken)) == (plain, type(plain))


@pytest.mark.parametrize(
    ("declared", "value", "kind"),
    [(FIGURE, 0.5, "float"), (FIGURE, True, "bool"), (CONDITION, 1, "int"), (FIGURE, "7", "str")],
)
def test_a_value_of_another_type_is_refused(declared: DeclaredName, value: Any, kind: str) -> None:
    with pytest.raises(TypeError, match=f"{declared.name} is a {declared.type}, not a {kind}"):
        plain_value(declared, value)


def test_a_figure_without_a_finite_decimal_is_not_computed_with() -> None:
    with pytest.raises(decimal.Inexact):
        plain_value(FIGURE, Fraction(1, 3))


def test_a_rate_that_does_not_end_ends_in_a_digit_that_sticks() -> None:
    assert sticky_decimal(Fraction(1, 3)) == Decimal(f"0.{'3' * 200}")
    twos = sticky_decimal(Fraction(10, 9) - 1)
    assert str(twos)[-1] not in "05"
    assert str(sticky_decimal(Fraction(5, 9)))[-1] == "6"


@given(st.fractions(0, 10**6, max_denominator=10**12), st.decimals(0, 10**6, places=6, allow_nan=False))
def test_a_sticky_decimal_lies_on_the_same_side_of_every_shorter_number(
    exact: Fraction, limit: Decimal
) -> None:
    sticky = sticky_decimal(exact)
    assert (sticky < limit, sticky == limit) == (exact < limit, exact == limit)


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [("2.5", 0, "3"), ("-2.5", 0, "-3"), ("0.125", 2, "0.13"), ("0.1249", 2, "0.12"), ("7", 2, "7.00")],
)
def test_a_half_is_rounded_away_from_zero(value: str, decimals: int, rounded: str) -> None:
    assert str(round_half_up(Decimal(value), Decimal(decimals))) == rounded
