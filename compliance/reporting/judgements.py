"""What does the assessment say of a rule that sets a target, or brings sentences of its own?

A subject without a verdict is judged by its blocs that have one. Nothing is praised that is disputed, waived,
assumed, approximate or undecided; what cannot be judged is said with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.messages import lower_first, text, upper_first
from compliance.model.submission import Interval
from compliance.reporting.breakdown import find_failing_below
from compliance.reporting.changes import find_not_below, measures_same
from compliance.reporting.statements import (
    compose_fallen,
    compose_met,
    compose_missed,
    compose_missed_below,
    compose_not_kept,
    compose_risen,
)
from compliance.reporting.uncompared import find_uncompared, find_uncompared_below, leave_uncompared
from compliance.reporting.unreported import name_unreported
from compliance.reporting.wording import as_sentence, label_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compliance.model.findings import Outcome
    from compliance.model.rulepack import Rule
    from compliance.reporting.scope import Scope
    from compliance.reporting.topics import Topic
    from compliance.reporting.uncompared import Uncompared


@dataclass(frozen=True, slots=True)
class Judgement:
    """What there is to say."""

    topics: tuple[Topic, ...] = ()
    undecided: tuple[str, ...] = ()
    """What could not be judged, and why."""
    unreported: tuple[str, ...] = ()
    """Labels of the figures whose lack kept something from being judged."""
    disputed: tuple[Outcome, ...] = ()
    """Outcomes over figures that contradict others."""
    uncompared: tuple[Uncompared, ...] = ()
    """Comparisons with earlier periods whose figures contradict each other."""

    def __add__(self, other: Judgement) -> Judgement:
        """Both, this one first."""
        return Judgement(
            self.topics + other.topics,
            self.undecided + other.undecided,
            self.unreported + other.unreported,
            self.disputed + other.disputed,
            self.uncompared + other.uncompared,
        )


def is_judged(rule: Rule) -> bool:
    """Whether the assessment speaks of the rule itself; the other rules only check the figures."""
    return rule.kind == "target" or bool(rule.strength or rule.limitation or rule.tasks)


def judge_rules(scope: Scope) -> Judgement:
    """The judgement of every such rule on every subject, in the order of the rules."""
    rules = [rule for rule in scope.pack.rules if is_judged(rule)]
    found = (_judge(scope, rule, subject) for rule in rules for subject in scope.subjects)
    return sum(found, start=Judgement())


def _judge(scope: Scope, rule: Rule, subject: str) -> Judgement:
    own = scope.outcomes(rule, subject)
    judged = own
    if own and all(_is_open(rule, outcome) for outcome in own):
        below = [outcome for bloc in scope.tree.blocs(subject) for outcome in scope.outcomes(rule, bloc)]
        judged = tuple(below) if any(map(_is_decided, below)) else own
    judgements = [_judge_outcome(scope, rule, outcome, subject) for outcome in judged]
    judgements.append(Judgement(uncompared=find_uncompared_below(scope, rule, subject)))
    whole = sum(judgements, start=Judgement())
    return whole + Judgement(topics=tuple(_missed_elsewhere(scope, rule, subject, judged)))


def _is_decided(outcome: Outcome) -> bool:
    return outcome.outcome in ("pass", "fail") or outcome.commended


def _is_open(rule: Rule, outcome: Outcome) -> bool:
    """Whether the subject has no verdict for want of figures, or of a target at its level."""
    if outcome.outcome == "no_data":
        return outcome.reason_code != "denominator_unsettled"
    if outcome.outcome != "not_applicable" or outcome.commended:
        return False
    has_target = rule.at_least is not None or rule.at_most is not None
    return outcome.reason_code == "other_level" or (outcome.reason_code == "no_target" and has_target)


def say_waived(scope: Scope, outcome: Outcome) -> str:
    """What was found, with its figure and target; then until when and by whose decision it is waived."""
    found, lifted = _say_found(outcome), _say_lifted(scope, outcome)
    return f"{found} {upper_first(lifted)}" if found else lifted


def _say_found(outcome: Outcome) -> str:
    if outcome.outcome != "fail":
        return ""
    if outcome.measured is not None and outcome.target is not None:
        return text(
            "assessment.undecided.waived_shortfall",
            measured=outcome.measured.text,
            target=outcome.target.text,
        )
    return as_sentence(outcome.reason, capital=False) if outcome.reason else ""


def _say_lifted(scope: Scope, outcome: Outcome) -> str:
    finding = scope.findings.get(outcome.id)
    lifting = [one.words for one in finding.waivers if one.effect == "lifted"] if finding else []
    if not lifting:
        return text("assessment.undecided.waived")
    return text("assessment.undecided.waived_by", words=lifting[0])


def _judge_outcome(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> Judgement:
    if outcome.outcome in ("no_data", "error"):
        return _leave_open(scope, rule, outcome, subject) + _judge_last_year(scope, rule, outcome, subject)
    return _judge_decided(scope, rule, outcome, subject) if _is_decided(outcome) else Judgement()


def _judge_decided(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> Judgement:
    if outcome.waived:
        return Judgement(undecided=(_line(scope, rule, outcome, subject, say_waived(scope, outcome)),))
    disputes = _find_disputes(scope, rule, outcome)
    if disputes:
        return Judgement(disputed=(outcome.model_copy(update={"disputed_by": disputes}),))
    uncompared = find_uncompared(scope, rule, outcome.unit)
    if find_not_below(scope.pack, rule) is not None:
        kept = tuple(_judge_not_below(scope, rule, outcome, subject))
        return Judgement(topics=kept, uncompared=uncompared)
    if outcome.earlier_disputed_by:
        return Judgement(uncompared=leave_uncompared(scope, rule, outcome))
    return _judge_sound(scope, rule, outcome, subject) + Judgement(uncompared=uncompared)


def _judge_sound(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> Judgement:
    """What no other figure contradicts, now or in an earlier period."""
    topics: list[Topic] = []
    undecided: list[str] = []
    if _is_sound(scope, outcome):
        topics += _praise(scope, rule, outcome, subject)
    elif outcome.outcome == "pass" or outcome.commended:
        undecided.append(_line(scope, rule, outcome, subject, _why_unsound(outcome)))
    if outcome.outcome == "fail":
        topics.append(compose_missed(scope, rule, outcome, subject))
    return Judgement(topics=tuple(topics), undecided=tuple(undecided))


def _praise(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> Iterator[Topic]:
    if outcome.outcome == "pass" or outcome.commended:
        yield compose_met(scope, rule, outcome, subject)
        fallen = None if _has_not_below(scope, rule) else compose_fallen(scope, rule, outcome, subject)
        if fallen is not None:
            yield fallen
    else:
        risen = compose_risen(scope, rule, outcome, subject)
        if risen is not None:
            yield risen


def _judge_last_year(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> Judgement:
    """What is lower than a year before, where the half-year before was not given."""
    if find_not_below(scope.pack, rule) is None or _find_disputes(scope, rule, outcome):
        return Judgement()
    return Judgement(
        topics=tuple(_judge_not_below(scope, rule, outcome, subject)),
        uncompared=find_uncompared(scope, rule, outcome.unit),
    )


def _judge_not_below(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> Iterator[Topic]:
    """What is lower than in an earlier period; where a target of the same is missed, it is told there."""
    is_met = outcome.outcome == "pass" and not outcome.earlier_disputed_by and _is_sound(scope, outcome)
    if is_met and rule.strength and not _is_praised(scope, rule, outcome.unit):
        yield compose_met(scope, rule, outcome, subject)
    if not _is_told(scope, rule, outcome.unit):
        lower = compose_not_kept(scope, rule, outcome, subject)
        if lower is not None:
            yield lower


def _is_praised(scope: Scope, rule: Rule, unit: str) -> bool:
    """Whether a target of the same is met, whose praise tells what it was before."""
    return any(outcome.outcome == "pass" for _, outcome in _same_measured(scope, rule, unit))


def _is_told(scope: Scope, rule: Rule, unit: str) -> bool:
    return any(_is_missed(scope, other, outcome) for other, outcome in _same_measured(scope, rule, unit))


def _same_measured(scope: Scope, rule: Rule, unit: str) -> Iterator[tuple[Rule, Outcome]]:
    """What other rules that the assessment speaks of found about the same percentage."""
    measure = find_not_below(scope.pack, rule)
    for other in scope.pack.rules:
        if measure and is_judged(other) and other.id != rule.id and measures_same(scope.pack, other, measure):
            yield from ((other, outcome) for outcome in scope.outcomes(other, unit))


def _is_missed(scope: Scope, rule: Rule, outcome: Outcome) -> bool:
    if outcome.outcome != "fail" or outcome.waived or outcome.earlier_disputed_by:
        return False
    return not _find_disputes(scope, rule, outcome)


def _has_not_below(scope: Scope, rule: Rule) -> bool:
    """Whether another rule that the assessment speaks of asks that the same be not lower than before."""
    measures = (find_not_below(scope.pack, other) for other in scope.pack.rules if is_judged(other))
    return any(measure is not None and measures_same(scope.pack, rule, measure) for measure in measures)


def _find_disputes(scope: Scope, rule: Rule, outcome: Outcome) -> tuple[str, ...]:
    """Ids of the outcomes that contradict the figures of this one.

    The engine marks rates and targets; a rule of another kind that brings a strength is looked at here.
    """
    if outcome.disputed_by or rule.kind == "target":
        return outcome.disputed_by
    figures = set(outcome.operands) | _parts_of(scope, find_not_below(scope.pack, rule))
    return tuple(
        other.id
        for other in scope.contradictions
        if figures & set(other.operands)
        and (other.unit == outcome.unit or scope.tree.stands_below(other.unit, outcome.unit))
    )


def _parts_of(scope: Scope, measure: str | None) -> set[str]:
    """The figures that a rate rests on."""
    rate = scope.pack.rate.get(measure or "")
    return {rate.numerator, rate.denominator} if rate else set()


def _is_sound(scope: Scope, outcome: Outcome) -> bool:
    """Whether it rests on figures that were reported, exactly."""
    if outcome.assumptions or any(operand.assumed for operand in outcome.operands.values()):
        return False
    submission = scope.figures.submissions.get(outcome.unit)
    observed = submission.observations if submission else {}
    bare = {name.removeprefix("low.").removeprefix("high.") for name in outcome.operands}
    return not any(
        observed[name].approximate or isinstance(observed[name].value, Interval)
        for name in bare & set(observed)
    )


def _why_unsound(outcome: Outcome) -> str:
    if outcome.assumptions:
        return text("assessment.undecided.assumed", assumptions="; ".join(outcome.assumptions))
    return text("assessment.undecided.approximate")


def _leave_open(scope: Scope, rule: Rule, outcome: Outcome, subject: str) -> Judgement:
    """A target that could not be judged; of other rules the findings tell."""
    if rule.kind != "target":
        return Judgement()
    labels = tuple(lower_first(label) for label in name_unreported(scope, rule, outcome))
    if labels and outcome.outcome == "no_data":
        why = text("assessment.undecided.not_reported", labels="; ".join(labels))
    else:
        labels, why = (), as_sentence(outcome.reason, capital=False)
    return Judgement(undecided=(_line(scope, rule, outcome, subject, why),), unreported=labels)


def _line(scope: Scope, rule: Rule, outcome: Outcome, subject: str, why: str) -> str:
    words = text("assessment.undecided.line", title=rule.title, why=why)
    if outcome.unit == subject and len(scope.subjects) == 1:
        return words
    return label_with(scope.tree[outcome.unit].label, words)


def _missed_elsewhere(scope: Scope, rule: Rule, subject: str, judged: Iterable[Outcome]) -> Iterable[Topic]:
    """Units below that miss what the subject meets, or what does not concern the subject."""
    failing = {outcome.unit for outcome in judged if _is_missed(scope, rule, outcome)}
    if subject in failing:
        return
    failed = tuple(
        outcome
        for outcome in find_failing_below(scope, rule, subject)
        if outcome.unit not in failing
        and not any(scope.tree.stands_below(outcome.unit, unit) for unit in failing)
    )
    if failed:
        yield compose_missed_below(scope, rule, subject, failed)
