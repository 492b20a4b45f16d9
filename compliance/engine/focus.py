"""What does a check say of one unit alone?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.acceptance import judge_run
from compliance.engine.manifest import build_manifest

if TYPE_CHECKING:
    from compliance.model.check import Check


def focus_check(check: Check, unit: str) -> Check:
    """The part of a check that is about `unit`; the other units took part in working it out."""
    outcomes = tuple(outcome for outcome in check.outcomes if outcome.unit == unit)
    results = tuple(result for result in check.submissions if result.unit == unit)
    manifest = build_manifest(check.pack, outcomes, as_of=check.manifest.as_of, inputs=check.manifest.inputs)
    return check.model_copy(
        update={
            "accepted": judge_run(results, outcomes),
            "submissions": results,
            "not_submitted": tuple(absent for absent in check.not_submitted if absent == unit),
            "manifest": manifest,
            "outcomes": outcomes,
            "findings": tuple(finding for finding in check.findings if finding.unit == unit),
        }
    )
