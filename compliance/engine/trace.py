"""How did one outcome come about, from figures and assumptions to the verdict, and who else uses them?"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.engine.applicability import value_in_force
from compliance.engine.arithmetic import write_with
from compliance.engine.citations import compose_citation
from compliance.engine.figures import show_decimal, show_percent
from compliance.engine.operands import resolve_operands
from compliance.engine.syntax import names_of
from compliance.messages import text
from compliance.model.trace import SharedUse, Trace, TracedExpression, TracedFigure, TracedTarget
from compliance.numerals import format_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compliance.engine.expressions import Expression
    from compliance.engine.figures import Figure
    from compliance.engine.runs import Run
    from compliance.model.findings import Finding, Operand, Outcome
    from compliance.model.named_checks import NamedCheck
    from compliance.model.rulepack import Change, Rule, RulePack

_SIGN = {True: ">=", False: "<="}
_SHOWN_SIGN = {">=": "≥", "<=": "≤"}
_SETTINGS = ("target.", "unit.", "period.", "rate.")
"""Names that are no reported figure; a rate's own figures stand beside it."""


def trace_outcome(
    run: Run, outcome: Outcome, outcomes: Iterable[Outcome], finding: Finding | None = None
) -> Trace:
    """The whole way of `outcome`; `outcomes` are those of its run, `finding` is the one it made, if any."""
    rule = run.pack.rule[outcome.rule]
    operands = outcome.operands
    rates = {name: operand for name, operand in operands.items() if name.startswith("rate.")}
    return Trace(
        id=outcome.id,
        rule=rule.id,
        title=rule.title,
        unit=outcome.unit,
        period=outcome.period,
        severity=outcome.severity,
        law_date=run.ledger.law_date(outcome.unit),
        outcome=outcome.outcome,
        reason=outcome.reason,
        figures=tuple(
            _figure(run, outcome, name, operand) for name, operand in operands.items() if name not in rates
        ),
        rates=tuple(_figure(run, outcome, name, operand) for name, operand in rates.items()),
        assumptions=outcome.assumptions,
        condition=_condition(run, rule, outcome),
        check=_check(run, rule, outcome),
        target=outcome.target.text if outcome.target else "",
        history=tuple(_history(run, rule, outcome.unit)),
        citation=compose_citation(run.pack, outcome.citation, outcome.common),
        disputed_by=outcome.disputed_by,
        earlier_disputed_by=outcome.earlier_disputed_by,
        changelog=tuple(_changes(run.pack, rule)),
        used_by=tuple(_uses(run, outcome, outcomes)),
        fix=finding.fix if finding else "",
        waived=outcome.waived,
        waivers=finding.waivers if finding else (),
        explanation=finding.explanation if finding else None,
    )


def _figure(run: Run, outcome: Outcome, name: str, operand: Operand) -> TracedFigure:
    return TracedFigure(
        name=name,
        label=_label(run, outcome.unit, name),
        text=operand.text,
        exact=operand.value,
        as_written=operand.as_written,
        place=operand.place,
        assumed=operand.assumed,
        derived_from=operand.derived_from,
    )


def _label(run: Run, unit: str, name: str) -> str:
    """The label of a name of the rule language; of `indicator@unit` with the unit below; else the name."""
    bare, _, below = name.partition("@")
    if bare in run.pack.indicator:
        label = run.pack.indicator[bare].label
    elif bare in run.register.units:
        return run.register.units[bare].label
    elif _is_named(run.pack, bare):
        label = run.ledger.named(unit, bare).label
        label = text("trace.stated", label=label) if bare.startswith("stated.") else label
    else:
        return name
    return text("trace.of_unit", label=label, unit=run.register.units[below].label) if below else label


def _is_named(pack: RulePack, name: str) -> bool:
    """Whether the ledger knows the name: a prefix of the rule language before an id of the pack."""
    prefix, _, rest = name.partition(".")
    known = {"rate": pack.rate, "stated": pack.rate, "target": pack.target}
    if prefix in known:
        return rest in known[prefix]
    if prefix in ("low", "high"):
        return rest in pack.indicator
    if prefix in ("previous", "same_period_last_year"):
        return rest in pack.indicator or _is_named(pack, rest)
    return prefix in ("unit", "period") or rest.removeprefix("sum.") in pack.indicator


def _condition(run: Run, rule: Rule, outcome: Outcome) -> TracedExpression | None:
    expression = run.compiled.conditions.get(rule.id)
    return _expression(run, rule, outcome, expression) if expression else None


def _check(run: Run, rule: Rule, outcome: Outcome) -> TracedExpression:
    if rule.id in run.compiled.expressions:
        return _expression(run, rule, outcome, run.compiled.expressions[rule.id])
    if rule.check is not None and not isinstance(rule.check, str):
        return _named_check(rule.check, outcome)
    return _comparison(run, rule, outcome)


def _named_check(check: NamedCheck, outcome: Outcome) -> TracedExpression:
    """What no expression says, in words; the arithmetic is that of the reason."""
    (kind,) = check.model_dump()
    return TracedExpression(
        written=check.model_dump_json(), labelled=text(f"trace.named.{kind}"), put_in=outcome.reason
    )


def _expression(run: Run, rule: Rule, outcome: Outcome, expression: Expression) -> TracedExpression:
    names = sorted(names_of(expression.tree))
    known = {figure.name: figure for figure in resolve_operands(run, rule, outcome.unit, names)}
    return TracedExpression(
        written=expression.text.strip(),
        labelled=write_with(expression.tree, lambda name: text("trace.quoted", label=known[name].label)),
        put_in=write_with(expression.tree, lambda name: known[name].number or text("trace.lacking")),
    )


def _comparison(run: Run, rule: Rule, outcome: Outcome) -> TracedExpression:
    """A target rule: what it measures against which target."""
    limit = rule.at_least or rule.at_most
    if limit is None:
        return TracedExpression(written=" / ".join(rule.all_measures))
    sign = _SIGN[rule.at_least is not None]
    shown, goal = _SHOWN_SIGN[sign], outcome.target.text if outcome.target else text("trace.lacking")
    figures = {name: run.ledger.measure(outcome.unit, name) for name in rule.all_measures}
    target = run.pack.target[limit].label
    return TracedExpression(
        written="; ".join(f"{name} {sign} target.{limit}" for name in figures),
        labelled="; ".join(f"«{figure.label}» {shown} «{target}»" for figure in figures.values()),
        put_in="; ".join(f"{_with_formula(figure)} {shown} {goal}" for figure in figures.values()),
    )


def _with_formula(figure: Figure) -> str:
    """`2.737/6.522 = 41,97%`; a figure that was reported stands alone."""
    if figure.value is None:
        return text("trace.lacking")
    is_rate = figure.name.startswith("rate.")
    return f"{figure.derived_from} = {figure.number}" if is_rate else figure.number


def _history(run: Run, rule: Rule, unit: str) -> Iterator[TracedTarget]:
    """Every value of the targets that the rule reads, the one in force at the unit marked."""
    level, day = run.register.units[unit].level, run.ledger.law_date(unit)
    for name in _targets(run, rule):
        target = run.pack.target[name]
        counted = value_in_force(target, level, day)
        for dated in sorted(target.values, key=lambda value: value.effective_from):
            exact = Fraction(dated.value)
            is_share = any(run.ledger.measure(unit, one).measure == "percent" for one in rule.all_measures)
            yield TracedTarget(
                value=show_percent(exact) if is_share else show_decimal(exact),
                effective_from=dated.effective_from,
                due=dated.due,
                levels=dated.levels,
                citation=compose_citation(run.pack, dated.citation, dated.common),
                checked_on=dated.checked_on,
                in_force=dated == counted,
            )


def _targets(run: Run, rule: Rule) -> tuple[str, ...]:
    expression = run.compiled.expressions.get(rule.id)
    named = sorted(names_of(expression.tree)) if expression else []
    read = [name.removeprefix("target.") for name in named if name.startswith("target.")]
    return tuple(dict.fromkeys(name for name in (rule.at_least, rule.at_most, *read) if name))


def _changes(pack: RulePack, rule: Rule) -> Iterator[str]:
    for header in pack.chain:
        for change in header.changelog:
            if rule.id in change.rules:
                yield _say_change(pack, header.id, change)


def _say_change(pack: RulePack, name: str, change: Change) -> str:
    citation = compose_citation(pack, change.citation)
    return text(
        "trace.change",
        pack=name,
        version=change.version,
        released=format_date(change.released),
        kind=text(f"trace.change_kind.{change.kind}"),
        start=format_date(change.affects_from),
        reason=f"{change.reason} {citation}".strip(),
    )


def _uses(run: Run, outcome: Outcome, outcomes: Iterable[Outcome]) -> Iterator[SharedUse]:
    """The other decided outcomes of the period that rest on a figure of this one."""
    own = _figures_of(outcome)
    for other in outcomes:
        if other.id == outcome.id or other.period != outcome.period or other.outcome == "not_applicable":
            continue
        shared = own & _figures_of(other)
        if shared:
            yield SharedUse(
                id=other.id,
                rule=other.rule,
                title=run.pack.rule[other.rule].title,
                unit=other.unit,
                outcome=other.outcome,
                figures=tuple(sorted(_label(run, unit, name) for unit, name in shared)),
            )


def _figures_of(outcome: Outcome) -> frozenset[tuple[str, str]]:
    """The reported figures that an outcome rests on, as unit and name."""
    found = set()
    for name in outcome.operands:
        bare, _, below = name.partition("@")
        if not bare.startswith(_SETTINGS) and "." in bare:
            found.add((below or outcome.unit, bare.removeprefix("low.").removeprefix("high.")))
    return frozenset(found)
