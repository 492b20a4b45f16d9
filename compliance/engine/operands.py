"""Which figures does a rule read for a unit, and with which values is its expression to be evaluated?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.derive import assume, is_circular
from compliance.engine.figures import Figure, lacking

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compliance.engine.figures import Value
    from compliance.engine.runs import Run
    from compliance.model.rulepack import Rule


def resolve_operands(run: Run, rule: Rule, unit: str, names: Iterable[str]) -> tuple[Figure, ...]:
    """The figure behind each name, with the rule's own assumptions, in the order of the names."""
    figures = (run.ledger.named(unit, name, rule.area) for name in names)
    return tuple(assume_for(rule, figure) for figure in figures)


def assume_for(rule: Rule, figure: Figure) -> Figure:
    """The figure, or what the rule assumes in its place where it was not reported."""
    if figure.value is None and figure.lack != "approximate" and figure.name in rule.assume:
        value = rule.assume[figure.name]
        return assume(figure, int(value) if value == int(value) else value)
    return figure


def refuse_circular(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures, those worked out only from the others of the rule counted as missing."""
    known = tuple(figures)
    names = {figure.name for figure in known}
    return tuple(
        lacking(figure, "circular") if is_circular(figure, names - {figure.name}) else figure
        for figure in known
    )


def values_of(figures: Iterable[Figure]) -> Mapping[str, Value]:
    """The values by name, of the figures that have one."""
    return {figure.name: figure.value for figure in figures if figure.value is not None}
