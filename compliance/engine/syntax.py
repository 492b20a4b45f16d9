"""What does an expression say, as a tree that needs no expression library?

Read by the type check, by localization (linear identities) and by the columnar engine. Places do not
count in a comparison: two expressions that say the same have equal trees.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from decimal import Decimal

ArithmeticSign = Literal["+", "-", "*"]
ComparisonSign = Literal["==", "!=", "<", "<=", ">", ">="]
LogicWord = Literal["and", "or"]
PrefixSign = Literal["not", "-"]
FunctionName = Literal["abs", "min", "max", "round"]


@dataclass(frozen=True, slots=True)
class Name:
    """A declared name; `at` is where it stands, in characters from 0, here and in the other nodes."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, or what several written numbers come to."""

    value: Decimal
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A text, which is always a level."""

    value: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Truth:
    """`true` or `false`."""

    value: bool
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Unary:
    """A prefix: negation of a condition, or of a number."""

    sign: PrefixSign
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """A sum, a difference or a product."""

    sign: ArithmeticSign
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two values."""

    sign: ComparisonSign
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic:
    """Both, or either, of two conditions."""

    word: LogicWord
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the language over its arguments."""

    function: FunctionName
    arguments: tuple[Node, ...]
    at: int = field(default=0, compare=False)


Node = Name | Number | Text | Truth | Unary | Binary | Compare | Logic | Call
Leaf = Name | Number | Text | Truth


def leaves_of(node: Node) -> Iterator[Leaf]:
    """Its leaves, from left to right."""
    match node:
        case Unary():
            yield from leaves_of(node.operand)
        case Binary() | Compare() | Logic():
            yield from leaves_of(node.left)
            yield from leaves_of(node.right)
        case Call():
            for argument in node.arguments:
                yield from leaves_of(argument)
        case _:
            yield node


def names_of(node: Node) -> frozenset[str]:
    """The names that it reads."""
    return frozenset(leaf.name for leaf in leaves_of(node) if isinstance(leaf, Name))


def start_of(node: Node) -> int:
    """Where its first operand stands, in characters from 0."""
    match node:
        case Unary():
            return start_of(node.operand)
        case Binary() | Compare() | Logic():
            return start_of(node.left)
    return node.at


_STRENGTH = {
    "or": 1,
    "and": 2,
    "not": 3,
    "==": 4,
    "!=": 4,
    "<": 5,
    "<=": 5,
    ">": 5,
    ">=": 5,
    "+": 6,
    "-": 6,
    "*": 7,
}
_MINUS, _LEAF = 8, 9
_CHAINED = frozenset({"or", "and", "+", "-", "*"})
"""Signs that may follow each other without parentheses, read from the left."""


def write(node: Node, shown: Callable[[str], str] = str) -> str:
    """The expression written out, each name as `shown` shows it; read back it gives the same tree."""
    return _write(node, shown)[0]


def _write(node: Node, shown: Callable[[str], str]) -> tuple[str, int]:
    """The text of a node, and how strongly it holds together."""
    match node:
        case Binary(sign, left, right) | Compare(sign, left, right) | Logic(sign, left, right):
            return _join(sign, left, right, shown), _STRENGTH[sign]
        case Unary("not", operand):
            return f"not {_part(operand, shown, _STRENGTH['not'])}", _STRENGTH["not"]
        case Unary(_, operand):
            return f"-{_part(operand, shown, _MINUS)}", _MINUS
        case Call():
            arguments = ", ".join(write(argument, shown) for argument in node.arguments)
            return f"${node.function}({arguments})", _LEAF
        case Number():
            return f"{node.value:f}", _LEAF if node.value >= 0 else _MINUS
    return _write_word(node, shown), _LEAF


def _write_word(node: Name | Text | Truth, shown: Callable[[str], str]) -> str:
    if isinstance(node, Name):
        return shown(node.name)
    return f'"{node.value}"' if isinstance(node, Text) else str(node.value).lower()


def _join(sign: str, left: Node, right: Node, shown: Callable[[str], str]) -> str:
    strength = _STRENGTH[sign]
    before = _part(left, shown, strength if sign in _CHAINED else strength + 1)
    return f"{before} {sign} {_part(right, shown, strength + 1)}"


def _part(node: Node, shown: Callable[[str], str], needed: int) -> str:
    text, strength = _write(node, shown)
    return text if strength >= needed else f"({text})"
