"""How dates and half-years are read and written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.numerals import Fault, format_date, format_period, parse_date, parse_period


@pytest.mark.parametrize(
    "written",
    [
        "04/5/2020",
        "04/05/2020",
        "4/5/2020",
        "04-05-2020",
        "04.5.2020",
        "04 / 5 / 2020",
        "2020-05-04",
        "2020/5/4",
        "ngày 04 tháng 5 năm 2020",
        "Ngày 4 tháng 05 năm 2020",
        "04 tháng 5 năm 2020",
        "ngày 04/5/2020",
        "０４/５/２０２０",
        " 04/5/2020\u00a0",
    ],
)
def test_a_date_has_its_day_before_its_month_however_it_is_written(written: str) -> None:
    assert parse_date(written) == date(2020, 5, 4)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "empty"),
        ("hôm qua", "not_a_date"),
        ("04/5-2020", "not_a_date"),
        ("20200504", "not_a_date"),
        ("04/5/20", "short_year"),
        ("31/02/2020", "no_such_day"),
        ("05/21/2020", "no_such_day"),
        ("2020-13-01", "no_such_day"),
        ("04/5/0020", "no_such_day"),
        ("04/5/9999", "no_such_day"),
    ],
)
def test_a_text_that_is_no_date_says_why(written: str, why: str) -> None:
    fault = parse_date(written)
    assert isinstance(fault, Fault)
    assert fault.code == f"numerals.{why}"
    assert fault.what
    assert fault.remedy


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2020, 5, 4), "04/5/2020"),
        (date(2020, 2, 4), "04/02/2020"),
        (date(2020, 1, 31), "31/01/2020"),
        (date(2020, 12, 31), "31/12/2020"),
    ],
)
def test_days_under_ten_and_the_first_two_months_have_a_zero(day: date, written: str) -> None:
    assert format_date(day) == written


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_date_written_either_way_is_read_back(day: date) -> None:
    assert parse_date(format_date(day)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"ngày {day.day:02d} tháng {day.month} năm {day.year}") == day


@given(st.text() | st.text(alphabet="0123456789/-. ngàythgăm", max_size=30))
def test_no_text_makes_a_date_reader_raise(written: str) -> None:
    result = parse_date(written)
    assert isinstance(result, date | Fault)


@pytest.mark.parametrize(("written", "half"), [("2020-H1", (2020, 1)), (" 2019-H2 ", (2019, 2))])
def test_a_half_year_has_its_year_and_half(written: str, half: tuple[int, int]) -> None:
    assert parse_period(written) == half


@pytest.mark.parametrize("written", ["", "2020", "2020-H3", "H1/2020", "２０２０-H1", "2020-h1"])
def test_whatever_else_is_no_half_year(written: str) -> None:
    with pytest.raises(ValueError, match=written or "^$"):
        parse_period(written)


def test_a_half_year_is_written_in_words() -> None:
    assert format_period(2020, 1) == "6 tháng đầu năm 2020"
    assert format_period(2020, 2) == "6 tháng cuối năm 2020"
