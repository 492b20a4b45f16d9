"""In which situation is a dossier, as far as counting it goes?

A situation says how the days of a record stand to each other, to the period and to the cut-offs, as one whole
number. Millions of records have a few hundred situations, so engines only count records by situation; what a
situation means is decided once, in Python, the same for every engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from compliance.model.submission import Period

UNREADABLE = ("received", "due", "resolved")
"""The columns whose cells may be filled in and no date, by the bit that says so."""
WRITTEN = "_written"
"""What the name of such a column ends in where it has the cell as it stands."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that matter: the period's first, and every cut-off in order, the period's last among them."""

    start: date
    days: tuple[date, ...]

    @classmethod
    def of(cls, period: Period, cut_offs: Iterable[date]) -> Calendar:
        """The calendar of a period and the cut-offs in it."""
        return cls(period.start, tuple(sorted({*cut_offs, period.end})))

    @property
    def bases(self) -> tuple[int, ...]:
        """How many values each part of a situation has, in the order of the fields of `Situation`."""
        days = len(self.days)
        return (days + 3, days + 3, 2 * days + 2, 4, 2, 2, 2, 8)


@dataclass(frozen=True, slots=True)
class Situation:
    """What the days of a record say.

    `received` and `closed`: 0 no day, 1 before the period, 2 up to the first cut-off, 3 up to the second …,
    the last after the period. `due`: 0 no day, else 1 and two more for each cut-off before it, and one more
    where it is a cut-off.
    `promptness`: 0 not known, 1 closed before the due day, 2 on it, 3 after it.
    """

    received: int
    closed: int
    due: int
    promptness: int
    is_closed_before_received: bool
    is_due_before_received: bool
    is_nameless: bool
    unreadable: int
    """Bits of the columns in `UNREADABLE`."""

    @classmethod
    def decode(cls, number: int, calendar: Calendar) -> Situation:
        """The situation of a number."""
        parts = []
        for base in calendar.bases:
            number, part = divmod(number, base)
            parts.append(part)
        received, closed, due, promptness, early_end, early_due, nameless, unreadable = parts
        return cls(
            received, closed, due, promptness, bool(early_end), bool(early_due), bool(nameless), unreadable
        )

    def is_received(self, cut_off: int) -> bool:
        """Whether it was there by a cut-off, named by its place in the calendar."""
        return 1 <= self.received <= cut_off + 2

    def is_new(self, cut_off: int) -> bool:
        """Whether it came in the period, up to the cut-off."""
        return 2 <= self.received <= cut_off + 2  # noqa: PLR2004 - 2 is the period's beginning, see the class

    def is_closed(self, cut_off: int) -> bool:
        """Whether it was closed by the cut-off."""
        return 1 <= self.closed <= cut_off + 2

    def is_out_of_period(self, calendar: Calendar) -> bool:
        """Whether it came after the period's last day."""
        return self.received == len(calendar.days) + 2

    def is_overdue(self, cut_off: int) -> bool:
        """Whether its due day lies before the cut-off."""
        return 1 <= self.due <= 2 * cut_off + 1

    def is_due_on(self, cut_off: int) -> bool:
        """Whether its due day is the cut-off."""
        return self.due == 2 * cut_off + 2
