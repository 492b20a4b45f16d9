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


def _quote(figure: Figure, written: str) -> str:
    return " ".join(written[figure.start : figure.end].split())


def _swapped_digits(check: Check, _nearby: Sequence[Figure], written: str) -> Iterator[str]:
    """Two neighbouring digits in each other's place, in the stated figure or in an operand."""
    unit = printed_unit(check.stated)
    whole = check.stated._replace(value=check.stated.value / unit)
    for value in swapped(whole):
        if judge(replace(check, stated=check.stated._replace(value=value * unit))) == "consistent":
            yield text("proofreading.slip.swapped", written=_quote(check.stated, written))
            return
    for index, operand in enumerate(check.operands):
        for value in swapped(operand):
            operands = (*check.operands[:index], operand._replace(value=value), *check.operands[index + 1 :])
            if judge(replace(check, operands=operands)) == "consistent":
                yield text("proofreading.slip.swapped", written=_quote(operand, written))


def _reversed_ratio(check: Check, _nearby: Sequence[Figure], written: str) -> Iterator[str]:
    if check.formula == "ratio" and judge(replace(check, operands=check.operands[::-1])) == "consistent":
        yield text(
            "proofreading.slip.reversed",
            above=_quote(check.operands[1], written),
            below=_quote(check.operands[0], written),
        )


def _other_base(check: Check, nearby: Sequence[Figure], written: str) -> Iterator[str]:
    """Another figure of the passage on which the percentage would be right: often that of another level."""
    if check.formula != "ratio":
        return
    above, below = check.operands
    seen = {below.value}
    for figure in nearby:
        for other in (figure, figure.under):
            if (
                other is None
                or other.kind not in {"number", "fraction"}
                or other.value in seen
                or other.unit != below.unit
            ):
                continue
            if other.value < above.value or not is_same_noun(other.noun, below.noun) or not other.value:
                continue
            if judge(replace(check, operands=(above, other))) == "consistent":
                seen.add(other.value)
                yield text(
                    "proofreading.slip.other_base",
                    base=_quote_number(other, written),
                    above=_quote(above, written),
                )


def _quote_number(figure: Figure, written: str) -> str:
    return _quote(figure, written) if figure.kind == "number" else _quote(figure, written).split("/")[0]


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
            yield text("proofreading.slip.other_whole", whole=_quote(figure, written))


def _one_digit(check: Check, _nearby: Sequence[Figure], written: str) -> Iterator[str]:
    """One digit of the stated figure wrong, missing or doubled."""
    bounds = computed(check)
    if bounds is None or bounds[0] != bounds[1] or check.formula in {"not_over", "not_under"}:
        return
    unit = printed_unit(check.stated)
    right = str(int(bounds[0] / unit + Fraction(1, 2)))
    wrong = str(int(check.stated.value / unit))
    if len(right) == len(wrong) > _FEW_DIGITS and sum(a != b for a, b in zip(right, wrong, strict=True)) == 1:
        yield text("proofreading.slip.one_digit", written=_quote(check.stated, written))
    elif abs(len(right) - len(wrong)) == 1 and _is_one_short(*sorted((right, wrong), key=len)):
        yield text("proofreading.slip.digit_count", written=_quote(check.stated, written))


def _is_one_short(short: str, long: str) -> bool:
    return len(short) > 1 and any(long[:index] + long[index + 1 :] == short for index in range(len(long)))
