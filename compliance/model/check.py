"""What did a whole run say? Acceptance, outcomes, findings, and the manifest of what it was made from."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from compliance.model.assessment import Assessment
from compliance.model.base import Model, ReadOnly
from compliance.model.explanations import ExplanationTally
from compliance.model.findings import Acceptance, EarlierContradiction, Finding, Outcome, Verdict
from compliance.model.rulepack import RulePack
from compliance.model.staleness import Staleness
from compliance.model.submission import Submission
from compliance.model.waivers import WaiverUse

if TYPE_CHECKING:
    from collections.abc import Mapping


class RuleTally(Model):
    """How often a rule came out how; a rule that never ran is listed with zeros."""

    rule: str
    outcomes: ReadOnly[Verdict, int]
    waived: int = 0
    """How many of the failures are waived."""


class PackStamp(Model):
    """Which pack, exactly."""

    id: str
    version: str
    digest: str


class InputStamp(Model):
    """Which input, exactly."""

    file: str
    digest: str
    kind: Literal["figures", "explanations", "waivers"] = "figures"


class Manifest(Model):
    """What a run was made from: the same manifest gives the same bytes."""

    engine: str
    packs: tuple[PackStamp, ...]
    inputs: tuple[InputStamp, ...]
    as_of: date
    stale: bool = False
    """The run is not one under the packs in force."""
    stale_because: tuple[Staleness, ...] = ()
    rules: tuple[RuleTally, ...]


class PinnedFigure(Model):
    """A reported figure that the inspector vouches for: it is never named as the wrong one."""

    unit: str
    indicator: str
    """An indicator, or `stated.` and a rate: the percentage that the unit wrote."""
    label: str
    as_written: str


class LeftOut(Model):
    """A file of figures that could not be read, and was left out so that the others are shown."""

    file: str
    problems: tuple[str, ...]
    """What is wrong and what to do, each with its place."""


class SubmissionResult(Model):
    """Whether one submission can be accepted, and what stands against it."""

    unit: str
    period: str
    accepted: Acceptance
    blocking: tuple[str, ...] = ()
    """Ids of the findings that block."""
    to_explain: tuple[str, ...] = ()
    """Ids of the findings that must be explained, without those waived."""
    explained: tuple[str, ...] = ()
    """Those of them that the unit has explained."""
    waived: tuple[str, ...] = ()
    """Ids of the findings that a waiver lifts, whatever their severity."""
    missing: tuple[str, ...] = ()
    """Required indicators that are not reported."""


class Check(Model):
    """A whole run: as bad as its worst submission."""

    format: Literal[1] = 1
    accepted: Acceptance
    submissions: tuple[SubmissionResult, ...]
    not_submitted: tuple[str, ...] = ()
    """Units that were due and have not submitted."""
    left_out: tuple[LeftOut, ...] = ()
    """Files that could not be read: the run is of the others only, and as a whole not accepted."""
    manifest: Manifest
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    explanations: ExplanationTally | None = None
    """How far it has been explained; None where no explanations were read."""
    waivers: tuple[WaiverUse, ...] = ()
    """What came of each waiver that was read."""
    pinned: tuple[PinnedFigure, ...] = ()
    earlier_contradictions: tuple[EarlierContradiction, ...] = ()
    """Where the figures of the periods that are compared with contradict each other."""
    assessment: Assessment | None = None
    """Filled in where an output carries it."""
    pack: RulePack = Field(exclude=True, repr=False)
    reported: tuple[Submission, ...] = Field(exclude=True, repr=False)
    """What was checked, units derived from their children included."""
    previous: tuple[Submission, ...] = Field(default=(), exclude=True, repr=False)
    """Of the half-year before, units derived from their children included."""
    last_year: tuple[Submission, ...] = Field(default=(), exclude=True, repr=False)
    """The same of the same half of the year before."""

    @cached_property
    def outcome(self) -> Mapping[str, Outcome]:
        """Outcomes by id."""
        return {outcome.id: outcome for outcome in self.outcomes}
