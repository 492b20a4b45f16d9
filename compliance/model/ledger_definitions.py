"""How does a pack say that a ledger of dossiers is to be read and counted?

A ledger is one row a dossier, as the one-stop software exports it. What a heading means is a `LedgerColumn`;
what counts as on time, carried over or returned, and whether a record that cannot be is counted all the same,
is a `LedgerDefinition`: a choice among a few, with the text that makes it or marked as an assumption.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from pydantic import Field

from compliance.model.base import Model, ReadOnly, Source
from compliance.model.legal import Citation
from compliance.problems import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

LedgerColumnId = Literal[
    "dossier", "unit", "field", "procedure", "channel", "received", "due", "resolved", "result"
]
OPTIONAL_COLUMNS = ("field", "procedure")
"""Columns that are shown with a dossier and that no count needs."""
DATE_COLUMNS = ("received", "due", "resolved")

CountingId = Literal[
    "cut_off",
    "postal_channel",
    "carried_over",
    "on_due_day",
    "resolved_without_due",
    "due_on_cut_off",
    "pending_without_due",
    "returned",
    "withdrawn",
    "unit_without_records",
]
"""How a record that can be is counted."""

FaultId = Literal[
    "missing_dossier",
    "missing_received",
    "unreadable_date",
    "unknown_unit",
    "unknown_channel",
    "unknown_result",
    "result_without_day",
    "day_without_result",
    "resolved_before_received",
    "due_before_received",
    "out_of_period",
    "repeated_in_unit",
    "repeated_across_units",
]
"""What makes a record one that cannot be, and whether it is counted all the same."""

DefinitionId = Literal[CountingId, FaultId]

FAULTS: tuple[FaultId, ...] = get_args(FaultId)
"""In the order in which they are shown."""

_COUNTED = ("counted", "left_out")
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cut_off": ("data_window", "period_end"),
        "postal_channel": ("direct", "online"),
        "carried_over": ("open_at_start", "none"),
        "on_due_day": ("on_day", "late"),
        "resolved_without_due": ("on_day", "early", "late"),
        "due_on_cut_off": ("in_time", "overdue"),
        "pending_without_due": ("in_time", "overdue"),
        "returned": ("apart", "resolved", "left_out"),
        "withdrawn": ("apart", "resolved", "left_out"),
        "unit_without_records": ("no_data", "zero"),
        "missing_dossier": _COUNTED,
        "missing_received": ("left_out",),
        "unreadable_date": _COUNTED,
        "unknown_unit": ("left_out",),
        "unknown_channel": _COUNTED,
        "unknown_result": _COUNTED,
        "result_without_day": _COUNTED,
        "day_without_result": _COUNTED,
        "resolved_before_received": _COUNTED,
        "due_before_received": _COUNTED,
        "out_of_period": ("fault", "ignored"),
        "repeated_in_unit": ("once", "each"),
        "repeated_across_units": ("each",),
    }
)
"""What may be chosen for each definition. Where there is one choice, nothing else can be counted."""

VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "channel": ("online", "direct", "postal"),
        "result": ("resolved", "returned", "withdrawn", "pending"),
    }
)
"""What the cells of a column can mean."""


class LedgerColumn(Model):
    """A column of a ledger; it is known by its id, by its label and by its other headings."""

    id: LedgerColumnId
    label: str
    headings: tuple[str, ...] = ()
    """Other headings that exports give it; capitals, marks and punctuation do not matter."""
    values: ReadOnly[str, tuple[str, ...]] = Field(default_factory=dict)
    """How exports write each meaning of a `channel` or a `result`; an id is always understood."""
    place: Source = Place()


class LedgerDefinition(Model):
    """One choice of how dossiers are counted. It has a citation, or it is an assumption with its reason."""

    id: DefinitionId
    label: str
    """What is settled, in words."""
    choice: str
    """One of those that the id allows."""
    wording: str
    """What the choice means, as every output says it."""
    citation: Citation | None = None
    assumption: bool = False
    """No text says so; every output marks it."""
    reason: str = ""
    """Why it is chosen; an assumption must have one."""
    place: Source = Place()
