"""How are many units named in one sentence, so that a reader sees at once who is meant?

Sums first, then the bodies of each bloc in the register's order; where all of a bloc are meant its number
stands for them, `11/11 xã, thị trấn`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.sentences import FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from compliance.reporting.units import UnitTree

_join = FILTERS["danh_sach_don_vi"]

NAMED_APART = 3
"""So many bodies of a bloc are named without a number, even where they are all that it has."""


def name_units(tree: UnitTree, units: Iterable[str]) -> str:
    """`khối cấp xã, 12/12 cơ quan thuộc khối cấp huyện và 2/11 xã, thị trấn (…)`."""
    return _join(tuple(_name(tree, units, lambda unit: tree[unit].label)))


def name_bodies(tree: UnitTree, units: Iterable[str]) -> str:
    """The same of those who act: `UBND huyện Long Phú, Phòng Tư pháp và UBND 11/11 xã, thị trấn`."""
    return _join(tuple(_name(tree, units, tree.name_body)))


def count_units(tree: UnitTree, units: Iterable[str]) -> str:
    """How many there are of each bloc: `12/12 cơ quan thuộc khối cấp huyện và 2/11 xã, thị trấn`."""
    listed = tree.in_order(units)
    blocs = dict.fromkeys(tree[unit].parent for unit in listed)
    if None in blocs or not all(map(tree.is_body, listed)):
        return text("assessment.units.plain", count=len(listed))
    return _join(
        [
            _count(tree, bloc, [unit for unit in listed if tree[unit].parent == bloc])
            for bloc in blocs
            if bloc is not None
        ]
    )


def _count(tree: UnitTree, bloc: str, named: Sequence[str]) -> str:
    peers = [unit for unit in tree.children(bloc) if tree.is_body(unit)]
    kind = _name_kind(tree, bloc, peers)
    return text("assessment.units.counted", count=len(named), whole=len(peers), kind=kind)


def _name(tree: UnitTree, units: Iterable[str], name: Callable[[str], str]) -> Iterator[str]:
    listed = tree.in_order(units)
    yield from (name(unit) for unit in listed if not tree.is_body(unit))
    bodies = [unit for unit in listed if tree.is_body(unit)]
    for bloc in dict.fromkeys(tree[unit].parent for unit in bodies):
        named = [unit for unit in bodies if tree[unit].parent == bloc]
        if bloc is None or len(named) <= NAMED_APART:
            yield from map(name, named)
        else:
            yield _name_many(tree, bloc, named)


def _name_many(tree: UnitTree, bloc: str, named: Sequence[str]) -> str:
    counted = f"{_find_prefix(tree, named)} {_count(tree, bloc, named)}".strip()
    if len(named) == sum(map(tree.is_body, tree.children(bloc))):
        return counted
    return text(
        "assessment.units.with_figure",
        unit=counted,
        figure=_join([tree[unit].name for unit in named]),
    )


def _find_prefix(tree: UnitTree, units: Sequence[str]) -> str:
    """What the labels of all have before their names, `UBND`; empty where they differ in it."""
    prefixes = {tree[unit].label.removesuffix(tree[unit].name).strip() for unit in units}
    return prefixes.pop() if len(prefixes) == 1 else ""


def _name_kind(tree: UnitTree, bloc: str, peers: Sequence[str]) -> str:
    """What the bodies of a bloc are: the kinds of place that they are named by, else offices."""
    if all(tree[unit].level == "commune" for unit in peers):
        names = [tree[unit].name.casefold() for unit in peers]
        kinds = [
            kind
            for kind in text("assessment.units.kinds_of_commune").split(", ")
            if any(name.startswith(f"{kind} ") for name in names)
        ]
        if kinds and all(name.startswith(tuple(f"{kind} " for kind in kinds)) for name in names):
            return ", ".join(kinds)
    offices = all(tree[unit].level == "agency" for unit in peers)
    return text(f"assessment.units.{'offices' if offices else 'any'}", bloc=tree[bloc].label)
