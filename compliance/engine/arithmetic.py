"""How is the check of a rule said with a unit's figures in place of the names?

Walks the tree of an expression and computes on exact fractions, for print only: the verdict is the
expression's own.
`21.035 ≠ 20.549 + 485 = 21.034`: each computed side with its total, and the sign that is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from typing import TYPE_CHECKING

from compliance.engine.figures import show_value
from compliance.engine.linear import agree_by_rounding, stated_identity
from compliance.engine.syntax import Binary, Call, Compare, Logic, Name, Number, Text, Truth, Unary, names_of
from compliance.messages import text
from compliance.numerals import round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from compliance.engine.figures import Figure, Measure
    from compliance.engine.syntax import ComparisonSign, Leaf, Node

_SIGNS = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_NEGATED = {"==": "≠", "!=": "=", "<": "≥", "<=": ">", ">": "≤", ">=": "<"}
_MIRRORED: Mapping[ComparisonSign, ComparisonSign] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_COMPARE = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_OPERATORS = {"+": "+", "-": "−", "*": "×"}
_COMPUTE = {"+": add, "-": sub, "*": mul}


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a comparison of numbers, and whether it is true."""

    left: Fraction
    right: Fraction
    holds: bool


def compute(node: Node, figures: Mapping[str, Figure]) -> Fraction | None:
    """What an arithmetic node comes to; None where it is not a number."""
    match node:
        case Number():
            return Fraction(node.value)
        case Name():
            return figures[node.name].fraction
        case Unary("-", operand):
            value = compute(operand, figures)
            return None if value is None else -value
        case Binary():
            left, right = compute(node.left, figures), compute(node.right, figures)
            return None if left is None or right is None else _COMPUTE[node.sign](left, right)
        case Call():
            return _call(node, [compute(argument, figures) for argument in node.arguments])
    return None


def _call(node: Call, arguments: Sequence[Fraction | None]) -> Fraction | None:
    known = [argument for argument in arguments if argument is not None]
    if len(known) < len(arguments):
        return None
    if node.function == "round":
        return Fraction(round_half_up(known[0], int(known[1]) if len(known) > 1 else 0))
    return {"abs": lambda: abs(known[0]), "min": lambda: min(known), "max": lambda: max(known)}[
        node.function
    ]()


def compare_sides(node: Node, figures: Mapping[str, Figure]) -> Sides | None:
    """The sides of a comparison of numbers; None for any other node."""
    if not isinstance(node, Compare):
        return None
    left, right = compute(node.left, figures), compute(node.right, figures)
    if left is None or right is None:
        return None
    return Sides(left, right, _COMPARE[node.sign](left, right))


def is_met_by_rounding(node: Node, figures: Mapping[str, Figure]) -> bool:
    """Whether an equality of printed percentages is off by no more than their rounding explains."""
    identity = stated_identity(node)
    if identity is None:
        return False
    printed = {
        name: (figures[name].exact, Fraction(1, 10 ** (figures[name].printed_decimals or 0)))
        for name in identity.coefficients
    }
    return agree_by_rounding(identity, printed)


def explain(node: Node, figures: Mapping[str, Figure]) -> str:
    """What was compared with what; of several conditions those that are false, or all where none is."""
    conditions = split_conditions(node)
    failed = [one for one in conditions if (sides := compare_sides(one, figures)) and not sides.holds]
    joint = f" {text('outcome.word.and')} "
    untrue = "≈" if is_met_by_rounding(node, figures) else ""
    return joint.join(_say(one, figures, untrue) for one in failed or conditions)


def split_conditions(node: Node) -> tuple[Node, ...]:
    """The conditions that `and` joins at the top."""
    if isinstance(node, Logic) and node.word == "and":
        return (*split_conditions(node.left), *split_conditions(node.right))
    return (node,)


def _say(node: Node, figures: Mapping[str, Figure], untrue: str) -> str:
    """A comparison with the sign that is true, or with `untrue` where it does not hold."""
    sides = compare_sides(node, figures)
    if not isinstance(node, Compare) or sides is None:
        return _answer(node, figures)
    sign = _SIGNS[node.sign] if sides.holds else untrue or _NEGATED[node.sign]
    measure = _measure_of(node, figures)
    left = _with_total(node.left, sides.left, figures, measure)
    right = _with_total(node.right, sides.right, figures, measure)
    return f"{left} {sign} {right}"


def _measure_of(node: Node, figures: Mapping[str, Figure]) -> Measure:
    """What the sides are: percentages where nothing else is added up in them, else plain numbers."""
    names = names_of(node)
    is_percent = names and all(figures[name].measure == "percent" for name in names)
    return "percent" if is_percent and not _has_product(node) else "amount"


def _has_product(node: Node) -> bool:
    match node:
        case Binary() | Compare() | Logic():
            is_product = isinstance(node, Binary) and node.sign == "*"
            return is_product or _has_product(node.left) or _has_product(node.right)
        case Unary():
            return _has_product(node.operand)
        case Call():
            return any(_has_product(argument) for argument in node.arguments)
    return False


def _answer(node: Node, figures: Mapping[str, Figure]) -> str:
    """A condition that compares no numbers, as it is asked; of a figure that is yes or no, what it says."""
    if isinstance(node, Name):
        figure = figures[node.name]
        return text("outcome.answer", label=figure.label, value=figure.number)
    return write_with(node, lambda name: figures[name].number)


def _with_total(node: Node, total: Fraction, figures: Mapping[str, Figure], measure: Measure) -> str:
    if isinstance(node, Number):
        return show_value(total, measure)
    written = write_with(node, lambda name: figures[name].number)
    is_computed = isinstance(node, Binary | Call)
    return f"{written} = {show_value(total, measure)}" if is_computed else written


def explain_ranges(node: Node, figures: Mapping[str, Figure]) -> tuple[str, str] | None:
    """Both sides of a check whether two ranges meet, each with its range; None for any other check.

    Such a check is `low.a <= high.b and high.a >= low.b`, each side an expression.
    """
    conditions = split_conditions(node)
    if len(conditions) != 2:  # noqa: PLR2004 - a range has two ends
        return None
    first, second = conditions
    if not isinstance(first, Compare) or not isinstance(second, Compare) or first.sign not in _MIRRORED:
        return None
    if second != Compare(_MIRRORED[first.sign], _flip(first.left), _flip(first.right)):
        return None
    return (
        _range(first.left, second.left, figures),
        _range(first.right, second.right, figures),
    )


def _flip(node: Node) -> Node:
    """The node with every lower bound in place of the upper one, and the reverse."""
    match node:
        case Name():
            return Name(_flip_name(node.name))
        case Binary():
            return Binary(node.sign, _flip(node.left), _flip(node.right))
    return node


def _flip_name(name: str) -> str:
    if name.startswith("low."):
        return f"high.{name.removeprefix('low.')}"
    return f"low.{name.removeprefix('high.')}" if name.startswith("high.") else name


def _range(one: Node, other: Node, figures: Mapping[str, Figure]) -> str:
    in_sum = isinstance(one, Binary)
    written = write_with(one, lambda name: _written_range(figures[name], in_sum=in_sum))
    ends = [compute(end, figures) for end in (one, other)]
    if not in_sum or None in ends:
        return written
    low, high = sorted(end for end in ends if end is not None)
    bounds = {"low": show_value(low, "amount"), "high": show_value(high, "amount")}
    return f"{written} = {text('outcome.range', **bounds)}"


def _written_range(bound: Figure, *, in_sum: bool) -> str:
    figure = bound.sources[0] if bound.sources else bound
    return f"({figure.number})" if in_sum and figure.value is None else figure.number


def write_with(node: Node, shown: Callable[[str], str]) -> str:
    """The expression in Vietnamese notation, each name as `shown` shows it."""
    match node:
        case Unary():
            sign = "−" if node.sign == "-" else f"{text('outcome.word.not')} "
            return f"{sign}{_part(node.operand, shown)}"
        case Call():
            arguments = "; ".join(write_with(argument, shown) for argument in node.arguments)
            return f"{text(f'outcome.function.{node.function}')}({arguments})"
        case Logic():
            parts = (_part(side, shown, loose=(Logic,)) for side in (node.left, node.right))
            return f" {text(f'outcome.word.{node.word}')} ".join(parts)
        case Compare():
            return f"{write_with(node.left, shown)} {_SIGNS[node.sign]} {write_with(node.right, shown)}"
        case Binary():
            return _write_binary(node, shown)
    return _write_leaf(node, shown)


def _write_leaf(node: Leaf, shown: Callable[[str], str]) -> str:
    match node:
        case Name():
            return shown(node.name)
        case Number():
            return show_value(node.value, "amount")
        case Text():
            return text(f"outcome.level.{node.value}")
        case Truth():
            return text(f"outcome.word.{str(node.value).lower()}")


def _write_binary(node: Binary, shown: Callable[[str], str]) -> str:
    """Parentheses only where the order of computing asks for them."""
    is_sum = node.sign in ("+", "-")
    left = write_with(node.left, shown) if is_sum else _part(node.left, shown)
    right = write_with(node.right, shown) if node.sign == "+" else _part(node.right, shown)
    return f"{left} {_OPERATORS[node.sign]} {right}"


def _part(
    node: Node, shown: Callable[[str], str], loose: tuple[type[Node], ...] = (Binary, Compare, Logic)
) -> str:
    """A part of something larger: in parentheses where it is of a kind that holds together more loosely."""
    written = write_with(node, shown)
    is_product = isinstance(node, Binary) and node.sign == "*"
    return f"({written})" if isinstance(node, loose) and not is_product else written
