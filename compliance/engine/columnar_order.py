"""In which order are indicators worked out, and which are needed for others?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.model.rulepack import Indicator, RulePack


def order_indicators(pack: RulePack) -> tuple[Indicator, ...]:
    """Every indicator, each after its parts."""
    ordered: dict[str, Indicator] = {}

    def visit(name: str) -> None:
        if name not in ordered:
            for part in pack.indicator[name].parts:
                visit(part)
            ordered[name] = pack.indicator[name]

    for name in pack.indicator:
        visit(name)
    return tuple(ordered.values())


def with_opening(pack: RulePack) -> frozenset[str]:
    """The indicators whose figure may rest on the period before, themselves or through a part."""
    found: set[str] = set()
    for indicator in order_indicators(pack):
        opens = indicator.opening_of is not None and not indicator.parts
        if opens or found.intersection(indicator.parts):
            found.add(indicator.id)
    return frozenset(found)


def needed_indicators(pack: RulePack, names: Iterable[str]) -> tuple[Indicator, ...]:
    """The indicators of these names, with those that they may be derived from; parts before wholes."""
    wanted = set(names)
    ordered = order_indicators(pack)
    size = -1
    while size != len(wanted):
        size = len(wanted)
        for indicator in ordered:
            if indicator.id in wanted:
                wanted.update(indicator.parts)
                wanted.update(() if indicator.opening_of is None else (indicator.opening_of,))
    return tuple(indicator for indicator in ordered if indicator.id in wanted)


def in_waves(indicators: Sequence[Indicator]) -> Sequence[Sequence[Indicator]]:
    """The indicators, parts before wholes, in as few steps as that takes."""
    depths: dict[str, int] = {}
    for indicator in indicators:
        depths[indicator.id] = max((depths.get(part, 0) + 1 for part in indicator.parts), default=0)
    most = max(depths.values(), default=-1)
    return [[item for item in indicators if depths[item.id] == depth] for depth in range(most + 1)]
