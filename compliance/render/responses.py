"""How does a reader read what a unit explains and what an inspector waives, in every output alike?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from compliance.messages import text
from compliance.numerals import format_date
from compliance.render.summary import unit_label

if TYPE_CHECKING:
    from compliance.model.check import Check
    from compliance.model.explanations import Explanation
    from compliance.model.waivers import AppliedWaiver


class Answered(Protocol):
    """What waivers and an explanation speak of: a finding, its trace, a missed target."""

    @property
    def waivers(self) -> tuple[AppliedWaiver, ...]:
        """Every waiver that speaks of it."""

    @property
    def explanation(self) -> Explanation | None:
        """What the unit wrote about it."""


def say_explanation(explanation: Explanation | None) -> str:
    """What the unit wrote, with who and when; the status alone where it wrote nothing; empty for none."""
    if explanation is None:
        return ""
    code = "beside" if explanation.says_something else "only_status"
    return text(f"explanation.{code}", about=_say_about(explanation), words=explanation.text)


def say_answer(explanation: Explanation | None) -> str:
    """The same under a heading that already says what it is."""
    if explanation is None:
        return ""
    return text("explanation.answer", about=_say_about(explanation), words=explanation.text).strip()


def _say_about(explanation: Explanation) -> str:
    """Its status, by whom and when."""
    about = [text(f"explanation.status.{explanation.status}").lower(), explanation.by]
    if explanation.on:
        about.append(text("explanation.dated", on=format_date(explanation.on)))
    return "; ".join(filter(None, about))


def say_waivers(finding: Answered) -> tuple[str, ...]:
    """A sentence for each waiver that speaks of the finding."""
    return tuple(text("waiver.beside", waiver=one.waiver, words=one.words) for one in finding.waivers)


def say_responses(finding: Answered) -> tuple[str, ...]:
    """The waivers, then the explanation: what stands beside a finding."""
    return tuple(filter(None, (*say_waivers(finding), say_explanation(finding.explanation))))


def list_answered(check: Check, unit: str | None = None) -> tuple[str, ...]:
    """A line for each explanation whose finding is none any more, of one unit or of all."""
    answered = check.explanations.answered if check.explanations else ()
    return tuple(
        text(
            f"explanation.{'answered_with' if one.explanation.says_something else 'answered'}",
            unit=unit_label(check, one.unit),
            rule=one.rule,
            title=one.title,
            state=text(f"explanation.state.{one.state}").lower(),
            words=one.explanation.text,
        )
        for one in answered
        if unit in (None, one.unit)
    )


def list_waivers(check: Check) -> tuple[str, ...]:
    """A line for each waiver that was read: whether it holds, and what it did."""
    return tuple(
        text("waiver.listed", id=use.waiver.id, rule=use.waiver.rule, words=use.words)
        for use in check.waivers
    )
