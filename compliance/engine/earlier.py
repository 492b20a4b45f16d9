"""Which figures of an earlier period contradict each other, and which outcomes rest on them?

What is disputed in its own period carries neither praise nor blame in a later one. The earlier one is held
against the same rules as the later; a percentage stated wrongly then disputes its own rate only.
No verdict changes by it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from compliance.engine.derive import names_beneath
from compliance.engine.disputes import reach_disputed
from compliance.engine.evaluate import evaluate_consistency
from compliance.messages import text
from compliance.model.findings import EarlierContradiction
from compliance.model.submission import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compliance.engine.ledger import Ledger
    from compliance.engine.runs import Run
    from compliance.model.findings import Finding, Outcome
    from compliance.model.rulepack import RulePack

_RELATIONS = ("previous", "same_period_last_year")
_Disputes = dict[tuple[str, str, str], list[str]]
"""Ids of contradictions by period, unit and name."""


def find_earlier_contradictions(runs: Iterable[Run]) -> tuple[EarlierContradiction, ...]:
    """Every contradiction of the periods that the runs are compared with, each once, the earliest first."""
    found: dict[str, EarlierContradiction] = {}
    for run in runs:
        for earlier in run.earlier:
            for contradiction in find_contradictions(earlier, run):
                found.setdefault(contradiction.id, contradiction)
    return tuple(sorted(found.values(), key=lambda one: one.period))


def find_contradictions(earlier: Run, later: Run) -> Iterator[EarlierContradiction]:
    """Those of one earlier period, in the order of its units and rules."""
    rests_on: dict[str, Mapping[str, frozenset[str]]] = {}
    for outcome in evaluate_consistency(earlier, later.ledger.period.end):
        disputes = {
            unit: names
            for unit, disputed in reach_disputed(earlier.pack, earlier.register, outcome)
            if (names := _resting(earlier.ledger, unit, disputed, rests_on))
        }
        if disputes:
            yield EarlierContradiction(
                id=outcome.id,
                rule=outcome.rule,
                title=earlier.pack.rule[outcome.rule].title,
                unit=outcome.unit,
                period=outcome.period,
                reason=outcome.reason,
                disputes=disputes,
            )


def _resting(
    ledger: Ledger, unit: str, disputed: frozenset[str], known: dict[str, Mapping[str, frozenset[str]]]
) -> tuple[str, ...]:
    """The figures of the unit that are among the disputed ones, or were worked out from them."""
    if unit not in known:
        known[unit] = _sources_by_name(ledger, unit)
    return tuple(name for name, sources in known[unit].items() if sources & disputed)


def _sources_by_name(ledger: Ledger, unit: str) -> Mapping[str, frozenset[str]]:
    pack = ledger.pack
    figures = (
        *(ledger.indicator(unit, indicator.id) for indicator in pack.indicators),
        *(ledger.rate(unit, rate.id) for rate in pack.rates),
    )
    return {figure.name: frozenset(names_beneath(figure)) for figure in figures if figure.value is not None}


def mark_earlier(
    outcomes: Iterable[Outcome], contradictions: Sequence[EarlierContradiction]
) -> tuple[Outcome, ...]:
    """The outcomes, those that rest on disputed figures of an earlier period with what disputes them."""
    disputes: _Disputes = defaultdict(list)
    for one in contradictions:
        for unit, names in one.disputes.items():
            for name in names:
                disputes[one.period, unit, name].append(one.id)
    return tuple(_mark(outcome, disputes) for outcome in outcomes) if disputes else tuple(outcomes)


def _mark(outcome: Outcome, disputes: Mapping[tuple[str, str, str], Sequence[str]]) -> Outcome:
    found = {
        contradiction: None
        for period, name in _earlier_figures(outcome)
        for contradiction in disputes.get((period, outcome.unit, name), ())
    }
    return outcome.model_copy(update={"earlier_disputed_by": tuple(found)}) if found else outcome


def _earlier_figures(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """The figures of earlier periods that it rests on, each with its period."""
    for written in outcome.operands:
        relation, _, name = written.partition(".")
        if relation in _RELATIONS:
            period = Period.parse(outcome.period)
            then = period.previous if relation == "previous" else period.same_last_year
            yield str(then), name.removeprefix("low.").removeprefix("high.")


def note_earlier(
    findings: Iterable[Finding],
    outcomes: Iterable[Outcome],
    contradictions: Iterable[EarlierContradiction],
    pack: RulePack,
) -> tuple[Finding, ...]:
    """The findings, those over disputed earlier figures saying so."""
    disputed = {outcome.id: outcome.earlier_disputed_by for outcome in outcomes}
    words = {one.id: _say(one, pack) for one in contradictions}
    return tuple(
        finding.model_copy(
            update={
                "message": text(
                    "earlier.finding",
                    message=finding.message,
                    contradictions="; ".join(words[one] for one in disputed[finding.id]),
                )
            }
        )
        if disputed.get(finding.id)
        else finding
        for finding in findings
    )


def _say(contradiction: EarlierContradiction, pack: RulePack) -> str:
    return text(
        "earlier.contradiction",
        rule=contradiction.rule,
        unit=pack.unit[contradiction.unit].label,
        period=Period.parse(contradiction.period).label,
    )
