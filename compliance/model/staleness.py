"""Why does a run count no more as one under the pack in force?"""

from __future__ import annotations

from datetime import date
from typing import Literal

from compliance.model.base import Model

StaleReason = Literal["ended", "newer", "other_version", "other_content", "gone"]


class Staleness(Model):
    """Why a run counts no more as one under the pack in force."""

    reason: StaleReason
    """`ended`: the pack's time had ended on the day of the run. `newer`: another pack of the jurisdiction
    is in force for the day of the report. Of a kept run, against the packs of today: `other_version`,
    `other_content` under the same version, `gone`."""
    pack: str
    version: str
    until: date | None = None
    """The last day of the pack, where it has one."""
    now: str = ""
    """The pack in force instead."""
    now_version: str = ""
