"""Which slip of the pen stands between the right number and the written one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.engine.slips import UNEXPLAINED, find_slip, propose, weigh_slip


@pytest.mark.parametrize(
    ("written", "right", "slip"),
    [
        (487, 478, "swapped"),
        (2_653, 2_563, "swapped"),
        (80, 8, "extra"),
        (944, 94, "doubled"),
        (11_746, 1_746, "doubled"),
        (69, 691, "missing"),
        (1_750_000, 1_750, "separator"),
        (7, 7_000, "separator"),
        (21_035, 20_035, "digit"),
        (934, 94, "extra"),
        (9, 6, None),
        (478, 478, None),
        (519, 27, None),
        (5, -5, None),
    ],
)
def test_a_slip_is_recognised(written: int, right: int, slip: str | None) -> None:
    assert find_slip(written, right) == slip


def test_a_neighbours_figure_is_copied() -> None:
    assert find_slip(6_875, 11_746, {6_875}) == "copied"


def test_small_figures_are_equal_without_being_copied() -> None:
    assert find_slip(7, 0, {7}) is None


def test_a_swap_is_named_before_a_copy() -> None:
    assert find_slip(487, 478, {487}) == "swapped"


def test_a_telling_slip_weighs_less_than_a_wrong_digit_and_that_less_than_none() -> None:
    weights = [weigh_slip("swapped", 487, 478), weigh_slip("digit", 487, 477), weigh_slip(None, 487, 12)]
    assert weights == sorted(set(weights))
    assert weights[-1] == UNEXPLAINED


def test_a_missing_digit_tells_more_in_a_long_number() -> None:
    assert weigh_slip("missing", 69, 691) < weigh_slip("missing", 6, 61)


def test_the_one_number_that_a_telling_slip_explains_is_proposed() -> None:
    assert propose(22, lambda value: value <= 15) == ("doubled", 2)
    assert propose(180, lambda value: 90 <= value <= 126) == ("swapped", 108)


def test_nothing_is_proposed_where_several_slips_would_do() -> None:
    assert propose(1_234, lambda _: True) is None


@given(st.integers(10, 10**9), st.data())
def test_two_neighbouring_digits_swapped_are_always_found(right: int, data: st.DataObject) -> None:
    digits = str(right)
    place = data.draw(st.integers(0, len(digits) - 2))
    written = int(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :])
    assert find_slip(written, right) == (None if written == right else "swapped")


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_what_is_no_change_is_no_slip(written: int, right: int) -> None:
    slip = find_slip(written, right)
    assert slip is None or written != right
    assert 3 <= weigh_slip(slip, written, right) <= UNEXPLAINED
