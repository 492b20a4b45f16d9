"""Which figure stands behind a name that a rule uses, for one unit and period?

An indicator is what was reported, else what follows from other figures (parts, opening balance, register),
else missing. Each figure is worked out once a run, since many rules read the same ones.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compliance.engine.applicability import value_in_force
from compliance.engine.derive import derive_bodies, derive_opening, derive_rate, derive_sum, derive_whole
from compliance.engine.figures import Figure, blank, lacking, name_indicator, read_observation
from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from compliance.engine.register import Register
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Period, Submission


class Ledger:
    """The submissions of one period, with the ledgers of the periods that they are compared with."""

    def __init__(
        self,
        pack: RulePack,
        register: Register,
        period: Period,
        submissions: Iterable[Submission],
        *,
        previous: Ledger | None = None,
        same_period_last_year: Ledger | None = None,
    ) -> None:
        self.pack = pack
        self.register = register
        self.period = period
        self.submissions = {submission.unit: submission for submission in submissions}
        self.previous = previous
        self.same_period_last_year = same_period_last_year
        self._known: dict[tuple[str, str], Figure] = {}

    def law_date(self, unit: str) -> date:
        """The day whose law counts for the unit: its report date, or the period's end."""
        submission = self.submissions.get(unit)
        return submission.law_date if submission else self.period.end

    def named(self, unit: str, name: str, area: str = "") -> Figure:
        """The figure of any name that the rule language knows; `area` chooses the data window."""
        match name.split(".", 1):
            case ["rate", rest]:
                figure = self.rate(unit, rest)
            case ["low" | "high" as bound, rest]:
                figure = _bound(self.indicator(unit, rest), bound)
            case ["stated", rest]:
                figure = self.stated(unit, rest)
            case ["target", rest]:
                figure = self.target(unit, rest)
            case ["previous" | "same_period_last_year" as relation, rest]:
                figure = self._of_other_period(unit, relation, rest)
            case ["children", rest]:
                figure = self.children_sum(unit, rest.removeprefix("sum."))
            case ["unit" | "period", leaf]:
                figure = self._setting(unit, name, leaf, area)
            case _:
                figure = self.indicator(unit, name)
        return figure

    def measure(self, unit: str, name: str) -> Figure:
        """A rate or an indicator by its bare id, as target rules and peers name them."""
        return self.rate(unit, name) if name in self.pack.rate else self.indicator(unit, name)

    def indicator(self, unit: str, name: str) -> Figure:
        """The indicator's figure: reported, derived or missing."""
        return self._once((unit, name), lambda: self._work_out(unit, name))

    def rate(self, unit: str, name: str) -> Figure:
        """The exact rate, in points."""
        rate = self.pack.rate[name]
        return self._once(
            (unit, f"rate.{name}"),
            lambda: derive_rate(
                rate, self.indicator(unit, rate.numerator), self.indicator(unit, rate.denominator)
            ),
        )

    def _once(self, key: tuple[str, str], work_out: Callable[[], Figure]) -> Figure:
        if key not in self._known:
            self._known[key] = work_out()
        return self._known[key]

    def _work_out(self, unit: str, name: str) -> Figure:
        indicator = self.pack.indicator[name]
        bare = name_indicator(indicator)
        submission = self.submissions.get(unit)
        if submission is None:
            return lacking(bare, "no_submission", unit=self.register.units[unit].label)
        observation = submission.observations.get(name)
        reported = read_observation(indicator, observation, self.pack.approximation) if observation else None
        if reported is not None and reported.value is not None:
            return reported
        derived = self._derive(unit, name)
        if derived is None:
            return reported or lacking(bare, "not_reported")
        if reported is None:
            return derived
        return replace(
            derived,
            low=reported.low,
            high=reported.high,
            as_written=reported.as_written,
            place=reported.place,
        )

    def _derive(self, unit: str, name: str) -> Figure | None:
        indicator = self.pack.indicator[name]
        if indicator.parts:
            return derive_whole(indicator, [self.indicator(unit, part) for part in indicator.parts])
        if indicator.opening_of is not None and self.previous is not None:
            before = self._of_other_period(unit, "previous", indicator.opening_of)
            return derive_opening(indicator, before)
        if indicator.from_register is not None:
            return derive_bodies(indicator, self.register.bodies(unit))
        return None

    def stated(self, unit: str, name: str) -> Figure:
        """The percentage that the unit itself wrote."""
        figure = Figure(name=f"stated.{name}", label=self.pack.rate[name].label, measure="percent")
        submission = self.submissions.get(unit)
        written = submission.stated.get(name) if submission else None
        if written is None:
            return lacking(figure, "not_stated")
        value = written.value
        return replace(
            figure,
            value=value,
            low=value,
            high=value,
            as_written=written.as_written,
            printed_decimals=written.decimals,
            place=written.place,
        )

    def target(self, unit: str, name: str) -> Figure:
        """The value of a target in force on the law date for the unit's level."""
        target = self.pack.target[name]
        figure = Figure(name=f"target.{name}", label=target.label, measure="amount")
        dated = value_in_force(target, self.register.units[unit].level, self.law_date(unit))
        if dated is None:
            return lacking(figure, "no_target")
        return replace(figure, value=dated.value, low=dated.value, high=dated.value)

    def children_sum(self, unit: str, name: str) -> Figure:
        """The sum over the units right below; partial is missing, and names who lacks it."""
        indicator = self.pack.indicator[name]
        figure = replace(name_indicator(indicator), name=f"children.sum.{name}")
        children = self.children_figures(unit, name)
        if not children:
            return lacking(figure, "no_children")
        absent = [child for child, known in children.items() if known.value is None]
        if absent:
            return lacking(figure, "children", units=self.register.names(absent))
        summed = derive_sum(indicator, list(children.values()), self.register.names(children))
        return replace(summed, name=figure.name, label=figure.label)

    def children_figures(self, unit: str, name: str) -> dict[str, Figure]:
        """The figure of each unit right below that could report the indicator, under `indicator@unit`."""
        levels = self.pack.indicator[name].levels
        figures = {
            child: replace(self.indicator(child, name), name=f"{name}@{child}")
            for child in self.register.children(unit)
        }
        return {
            child: figure
            for child, figure in figures.items()
            if figure.value is not None or self.register.units[child].level in levels
        }

    def _of_other_period(self, unit: str, relation: str, name: str) -> Figure:
        other: Ledger | None = getattr(self, relation)
        period = self.period.previous if relation == "previous" else self.period.same_last_year
        if other is None or unit not in other.submissions:
            figure = lacking(blank((other or self).named(unit, name)), "no_previous", period=period.label)
        else:
            figure = other.named(unit, name)
        return _move_to(figure, relation, period.label)

    def _setting(self, unit: str, name: str, leaf: str, area: str) -> Figure:
        figure = Figure(name=name, label=text(f"derivation.{leaf}"), measure="count")
        if leaf == "level":
            return replace(figure, measure="text", value=self.register.units[unit].level)
        if leaf == "bodies":
            return replace(figure, value=self.register.bodies(unit))
        if leaf == "days":
            return replace(figure, value=self.period.days, unit_of_measure=text("outcome.word.days"))
        submission = self.submissions.get(unit)
        window = submission.window(area) if submission else None
        if window is None:
            return lacking(figure, "no_window")
        return replace(figure, value=window.days, unit_of_measure=text("outcome.word.days"))


def _move_to(figure: Figure, relation: str, period: str) -> Figure:
    """The figure of another period with what it was worked out from, under the names of that period."""
    return replace(
        figure,
        name=f"{relation}.{figure.name}",
        label=text("derivation.of_period", label=figure.label, period=period),
        sources=tuple(_move_to(source, relation, period) for source in figure.sources),
    )


def _bound(figure: Figure, bound: str) -> Figure:
    value = figure.low if bound == "low" else figure.high
    named = replace(figure, name=f"{bound}.{figure.name}")
    if value is None:
        return named
    return replace(named, value=value, low=value, high=value, lack=None, why_lacking="", sources=(figure,))
