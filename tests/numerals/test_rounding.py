"""When a printed figure is right, when its digits were cut off."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.numerals import Printed, cut_off, is_right, is_truncated, parse_percent, round_half_up

XBRL = json.loads(
    (Path(__file__).parents[1] / "data" / "cases" / "xbrl_insignificant_digits.json").read_text(
        encoding="utf-8"
    )
)
THEIR_PRECISION = 28
"""Rows with more digits than this show where theirs ends, not what is exact."""

rates = st.fractions(0, 100, max_denominator=100_000)
decimals = st.integers(0, 6)


def printed(written: str) -> Printed:
    result = parse_percent(written)
    assert isinstance(result, Printed)
    return result


@pytest.mark.parametrize(
    ("exact", "places", "rounded"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(700, 18628), 2, "0.04"),
        (Fraction(1), 2, "1.00"),
        (Fraction(1250), -2, "13E2"),
        (Decimal("12345678901234567890123456789012345.675"), 2, "12345678901234567890123456789012345.68"),
    ],
)
def test_a_half_goes_up_and_the_decimals_asked_for_stay(exact: Fraction, places: int, rounded: str) -> None:
    assert str(round_half_up(exact, places)) == str(Decimal(rounded))


@pytest.mark.parametrize(
    ("written", "numerator", "denominator"),
    [
        ("99,97%", 20542, 20549),
        ("99,96%", 18621, 18628),
        ("41,97%", 2737, 6522),
        ("60,58%", 2070, 3417),
        ("21,48%", 667, 3105),
        ("93,64%", 2563, 2737),
        ("93,33%", 1932, 2070),
        ("94,6%", 631, 667),
        ("100%", 390, 390),
    ],
)
def test_the_rates_that_the_real_report_states_rightly_are_right(
    written: str, numerator: int, denominator: int
) -> None:
    assert is_right(printed(written), Fraction(100 * numerator, denominator))


def test_a_late_rate_of_0_03_is_0_0376_with_its_digits_cut_off() -> None:
    exact = Fraction(700, 18628)
    assert not is_right(printed("0,03%"), exact)
    assert is_truncated(printed("0,03%"), exact)
    assert is_right(printed("0,03%"), Fraction(700, 20549))
    assert is_right(printed("0,03%"), Fraction(700, 21035))


def test_a_figure_is_right_from_half_a_digit_below_to_just_under_half_above() -> None:
    assert is_right(printed("0,03"), Fraction(25, 1000))
    assert not is_right(printed("0,03"), Fraction(35, 1000))


def test_digits_that_rounding_would_leave_alone_are_not_called_cut_off() -> None:
    assert not is_truncated(printed("41,96"), Fraction(4196, 100))
    assert not is_truncated(printed("99,96"), Fraction(1862100, 18628))


@given(rates, decimals)
def test_the_rounded_figure_is_the_right_one_and_its_neighbours_are_not(exact: Fraction, places: int) -> None:
    rounded, unit = round_half_up(exact, places), Decimal(1).scaleb(-places)
    assert is_right(Printed(rounded, places, ""), exact)
    assert not is_right(Printed(rounded + unit, places, ""), exact)
    assert not is_right(Printed(rounded - unit, places, ""), exact)


@given(rates, decimals)
def test_what_is_cut_off_lies_less_than_a_digit_below(exact: Fraction, places: int) -> None:
    cut = cut_off(exact, places)
    assert 0 <= exact - Fraction(cut) < Fraction(1, 10**places)
    assert is_truncated(Printed(cut, places, ""), exact) != is_right(Printed(cut, places, ""), exact)


@pytest.mark.parametrize("row", XBRL, ids=lambda row: f"{row['value']}@{row['decimals']}")
def test_cutting_off_keeps_and_drops_the_digits_that_others_keep_and_drop(row: dict[str, object]) -> None:
    value, places = Decimal(str(row["value"])), int(str(row["decimals"]))
    kept = cut_off(value, places)
    dropped = abs(Fraction(value) - Fraction(kept))
    expect = row["expect"]
    if isinstance(expect, dict):
        assert kept == Decimal(expect["kept"])
        if dropped != Fraction(expect["dropped"]):
            assert len(value.as_tuple().digits) + max(0, -value.adjusted()) > THEIR_PRECISION
    elif dropped:
        assert _digits(value, places) > THEIR_PRECISION


def _digits(value: Decimal, places: int) -> int:
    """How many digits lie between the first of the value and the last that is looked at."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(value.adjusted(), 0) + 1 + max(-exponent, places, 0)
