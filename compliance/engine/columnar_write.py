"""How are planned rules written as expressions of the columnar engines, each condition once?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import narwhals as nw

from compliance.engine.columnar_terms import Column, Constant, Operation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from compliance.engine.columnar_terms import ColumnNode
    from compliance.engine.columnar_verdicts import RulePlan


def decide_rules(
    rules: Sequence[RulePlan], codes: Mapping[Any, int]
) -> tuple[Sequence[nw.Expr], Sequence[nw.Expr]]:
    """Conditions that several rules ask, as columns of their own, and then a column for each rule.

    A rule's column has the place of its outcome in `codes`.
    """
    cases = [_first_cases(rule) for rule in rules]
    asked = Counter(condition for of_rule in cases for condition in of_rule)
    shared = {
        condition: f"if:{place}"
        for place, (condition, times) in enumerate(asked.items())
        if times > 1 and isinstance(condition, Operation)
    }
    decided = []
    for rule, of_rule in zip(rules, cases, strict=True):
        value: nw.Expr = nw.lit(codes[rule.otherwise], nw.Int8())
        for condition in reversed(of_rule):
            holds = nw.col(shared[condition]) if condition in shared else _write(condition)
            value = nw.when(holds).then(nw.lit(codes[of_rule[condition]], nw.Int8())).otherwise(value)
        decided.append(value.alias(rule.rule))
    return [_write(condition).alias(name) for condition, name in shared.items()], decided


def _first_cases(rule: RulePlan) -> dict[ColumnNode, Any]:
    """The code of each condition; one that was asked before has no say any more."""
    first: dict[ColumnNode, Any] = {}
    for condition, code in rule.cases:
        first.setdefault(condition, code)
    return first


def _write(node: ColumnNode) -> nw.Expr:
    """The node as an expression of the columnar engine."""
    match node:
        case Column(name):
            return nw.col(name)
        case Constant(value):
            is_number = isinstance(value, int) and not isinstance(value, bool)
            return nw.lit(value, nw.Int64()) if is_number else nw.lit(value)
    return _operate(node.sign, [_write(operand) for operand in node.operands])


def _operate(sign: str, operands: Sequence[nw.Expr]) -> nw.Expr:
    operation: Callable[..., nw.Expr] = (_PREFIXES if len(operands) == 1 else _BETWEEN)[sign]
    return operation(*operands)


_PREFIXES: Mapping[str, Any] = {
    "not": lambda one: ~one,
    "missing": lambda one: one.is_null(),
    "abs": lambda one: one.abs(),
}
_BETWEEN: Mapping[str, Any] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "and": lambda left, right: left & right,
    "or": lambda left, right: left | right,
    "min": lambda left, right: nw.when(left <= right).then(left).otherwise(right),
    "max": lambda left, right: nw.when(left >= right).then(left).otherwise(right),
    "fill": nw.coalesce,
}
