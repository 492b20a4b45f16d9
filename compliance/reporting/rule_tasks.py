"""Which tasks does a rule bring, for what is missed and for what is to be kept?

They are the templates of the pack; where it has none for a case, the catalogue has plain ones, so that no
limitation is left without a task.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compliance.messages import lower_first, text, upper_first
from compliance.model.assessment import Task
from compliance.reporting.breakdown import join_names, show_percent
from compliance.reporting.citations import compose_citation
from compliance.reporting.deadlines import find_due
from compliance.reporting.needs import compose_pace
from compliance.reporting.shortfall import compose_takes, measure_shortfall, name_measure
from compliance.reporting.topics import law_day
from compliance.reporting.wording import Speaker, as_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from fractions import Fraction
    from typing import Literal

    from compliance.model.findings import Outcome
    from compliance.model.rulepack import Rule, TaskGroup, TaskTemplate
    from compliance.reporting.scope import Scope
    from compliance.reporting.topics import Topic

    Case = Literal["missed", "met"]

DUTY_RANK = 1
"""Where the breach of an obligation stands among what is to be put right: after what blocks the report."""
_OWN_TARGET, _COMMON_TARGET, _REMARK = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Draft:
    """A task with where it stands in its group."""

    task: Task
    rank: int
    """Its class within the group, before the gap."""
    order: tuple[int, ...]
    """The order of the statement that it answers; decides between equals."""


@dataclass(frozen=True, slots=True)
class _Wording:
    """What a template says, filled in."""

    action: str
    lead: str
    support: str
    expected: str
    due: date
    citation: str


def compose_rule_tasks(scope: Scope, rule: Rule, topics: Sequence[Topic]) -> tuple[Draft, ...]:
    """The tasks for all that the assessment says of one rule; a rise alone brings none.

    What is met but has fallen is answered by keeping it; where nothing says how, the fall has its own task.
    """
    missed = [topic for topic in topics if topic.kind in ("missed", "missed_below")]
    met = [topic for topic in topics if topic.kind == "met"]
    fallen = [topic for topic in topics if topic.kind == "fallen"]
    kept = [_answer_too(draft, fallen) for draft in _for_met(scope, rule, met)]
    unanswered = [] if kept else [_draft_missed(scope, rule, None, [topic]) for topic in fallen]
    return (*_for_missed(scope, rule, missed), *kept, *unanswered)


def _answer_too(draft: Draft, topics: Iterable[Topic]) -> Draft:
    answers = (*draft.task.answers, *(topic.statement.id for topic in topics))
    return replace(draft, task=draft.task.model_copy(update={"answers": answers}))


def _for_missed(scope: Scope, rule: Rule, topics: Sequence[Topic]) -> Iterable[Draft]:
    if not topics:
        return ()
    templates = tuple(template for template in rule.tasks if template.group != "keep")
    return [_draft_missed(scope, rule, template, topics) for template in templates or (None,)]


def _for_met(scope: Scope, rule: Rule, topics: Sequence[Topic]) -> Iterable[Draft]:
    """To keep what is met; a rule without such a template brings a task only where it has a target."""
    templates = tuple(template for template in rule.tasks if template.group in (None, "keep"))
    if not topics or not (templates or topics[0].outcomes[0].target is not None):
        return ()
    return [_draft_met(scope, rule, template, topics) for template in templates or (None,)]


def _draft_missed(scope: Scope, rule: Rule, template: TaskTemplate | None, topics: Sequence[Topic]) -> Draft:
    outcomes = [outcome for topic in topics for outcome in topic.outcomes]
    shortfalls = [measure_shortfall(scope, rule, outcome) for outcome in outcomes]
    gap = max((shortfall.gap for shortfall in shortfalls if shortfall.gap is not None), default=None)
    group = _group_of(rule, template)
    wording = _fill(scope, rule, template, topics, "missed")
    task = _task(group, wording, topics, why=_why(group, outcomes, gap)).model_copy(
        update={
            **_answered(scope, topics),
            "takes": _takes(scope, rule, outcomes),
            "gap": gap,
            "volume": sum(shortfall.volume for shortfall in shortfalls),
        }
    )
    rank = DUTY_RANK if group == "remedy" else _rank_target(outcomes[0])
    return Draft(task, rank, topics[0].order)


def _answered(scope: Scope, topics: Sequence[Topic]) -> dict[str, tuple[str, ...]]:
    """The units that fall short, and their outcomes: the topics' own and those of the units below."""
    own = {outcome.id: outcome.unit for topic in topics for outcome in topic.failed}
    below = {name: one.unit for topic in topics for one in topic.statement.units for name in one.outcomes}
    answered = own | below
    return {"units": scope.tree.in_order(answered.values()), "outcomes": tuple(answered)}


def _takes(scope: Scope, rule: Rule, outcomes: Sequence[Outcome]) -> str:
    """What it takes, and for one unit what that comes to a month and where most of it lies."""
    takes = compose_takes(scope, rule, outcomes)
    pace = compose_pace(scope, outcomes[0]) if len(outcomes) == 1 and takes else ""
    return "; ".join(part for part in (takes, pace) if part)


def _draft_met(scope: Scope, rule: Rule, template: TaskTemplate | None, topics: Sequence[Topic]) -> Draft:
    wording = _fill(scope, rule, template, topics, "met")
    code = "keep" if topics[0].outcomes[0].target is not None else "keep_level"
    return Draft(_task("keep", wording, topics, why=text(f"assessment.why.{code}")), 0, topics[0].order)


def _group_of(rule: Rule, template: TaskTemplate | None) -> TaskGroup:
    """Where the task for a limitation goes: a target is pushed, anything else put right."""
    if template is not None and template.group is not None:
        return template.group
    return "push" if rule.kind == "target" else "remedy"


def _rank_target(outcome: Outcome) -> int:
    """What a text asks of the unit itself comes before common targets, and these before mere remarks."""
    if outcome.severity == "advisory":
        return _REMARK
    return _COMMON_TARGET if outcome.common else _OWN_TARGET


def _why(group: TaskGroup, outcomes: Sequence[Outcome], gap: Fraction | None) -> str:
    if group == "remedy":
        return text("assessment.why.duty")
    code = {_OWN_TARGET: "own", _COMMON_TARGET: "common", _REMARK: "advisory"}[_rank_target(outcomes[0])]
    reason = text(f"assessment.why.{code}", common=upper_first(outcomes[0].common))
    if gap is None:
        return text("assessment.why.not_measured", reason=reason)
    form = "gap" if len(outcomes) == 1 else "widest_gap"
    return text(f"assessment.why.{form}", reason=reason, gap=show_percent(gap * 100))


def _task(group: TaskGroup, wording: _Wording, topics: Sequence[Topic], *, why: str) -> Task:
    return Task(
        group=group,
        action=wording.action,
        lead=wording.lead,
        support=wording.support,
        due=wording.due,
        expected=wording.expected,
        citation=wording.citation,
        answers=tuple(topic.statement.id for topic in topics),
        why=why,
    )


def _fill(
    scope: Scope, rule: Rule, template: TaskTemplate | None, topics: Sequence[Topic], case: Case
) -> _Wording:
    """The template with the figures of the first outcome; plain words of the catalogue where it has none."""
    outcome = topics[0].outcomes[0]
    speaker = _speaker(scope, rule, topics)
    citation = (template.citation if template else None) or outcome.citation or rule.citation
    lead, support = _who(scope, template, speaker, topics)
    return _Wording(
        action=as_sentence(
            (template and speaker.say(template.action))
            or text(f"assessment.task.{case}.action", title=lower_first(rule.title))
        ),
        lead=upper_first(lead),
        support=support,
        expected=as_sentence(
            (template and speaker.say(template.expected)) or _default_expected(scope, rule, outcome, case)
        ),
        due=find_due(template.due if template else "period_end", scope.period.next, outcome.due),
        citation=compose_citation(scope.pack, citation, law_day(scope, topics[0].outcomes)),
    )


def _who(
    scope: Scope, template: TaskTemplate | None, speaker: Speaker, topics: Sequence[Topic]
) -> tuple[str, str]:
    """Who leads and who helps; single bodies that are assessed lead, helped by whom the pack names."""
    lead = (template and speaker.say(template.lead)) or speaker.unit
    support = (template and speaker.say(template.support)) or ""
    if lead != speaker.unit and all(scope.tree.is_body(topic.unit) for topic in topics):
        return speaker.unit, lead
    return lead, support


def _speaker(scope: Scope, rule: Rule, topics: Sequence[Topic]) -> Speaker:
    """Names units as the bodies that act: those below that fall short, else the unit itself."""
    named = [outcome.unit for topic in topics for outcome in topic.named]
    acting = scope.tree.in_order(
        named if topics[0].kind == "missed_below" else (topic.unit for topic in topics)
    )
    return Speaker(
        scope,
        rule,
        topics[0].outcomes[0],
        unit=join_names(scope.tree.name_bodies(acting)),
        units=scope.tree.name_bodies(scope.tree.in_order(named)),
    )


def _default_expected(scope: Scope, rule: Rule, outcome: Outcome, case: Case) -> str:
    if outcome.target is None:
        return text(f"assessment.task.{case}.expected", title=lower_first(rule.title))
    return text(
        f"assessment.task.expected_{'at_most' if rule.at_most else 'at_least'}",
        label=name_measure(scope.pack, rule),
        target=outcome.target.text,
    )
