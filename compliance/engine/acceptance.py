"""Can each submission be accepted, and the run as a whole?

Not accepted: a `must_fix` fails or cannot be computed, or a unit that reports for itself leaves out a
required indicator. Accepted with an explanation: otherwise a `must_explain` does. What a waiver lifts counts
for neither. A run is as bad as its worst submission.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from compliance.model.check import SubmissionResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compliance.engine.runs import Run
    from compliance.model.findings import Acceptance, Outcome
    from compliance.model.submission import Submission

_WORST_FIRST: tuple[Acceptance, ...] = ("not_accepted", "explain", "accepted")


def judge_submissions(runs: Sequence[Run], outcomes: Iterable[Outcome]) -> tuple[SubmissionResult, ...]:
    """A result for each submission, derived parents included, in the order of outputs."""
    of_unit: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        of_unit[outcome.unit, outcome.period].append(outcome)
    return tuple(
        _judge(run, submission, of_unit.get((submission.unit, str(submission.period)), ()))
        for run in runs
        for submission in reported_in_order(run)
    )


def reported_in_order(run: Run) -> tuple[Submission, ...]:
    """The submissions of a run, derived parents included: districts, blocs, then the register's order."""
    order = run.register.order
    return tuple(sorted(run.ledger.submissions.values(), key=lambda submission: order[submission.unit]))


def _judge(run: Run, submission: Submission, outcomes: Sequence[Outcome]) -> SubmissionResult:
    stands_against = [outcome for outcome in outcomes if _stands_against(outcome)]
    missing = find_missing(run, submission)
    blocking = [outcome.id for outcome in stands_against if outcome.severity == "must_fix"]
    to_explain = [outcome.id for outcome in stands_against if outcome.severity == "must_explain"]
    return SubmissionResult(
        unit=submission.unit,
        period=str(submission.period),
        accepted=_accept(blocks=bool(blocking or missing), explains=bool(to_explain)),
        blocking=tuple(blocking),
        to_explain=tuple(to_explain),
        waived=tuple(outcome.id for outcome in outcomes if outcome.waived),
        missing=missing,
    )


def _stands_against(outcome: Outcome) -> bool:
    return outcome.outcome in ("fail", "error") and not outcome.waived


def _accept(*, blocks: bool, explains: bool) -> Acceptance:
    if blocks:
        return "not_accepted"
    return "explain" if explains else "accepted"


def find_missing(run: Run, submission: Submission) -> tuple[str, ...]:
    """The required indicators that a unit reporting for itself neither gives nor lets be worked out."""
    if not submission.is_own_report:
        return ()
    level = run.register.units[submission.unit].level
    return tuple(
        indicator.id
        for indicator in run.pack.indicators
        if level in indicator.required
        and run.ledger.indicator(submission.unit, indicator.id).lack == "not_reported"
    )


def judge_run(results: Iterable[SubmissionResult], outcomes: Iterable[Outcome]) -> Acceptance:
    """The worst of the submissions, and of what is said about units that have not submitted.

    Where nothing was submitted there is nothing to accept.
    """
    reached: set[Acceptance] = {result.accepted for result in results} or {"not_accepted"}
    severities = {outcome.severity for outcome in outcomes if _stands_against(outcome)}
    reached.add(_accept(blocks="must_fix" in severities, explains="must_explain" in severities))
    return next(acceptance for acceptance in _WORST_FIRST if acceptance in reached)


def find_unsubmitted(runs: Sequence[Run]) -> tuple[str, ...]:
    """The units that are due and have not submitted for some period of the run, in the register's order."""
    absent: Mapping[str, None] = {
        unit: None
        for run in runs
        for unit in run.register.order
        if unit in run.expected and run.submission(unit) is None
    }
    return tuple(absent)
