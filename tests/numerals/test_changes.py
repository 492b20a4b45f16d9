from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compliance.numerals import choose_decimals, parse_percent, print_change
from compliance.numerals.reading import Printed

PERCENTAGES = st.builds(
    lambda part, whole: Fraction(100 * min(part, whole), whole),
    st.integers(0, 10**6),
    st.integers(1, 10**6),
)
_UNROUNDED = " (tính trên số chưa làm tròn)"
_POINTS = " điểm phần trăm"


def _read(written: str) -> Fraction:
    printed = parse_percent(written)
    assert isinstance(printed, Printed)
    return Fraction(printed.value)


@pytest.mark.parametrize(
    ("before", "now", "printed"),
    [
        (Fraction(40), Fraction(42), ("40%", "42%", "2 điểm phần trăm")),
        (Fraction(290000, 6522), Fraction(273700, 6522), ("44,465%", "41,966%", "2,499 điểm phần trăm")),
        (Fraction(250000, 6522), Fraction(273700, 6522), ("38,332%", "41,966%", "3,634 điểm phần trăm")),
        (Fraction("99.996"), Fraction(99), ("99,996%", "99%", "0,996 điểm phần trăm")),
        (Fraction("50.00001"), Fraction("50.00002"), ("50,00001%", "50,00002%", "0,00001 điểm phần trăm")),
    ],
)
def test_a_change_is_written_with_the_percentages_that_it_lies_between(
    before: Fraction, now: Fraction, printed: tuple[str, str, str]
) -> None:
    change = print_change(before, now)
    assert (change.before, change.now, change.gap) == printed


def test_where_more_decimals_do_not_help_it_says_that_unrounded_numbers_were_subtracted() -> None:
    change = print_change(Fraction("10.004444"), Fraction("20.005555"))
    assert change.gap == "10 điểm phần trăm (tính trên số chưa làm tròn)"
    assert (change.before, change.now) == ("10%", "20,01%")


@given(PERCENTAGES, PERCENTAGES)
@example(Fraction(250000, 6522), Fraction(273700, 6522))
@example(Fraction(0), Fraction(1, 10**9))
def test_the_printed_change_is_the_difference_of_the_printed_percentages_or_says_that_it_is_not(
    before: Fraction, now: Fraction
) -> None:
    change = print_change(before, now)
    gap = change.gap.removesuffix(_UNROUNDED)
    printed = abs(_read(change.now) - _read(change.before))
    assert change.gap.endswith(_UNROUNDED) == (not change.agrees)
    assert (printed == _read(gap.removesuffix(_POINTS))) == change.agrees
    assert (change.before == change.now) == (before == now)


@given(PERCENTAGES, st.lists(PERCENTAGES, min_size=1, max_size=2))
def test_one_number_of_decimals_serves_all_that_a_percentage_is_compared_with(
    now: Fraction, befores: list[Fraction]
) -> None:
    decimals = choose_decimals(now, befores)
    printed = [print_change(before, now, decimals) for before in befores]
    assert len({change.now for change in printed}) == 1
    for before, change in zip(befores, printed, strict=True):
        written = abs(_read(change.now) - _read(change.before))
        gap = change.gap.removesuffix(_UNROUNDED).removesuffix(_POINTS)
        assert (written == _read(gap)) == (not change.gap.endswith(_UNROUNDED))
        assert (change.before == change.now) == (before == now)
