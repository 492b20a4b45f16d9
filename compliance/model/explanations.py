"""What does a unit answer to a finding, and what has become of the finding since?

An explanation (giải trình) is bound to the stable id of a finding and outlives the file that it was written
in. It stands beside the finding and changes no verdict.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from compliance.model.base import Model, Source
from compliance.problems import Place

ExplanationStatus = Literal["open", "doing", "fixed", "explained"]
"""As the unit itself says it: not dealt with, being dealt with, put right, explained."""
EXPLANATION_STATUSES: tuple[ExplanationStatus, ...] = get_args(ExplanationStatus)

AnswerState = Literal["resolved", "unverifiable", "not_asked", "elsewhere"]
"""What became of a finding that is none any more: the check holds; its figures are lacking now; nobody asks
any more; its unit or period is not part of this run."""
ANSWER_STATES: tuple[AnswerState, ...] = get_args(AnswerState)


class Explanation(Model):
    """What a unit wrote about one finding."""

    finding: str
    """The finding's id: `rule@unit@period[#subject]`, the rule under the name it has today."""
    text: str = ""
    """Empty where the unit only says how far it has come."""
    status: ExplanationStatus = "explained"
    by: str = ""
    on: date | None = None
    place: Source = Place()

    @property
    def says_something(self) -> bool:
        """Whether there is a text: a status alone explains nothing."""
        return bool(self.text)


class AnsweredExplanation(Model):
    """An explanation whose finding is none any more in this run."""

    explanation: Explanation
    rule: str
    title: str
    unit: str
    period: str
    state: AnswerState


class ExplanationTally(Model):
    """How far a run has been explained; advisory findings need no explanation and are not counted."""

    to_explain: int
    """Findings to be explained, without those waived."""
    explained: int
    """Those of them with a text."""
    answered: tuple[AnsweredExplanation, ...] = ()
    """Explanations whose finding is none any more, in the order of the pack's rules and units."""

    @property
    def lacking(self) -> int:
        """How many findings are still without an explanation."""
        return self.to_explain - self.explained
