"""How does an expression of a rule come out for a unit, and how is its arithmetic said?

Missing figures are decided before the expression is evaluated: a missing one gives no verdict, never a pass.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.engine.arithmetic import (
    compare_sides,
    explain,
    explain_ranges,
    is_met_by_rounding,
    write_with,
)
from compliance.engine.expressions import EvaluationError
from compliance.engine.figures import Figure, show_gap, show_like
from compliance.engine.operands import refuse_circular, resolve_operands, values_of
from compliance.engine.rollup import is_derived_parent
from compliance.engine.ruling import Ruling, rest_on, rule_on, withhold
from compliance.engine.syntax import Name, leaves_of
from compliance.messages import text
from compliance.model.findings import Quantity
from compliance.numerals import Printed, parse_percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compliance.engine.arithmetic import Sides
    from compliance.engine.expressions import Expression
    from compliance.engine.runs import Run
    from compliance.model.findings import Verdict
    from compliance.model.rulepack import Rule


def check_condition(run: Run, rule: Rule, unit: str) -> Ruling | None:
    """Why the rule's `when` keeps it from the unit; None where the rule applies."""
    expression = run.compiled.conditions.get(rule.id)
    if expression is None:
        return None
    figures = resolve_operands(run, rule, unit, _names_in_order(expression))
    if any(figure.value is None for figure in figures):
        return withhold(figures)
    try:
        applies = expression.holds(values_of(figures))
    except EvaluationError as fault:
        return rest_on(rule_on("error", "not_computable", fault=str(fault)), figures)
    if applies:
        return None
    named = {figure.name: figure for figure in figures}
    shown = write_with(expression.tree, lambda name: named[name].number)
    return rest_on(rule_on("not_applicable", "condition", condition=shown), figures)


def check_expression(run: Run, rule: Rule, unit: str) -> Ruling:
    """The verdict of a rule whose check is an expression."""
    expression = run.compiled.expressions[rule.id]
    if _sums_children(expression) and is_derived_parent(run.submission(unit)):
        return rule_on("not_applicable", "derived_unit")
    figures = resolve_operands(run, rule, unit, _names_in_order(expression))
    without_target = next((figure for figure in figures if figure.lack == "no_target"), None)
    if without_target is not None:
        return rule_on("not_applicable", "no_target", label=without_target.label)
    known = refuse_circular(figures)
    if any(figure.value is None for figure in known):
        return rest_on(withhold(known), figures)
    return rest_on(_decide(expression, known), known)


def _sums_children(expression: Expression) -> bool:
    return any(name.startswith("children.") for name in expression.names)


def _names_in_order(expression: Expression) -> tuple[str, ...]:
    """The names of an expression as they first appear in it."""
    return tuple(dict.fromkeys(leaf.name for leaf in leaves_of(expression.tree) if isinstance(leaf, Name)))


def _decide(expression: Expression, figures: Sequence[Figure]) -> Ruling:
    named = {figure.name: figure for figure in figures}
    try:
        holds = expression.holds(values_of(figures)) or is_met_by_rounding(expression.tree, named)
    except EvaluationError as fault:
        return rule_on("error", "not_computable", fault=str(fault))
    ranges = explain_ranges(expression.tree, named)
    if ranges is not None:
        left, right = ranges
        return rule_on(*_verdict("ranges_meet", "ranges_apart", holds=holds), left=left, right=right)
    arithmetic = explain(expression.tree, named)
    sides = compare_sides(expression.tree, named)
    if sides is None:
        return rule_on(*_verdict("holds", "does_not_hold", holds=holds), arithmetic=arithmetic)
    return _compare(sides, named, arithmetic, holds=holds)


def _verdict(when_true: str, when_false: str, *, holds: bool) -> tuple[Verdict, str]:
    return ("pass", when_true) if holds else ("fail", when_false)


def _compare(sides: Sides, figures: Mapping[str, Figure], arithmetic: str, *, holds: bool) -> Ruling:
    """The ruling on a comparison of numbers, with both sides and the difference between them."""
    scale = _scale(figures.values())
    gap = sides.left - sides.right
    words = {"arithmetic": arithmetic, "gap": _say_gap(scale, sides)}
    return replace(
        rule_on(*_verdict("holds", "differs", holds=holds), **words),
        measured=Quantity(exact=sides.left, text=show_like(scale, sides.left)),
        expected=Quantity(exact=sides.right, text=show_like(scale, sides.right)),
        difference=Quantity(exact=gap, text=show_gap(scale, gap)),
    )


def _say_gap(scale: Figure, sides: Sides) -> str:
    """How far the sides lie apart; it says so where the percentages as printed lie otherwise."""
    gap = show_gap(scale, abs(sides.left - sides.right))
    if scale.measure != "percent":
        return gap
    printed = [parse_percent(show_like(scale, side)) for side in (sides.left, sides.right)]
    shown = [Fraction(side.value) for side in printed if isinstance(side, Printed)]
    differs = len(shown) == len(printed) and show_gap(scale, abs(shown[0] - shown[1])) != gap
    return text("numerals.points_unrounded", points=gap) if differs else gap


def _scale(figures: Iterable[Figure]) -> Figure:
    """The figure in whose terms the sides are said; without a unit of measure where the figures differ."""
    numbers = [figure for figure in figures if figure.fraction is not None]
    percent = next((figure for figure in numbers if figure.measure == "percent"), None)
    if percent is not None:
        return percent
    units = {figure.unit_of_measure for figure in numbers if not figure.name.startswith("target.")}
    first = numbers[0] if numbers else Figure(name="", label="", measure="amount")
    return first if len(units) == 1 else replace(first, measure="amount", unit_of_measure="")
