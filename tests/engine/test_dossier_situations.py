"""A situation is one number, and says how the days of a record stand."""

from __future__ import annotations

from datetime import date
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.engine.dossier_situations import Calendar, Situation
from compliance.model.submission import Period

CALENDAR = Calendar.of(Period(year=2020, half=1), [date(2020, 5, 4), date(2020, 5, 4)])


def test_the_periods_last_day_is_always_a_cut_off() -> None:
    assert CALENDAR.days == (date(2020, 5, 4), date(2020, 6, 30))


@given(st.integers(min_value=0, max_value=prod(CALENDAR.bases) - 1))
def test_every_number_is_another_situation(number: int) -> None:
    here = Situation.decode(number, CALENDAR)
    parts = (
        here.received,
        here.closed,
        here.due,
        here.promptness,
        here.is_closed_before_received,
        here.is_due_before_received,
        here.is_nameless,
        here.unreadable,
    )
    again, factor = 0, 1
    for part, base in zip(parts, CALENDAR.bases, strict=True):
        again, factor = again + part * factor, factor * base
    assert again == number


@pytest.mark.parametrize(
    ("received", "there", "new"),
    [
        (0, (False, False), (False, False)),
        (1, (True, True), (False, False)),
        (2, (True, True), (True, True)),
        (3, (False, True), (False, True)),
        (4, (False, False), (False, False)),
    ],
)
def test_a_record_is_there_from_its_day_on(
    received: int, there: tuple[bool, bool], new: tuple[bool, bool]
) -> None:
    here = Situation.decode(received, CALENDAR)
    assert (here.is_received(0), here.is_received(1)) == there
    assert (here.is_new(0), here.is_new(1)) == new
    assert here.is_out_of_period(CALENDAR) == (received == 4)


@pytest.mark.parametrize(
    ("due", "overdue", "on"),
    [
        (0, (False, False), (False, False)),
        (1, (True, True), (False, False)),
        (2, (False, True), (True, False)),
        (3, (False, True), (False, False)),
        (4, (False, False), (False, True)),
        (5, (False, False), (False, False)),
    ],
)
def test_a_due_day_stands_before_on_or_after_each_cut_off(
    due: int, overdue: tuple[bool, bool], on: tuple[bool, bool]
) -> None:
    here = Situation.decode(25 * due, CALENDAR)
    assert (here.is_overdue(0), here.is_overdue(1)) == overdue
    assert (here.is_due_on(0), here.is_due_on(1)) == on
