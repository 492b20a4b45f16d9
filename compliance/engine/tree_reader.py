"""How is the expression library's syntax tree read into ours, with the place of each operand?

The library forgets where things stand, but its tree keeps the order of the operands, so the tokens tell the
place of each. Its nodes are known by their names alone: the library is imported in `expressions` only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliance.engine.guard import TRUTH_WORDS
from compliance.engine.syntax import Binary, Call, Compare, Logic, Name, Number, Text, Truth, Unary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.engine.guard import Token
    from compliance.engine.syntax import ArithmeticSign, ComparisonSign, LogicWord, Node, PrefixSign

_PREFIXES: Mapping[str, PrefixSign] = {"not": "not", "uminus": "-"}
_ARITHMETIC: Mapping[str, ArithmeticSign] = {"add": "+", "sub": "-", "mul": "*"}
_COMPARISONS: Mapping[str, ComparisonSign] = {
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
}
_LOGIC: Mapping[str, LogicWord] = {"and": "and", "or": "or"}
_BINARY_NODES = {
    "AddExpression": _ARITHMETIC,
    "SubtractExpression": _ARITHMETIC,
    "ArithmeticExpression": _ARITHMETIC,
    "ComparisonExpression": _COMPARISONS,
    "ArithmeticComparisonExpression": _COMPARISONS,
    "LogicExpression": _LOGIC,
}
_NAMED = ("name", "function")


class ForeignConstructError(ValueError):
    """The tree has a construct that the language of packs lacks."""


def read_tree(expression: Any, tokens: Sequence[Token]) -> Node:
    """The library's expression in our terms.

    Raises:
        ForeignConstructError: the language of packs lacks one of its constructs.
    """
    return _TreeReader(tokens).read(expression)


class _TreeReader:
    """One walk over a tree, from left to right, along the operands among the tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        kinds = (*_NAMED, "number", "text")
        self._operands = [token for token in tokens if token.kind in kinds or token.text in TRUTH_WORDS]
        self._next = 0

    def read(self, node: Any) -> Node:
        match type(node).__name__:
            case "SymbolExpression" | "GetAttributeExpression":
                return Name(_join_segments(node), self._place_of_name())
            case "FloatExpression":
                return Number(node.value, self._place_of_literal())
            case "StringExpression":
                return Text(node.value, self._place_of_literal())
            case "BooleanExpression":
                return Truth(node.value, self._place_of_literal())
        return self._read_operation(node)

    def _read_operation(self, node: Any) -> Node:
        kind = type(node).__name__
        if kind == "FunctionCallExpression":
            at = self._place_of_name()
            return Call(node.function.name, tuple(self.read(argument) for argument in node.arguments), at)
        if kind == "UnaryExpression":
            return Unary(_PREFIXES[node.type], self.read(node.right))
        if kind in _BINARY_NODES and node.type in _BINARY_NODES[kind]:
            return self._join_sides(node.type, self.read(node.left), self.read(node.right))
        raise ForeignConstructError(kind)

    @staticmethod
    def _join_sides(operator: str, left: Node, right: Node) -> Node:
        if operator in _ARITHMETIC:
            return Binary(_ARITHMETIC[operator], left, right)
        if operator in _COMPARISONS:
            return Compare(_COMPARISONS[operator], left, right)
        return Logic(_LOGIC[operator], left, right)

    def _place_of_name(self) -> int:
        """The next name or function; the rest of several constants folded into one is passed over."""
        while self._operands[self._next].kind not in _NAMED:
            self._next += 1
        self._next += 1
        return self._operands[self._next - 1].at

    def _place_of_literal(self) -> int:
        operand = self._operands[min(self._next, len(self._operands) - 1)]
        self._next += operand.kind not in _NAMED
        return operand.at


def _join_segments(node: Any) -> str:
    """The dotted name behind a chain of attributes.

    Raises:
        ForeignConstructError: the chain does not begin with a name.
    """
    match type(node).__name__:
        case "SymbolExpression":
            return str(node.name)
        case "GetAttributeExpression":
            return f"{_join_segments(node.object)}.{node.name}"
    raise ForeignConstructError(type(node).__name__)
