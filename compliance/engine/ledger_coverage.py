"""Of which units does a ledger hold every dossier, so that no record means none?

A unit with records is in the ledger. One without is only where the reader says so (`--covers`) or the pack's
definition does: an export that left a unit out and a unit without dossiers look alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.model.reconciliation import COLUMNS, UnrecordedUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from compliance.engine.runs import Run
    from compliance.model.reconciliation import Unrecorded

_TOTAL, *_OTHERS = (f"dossiers.{column}" for column in COLUMNS)


@dataclass(frozen=True)
class Coverage:
    """What the ledger of a run covers."""

    run: Run
    records: Mapping[str, int]
    """Rows of the ledger by unit; units without any may be left out."""
    told: frozenset[str]
    """Units that the ledger is said to cover, each with all below it."""

    def standing(self, unit: str) -> Unrecorded | None:
        """Why a unit without units below it has no records; None where it has some."""
        if self.records.get(unit):
            return None
        if self._is_told(unit):
            return "covered"
        return "reports_zero" if self._reports_zero(unit) else "open"

    def is_covered(self, unit: str) -> bool:
        """Whether everything of a unit without any record is known to be in the ledger."""
        return all(self._is_told(leaf) for leaf in self._leaves(unit))

    def without_records(self, unit: str) -> Iterator[tuple[str, Unrecorded]]:
        """The units below that the ledger does not mention, with why."""
        for leaf in self._leaves(unit):
            standing = self.standing(leaf) if leaf != unit else None
            if standing is not None:
                yield leaf, standing

    def name_unrecorded(self, units: Iterable[str]) -> tuple[UnrecordedUnit, ...]:
        """Those among some units and all below them, in the register's order."""
        register = self.run.register
        leaves = {leaf for unit in units for leaf in self._leaves(unit)}
        ordered = sorted(leaves, key=lambda leaf: register.order[leaf])
        known = ((leaf, self.standing(leaf)) for leaf in ordered)
        return tuple(
            UnrecordedUnit(unit=leaf, label=register.units[leaf].label, standing=standing)
            for leaf, standing in known
            if standing is not None
        )

    def _leaves(self, unit: str) -> tuple[str, ...]:
        """The units below that have none below them; a unit itself where it is one."""
        register = self.run.register
        return tuple(one for one in (unit, *register.descendants(unit)) if not register.children(one))

    def _is_told(self, unit: str) -> bool:
        return unit in self.told or any(above in self.told for above in self.run.register.ancestors(unit))

    def _reports_zero(self, unit: str) -> bool:
        """Whether it reports that it received nothing, and no other column that contradicts it."""
        known = (name for name in _OTHERS if name in self.run.pack.indicator)
        total = self.run.ledger.indicator(unit, _TOTAL).value if _TOTAL in self.run.pack.indicator else None
        others = (self.run.ledger.indicator(unit, name).value for name in known)
        return total == 0 and all(value in {None, 0} for value in others)
