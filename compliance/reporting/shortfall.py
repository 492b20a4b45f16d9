"""What is a target the proportion of, how far off is it, and how many more would reach it?

Exact throughout: on this period's denominator, the count needed is the target times the denominator less the
numerator, rounded up. A check `a >= b` over two counts is a proportion of which everything is asked.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import format_count, format_decimal, format_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.model.findings import Outcome
    from compliance.model.rulepack import Indicator, Rule, RulePack
    from compliance.reporting.figures import Figures
    from compliance.reporting.scope import Scope

_NAME = r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*"
_EVERYTHING_ASKED = re.compile(rf"\s*({_NAME})\s*>=\s*({_NAME})\s*", re.ASCII)
_WHOLE = Fraction(100)
_TOLD = 6
"""Units of which each is told what it takes; of more, what they need together."""


@dataclass(frozen=True, slots=True)
class Proportion:
    """Two counts of a pack, the one a part of the other; ids of indicators."""

    numerator: str
    denominator: str


def find_proportions(pack: RulePack, rule: Rule) -> tuple[Proportion, ...]:
    """What the rule measures, as proportions of counts; none for a percentage that is itself reported."""
    if isinstance(rule.check, str):
        match = _EVERYTHING_ASKED.fullmatch(rule.check)
        counts = [name for name in (match.groups() if match else ()) if name in pack.indicator]
        return (Proportion(*counts),) if len(counts) == 2 else ()  # noqa: PLR2004 - both sides of the comparison
    rates = [pack.rate[name] for name in rule.all_measures if name in pack.rate]
    return tuple(Proportion(rate.numerator, rate.denominator) for rate in rates)


def measure_rate(pack: RulePack, figures: Figures, rule: Rule, unit: str) -> Fraction | None:
    """The one percentage that the rule is about, in points; several measures have none."""
    proportions = find_proportions(pack, rule)
    if len(proportions) == 1:
        return figures.share(unit, proportions[0].numerator, proportions[0].denominator)
    return figures.number(unit, rule.measure) if rule.measure else None


def name_measure(pack: RulePack, rule: Rule) -> str:
    """The label of what the rule measures; its title where it measures no one thing."""
    if rule.measure is not None:
        return (
            pack.rate[rule.measure].label if rule.measure in pack.rate else pack.indicator[rule.measure].label
        )
    proportions = find_proportions(pack, rule) if rule.check is not None else ()
    same = (rate.label for rate in pack.rates if Proportion(rate.numerator, rate.denominator) in proportions)
    return next(same, rule.title)


def find_goal(pack: RulePack, rule: Rule, outcome: Outcome) -> Fraction | None:
    """The percentage to reach: the target's, or everything where one count is to equal another."""
    if outcome.target is not None:
        return outcome.target.exact
    return _WHOLE if rule.check is not None and find_proportions(pack, rule) else None


def count_needed(numerator: Fraction, denominator: Fraction, goal: Fraction, *, at_most: bool) -> int:
    """How many more (at most: how many fewer) of the numerator meet the goal on this denominator."""
    limit = goal * denominator / 100
    return max(0, math.ceil(numerator - limit if at_most else limit - numerator))


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How far a unit is from a goal."""

    gap: Fraction | None
    """Relative to the goal, 0 to 1; None where it cannot be measured."""
    volume: int
    """Units of work missing, 0 where they cannot be counted."""


def measure_shortfall(scope: Scope, rule: Rule, outcome: Outcome) -> Shortfall:
    """How far the unit of an outcome is from the rule's goal; the nearest reading where several are open."""
    goal = find_goal(scope.pack, rule, outcome)
    proportions = find_proportions(scope.pack, rule)
    if goal is None:
        return _from_difference(outcome)
    needed = [_needed(scope, rule, outcome.unit, proportion, goal) for proportion in proportions]
    measured = [
        scope.figures.share(outcome.unit, proportion.numerator, proportion.denominator)
        for proportion in proportions
    ]
    if not proportions and outcome.measured is not None:
        measured = [outcome.measured.exact]
    gaps = [_relative_gap(rule, value, goal) for value in measured if value is not None]
    return Shortfall(
        gap=min(gaps, default=None), volume=min((count for count in needed if count is not None), default=0)
    )


def _relative_gap(rule: Rule, measured: Fraction, goal: Fraction) -> Fraction:
    """Where little is asked, the gap is that of the rest to a hundred."""
    if rule.at_most is not None:
        measured, goal = _WHOLE - measured, _WHOLE - goal
    if goal <= 0:
        return Fraction(0)
    return min(max((goal - measured) / goal, Fraction(0)), Fraction(1))


def _from_difference(outcome: Outcome) -> Shortfall:
    """The gap of a comparison of two numbers; without one nothing is measured."""
    if outcome.difference is None:
        return Shortfall(gap=None, volume=0)
    off = abs(outcome.difference.exact)
    expected = outcome.expected.exact if outcome.expected is not None else Fraction(0)
    gap = min(off / expected, Fraction(1)) if expected > 0 else None
    return Shortfall(gap=gap, volume=math.ceil(off))


def _needed(scope: Scope, rule: Rule, unit: str, proportion: Proportion, goal: Fraction) -> int | None:
    part = scope.figures.number(unit, proportion.numerator)
    whole = scope.figures.number(unit, proportion.denominator)
    if part is None or whole is None:
        return None
    return count_needed(part, whole, goal, at_most=rule.at_most is not None)


def compose_takes(scope: Scope, rule: Rule, outcomes: Sequence[Outcome]) -> str:
    """What it takes, in counts of this period, for each unit; empty where it cannot be counted."""
    found = [(outcome.unit, _takes_of_unit(scope, rule, outcome)) for outcome in outcomes]
    known = [(unit, words) for unit, words in found if words]
    if len(known) > _TOLD:
        return _takes_in_all(scope, rule, outcomes)
    if len(known) == 1 and len(outcomes) == 1:
        return known[0][1]
    return "; ".join(
        text("assessment.labelled", label=scope.tree[unit].name, sentence=words) for unit, words in known
    )


def _takes_in_all(scope: Scope, rule: Rule, outcomes: Sequence[Outcome]) -> str:
    """What many units need together, and which of them most; in points, how many there are."""
    goal, proportions = find_goal(scope.pack, rule, outcomes[0]), find_proportions(scope.pack, rule)
    if goal is None or len(proportions) != 1:
        return text("assessment.takes.in_units", count=len(outcomes))
    needs = [(outcome.unit, _needed(scope, rule, outcome.unit, proportions[0], goal)) for outcome in outcomes]
    needs.sort(key=lambda need: need[1] or 0, reverse=True)
    most = [
        text("assessment.figure.of_unit", unit=scope.tree[unit].name, figure=format_count(count or 0))
        for unit, count in needs[:_TOLD]
    ]
    return text(
        f"assessment.takes.{'fewer' if rule.at_most else 'more'}_in_all",
        needed=format_count(sum(count or 0 for _, count in needs)),
        parts=name_counted(scope.pack.indicator[proportions[0].numerator]),
        count=len(outcomes),
        units=", ".join(most),
    )


def _takes_of_unit(scope: Scope, rule: Rule, outcome: Outcome) -> str:
    goal = find_goal(scope.pack, rule, outcome)
    if goal is None:
        return _takes_by_difference(rule, outcome)
    proportions = find_proportions(scope.pack, rule)
    if not proportions:
        return _takes_in_points(outcome)
    readings = [_takes(scope, rule, outcome.unit, proportion, goal) for proportion in proportions]
    return f"; {text('assessment.takes.or')} ".join(reading for reading in readings if reading)


def _takes_by_difference(rule: Rule, outcome: Outcome) -> str:
    """What is short where a number has to be at least another: `cần thêm 3 mục`."""
    if not isinstance(rule.check, str) or ">=" not in rule.check:
        return ""
    if outcome.difference is None or outcome.difference.exact >= 0:
        return ""
    return text("assessment.takes.difference", gap=outcome.difference.text.lstrip("-−"))


def _takes_in_points(outcome: Outcome) -> str:
    if outcome.difference is None:
        return ""
    return text("assessment.takes.points", gap=format_points(abs(outcome.difference.exact)))


def _takes(scope: Scope, rule: Rule, unit: str, proportion: Proportion, goal: Fraction) -> str:
    needed = _needed(scope, rule, unit, proportion, goal)
    whole = scope.figures.number(unit, proportion.denominator)
    if not needed or whole is None:
        return ""
    part = name_counted(scope.pack.indicator[proportion.numerator])
    words = text(
        f"assessment.takes.{'fewer' if rule.at_most else 'more'}",
        whole=show_count(whole),
        wholes=name_counted(scope.pack.indicator[proportion.denominator]),
        needed=format_count(needed),
        parts=part,
    )
    blocs = _needed_by_blocs(scope, rule, unit, proportion, goal)
    return text("assessment.takes.by_bloc", takes=words, blocs=blocs) if blocs else words


def _needed_by_blocs(scope: Scope, rule: Rule, unit: str, proportion: Proportion, goal: Fraction) -> str:
    """The same for each bloc right below, rounded up on its own denominator; empty unless all fall short."""
    needs = {bloc: _needed(scope, rule, bloc, proportion, goal) for bloc in scope.tree.blocs(unit)}
    if not all(needs.values()):
        return ""
    return ", ".join(
        text("assessment.figure.of_unit", unit=scope.tree[bloc].name, figure=format_count(count or 0))
        for bloc, count in needs.items()
    )


def show_count(number: Fraction) -> str:
    """A number of things: `6.522`, and `12,5` where an amount is no whole one."""
    return format_count(int(number)) if number.denominator == 1 else format_decimal(number)


def name_counted(indicator: Indicator) -> str:
    """What the indicator counts, to stand after a number: `văn bản đi`, `hồ sơ tiếp nhận`.

    The first of its phrases that begins with its unit of measure; else its label from there on.
    """
    counted = indicator.unit_of_measure
    phrase = next((phrase for phrase in indicator.phrases if phrase.startswith(counted)), None)
    if phrase is not None:
        return phrase
    start = indicator.label.casefold().find(counted.casefold())
    if start < 0:
        return counted
    return counted + indicator.label[start + len(counted) :]
