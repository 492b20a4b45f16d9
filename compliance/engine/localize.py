"""Which are the smallest sets of figures whose change satisfies every identity at once?

Fellegi and Holt's error localization, exactly: a set is tried by eliminating its figures; where the rest
still contradicts itself, the contradiction names figures of which one at least must change too. The search
goes on from the smallest sets, by an estimate that never exceeds what is still needed, so no smaller set is
missed. Figures are taken as fractions; that a count is whole is asked of every figure by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from compliance.engine.elimination import TooManyRowsError
from compliance.engine.system import System

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.engine.elimination import Key, Reach, Row
    from compliance.engine.identities import Constraint, Identities

_MOST_SETS = 24
_MOST_TRIED = 1_500
"""Sets looked at for one group of broken identities; beyond it the result says that it is not complete."""
_MOST_AFTER = 250
"""Sets looked at once a smallest one is found."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of a set, and where it can lie when the others of the set may change too."""

    key: Key
    reach: Reach


@dataclass(frozen=True, slots=True)
class Repair:
    """One set of figures whose change satisfies every identity; none of them is there without need."""

    changes: tuple[Change, ...]
    trust: int
    """How many identities that hold speak for its figures."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Broken identities that hang together, and the sets that would mend them, the smallest first."""

    broken: tuple[str, ...]
    """Ids of the outcomes."""
    repairs: tuple[Repair, ...]
    is_complete: bool
    """Whether every set of the smallest size is among the repairs."""


def localize(identities: Identities) -> tuple[Explanation, ...]:
    """An explanation for each group of broken identities that share figures."""
    system = System(identities)
    return tuple(_Search(system, group).run() for group in system.groups())


def solve_missing(identities: Identities, key: Key) -> Reach | None:
    """Where a figure that was not written must lie by the others; None where that cannot be said."""
    system = System(identities)
    rows = system.rows_about(frozenset({key}), system.broken)
    try:
        return system.reaches(frozenset({key}), rows, key)
    except TooManyRowsError:
        return None


class _Search:
    """The search for one group; other broken constraints are looked at by themselves."""

    def __init__(self, system: System, group: tuple[Constraint, ...]) -> None:
        self._system = system
        self._group = group
        self._left_out = system.broken - {one.id for one in group}
        self._base = [row for one in group for row in one.rows]
        self._repairs: list[Repair] = []
        self._seen: set[frozenset[Key]] = set()
        self._queue: list[tuple[int, int, tuple[Key, ...]]] = []
        self._most: int | None = None
        self._is_cut = False

    def run(self) -> Explanation:
        self._push(frozenset())
        tried, after, complete = 0, 0, True
        while self._queue and len(self._repairs) < _MOST_SETS:
            estimate, _, keys = heappop(self._queue)
            if self._most is not None and estimate > self._most:
                break
            if tried >= _MOST_TRIED or after >= _MOST_AFTER:
                complete = self._most is not None and estimate >= self._most
                break
            tried, after = tried + 1, after + (self._most is not None)
            self._try(frozenset(keys))
        complete = complete and len(self._repairs) < _MOST_SETS and not self._is_cut
        return Explanation(tuple(one.id for one in self._group), tuple(self._repairs), complete)

    def _push(self, changed: frozenset[Key]) -> None:
        if changed in self._seen:
            return
        self._seen.add(changed)
        estimate = len(changed) + self._still_needed(changed)
        if self._most is None or estimate <= self._most:
            trust = sum(map(self._system.trust, changed))
            heappush(self._queue, (estimate, trust, tuple(sorted(changed))))

    def _still_needed(self, changed: frozenset[Key]) -> int:
        """Broken constraints untouched so far that share no figure: each needs one of its own."""
        taken: set[Key] = set(changed)
        count = 0
        for one in sorted(self._group, key=lambda constraint: (len(constraint.keys), constraint.id)):
            if not one.keys & taken and not one.keys & self._system.unknown:
                taken |= one.keys
                count += 1
        return count

    def _try(self, changed: frozenset[Key]) -> None:
        if any({change.key for change in repair.changes} <= changed for repair in self._repairs):
            return
        try:
            conflict = self._conflict(changed)
        except TooManyRowsError:
            self._is_cut = True
            return
        if conflict is None:
            self._keep(changed)
            return
        for key in sorted(conflict - changed):
            self._push(changed | {key})

    def _conflict(self, changed: frozenset[Key]) -> frozenset[Key] | None:
        """Figures of which one at least must change too; None where the changed ones are enough."""
        system = self._system
        conditions = [
            one.keys & system.written
            for one in self._group
            if one.condition is not None and not one.keys & changed
        ]
        rows = dict.fromkeys((*self._base, *system.rows_about(self._start(changed), self._left_out)))
        contradicting = [
            row.keys & system.doubted for row in system.implied(changed, rows) if not row.holds(system.values)
        ]
        conflicts = [*conditions, *contradicting]
        if conflicts:
            return min(conflicts, key=lambda keys: (len(keys), sorted(keys)))
        return self._conflict_of_whole(changed, tuple(rows))

    def _start(self, changed: frozenset[Key]) -> frozenset[Key]:
        unknown = frozenset(key for row in self._base for key in row.coefficients) & self._system.unknown
        return changed | unknown

    def _conflict_of_whole(self, changed: frozenset[Key], rows: Sequence[Row]) -> frozenset[Key] | None:
        """All figures around, where a count of the set could only be a fraction."""
        if all(self._system.reaches(changed, rows, key) is not None for key in changed):
            return None
        return frozenset(name for row in rows for name in row.keys) & self._system.doubted

    def _keep(self, changed: frozenset[Key]) -> None:
        rows = tuple(
            dict.fromkeys((*self._base, *self._system.rows_about(self._start(changed), self._left_out)))
        )
        reaches = {key: self._system.reaches(changed, rows, key) for key in sorted(changed)}
        changes = tuple(
            Change(key, reach)
            for key, reach in reaches.items()
            if reach is not None and self._can_differ(key, reach)
        )
        if len(changes) < len(changed):
            return
        self._repairs.append(Repair(changes, sum(map(self._system.trust, changed))))
        if self._most is None:
            self._most = len(changed) + 1

    def _can_differ(self, key: Key, reach: Reach) -> bool:
        """Whether the figure can be anything but what was written: it is not there for nothing."""
        cell = self._system.cells[key]
        low, high = reach.whole if cell.is_whole else (reach.low, reach.high)
        return low is None or low != high or low != cell.value
