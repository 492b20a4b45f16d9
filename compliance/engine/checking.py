"""How does a set of submissions become a whole check?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.acceptance import find_unsubmitted, judge_run, judge_submissions, reported_in_order
from compliance.engine.evaluate import evaluate_runs
from compliance.engine.findings import compose_findings
from compliance.engine.manifest import build_manifest
from compliance.engine.runs import open_runs
from compliance.engine.suspects import add_suspects
from compliance.model.check import Check

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from compliance.engine.expressions import CompiledPack
    from compliance.model.check import InputStamp
    from compliance.model.submission import Submission
    from compliance.engine.ledger import Ledger


def build_check(
    compiled: CompiledPack,
    submissions: Sequence[Submission],
    *,
    as_of: date,
    previous: Sequence[Submission] = (),
    same_period_last_year: Sequence[Submission] = (),
    expected: Sequence[str] = (),
    inputs: Sequence[InputStamp] = (),
) -> Check:
    """Evaluate the pack on the submissions and say what stands against each; arguments as in `evaluate`.

    Raises:
        UnknownUnitError: a submission is of a unit that the pack does not list.
    """
    runs = open_runs(
        compiled,
        submissions,
        as_of=as_of,
        previous=previous,
        same_period_last_year=same_period_last_year,
        expected=expected,
    )
    outcomes = evaluate_runs(runs)
    results = judge_submissions(runs, outcomes)
    return Check(
        accepted=judge_run(results, outcomes),
        submissions=results,
        not_submitted=find_unsubmitted(runs),
        manifest=build_manifest(compiled.pack, outcomes, as_of=as_of, inputs=inputs),
        outcomes=outcomes,
        findings=add_suspects(runs, outcomes, compose_findings(runs, outcomes)),
        pack=compiled.pack,
        reported=tuple(submission for run in runs for submission in reported_in_order(run)),
        previous=_reported_then(run.ledger.previous for run in runs),
        last_year=_reported_then(run.ledger.same_period_last_year for run in runs),
    )


def _reported_then(ledgers: Iterable[Ledger | None]) -> tuple[Submission, ...]:
    """What the units reported in the periods that were compared with, derived parents included."""
    return tuple(
        submission for ledger in ledgers if ledger is not None for submission in ledger.submissions.values()
    )
