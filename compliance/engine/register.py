"""Which units stand above, below and beside a unit, and in which order are units named?"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from compliance.model.submission import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compliance.model.submission import Unit

_RANK = {"district": 0, "bloc": 1, "agency": 2, "commune": 2}
"""Agencies and communes stand in one order, the register's."""


class Register:
    """The units of a pack, as a tree."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units: Mapping[str, Unit] = {unit.id: unit for unit in units}

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        children: dict[str, list[str]] = defaultdict(list)
        for unit in self.units.values():
            if unit.parent is not None:
                children[unit.parent].append(unit.id)
        return {parent: tuple(ids) for parent, ids in children.items()}

    @cached_property
    def order(self) -> Mapping[str, tuple[int, int]]:
        """Where each unit stands in an output: districts, blocs, then the rest as the register lists them."""
        return {unit.id: (_RANK[unit.level], place) for place, unit in enumerate(self.units.values())}

    def children(self, unit: str) -> tuple[str, ...]:
        """The units right below, in the register's order."""
        return self._children.get(unit, ())

    def descendants(self, unit: str) -> tuple[str, ...]:
        """All units below, each before those below it."""
        return tuple(below for child in self.children(unit) for below in (child, *self.descendants(child)))

    def ancestors(self, unit: str) -> tuple[str, ...]:
        """The units above, the nearest first."""
        above: list[str] = []
        parent = self.units[unit].parent
        while parent is not None and parent in self.units and parent not in above:
            above.append(parent)
            parent = self.units[parent].parent
        return tuple(above)

    @cached_property
    def _bodies(self) -> Counter[str]:
        bodies = (unit.id for unit in self.units.values() if unit.level in ("agency", "commune"))
        return Counter(above for body in bodies for above in self.ancestors(body))

    def bodies(self, unit: str) -> int:
        """How many agencies and communes stand below."""
        return self._bodies[unit]

    def peers(self, unit: str) -> tuple[str, ...]:
        """The units of the same level under the same parent, the unit itself included."""
        itself = self.units[unit]
        if itself.parent is None:
            return (unit,)
        return tuple(
            sibling for sibling in self.children(itself.parent) if self.units[sibling].level == itself.level
        )

    def parents_lowest_first(self) -> tuple[str, ...]:
        """Every unit that has units below, no parent before a parent below it."""
        parents = [unit for unit in self.units.values() if self.children(unit.id)]
        ranked = sorted(parents, key=lambda unit: LEVELS.index(unit.level), reverse=True)
        return tuple(unit.id for unit in ranked)

    def names(self, units: Iterable[str]) -> str:
        """The short names of units, in a row."""
        return ", ".join(self.units[unit].name for unit in units)
