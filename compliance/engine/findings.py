"""Which outcomes must a person look at, and what is said to that person?

A failed outcome, or one that cannot be computed, is a finding: what is wrong with the figures, how to put it
right, where it stands, and the legal basis in words.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from compliance.engine.citations import compose_citation
from compliance.engine.sentence_values import sentence_values
from compliance.messages import text
from compliance.model.findings import Finding
from compliance.model.named_checks import Cites, RollUp, Stated
from compliance.problems import Place
from compliance.sentences import MissingFigureError, Sentence, parse_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compliance.engine.runs import Run
    from compliance.model.findings import Outcome
    from compliance.model.rulepack import Rule
    from compliance.model.waivers import AppliedWaiver

_Failing = dict[str, frozenset[str]]
"""By rule, the units that fail it."""


def compose_findings(
    runs: Sequence[Run],
    outcomes: Iterable[Outcome],
    waivers: Mapping[str, tuple[AppliedWaiver, ...]] = MappingProxyType({}),
) -> tuple[Finding, ...]:
    """A finding for each outcome that fails or errs, in the order of the outcomes.

    `waivers` are those that speak of a finding, by its id.
    """
    found = [outcome for outcome in outcomes if outcome.outcome in ("fail", "error")]
    by_period = {str(run.ledger.period): run for run in runs}
    failing = {period: _group_failing(found, period) for period in by_period}
    return tuple(
        _compose(by_period[outcome.period], outcome, failing[outcome.period], waivers.get(outcome.id, ()))
        for outcome in found
    )


def _group_failing(found: Iterable[Outcome], period: str) -> _Failing:
    units: dict[str, set[str]] = defaultdict(set)
    for outcome in found:
        if outcome.period == period:
            units[outcome.rule].add(outcome.unit)
    return {rule: frozenset(known) for rule, known in units.items()}


def _compose(run: Run, outcome: Outcome, failing: _Failing, waivers: tuple[AppliedWaiver, ...]) -> Finding:
    rule = run.pack.rule[outcome.rule]
    return Finding(
        id=outcome.id,
        rule=rule.id,
        title=rule.title,
        unit=outcome.unit,
        area=outcome.area,
        kind=outcome.kind,
        severity=outcome.severity,
        message=_message(run, rule, outcome, failing),
        fix=_render(rule.fix, run, outcome, failing),
        places=_places(run, outcome),
        citation=compose_citation(run.pack, outcome.citation, outcome.common),
        waived=outcome.waived,
        waivers=waivers,
    )


def _message(run: Run, rule: Rule, outcome: Outcome, failing: _Failing) -> str:
    """The rule's own message, or its title with the reason; then what was assumed."""
    if rule.message and outcome.outcome == "fail":
        message = _render(rule.message, run, outcome, failing)
    else:
        message = _compose_message(run, rule, outcome)
    if not outcome.assumptions:
        return message
    return text("finding.assuming", message=message, assumptions="; ".join(outcome.assumptions))


def _compose_message(run: Run, rule: Rule, outcome: Outcome) -> str:
    match rule.check:
        case Stated(stated=rate):
            label = run.pack.rate[rate].label
            return text("finding.stated", label=label, reason=outcome.reason)
        case RollUp(rollup=indicator):
            label = run.pack.indicator[indicator].label
            return text("finding.rollup", label=label, reason=outcome.reason)
        case Cites():
            return outcome.reason
    code = "finding.message" if rule.kind == "target" else "finding.requirement"
    return text(code, title=rule.title, reason=outcome.reason)


def _render(template: str, run: Run, outcome: Outcome, failing: _Failing) -> str:
    """The sentence with the outcome's figures; in place of one that is missing, that it is."""
    sentence = _parse(template)
    values = sentence_values(run, outcome, sentence.names, failing)
    for _ in range(len(values)):
        try:
            return sentence.render(values)
        except MissingFigureError as missing:
            values[str(missing.args[0])] = text("finding.no_figure")
    return sentence.render(values)


@cache
def _parse(template: str) -> Sentence:
    """The sentence of a pack; the pack's loader has refused every other.

    Raises:
        ValueError: the template is no sentence.
    """
    sentence, _faults = parse_sentence(template)
    if sentence is None:
        raise ValueError(template)
    return sentence


def _places(run: Run, outcome: Outcome) -> tuple[Place, ...]:
    """Where the figures stand, each place once; the submission's own where no figure has a place."""
    found = dict.fromkeys(operand.place for operand in outcome.operands.values() if operand.place != Place())
    submission = run.submission(outcome.unit)
    if found or submission is None or submission.place == Place():
        return tuple(found)
    return (submission.place,)
