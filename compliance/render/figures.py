"""Which figures and rates does a unit have, as the run resolved them?

The figures are those that it reported; a rate stands on the two figures that its rule found, so that every
output shows the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.submission import Interval
from compliance.numerals import format_count, format_date, format_decimal, format_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.model.base import Scalar
    from compliance.model.check import Check
    from compliance.model.findings import Operand
    from compliance.model.rulepack import Indicator
    from compliance.model.submission import Observation


@dataclass(frozen=True, slots=True)
class RateFigure:
    """A rate worked out anew: exact in percent points, and as `2.737/6.522`."""

    exact: Fraction
    formula: str

    @property
    def percent(self) -> str:
        """As a reader reads it: `41,97%`."""
        return format_percent(self.exact)


def collect_rates(check: Check) -> Mapping[tuple[str, str], Mapping[str, RateFigure]]:
    """The rates of every unit and period, by rate id in the pack's order; what lacks figures is left out."""
    rates = {f"RATE:{rate.id}:part": rate for rate in check.pack.rates}
    order = {rate.id: place for place, rate in enumerate(check.pack.rates)}
    found: dict[tuple[str, str], dict[str, RateFigure]] = {}
    for outcome in check.outcomes:
        rate = rates.get(outcome.rule)
        if rate is None or outcome.outcome not in ("pass", "fail"):
            continue
        figure = _rate(outcome.operands, rate.numerator, rate.denominator)
        if figure is not None:
            found.setdefault((outcome.unit, outcome.period), {})[rate.id] = figure
    return {key: dict(sorted(each.items(), key=lambda item: order[item[0]])) for key, each in found.items()}


def _rate(operands: Mapping[str, Operand], numerator: str, denominator: str) -> RateFigure | None:
    above, below = operands.get(numerator), operands.get(denominator)
    if above is None or below is None or Fraction(below.value) == 0:
        return None
    share = Fraction(above.value) / Fraction(below.value)
    return RateFigure(share * 100, f"{_bare(above)}/{_bare(below)}")


def _bare(operand: Operand) -> str:
    return format_decimal(Fraction(operand.value))


def show_observation(observation: Observation, indicator: Indicator) -> str:
    """A reported value with its unit of measure: `khoảng 200 phút`, `05 - 07 phút`, `có`, `100%`."""
    number = show_value(observation, indicator)
    return f"{number} {measure}" if (measure := measure_of(indicator)) else number


def show_value(observation: Observation, indicator: Indicator) -> str:
    """The same without its unit of measure, for a table that names it."""
    value = observation.value
    number = observation.as_written if isinstance(value, Interval) else _show_scalar(value, indicator)
    if not observation.approximate:
        return number
    return text(f"docx.report.approximate.{observation.approximate}", value=number)


def _show_scalar(value: Scalar, indicator: Indicator) -> str:
    if isinstance(value, bool):
        return text("outcome.word.yes" if value else "outcome.word.no")
    if isinstance(value, int):
        return format_percent(value) if indicator.type == "percent" else format_count(value)
    if isinstance(value, Decimal):
        return format_percent(value) if indicator.type == "percent" else format_decimal(value)
    return format_date(value)


def measure_of(indicator: Indicator) -> str:
    """The unit of measure of a number; empty where the value says it, as a percentage does."""
    return indicator.unit_of_measure if indicator.type in ("count", "amount") else ""
