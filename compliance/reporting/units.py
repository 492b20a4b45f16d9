"""Which units stand below a unit, how are they named, and in which order?"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.model.submission import Unit


class UnitTree:
    """The register of units as a tree, in the register's order."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = {unit.id: unit for unit in units}
        self._order = {unit.id: place for place, unit in enumerate(units)}
        self._children: dict[str, list[str]] = defaultdict(list)
        for unit in units:
            if unit.parent is not None:
                self._children[unit.parent].append(unit.id)

    def __contains__(self, unit: str) -> bool:
        """Whether the register lists the unit."""
        return unit in self._units

    def __getitem__(self, unit: str) -> Unit:
        """The unit of an id."""
        return self._units[unit]

    def in_order(self, units: Iterable[str]) -> tuple[str, ...]:
        """Units as the register lists them, each once."""
        return tuple(sorted(set(units), key=lambda unit: self._order[unit]))

    def place(self, unit: str) -> int:
        """Where the unit stands in the register."""
        return self._order[unit]

    def children(self, unit: str) -> tuple[str, ...]:
        """The units right below."""
        return tuple(self._children.get(unit, ()))

    def blocs(self, unit: str) -> tuple[str, ...]:
        """The blocs right below."""
        return tuple(child for child in self.children(unit) if self._units[child].level == "bloc")

    def is_body(self, unit: str) -> bool:
        """Whether the unit is one body, which acts for itself: an agency or a commune."""
        return self._units[unit].level in ("agency", "commune")

    def descendants(self, unit: str) -> tuple[str, ...]:
        """All units below, each before those below it."""
        return tuple(below for child in self.children(unit) for below in (child, *self.descendants(child)))

    def stands_below(self, unit: str, other: str) -> bool:
        """Whether `unit` is one of the units below `other`."""
        return unit in self.descendants(other)

    def count_bodies(self, unit: str) -> int:
        """How many agencies and communes stand below."""
        return sum(self.is_body(below) for below in self.descendants(unit))

    def roots(self, units: Iterable[str]) -> tuple[str, ...]:
        """Those of the units that stand below no other of them: the widest."""
        known = tuple(units)
        return self.in_order(
            unit for unit in known if not any(self.stands_below(unit, other) for other in known)
        )

    def name_body(self, unit: str) -> str:
        """Who acts for the unit, as the lead of a task: `UBND xã Phú Hữu`, `Phòng Tư pháp`."""
        return text(f"assessment.body.{self._units[unit].level}", unit=self._units[unit].label)

    def name_bodies(self, units: Iterable[str]) -> tuple[str, ...]:
        """The same for several units."""
        return tuple(self.name_body(unit) for unit in units)
