"""What did the counting of a ledger of dossiers come to, beside what the units reported?"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from compliance.model.base import Exact, Model, ReadOnly
from compliance.model.check import InputStamp, PackStamp
from compliance.model.ledger_definitions import FaultId, LedgerDefinition
from compliance.model.rulepack import RulePack
from compliance.model.staleness import Staleness
from compliance.model.submission import Level

COLUMNS = (
    "received_total",
    "received_online",
    "received_direct",
    "carried_over",
    "resolved",
    "resolved_early",
    "resolved_on_day",
    "resolved_in_time",
    "resolved_late",
    "pending",
    "pending_in_time",
    "pending_overdue",
    "returned_or_withdrawn",
)
"""The columns of form II.06a, and the dossiers without a column; each is `dossiers.<name>` in a pack."""

Agreement = Literal["agree", "differ", "no_data"]

Unrecorded = Literal["covered", "reports_zero", "open"]
"""Why a unit has no record: the ledger is known to cover it, so that it has no dossiers; it is not known to,
but the unit reports none; or nobody knows."""


class LedgerStamp(Model):
    """Which ledger, exactly."""

    file: str
    size: int
    """In bytes."""
    digest: str
    """SHA-256 of the whole file."""


class ReconciledColumn(Model):
    """One column of one unit: what the ledger comes to, and what was reported."""

    indicator: str
    expected: int | None
    reported: int | None
    difference: int | None
    """Reported minus expected; None where either is not known."""
    verdict: Agreement
    reason: str = ""
    """Why there is nothing to compare; without a full stop."""
    derived_from: str = ""
    """Set where the reported figure was worked out from others: the formula and the assumptions."""


class ReconciledRate(Model):
    """A rate worked out from the ledger, and what the unit stated."""

    rate: str
    numerator: int
    denominator: int
    exact: Exact | None
    """In percent points; None where the denominator is 0."""
    stated: str | None
    """As written."""
    verdict: Agreement
    truncated: bool = False
    """The stated rate is the exact one with its digits cut off, not rounded."""


class ReconciledUnit(Model):
    """One unit, or a bloc or district added up from the units below it."""

    unit: str
    label: str
    level: Level
    cut_off: date | None
    """The last day counted; None where the parts have several."""
    records: int
    """Rows of the ledger that name the unit or one below it."""
    verdict: Agreement
    columns: tuple[ReconciledColumn, ...]
    rates: tuple[ReconciledRate, ...]
    faults: ReadOnly[FaultId, int]
    """Records that cannot be, by kind; kinds without any are left out."""
    added_up: bool = False
    """It has not reported; its figures are the sums of those of the units below."""
    after_cut_off: int
    """Received in the period, after the cut-off."""
    resolved_without_due: int
    pending_without_due: int
    without_records: tuple[str, ...] = ()
    """Labels of the units below that the ledger does not mention."""


class UnrecordedUnit(Model):
    """A unit that the ledger does not mention."""

    unit: str
    label: str
    standing: Unrecorded


class LateDossier(Model):
    """A dossier resolved after its due day, or pending beyond it at the cut-off."""

    unit: str
    dossier: str
    field: str
    procedure: str
    received: date | None
    due: date
    resolved: date | None
    """None while it is pending."""
    days: int
    """Calendar days after the due day."""


class FaultyRecord(Model):
    """A record that cannot be, as the ledger writes it."""

    fault: FaultId
    unit: str
    dossier: str
    received: date | None
    due: date | None
    resolved: date | None
    channel: str
    result: str
    unreadable: ReadOnly[str, str] = Field(default_factory=dict)
    """What stands in the cells of `received`, `due` and `resolved` that are no day."""
    times: int = 1
    """How often the dossier stands in the unit; more than 1 for a repeated one."""


class LedgerFault(Model):
    """All records of one kind that cannot be."""

    fault: FaultId
    count: int
    records: tuple[FaultyRecord, ...]
    """The first of them; how many are listed at most is `Reconciliation.listed`."""


class Reconciliation(Model):
    """A whole run."""

    format: Literal[1] = 1
    verdict: Literal["agree", "differ"]
    """`differ` where a column or a rate differs, or where a record cannot be."""
    period: str
    records: int
    before_period: int
    """Records that were done with before the period began; no column counts them."""
    units: tuple[ReconciledUnit, ...]
    unrecorded: tuple[UnrecordedUnit, ...] = ()
    """Units without any record in the ledger, of those compared and all below them."""
    late_resolved: int
    late_pending: int
    late: tuple[LateDossier, ...]
    """The longest overdue first; at most `listed` of either kind."""
    faults: tuple[LedgerFault, ...]
    listed: int
    """How many late dossiers of either kind, and records of a kind that cannot be, are listed at most."""
    definitions: tuple[LedgerDefinition, ...]
    engine: str
    version: str
    packs: tuple[PackStamp, ...]
    ledgers: tuple[LedgerStamp, ...]
    inputs: tuple[InputStamp, ...]
    """The submissions' files."""
    as_of: date
    stale_because: tuple[Staleness, ...] = ()
    """That the pack's time had ended before `as_of`; none where it is in force."""
    pack: RulePack = Field(exclude=True, repr=False)
