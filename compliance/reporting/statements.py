"""How is it said that a target is met, missed, or nearer than in the period before?

The rule's own sentence first, then what it leaves out: the division over the blocs, the units that fall
short, the text that sets the target and how sure that is.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import format_date, format_points, round_half_up
from compliance.reporting.breakdown import (
    compose_breakdown,
    find_failing_below,
    join_names,
    name_failing,
    say_failing,
    show_percent,
)
from compliance.reporting.citations import compose_source
from compliance.reporting.shortfall import measure_rate, name_measure
from compliance.reporting.topics import Topic, compose_statement, law_day
from compliance.reporting.wording import Speaker, label_with, lower_first, names_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.model.findings import Outcome
    from compliance.model.rulepack import Rule
    from compliance.reporting.scope import Scope
    from compliance.reporting.topics import TopicKind


def compose_met(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> Topic:
    """A strength: a target met, or a level that the pack commends."""
    said = _say(scope, rule, outcome, subject, rule.strength)
    sentences = [said or _default_met(scope, rule, outcome, subject)]
    sentences += _breakdown(scope, rule, outcome, rule.strength if said else "")
    change = _find_rise(scope, rule, outcome)
    if change is not None:
        sentences.append(_say_rise("also", scope, rule, change))
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
    sentences += _source(scope, rule, outcome, sentences, gives_target="target" in names_in(rule.limitation))
    key = _key(rule, outcome.unit)
    return _topic("missed", scope, rule, (outcome,), key, sentences, named=below)


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
    words = text(
        "assessment.missed.below",
        count=len(failed),
        title=lower_first(rule.title),
        units=join_names(name_failing(scope, rule, failed)),
    )
    if len(scope.subjects) > 1:
        words = label_with(scope.tree[subject].label, words)
    sentences = [words, *_source(scope, rule, failed[0], [words])]
    key = f"{_key(rule, subject)}#below"
    return _topic("missed_below", scope, rule, failed, key, sentences, unit=subject, named=tuple(failed))


def compose_risen(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> Topic | None:
    """A strength beside a limitation: nearer to the target than before; None where it is not."""
    change = _find_rise(scope, rule, outcome)
    if change is None:
        return None
    words = _with_unit(scope, outcome, subject, _say_rise("alone", scope, rule, change))
    return _topic("risen", scope, rule, (outcome,), f"{_key(rule, outcome.unit)}#rise", [words])


def _find_rise(scope: Scope, rule: Rule, outcome: Outcome) -> tuple[Fraction, Fraction] | None:
    """The rate of the period before and of this one, where this one is visibly the better."""
    before = measure_rate(scope.pack, scope.figures_before, rule, outcome.unit)
    now = measure_rate(scope.pack, scope.figures, rule, outcome.unit)
    if before is None or now is None or round_half_up(before, 2) == round_half_up(now, 2):
        return None
    better = now < before if rule.at_most else now > before
    return (before, now) if better else None


def _say_rise(form: str, scope: Scope, rule: Rule, change: tuple[Fraction, Fraction]) -> str:
    before, now = change
    return text(
        f"assessment.risen.{form}_{'down' if rule.at_most else 'up'}",
        label=name_measure(scope.pack, rule),
        before=show_percent(before),
        now=show_percent(now),
        gap=format_points(abs(now - before)),
        period=scope.period.previous.label,
    )


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
    unit: str = "",
    named: tuple[Outcome, ...] = (),
) -> Topic:
    return Topic(
        kind=kind,
        statement=compose_statement(scope, key, rule.area, sentences, outcomes),
        unit=unit or outcomes[0].unit,
        order=scope.order_of(rule, outcomes[0].unit),
        rule=rule,
        outcomes=tuple(outcomes),
        named=named,
    )
