"""What did a whole run say? Acceptance, outcomes, findings, and the manifest of what it was made from."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from compliance.model.assessment import Assessment
from compliance.model.base import Model, ReadOnly
from compliance.model.findings import Acceptance, Finding, Outcome, Verdict
from compliance.model.rulepack import RulePack
from compliance.model.submission import Submission

if TYPE_CHECKING:
    from collections.abc import Mapping


class RuleTally(Model):
    """How often a rule came out how; a rule that never ran is listed with zeros."""

    rule: str
    outcomes: ReadOnly[Verdict, int]


class PackStamp(Model):
    """Which pack, exactly."""

    id: str
    version: str
    digest: str


class InputStamp(Model):
    """Which input, exactly."""

    file: str
    digest: str


class Manifest(Model):
    """What a run was made from: the same manifest gives the same bytes."""

    engine: str
    packs: tuple[PackStamp, ...]
    inputs: tuple[InputStamp, ...]
    as_of: date
    stale: bool = False
    """The pack's time had ended before `as_of`."""
    rules: tuple[RuleTally, ...]


class SubmissionResult(Model):
    """Whether one submission can be accepted, and what stands against it."""

    unit: str
    period: str
    accepted: Acceptance
    blocking: tuple[str, ...] = ()
    """Ids of the findings that block."""
    to_explain: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Required indicators that are not reported."""


class Check(Model):
    """A whole run: as bad as its worst submission."""

    format: Literal[1] = 1
    accepted: Acceptance
    submissions: tuple[SubmissionResult, ...]
    not_submitted: tuple[str, ...] = ()
    """Units that were due and have not submitted."""
    manifest: Manifest
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    assessment: Assessment | None = None
    """Filled in where an output carries it."""
    pack: RulePack = Field(exclude=True, repr=False)
    reported: tuple[Submission, ...] = Field(exclude=True, repr=False)
    """What was checked, units derived from their children included."""
    previous: tuple[Submission, ...] = Field(default=(), exclude=True, repr=False)

    @cached_property
    def outcome(self) -> Mapping[str, Outcome]:
        """Outcomes by id."""
        return {outcome.id: outcome for outcome in self.outcomes}
    """Of the half-year before, units derived from their children included."""
    last_year: tuple[Submission, ...] = Field(default=(), exclude=True, repr=False)
    """The same of the same half of the year before."""
