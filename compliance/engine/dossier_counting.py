"""Into which columns of form II.06a does a dossier count, by the definitions of a pack?

One record is judged for one cut-off: the column where it came in, the column where it stands, and what makes
it a record that cannot be. Nothing here knows an engine or a file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from compliance.engine.dossier_situations import UNREADABLE, Situation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from compliance.engine.dossier_situations import Calendar
    from compliance.model.ledger_definitions import FaultId

Choices: TypeAlias = "Mapping[str, str]"
"""The choice of each definition, by its id."""
Key: TypeAlias = tuple[str, str, str, int]
"""Unit, channel and result as written, and the number of the situation."""

OPENING = ("received_online", "received_direct", "carried_over")
CLOSING = ("resolved_early", "resolved_on_day", "resolved_late")
WAITING = ("pending_in_time", "pending_overdue")
_SUMS: Mapping[str, tuple[str, ...]] = {
    "received_total": OPENING,
    "resolved_in_time": ("resolved_early", "resolved_on_day"),
    "resolved": CLOSING,
    "pending": WAITING,
}
_PROMPTNESS = {1: "resolved_early", 2: "resolved_on_day", 3: "resolved_late"}


@dataclass(frozen=True, slots=True)
class Record:
    """A record as far as counting goes; the words are already understood."""

    situation: Situation
    channel: str | None
    """`online`, `direct`, `postal`; None where it is not one of them."""
    result: str
    """`resolved`, `returned`, `withdrawn`, `pending` (or nothing written), `unknown`."""
    has_unit: bool = True


def find_faults(record: Record, calendar: Calendar, choices: Choices) -> tuple[FaultId, ...]:
    """What makes the record one that cannot be; repeated dossiers are found elsewhere."""
    here = record.situation
    is_closed, has_result = here.closed > 0, record.result in {"resolved", "returned", "withdrawn"}
    unreadable = {name for bit, name in enumerate(UNREADABLE) if here.unreadable >> bit & 1}
    found: dict[FaultId, bool] = {
        "missing_dossier": here.is_nameless,
        "missing_received": here.received == 0 and "received" not in unreadable,
        "unreadable_date": bool(unreadable),
        "unknown_unit": not record.has_unit,
        "unknown_channel": record.channel is None,
        "unknown_result": record.result == "unknown",
        "result_without_day": has_result and not is_closed and "resolved" not in unreadable,
        "day_without_result": record.result == "pending" and is_closed,
        "resolved_before_received": here.is_closed_before_received,
        "due_before_received": here.is_due_before_received,
        "out_of_period": here.is_out_of_period(calendar) and choices["out_of_period"] == "fault",
    }
    return tuple(fault for fault, is_found in found.items() if is_found)


def count_record(
    record: Record, cut_off: int, choices: Choices, faults: Iterable[FaultId]
) -> tuple[str, ...]:
    """The columns that the record adds one to at a cut-off, sums left out; none where it is not counted."""
    here = record.situation
    left_out = any(choices[fault] == "left_out" for fault in faults)
    if left_out or not record.has_unit or not here.is_received(cut_off):
        return ()
    if here.is_closed(cut_off) and here.received == 1 and here.closed == 1:
        return ()
    standing = _find_standing(record, cut_off, choices)
    opening = _find_opening(record, cut_off, choices)
    return () if standing is None else tuple(column for column in (opening, *standing) if column)


def _find_opening(record: Record, cut_off: int, choices: Choices) -> str:
    if not record.situation.is_new(cut_off):
        return "carried_over" if choices["carried_over"] == "open_at_start" else ""
    is_online = record.channel == "online" or (
        record.channel == "postal" and choices["postal_channel"] == "online"
    )
    return "received_online" if is_online else "received_direct"


def _find_standing(record: Record, cut_off: int, choices: Choices) -> tuple[str, ...] | None:
    """Where the record stands at the cut-off, and that it has no due day; None where it is left out."""
    here = record.situation
    if not here.is_closed(cut_off):
        return _find_waiting(here, cut_off, choices)
    if record.result in {"returned", "withdrawn"} and choices[record.result] != "resolved":
        return ("returned_or_withdrawn",) if choices[record.result] == "apart" else None
    if here.promptness == 0:
        return (f"resolved_{choices['resolved_without_due']}", "resolved_without_due")
    column = _PROMPTNESS[here.promptness]
    return (f"resolved_{choices['on_due_day']}" if column == "resolved_on_day" else column,)


def _find_waiting(here: Situation, cut_off: int, choices: Choices) -> tuple[str, ...]:
    if here.due == 0:
        return (f"pending_{choices['pending_without_due']}", "pending_without_due")
    if here.is_due_on(cut_off):
        return (f"pending_{choices['due_on_cut_off']}",)
    return ("pending_overdue",) if here.is_overdue(cut_off) else ("pending_in_time",)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a key comes to: its unit, the columns at each cut-off, and what is the matter with its records."""

    unit: str | None
    columns: tuple[tuple[str, ...], ...]
    faults: tuple[FaultId, ...]
    is_before_period: bool
    is_after: tuple[bool, ...]
    """At each cut-off: it came later, and still in the period."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a ledger mean; None for one that means nothing."""

    find_unit: Callable[[str], str | None]
    """The id of a unit."""
    find_channel: Callable[[str], str | None]
    find_result: Callable[[str], str | None]


@dataclass(frozen=True)
class Judge:
    """Judges keys by the words and the definitions of a pack; equal ones only once."""

    calendar: Calendar
    choices: Choices
    words: Words
    _known: dict[tuple[str, str, int, bool], Judged] = field(default_factory=dict)

    def judge(self, key: Key) -> Judged:
        """What the records of a key come to."""
        written, channel, result, number = key
        unit = self.words.find_unit(written)
        short = (channel, result, number, unit is not None)
        if short not in self._known:
            self._known[short] = self._judge(*short)
        known = self._known[short]
        return Judged(unit, known.columns, known.faults, known.is_before_period, known.is_after)

    def _judge(self, channel: str, result: str, number: int, has_unit: bool) -> Judged:  # noqa: FBT001 - a key
        record = Record(
            Situation.decode(number, self.calendar),
            self.words.find_channel(channel),
            (self.words.find_result(result) or "unknown") if result.strip() else "pending",
            has_unit,
        )
        here, places = record.situation, range(len(self.calendar.days))
        faults = find_faults(record, self.calendar, self.choices)
        return Judged(
            None,
            tuple(count_record(record, place, self.choices, faults) for place in places),
            faults,
            here.received == 1 and here.closed == 1,
            tuple(
                not here.is_received(place) and here.received > 0 and not here.is_out_of_period(self.calendar)
                for place in places
            ),
        )


@dataclass(frozen=True)
class Tallies:
    """Everything counted, by unit and cut-off."""

    columns: Mapping[tuple[str, int], Counter[str]]
    records: Counter[str]
    faults: Mapping[str, Counter[FaultId]]
    """By unit; under the empty name those without one."""
    before_period: int
    after: Counter[tuple[str, int]]


def tally(groups: Mapping[Key, int], judge: Judge) -> Tallies:
    """Add up keys with the number of records of each."""
    columns: dict[tuple[str, int], Counter[str]] = {}
    records: Counter[str] = Counter()
    faults: dict[str, Counter[FaultId]] = {}
    after: Counter[tuple[str, int]] = Counter()
    before_period = 0
    for key, count in groups.items():
        judged = judge.judge(key)
        unit = judged.unit or ""
        records[unit] += count
        before_period += count * judged.is_before_period
        for fault in judged.faults:
            faults.setdefault(unit, Counter())[fault] += count
        for place, named in enumerate(judged.columns):
            mine = columns.setdefault((unit, place), Counter())
            for column in named:
                mine[column] += count
            after[unit, place] += count * judged.is_after[place]
    return Tallies(columns, records, faults, before_period, after)


def complete_sums(leaves: Mapping[str, int]) -> dict[str, int]:
    """The columns with their sums: 3 = 4 + 5 + 6, 7 = 8 + 9 + 10, 11 = 12 + 13."""
    sums = {whole: sum(leaves.get(part, 0) for part in parts) for whole, parts in _SUMS.items()}
    parts = (*OPENING, *CLOSING, *WAITING, "returned_or_withdrawn")
    return sums | {name: leaves.get(name, 0) for name in parts}
