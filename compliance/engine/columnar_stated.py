"""When is the rate that a unit wrote the exact one at its printed decimals, in whole numbers?

Right means right half-up: s - u/2 <= exact < s + u/2, with u the unit of the last printed digit. Both sides
are doubled and the exact rate is multiplied out, so that nothing is halved or divided. See `stated_rates`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.columnar_operands import BeyondColumnsError
from compliance.engine.columnar_terms import (
    Ratio,
    Term,
    add,
    both,
    compare,
    constant,
    either,
    multiply,
    subtract,
)
from compliance.engine.columnar_verdicts import Code, lack_cases

if TYPE_CHECKING:
    from compliance.engine.columnar_operands import Operands
    from compliance.engine.columnar_terms import ColumnNode
    from compliance.engine.columnar_verdicts import Case, Cases
    from compliance.engine.linear import Linear

_ROUNDED_TO = (0, 100)
"""Points that a rate is not said to have where only rounding made it so."""


def stated_cases(rate: str, operands: Operands) -> Cases:
    """The cases of the stated rate against the recomputed one.

    Raises:
        BeyondColumnsError: an operand of the rate cannot be held in a column.
        DoesNotFitError: the comparison is not proven to fit.
    """
    stated = operands.named(f"stated.{rate}", frozenset(), {})
    exact = operands.named(f"rate.{rate}", frozenset(), {})
    if not isinstance(stated.value, Term) or not isinstance(exact.value, Ratio):
        raise BeyondColumnsError("measure_type", rate)
    right = _is_right(stated.value, operands.printed_unit(rate), exact.value)
    cases: list[Case] = [(absent, Code("not_applicable", "not_stated")) for absent, _ in stated.lacks]
    cases += lack_cases(exact)
    cases.append((both(right, _is_no_rounding(stated.value, exact.value)), Code("pass", "stated_right")))
    cases.append((right, Code("fail", "stated_by_rounding")))
    return cases, Code("fail", "stated_wrong")


def agree_by_rounding(identity: Linear, operands: Operands) -> ColumnNode:
    """Whether rates that round to the printed ones satisfy the identity; see `linear.agree_by_rounding`.

    Raises:
        BeyondColumnsError: a stated rate cannot be held in a column.
        DoesNotFitError: a sum is not proven to fit.
    """
    twice, reach = constant(2 * identity.constant), constant(0)
    printed: list[Term] = []
    for name, factor in identity.coefficients.items():
        stated = operands.named(name, frozenset(), {}).value
        if not isinstance(stated, Term):
            raise BeyondColumnsError("measure_type", name)
        printed.append(stated)
        twice = add(twice, multiply(constant(2 * factor), stated))
        unit = operands.printed_unit(name.removeprefix("stated."))
        reach = add(reach, multiply(constant(abs(factor)), unit))
    is_one_sided = all(factor > 0 for factor in identity.coefficients.values())
    return both(
        *(compare("!=", stated, constant(points)) for stated in printed for points in _ROUNDED_TO),
        compare(">", twice, subtract(constant(0), reach)),
        compare("<=" if is_one_sided else "<", twice, reach),
    )


def _is_right(stated: Term, unit: Term, exact: Ratio) -> ColumnNode:
    """Whether the rate lies within half a unit of the last printed digit: 2s - u <= 2 exact < 2s + u."""
    twice = multiply(constant(2), stated)
    doubled = Ratio(multiply(constant(2), exact.numerator), exact.denominator)
    return both(
        compare(">=", doubled, subtract(twice, unit)),
        compare("<", doubled, add(twice, unit)),
    )


def _is_no_rounding(stated: Term, exact: Ratio) -> ColumnNode:
    """Whether it is neither 0 % nor 100 %, or exactly so."""
    between = both(*(compare("!=", stated, constant(points)) for points in _ROUNDED_TO))
    return either(between, compare("==", exact, stated))
