"""Does a stated figure follow from the others? Exact, and as strict as the digits written allow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from compliance.numerals import Printed, is_right, is_truncated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from compliance.model.claims import ClaimKind, ClaimVerdict
    from compliance.proofreading.figures import Figure

Formula = Literal[
    "ratio", "sum", "difference", "change", "rise", "fall", "rise_by", "fall_by", "product", "complement",
    "times",
    "level_up", "level_down", "excess", "share", "not_over", "not_under", "parts",
]  # fmt: skip
"""`rise` and `fall` are in percent of the second operand.

`rise_by` and `fall_by` of what the second was before.
"""

Bounds = tuple[Fraction, Fraction]

_WHOLE = Fraction(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One stated figure and what it should follow from."""

    kind: ClaimKind
    formula: Formula
    stated: Figure
    operands: tuple[Figure, ...]
    start: int
    end: int
    scale: Fraction = Fraction(1)
    """Turns the unit of the computed figure into the stated one's."""
    notes: tuple[tuple[str, tuple[Figure, ...]], ...] = ()
    """Message codes of what else is to be said, each with the figures that it names."""
    fits_too: tuple[Figure, ...] = ()
    """The two figures whose percentage the stated one is, where the words speak of two others."""
    unnamed_whole: tuple[str, str] | None = None
    """Which rate it is and what it counts, where the whole of that rate is nowhere given."""


def compute(formula: Formula, operands: Sequence[Bounds]) -> Bounds:
    """What the operands make it, least and greatest."""
    return _FORMULAS[formula](operands)


def _ratio(operands: Sequence[Bounds]) -> Bounds:
    (low, high), (under_low, under_high) = operands
    return _WHOLE * low / under_high, _WHOLE * high / under_low


def _times(operands: Sequence[Bounds]) -> Bounds:
    low, high = _ratio(operands)
    return low / _WHOLE, high / _WHOLE


def _sum(operands: Sequence[Bounds]) -> Bounds:
    return sum((low for low, _ in operands), Fraction(0)), sum((high for _, high in operands), Fraction(0))


def _difference(operands: Sequence[Bounds]) -> Bounds:
    (low, high), rest = operands[0], _sum(operands[1:])
    return low - rest[1], high - rest[0]


def _change(operands: Sequence[Bounds]) -> Bounds:
    low, high = _difference(operands)
    if low <= 0 <= high:
        return Fraction(0), max(-low, high)
    return min(abs(low), abs(high)), max(abs(low), abs(high))


def _rise(operands: Sequence[Bounds]) -> Bounds:
    """How far the first is above the second, in percent of the second."""
    low, high = _ratio(operands)
    return low - _WHOLE, high - _WHOLE


def _fall(operands: Sequence[Bounds]) -> Bounds:
    low, high = _ratio(operands)
    return _WHOLE - high, _WHOLE - low


def _rise_by(operands: Sequence[Bounds]) -> Bounds:
    """What a rise by the first to the second is, in percent of what the second was before."""
    rise, now = operands
    return _ratio((rise, (now[0] - rise[1], now[1] - rise[0])))


def _fall_by(operands: Sequence[Bounds]) -> Bounds:
    fall, now = operands
    return _ratio((fall, (now[0] + fall[0], now[1] + fall[1])))


def _level_up(operands: Sequence[Bounds]) -> Bounds:
    low, high = _rise_by(operands)
    return _WHOLE + low, _WHOLE + high


def _level_down(operands: Sequence[Bounds]) -> Bounds:
    low, high = _fall_by(operands)
    return _WHOLE - high, _WHOLE - low


def _product(operands: Sequence[Bounds]) -> Bounds:
    (low, high), (each_low, each_high) = operands
    return low * each_low, high * each_high


def _complement(operands: Sequence[Bounds]) -> Bounds:
    low, high = _sum(operands)
    return _WHOLE - high, _WHOLE - low


def _excess(operands: Sequence[Bounds]) -> Bounds:
    low, high = operands[0]
    return low - _WHOLE, high - _WHOLE


def _share(operands: Sequence[Bounds]) -> Bounds:
    """The first in percent of all together."""
    return _ratio((operands[0], _sum(operands)))


def _parts(operands: Sequence[Bounds]) -> Bounds:
    """All but the first together, in percent of the first."""
    return _ratio((_sum(operands[1:]), operands[0]))


def _not_over(operands: Sequence[Bounds]) -> Bounds:
    return Fraction(0), operands[0][1]


def _not_under(operands: Sequence[Bounds]) -> Bounds:
    return operands[0][0], _ENDLESS


_ENDLESS = Fraction(10**30)

_FORMULAS: dict[Formula, Callable[[Sequence[Bounds]], Bounds]] = {
    "ratio": _ratio, "sum": _sum, "difference": _difference, "change": _change, "rise": _rise, "fall": _fall,
    "rise_by": _rise_by, "fall_by": _fall_by, "level_up": _level_up, "level_down": _level_down,
    "product": _product, "complement": _complement, "times": _times,
    "excess": _excess, "share": _share, "not_over": _not_over, "not_under": _not_under,
    "parts": _parts,
}  # fmt: skip
_DIVIDES = {"ratio", "rise", "fall", "times"}


def computed(check: Check) -> Bounds | None:
    """What the operands of a check make its figure; None where a division by zero stands in the way."""
    bounds = [operand_bounds(figure) for figure in check.operands]
    if check.formula in _DIVIDES and bounds[1][0] <= 0:
        return None
    if check.formula in {"rise_by", "level_up"} and bounds[1][0] <= bounds[0][1]:
        return None
    if check.formula in {"fall_by", "level_down"} and bounds[1][0] + bounds[0][0] <= 0:
        return None
    low, high = compute(check.formula, bounds)
    return low * check.scale, high * check.scale


def operand_bounds(figure: Figure) -> Bounds:
    """What a figure allows as an operand; a percentage counts as written to its last digit."""
    if figure.kind == "percent" and figure.low is None and figure.approximate is None:
        half = Fraction(1, 2 * 10**figure.decimals)
        exact = figure.value in {0, _WHOLE} and not figure.decimals
        return (figure.value, figure.value) if exact else (figure.value - half, figure.value + half)
    return figure.bounds


def judge(check: Check) -> ClaimVerdict:
    """The verdict on a check; undecided where another reading of a separator or of the words explains it."""
    verdict = _judge(check)
    if (check.fits_too or check.unnamed_whole) and verdict != "consistent":
        return "undecided"
    if verdict == "inconsistent" and any(_judge(other) == "consistent" for other in _other_readings(check)):
        return "undecided"
    return verdict


def _judge(check: Check) -> ClaimVerdict:
    bounds = computed(check)
    if bounds is None:
        return "undecided"
    if check.formula == "complement":
        return _compare_shares(check, bounds)
    return compare(check.stated, bounds)


def _compare_shares(check: Check, bounds: Bounds) -> ClaimVerdict:
    """Shares of one whole: each is below its upper half digit, so that their sum must pass one hundred."""
    low, high = operand_bounds(check.stated)
    shares = (check.stated, *check.operands)
    if all(share.approximate is None and share.low is None for share in shares):
        return "consistent" if bounds[0] < high and low <= bounds[1] else "inconsistent"
    return "consistent" if bounds[0] <= high and low <= bounds[1] else "inconsistent"


def compare(stated: Figure, bounds: Bounds) -> ClaimVerdict:
    """A stated figure against the least and the greatest that it could be."""
    low, high = bounds
    plain = stated.approximate is None and stated.low is None
    if plain and low == high and (stated.kind != "number" or stated.step):
        return _compare_printed(stated, low)
    stated_low, stated_high = operand_bounds(stated)
    return "consistent" if low <= stated_high and stated_low <= high else "inconsistent"


def _compare_printed(stated: Figure, exact: Fraction) -> ClaimVerdict:
    """Half-up at the printed decimals, or cut off, or wrong."""
    unit = printed_unit(stated)
    printed = Printed(Decimal(int(stated.value / unit)), 0, "")
    if is_right(printed, exact / unit):
        return "consistent"
    return "truncated" if is_truncated(printed, exact / unit) else "inconsistent"


def printed_unit(figure: Figure) -> Fraction:
    """The size of the last printed place."""
    return figure.step or Fraction(1, 10**figure.decimals)


def _other_readings(check: Check) -> Iterator[Check]:
    if check.stated.other is not None:
        yield replace(check, stated=_reread(check.stated))
    for index, operand in enumerate(check.operands):
        if operand.other is not None:
            operands = (*check.operands[:index], _reread(operand), *check.operands[index + 1 :])
            yield replace(check, operands=operands)


def _reread(figure: Figure) -> Figure:
    other = figure.other if figure.other is not None else figure.value
    return figure._replace(value=other, other=None, step=abs(other) / 10**6)


def swapped(figure: Figure) -> Iterator[Fraction]:
    """The values that the figure has with two neighbouring digits in each other's place."""
    digits = str(figure.value.numerator) if figure.value.denominator == 1 else ""
    for index, (one, two) in enumerate(pairwise(digits)):
        if one != two and not (index == 0 and two == "0"):
            yield Fraction(int(f"{digits[:index]}{two}{one}{digits[index + 2 :]}"))
