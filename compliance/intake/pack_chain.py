"""What do the packs of a chain say together?

A pack below adds to the packs above it, restates a target of theirs, or how they count a ledger, under the
same id, or withdraws one of their rules or targets by name. Everything else that comes twice is a fault.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from compliance.intake.suggestions import hint
from compliance.messages import text
from compliance.model.ledger_definitions import LedgerColumn, LedgerDefinition
from compliance.model.rulepack import Approximation, Target
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compliance.intake.pack_files import PackSource, RegisterSource
    from compliance.intake.pack_items import Entry
    from compliance.model.legal import Instrument
    from compliance.model.rulepack import Area, Indicator, PackHeader, Rate, Rule, Withdrawal
    from compliance.model.submission import Unit
    from compliance.problems import Place

Named = TypeVar("Named")
Restated = TypeVar("Restated", Target, LedgerDefinition, LedgerColumn)


@dataclass(frozen=True, slots=True)
class Chain:
    """The items of a pack and of all that it extends, each with its place, the most general pack first."""

    headers: tuple[Entry[PackHeader], ...]
    areas: tuple[Area, ...]
    approximation: Approximation
    units: tuple[Entry[Unit], ...]
    instruments: tuple[Entry[Instrument], ...]
    indicators: tuple[Entry[Indicator], ...]
    rates: tuple[Entry[Rate], ...]
    targets: tuple[Entry[Target], ...]
    rules: tuple[Entry[Rule], ...]
    withdrawn: tuple[Withdrawal, ...]
    ledger_definitions: tuple[Entry[LedgerDefinition], ...]
    ledger_columns: tuple[Entry[LedgerColumn], ...]
    unreadable: frozenset[str]
    """Ids of items that were refused."""


def join_chain(
    sources: Sequence[PackSource], registers: Iterable[RegisterSource]
) -> tuple[Chain, tuple[Problem, ...]]:
    """The packs, the most general first, as one; with what is named twice or withdrawn in vain."""
    registers = tuple(registers)
    joined = Chain(
        headers=tuple(source.header for source in sources),
        areas=tuple(area for source in sources for area in source.header.item.areas),
        approximation=_nearest_approximation(sources),
        units=_all(source.units for source in sources),
        instruments=_all(register.instruments for register in registers),
        indicators=_all(source.indicators for source in sources),
        rates=_all(source.rates for source in sources),
        targets=_withdraw_targets(_restate(source.targets for source in sources), sources),
        rules=_all(source.rules for source in sources),
        withdrawn=tuple(gone for source in sources for gone in source.header.item.withdraws),
        ledger_definitions=_restate(source.ledger_definitions for source in sources),
        ledger_columns=_restate(source.ledger_columns for source in sources),
        unreadable=frozenset(
            name
            for refused in (*(one.unreadable for one in sources), *(one.unreadable for one in registers))
            for name in refused
        ),
    )
    return joined, (*_find_duplicates(joined, sources), *_find_vain_withdrawals(sources))


def _all(parts: Iterable[tuple[Named, ...]]) -> tuple[Named, ...]:
    return tuple(chain.from_iterable(parts))


def _nearest_approximation(sources: Sequence[PackSource]) -> Approximation:
    given = [source.header.item.approximation for source in sources]
    return next((reach for reach in reversed(given) if reach is not None), Approximation())


def _restate(parts: Iterable[tuple[Entry[Restated], ...]]) -> tuple[Entry[Restated], ...]:
    """An item stands where it was first set, with what the pack furthest below says of it."""
    items: dict[str, Entry[Restated]] = {}
    for part in parts:
        items |= {entry.item.id: entry for entry in part}
    return tuple(items.values())


def _withdraw_targets(
    targets: tuple[Entry[Target], ...], sources: Sequence[PackSource]
) -> tuple[Entry[Target], ...]:
    """A withdrawn target has no value any more: what is measured against it does not apply."""
    gone = {withdrawal.id for source in sources for withdrawal in source.header.item.withdraws}
    return tuple(
        replace(entry, item=entry.item.model_copy(update={"values": ()})) if entry.item.id in gone else entry
        for entry in targets
    )


def _find_duplicates(joined: Chain, sources: Sequence[PackSource]) -> Iterator[Problem]:
    headers = joined.headers
    areas = [
        (area.id, header.place("areas", place))
        for header in headers
        for place, area in enumerate(header.item.areas)
    ]
    yield from _twice("area", areas)
    yield from _twice("unit", [(entry.item.id, entry.place("id")) for entry in joined.units])
    yield from _twice("instrument", [(entry.item.key, entry.place("key")) for entry in joined.instruments])
    yield from _twice("measure", _ids((*joined.indicators, *joined.rates)))
    for source in sources:
        yield from _twice("target", _ids(source.targets))
        yield from _twice("definition", _ids(source.ledger_definitions))
        yield from _twice("column", _ids(source.ledger_columns))
    aliases = [
        (alias, entry.place("aliases", place))
        for entry in joined.rules
        for place, alias in enumerate(entry.item.aliases)
    ]
    yield from _twice("rule", _ids(joined.rules) + aliases)


def _ids(
    entries: Iterable[
        Entry[Indicator]
        | Entry[Rate]
        | Entry[Target]
        | Entry[Rule]
        | Entry[LedgerDefinition]
        | Entry[LedgerColumn]
    ],
) -> list[tuple[str, Place]]:
    return [(entry.item.id, entry.place("id")) for entry in entries]


def _twice(kind: str, named: Iterable[tuple[str, Place]]) -> Iterator[Problem]:
    """Every name but the first of each, with the place of the first."""
    first: dict[str, Place] = {}
    for name, place in named:
        if name in first:
            values = {"id": name, "kind": text(f"pack.kind.{kind}"), "first": str(first[name])}
            yield Problem("pack.duplicate_id", place, values)
        first.setdefault(name, place)


def _find_vain_withdrawals(sources: Sequence[PackSource]) -> Iterator[Problem]:
    """Withdrawals of what no pack above has; each names one rule, written or generated, or one target."""
    above: dict[str, None] = {}
    for source in sources:
        for place, withdrawal in enumerate(source.header.item.withdraws):
            if withdrawal.id not in above:
                values = {"written": withdrawal.id, "hint": hint(withdrawal.id, above)}
                yield Problem(
                    "pack.unknown_withdrawal", source.header.place("withdraws", place, "id"), values
                )
        above |= dict.fromkeys(_withdrawable(source))


def _withdrawable(source: PackSource) -> Iterator[str]:
    yield from (entry.item.id for entry in source.rules)
    yield from (entry.item.id for entry in source.targets)
    for indicator in (entry.item for entry in source.indicators):
        yield from (f"PARTS:{indicator.id}",) if indicator.parts else ()
        yield from (f"ROLLUP:{indicator.id}",) if indicator.additive else ()
    for rate in (entry.item for entry in source.rates):
        yield from (f"RATE:{rate.id}:part", f"RATE:{rate.id}:stated")
    yield from source.unreadable
