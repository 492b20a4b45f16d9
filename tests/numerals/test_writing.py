"""How values are written for a Vietnamese reader."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.numerals import (
    format_count,
    format_decimal,
    format_difference,
    format_percent,
    format_points,
    parse_amount,
    round_half_up,
)


@pytest.mark.parametrize(("count", "written"), [(0, "0"), (7, "7"), (21035, "21.035"), (-21035, "-21.035")])
def test_dots_set_off_the_thousands_of_a_count(count: int, written: str) -> None:
    assert format_count(count) == written


@pytest.mark.parametrize(
    ("number", "decimals", "written"),
    [
        (Decimal("1234.5"), None, "1.234,5"),
        (Decimal("1234.50"), None, "1.234,5"),
        (205, None, "205"),
        (Fraction(1, 3), None, "0,3333"),
        (Fraction(1, 8), None, "0,125"),
        (Fraction(1, 8), 2, "0,13"),
        (Fraction(5, 2), 0, "3"),
        (Decimal("-0.001"), 2, "0"),
        (Decimal("1E+3"), None, "1.000"),
        (
            Decimal("1234567890123456789012345678901234567.125"),
            2,
            "1.234.567.890.123.456.789.012.345.678.901.234.567,13",
        ),
    ],
)
def test_a_comma_sets_off_the_decimals_and_a_half_goes_up(
    number: Decimal | Fraction | int, decimals: int | None, written: str
) -> None:
    assert format_decimal(number, decimals) == written


@pytest.mark.parametrize(
    ("number", "decimals", "written"),
    [
        (Fraction(273700, 6522), 2, "41,97%"),
        (100, 2, "100%"),
        (Decimal("94.6"), 2, "94,6%"),
        (Fraction(700, 18628), 4, "0,0376%"),
    ],
)
def test_a_percentage_ends_with_its_last_digit_that_is_no_zero(
    number: Decimal | Fraction | int, decimals: int, written: str
) -> None:
    assert format_percent(number, decimals) == written


def test_zeros_stay_when_they_are_asked_for() -> None:
    assert format_percent(Decimal("94.6"), 2, keep_zeros=True) == "94,60%"
    assert format_decimal(5, 1, keep_zeros=True) == "5,0"


def test_a_difference_of_percentages_is_in_percent_points() -> None:
    assert format_points(Fraction(4803, 100)) == "48,03 điểm phần trăm"


@given(st.fractions(0, 10**9, max_denominator=10**6), st.integers(0, 6))
def test_what_is_written_is_the_rounded_value(exact: Fraction, decimals: int) -> None:
    assert parse_amount(format_decimal(exact, decimals)) == round_half_up(exact, decimals)


def test_a_difference_between_counts_carries_its_sign() -> None:
    assert [format_difference(number) for number in (1234, -1234, 0)] == ["+1.234", "−1.234", "0"]
