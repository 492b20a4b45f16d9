"""Which figures contradict each other, which are lacking, and what can therefore not be judged?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import lower_first, text
from compliance.model.assessment import NamedUnit
from compliance.reporting.breakdown import join_names
from compliance.reporting.fault_words import name_each, say_fault
from compliance.reporting.judgements import is_judged, say_waived
from compliance.reporting.shared_faults import CONTRADICTED, compose_shared, share_by_area
from compliance.reporting.shortfall import name_measure
from compliance.reporting.topics import Topic, compose_statement
from compliance.reporting.unit_lists import name_units
from compliance.reporting.wording import label_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from compliance.model.findings import Outcome
    from compliance.reporting.scope import Scope

_SAID = 3
"""Contradictions told in one statement; how many more there are is said."""
_DISPUTED, _LACKING = CONTRADICTED - 1, CONTRADICTED + 1
"""Where they stand within an area, before and after what contradicts itself."""


def find_contradictions(scope: Scope) -> tuple[Topic, ...]:
    """What blocks or has to be explained in the figures themselves.

    What several units break of one rule is one statement that names them. The rest is told by area and unit;
    where many units below a subject are at fault in one area they share a statement, and each has a task of
    its own all the same.
    """
    found = [outcome for outcome in _faults(scope) if not outcome.waived]
    shared = [group for group in _group(found, _same_fault) if len(group) > 1]
    apart = {outcome.id for group in shared for outcome in group}
    alone = [outcome for outcome in found if outcome.id not in apart]
    topics = [_contradiction(scope, group) for group in _group(alone, lambda one: (one.area, one.unit))]
    return (*(compose_shared(scope, group) for group in shared), *share_by_area(scope, topics))


def _same_fault(outcome: Outcome) -> tuple[str, ...]:
    """What makes two units share a statement; a rule on cited texts is one for each text."""
    return outcome.rule, outcome.subject, outcome.severity


def list_waived(scope: Scope) -> tuple[str, ...]:
    """Lines on the contradictions that are waived: not held against anybody, and not passed over."""
    return tuple(
        text(
            "assessment.undecided.line",
            title=label_with(scope.tree[outcome.unit].label, scope.pack.rule[outcome.rule].title),
            why=say_waived(scope, outcome),
        )
        for outcome in _faults(scope)
        if outcome.waived
    )


def _faults(scope: Scope) -> tuple[Outcome, ...]:
    rules = [rule for rule in scope.pack.rules if not is_judged(rule)]
    return tuple(
        outcome
        for rule in rules
        for unit in scope.units
        for outcome in scope.outcomes(rule, unit)
        if outcome.outcome in ("fail", "error") and outcome.severity != "advisory"
    )


def _group(
    outcomes: Iterable[Outcome], key: Callable[[Outcome], tuple[str, ...]]
) -> Iterable[tuple[Outcome, ...]]:
    groups: dict[tuple[str, ...], list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(key(outcome), []).append(outcome)
    return (tuple(group) for group in groups.values())


def _contradiction(scope: Scope, outcomes: Sequence[Outcome]) -> Topic:
    first = outcomes[0]
    rule = scope.pack.rule[first.rule]
    sentences = [say_fault(scope, outcome) for outcome in outcomes[:_SAID]]
    label = scope.tree[first.unit].label
    if scope.subjects != (first.unit,) and label not in sentences[0]:
        sentences[0] = label_with(label, sentences[0])
    more = len(outcomes) - _SAID
    if more > 0:
        sentences.append(text("assessment.contradicted.more", count=more))
    return Topic(
        kind="contradicted",
        statement=compose_statement(
            scope,
            f"{rule.id}:{first.unit}",
            first.area,
            sentences,
            outcomes,
            title=text("assessment.contradicted.title_unit", unit=label),
            units=name_each(scope, outcomes, in_full=True) if more > 0 else (),
            is_abridged=more > 0,
        ),
        unit=first.unit,
        order=scope.order_of(rule, first.unit, rank=CONTRADICTED),
        rule=rule,
        outcomes=tuple(outcomes),
    )


def compose_disputed(scope: Scope, disputed: Sequence[Outcome]) -> tuple[Topic, ...]:
    """What cannot be judged until the figures are put right: a statement for each area and unit."""
    return tuple(_dispute(scope, outcomes) for outcomes in _group(disputed, lambda one: (one.area, one.unit)))


def _dispute(scope: Scope, outcomes: Sequence[Outcome]) -> Topic:
    first = outcomes[0]
    rule = scope.pack.rule[first.rule]
    labels = dict.fromkeys(
        lower_first(name_measure(scope.pack, scope.pack.rule[outcome.rule])) for outcome in outcomes
    )
    words = text("assessment.disputed", labels=join_names(tuple(labels)), unit=scope.tree[first.unit].label)
    return Topic(
        kind="disputed",
        statement=compose_statement(scope, f"{rule.id}:{first.unit}", first.area, [words], outcomes),
        unit=first.unit,
        order=scope.order_of(rule, first.unit, rank=_DISPUTED),
        rule=rule,
        outcomes=tuple(outcomes),
    )


def find_lacking(scope: Scope) -> tuple[Topic, ...]:
    """Required figures that were not reported: a statement for the units that lack the same."""
    results = {
        result.unit: result for result in scope.check.submissions if result.period == str(scope.period)
    }
    lacking: dict[tuple[str, ...], list[str]] = {}
    for unit in scope.units:
        if unit in results and results[unit].missing:
            lacking.setdefault(results[unit].missing, []).append(unit)
    return tuple(_lack(scope, missing, units) for missing, units in lacking.items())


def _lack(scope: Scope, names: Sequence[str], units: Sequence[str]) -> Topic:
    missing = [scope.pack.indicator[name] for name in names]
    area = min((indicator.area for indicator in missing), key=scope.place_of_area)
    labels = tuple(lower_first(indicator.label) for indicator in missing)
    words = text("assessment.lacking", unit=name_units(scope.tree, units), labels="; ".join(labels))
    named = tuple(
        NamedUnit(unit=unit, label=scope.tree[unit].label, found="; ".join(labels)) for unit in units
    )
    statement = compose_statement(
        scope, f"required:{units[0]}", area, [words], (), units=named if len(units) > 1 else ()
    )
    return Topic(
        kind="lacking",
        statement=statement,
        unit=units[0],
        order=(scope.place_of_area(area), _LACKING, 0, scope.tree.place(units[0])),
        missing=labels,
        units=tuple(units),
    )
