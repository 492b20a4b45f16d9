"""How does every rule come out on every unit that it could concern?

For each rule and unit: applicability, then missing figures, then the check, and an outcome whatever comes of
it. A rule that does not apply, or cannot be decided, says so; none disappears.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.applicability import exclude_rule
from compliance.engine.cited_documents import check_in_force, check_one_date, check_register_date
from compliance.engine.disputes import mark_disputed
from compliance.engine.expression_checks import check_condition, check_expression
from compliance.engine.named_checks import check_peers, check_present, check_submitted, check_together
from compliance.engine.rollup import check_rollup
from compliance.engine.ruling import compose_outcome
from compliance.engine.runs import Run, open_runs
from compliance.engine.stated_rates import check_stated
from compliance.engine.targets import check_target
from compliance.model.named_checks import Cites, Peers, Present, RollUp, Stated, Submitted, Together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from compliance.engine.expressions import CompiledPack
    from compliance.engine.register import Register
    from compliance.engine.ruling import Ruling
    from compliance.model.findings import Outcome
    from compliance.model.rulepack import Rule
    from compliance.model.submission import Submission

_SEVERITIES = ("must_fix", "must_explain", "advisory")
_CITES = {"one_date": check_one_date, "register_date": check_register_date, "in_force": check_in_force}


def evaluate(
    compiled: CompiledPack,
    submissions: Sequence[Submission],
    *,
    as_of: date,
    previous: Sequence[Submission] = (),
    same_period_last_year: Sequence[Submission] = (),
    expected: Sequence[str] = (),
) -> tuple[Outcome, ...]:
    """The outcome of each rule of the pack on each submission, and on each parent whose units are due.

    A parent that has not submitted is derived where all its units have. `previous` and
    `same_period_last_year` may hold any periods; the right one is taken for each submission. `expected` are
    the ids of the units that are due. Ordered by severity, unit (district, blocs, then the register's order),
    rule id, period and subject: the order of the submissions does not matter.

    Raises:
        UnknownUnitError: a submission is of a unit that the pack does not list.
    """
    runs = open_runs(
        compiled,
        submissions,
        as_of=as_of,
        previous=previous,
        same_period_last_year=same_period_last_year,
        expected=expected,
    )
    return evaluate_runs(runs)


def evaluate_runs(runs: Sequence[Run]) -> tuple[Outcome, ...]:
    """The outcomes of runs over one pack, disputed ones marked, in their order."""
    if not runs:
        return ()
    pack, register = runs[0].pack, runs[0].register
    outcomes = [outcome for run in runs for outcome in _evaluate_run(run)]
    return sort_outcomes(register, mark_disputed(pack, register, outcomes))


def evaluate_consistency(run: Run, day: date) -> Iterator[Outcome]:
    """The outcomes of the rules over whether figures agree, under those in force on `day` or since.

    An earlier period is held against the rules of the day on which it is compared with: that parts make up
    their whole did not become true with the pack.
    """
    rules = tuple(rule for rule in run.pack.rules if rule.kind == "consistency")
    for unit in run.register.order:
        if run.submission(unit) is None:
            continue
        for rule in rules:
            for ruling in _rule(run, rule, unit, max(day, run.ledger.law_date(unit))):
                yield compose_outcome(rule, unit, run.ledger.period, ruling)


def sort_outcomes(register: Register, outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """The one order of outcomes and findings."""
    return tuple(
        sorted(
            outcomes,
            key=lambda outcome: (
                _SEVERITIES.index(outcome.severity),
                register.order[outcome.unit],
                outcome.rule,
                outcome.period,
                outcome.subject,
            ),
        )
    )


def _evaluate_run(run: Run) -> Iterator[Outcome]:
    for unit in run.register.order:
        rules = run.pack.rules if run.submission(unit) else _rules_without_submission(run, unit)
        for rule in rules:
            for ruling in _rule(run, rule, unit, run.ledger.law_date(unit)):
                yield compose_outcome(rule, unit, run.ledger.period, ruling)


def _rules_without_submission(run: Run, unit: str) -> tuple[Rule, ...]:
    """What concerns a unit that has not submitted: whether the units below it that are due have."""
    if run.expected.isdisjoint(run.register.children(unit)):
        return ()
    return tuple(rule for rule in run.pack.rules if isinstance(rule.check, Submitted))


def _rule(run: Run, rule: Rule, unit: str, day: date) -> tuple[Ruling, ...]:
    excluded = exclude_rule(run.pack, rule, run.register.units[unit], run.submission(unit), day)
    reason = excluded or check_condition(run, rule, unit)
    return (reason,) if reason else _check(run, rule, unit)


def _check(run: Run, rule: Rule, unit: str) -> tuple[Ruling, ...]:
    match rule.check:
        case Cites(cites=question):
            return _CITES[question](run, unit)
        case None:
            ruling = check_target(run, rule, unit)
        case str():
            ruling = check_expression(run, rule, unit)
        case Present(present=names):
            ruling = check_present(run, unit, names)
        case Together(together=names):
            ruling = check_together(run, unit, names)
        case Submitted():
            ruling = check_submitted(run, unit)
        case Peers(peers=measure):
            ruling = check_peers(run, unit, measure)
        case Stated(stated=rate):
            ruling = check_stated(run, rule, unit, run.pack.rate[rate])
        case RollUp(rollup=indicator):
            ruling = check_rollup(run, unit, run.pack.indicator[indicator])
    return (ruling,)
