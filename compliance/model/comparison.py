"""What changed between two checks, and what would change if a figure were another?"""

from __future__ import annotations

from datetime import date
from typing import Literal

from compliance.model.base import Exact, Model
from compliance.model.check import PackStamp
from compliance.model.explanations import Explanation
from compliance.model.findings import Acceptance, Verdict
from compliance.model.rulepack import Kind, Severity
from compliance.model.staleness import Staleness
from compliance.model.submission import Observation
from compliance.model.waivers import AppliedWaiver


class Setting(Model):
    """A figure put in the place of what a unit reported, to see what follows."""

    unit: str
    observation: Observation


class SetFigure(Model):
    """The same as a reader reads it."""

    unit: str
    indicator: str
    label: str
    before: str
    """As written; empty where it was not reported."""
    after: str


class VerdictChange(Model):
    """One rule on one unit, before and after."""

    id: str
    """The outcome's: `rule@unit@period[#subject]`."""
    rule: str
    title: str
    unit: str
    area: str
    kind: Kind
    severity: Severity
    before: Verdict | None
    """None where the rule did not speak of it."""
    after: Verdict | None
    reason_before: str = ""
    reason_after: str = ""
    explanation: str = ""
    """What the unit has written about it, then or since."""
    waived: bool = False
    """A waiver lifts the later finding."""


class WhatIf(Model):
    """What follows when figures are replaced; nothing is written anywhere."""

    format: Literal[1] = 1
    period: str
    figures: tuple[SetFigure, ...]
    accepted_before: Acceptance
    accepted_after: Acceptance
    changed: tuple[VerdictChange, ...]
    """Outcomes with another verdict."""
    moved: tuple[VerdictChange, ...]
    """Outcomes with the same verdict on other figures."""
    unchanged: int
    """How many outcomes stay as they were."""


class UnitNeed(Model):
    """What one unit lacks by itself, on its own denominator."""

    unit: str
    count: int


class Need(Model):
    """What one missed target takes, in counts of this period."""

    outcome: str
    rule: str
    title: str
    unit: str
    measured: str
    target: str
    due: date | None = None
    direction: Literal["more", "fewer", "points"]
    """More or fewer of what is counted; points where the percentage itself is reported."""
    lacking: Exact
    """How many, or how many percent points."""
    takes: str
    """The same in words, with the denominator that it is counted on."""
    a_month: int = 0
    """The count spread over the six months of the next half-year, rounded up; 0 where nothing is counted."""
    settings: tuple[str, ...]
    """What `compliance whatif --set` takes to see the target met."""
    blocs: tuple[UnitNeed, ...] = ()
    mostly: tuple[UnitNeed, ...] = ()
    """The few bodies, the largest first, that together lack at least half of what all bodies lack."""


class Response(Model):
    """What was decided and written about one missed target."""

    outcome: str
    waived: bool = False
    waivers: tuple[AppliedWaiver, ...] = ()
    """Every waiver that speaks of it, the strongest first."""
    explanation: Explanation | None = None


class Needs(Model):
    """What it takes to reach every missed target of a run."""

    format: Literal[1] = 1
    period: str
    needs: tuple[Need, ...]
    uncounted: tuple[str, ...] = ()
    """Ids of missed targets for which nothing can be counted."""
    responses: tuple[Response, ...] = ()
    """Of the missed targets that a waiver or an explanation speaks of, in the order of the findings."""


DifferenceKind = Literal["added", "withdrawn", "tightened", "loosened", "changed", "citation", "reworded"]
DIFFERENCE_KINDS: tuple[DifferenceKind, ...] = (
    "added",
    "withdrawn",
    "tightened",
    "loosened",
    "changed",
    "citation",
    "reworded",
)
"""In the order of what weighs; `changed` is a change of which it cannot be told whether it asks more."""


class FieldDifference(Model):
    """One particular of a rule or of anything else in a pack that differs."""

    field: str
    kind: DifferenceKind
    before: str
    after: str


class ItemDifference(Model):
    """What differs in one thing that a pack says."""

    subject: Literal["rule", "target", "indicator", "rate", "definition", "column"]
    id: str
    title: str
    kinds: tuple[DifferenceKind, ...]
    """Every kind that its particulars have, the weightiest first."""
    fields: tuple[FieldDifference, ...] = ()
    renamed_from: str = ""
    reason: str = ""
    """Why it was withdrawn, where the pack says so."""


class AcceptanceChange(Model):
    """A submission that would be received otherwise."""

    unit: str
    period: str
    before: Acceptance
    after: Acceptance


class Replay(Model):
    """How past submissions come out under the one pack and under the other."""

    submissions: int
    acceptance: tuple[AcceptanceChange, ...]
    newly_failing: tuple[VerdictChange, ...]
    newly_passing: tuple[VerdictChange, ...]
    otherwise: tuple[VerdictChange, ...]
    """Verdicts that change in another way, as into `no_data`."""


class PackDifference(Model):
    """What one pack says otherwise than another."""

    format: Literal[1] = 1
    old: PackStamp
    new: PackStamp
    differences: tuple[ItemDifference, ...]
    replay: Replay | None = None


class RateChange(Model):
    """A percentage of one unit, then and now."""

    name: str
    """A rate, or an indicator that is itself a percentage."""
    label: str
    unit: str
    before: Exact
    """In percent points."""
    after: Exact
    change: Exact
    disputed_before: tuple[str, ...] = ()
    """Ids of the outcomes that contradict its figures of then: such a change is no rise and no fall."""
    disputed_after: tuple[str, ...] = ()
    """The same of its figures of now."""


class TargetMove(Model):
    """A target that asks another value of a unit than it did."""

    rule: str
    title: str
    unit: str
    before: str
    after: str


class WindowChange(Model):
    """A unit whose figures cover another number of days than they did."""

    unit: str
    days_before: int
    days_after: int


class Comparison(Model):
    """What changed for each unit and rule between two checks."""

    format: Literal[1] = 1
    period_before: str
    period_after: str
    accepted_before: Acceptance
    accepted_after: Acceptance
    new: tuple[VerdictChange, ...]
    """Findings that were none."""
    resolved: tuple[VerdictChange, ...]
    """Findings that are none any more, because the check holds."""
    persisting: tuple[VerdictChange, ...]
    unverifiable: tuple[VerdictChange, ...]
    """Decided then; now the figures are lacking, or the unit has not submitted."""
    not_asked: tuple[VerdictChange, ...] = ()
    """Findings that nobody asks about any more: the rule does not apply or is gone."""
    waived: int = 0
    """How many of the new and the persisting findings are waived."""
    rates: tuple[RateChange, ...] = ()
    targets: tuple[TargetMove, ...] = ()
    windows: tuple[WindowChange, ...] = ()
    """Where counts cannot be compared as they stand."""
    stale_before: tuple[Staleness, ...] = ()
    """Why the earlier run is not one under the packs in force."""
    stale_after: tuple[Staleness, ...] = ()
