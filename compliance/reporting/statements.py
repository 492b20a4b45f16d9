"""How is it said that a target is met, missed, or nearer or farther than in an earlier period?

The rule's own sentence first, then what it leaves out: the division over the blocs, the units that fall
short, the text that sets the target and how sure that is.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.messages import lower_first, text
from compliance.numerals import format_date
from compliance.reporting.breakdown import (
    are_all_named,
    compose_breakdown,
    find_failing_below,
    join_names,
    list_failing_below,
    name_each_failing,
    name_failing,
    say_below_target,
    say_failing,
    show_percent,
)
from compliance.reporting.changes import find_changes, name_changing, say_changes, say_fallen
from compliance.reporting.citations import compose_source
from compliance.reporting.shortfall import name_measure
from compliance.reporting.topics import Topic, compose_statement, law_day
from compliance.reporting.wording import Speaker, label_with, names_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.model.findings import Outcome
    from compliance.model.rulepack import Rule
    from compliance.reporting.changes import Change
    from compliance.reporting.scope import Scope
    from compliance.reporting.topics import TopicKind


def compose_met(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> Topic:
    """A strength: a target met, or a level that the pack commends."""
    said = _say(scope, rule, outcome, subject, rule.strength)
    sentences = [said or _default_met(scope, rule, outcome, subject)]
    sentences += _breakdown(scope, rule, outcome, rule.strength if said else "")
    better = _changes(scope, rule, outcome, better=True)
    if better:
        label = name_changing(scope.pack, rule)
        sentences.append(say_changes("also", label, better, " ".join(sentences)))
    if outcome.commended and rule.commend_at is not None:
        bound = "at_most" if rule.at_most else "at_least"
        level = show_percent(Fraction(rule.commend_at))
        sentences.append(text(f"assessment.commended.{bound}", level=level))
    sentences += _source(scope, rule, outcome, sentences, gives_target="target" in names_in(rule.strength))
    key = _key(rule, outcome.unit) + ("" if outcome.outcome == "pass" else "#commended")
    return _topic("met", scope, rule, (outcome,), key, sentences)


def _default_met(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> str:
    if outcome.measured is None or outcome.target is None:
        words = text("assessment.met.duty", title=lower_first(rule.title))
    else:
        label = name_measure(scope.pack, rule)
        words = text("assessment.met.target", label=label, measured=outcome.measured.text)
    return _with_unit(scope, outcome, subject, words)


def compose_missed(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> Topic:
    """A limitation: a target missed or an obligation not kept, with the units below that fall short."""
    below = tuple(
        failed for failed in find_failing_below(scope, rule, outcome.unit) if scope.tree.is_body(failed.unit)
    )
    units = name_failing(scope, rule, below)
    said = _say(scope, rule, outcome, subject, rule.limitation, units)
    sentences = [said or _default_missed(scope, rule, outcome, subject)]
    sentences += _breakdown(scope, rule, outcome, rule.limitation if said else "")
    if units and not (said and "units" in names_in(rule.limitation)):
        sentences.append(say_failing(scope, rule, below))
    worse = _changes(scope, rule, outcome, better=False)
    if worse:
        label = name_changing(scope.pack, rule)
        sentences.append(say_changes("named", label, worse, " ".join(sentences)))
    sentences += _source(scope, rule, outcome, sentences, gives_target="target" in names_in(rule.limitation))
    key = _key(rule, outcome.unit)
    return _topic(
        "missed", scope, rule, (outcome,), key, sentences, named=below, units=_below(scope, outcome)
    )


def _below(scope: Scope, outcome: Outcome) -> tuple[Outcome, ...]:
    return list_failing_below(scope, scope.pack.rule[outcome.rule], outcome.unit)


def _default_missed(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> str:
    if outcome.measured is None or outcome.target is None:
        finding = scope.findings.get(outcome.id)
        words = finding.message if finding else text("assessment.missed.duty", title=lower_first(rule.title))
        return _with_unit(scope, outcome, subject, words)
    due = text("assessment.missed.due", date=format_date(outcome.due)) if outcome.due else ""
    words = text(
        f"assessment.missed.{'at_most' if rule.at_most else 'at_least'}",
        label=name_measure(scope.pack, rule),
        measured=outcome.measured.text,
        target=outcome.target.text,
        due=due,
    )
    return _with_unit(scope, outcome, subject, words)


def compose_missed_below(scope: Scope, rule: Rule, subject: str, failed: Sequence[Outcome]) -> Topic:
    """A limitation of units below: the subject meets the target, or it does not concern the subject."""
    label = lower_first(name_measure(scope.pack, rule))
    words = say_below_target(scope, rule, failed, label) or text(
        "assessment.missed.below",
        count=len(failed),
        title=lower_first(rule.title),
        units=join_names(name_failing(scope, rule, failed)),
    )
    if len(scope.subjects) > 1:
        words = label_with(scope.tree[subject].label, words)
    has_target = failed[0].target is not None
    sentences = [words, *_source(scope, rule, failed[0], [words], gives_target=has_target)]
    key = f"{_key(rule, subject)}#below"
    units = {outcome.unit for outcome in failed}
    meant = tuple(
        outcome
        for outcome in list_failing_below(scope, rule, subject)
        if outcome.unit in units or any(scope.tree.stands_below(unit, outcome.unit) for unit in units)
    )
    topic = _topic("missed_below", scope, rule, failed, key, sentences, named=tuple(failed), units=meant)
    return replace(topic, unit=subject)


def compose_risen(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> Topic | None:
    """A strength beside a limitation: nearer to the target than before; None where it is not."""
    better = _changes(scope, rule, outcome, better=True)
    if not better:
        return None
    said = say_changes("nearer", name_changing(scope.pack, rule), better)
    words = _with_unit(scope, outcome, subject, said)
    return _topic("risen", scope, rule, (outcome,), f"{_key(rule, outcome.unit)}#rise", [words])


def compose_fallen(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> Topic | None:
    """A limitation beside a target that is met: farther from it than before; None where it is not."""
    worse = _changes(scope, rule, outcome, better=False)
    if not worse:
        return None
    said = say_changes("farther", name_changing(scope.pack, rule), worse)
    words = _with_unit(scope, outcome, subject, said)
    return _topic("fallen", scope, rule, (outcome,), f"{_key(rule, outcome.unit)}#fall", [words])


def compose_not_kept(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> Topic | None:
    """A limitation: lower than in an earlier period, where the rule asks that it be not; None if it is not.

    The rule itself looks at the half-year before; where that is not lower, the same half of the year before
    may be.
    """
    failed = outcome.outcome == "fail" and not outcome.earlier_disputed_by
    worse = tuple(
        change
        for change in find_changes(scope, rule, outcome.unit)
        if not change.better and (change.is_visible or failed)
    )
    if not worse:
        return compose_missed(scope, rule, outcome, subject) if failed else None
    label = name_changing(scope.pack, rule)
    said = _say(scope, rule, outcome, subject, rule.limitation) if failed else None
    if said:
        told = "gap" in names_in(rule.limitation)
        worse = tuple(change for change in worse if not (told and change.relation == "previous"))
        sentences = [said, *([say_changes("also", label, worse, said)] if worse else [])]
    else:
        sentences = [_with_unit(scope, outcome, subject, say_changes("lower", label, worse))]
    below = [one for one in find_failing_below(scope, rule, outcome.unit) if scope.tree.is_body(one.unit)]
    if below and failed:
        sentences.append(say_fallen(scope, rule, [one.unit for one in below]))
    key = _key(rule, outcome.unit)
    units = _below(scope, outcome) if failed else ()
    return _topic("missed", scope, rule, (outcome,), key, sentences, named=tuple(below), units=units)


def _changes(scope: Scope, rule: Rule, outcome: Outcome, *, better: bool) -> tuple[Change, ...]:
    """What two decimals show to be better, or worse."""
    changes = find_changes(scope, rule, outcome.unit)
    return tuple(change for change in changes if change.better == better and change.is_visible)


def _say(
    scope: Scope, rule: Rule, outcome: Outcome, subject: str, template: str, units: Sequence[str] = ()
) -> str | None:
    """The rule's own sentence, with the unit before it where it would not be clear."""
    said = Speaker(scope, rule, outcome, scope.tree[outcome.unit].label, tuple(units)).say(template)
    if said is None or "unit" in names_in(template):
        return said
    return _with_unit(scope, outcome, subject, said)


def _breakdown(scope: Scope, rule: Rule, outcome: Outcome, template: str) -> tuple[str, ...]:
    """The division over the blocs, where the sentence leaves it out."""
    breakdown = "" if "breakdown" in names_in(template) else compose_breakdown(scope, rule, outcome)
    return (text("assessment.breakdown", breakdown=breakdown),) if breakdown else ()


def _with_unit(scope: Scope, outcome: Outcome, subject: str, words: str) -> str:
    if outcome.unit == subject and len(scope.subjects) == 1:
        return words
    return label_with(scope.tree[outcome.unit].label, words)


def _source(
    scope: Scope, rule: Rule, outcome: Outcome, said: Sequence[str], *, gives_target: bool = False
) -> tuple[str, ...]:
    day = law_day(scope, (outcome,))
    return compose_source(scope.pack, rule, outcome, " ".join(said), day, gives_target=gives_target)


def _key(rule: Rule, unit: str) -> str:
    return f"{rule.id}:{unit}"


def _topic(
    kind: TopicKind,
    scope: Scope,
    rule: Rule,
    outcomes: Sequence[Outcome],
    key: str,
    sentences: Sequence[str],
    *,
    named: tuple[Outcome, ...] = (),
    units: tuple[Outcome, ...] = (),
) -> Topic:
    each = name_each_failing(scope, rule, units)
    statement = compose_statement(
        scope, key, rule.area, sentences, outcomes, units=each, is_abridged=not are_all_named(named)
    )
    return Topic(
        kind=kind,
        statement=statement,
        unit=outcomes[0].unit,
        order=scope.order_of(rule, outcomes[0].unit),
        rule=rule,
        outcomes=tuple(outcomes),
        named=named,
    )
