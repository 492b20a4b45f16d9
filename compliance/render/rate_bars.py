"""How does each rate of a run stand against its target, as a bar with its figures in words?"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import format_date, round_half_up
from compliance.render.figures import collect_rates
from compliance.render.summary import unit_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compliance.model.check import Check
    from compliance.model.findings import Outcome, Quantity
    from compliance.model.rulepack import Rule
    from compliance.render.figures import RateFigure

    Rates = Mapping[tuple[str, str], Mapping[str, RateFigure]]

_FULL = Fraction(100)


@dataclass(frozen=True, slots=True)
class Bar:
    """One rate of one unit. `width` and `limit` are percentages of the bar, with a dot, as SVG wants them."""

    unit: str
    figure: str
    width: str
    target: str = ""
    limit: str = ""
    kind: str = ""
    """Decides the colour: `pass`, the severity of the rule not met, `no_data` where figures are disputed."""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class BarGroup:
    """The bars of one rate; `rule` is the one that holds it against a target, or empty."""

    title: str
    rule: str
    bars: tuple[Bar, ...]


def build_bars(check: Check) -> tuple[tuple[BarGroup, ...], tuple[BarGroup, ...]]:
    """The rates that a target measures, and those for which no text sets one, each in the pack's order."""
    measured = [
        (rule, measure)
        for rule in check.pack.rules
        if rule.at_least or rule.at_most
        for measure in rule.all_measures
    ]
    aimed = [_group_with_target(check, rule, measure) for rule, measure in measured]
    rates = collect_rates(check)
    free = [
        _group_without_target(check, rates, rate.id, rate.label)
        for rate in check.pack.rates
        if rate.id not in {measure for _, measure in measured}
    ]
    return tuple(filter(None, aimed)), tuple(filter(None, free))


def _group_with_target(check: Check, rule: Rule, measure: str) -> BarGroup | None:
    bars = tuple(
        _bar_with_target(check, rule, measure, outcome)
        for outcome in check.outcomes
        if outcome.rule == rule.id and outcome.target is not None and _find_percent(outcome, measure)
    )
    label = check.pack.rate[measure].label if measure in check.pack.rate else rule.title
    if measure in check.pack.indicator:
        label = check.pack.indicator[measure].label
    return BarGroup(label, rule.id, bars) if bars else None


def _find_percent(outcome: Outcome, measure: str) -> Quantity | None:
    """What was measured, where it is a percentage."""
    found = outcome.measures.get(measure) or outcome.measured
    return found if found is not None and found.text.endswith("%") else None


def _bar_with_target(check: Check, rule: Rule, measure: str, outcome: Outcome) -> Bar:
    found, target = _find_percent(outcome, measure), outcome.target
    assert found is not None  # noqa: S101 - the caller chose the outcomes that have both
    assert target is not None  # noqa: S101 - the same
    operand = outcome.operands.get(f"rate.{measure}")
    formula = operand.derived_from if operand else ""
    sign = text("html.at_least" if rule.at_least else "html.at_most", target=target.text)
    due = text("html.due", target=sign, due=format_date(outcome.due)) if outcome.due else sign
    return Bar(
        unit=unit_name(check, outcome.unit),
        figure=text("html.figure", percent=found.text, formula=formula) if formula else found.text,
        width=_share(found.exact),
        target=due,
        limit=_share(target.exact),
        kind=_kind(outcome),
        verdict=_verdict(outcome),
    )


def _kind(outcome: Outcome) -> str:
    if outcome.disputed_by:
        return "no_data"
    return {"pass": "pass", "no_data": "no_data"}.get(outcome.outcome, outcome.severity)


def _verdict(outcome: Outcome) -> str:
    early = outcome.reason_code.startswith("not_yet_reached")
    words = text("html.not_yet_reached" if early else f"verdict.{outcome.outcome}")
    return text("verdict.disputed", verdict=words) if outcome.disputed_by else words


def _group_without_target(check: Check, rates: Rates, rate: str, label: str) -> BarGroup | None:
    bars = tuple(_bars_without_target(check, rates, rate))
    return BarGroup(label, "", bars) if bars else None


def _bars_without_target(check: Check, rates: Rates, rate: str) -> Iterable[Bar]:
    for result in check.submissions:
        found = rates.get((result.unit, result.period), {}).get(rate)
        if found is not None:
            figure = text("html.figure", percent=found.percent, formula=found.formula)
            yield Bar(unit_name(check, result.unit), figure, _share(found.exact))


def _share(exact: Fraction) -> str:
    """A width of the bar: never below nothing or beyond its end."""
    return str(round_half_up(min(max(exact, Fraction(0)), _FULL), 2))
