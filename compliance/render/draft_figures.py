"""Which figures and rates does the draft report give in each area, and as a sentence or as a table?

Few figures are a sentence. Many that divide over units are a table, a column for each unit: nobody reads a
page of figures between semicolons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.messages import lower_first, text, upper_first
from compliance.render.figures import collect_rates, measure_of, show_value
from compliance.render.summary import unit_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compliance.model.check import Check
    from compliance.model.rulepack import Rate
    from compliance.model.submission import Submission
    from compliance.render.figures import RateFigure

_MANY = 4
"""Figures from which on they are a table."""
_SIDE_BY_SIDE = 4
"""Units whose columns fit a page beside each other."""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table of figures: a row for each, a column for each unit; numbers stand from the third column on."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure or a rate with its values, the unit's own first; empty where it was not reported."""

    label: str
    measure: str
    values: tuple[str, ...]


class ResultFigures:
    """The figures of one submission and of those right below it."""

    def __init__(self, check: Check, own: Submission, below: Sequence[Submission]) -> None:
        self._pack = check.pack
        self._submissions = (own, *below)
        self._level = check.pack.unit[own.unit].level
        self._names = [unit_name(check, submission.unit) for submission in self._submissions]
        rates = collect_rates(check)
        self._rates: list[Mapping[str, RateFigure]] = [
            rates.get((submission.unit, str(own.period)), {}) for submission in self._submissions
        ]

    def compose(self, area: str) -> str | FigureTable:
        """The figures of an area as a sentence, or as a table; empty where there are none."""
        figures = [*self._indicators(area), *self._rates_of(area)]
        divides = any(any(figure.values[1:]) for figure in figures)
        if len(figures) < _MANY or not divides or len(self._submissions) > _SIDE_BY_SIDE:
            words = "; ".join(map(self._say, figures))
            return words if not words or words.endswith("…") else f"{words}."
        return self._lay_out(figures)

    def _indicators(self, area: str) -> Iterator[_Figure]:
        for indicator in self._pack.indicators:
            if indicator.area != area or self._level not in indicator.levels or indicator.from_register:
                continue
            observed = [submission.observations.get(indicator.id) for submission in self._submissions]
            values = tuple(show_value(one, indicator) if one else "" for one in observed)
            if any(values) or self._level in indicator.required:
                yield _Figure(indicator.label, measure_of(indicator), values)

    def _rates_of(self, area: str) -> Iterator[_Figure]:
        rates = self._pack.rates
        for rate in rates:
            if rate.id.split(".")[0] != area or _is_only_a_confusion(rate, rates):
                continue
            values = tuple(_show_rate(each.get(rate.id)) for each in self._rates)
            if any(values):
                yield _Figure(rate.label, "", values)

    def _say(self, figure: _Figure) -> str:
        own, *others = (_with_measure(value, figure.measure) for value in figure.values)
        below = ", ".join(
            f"{name} {value}" for name, value in zip(self._names[1:], others, strict=True) if value
        )
        code = "both" if own and below else "below" if below else "own"
        label = lower_first(figure.label)
        return text(f"docx.report.figure.{code}", label=label, value=own or "…", units=below)

    def _lay_out(self, figures: Iterable[_Figure]) -> FigureTable:
        titles = (
            text("docx.report.column.figure"),
            text("docx.report.column.measure"),
            *map(upper_first, self._names),
        )
        rows = tuple(
            (figure.label, figure.measure or "%", figure.values[0] or "…", *figure.values[1:])
            for figure in figures
        )
        return FigureTable(titles, rows)


def _with_measure(value: str, measure: str) -> str:
    return f"{value} {measure}" if value and measure else value


def _show_rate(figure: RateFigure | None) -> str:
    return text("docx.report.rate", percent=figure.percent, formula=figure.formula) if figure else ""


def _is_only_a_confusion(rate: Rate, rates: Iterable[Rate]) -> bool:
    """Whether the rate only shows what another would be on the denominator that it is confused with."""
    return any(
        rate.numerator == other.numerator
        and rate.denominator in other.confused_with
        and other.denominator not in rate.confused_with
        for other in rates
    )
