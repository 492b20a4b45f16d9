"""Which names does a chain of packs declare, and does a name used somewhere exist?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from compliance.intake.suggestions import hint
from compliance.messages import text
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.intake.pack_chain import Chain
    from compliance.intake.pack_items import Entry, Item
    from compliance.model.legal import Citation
    from compliance.model.rulepack import Indicator
    from compliance.problems import Place

NameKind = Literal["area", "unit", "instrument", "indicator", "rate", "measure", "target", "rule"]
"""A measure is an indicator or a rate."""

NUMERIC = ("count", "amount")
"""Types of indicators that can be added and divided."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a chain by kind."""

    declared: Mapping[NameKind, frozenset[str]]
    indicators: Mapping[str, Indicator]
    unreadable: frozenset[str]
    """Names of items that were refused; using them is no further fault."""

    def refer(self, kind: NameKind, written: str, key: str, place: Place) -> Iterator[Problem]:
        """A problem where there is no `written`; `key` is where it is used."""
        known = self.declared[kind]
        if written not in known and written not in self.unreadable:
            words = {"key": key, "kind": text(f"pack.kind.{kind}"), "written": written}
            yield Problem("pack.unknown_reference", place, {**words, "hint": hint(written, sorted(known))})

    def count(self, written: str, key: str, place: Place) -> Iterator[Problem]:
        """A problem where `written` is no indicator that can be added and divided."""
        yield from self.refer("indicator", written, key, place)
        indicator = self.indicators.get(written)
        if indicator is not None and indicator.type not in NUMERIC:
            yield Problem(
                "pack.not_a_number", place, {"key": key, "written": written, "type": indicator.type}
            )

    def cite(self, citation: Citation | None, entry: Entry[Item], *path: int | str) -> Iterator[Problem]:
        """A problem where the cited instrument is not in the register; the citation stands at `path`."""
        if citation is not None:
            place = entry.place(*path, "instrument")
            yield from self.refer("instrument", citation.instrument, "citation", place)


def gather_names(chain: Chain) -> Names:
    """Every name that the chain declares."""
    indicators = {entry.item.id: entry.item for entry in chain.indicators}
    rates = frozenset(entry.item.id for entry in chain.rates)
    declared: dict[NameKind, frozenset[str]] = {
        "area": frozenset(area.id for area in chain.areas),
        "unit": frozenset(entry.item.id for entry in chain.units),
        "instrument": frozenset(entry.item.key for entry in chain.instruments),
        "indicator": frozenset(indicators),
        "rate": rates,
        "measure": frozenset(indicators) | rates,
        "target": frozenset(entry.item.id for entry in chain.targets),
        "rule": frozenset(name for entry in chain.rules for name in (entry.item.id, *entry.item.aliases)),
    }
    return Names(declared, indicators, chain.unreadable)
