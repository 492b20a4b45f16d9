"""Does everything that a pack names exist, and can it stand where it is named?

One small check for each kind of item, from the joined chain to problems; rules have `pack_rules`. Expressions
are the engine's matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliance.intake.suggestions import hint, listed
from compliance.messages import text
from compliance.model.ledger_definitions import CHOICES, VALUES
from compliance.model.submission import LEVELS
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compliance.intake.pack_chain import Chain
    from compliance.intake.pack_items import Entry, Item
    from compliance.intake.pack_names import NameKind, Names
    from compliance.model.ledger_definitions import LedgerColumn, LedgerDefinition
    from compliance.model.legal import Instrument
    from compliance.model.rulepack import Indicator, PackHeader, Rate, Target
    from compliance.model.submission import Unit


def check_references(chain: Chain, names: Names) -> Iterator[Problem]:
    """Every fault of headers, units, instruments, indicators, rates, targets and definitions."""
    for header in chain.headers:
        yield from _check_header(header, names)
    units = {entry.item.id: entry.item for entry in chain.units}
    for unit in chain.units:
        yield from _check_unit(unit, names, units)
    for instrument in chain.instruments:
        yield from _check_instrument(instrument, names)
    for indicator in chain.indicators:
        yield from _check_indicator(indicator, names)
    for rate in chain.rates:
        yield from _check_rate(rate, names)
    for target in chain.targets:
        yield from _check_target(target, names)
    for definition in chain.ledger_definitions:
        yield from _check_definition(definition, names)
    for column in chain.ledger_columns:
        yield from _check_values(column)
    yield from _check_circles(chain)


def in_order(entry: Entry[Item], earlier: str, later: str, *path: int | str) -> Iterator[Problem]:
    """A problem where the value of `later` is smaller than that of `earlier`; both stand at `path`."""
    item: Any = entry.item  # a path leads through models and lists alike
    for step in path:
        item = item[step] if isinstance(step, int) else getattr(item, step)
    begin, end = getattr(item, earlier), getattr(item, later)
    if begin is not None and end is not None and end < begin:
        words = {"earlier": earlier, "begin": begin, "later": later, "end": end}
        yield Problem("pack.reversed", entry.place(*path, later), words)


def _check_header(entry: Entry[PackHeader], names: Names) -> Iterator[Problem]:
    yield from in_order(entry, "effective_from", "effective_until")
    for place, change in enumerate(entry.item.changelog):
        yield from in_order(entry, "affects_from", "affects_until", "changelog", place)
        yield from names.cite(change.citation, entry, "changelog", place, "citation")


def _check_unit(entry: Entry[Unit], names: Names, units: Mapping[str, Unit]) -> Iterator[Problem]:
    unit = entry.item
    if unit.parent is None:
        return
    yield from names.refer("unit", unit.parent, "parent", entry.place("parent"))
    parent = units.get(unit.parent)
    if parent is not None and parent.id != unit.id and LEVELS.index(parent.level) >= LEVELS.index(unit.level):
        words = {"id": unit.id, "parent": parent.id, "level": unit.level, "above": parent.level}
        yield Problem("pack.parent_not_wider", entry.place("parent"), words)


def _check_instrument(entry: Entry[Instrument], names: Names) -> Iterator[Problem]:
    yield from in_order(entry, "issued", "in_force_from")
    yield from in_order(entry, "in_force_from", "in_force_until")
    if entry.item.replaced_by is not None:
        yield from names.refer(
            "instrument", entry.item.replaced_by, "replaced_by", entry.place("replaced_by")
        )


def _check_indicator(entry: Entry[Indicator], names: Names) -> Iterator[Problem]:
    indicator = entry.item
    yield from names.refer("area", indicator.area, "id", entry.place("id"))
    yield from in_order(entry, "minimum", "maximum")
    for place, part in enumerate(indicator.parts):
        yield from names.count(part, "parts", entry.place("parts", place))
    for place, part in enumerate(indicator.assume_zero):
        if part not in indicator.parts:
            words = {"id": indicator.id, "written": part}
            yield Problem("pack.not_a_part", entry.place("assume_zero", place), words)
    if indicator.opening_of is not None:
        yield from names.refer("indicator", indicator.opening_of, "opening_of", entry.place("opening_of"))
    for place, level in enumerate(indicator.required):
        if level not in indicator.levels:
            words = {"id": indicator.id, "level": level}
            yield Problem("pack.required_not_reported", entry.place("required", place), words)


def _check_rate(entry: Entry[Rate], names: Names) -> Iterator[Problem]:
    rate = entry.item
    yield from names.refer("area", rate.id.split(".")[0], "id", entry.place("id"))
    yield from names.count(rate.numerator, "numerator", entry.place("numerator"))
    yield from names.count(rate.denominator, "denominator", entry.place("denominator"))
    for place, other in enumerate(rate.confused_with):
        yield from names.count(other, "confused_with", entry.place("confused_with", place))


def _check_target(entry: Entry[Target], names: Names) -> Iterator[Problem]:
    for place, dated in enumerate(entry.item.values):
        yield from in_order(entry, "effective_from", "due", "values", place)
        yield from names.cite(dated.citation, entry, "values", place, "citation")


def _check_definition(entry: Entry[LedgerDefinition], names: Names) -> Iterator[Problem]:
    definition, known = entry.item, CHOICES[entry.item.id]
    yield from names.cite(definition.citation, entry, "citation")
    if definition.choice not in known:
        yield _not_one_of(entry, "choice", definition.choice, known)
    if definition.assumption == (definition.citation is not None) or (
        definition.assumption and not definition.reason
    ):
        yield Problem("pack.definition_without_source", entry.place("id"), {"id": definition.id})


def _check_values(entry: Entry[LedgerColumn]) -> Iterator[Problem]:
    known = VALUES.get(entry.item.id, ())
    for value in entry.item.values:
        if value not in known:
            yield _not_one_of(entry, "values", value, known)


def _not_one_of(entry: Entry[Item], key: str, written: str, known: Sequence[str]) -> Problem:
    words = {"key": key, "written": written, "hint": hint(written, known), "known": listed(known) or "–"}
    return Problem("pack.not_one_of", entry.place(key), words)


def _check_circles(chain: Chain) -> Iterator[Problem]:
    """Wholes among their own parts, units above themselves."""
    parts = {entry.item.id: entry.item.parts for entry in chain.indicators}
    for entry in chain.indicators:
        yield from _check_circle(entry, "indicator", "parts", parts)
    parents = {entry.item.id: (entry.item.parent,) if entry.item.parent else () for entry in chain.units}
    for unit in chain.units:
        yield from _check_circle(unit, "unit", "parent", parents)


def _check_circle(
    entry: Entry[Indicator] | Entry[Unit], kind: NameKind, key: str, below: Mapping[str, Sequence[str]]
) -> Iterator[Problem]:
    circle = _way_back(entry.item.id, entry.item.id, below, ())
    if circle:
        words = {
            "kind": text(f"pack.kind.{kind}"),
            "id": entry.item.id,
            "key": key,
            "chain": " → ".join(circle),
        }
        yield Problem("pack.rests_on_itself", entry.place(key), words)


def _way_back(
    start: str, name: str, below: Mapping[str, Sequence[str]], way: tuple[str, ...]
) -> tuple[str, ...]:
    """The way from a name back to `start`; empty where there is none."""
    way = (*way, name)
    for step in below.get(name, ()):
        if step == start:
            return (*way, step)
        found = _way_back(start, step, below, way) if step not in way else ()
        if found:
            return found
    return ()
