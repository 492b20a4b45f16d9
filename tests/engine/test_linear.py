"""Which equalities are linear identities between figures, and which whole numbers they have."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.engine.linear import (
    Linear,
    LinearBound,
    agree_by_rounding,
    linear_bound,
    linear_form,
    stated_identity,
)
from compliance.engine.syntax import Binary, Call, Compare, Name, Node, Number, Unary
from compliance.numerals import round_half_up

if TYPE_CHECKING:
    from compliance.engine.syntax import ComparisonSign

X, Y, Z = Name("a.x"), Name("a.y"), Name("a.z")


def number(value: str) -> Number:
    return Number(Decimal(value))


def identity(left: Node, right: Node) -> Linear | None:
    return linear_form(Compare("==", left, right), lambda name: name.startswith("a."))


@pytest.mark.parametrize(
    ("left", "right", "coefficients", "constant"),
    [
        (X, Binary("+", Y, Z), {"a.x": 1, "a.y": -1, "a.z": -1}, 0),
        (Binary("+", Y, Z), X, {"a.x": 1, "a.y": -1, "a.z": -1}, 0),
        (Binary("-", X, Y), number("5"), {"a.x": 1, "a.y": -1}, -5),
        (Binary("*", number("2"), X), Binary("*", Y, number("4")), {"a.x": 1, "a.y": -2}, 0),
        (Binary("*", number("0.5"), X), Binary("-", Y, number("0.25")), {"a.x": 2, "a.y": -4}, 1),
        (Unary("-", X), Y, {"a.x": 1, "a.y": 1}, 0),
        (Binary("+", X, Y), Binary("+", Y, Z), {"a.x": 1, "a.z": -1}, 0),
        (Binary("*", Binary("+", X, Y), number("3")), number("6"), {"a.x": 1, "a.y": 1}, -2),
        (Binary("*", number("2"), number("3")), X, {"a.x": 1}, -6),
        (Binary("+", X, Binary("*", number("0"), Y)), number("0"), {"a.x": 1}, 0),
    ],
)
def test_an_equality_of_sums_of_figures_is_an_identity(
    left: Node, right: Node, coefficients: dict[str, int], constant: int
) -> None:
    found = identity(left, right)
    assert found == Linear(coefficients, constant)
    assert found is not None
    assert list(found.coefficients) == sorted(found.coefficients)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Binary("*", X, Y), Z),
        (Call("abs", (X,)), Y),
        (Unary("-", Call("abs", (X,))), Y),
        (Name("rate.r"), number("100")),
        (Binary("+", X, Name("period.days")), Y),
        (X, X),
        (number("1"), number("1")),
    ],
)
def test_anything_else_is_none(left: Node, right: Node) -> None:
    assert identity(left, right) is None


@pytest.mark.parametrize("sign", ["<=", "!=", ">"])
def test_only_an_equality_is_one(sign: str) -> None:
    assert linear_form(Compare(sign, X, Y), lambda _: True) is None  # type: ignore[arg-type]
    assert linear_form(Unary("not", Compare("==", X, Y)), lambda _: True) is None


@given(st.lists(st.integers(-50, 50), min_size=3, max_size=3), st.integers(-50, 50))
def test_figures_that_satisfy_the_equality_satisfy_the_identity(terms: list[int], constant: int) -> None:
    a, b, c = terms
    left = Binary("+", Binary("*", number(str(a)), X), Binary("*", number(str(b)), Y))
    right = Binary("+", Binary("*", number(str(c)), Z), number(str(constant)))
    found = identity(left, right)
    if found is None:
        assert a == b == c == 0
        return
    x, y, z = 7, -3, 11
    residue = sum(
        found.coefficients.get(name, 0) * value for name, value in (("a.x", x), ("a.y", y), ("a.z", z))
    )
    assert (residue + found.constant == 0) is (a * x + b * y == c * z + constant)


def bound(sign: ComparisonSign, left: Node, right: Node) -> LinearBound | None:
    return linear_bound(Compare(sign, left, right), lambda name: name.startswith("a."))


def test_an_inequality_of_sums_of_figures_is_a_bound_on_what_is_smaller() -> None:
    assert bound("<=", X, Binary("+", Y, number("2"))) == LinearBound({"a.x": 1, "a.y": -1}, -2, strict=False)
    assert bound(">", X, Y) == LinearBound({"a.x": -1, "a.y": 1}, 0, strict=True)


def test_a_bound_keeps_its_direction_in_whole_numbers() -> None:
    half = Binary("*", number("0.5"), X)
    assert bound(">=", half, number("3")) == LinearBound({"a.x": -1}, 6, strict=False)


def test_equalities_products_and_foreign_names_are_no_bounds() -> None:
    assert bound("==", X, Y) is None
    assert bound("<", Binary("*", X, Y), number("1")) is None
    assert bound("<", Name("rate.x"), Y) is None
    assert bound("<", number("1"), number("2")) is None


FIRST, SECOND = Name("stated.a.first"), Name("stated.a.second")


def agree(left: Node, *printed: str, right: str = "100") -> bool:
    found = stated_identity(Compare("==", left, number(right)))
    assert found is not None
    pairs = ((Fraction(text), Fraction(1, 10 ** len(text.partition(".")[2]))) for text in printed)
    return agree_by_rounding(found, dict(zip(("stated.a.first", "stated.a.second"), pairs, strict=True)))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("99.97", "0.03", True),
        ("99.97", "0.04", True),
        ("96.3", "3.8", True),
        ("100", "0", True),
        ("100", "1", False),
        ("100", "0.05", False),
        ("99.96", "0.03", False),
        ("99.97", "0.05", False),
        ("96.30", "3.80", False),
        ("96.3", "3.75", True),
        ("96.2", "3.75", True),
        ("96.2", "3.74", False),
    ],
)
def test_printed_shares_add_up_as_far_as_rounding_half_up_lets_them(
    first: str, second: str, *, expected: bool
) -> None:
    assert agree(Binary("+", FIRST, SECOND), first, second) is expected


def test_a_difference_of_printed_rates_is_off_by_less_than_a_digit() -> None:
    difference = Binary("-", FIRST, SECOND)
    assert agree(difference, "50.01", "50.00", right="0") is False
    assert agree(difference, "50.01", "50.0", right="0") is True


@given(part=st.integers(0, 400), rest=st.integers(0, 400), decimals=st.integers(0, 3))
def test_the_printed_shares_of_a_whole_always_agree(part: int, rest: int, decimals: int) -> None:
    whole = part + rest or 1
    shares = [round_half_up(Fraction(100 * share, whole), decimals) for share in (part, whole - part)]
    if not {0, 100} & set(shares):
        assert agree(Binary("+", FIRST, SECOND), *(f"{share:.{decimals}f}" for share in shares))
