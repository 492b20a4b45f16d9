"""How does a set of submissions become a whole check?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.acceptance import find_unsubmitted, judge_run, judge_submissions, reported_in_order
from compliance.engine.earlier import find_earlier_contradictions, mark_earlier, note_earlier
from compliance.engine.evaluate import evaluate_runs
from compliance.engine.explanations import add_explanations, count_explained, tally_explanations
from compliance.engine.findings import compose_findings
from compliance.engine.left_out import withhold_absences
from compliance.engine.manifest import build_manifest
from compliance.engine.runs import open_runs
from compliance.engine.suspects import add_suspects
from compliance.engine.waivers import apply_waivers
from compliance.model.check import Check

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from compliance.engine.expressions import CompiledPack
    from compliance.engine.ledger import Ledger
    from compliance.model.check import InputStamp, LeftOut, PinnedFigure
    from compliance.model.explanations import Explanation
    from compliance.model.submission import Submission
    from compliance.model.waivers import Waiver


def build_check(  # noqa: PLR0913 - the public face: every input of a run has a name
    compiled: CompiledPack,
    submissions: Sequence[Submission],
    *,
    as_of: date,
    previous: Sequence[Submission] = (),
    same_period_last_year: Sequence[Submission] = (),
    expected: Sequence[str] = (),
    inputs: Sequence[InputStamp] = (),
    explanations: Sequence[Explanation] | None = None,
    waivers: Sequence[Waiver] = (),
    pinned: Sequence[PinnedFigure] = (),
    left_out: Sequence[LeftOut] = (),
) -> Check:
    """Evaluate the pack on the submissions and say what stands against each; arguments as in `evaluate`.

    `explanations` stand beside the findings that they are about, which without them (None) are not counted as
    lacking one. What `waivers` lift neither blocks nor has to be explained. `pinned` figures are not doubted
    when the wrong ones are looked for. While files are `left_out`, what rests on a unit having no figures is
    undecided, and the whole is not accepted.

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
    contradictions = find_earlier_contradictions(runs)
    evaluated = mark_earlier(evaluate_runs(runs), contradictions)
    evaluated = withhold_absences(evaluated, len(left_out))
    submitted = {
        (submission.unit, str(submission.period)) for run in runs for submission in reported_in_order(run)
    }
    waived = apply_waivers(waivers, evaluated, submitted, as_of=as_of)
    outcomes = waived.outcomes
    found = note_earlier(
        compose_findings(runs, outcomes, waived.applied), outcomes, contradictions, compiled.pack
    )
    vouched = frozenset((pin.unit, pin.indicator) for pin in pinned)
    findings = add_explanations(add_suspects(runs, outcomes, found, vouched), explanations or ())
    results = count_explained(judge_submissions(runs, outcomes), findings)
    return Check(
        accepted="not_accepted" if left_out else judge_run(results, outcomes),
        submissions=results,
        not_submitted=find_unsubmitted(runs),
        left_out=tuple(left_out),
        manifest=build_manifest(compiled.pack, outcomes, as_of=as_of, inputs=inputs),
        outcomes=outcomes,
        findings=findings,
        explanations=None
        if explanations is None
        else tally_explanations(compiled.pack, results, outcomes, explanations),
        waivers=waived.uses,
        pinned=tuple(pinned),
        earlier_contradictions=contradictions,
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
