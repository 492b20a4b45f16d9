"""Which linear identity between figures does an equality state, and which bound does an inequality?

`dossiers.resolved == dossiers.resolved_in_time + dossiers.resolved_late` states one; localization looks
for the smallest set of figures whose change satisfies all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING

from compliance.engine.syntax import Binary, Compare, Name, Number, Unary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compliance.engine.syntax import ArithmeticSign, Node

_STATED = "stated."
_WHOLE_PERCENTS = (0, 100)
_CONSTANT = ""
"""The key of the constant among the terms: no name is empty."""
_Terms = dict[str, Fraction]


@dataclass(frozen=True, slots=True)
class Linear:
    """The identity Σ coefficient × figure + constant = 0, in whole numbers without a common divisor.

    The first figure by name has a positive coefficient, so equal identities are equal.
    """

    coefficients: Mapping[str, int]
    """By name, in the names' order; never 0."""
    constant: int


def linear_form(node: Node, is_figure: Callable[[str], bool]) -> Linear | None:
    """The identity that an equality of sums of figures states; None for anything else."""
    if not isinstance(node, Compare) or node.sign != "==":
        return None
    left, right = _terms(node.left, is_figure), _terms(node.right, is_figure)
    if left is None or right is None:
        return None
    return _in_whole_numbers(_add(left, right, Fraction(-1)))


@dataclass(frozen=True, slots=True)
class LinearBound:
    """The bound Σ coefficient × figure + constant ≤ 0, or < 0 where it is strict, in whole numbers."""

    coefficients: Mapping[str, int]
    """By name, in the names' order; never 0."""
    constant: int
    strict: bool


def linear_bound(node: Node, is_figure: Callable[[str], bool]) -> LinearBound | None:
    """The bound that a comparison of sums of figures states; None for anything else, equalities included."""
    if not isinstance(node, Compare) or node.sign not in {"<", "<=", ">", ">="}:
        return None
    left, right = _terms(node.left, is_figure), _terms(node.right, is_figure)
    if left is None or right is None:
        return None
    smaller, greater = (left, right) if node.sign in {"<", "<="} else (right, left)
    whole = _scale_to_whole(_add(smaller, greater, Fraction(-1)))
    if whole is None:
        return None
    return LinearBound(*whole, strict=node.sign in {"<", ">"})


def stated_identity(node: Node) -> Linear | None:
    """The identity that an equality of sums of nothing but stated rates states; None for anything else.

    Rates were rounded half-up when they were printed: two exact halves that add up to 100 % are printed with
    a sum one last digit above it. It holds where rates that round to the printed ones satisfy it.
    """
    return linear_form(node, lambda name: name.startswith(_STATED))


def agree_by_rounding(identity: Linear, printed: Mapping[str, tuple[Fraction, Fraction]]) -> bool:
    """Whether rates that round to the printed ones satisfy the identity.

    Each comes with the unit of its last digit: a printed s with unit u stands for s - u/2 ≤ exact < s + u/2.
    A printed 0 % or 100 % excuses nothing: it is to be so exactly, as with `stated_rates`.
    """
    terms = [(factor, *printed[name]) for name, factor in identity.coefficients.items()]
    total = sum((factor * value for factor, value, _ in terms), Fraction(identity.constant))
    if any(value in _WHOLE_PERCENTS for _, value, _ in terms):
        return total == 0
    reach = sum((abs(factor) * unit for factor, _, unit in terms), Fraction(0)) / 2
    is_one_sided = all(factor > 0 for factor, _, _ in terms)
    return abs(total) < reach or total in (0, reach if is_one_sided else 0)


def _terms(node: Node, is_figure: Callable[[str], bool]) -> _Terms | None:
    """The coefficient of each figure and the constant; None where the node is not linear in figures."""
    match node:
        case Name() if is_figure(node.name):
            return {node.name: Fraction(1)}
        case Number():
            return {_CONSTANT: Fraction(node.value)}
        case Unary("-", operand):
            terms = _terms(operand, is_figure)
            return None if terms is None else _add({}, terms, Fraction(-1))
        case Binary(sign, left, right):
            sides = _terms(left, is_figure), _terms(right, is_figure)
            return None if sides[0] is None or sides[1] is None else _combine(sign, sides[0], sides[1])
    return None


def _combine(sign: ArithmeticSign, left: _Terms, right: _Terms) -> _Terms | None:
    if sign == "*":
        return _multiply(left, right)
    return _add(left, right, Fraction(1 if sign == "+" else -1))


def _multiply(left: _Terms, right: _Terms) -> _Terms | None:
    """The product, where one side at least is a constant."""
    factor, terms = (left, right) if left.keys() <= {_CONSTANT} else (right, left)
    if not factor.keys() <= {_CONSTANT}:
        return None
    return _add({}, terms, factor.get(_CONSTANT, Fraction(0)))


def _add(left: _Terms, right: _Terms, factor: Fraction) -> _Terms:
    """`left` + `factor` × `right`, without the terms that cancel out."""
    total = {
        name: left.get(name, Fraction(0)) + factor * right.get(name, Fraction(0)) for name in left | right
    }
    return {name: coefficient for name, coefficient in total.items() if coefficient}


def _in_whole_numbers(terms: _Terms) -> Linear | None:
    whole = _scale_to_whole(terms)
    if whole is None:
        return None
    coefficients, constant = whole
    sign = 1 if next(iter(coefficients.values())) > 0 else -1
    return Linear({name: sign * coefficient for name, coefficient in coefficients.items()}, sign * constant)


def _scale_to_whole(terms: _Terms) -> tuple[dict[str, int], int] | None:
    """The coefficients by name and the constant, times the one positive factor that leaves no divisor."""
    names = sorted(terms.keys() - {_CONSTANT})
    if not names:
        return None
    common = lcm(*(coefficient.denominator for coefficient in terms.values()))
    whole = {name: int(coefficient * common) for name, coefficient in terms.items()}
    divisor = gcd(*whole.values())
    return {name: whole[name] // divisor for name in names}, whole.get(_CONSTANT, 0) // divisor
