"""What is one figure as the rules see it, how does a reader read it, and why is there none?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from compliance.messages import text
from compliance.model.base import exact_text
from compliance.model.findings import Quantity
from compliance.model.submission import Interval
from compliance.numerals import format_count, format_date, format_decimal, format_percent, format_points
from compliance.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.model.rulepack import Approximation, Indicator
    from compliance.model.submission import Approximate, Observation

_NOWHERE = Place()
_MOST_DECIMALS = 12
"""Of a percentage: enough to tell the rates of any two counts of six digits apart."""

Number = int | Decimal | Fraction
Value = bool | int | Decimal | Fraction | date | str
Measure = Literal["count", "amount", "boolean", "percent", "date", "text"]
Lack = Literal[
    "not_reported",
    "approximate",
    "zero_denominator",
    "no_submission",
    "no_previous",
    "children",
    "no_children",
    "no_window",
    "not_stated",
    "no_target",
    "circular",
]
"""Why a figure is missing; each has its sentence under `outcome.lack`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a unit under the name that a rule uses, or the reason why there is none.

    A range or an approximate figure has `low` and `high` and no `value`; an exact number has all three.
    """

    name: str
    label: str
    measure: Measure
    unit_of_measure: str = ""
    value: Value | None = None
    low: Number | None = None
    high: Number | None = None
    range_words: str = ""
    """A range or an approximate figure as a reader reads it."""
    as_written: str = ""
    printed_decimals: int | None = None
    """Of a percentage that a unit printed: its decimals, zeros at the end included."""
    place: Place = _NOWHERE
    assumed: bool = False
    derived_from: str = ""
    sources: tuple[Figure, ...] = ()
    """What it was worked out from."""
    lack: Lack | None = None
    why_lacking: str = ""
    """The sentence of `lack`, without a full stop."""

    @property
    def exact(self) -> Fraction:
        """Its number.

        Raises:
            TypeError: it is missing or not a number.
        """
        number = self.fraction
        if number is None:
            raise TypeError(self.name)
        return number

    @property
    def fraction(self) -> Fraction | None:
        """Its number; None where it is missing or not a number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal | Fraction):
            return None
        return Fraction(self.value)

    @property
    def number(self) -> str:
        """The value as a reader reads it, without its unit of measure; a printed percentage as printed."""
        printed = self.fraction
        if self.printed_decimals is not None and printed is not None:
            return format_percent(printed, self.printed_decimals, keep_zeros=True)
        return self.range_words if self.value is None else show_value(self.value, self.measure)

    @property
    def shown(self) -> Value | None:
        """What a sentence prints: the exact value, a range in words, or None."""
        return self.number if self.value is None and self.low is not None else self.value

    @property
    def phrase(self) -> str:
        """The value as a reader reads it, with the unit of measure: `21.035 hồ sơ`."""
        if self.measure in ("count", "amount") and self.unit_of_measure:
            return f"{self.number} {self.unit_of_measure}"
        return self.number

    @property
    def quantity(self) -> Quantity:
        """The number as an outcome carries it."""
        return Quantity(exact=self.exact, text=self.phrase)


def show_like(figure: Figure, exact: Fraction, *, apart_from: Iterable[Fraction] = ()) -> str:
    """Another number in the terms of the figure, with its unit of measure."""
    if figure.measure == "percent":
        return show_percent(exact, apart_from=apart_from)
    return f"{show_value(exact, figure.measure)} {figure.unit_of_measure}".rstrip()


def show_gap(figure: Figure, gap: Fraction) -> str:
    """A difference between two numbers of the figure: percent points, or its unit of measure."""
    return format_points(gap) if figure.measure == "percent" else show_like(figure, gap)


@lru_cache(maxsize=8192, typed=True)
def show_value(value: Value, measure: Measure) -> str:
    """A value as a reader reads it, without its unit of measure but for the percent sign."""
    if isinstance(value, bool):
        return text(f"outcome.word.{'yes' if value else 'no'}")
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, str):
        return text(f"outcome.level.{value}")
    if measure == "percent":
        return show_percent(Fraction(value))
    exact = Fraction(value)
    return format_count(int(exact)) if exact.denominator == 1 else show_decimal(exact)


def show_decimal(exact: Fraction) -> str:
    """A number that is no whole one, in full where it ends, at four decimals where it does not."""
    written = exact_text(exact)
    if "/" in written:
        return format_decimal(exact, 4)
    return format_decimal(Decimal(written))


def show_percent(exact: Fraction, *, apart_from: Iterable[Fraction] = (), decimals: int = 2) -> str:
    """A percentage at two decimals, or at as many as keep it apart from the limits it is compared with."""
    limits = {Fraction(0), Fraction(100), *apart_from} - {exact}
    written = _percent(exact, decimals)
    while decimals < _MOST_DECIMALS and any(_percent(limit, decimals) == written for limit in limits):
        decimals += 1
        written = _percent(exact, decimals)
    return written


@lru_cache(maxsize=8192)
def _percent(exact: Fraction, decimals: int) -> str:
    return format_percent(exact, decimals)


def lacking(figure: Figure, lack: Lack, **values: object) -> Figure:
    """The figure without a value, with the reason in words."""
    words = {"label": figure.label, **values}
    return replace(figure, value=None, lack=lack, why_lacking=text(f"outcome.lack.{lack}", **words))


def blank(figure: Figure) -> Figure:
    """A figure of that name and nothing more."""
    return Figure(figure.name, figure.label, figure.measure, figure.unit_of_measure)


def name_indicator(indicator: Indicator) -> Figure:
    """A figure of the indicator, still without a value."""
    return Figure(
        name=indicator.id,
        label=indicator.label,
        measure=indicator.type,
        unit_of_measure="" if indicator.type == "percent" else indicator.unit_of_measure,
    )


def read_observation(indicator: Indicator, observation: Observation, reach: Approximation) -> Figure:
    """What was reported; a range or an approximate figure keeps its bounds and has no plain value."""
    value = observation.value
    if isinstance(value, bool | date):
        return _reported(indicator, observation, value, None)
    if not isinstance(value, Interval) and observation.approximate is None:
        return _reported(indicator, observation, value, value)
    figure = _reported(indicator, observation, None, None)
    low, high = _bounds(value, observation.approximate, reach)
    words = _say_range(figure, value, observation.approximate, (low, high))
    bounded = replace(figure, low=low, high=high, range_words=words)
    return lacking(bounded, "approximate", written=words)


def _reported(
    indicator: Indicator, observation: Observation, value: Value | None, bound: Number | None
) -> Figure:
    """The figure in one step: there are as many of them as cells in all reports."""
    return Figure(
        name=indicator.id,
        label=indicator.label,
        measure=indicator.type,
        unit_of_measure="" if indicator.type == "percent" else indicator.unit_of_measure,
        value=value,
        low=bound,
        high=bound,
        as_written=observation.as_written,
        place=observation.place,
        derived_from=observation.derived_from,
    )


def _bounds(
    value: int | Decimal | Interval, approximate: Approximate | None, reach: Approximation
) -> tuple[Number, Number]:
    low, high = (value.low, value.high) if isinstance(value, Interval) else (value, value)
    below = {"about": reach.about, "under": reach.under}.get(approximate or "", Decimal(0))
    above = {"about": reach.about, "over": reach.over}.get(approximate or "", Decimal(0))
    return _scale(low, 100 - below), _scale(high, 100 + above)


def _say_range(
    figure: Figure,
    value: int | Decimal | Interval,
    approximate: Approximate | None,
    bounds: tuple[Number, Number],
) -> str:
    """`5 đến 7`; of an approximate figure what was written, with how far it reaches."""
    low, high = (show_value(bound, figure.measure) for bound in bounds)
    if isinstance(value, Interval) or approximate is None:
        return text("outcome.range", low=low, high=high)
    return text(f"outcome.{approximate}", value=show_value(value, figure.measure), low=low, high=high)


def _scale(value: int | Decimal, percent: Decimal) -> Number:
    return value if percent == 100 else Fraction(value) * Fraction(percent) / 100  # noqa: PLR2004 - per cent
