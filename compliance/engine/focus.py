"""What does a check say of one unit alone?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.acceptance import judge_run
from compliance.engine.manifest import build_manifest
from compliance.engine.waivers import describe_use
from compliance.model.explanations import ExplanationTally

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from compliance.model.check import Check, SubmissionResult
    from compliance.model.findings import Finding
    from compliance.model.waivers import WaiverUse


def focus_check(check: Check, unit: str) -> Check:
    """The part of a check that is about `unit`; the other units took part in working it out."""
    outcomes = tuple(outcome for outcome in check.outcomes if outcome.unit == unit)
    results = tuple(result for result in check.submissions if result.unit == unit)
    findings = tuple(finding for finding in check.findings if finding.unit == unit)
    manifest = build_manifest(check.pack, outcomes, as_of=check.manifest.as_of, inputs=check.manifest.inputs)
    stale = {"stale": check.manifest.stale, "stale_because": check.manifest.stale_because}
    return check.model_copy(
        update={
            "accepted": judge_run(results, outcomes),
            "submissions": results,
            "not_submitted": tuple(absent for absent in check.not_submitted if absent == unit),
            "manifest": manifest.model_copy(update=stale),
            "outcomes": outcomes,
            "findings": findings,
            "earlier_contradictions": tuple(
                one for one in check.earlier_contradictions if unit in one.disputes
            ),
            "pinned": tuple(pin for pin in check.pinned if pin.unit == unit),
            "explanations": _focus_tally(check.explanations, results, unit),
            "waivers": tuple(
                _focus_use(use, findings, results, check.manifest.as_of)
                for use in check.waivers
                if unit in use.waiver.units
            ),
        }
    )


def _focus_tally(
    tally: ExplanationTally | None, results: Iterable[SubmissionResult], unit: str
) -> ExplanationTally | None:
    if tally is None:
        return None
    answered = tuple(one for one in tally.answered if one.unit == unit)
    to_explain = sum(len(result.to_explain) for result in results)
    explained = sum(len(result.explained) for result in results)
    return ExplanationTally(to_explain=to_explain, explained=explained, answered=answered)


def _focus_use(
    use: WaiverUse, findings: Iterable[Finding], results: Iterable[SubmissionResult], as_of: date
) -> WaiverUse:
    own = {finding.id for finding in findings}
    effects = tuple((name, effect) for name, effect in use.effects if name in own)
    submitted = [(result.unit, result.period) for result in results]
    return describe_use(use.waiver, effects, submitted, as_of=as_of)
