"""Verdicts at the edges of rounding."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from compliance.proofreading.figures import Figure
from compliance.proofreading.verdicts import Check, computed, judge, swapped


def count(value: int) -> Figure:
    return Figure(kind="number", start=0, end=1, value=Fraction(value))


def percent(written: str) -> Figure:
    _, _, decimals = written.partition(",")
    value = Fraction(written.replace(",", "."))
    return Figure(kind="percent", start=0, end=1, value=value, step=Fraction(0), decimals=len(decimals))


def ratio(stated: str, above: int, below: int) -> Check:
    operands = (count(above), count(below))
    return Check(kind="ratio", formula="ratio", stated=percent(stated), operands=operands, start=0, end=1)


@pytest.mark.parametrize(
    ("stated", "above", "below", "verdict"),
    [
        ("41,97", 2737, 6522, "consistent"),
        ("12,5", 1, 8, "consistent"),
        ("13", 1, 8, "consistent"),
        ("12", 1, 8, "truncated"),
        ("0,03", 7, 18628, "truncated"),
        ("0,04", 7, 18628, "consistent"),
        ("0,05", 7, 18628, "inconsistent"),
        ("100", 20542, 20549, "consistent"),
        ("50", 1, 0, "undecided"),
    ],
)
def test_a_percentage_is_right_half_up_or_cut_off_or_wrong(
    stated: str, above: int, below: int, verdict: str
) -> None:
    assert judge(ratio(stated, above, below)) == verdict


def test_nothing_can_be_computed_on_zero() -> None:
    assert computed(ratio("50", 1, 0)) is None


def test_two_shares_that_both_round_up_may_pass_one_hundred() -> None:
    shares = (percent("62,5"), percent("37,6"))
    check = Check(
        kind="complement", formula="complement", stated=shares[1], operands=shares[:1], start=0, end=1
    )
    assert judge(check) == "consistent"
    assert judge(replace(check, stated=percent("37,4"))) == "inconsistent"


def test_a_mismatch_that_another_separator_explains_is_undecided() -> None:
    whole = count(2146)._replace(other=Fraction(2146, 1000))
    sums = Check(kind="sum", formula="sum", stated=count(3), operands=(count(1), whole), start=0, end=1)
    assert judge(sums) == "inconsistent"
    near = replace(
        sums,
        stated=Figure(
            kind="number", start=0, end=1, value=Fraction("3.146"), step=Fraction(1, 1000), decimals=3
        ),
    )
    assert judge(near) == "undecided"


def test_swapped_digits_are_neighbours() -> None:
    assert set(swapped(count(2399))) == {3299, 2939}
