"""Which outcomes rest on figures that another outcome disputes?

A failed balance, part or roll-up disputes its figures for its own unit and those above it: every rate and
target over them is marked, and nothing is praised on it. A failed stated rate or citation disputes only what
was stated. An advisory is a remark, not a contradiction, and disputes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from compliance.model.named_checks import Peers, RollUp, Stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compliance.engine.register import Register
    from compliance.model.findings import Outcome
    from compliance.model.rulepack import Rule, RulePack

_Figure = tuple[str, str, str]
"""Period, unit and indicator."""


def mark_disputed(pack: RulePack, register: Register, outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """The outcomes, those over disputed figures with the ids of what disputes them."""
    disputes: dict[_Figure, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if contradicts_figures(pack.rule[outcome.rule], outcome):
            for figure in _reach(pack, register, outcome):
                disputes[figure].append(outcome.id)
    return tuple(_mark(pack, outcome, disputes) for outcome in outcomes)


def contradicts_figures(rule: Rule, outcome: Outcome) -> bool:
    """Whether it says that figures of the unit contradict each other."""
    return (
        outcome.outcome == "fail"
        and rule.kind == "consistency"
        and outcome.severity != "advisory"
        and isinstance(rule.check, str | RollUp)
    )


def reach_disputed(
    pack: RulePack, register: Register, outcome: Outcome
) -> Iterator[tuple[str, frozenset[str]]]:
    """Each unit with the figures of it that are no sound end of a comparison by this outcome.

    A percentage stated wrongly makes its own rate (`rate.…`) one, of the unit alone.
    """
    rule = pack.rule[outcome.rule]
    if contradicts_figures(rule, outcome):
        for unit in (outcome.unit, *register.ancestors(outcome.unit)):
            yield unit, frozenset(name_indicators(pack, outcome))
    elif outcome.outcome == "fail" and isinstance(rule.check, Stated):
        yield outcome.unit, frozenset((f"rate.{rule.check.stated}",))


def _reach(pack: RulePack, register: Register, outcome: Outcome) -> Iterable[_Figure]:
    units = (outcome.unit, *register.ancestors(outcome.unit))
    indicators = dict.fromkeys(name_indicators(pack, outcome))
    return ((outcome.period, unit, indicator) for unit in units for indicator in indicators)


def name_indicators(pack: RulePack, outcome: Outcome) -> Iterable[str]:
    """The unit's own figures among the operands; the sum over the units below counts as the unit's figure."""
    for name in outcome.operands:
        bare = name.removeprefix("children.sum.")
        if bare in pack.indicator:
            yield bare


def _mark(pack: RulePack, outcome: Outcome, disputes: Mapping[_Figure, Sequence[str]]) -> Outcome:
    if not disputes or not _rests_on_figures(pack.rule[outcome.rule], outcome):
        return outcome
    found = {
        dispute: None
        for indicator in name_indicators(pack, outcome)
        for dispute in disputes.get((outcome.period, outcome.unit, indicator), ())
        if dispute != outcome.id
    }
    return outcome.model_copy(update={"disputed_by": tuple(sorted(found))}) if found else outcome


def _rests_on_figures(rule: Rule, outcome: Outcome) -> bool:
    """Whether it is about a rate or a target, or can praise; a balance speaks for itself."""
    if rule.kind == "target" or rule.strength or isinstance(rule.check, Stated | Peers):
        return True
    return any(name.startswith(("rate.", "target.")) for name in outcome.operands)
