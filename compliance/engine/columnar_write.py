"""How is a planned rule written as one expression of the columnar engines?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from compliance.engine.columnar_terms import Column, Constant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from compliance.engine.columnar_cases import RulePlan
    from compliance.engine.columnar_terms import ColumnNode


def decide_rule(rule: RulePlan, codes: Mapping[Any, int]) -> nw.Expr:
    """The column of a rule, with the place of its outcome in `codes`."""
    decided: nw.Expr = nw.lit(codes[rule.otherwise], nw.Int8())
    for condition, code in reversed(rule.cases):
        decided = nw.when(_write(condition)).then(nw.lit(codes[code], nw.Int8())).otherwise(decided)
    return decided.alias(rule.rule)


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
