"""Which whole-number arithmetic says the same as an expression, and can it be proven to fit into 64 bits?

A column holds decimals as whole numbers: `scale` 2 means hundredths. Each term knows the least and the
greatest value that it can take; a term that could pass 2^63 - 1 is never made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from compliance.engine.syntax import ComparisonSign

LIMIT = 2**63 - 1
"""The greatest number of a 64-bit column; beyond it a column wraps around without a word."""


@dataclass(frozen=True, slots=True)
class Column:
    """The value in a column, possibly missing."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """One value for every row."""

    value: bool | int | date | str


@dataclass(frozen=True, slots=True)
class Operation:
    """What is computed from other nodes.

    Signs: `+ - *`, the comparisons, `and or not`, `abs min max`, `missing` (is null) and `fill` (the first,
    or the second where that is missing).
    """

    sign: str
    operands: tuple[ColumnNode, ...]


ColumnNode = Column | Constant | Operation


class DoesNotFitError(ArithmeticError):
    """A term could pass 2^63 - 1 within the declared ranges."""


@dataclass(frozen=True, slots=True)
class Term:
    """A number: `node` counts units of 10^-scale and lies in low..high."""

    node: ColumnNode
    scale: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """A percentage that is never divided out: 100 × numerator / denominator, the denominator above 0."""

    numerator: Term
    denominator: Term


def both(*conditions: ColumnNode) -> ColumnNode:
    """Whether all of one or more conditions hold."""
    first, *rest = conditions
    for condition in rest:
        first = Operation("and", (first, condition))
    return first


def either(*conditions: ColumnNode) -> ColumnNode:
    """Whether any of one or more conditions holds."""
    first, *rest = conditions
    for condition in rest:
        first = Operation("or", (first, condition))
    return first


def negate(condition: ColumnNode) -> ColumnNode:
    """Whether a condition does not hold."""
    return Operation("not", (condition,))


def missing(node: ColumnNode) -> ColumnNode:
    """Whether a value is missing."""
    return Operation("missing", (node,))


def given(node: ColumnNode) -> ColumnNode:
    """Whether a value is there."""
    return negate(missing(node))


def constant(value: Decimal | int) -> Term:
    """A number as written, without loss.

    Raises:
        DoesNotFitError: it has more digits than a column holds.
    """
    scale = max(0, -int(_exponent(value)))
    scaled = int(value * 10**scale)
    return _proven(Term(Constant(scaled), scale, scaled, scaled))


def _exponent(value: Decimal | int) -> int:
    """The power of ten of the last digit that is not 0 behind the point, or 0."""
    if isinstance(value, int):
        return 0
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def rescale(term: Term, scale: int) -> Term:
    """The same number in smaller units.

    Raises:
        DoesNotFitError: it could pass the limit there.
    """
    if scale == term.scale:
        return term
    factor = 10 ** (scale - term.scale)
    if isinstance(term.node, Constant):
        node: ColumnNode = Constant(int(term.node.value) * factor)  # type: ignore[arg-type] # of a term: a number
    else:
        node = Operation("*", (term.node, Constant(factor)))
    return _proven(Term(node, scale, term.low * factor, term.high * factor))


def align(left: Term, right: Term) -> tuple[Term, Term]:
    """Both in the smaller of their units."""
    scale = max(left.scale, right.scale)
    return rescale(left, scale), rescale(right, scale)


def add(left: Term, right: Term) -> Term:
    """The sum."""
    left, right = align(left, right)
    return _computed("+", left, right, (left.low + right.low, left.high + right.high), left.scale)


def subtract(left: Term, right: Term) -> Term:
    """The difference."""
    left, right = align(left, right)
    return _computed("-", left, right, (left.low - right.high, left.high - right.low), left.scale)


def multiply(left: Term, right: Term) -> Term:
    """The product."""
    corners = [one * other for one in (left.low, left.high) for other in (right.low, right.high)]
    return _computed("*", left, right, (min(corners), max(corners)), left.scale + right.scale)


def absolute(term: Term) -> Term:
    """The number without its sign."""
    least = 0 if term.low <= 0 <= term.high else min(abs(term.low), abs(term.high))
    return Term(Operation("abs", (term.node,)), term.scale, least, max(abs(term.low), abs(term.high)))


def extreme(sign: str, left: Term, right: Term) -> Term:
    """The smaller (`min`) or the greater (`max`) of two numbers."""
    choose = min if sign == "min" else max
    left, right = align(left, right)
    node = Operation(sign, (left.node, right.node))
    return Term(node, left.scale, choose(left.low, right.low), choose(left.high, right.high))


def fill(term: Term, value: Decimal | int) -> Term:
    """The number, or `value` where it is missing."""
    term, other = align(term, constant(value))
    low, high = min(term.low, other.low), max(term.high, other.high)
    return Term(Operation("fill", (term.node, other.node)), term.scale, low, high)


def compare(sign: ComparisonSign, left: Term | Ratio, right: Term | Ratio) -> ColumnNode:
    """A comparison of two numbers; a ratio is multiplied out, never divided.

    Raises:
        DoesNotFitError: a product could pass the limit.
    """
    above, below = _numerator(left), _numerator(right)
    if isinstance(right, Ratio):
        above = multiply(above, right.denominator)
    if isinstance(left, Ratio):
        below = multiply(below, left.denominator)
    if isinstance(left, Ratio) != isinstance(right, Ratio):
        above, below = _in_points(above, left), _in_points(below, right)
    above, below = align(above, below)
    return Operation(sign, (above.node, below.node))


def _numerator(side: Term | Ratio) -> Term:
    return side.numerator if isinstance(side, Ratio) else side


def _in_points(term: Term, side: Term | Ratio) -> Term:
    return multiply(term, constant(100)) if isinstance(side, Ratio) else term


def _computed(sign: str, left: Term, right: Term, bounds: tuple[int, int], scale: int) -> Term:
    return _proven(Term(Operation(sign, (left.node, right.node)), scale, *bounds))


def _proven(term: Term) -> Term:
    if max(-term.low, term.high) > LIMIT:
        raise DoesNotFitError(str(max(-term.low, term.high)))
    return term
