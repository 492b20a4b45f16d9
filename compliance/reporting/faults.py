"""Which figures contradict each other, which are lacking, and what can therefore not be judged?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.named_checks import Cites, Stated
from compliance.reporting.breakdown import join_names
from compliance.reporting.judgements import is_judged, say_waived
from compliance.reporting.shortfall import name_measure
from compliance.reporting.topics import Topic, compose_statement
from compliance.reporting.wording import label_with, lower_first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from compliance.model.assessment import Statement
    from compliance.model.check import SubmissionResult
    from compliance.model.findings import Outcome
    from compliance.reporting.scope import Scope

_SAID = 3
"""Contradictions told in one statement; how many more there are is said."""
_DISPUTED, _CONTRADICTED, _LACKING = 1, 2, 3
"""Where they stand within an area, after what the rules say."""

Key = tuple[str, str]
"""Area and unit."""


def find_contradictions(scope: Scope) -> tuple[Topic, ...]:
    """What blocks or has to be explained in the figures themselves, by area and unit.

    Where many units below a subject are at fault in one area they share a statement that names them; each has
    a task of its own all the same.
    """
    found = [outcome for outcome in _faults(scope) if not outcome.waived]
    topics = [_contradiction(scope, outcomes) for outcomes in _group(found, lambda one: (one.area, one.unit))]
    below: dict[Key, list[Topic]] = {}
    for topic in topics:
        if topic.unit not in scope.subjects:
            below.setdefault((topic.statement.area, scope.subject_of(topic.unit)), []).append(topic)
    shared = {
        topic.statement.id: statement
        for group in below.values()
        if len(group) > _SAID
        for statement in [_share(scope, group)]
        for topic in group
    }
    return tuple(
        replace(topic, statement=shared.get(topic.statement.id, topic.statement)) for topic in topics
    )


def _share(scope: Scope, topics: Sequence[Topic]) -> Statement:
    """One statement for the contradictions of several units in one area."""
    first = topics[0]
    words = text(
        "assessment.contradicted.below",
        count=len(topics),
        area=lower_first(scope.name_area(first.statement.area)),
        units=join_names(
            [scope.tree[unit].name for unit in scope.tree.in_order(topic.unit for topic in topics)]
        ),
    )
    outcomes = [outcome for topic in topics for outcome in topic.outcomes]
    key = f"{outcomes[0].rule}:{scope.subject_of(first.unit)}#below"
    return compose_statement(scope, key, first.statement.area, [words], outcomes)


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


def _group(outcomes: Iterable[Outcome], key: Callable[[Outcome], Key]) -> Iterable[tuple[Outcome, ...]]:
    groups: dict[Key, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(key(outcome), []).append(outcome)
    return (tuple(group) for group in groups.values())


def _contradiction(scope: Scope, outcomes: Sequence[Outcome]) -> Topic:
    first = outcomes[0]
    rule = scope.pack.rule[first.rule]
    sentences = [_say_fault(scope, outcome) for outcome in outcomes[:_SAID]]
    label = scope.tree[first.unit].label
    if scope.subjects != (first.unit,) and label not in sentences[0]:
        sentences[0] = label_with(label, sentences[0])
    if len(outcomes) > _SAID:
        sentences.append(text("assessment.contradicted.more", count=len(outcomes) - _SAID))
    return Topic(
        kind="contradicted",
        statement=compose_statement(scope, f"{rule.id}:{first.unit}", first.area, sentences, outcomes),
        unit=first.unit,
        order=scope.order_of(rule, first.unit, rank=_CONTRADICTED),
        rule=rule,
        outcomes=tuple(outcomes),
    )


def _say_fault(scope: Scope, outcome: Outcome) -> str:
    """What is wrong with the figures, in the words of its rule where it has any."""
    rule = scope.pack.rule[outcome.rule]
    finding = scope.findings.get(outcome.id)
    if isinstance(rule.check, Stated) and outcome.outcome == "fail":
        return _say_wrong_rate(scope, rule.check.stated, outcome)
    if rule.message and finding is not None:
        return finding.message
    if isinstance(rule.check, Cites):
        return outcome.reason
    return text("assessment.contradicted.requirement", title=lower_first(rule.title), reason=outcome.reason)


def _say_wrong_rate(scope: Scope, rate: str, outcome: Outcome) -> str:
    exact = outcome.operands.get(f"rate.{rate}")
    return text(
        "assessment.contradicted.stated",
        label=scope.pack.rate[rate].label,
        unit=scope.tree[outcome.unit].label,
        stated=outcome.stated.text if outcome.stated else "",
        right=show_right_rate(outcome),
        formula=exact.derived_from if exact else "",
    )


def show_right_rate(outcome: Outcome) -> str:
    """What a stated rate has to be: at its own decimals, or at more where these make it 0 % or 100 %."""
    by_rounding = outcome.expected is not None and outcome.expected == outcome.stated
    right = outcome.measured if by_rounding else outcome.expected
    return right.text if right else ""


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
    """Required figures that a unit has not reported: a statement for each unit."""
    results = {
        result.unit: result for result in scope.check.submissions if result.period == str(scope.period)
    }
    return tuple(
        _lack(scope, results[unit]) for unit in scope.units if unit in results and results[unit].missing
    )


def _lack(scope: Scope, result: SubmissionResult) -> Topic:
    missing = [scope.pack.indicator[name] for name in result.missing]
    area = min((indicator.area for indicator in missing), key=scope.place_of_area)
    labels = tuple(lower_first(indicator.label) for indicator in missing)
    words = text("assessment.lacking", unit=scope.tree[result.unit].label, labels="; ".join(labels))
    return Topic(
        kind="lacking",
        statement=compose_statement(scope, f"required:{result.unit}", area, [words], ()),
        unit=result.unit,
        order=(scope.place_of_area(area), _LACKING, 0, scope.tree.place(result.unit)),
        missing=labels,
    )
