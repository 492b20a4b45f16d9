"""Which condition over columns says the same as the tree of an expression?"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from compliance.engine.columnar_operands import BeyondColumnsError
from compliance.engine.columnar_terms import (
    Constant,
    Operation,
    Ratio,
    Term,
    absolute,
    add,
    compare,
    constant,
    extreme,
    multiply,
    negate,
    subtract,
)
from compliance.engine.syntax import Binary, Call, Compare, Logic, Name, Number, Text, Truth, Unary
from compliance.model.submission import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.engine.columnar_operands import Operand
    from compliance.engine.columnar_terms import ColumnNode
    from compliance.engine.syntax import Node

_COMPUTE = {"+": add, "-": subtract, "*": multiply}


def condition_of(tree: Node, operands: Mapping[str, Operand]) -> ColumnNode:
    """The condition that a boolean tree states; it counts only where no operand is missing.

    Raises:
        BeyondColumnsError: it rounds.
        DoesNotFitError: a number in it could pass the limit.
    """
    match tree:
        case Unary("not", operand):
            return negate(condition_of(operand, operands))
        case Logic(word, left, right):
            return Operation(word, (condition_of(left, operands), condition_of(right, operands)))
        case Compare():
            return _compare(tree, operands)
    return _plain(tree, operands)


def _compare(tree: Compare, operands: Mapping[str, Operand]) -> ColumnNode:
    if _is_number(tree.left, operands):
        left, right = (_number(side, operands) for side in (tree.left, tree.right))
        return compare(tree.sign, left, right)
    sides = (condition_of(tree.left, operands), condition_of(tree.right, operands))
    return Operation(tree.sign, sides)


def _is_number(node: Node, operands: Mapping[str, Operand]) -> bool:
    if isinstance(node, Name):
        return isinstance(operands[node.name].value, Term | Ratio)
    return isinstance(node, Number | Binary | Call) or (isinstance(node, Unary) and node.sign == "-")


def _plain(node: Node, operands: Mapping[str, Operand]) -> ColumnNode:
    """A yes or no, a day or a level."""
    match node:
        case Truth():
            return Constant(node.value)
        case Text():
            return Constant(LEVELS.index(node.value))
        case Name(name):
            value = operands[name].value
            if not isinstance(value, Term | Ratio):
                return value
    raise BeyondColumnsError("measure_type")


def _number(node: Node, operands: Mapping[str, Operand]) -> Term | Ratio:
    if isinstance(node, Name):
        value = operands[node.name].value
        if not isinstance(value, Term | Ratio):
            raise BeyondColumnsError("measure_type", node.name)
        return value
    return _term(node, operands)


def _term(node: Node, operands: Mapping[str, Operand]) -> Term:
    match node:
        case Number():
            return constant(node.value)
        case Unary("-", operand):
            return subtract(constant(0), _term(operand, operands))
        case Binary(sign, left, right):
            return _COMPUTE[sign](_term(left, operands), _term(right, operands))
        case Call():
            return _call(node, [_term(argument, operands) for argument in node.arguments])
    value = _number(node, operands)
    if isinstance(value, Ratio):
        raise BeyondColumnsError("measure_type")
    return value


def _call(node: Call, arguments: list[Term]) -> Term:
    match node.function:
        case "abs":
            return absolute(arguments[0])
        case "min" | "max":
            sign = node.function
            return reduce(lambda left, right: extreme(sign, left, right), arguments)
    raise BeyondColumnsError("round")
