"""Which comparisons with earlier half-years are not made, and how is that said?

Earlier figures that contradict each other carry neither praise nor blame; that they were left out is said
among what could not be judged, with the unit, the period and the rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.messages import lower_first, text
from compliance.reporting.breakdown import join_names
from compliance.reporting.changes import find_disputes_then, find_not_below, measure_both, name_changing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.model.findings import EarlierContradiction, Outcome
    from compliance.model.rulepack import Rule
    from compliance.reporting.scope import Relation, Scope

_NAMED = 3
"""Contradictions named in a sentence; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Uncompared:
    """A comparison that is not made, because the earlier figures contradict each other."""

    relation: Relation
    unit: str
    label: str
    """What would have been compared."""
    contradictions: tuple[EarlierContradiction, ...]


def find_uncompared(scope: Scope, rule: Rule, unit: str) -> tuple[Uncompared, ...]:
    """Every comparison of what the rule measures that could be made but for contradictions then."""
    label = name_changing(scope.pack, rule)
    found = (
        Uncompared(relation, unit, label, find_disputes_then(scope, rule, unit, relation))
        for relation in scope.period_of
        if measure_both(scope, rule, unit, relation) is not None
    )
    return tuple(left for left in found if left.contradictions)


def find_uncompared_below(scope: Scope, rule: Rule, subject: str) -> tuple[Uncompared, ...]:
    """The same of the units below that would be named as lower than before."""
    return tuple(
        left
        for outcome in scope.outcomes_below(rule, subject)
        if outcome.outcome == "fail" and outcome.earlier_disputed_by
        if not (outcome.waived or outcome.disputed_by)
        for left in leave_uncompared(scope, rule, outcome)
    )


def leave_uncompared(scope: Scope, rule: Rule, outcome: Outcome) -> tuple[Uncompared, ...]:
    """The same of a rule that itself compares two periods, by what disputes its figures then."""
    against = set(outcome.earlier_disputed_by)
    is_percentage = find_not_below(scope.pack, rule) is not None
    label = name_changing(scope.pack, rule) if is_percentage else rule.title
    return tuple(
        Uncompared(relation, outcome.unit, label, contradictions)
        for relation, period in scope.period_of.items()
        if (
            contradictions := tuple(
                one
                for one in scope.check.earlier_contradictions
                if one.id in against and one.period == str(period)
            )
        )
    )


def say_uncompared(scope: Scope, uncompared: Iterable[Uncompared]) -> tuple[str, ...]:
    """The comparisons left out, together where the same contradictions stand against them."""
    together: dict[tuple[Relation, str, tuple[str, ...]], list[Uncompared]] = {}
    for left in uncompared:
        key = (left.relation, left.unit, tuple(one.id for one in left.contradictions))
        together.setdefault(key, []).append(left)
    return tuple(
        text(
            "assessment.changed.left_out",
            labels="; ".join(dict.fromkeys(lower_first(left.label) for left in group)),
            unit=scope.tree[unit].label,
            since=text(f"assessment.changed.since.{relation}"),
            period=scope.period_of[relation].label,
            contradictions=join_names(_name_contradictions(scope, group[0].contradictions)),
        )
        for (relation, unit, _), group in together.items()
    )


def _name_contradictions(scope: Scope, contradictions: Sequence[EarlierContradiction]) -> tuple[str, ...]:
    named = tuple(
        text(
            "assessment.changed.contradiction",
            rule=one.rule,
            unit=scope.tree[one.unit].label,
            title=one.title,
        )
        for one in contradictions[:_NAMED]
    )
    rest = len(contradictions) - len(named)
    return (*named, text("assessment.changed.more_contradictions", count=rest)) if rest else named
