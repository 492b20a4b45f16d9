"""Who has to put which figures right, by when, and what is to come of it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import lower_first, text, upper_first
from compliance.model.assessment import Task
from compliance.model.named_checks import Cites, Stated, Submitted
from compliance.reporting.breakdown import join_names
from compliance.reporting.citations import compose_citation
from compliance.reporting.deadlines import find_correction_due
from compliance.reporting.fault_words import show_right_rate
from compliance.reporting.rule_tasks import DUTY_RANK, Draft
from compliance.reporting.topics import law_day
from compliance.reporting.unit_lists import NAMED_APART, name_bodies, name_units
from compliance.reporting.wording import as_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.model.findings import Outcome
    from compliance.reporting.scope import Scope
    from compliance.reporting.topics import Topic

_BLOCKING = DUTY_RANK - 1
_TO_EXPLAIN = DUTY_RANK + 1
_TO_ADD = DUTY_RANK + 2
_SAID = 3
"""Corrections spelled out in one task; how many more there are is said."""


def compose_correction_tasks(scope: Scope, topics: Sequence[Topic]) -> tuple[Draft, ...]:
    """A task for each statement on wrong or lacking figures, which answers what they leave unjudged too."""
    disputed = [topic for topic in topics if topic.kind == "disputed"]
    drafts = [_correct(scope, topic, disputed) for topic in topics if topic.kind == "contradicted"]
    drafts += [_report(scope, topic) for topic in topics if topic.kind == "lacking"]
    answered = {statement for draft in drafts for statement in draft.task.answers}
    drafts += [_settle(scope, topic) for topic in disputed if topic.statement.id not in answered]
    return tuple(drafts)


def _correct(scope: Scope, topic: Topic, disputed: Sequence[Topic]) -> Draft:
    blocks = any(outcome.severity == "must_fix" for outcome in topic.outcomes)
    own = {outcome.id for outcome in topic.outcomes}
    kept_open = [other for other in disputed if own & _disputes(other)]
    cited = next((outcome.citation for outcome in topic.outcomes if outcome.citation is not None), None)
    task = _remedy(
        scope,
        topic,
        action=_action(scope, topic),
        expected=_expected(scope, topic, blocks=blocks),
        citation=compose_citation(scope.pack, cited, law_day(scope, topic.outcomes)),
        answers=(topic, *kept_open),
        why=text(f"assessment.why.{'blocking' if blocks else 'to_explain'}"),
    )
    return Draft(task, _BLOCKING if blocks else _TO_EXPLAIN, topic.order)


def _disputes(topic: Topic) -> set[str]:
    return {finding for outcome in topic.outcomes for finding in outcome.disputed_by}


def _action(scope: Scope, topic: Topic) -> str:
    """What is to be corrected, then how."""
    told = topic.outcomes[:1] if topic.units else topic.outcomes[:_SAID]
    whose = _name_corrected(scope, topic)
    what = list(dict.fromkeys(_what(scope, outcome, whose) for outcome in told))
    rest = len(topic.outcomes) - len(told)
    if rest and not topic.units:
        what.append(text("assessment.correct.more", count=rest, unit=whose))
    how = dict.fromkeys(as_sentence(_fix(scope, outcome)) for outcome in told)
    return " ".join((*what, *how))


def _name_corrected(scope: Scope, topic: Topic) -> str:
    """Whose figures; many bodies are named only once, as those who lead."""
    units = topic.units or (topic.unit,)
    bodies = [unit for unit in units if scope.tree.is_body(unit) and scope.answerable(unit) == unit]
    if len(bodies) <= NAMED_APART:
        return name_units(scope.tree, units)
    sums = [unit for unit in units if unit not in bodies]
    leaders = text("assessment.correct.bodies", count=len(bodies))
    return join_names([*(scope.tree[unit].label for unit in sums), leaders])


def _what(scope: Scope, outcome: Outcome, unit: str) -> str:
    rule = scope.pack.rule[outcome.rule]
    match rule.check:
        case Stated(stated=rate):
            return text("assessment.correct.rate", label=lower_first(scope.pack.rate[rate].label), unit=unit)
        case Cites():
            instrument = scope.pack.instrument.get(outcome.subject)
            document = instrument.name if instrument else outcome.subject
            return text("assessment.correct.citation", document=document, unit=unit)
    return text("assessment.correct.figures", title=lower_first(rule.title), unit=unit)


def _fix(scope: Scope, outcome: Outcome) -> str:
    finding = scope.findings.get(outcome.id)
    return finding.fix if finding else scope.pack.rule[outcome.rule].fix


def _expected(scope: Scope, topic: Topic, *, blocks: bool) -> str:
    """The figure to reach where it is known, else figures that agree or are explained."""
    outcome = topic.outcomes[0]
    if topic.units and isinstance(scope.pack.rule[outcome.rule].check, Stated):
        return text("assessment.correct.expected_rates")
    checks = [scope.pack.rule[one.rule].check for one in topic.outcomes]
    if len(checks) == 1 and isinstance(checks[0], Stated) and outcome.expected is not None:
        return text("assessment.correct.expected_rate", expected=show_right_rate(outcome))
    if all(isinstance(check, Cites) for check in checks):
        return text("assessment.correct.expected_citation")
    return text(f"assessment.correct.{'expected' if blocks else 'expected_or_explained'}")


def _report(scope: Scope, topic: Topic) -> Draft:
    task = _remedy(
        scope,
        topic,
        action=text("assessment.report.action", labels="; ".join(topic.missing)),
        expected=text("assessment.report.expected"),
        answers=(topic,),
        why=text("assessment.why.blocking"),
    )
    return Draft(task, _BLOCKING, topic.order)


def _settle(scope: Scope, topic: Topic) -> Draft:
    """For figures disputed by something that no statement of the assessment tells of."""
    task = _remedy(
        scope,
        topic,
        action=text("assessment.settle.action", unit=scope.tree[topic.unit].label),
        expected=text("assessment.correct.expected"),
        answers=(topic,),
        why=text("assessment.why.to_explain"),
    )
    return Draft(task, _TO_EXPLAIN, topic.order)


def compose_addition(scope: Scope, labels: Sequence[str]) -> tuple[Draft, ...]:
    """One task to report what is not required and yet kept targets from being judged; or none."""
    if not labels:
        return ()
    task = Task(
        group="remedy",
        action=text("assessment.add.action", labels="; ".join(dict.fromkeys(labels))),
        lead=upper_first(join_names(scope.tree.name_bodies(scope.subjects))),
        due=scope.period.next.end,
        expected=text("assessment.add.expected", period=scope.period.next.label),
        why=text("assessment.why.add"),
    )
    return (Draft(task, _TO_ADD, ()),)


def _remedy(
    scope: Scope,
    topic: Topic,
    *,
    action: str,
    expected: str,
    answers: Sequence[Topic],
    why: str,
    citation: str = "",
) -> Task:
    lead, support = _who(scope, topic)
    return Task(
        group="remedy",
        action=action,
        lead=lead,
        support=support,
        due=find_correction_due(scope.period.next),
        expected=expected,
        citation=citation,
        answers=tuple(dict.fromkeys(answer.statement.id for answer in answers)),
        units=topic.units or (topic.unit,),
        outcomes=tuple(outcome.id for outcome in topic.failed if topic.kind != "disputed"),
        why=why,
    )


def _who(scope: Scope, topic: Topic) -> tuple[str, str]:
    """Whose report it is leads, and the unit whose figures they are helps; who has not submitted has to."""
    if topic.rule is not None and isinstance(topic.rule.check, Submitted):
        absent = [
            unit
            for outcome in topic.outcomes
            for unit, operand in outcome.operands.items()
            if operand.value == "false" and unit in scope.tree
        ]
        return upper_first(join_names(scope.tree.name_bodies(absent))), scope.tree.name_body(topic.unit)
    units = topic.units or (topic.unit,)
    leaders = {scope.answerable(unit) for unit in units}
    helpers = [
        unit
        for unit in units
        if unit not in leaders and not leaders.issuperset(scope.tree.children(unit) or (unit,))
    ]
    return upper_first(name_bodies(scope.tree, leaders)), name_bodies(scope.tree, helpers)
