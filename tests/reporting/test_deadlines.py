from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.submission import Period
from compliance.reporting.deadlines import find_correction_due, find_due

SECOND_HALF = Period(year=2020, half=2)
FIRST_HALF = Period(year=2021, half=1)
PERIODS = st.builds(Period, year=st.integers(1990, 2200), half=st.sampled_from((1, 2)))


def test_the_end_of_the_period_is_its_last_day() -> None:
    assert find_due("period_end", SECOND_HALF) == date(2020, 12, 31)


@pytest.mark.parametrize(
    ("written", "period", "due"),
    [
        ("09-30", SECOND_HALF, date(2020, 9, 30)),
        ("09-30", FIRST_HALF, date(2021, 3, 30)),
        ("08-31", FIRST_HALF, date(2021, 2, 28)),
        ("12-31", FIRST_HALF, date(2021, 6, 30)),
        ("03-15", SECOND_HALF, date(2020, 9, 15)),
    ],
)
def test_a_day_of_the_other_half_of_the_year_is_taken_six_months_on(
    written: str, period: Period, due: date
) -> None:
    assert find_due(written, period) == due


def test_a_target_that_is_due_earlier_in_the_period_comes_first() -> None:
    assert find_due("period_end", SECOND_HALF, date(2020, 10, 31)) == date(2020, 10, 31)


def test_a_target_that_was_due_before_the_period_leaves_the_task_its_day() -> None:
    assert find_due("09-30", SECOND_HALF, date(2019, 6, 30)) == date(2020, 9, 30)


def test_corrections_are_due_in_the_first_month() -> None:
    assert find_correction_due(SECOND_HALF) == date(2020, 7, 15)


@given(
    written=st.one_of(
        st.just("period_end"), st.from_regex(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", fullmatch=True)
    ),
    period=PERIODS,
    target_due=st.none() | st.dates(),
)
def test_every_due_date_lies_in_the_period(written: str, period: Period, target_due: date | None) -> None:
    assert period.start <= find_due(written, period, target_due) <= period.end
