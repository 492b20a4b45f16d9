"""How did the percentage that a rule measures change since earlier half-years, and how is that said?

Two are looked at: the half-year before, and the same half of the year before. A change that two decimals do
not show is none; one that a rule of the pack has found is shown at as many decimals as it takes. Where the
earlier figures contradict each other nothing is compared with them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import choose_decimals, format_percent, print_change, round_half_up
from compliance.reporting.breakdown import join_names, show_percent
from compliance.reporting.shortfall import find_proportions, measure_rate, name_measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.model.findings import EarlierContradiction
    from compliance.model.rulepack import Rule, RulePack
    from compliance.reporting.scope import Relation, Scope

_NAME = r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*"
_NOT_BELOW = re.compile(rf"\s*(?:rate\.)?({_NAME})\s*>=\s*previous\.(?:rate\.)?({_NAME})\s*", re.ASCII)
_ALL = 100
_DECIMALS = 2
_NAMED = 6
"""Units named in a sentence; how many there are is said."""
_MOST_DECIMALS = 8
_WITHOUT_VALUE = ("also", "named")
"""Forms of a sentence that say what the percentage is now only where it has to be said again."""


@dataclass(frozen=True, slots=True)
class Change:
    """A percentage then and now, in points, exact."""

    relation: Relation
    period: str
    """The earlier half-year, in words."""
    before: Fraction
    now: Fraction
    better: bool

    @property
    def decimals(self) -> int:
        """As many as show that the two differ, at least two."""
        return next(
            (
                places
                for places in range(_DECIMALS, _MOST_DECIMALS)
                if round_half_up(self.before, places) != round_half_up(self.now, places)
            ),
            _MOST_DECIMALS,
        )

    @property
    def is_visible(self) -> bool:
        """Whether two decimals show it."""
        return self.decimals == _DECIMALS


def find_not_below(pack: RulePack, rule: Rule) -> str | None:
    """The percentage that the rule holds against its own value of the half-year before, where it does so."""
    match = _NOT_BELOW.fullmatch(rule.check) if isinstance(rule.check, str) else None
    if match is None or match[1] != match[2]:
        return None
    indicator = pack.indicator.get(match[1])
    is_percentage = match[1] in pack.rate or (indicator is not None and indicator.type == "percent")
    return match[1] if is_percentage else None


def find_changes(scope: Scope, rule: Rule, unit: str) -> tuple[Change, ...]:
    """Every change of what the rule measures, since the half-year before first."""
    found = (_find_change(scope, rule, unit, relation) for relation in scope.period_of)
    return tuple(change for change in found if change is not None)


def _find_change(scope: Scope, rule: Rule, unit: str, relation: Relation) -> Change | None:
    both = measure_both(scope, rule, unit, relation)
    if both is None or both[0] == both[1] or find_disputes_then(scope, rule, unit, relation):
        return None
    before, now = both
    better = now < before if rule.at_most else now > before
    return Change(relation, scope.period_of[relation].label, before, now, better)


def measure_both(scope: Scope, rule: Rule, unit: str, relation: Relation) -> tuple[Fraction, Fraction] | None:
    """What the rule measures, then and now; None where either is not known or is no percentage."""
    measure = find_not_below(scope.pack, rule)
    figures = scope.figures_of[relation]
    if measure is not None:
        before, now = figures.number(unit, measure), scope.figures.number(unit, measure)
    else:
        before = measure_rate(scope.pack, figures, rule, unit)
        now = measure_rate(scope.pack, scope.figures, rule, unit)
    if before is None or now is None or not _is_share(before) or not _is_share(now):
        return None
    return before, now


def find_disputes_then(
    scope: Scope, rule: Rule, unit: str, relation: Relation
) -> tuple[EarlierContradiction, ...]:
    """What contradicts the figures that the rule measures, in an earlier period."""
    names = _measured(scope.pack, rule)
    return tuple(
        one
        for one in scope.check.earlier_contradictions
        if one.period == str(scope.period_of[relation]) and names & set(one.disputes.get(unit, ()))
    )


def _measured(pack: RulePack, rule: Rule) -> frozenset[str]:
    """What the rule measures, and what that rests on, as a contradiction names what it disputes."""
    measure = find_not_below(pack, rule) or rule.measure
    if measure is not None and measure in pack.indicator:
        return frozenset((measure,))
    parts = {(one.numerator, one.denominator) for one in find_proportions(pack, rule)}
    rates = [rate for rate in pack.rates if rate.id == measure or (rate.numerator, rate.denominator) in parts]
    counts = {name for both in parts for name in both}
    return frozenset(
        counts | {name for rate in rates for name in (f"rate.{rate.id}", rate.numerator, rate.denominator)}
    )


def _is_share(percentage: Fraction) -> bool:
    """A part larger than its whole is a wrong figure, with which nothing is compared."""
    return 0 <= percentage <= _ALL


def measures_same(pack: RulePack, rule: Rule, measure: str) -> bool:
    """Whether what a rule asks a value of is this percentage."""
    if rule.measure == measure:
        return True
    rate = pack.rate.get(measure)
    proportions = find_proportions(pack, rule)
    return (
        rate is not None
        and len(proportions) == 1
        and (proportions[0].numerator, proportions[0].denominator) == (rate.numerator, rate.denominator)
    )


def name_changing(pack: RulePack, rule: Rule) -> str:
    """The label of what changes."""
    measure = find_not_below(pack, rule)
    if measure is None:
        return name_measure(pack, rule)
    return pack.rate[measure].label if measure in pack.rate else pack.indicator[measure].label


def say_changes(form: str, label: str, changes: Sequence[Change], said: str = "") -> str:
    """All changes as one sentence: `also` after what was said of the rate, else with its label and value.

    The value now is repeated where `said`, which stands before, does not show it as it is subtracted here.
    """
    now = changes[0].now
    decimals = choose_decimals(now, [change.before for change in changes])
    shown = format_percent(now, decimals)
    if form in _WITHOUT_VALUE and not re.search(rf"(?<![\d.,]){re.escape(shown)}", said):
        form = f"{form}_now"
    return text(
        f"assessment.changed.{form}",
        label=label,
        now=shown,
        changes=join_names([_say_change(change, decimals) for change in changes]),
    )


def _say_change(change: Change, decimals: int) -> str:
    direction = "up" if change.now > change.before else "down"
    printed = print_change(change.before, change.now, decimals)
    return text(
        f"assessment.changed.{direction}",
        gap=printed.gap,
        since=text(f"assessment.changed.since.{change.relation}"),
        period=change.period,
        before=printed.before,
    )


def say_fallen(scope: Scope, rule: Rule, units: Sequence[str]) -> str:
    """The units that fell since the half-year before, the deepest fall first where not all are named."""
    falls = [(unit, _find_change(scope, rule, unit, "previous")) for unit in units]
    if len(falls) > _NAMED:
        falls = sorted(falls, key=lambda fall: _depth(fall[1]), reverse=True)[: _NAMED - 1]
    named = [_name_fall(scope, unit, change) for unit, change in falls]
    code = "units" if len(falls) == len(units) else "worst_units"
    return text(f"assessment.changed.{code}", count=len(units), units=join_names(named))


def _depth(change: Change | None) -> Fraction:
    return change.before - change.now if change else Fraction(0)


def _name_fall(scope: Scope, unit: str, change: Change | None) -> str:
    """The unit with its percentage then and now, `xã Phú Hữu (từ 40% còn 30%)`."""
    name = scope.tree[unit].name
    if change is None:
        return name
    figure = text(
        "assessment.changed.then_now",
        before=show_percent(change.before, apart_from=(change.now,)),
        now=show_percent(change.now, apart_from=(change.before,)),
    )
    return text("assessment.units.with_figure", unit=name, figure=figure)
