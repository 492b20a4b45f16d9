"""Does an expression compute numbers with numbers, compare like with like, and come to yes or no?

The expression library refuses only some of this: to it `a == "x"`, `a and b` over numbers and a bare number
as a rule are all well. Everything wrong is said at once, each at the operand that it is about.
"""

from __future__ import annotations

from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING

from compliance.engine.guard import FUNCTIONS
from compliance.engine.refusals import refuse
from compliance.engine.syntax import (
    Binary,
    Call,
    Compare,
    Logic,
    Name,
    Number,
    Text,
    Unary,
    names_of,
    start_of,
    write,
)
from compliance.messages import text
from compliance.model.submission import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.engine.names import DeclaredName, ValueType
    from compliance.engine.refusals import Refusal
    from compliance.engine.syntax import Node

MAX_DECIMALS = 6
"""Decimals that `$round` may keep."""
_DECIMALS = tuple(Number(Decimal(decimals)) for decimals in range(MAX_DECIMALS + 1))


def check_types(tree: Node, declared: Mapping[str, DeclaredName]) -> tuple[Refusal, ...]:
    """Everything wrong with the types of an expression whose names are all declared, from left to right."""
    check = _TypeCheck(declared)
    check.condition(tree, "root_not_boolean")
    return tuple(sorted(check.refusals, key=lambda refusal: refusal.at))


class _TypeCheck:
    """One walk over a tree.

    A node has the type that its operator makes, whatever its operands are: one fault, one refusal.
    """

    def __init__(self, declared: Mapping[str, DeclaredName]) -> None:
        self.declared = declared
        self.refusals: list[Refusal] = []

    def _refuse(self, code: str, node: Node, **values: object) -> None:
        self.refusals.append(refuse(code, start_of(node), write(node), **values))

    def condition(self, node: Node, code: str = "condition_expected", **values: object) -> None:
        """Refuse what is not yes or no, or is so whatever the figures are."""
        kind = self._type(node)
        if kind != "boolean":
            self._refuse(code, node, **values, type=_word(kind))
        elif not names_of(node):
            self._refuse("constant", node)

    def _type(self, node: Node) -> ValueType:
        match node:
            case Name():
                return self.declared[node.name].type
            case Text():
                return "text"
            case Unary("not", operand):
                self.condition(operand, word="not")
            case Logic(word, left, right):
                self.condition(left, word=word)
                self.condition(right, word=word)
            case Compare():
                self._compare(node)
            case Number() | Unary() | Binary() | Call():
                self._compute(node)
                return "number"
        return "boolean"

    def _compute(self, node: Number | Unary | Binary | Call) -> None:
        match node:
            case Unary(sign, operand):
                self._number(operand, sign)
            case Binary(sign, left, right):
                self._number(left, sign)
                self._number(right, sign)
            case Call():
                self._call(node)

    def _call(self, node: Call) -> None:
        sign = f"${node.function}"
        fewest, most = FUNCTIONS[node.function]
        if not fewest <= len(node.arguments) <= most:
            self._refuse("arity", node, function=sign, count=len(node.arguments), fewest=fewest, most=most)
        for argument in node.arguments:
            self._number(argument, sign)
        decimals = node.arguments[1:] if node.function == "round" else ()
        if decimals and decimals[0] not in _DECIMALS:
            self._refuse("round_decimals", node, decimals=write(decimals[0]), most=MAX_DECIMALS)

    def _number(self, node: Node, sign: str) -> None:
        kind = self._type(node)
        if isinstance(node, Name) and self.declared[node.name].kind == "rate":
            self._refuse("rate_computed", node, sign=sign)
        elif kind != "number":
            self._refuse("number_expected", node, sign=sign, type=_word(kind))

    def _compare(self, node: Compare) -> None:
        left, right = self._type(node.left), self._type(node.right)
        if left != right:
            self._refuse("mixed_types", node, left=_word(left), right=_word(right))
        elif left == "text":
            self._compare_level(node)
        elif left == "boolean" and node.sign not in ("==", "!="):
            self._refuse("unordered", node, sign=node.sign)

    def _compare_level(self, node: Compare) -> None:
        """The only name that is a text is the unit's level; it is compared with a level that exists."""
        level = next((side for side in (node.left, node.right) if isinstance(side, Text)), None)
        if level is None or node.sign not in ("==", "!="):
            self._refuse("level_comparison", node, known=_quoted(LEVELS))
        elif level.value not in LEVELS:
            near = get_close_matches(level.value, LEVELS, n=1, cutoff=0.5) or LEVELS
            self._refuse("unknown_level", level, near=_quoted(near))


def _quoted(levels: Sequence[str]) -> str:
    return ", ".join(f'"{level}"' for level in levels)


def _word(kind: ValueType) -> str:
    return text(f"expression.type.{kind}")
