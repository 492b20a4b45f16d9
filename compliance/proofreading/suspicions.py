"""Which slip would explain a figure that does not hold?

All that fit are named, as possibilities, never as the cause.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.proofreading.nouns import is_same_noun
from compliance.proofreading.verdicts import Check, compare, computed, judge, printed_unit, swapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.proofreading.figures import Figure

_MOST = 4
_NEARBY = 40
_FEW_DIGITS = 2
"""Of so few one digit always differs."""


def find_suspicions(check: Check, nearby: Sequence[Figure], written: str) -> Iterator[str]:
    """The slips that would make a failed check hold, the likeliest first, in Vietnamese.

    `nearby` are the figures around the passage, `written` is the whole text.
    """
    found: list[str] = []
    for search in (_swapped_digits, _reversed_ratio, _other_base, _other_whole, _one_digit):
        found += search(check, nearby[:_NEARBY], written)
    yield from dict.fromkeys(found[:_MOST])


def _swapped_digits(check: Check, _nearby: Sequence[Figure], written: str) -> Iterator[str]:
    """Two neighbouring digits in each other's place, in the stated figure or in an operand."""
    unit = printed_unit(check.stated)
    whole = check.stated._replace(value=check.stated.value / unit)
    for value in swapped(whole):
        if judge(replace(check, stated=check.stated._replace(value=value * unit))) == "consistent":
            yield text("proofreading.slip.swapped", written=check.stated.quoted(written))
            return
    for index, operand in enumerate(check.operands):
        for value in swapped(operand):
            operands = (*check.operands[:index], operand._replace(value=value), *check.operands[index + 1 :])
            if judge(replace(check, operands=operands)) == "consistent":
                yield text("proofreading.slip.swapped", written=operand.quoted(written))


def _reversed_ratio(check: Check, _nearby: Sequence[Figure], written: str) -> Iterator[str]:
    if check.formula == "ratio" and judge(replace(check, operands=check.operands[::-1])) == "consistent":
        yield text(
            "proofreading.slip.reversed",
            above=check.operands[1].quoted(written),
            below=check.operands[0].quoted(written),
        )


def _other_base(check: Check, nearby: Sequence[Figure], written: str) -> Iterator[str]:
    """Other figures of the passage on which the percentage would be right: often those of another level."""
    if check.formula != "ratio":
        return
    above, below = check.operands
    fitting: dict[Fraction, str] = {}
    halves = (half for figure in nearby for half in (figure, figure.under) if half is not None)
    for other in halves:
        differs = other.value != below.value and _may_be_under(other, above, below)
        if differs and judge(replace(check, operands=(above, other))) == "consistent":
            fitting.setdefault(other.value, f"{above.quoted(written)} / {other.quoted(written)}")
    if fitting:
        yield text("proofreading.slip.other_base", pairs="; ".join(list(fitting.values())[:_MOST]))


def _may_be_under(other: Figure, above: Figure, below: Figure) -> bool:
    """Whether a figure counts what the denominator counts and is no less than what stands above it."""
    alike = other.unit == below.unit and is_same_noun(other.noun, below.noun)
    return alike and other.kind in {"number", "fraction"} and other.value >= above.value and other.value > 0


def _other_whole(check: Check, nearby: Sequence[Figure], written: str) -> Iterator[str]:
    """Another figure of the passage that the parts do make: the bracket hangs on the wrong total."""
    bounds = computed(check) if check.formula == "sum" and check.kind == "sum" else None
    if bounds is None:
        return
    for figure in nearby:
        own = figure in check.operands or figure is check.stated
        if (
            not own
            and figure.kind == "number"
            and figure.unit == check.stated.unit
            and is_same_noun(figure.noun, check.stated.noun)
        ) and compare(figure, bounds) == "consistent":
            yield text("proofreading.slip.other_whole", whole=figure.quoted(written))


def _one_digit(check: Check, _nearby: Sequence[Figure], written: str) -> Iterator[str]:
    """One digit of the stated figure wrong, missing or doubled."""
    bounds = computed(check)
    if bounds is None or bounds[0] != bounds[1] or check.formula in {"not_over", "not_under"}:
        return
    unit = printed_unit(check.stated)
    right = str(int(bounds[0] / unit + Fraction(1, 2)))
    wrong = str(int(check.stated.value / unit))
    if len(right) == len(wrong) > _FEW_DIGITS and sum(a != b for a, b in zip(right, wrong, strict=True)) == 1:
        yield text("proofreading.slip.one_digit", written=check.stated.quoted(written))
    elif abs(len(right) - len(wrong)) == 1 and _is_one_short(*sorted((right, wrong), key=len)):
        yield text("proofreading.slip.digit_count", written=check.stated.quoted(written))


def _is_one_short(short: str, long: str) -> bool:
    return len(short) > 1 and any(long[:index] + long[index + 1 :] == short for index in range(len(long)))
