"""What is to be done in the next half-year, and in which order?

First what is to be put right: what keeps the report from being accepted, then obligations not kept, then the
rest. Then targets to push: those that a text sets for the unit itself before common ones and remarks, each by
its gap relative to the target, then by volume. Last what is met and to be kept. Every limitation has a task.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.reporting.correction_tasks import compose_addition, compose_correction_tasks
from compliance.reporting.rule_tasks import compose_rule_tasks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.model.assessment import Task
    from compliance.reporting.rule_tasks import Draft
    from compliance.reporting.scope import Scope
    from compliance.reporting.topics import Topic

_GROUPS = ("remedy", "push", "keep")


def compose_tasks(scope: Scope, topics: Sequence[Topic], unreported: Sequence[str]) -> tuple[Task, ...]:
    """The tasks that answer the statements, in their order.

    `unreported` are labels of figures without which something could not be judged.
    """
    drafts = [*compose_correction_tasks(scope, topics), *compose_addition(scope, unreported)]
    for rule in scope.pack.rules:
        of_rule = [topic for topic in topics if topic.rule is not None and topic.rule.id == rule.id]
        drafts += compose_rule_tasks(scope, rule, of_rule)
    return tuple(draft.task for draft in sorted(drafts, key=_place))


def _place(draft: Draft) -> tuple[int, int, bool, Fraction, int, tuple[int, ...]]:
    """Its group, its class, then to be pushed by gap and volume; a gap that nobody can measure comes last."""
    task = draft.task
    gap = task.gap if task.group == "push" else None
    volume = task.volume if task.group == "push" else 0
    return (_GROUPS.index(task.group), draft.rank, gap is None, -(gap or Fraction(0)), -volume, draft.order)
