"""How many dossiers of each kind does each unit have, before a single record is invented?

A kind is how a dossier entered the period's books and how it stood at the cut-off. The figures of form
II.06a follow from the plan by adding kinds; the ledger is written from the same plan, record by record.
Whoever counts the ledger must come to the figures, and has not seen the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from compliance.authoring.invented_draws import Draws
from compliance.model.submission import DataWindow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from compliance.model.submission import Period, Unit

Entry = Literal["online", "direct", "postal", "carried_online", "carried_direct", "carried_postal"]
"""How a dossier entered the books: received in the period by a channel, or carried over."""
Standing = Literal[
    "early",
    "on_day",
    "late",
    "resolved_without_due",
    "pending_in_time",
    "pending_without_due",
    "pending_overdue",
    "settled_later",
    "returned",
    "withdrawn",
]
"""How it stood at the cut-off; `settled_later` has its result after it, and so is pending."""
ENTRIES: tuple[Entry, ...] = get_args(Entry)
STANDINGS: tuple[Standing, ...] = get_args(Standing)

_ENTRY_WEIGHTS: Mapping[Entry, int] = MappingProxyType(
    {
        "online": 120,
        "direct": 780,
        "postal": 25,
        "carried_online": 10,
        "carried_direct": 60,
        "carried_postal": 5,
    }
)
_STANDING_WEIGHTS: Mapping[Standing, int] = MappingProxyType(
    {
        "early": 520,
        "on_day": 350,
        "late": 6,
        "resolved_without_due": 10,
        "pending_in_time": 60,
        "pending_without_due": 4,
        "pending_overdue": 3,
        "settled_later": 25,
        "returned": 14,
        "withdrawn": 8,
    }
)
_SPREAD = 3
"""A weight is drawn for each unit, from none to this many times the usual, for kinds that differ most."""
_UNEVEN = frozenset({"online", "late", "pending_overdue"})
_UNIT_WEIGHTS = (20, 100)
_SHORTEST = 2

DOSSIERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "dossiers.received_total": ENTRIES,
        "dossiers.received_online": ("online",),
        "dossiers.received_direct": ("direct", "postal"),
        "dossiers.carried_over": ("carried_online", "carried_direct", "carried_postal"),
        "dossiers.resolved": ("early", "on_day", "late", "resolved_without_due"),
        "dossiers.resolved_early": ("early",),
        "dossiers.resolved_on_day": ("on_day", "resolved_without_due"),
        "dossiers.resolved_in_time": ("early", "on_day", "resolved_without_due"),
        "dossiers.resolved_late": ("late",),
        "dossiers.pending": ("pending_in_time", "pending_without_due", "pending_overdue", "settled_later"),
        "dossiers.pending_in_time": ("pending_in_time", "pending_without_due", "settled_later"),
        "dossiers.pending_overdue": ("pending_overdue",),
        "dossiers.returned_or_withdrawn": ("returned", "withdrawn"),
    }
)
"""Which entries or standings each figure of form II.06a adds up, by the default definitions of a pack."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The dossiers of one unit and kind; `first` numbers the first of them among all."""

    entry: Entry
    standing: Standing
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """The dossiers of one unit; `number` is its place among the units that report."""

    unit: str
    number: int
    first: int
    cells: tuple[Cell, ...]

    @property
    def records(self) -> int:
        """How many dossiers it has."""
        return sum(cell.count for cell in self.cells)

    @property
    def figures(self) -> dict[str, int]:
        """The figures of form II.06a, by indicator."""
        return {
            figure: sum(cell.count for cell in self.cells if cell.entry in kinds or cell.standing in kinds)
            for figure, kinds in DOSSIERS.items()
        }


@dataclass(frozen=True, slots=True)
class LedgerPlan:
    """A ledger before it is written."""

    seed: int
    period: Period
    window: DataWindow
    units: tuple[UnitPlan, ...]

    @property
    def records(self) -> int:
        """How many dossiers there are."""
        return sum(unit.records for unit in self.units)


def plan_ledger(
    units: Sequence[Unit], period: Period, records: int, *, seed: int, cut_off: date | None = None
) -> LedgerPlan:
    """Divide exactly `records` dossiers among units and kinds; the cut-off is by default the period's end.

    Raises:
        ValueError: the window from the period's start to the cut-off has less than two days, or is no part
            of the period.
    """
    window = DataWindow(start=period.start, end=cut_off or period.end)
    if not (_SHORTEST <= window.days <= period.days):
        raise ValueError(str(cut_off))
    draws = Draws(seed)
    weights = [draws.between("unit", number, *_UNIT_WEIGHTS) for number, _ in enumerate(units)]
    planned, first = [], 0
    for number, (unit, count) in enumerate(zip(units, share_out(records, weights), strict=True)):
        planned.append(UnitPlan(unit.id, number, first, tuple(_divide(draws, number, first, count))))
        first += count
    return LedgerPlan(seed, period, window, tuple(planned))


def share_out(total: int, weights: Sequence[int]) -> Iterator[int]:
    """Divide a whole by weights into counts that add up to it exactly."""
    whole, reached, given = sum(weights), 0, 0
    for weight in weights:
        reached += weight
        upto = total * reached // whole
        yield upto - given
        given = upto


def _divide(draws: Draws, number: int, first: int, count: int) -> Iterator[Cell]:
    entries = [_weight(draws, number, entry, weight) for entry, weight in _ENTRY_WEIGHTS.items()]
    standings = [_weight(draws, number, kind, weight) for kind, weight in _STANDING_WEIGHTS.items()]
    kinds = [(entry, standing) for entry in ENTRIES for standing in STANDINGS]
    weights = [one * other for one in entries for other in standings]
    for (entry, standing), part in zip(kinds, share_out(count, weights), strict=True):
        if part:
            yield Cell(entry, standing, first, part)
            first += part


def _weight(draws: Draws, number: int, kind: str, usual: int) -> int:
    return usual * draws.between(kind, number, 0, _SPREAD) if kind in _UNEVEN else usual
