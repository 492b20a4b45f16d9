"""How is one statement made of what several units have wrong in their figures?

A chairman reads of one fault once, with the units that have it; what each of them reported stands beside the
statement.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compliance.messages import lower_first, text
from compliance.model.named_checks import Cites, Stated
from compliance.reporting.breakdown import join_names
from compliance.reporting.fault_words import name_each
from compliance.reporting.topics import Topic, compose_statement
from compliance.reporting.unit_lists import name_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.model.assessment import Statement
    from compliance.model.findings import Outcome
    from compliance.reporting.scope import Scope

CONTRADICTED = 2
"""Where such a statement stands within an area, after what the rules say."""
_SAID = 3
"""Units whose figures are told in the statement itself; those of more stand beside it."""


def compose_shared(scope: Scope, outcomes: Sequence[Outcome]) -> Topic:
    """One statement of a rule that the units of `outcomes` break; its units are in the register's order."""
    named = name_each(scope, outcomes)
    units = tuple(one.unit for one in named)
    first = next(outcome for outcome in outcomes if outcome.unit == units[0])
    rule = scope.pack.rule[first.rule]
    is_abridged = len(units) > _SAID
    sentences = [_say_shared(scope, first, units)]
    if not is_abridged:
        sentences.append(
            "; ".join(text("assessment.contradicted.each", label=one.label, found=one.found) for one in named)
        )
    key = ":".join(part for part in (rule.id, first.subject, units[0]) if part)
    statement = compose_statement(
        scope, f"{key}#units", first.area, sentences, outcomes, units=named, is_abridged=is_abridged
    )
    return Topic(
        kind="contradicted",
        statement=statement.model_copy(update={"title": _title(scope, first)}),
        unit=units[0],
        order=scope.order_of(rule, units[0], rank=CONTRADICTED),
        rule=rule,
        outcomes=tuple(outcomes),
        units=units,
    )


def _title(scope: Scope, outcome: Outcome) -> str:
    rule = scope.pack.rule[outcome.rule]
    if isinstance(rule.check, Stated) and outcome.outcome == "fail":
        return text("assessment.contradicted.title_rate", label=scope.pack.rate[rule.check.stated].label)
    return text("assessment.contradicted.title", title=lower_first(rule.title))


def _say_shared(scope: Scope, outcome: Outcome, units: Sequence[str]) -> str:
    rule = scope.pack.rule[outcome.rule]
    words = {"title": lower_first(rule.title), "units": name_units(scope.tree, units)}
    match rule.check:
        case Stated(stated=rate) if outcome.outcome == "fail":
            return text("assessment.contradicted.shared_rate", label=scope.pack.rate[rate].label, **words)
        case Cites():
            instrument = scope.pack.instrument.get(outcome.subject)
            document = instrument.name if instrument else outcome.subject
            return text("assessment.contradicted.shared_citation", document=document, **words)
    return text("assessment.contradicted.shared", **words)


def share_by_area(scope: Scope, topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """The topics, many units below a subject with different faults in one area under one statement."""
    below: dict[tuple[str, str], list[Topic]] = {}
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
    return compose_statement(
        scope,
        key,
        first.statement.area,
        [words],
        outcomes,
        title=text(
            "assessment.contradicted.title_area", area=lower_first(scope.name_area(first.statement.area))
        ),
        units=name_each(scope, outcomes, in_full=True),
        is_abridged=True,
    )
