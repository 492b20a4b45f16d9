"""What has the inspector waived, for whom, how far and until when, and what came of it in a run?

A waiver (miễn trừ) never changes an outcome: a finding that it lifts stays a failure and is marked beside.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import Field

from compliance.model.base import Model, Source
from compliance.problems import Place

WaiverMode = Literal["note", "lift"]
"""`note` only records the reason beside the finding, which counts as before; `lift` takes it out of the
count."""
WAIVER_MODES: tuple[WaiverMode, ...] = get_args(WaiverMode)

WaiverEffect = Literal[
    "lifted", "noted", "beyond_tolerance", "unmeasured", "expired", "not_yet", "must_fix", "not_computed"
]
"""What a waiver does to one finding: lifts it; is recorded beside it; or does not apply, because the figure
misses by more than is tolerated, nothing was measured to hold the tolerance against, the waiver has expired
or is not approved yet, the finding must be fixed, or the rule could not be computed."""
WAIVER_EFFECTS: tuple[WaiverEffect, ...] = get_args(WaiverEffect)
"""The strongest first."""


class Waiver(Model):
    """A decision of the inspector on findings of one rule."""

    id: str
    rule: str
    """The rule under the name it has today."""
    units: tuple[str, ...]
    periods: tuple[str, ...]
    subject: str = ""
    """Only the finding on this part of a submission; every one where empty."""
    reason: str
    approver: str
    document: str = ""
    """The paper that it was decided in."""
    tolerance: Annotated[Decimal, Field(ge=0)] | None = None
    """How far the figure may miss, in the unit of what is measured (points of a percentage); any distance
    where left out."""
    approved_on: date
    expires: date | None
    """The last day on which it holds."""
    no_expiry_reason: str = ""
    """Why it never expires; set exactly where it does not."""
    mode: WaiverMode = "note"
    place: Source = Place()


class AppliedWaiver(Model):
    """What one waiver does to one finding."""

    waiver: str
    effect: WaiverEffect
    words: str
    """In Vietnamese: until when and by whose decision, or why it does not apply."""


class WaiverUse(Model):
    """What came of one waiver in a run."""

    waiver: Waiver
    in_force: bool
    """Approved and not expired on the day of the run."""
    concerns_run: bool = True
    """One of its units is in the run, in one of its periods."""
    effects: tuple[tuple[str, WaiverEffect], ...] = ()
    """Each finding that it speaks of, with what it does to it; none where it is not used."""
    words: str
    """The same in Vietnamese, in one sentence."""

    def count(self, effect: WaiverEffect) -> int:
        """How many findings it does this to."""
        return sum(found == effect for _, found in self.effects)
