"""Under which conditions of a row has a rule which outcome, in the interpreter's own order?

Withdrawn, level, dates, excerpt; then `when`; then what is missing; then the check. Outcomes and reason codes
are those of `applicability`, `expression_checks`, `targets` and `rollup`; the named checks stand apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.arithmetic import compare_sides, explain_ranges
from compliance.engine.columnar_expressions import condition_of
from compliance.engine.columnar_named import named_cases
from compliance.engine.columnar_operands import BeyondColumnsError
from compliance.engine.columnar_stated import agree_by_rounding
from compliance.engine.columnar_terms import (
    Column,
    Constant,
    Operation,
    Ratio,
    Term,
    both,
    compare,
    either,
    missing,
    negate,
)
from compliance.engine.columnar_verdicts import DERIVED_UNIT, NO_TARGET, Code, RulePlan, lack_cases
from compliance.engine.figures import Figure
from compliance.engine.linear import stated_identity
from compliance.engine.syntax import Name, leaves_of
from compliance.model.named_checks import RollUp, Submitted
from compliance.model.submission import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compliance.engine.columnar_operands import Operand, Operands
    from compliance.engine.columnar_terms import ColumnNode
    from compliance.engine.columnar_verdicts import Case, Cases
    from compliance.engine.expressions import CompiledPack, Expression
    from compliance.model.rulepack import Rule


def plan_rule(compiled: CompiledPack, rule: Rule, operands: Operands) -> RulePlan:
    """The cases of one rule.

    Raises:
        BeyondColumnsError: the columnar engine cannot say it.
        DoesNotFitError: its arithmetic is not proven to fit.
    """
    on_absent = isinstance(rule.check, Submitted)
    withdrawn = any(item.id == rule.id for item in compiled.pack.withdrawn)
    if withdrawn:
        return RulePlan(rule.id, (), Code("not_applicable", "withdrawn"), on_absent)
    operands.on_absent = on_absent
    condition = compiled.conditions.get(rule.id)
    check, otherwise = _check(compiled, rule, operands)
    cases = [*_exclusions(rule), *(_condition(rule, condition, operands) if condition else ()), *check]
    return RulePlan(rule.id, tuple(cases), otherwise, on_absent)


def _exclusions(rule: Rule) -> Iterator[Case]:
    if not set(LEVELS) <= set(rule.applies_to):
        levels = [Operation("==", (Column("unit.level"), _level(level))) for level in rule.applies_to]
        of_other = negate(either(*levels)) if levels else Constant(value=True)
        yield of_other, Code("not_applicable", "other_level")
    day = Column("law_date")
    early = Operation("<", (day, Constant(rule.effective_from)))
    yield early, Code("not_applicable", "not_yet_effective")
    if rule.effective_until is not None:
        late = Operation(">", (day, Constant(rule.effective_until)))
        yield late, Code("not_applicable", "no_longer_effective")
    if rule.kind == "completeness" and not isinstance(rule.check, Submitted):
        yield DERIVED_UNIT
        yield negate(Column("is_own_report")), Code("not_applicable", "excerpt")


def _level(level: str) -> Constant:
    return Constant(LEVELS.index(level))


def _operands_of(rule: Rule, expression: Expression, operands: Operands) -> Mapping[str, Operand]:
    """The operands by name, as the names first appear."""
    names = dict.fromkeys(leaf.name for leaf in leaves_of(expression.tree) if isinstance(leaf, Name))
    return {name: operands.named(name, frozenset(names) - {name}, rule.assume) for name in names}


def _condition(rule: Rule, expression: Expression, operands: Operands) -> Iterator[Case]:
    named = _operands_of(rule, expression, operands)
    for operand in named.values():
        yield from lack_cases(operand)
    yield negate(condition_of(expression.tree, named)), Code("not_applicable", "condition")


def _check(compiled: CompiledPack, rule: Rule, operands: Operands) -> Cases:
    match rule.check:
        case None:
            return _target(rule, operands)
        case str():
            return _expression(compiled.expressions[rule.id], rule, operands)
        case RollUp(rollup=indicator):
            return _rollup(indicator, operands)
    return named_cases(rule.id, rule.check, operands)


def _expression(expression: Expression, rule: Rule, operands: Operands) -> Cases:
    named = _operands_of(rule, expression, operands)
    cases: list[Case] = []
    if any(name.startswith("children.") for name in named):
        cases.append(DERIVED_UNIT)
    for operand in named.values():
        cases += [(lack, NO_TARGET) for lack, code in operand.lacks if code == "no_target"]
    for operand in named.values():
        if operand.circular is not None:
            cases.append((operand.circular, Code("no_data", "circular")))
        cases += lack_cases(operand)
    when_true, when_false = _reasons(expression, named)
    condition = condition_of(expression.tree, named)
    identity = stated_identity(expression.tree)
    if identity is not None:
        condition = either(condition, agree_by_rounding(identity, operands))
    cases.append((condition, Code("pass", when_true)))
    return cases, Code("fail", when_false)


def _reasons(expression: Expression, named: Mapping[str, Operand]) -> tuple[str, str]:
    """The reason codes of pass and fail, asked of the interpreter on figures without a meaning."""
    blank = {name: _blank(name, operand) for name, operand in named.items()}
    if explain_ranges(expression.tree, blank) is not None:
        return "ranges_meet", "ranges_apart"
    if compare_sides(expression.tree, blank) is None:
        return "holds", "does_not_hold"
    return "holds", "differs"


def _blank(name: str, operand: Operand) -> Figure:
    is_number = isinstance(operand.value, Term | Ratio)
    return Figure(name, "", "count" if is_number else "boolean", value=1 if is_number else True)


def _target(rule: Rule, operands: Operands) -> Cases:
    measures = [_measure(rule, name, operands) for name in rule.all_measures]
    limit = rule.at_least or rule.at_most
    lacks = [case for measure in measures for case in lack_cases(measure)]
    if limit is None:
        return lacks, NO_TARGET
    goal = operands.named(f"target.{limit}", frozenset(), {})
    met = [_meets(rule, measure, goal) for measure in measures]
    cases: list[Case] = [(lack, NO_TARGET) for lack, _ in goal.lacks]
    cases += lacks
    cases.append((both(*met), Code("pass", "met" if len(met) == 1 else "met_by_all")))
    if len(met) > 1:
        cases.append((either(*met), Code("no_data", "denominator_unsettled")))
    return [*cases, *_miss(limit, single=len(met) == 1)], _missed("missed_overdue", single=len(met) == 1)


def _measure(rule: Rule, name: str, operands: Operands) -> Operand:
    full = f"rate.{name}" if name in operands.pack.rate else name
    operand = operands.named(full, frozenset(), rule.assume)
    if not isinstance(operand.value, Term | Ratio):
        raise BeyondColumnsError("measure_type", name)
    return operand


def _meets(rule: Rule, measure: Operand, goal: Operand) -> ColumnNode:
    if not isinstance(measure.value, Term | Ratio) or not isinstance(goal.value, Term | Ratio):
        raise BeyondColumnsError("measure_type", measure.name)
    return compare("<=" if rule.at_most else ">=", measure.value, goal.value)


def _miss(limit: str, *, single: bool) -> Sequence[Case]:
    due = Column(f"due.{limit}")
    in_time = Operation("<=", (Column("law_date"), due))
    return (
        (missing(due), _missed("missed", single=single)),
        (in_time, _missed("not_yet_reached", single=single)),
    )


def _missed(code: str, *, single: bool) -> Code:
    return Code("fail", code if single else f"{code}_by_all")


def _rollup(indicator: str, operands: Operands) -> Cases:
    """The whole against the units right below: equal where all have a figure, at least where some have."""
    whole = operands.named(indicator, frozenset(), {})
    children = operands.named(f"children.sum.{indicator}", frozenset(), {})
    expected, count = operands.children_counts(indicator)
    if not isinstance(whole.value, Term) or not isinstance(children.value, Term):
        raise BeyondColumnsError("measure_type", indicator)
    partial = Operation("<", (count, expected))
    cases: list[Case] = [
        DERIVED_UNIT,
        (Operation("==", (expected, Constant(0))), Code("not_applicable", "no_children_report")),
        *lack_cases(whole),
        (Operation("==", (count, Constant(0))), Code("no_data", "children")),
        (both(partial, compare(">=", whole.value, children.value)), Code("pass", "rollup_at_least")),
        (partial, Code("fail", "rollup_exceeded")),
        (compare("==", whole.value, children.value), Code("pass", "rollup_equal")),
    ]
    return cases, Code("fail", "rollup_unequal")
