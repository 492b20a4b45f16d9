"""Which numbers JSON number tokens say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.numerals import Fault, Printed, parse_json_count, parse_json_number, parse_json_percent


def test_a_whole_number_is_a_count() -> None:
    assert parse_json_count("21035") == 21035
    assert parse_json_count("0") == 0


def test_a_count_with_three_decimals_is_asked_whether_thousands_were_meant() -> None:
    fault = parse_json_count("21.035")
    assert isinstance(fault, Fault)
    assert fault.code == "numerals.json_thousands"
    assert "21035" in fault.what
    assert "21.035" in fault.remedy


@pytest.mark.parametrize(
    ("token", "why"),
    [
        ("21.5", "json_fraction"),
        ("21.0", "json_fraction"),
        ("0.035", "json_fraction"),
        ("-5", "negative"),
        ("-0", "negative"),
        ("1e5", "exponent"),
        ("1.5E-3", "exponent"),
        ("1" * 16, "too_long"),
        ("true", "not_a_number"),
    ],
)
def test_a_token_that_is_no_count_says_why(token: str, why: str) -> None:
    fault = parse_json_count(token)
    assert isinstance(fault, Fault)
    assert fault.code == f"numerals.{why}"
    assert fault.what
    assert fault.remedy


def test_an_amount_and_a_percentage_keep_the_digits_of_the_token() -> None:
    assert parse_json_number("205.50") == Decimal("205.50")
    assert parse_json_percent("94.60") == Printed(Decimal("94.60"), 2, "94.60")
    assert parse_json_percent("100") == Printed(Decimal(100), 0, "100")
    assert isinstance(parse_json_percent("-1"), Fault)


@given(st.text() | st.from_regex(r"-?\d*\.?\d*([eE][-+]?\d*)?", fullmatch=True))
def test_no_token_makes_a_reader_raise(token: str) -> None:
    for parse in (parse_json_count, parse_json_number, parse_json_percent):
        assert isinstance(parse(token), int | Decimal | Printed | Fault)
