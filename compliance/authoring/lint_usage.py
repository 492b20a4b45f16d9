"""Is everything that a family of packs declares read by some rule?

A figure that nobody reads looks like one that is checked. What is only shown says so: `watched` or
`informational`. A rate is always read, by the rules generated from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.model.named_checks import Peers, Present, RollUp, Stated, Together
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compliance.engine.expressions import CompiledPack
    from compliance.model.legal import Citation
    from compliance.model.rulepack import Rule, RulePack

_PREFIXES = ("previous.", "same_period_last_year.", "children.sum.", "low.", "high.", "rate.", "stated.")


@dataclass(frozen=True, slots=True)
class Usage:
    """What the rules of packs read: ids of indicators and rates, ids of targets, keys of instruments."""

    measures: frozenset[str]
    targets: frozenset[str]
    instruments: frozenset[str]


def gather_usage(packs: Iterable[CompiledPack]) -> Usage:
    """What any rule of any of the packs reads; a rule withdrawn in one may be read in another."""
    measures: set[str] = set()
    targets: set[str] = set()
    instruments: set[str] = set()
    for compiled in packs:
        gone = {withdrawal.id for withdrawal in compiled.pack.withdrawn}
        for rule in compiled.pack.rules:
            if rule.id not in gone:
                measures |= set(_measures(compiled, rule))
                targets |= set(_targets(compiled, rule))
        instruments |= {citation.instrument for citation in cited_in(compiled.pack)}
        measures |= set(_underlying(compiled.pack, measures))
    return Usage(frozenset(measures), frozenset(targets), frozenset(instruments))


def find_unused(pack: RulePack, usage: Usage) -> Iterator[Problem]:
    """Indicators, targets and instruments of the pack that no rule reads and nothing says why."""
    for indicator in pack.indicators:
        if not indicator.watched and indicator.id not in usage.measures:
            yield Problem("lint.unused_indicator", indicator.place, {"id": indicator.id})
    for target in pack.targets:
        if target.values and target.id not in usage.targets:
            yield Problem("lint.unused_target", target.place, {"id": target.id})
    for instrument in pack.instruments:
        if not instrument.informational and instrument.key not in usage.instruments:
            yield Problem("lint.unused_instrument", instrument.place, {"key": instrument.key})


def cited_in(pack: RulePack) -> Iterator[Citation]:
    """Every citation of a pack: of rules, tasks, targets and changes."""
    found: list[Citation | None] = [change.citation for header in pack.chain for change in header.changelog]
    found += [dated.citation for target in pack.targets for dated in target.values]
    for rule in pack.rules:
        found += [rule.citation, *(task.citation for task in rule.tasks)]
    return (citation for citation in found if citation is not None)


def _names(compiled: CompiledPack, rule: Rule) -> frozenset[str]:
    read = (compiled.expressions.get(rule.id), compiled.conditions.get(rule.id))
    return frozenset(name for expression in read if expression is not None for name in expression.names)


def _measures(compiled: CompiledPack, rule: Rule) -> Iterator[str]:
    """Indicators and rates that a rule names. A roll-up holds a figure only against itself."""
    yield from (_bare(name) for name in _names(compiled, rule))
    yield from rule.all_measures
    match rule.check:
        case Present(present=names) | Together(together=names):
            yield from names
        case Peers(peers=peers):
            yield peers.measure
        case Stated(stated=rate):
            yield rate
        case RollUp() | _:
            return


def _bare(name: str) -> str:
    """The indicator or rate behind a name of the expression language."""
    for prefix in _PREFIXES:
        if name.startswith(prefix):
            return _bare(name.removeprefix(prefix))
    return name


def _targets(compiled: CompiledPack, rule: Rule) -> Iterator[str]:
    yield from (limit for limit in (rule.at_least, rule.at_most) if limit is not None)
    yield from (name.removeprefix("target.") for name in _names(compiled, rule) if name.startswith("target."))


def _underlying(pack: RulePack, measures: Iterable[str]) -> Iterator[str]:
    """What the figures that are read are worked out from."""
    for name in measures:
        if name in pack.rate:
            yield from (pack.rate[name].numerator, pack.rate[name].denominator)
        elif name in pack.indicator:
            indicator = pack.indicator[name]
            yield from indicator.parts
            yield from (indicator.opening_of,) if indicator.opening_of else ()
