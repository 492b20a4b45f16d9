"""Which texts are numbers in Vietnamese notation, and what is said of the others."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compliance.numerals import (
    Fault,
    Printed,
    format_count,
    format_decimal,
    format_percent,
    parse_amount,
    parse_boolean,
    parse_count,
    parse_interval,
    parse_percent,
)

NUMBER_LIKE = st.text(alphabet="0123456789., -–%x\u00a0\u2009０９．，hồ", max_size=20)


def code(result: object) -> str:
    assert isinstance(result, Fault), result
    assert result.what
    assert result.remedy
    assert not re.search(r"\{\w*\}", result.what + result.remedy)
    return result.code.removeprefix("numerals.")


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("0", 0),
        ("07", 7),
        ("21035", 21035),
        ("21.035", 21035),
        ("1.234.567", 1234567),
        ("21 035", 21035),
        ("21\u00a0035", 21035),
        ("21\u202f035", 21035),
        ("21\u2009035", 21035),
        ("２１．０３５", 21035),
        (" 486 ", 486),
        ("\u200e486\u200b", 486),
        ("\ufeff486", 486),
    ],
)
def test_a_count_is_read_however_its_digits_and_spaces_were_typed(written: str, count: int) -> None:
    assert parse_count(written) == count


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "empty"),
        (" \u00a0", "empty"),
        ("21,035", "ambiguous"),
        ("21,5", "fraction"),
        ("0,035", "fraction"),
        ("1.234,567", "fraction"),
        ("21,0350", "fraction"),
        ("2.10", "grouping"),
        ("0.035", "grouping"),
        ("021.035", "grouping"),
        ("21.0355", "grouping"),
        ("1.234 567", "grouping"),
        ("1 2", "grouping"),
        ("21  035", "grouping"),
        ("1..234", "grouping"),
        ("1,234,567", "foreign"),
        ("1,234.5", "foreign"),
        ("-5", "negative"),
        ("– 5", "negative"),
        ("\u22125", "negative"),
        ("-", "dash"),
        ("…", "dash"),
        ("5%", "percent"),
        ("khoảng 200", "approximate"),
        ("Hơn 200 tin", "approximate"),
        ("~200", "approximate"),
        ("05 - 07", "interval"),
        ("07 hồ sơ", "with_words"),
        ("21 035 hồ sơ", "with_words"),
        ("không", "not_a_number"),
        ("1e5", "not_a_number"),
        ("0x1F", "not_a_number"),
        ("1_000", "not_a_number"),
        ("½", "not_a_number"),
        ("12²", "not_a_number"),
        ("٣", "not_a_number"),
        ("1" * 16, "too_long"),
        ("1" * 5000, "too_long"),
        ("a" * 5000, "not_a_number"),
    ],
)
def test_a_text_that_is_no_count_says_why(written: str, why: str) -> None:
    assert code(parse_count(written)) == why


def test_the_two_readings_of_an_ambiguous_count_are_both_named() -> None:
    fault = parse_count("21,035")
    assert isinstance(fault, Fault)
    assert fault.values == {"written": "21,035", "thousands": "21.035", "decimal": "21,035"}
    assert "21.035" in fault.what
    assert "21,035" in fault.what


@pytest.mark.parametrize(
    ("written", "suggested"),
    [
        ("1,234,567", "1.234.567"),
        ("1,234.5", "1.234,5"),
        ("khoảng 200", "{value: 200, approximate: about}"),
        ("hơn 200", "{value: 200, approximate: over}"),
        ("dưới 1.500 lượt", "{value: 1.500, approximate: under}"),
        ("~246", "nghĩa là khoảng 246"),
        ("21 035 hồ sơ", "21 035"),
    ],
)
def test_where_the_meaning_is_plain_the_right_way_to_write_it_is_said(written: str, suggested: str) -> None:
    fault = parse_count(written)
    assert isinstance(fault, Fault)
    assert suggested in fault.remedy


def test_a_long_text_is_quoted_only_in_part() -> None:
    fault = parse_count("dòng một\n" + "x" * 5000)
    assert isinstance(fault, Fault)
    assert len(fault.values["written"]) < 70
    assert "\n" not in fault.values["written"]


@pytest.mark.parametrize(
    ("written", "amount"),
    [("205", "205"), ("1.234,5", "1234.5"), ("1234,50", "1234.50"), ("1 234,5", "1234.5"), ("0,5", "0.5")],
)
def test_an_amount_has_its_decimals_behind_a_comma(written: str, amount: str) -> None:
    assert parse_amount(written) == Decimal(amount)


@pytest.mark.parametrize(
    ("written", "why"),
    [("1.5", "dot_decimal"), ("0.035", "dot_decimal"), ("1,5,5", "grouping"), ("1," + "5" * 20, "too_long")],
)
def test_a_text_that_is_no_amount_says_why(written: str, why: str) -> None:
    assert code(parse_amount(written)) == why


@pytest.mark.parametrize(
    ("written", "points", "decimals"),
    [
        ("99,97%", "99.97", 2),
        ("99,97 %", "99.97", 2),
        ("99,97\u00a0%", "99.97", 2),
        ("９９，９７％", "99.97", 2),
        ("94,60", "94.60", 2),
        ("93.33%", "93.33", 2),
        ("94.6", "94.6", 1),
        ("100", "100", 0),
        ("0,034%", "0.034", 3),
        ("1.234%", "1234", 0),
    ],
)
def test_a_percentage_keeps_the_decimals_it_was_printed_with(
    written: str, points: str, decimals: int
) -> None:
    assert parse_percent(written) == Printed(Decimal(points), decimals, written)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "empty"),
        ("%", "empty"),
        ("-3%", "negative"),
        ("0.034%", "dot_decimal"),
        ("99.9659", "dot_decimal"),
        ("5%%", "percent"),
        ("5-7%", "interval"),
        ("gần 90%", "approximate"),
        ("1," + "5" * 20, "too_long"),
    ],
)
def test_a_text_that_is_no_percentage_says_why(written: str, why: str) -> None:
    assert code(parse_percent(written)) == why


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("05 - 07", 5, 7),
        ("5–7", 5, 7),
        ("5 — 7", 5, 7),
        ("từ 5 đến 7", 5, 7),
        ("Từ 5 đến 7", 5, 7),
        ("1.000-1.500", 1000, 1500),
        ("1,5 - 2", Decimal("1.5"), 2),
        ("5-5", 5, 5),
    ],
)
def test_a_range_has_both_its_ends(written: str, low: int | Decimal, high: int | Decimal) -> None:
    assert parse_interval(written) == (low, high)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "empty"),
        ("5", "not_an_interval"),
        ("04-05-2020", "not_an_interval"),
        ("5% - 7%", "not_an_interval"),
        ("7 - 5", "interval_reversed"),
        ("21,035 - 22", "ambiguous"),
        ("5 - 7.1", "grouping"),
    ],
)
def test_a_text_that_is_no_range_says_why(written: str, why: str) -> None:
    assert code(parse_interval(written)) == why


@pytest.mark.parametrize(
    "written", ["có", "Có", "CÓ", "co\u0301", "x", "✓", "đúng", "rồi", "true", "TRUE", "1"]
)
def test_yes_is_written_in_many_ways(written: str) -> None:
    assert parse_boolean(written) is True


@pytest.mark.parametrize("written", ["không", "Không", "khong", "chưa", "sai", "false", "0"])
def test_no_is_written_in_many_ways(written: str) -> None:
    assert parse_boolean(written) is False


@pytest.mark.parametrize(
    ("written", "why"), [("", "empty"), ("có lẽ", "not_a_boolean"), ("-", "not_a_boolean")]
)
def test_a_text_that_is_neither_says_so(written: str, why: str) -> None:
    assert code(parse_boolean(written)) == why


@given(st.integers(0, 10**15 - 1))
def test_a_count_written_in_vietnamese_is_read_back(count: int) -> None:
    assert parse_count(format_count(count)) == count
    assert parse_count(format_count(count).replace(".", "\u00a0")) == count
    assert parse_count(str(count)) == count


@given(st.decimals(0, 10**12, places=3))
def test_an_amount_written_in_vietnamese_is_read_back(amount: Decimal) -> None:
    assert parse_amount(format_decimal(amount)) == amount


@given(st.integers(0, 10**7), st.integers(0, 5))
def test_a_percentage_is_read_back_with_its_decimals(digits: int, decimals: int) -> None:
    value = Decimal(digits).scaleb(-decimals)
    printed = parse_percent(format_percent(value, decimals, keep_zeros=True))
    assert isinstance(printed, Printed)
    assert (printed.value, printed.decimals) == (value, decimals)


@given(st.text() | NUMBER_LIKE)
@example("\ud800")
@example("1\n2")
def test_no_text_makes_a_reader_raise(written: str) -> None:
    for parse in (parse_count, parse_amount, parse_percent, parse_interval, parse_boolean):
        result = parse(written)
        if isinstance(result, Fault):
            assert code(result)


@given(NUMBER_LIKE)
def test_a_count_is_only_read_from_digits_in_groups_of_three(written: str) -> None:
    count = parse_count(written)
    if isinstance(count, Fault):
        return
    plain = written.translate(str.maketrans("０９．，\u00a0\u2009", "09.,  ")).strip()
    assert re.fullmatch(r"\d+|[1-9]\d{0,2}([. ]\d{3})(\1|[. ]\d{3})*", plain)
    assert count == int(re.sub(r"\D", "", plain))


@given(NUMBER_LIKE)
def test_an_amount_is_read_the_one_way_that_vietnamese_notation_allows(written: str) -> None:
    amount = parse_amount(written)
    if isinstance(amount, Fault):
        return
    plain = written.translate(str.maketrans("０９．，\u00a0\u2009", "09.,  ")).strip()
    assert amount == Decimal(plain.replace(".", "").replace(" ", "").replace(",", "."))
