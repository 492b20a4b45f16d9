"""The words in which numbers of a reconciliation are told."""

from __future__ import annotations

from datetime import date

from compliance.render.reconcile_words import show_count, show_day, show_difference


def test_a_difference_has_its_sign_and_a_true_minus() -> None:
    assert [show_difference(number) for number in (1234, -3, 0, None)] == ["+1.234", "−3", "0", ""]


def test_what_is_not_known_is_left_empty() -> None:
    assert (show_count(None), show_day(None)) == ("", "")
    assert (show_count(0), show_day(date(2020, 5, 4))) == ("0", "04/5/2020")
