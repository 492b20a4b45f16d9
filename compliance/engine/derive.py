"""What follows from the reported figures: wholes from parts, opening balances, register counts, rates, sums?

Pure functions from figures to a figure. Whatever is worked out carries its formula in words, and every part
taken as 0 is marked as an assumption.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.engine.figures import Figure, lacking, name_indicator
from compliance.engine.names import OTHER_PERIODS
from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.engine.figures import Number
    from compliance.model.rulepack import Indicator, Rate


def derive_whole(indicator: Indicator, parts: Sequence[Figure]) -> Figure | None:
    """The sum of the parts, unreported ones of `assume_zero` taken as 0; None where others are missing."""
    taken = [_or_zero(part, indicator.assume_zero) for part in parts]
    if any(part.value is None for part in taken) or all(part.assumed for part in taken):
        return None
    return _derived(indicator, sum_exactly(taken), text("derivation.parts", terms=_terms(taken)), taken)


def _or_zero(part: Figure, assume_zero: Sequence[str]) -> Figure:
    if part.lack == "not_reported" and part.name in assume_zero:
        return assume(part, 0)
    return part


def assume(figure: Figure, value: Number) -> Figure:
    """The figure, not reported, taken to be `value`."""
    return replace(figure, value=value, low=value, high=value, assumed=True, lack=None, why_lacking="")


def _terms(figures: Iterable[Figure]) -> str:
    return " + ".join(
        text(
            "derivation.assumed_term" if figure.assumed else "derivation.term",
            value=figure.number,
            label=figure.label,
        )
        for figure in figures
    )


def sum_exactly(figures: Iterable[Figure]) -> Number:
    """The sum of figures that all have a number: an `int` where it is whole, else a `Fraction`."""
    total = sum((figure.exact for figure in figures), Fraction(0))
    return total.numerator if total.denominator == 1 else total


def _derived(indicator: Indicator, value: Number, formula: str, sources: Sequence[Figure]) -> Figure:
    return replace(
        name_indicator(indicator),
        value=value,
        low=value,
        high=value,
        derived_from=formula,
        sources=tuple(sources),
    )


def derive_opening(indicator: Indicator, before: Figure) -> Figure | None:
    """The opening balance: what stood open at the end of the period before; None where that is not known."""
    if before.value is None:
        return None
    formula = text("derivation.opening", label=before.label, value=before.number)
    return _derived(indicator, sum_exactly((before,)), formula, (before,))


def derive_bodies(indicator: Indicator, count: int) -> Figure | None:
    """A count taken from the register of units; None where no body stands below the unit."""
    return _derived(indicator, count, text("derivation.register", count=count), ()) if count else None


def derive_rate(rate: Rate, numerator: Figure, denominator: Figure) -> Figure:
    """The exact percentage, in points; missing where an operand is, and over a denominator of 0."""
    figure = Figure(
        name=f"rate.{rate.id}", label=rate.label, measure="percent", sources=(numerator, denominator)
    )
    absent = [operand for operand in (numerator, denominator) if operand.value is None]
    if absent:
        reasons = "; ".join(operand.why_lacking for operand in absent)
        return replace(figure, lack=absent[0].lack, why_lacking=reasons)
    if denominator.exact == 0:
        return lacking(figure, "zero_denominator", denominator=denominator.label)
    exact = numerator.exact / denominator.exact * 100
    ratio = f"{numerator.number}/{denominator.number}"
    return replace(figure, value=exact, low=exact, high=exact, as_written="", derived_from=ratio)


def derive_sum(indicator: Indicator, children: Sequence[Figure], units: str) -> Figure:
    """The sum over units below; `children` all have a number."""
    formula = text("derivation.children", units=units, terms=" + ".join(child.number for child in children))
    return _derived(indicator, sum_exactly(children), formula, children)


def names_beneath(figure: Figure) -> frozenset[str]:
    """The names of a figure and of all that it was worked out from."""
    return frozenset((figure.name,)).union(*map(names_beneath, figure.sources))


def is_circular(figure: Figure, names: Iterable[str]) -> bool:
    """Whether a derived figure rests only on those that the rule compares it with: nothing is checked.

    A rate or a bound of any period is another figure than those that it comes from.
    """
    plain = figure.name
    for period in OTHER_PERIODS:
        plain = plain.removeprefix(f"{period}.")
    if plain.startswith(("rate.", "low.", "high.")) or not figure.sources:
        return False
    return {source.name for source in figure.sources if not source.assumed} <= set(names)
