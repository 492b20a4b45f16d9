"""What are the strengths, the limitations and the tasks of a run, as an office head would sign them?

Statements stand in the order of the pack's areas. The subject is the widest unit of the run, or the one asked
for; units below are named where they fall short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.model.assessment import Assessment
from compliance.reporting.citations import Mentions
from compliance.reporting.faults import (
    compose_disputed,
    find_contradictions,
    find_lacking,
    list_waived,
)
from compliance.reporting.judgements import judge_rules
from compliance.reporting.scope import Scope
from compliance.reporting.tasks import compose_tasks
from compliance.reporting.uncompared import say_uncompared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.model.assessment import Statement, Task
    from compliance.model.check import Check
    from compliance.reporting.topics import Topic


def compose_assessment(check: Check, unit: str | None = None) -> Assessment:
    """The assessment of a run: of its widest units, or of `unit`.

    Where the run has no unit above the others, each is assessed and `Assessment.unit` names them all,
    separated by commas. Of several periods the latest counts.

    Raises:
        ValueError: nothing was checked, or the pack does not know the unit.
    """
    scope = Scope(check, unit)
    judgement = judge_rules(scope)
    topics = (
        *judgement.topics,
        *compose_disputed(scope, judgement.disputed),
        *find_contradictions(scope),
        *find_lacking(scope),
    )
    ordered = sorted(topics, key=lambda topic: topic.order)
    mentions = Mentions(scope.pack.instruments)
    strengths = _state(mentions, [topic for topic in ordered if topic.is_strength])
    limitations = _state(mentions, [topic for topic in ordered if not topic.is_strength])
    uncompared = say_uncompared(scope, judgement.uncompared)
    undecided = tuple(map(mentions.expand, (*judgement.undecided, *uncompared, *list_waived(scope))))
    tasks = compose_tasks(scope, ordered, judgement.unreported)
    return Assessment(
        unit=", ".join(scope.subjects),
        period=str(scope.period),
        strengths=strengths,
        limitations=limitations,
        undecided=undecided,
        tasks=tuple(_name_texts(mentions, task) for task in tasks),
        stale_because=check.manifest.stale_because,
    )


def _state(mentions: Mentions, topics: Iterable[Topic]) -> tuple[Statement, ...]:
    """The statements, each once, legal texts named in full at their first mention.

    Where the report cites a text wrongly its mention is part of the evidence and stays as it is.
    """
    distinct = {topic.statement.id: topic for topic in topics}
    return tuple(
        topic.statement.model_copy(
            update={
                "text": topic.statement.text
                if topic.kind == "contradicted"
                else mentions.expand(topic.statement.text),
                "about": "figures" if topic.is_about_figures else "results",
            }
        )
        for topic in distinct.values()
    )


def _name_texts(mentions: Mentions, task: Task) -> Task:
    """The same for a task; of its parts the legal basis is where a name belongs in full."""
    parts = ("citation", "action", "expected", "why")
    return task.model_copy(update={part: mentions.expand(getattr(task, part)) for part in parts})
