"""What do the identities of a run say of a set of figures that may change: can they, and within which limits?

The figures that nobody wrote may be anything; the others stay as written.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from compliance.engine.elimination import Row, eliminate, reach_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from compliance.engine.elimination import Key, Number, Reach
    from compliance.engine.identities import Constraint, Identities


class System:
    """The constraints of a run, each found by the figures that it speaks of."""

    def __init__(self, identities: Identities) -> None:
        self.identities = identities
        self.cells = identities.cells
        self.values: Mapping[Key, Number] = {
            key: cell.value for key, cell in self.cells.items() if cell.value is not None
        }
        self.unknown = frozenset(key for key, cell in self.cells.items() if cell.is_unknown)
        self.doubted = frozenset(
            key for key, cell in self.cells.items() if not cell.is_pinned and not cell.is_unknown
        )

    @cached_property
    def written(self) -> frozenset[Key]:
        """What may be doubted where a check is only tried: ranges too."""
        ranges = {key for key in self.unknown if self.cells[key].as_written}
        return self.doubted | ranges

    @cached_property
    def broken(self) -> frozenset[str]:
        """Ids of the broken constraints."""
        return frozenset(one.id for one in self.identities.constraints if one.is_broken)

    @cached_property
    def _by_key(self) -> Mapping[Key, Sequence[Constraint]]:
        found: dict[Key, list[Constraint]] = defaultdict(list)
        for constraint in self.identities.constraints:
            for key in constraint.keys:
                found[key].append(constraint)
        return found

    @cached_property
    def _defined(self) -> Mapping[Key, Sequence[Row]]:
        found: dict[Key, list[Row]] = defaultdict(list)
        for row in self.identities.definitions:
            for key in row.keys:
                found[key].append(row)
        return found

    def constraints_of(self, key: Key) -> Sequence[Constraint]:
        """The constraints that speak of a figure."""
        return self._by_key.get(key, ())

    def trust(self, key: Key) -> int:
        """How many constraints on the figure hold."""
        return sum(not one.is_broken for one in self.constraints_of(key))

    def groups(self) -> Iterator[tuple[Constraint, ...]]:
        """Broken constraints that share a figure, directly or through other broken ones."""
        left = {one.id: one for one in self.identities.constraints if one.is_broken}
        while left:
            found = [left.pop(next(iter(left)))]
            for one in found:
                near = [other for key in sorted(self._around(one)) for other in self.constraints_of(key)]
                found += [left.pop(other.id) for other in near if other.id in left]
            yield tuple(sorted(found, key=lambda one: one.id))

    def _around(self, constraint: Constraint) -> frozenset[Key]:
        """Its figures, with what unwritten ones of them are made of."""
        around, waiting = set(constraint.keys), [key for key in constraint.keys if key in self.unknown]
        while waiting:
            for row in self._defined.get(waiting.pop(), ()):
                waiting += [key for key in row.keys - around if key in self.unknown]
                around |= row.keys
        return frozenset(around)

    def rows_about(self, changed: frozenset[Key], left_out: Collection[str]) -> tuple[Row, ...]:
        """Every row on which the changed figures bear, through unknown figures too."""
        rows: dict[Row, None] = {}
        seen, waiting = set(changed), sorted(changed)
        while waiting:
            key = waiting.pop()
            about = [row for one in self.constraints_of(key) if one.id not in left_out for row in one.rows]
            for row in (*about, *self._defined.get(key, ())):
                rows[row] = None
                fresh = sorted((row.coefficients.keys() & self.unknown) - seen)
                seen |= set(fresh)
                waiting += fresh
        return tuple(rows)

    def bounds(self, free: Iterable[Key]) -> Iterator[Row]:
        """No figure is negative; a range that was written holds."""
        for key in free:
            cell = self.cells[key]
            yield Row({key: -1}, cell.low, "<=")
            if cell.high is not None:
                yield Row({key: 1}, -cell.high, "<=")

    def implied(
        self, changed: frozenset[Key], rows: Iterable[Row], keep: Key | None = None
    ) -> tuple[Row, ...]:
        """What the rows say of the figures that stay, when the changed and the unknown may be anything."""
        valid = [row for row in rows if not row.rests_on & changed]
        named = frozenset(key for row in valid for key in row.coefficients)
        free = named & (self.unknown | changed)
        return eliminate([*valid, *self.bounds(free)], free - {keep})

    def reaches(self, changed: frozenset[Key], rows: Iterable[Row], key: Key) -> Reach | None:
        """Where a changed figure can lie; None where the rows contradict each other or it cannot be whole."""
        implied = self.implied(changed, rows, keep=key)
        others = [row for row in implied if key not in row.coefficients]
        if not all(row.holds(self.values) for row in others):
            return None
        reach = reach_of([row for row in implied if key in row.coefficients], key, self.values)
        low, high = reach.whole
        if self.cells[key].is_whole and low is not None and high is not None and low > high:
            return None
        return None if reach.is_empty else reach
