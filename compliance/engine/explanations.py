"""Which finding does an explanation stand beside, and what became of those whose finding is gone?

Explanations are kept by the stable id of a finding, so that they stand beside it again when a file is
resubmitted. A finding that is gone because figures are lacking now is not called resolved, nor is one whose
check passes over a part of the units or on assumed figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.register import Register
from compliance.engine.resolution import is_settled
from compliance.model.explanations import AnsweredExplanation, ExplanationTally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compliance.model.check import SubmissionResult
    from compliance.model.explanations import AnswerState, Explanation
    from compliance.model.findings import Finding, Outcome
    from compliance.model.rulepack import RulePack

_STATE_OF: Mapping[str, AnswerState] = {
    "pass": "resolved",
    "no_data": "unverifiable",
    "not_applicable": "not_asked",
}


def add_explanations(findings: Iterable[Finding], explanations: Iterable[Explanation]) -> tuple[Finding, ...]:
    """The findings, each with what its unit wrote about it; of two explanations the later counts."""
    written = {explanation.finding: explanation for explanation in explanations}
    return tuple(
        finding.model_copy(update={"explanation": written[finding.id]}) if finding.id in written else finding
        for finding in findings
    )


def count_explained(
    results: Iterable[SubmissionResult], findings: Iterable[Finding]
) -> tuple[SubmissionResult, ...]:
    """The results, each told which of its findings have been explained; a status alone explains nothing."""
    explained = {
        finding.id for finding in findings if finding.explanation and finding.explanation.says_something
    }
    return tuple(
        result.model_copy(update={"explained": tuple(one for one in result.to_explain if one in explained)})
        for result in results
    )


def tally_explanations(
    pack: RulePack,
    results: Sequence[SubmissionResult],
    outcomes: Iterable[Outcome],
    explanations: Iterable[Explanation],
) -> ExplanationTally:
    """How many findings to explain are explained, and the explanations whose finding is gone."""
    known = {outcome.id: outcome for outcome in outcomes}
    submitted = {(result.unit, result.period) for result in results}
    answered = [
        _answer(pack, explanation, known.get(explanation.finding), submitted)
        for explanation in {one.finding: one for one in explanations}.values()
        if explanation.finding not in known or known[explanation.finding].outcome not in ("fail", "error")
    ]
    rules = {rule.id: place for place, rule in enumerate(pack.rules)}
    units = Register(pack.units).order
    last = len(rules) + len(units)
    answered.sort(
        key=lambda one: (
            units.get(one.unit, last),
            rules.get(one.rule, last),
            one.explanation.finding,
        )
    )
    return ExplanationTally(
        to_explain=sum(len(result.to_explain) for result in results),
        explained=sum(len(result.explained) for result in results),
        answered=tuple(answered),
    )


def _answer(
    pack: RulePack,
    explanation: Explanation,
    outcome: Outcome | None,
    submitted: set[tuple[str, str]],
) -> AnsweredExplanation:
    rule, unit, period = explanation.finding.partition("#")[0].split("@")
    if outcome is not None:
        state = _STATE_OF[outcome.outcome]
        if state == "resolved" and not is_settled(outcome):
            state = "unverifiable"
    else:
        state = "not_asked" if (unit, period) in submitted else "elsewhere"
    return AnsweredExplanation(
        explanation=explanation,
        rule=rule,
        title=pack.rule[rule].title if rule in pack.rule else rule,
        unit=unit,
        period=period,
        state=state,
    )
