"""How does a figure of a unit divide over the units below it, and which of them are to be named?"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.assessment import NamedUnit
from compliance.numerals import format_percent
from compliance.reporting.shortfall import find_goal, measure_rate, measure_shortfall
from compliance.reporting.unit_lists import count_units
from compliance.sentences import FILTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.model.findings import Outcome
    from compliance.model.rulepack import Rule
    from compliance.reporting.scope import Scope

_NAMED = 6
"""Units named in a sentence; how many more there are is said."""


def show_percent(exact: Fraction, *, apart_from: Iterable[Fraction] = ()) -> str:
    """A percentage at two decimals, or at as many as keep it apart from 0, 100 and the limits given."""
    limits = {Fraction(0), Fraction(100), *apart_from} - {exact}
    for decimals in range(2, 8):
        written = format_percent(exact, decimals)
        if written not in {format_percent(limit, decimals) for limit in limits}:
            return written
    return format_percent(exact, 8)


def compose_breakdown(scope: Scope, rule: Rule, outcome: Outcome) -> str:
    """The rate of each bloc right below, `cấp huyện 60,58%, cấp xã 21,48%`; empty unless all have it."""
    blocs = scope.tree.blocs(outcome.unit)
    rates = {bloc: measure_rate(scope.pack, scope.figures, rule, bloc) for bloc in blocs}
    if not rates or any(rate is None for rate in rates.values()):
        return ""
    goal = find_goal(scope.pack, rule, outcome)
    limits = () if goal is None else (goal,)
    return ", ".join(
        text(
            "assessment.figure.of_unit",
            unit=scope.tree[bloc].name,
            figure=show_percent(rate or Fraction(0), apart_from=limits),
        )
        for bloc, rate in rates.items()
    )


def find_failing_below(scope: Scope, rule: Rule, unit: str) -> tuple[Outcome, ...]:
    """Failures of the rule below the unit, each at the lowest unit that shows it.

    Left out is what is waived, and what rests on figures that contradict others, now or in an earlier period.
    """
    failed = list_failing_below(scope, rule, unit)
    units = {outcome.unit for outcome in failed}
    return tuple(
        outcome
        for outcome in failed
        if not any(scope.tree.stands_below(other, outcome.unit) for other in units)
    )


def list_failing_below(scope: Scope, rule: Rule, unit: str) -> tuple[Outcome, ...]:
    """Failures of the rule at every unit below that are held against it, sums over others among them."""
    return tuple(
        outcome
        for outcome in scope.outcomes_below(rule, unit)
        if outcome.outcome == "fail"
        and not (outcome.waived or outcome.disputed_by or outcome.earlier_disputed_by)
    )


def name_failing(scope: Scope, rule: Rule, failed: Sequence[Outcome]) -> tuple[str, ...]:
    """Units with what was measured of them, `xã Phú Hữu (6 hồ sơ)`.

    Where there are too many the worst are named, and how many are left out is the last entry.
    """
    named = _name_worst(scope, rule, failed)
    rest = len(failed) - len(named)
    return (*named, text("assessment.units.more", count=rest)) if rest else named


def say_failing(scope: Scope, rule: Rule, failed: Sequence[Outcome]) -> str:
    """The same as a sentence that says how many there are."""
    named = _name_worst(scope, rule, failed)
    if len(named) == len(failed):
        return text("assessment.missed.units", units=join_names(named))
    counted = count_units(scope.tree, (outcome.unit for outcome in failed))
    return text("assessment.missed.worst_units", counted=counted, units=join_names(named))


def say_below_target(scope: Scope, rule: Rule, failed: Sequence[Outcome], label: str) -> str:
    """Units whose rate, called `label`, misses a target that all of them have; empty where there is none."""
    targets = {outcome.target.text if outcome.target is not None else "" for outcome in failed}
    if len(targets) > 1 or "" in targets:
        return ""
    named = _name_worst(scope, rule, failed)
    form = "below" if len(named) == len(failed) else "worst_below"
    return text(
        f"assessment.missed.{form}_{'at_most' if rule.at_most else 'at_least'}",
        counted=count_units(scope.tree, (outcome.unit for outcome in failed)),
        label=label,
        target=targets.pop(),
        units=join_names(named),
    )


def are_all_named(failed: Sequence[Outcome]) -> bool:
    """Whether a sentence names all of them; else only the worst."""
    return len(failed) <= _NAMED


def name_each_failing(scope: Scope, rule: Rule, failed: Iterable[Outcome]) -> tuple[NamedUnit, ...]:
    """The units with what was measured of each, sums above them that fail as well among them."""
    by_unit = {outcome.unit: outcome for outcome in failed}
    return tuple(
        NamedUnit(
            unit=unit,
            label=scope.tree[unit].label,
            found=_say_measured(scope, rule, by_unit[unit]),
            outcomes=(by_unit[unit].id,),
        )
        for unit in scope.tree.in_order(by_unit)
    )


def _say_measured(scope: Scope, rule: Rule, outcome: Outcome) -> str:
    """`18,26% (44/241)`; without a target of its own, what the check found."""
    figure = _figure_of(scope, rule, outcome)
    formulas = [operand.derived_from for operand in outcome.operands.values() if operand.derived_from]
    if rule.kind != "target" or not figure or outcome.target is None:
        return outcome.reason.strip().removesuffix(".")
    if len(formulas) != 1:
        return figure
    return text("assessment.units.with_figure", unit=figure, figure=formulas[0])


def _name_worst(scope: Scope, rule: Rule, failed: Sequence[Outcome]) -> tuple[str, ...]:
    if len(failed) > _NAMED:
        worst_first = sorted(failed, key=lambda outcome: _badness(scope, rule, outcome), reverse=True)
        failed = worst_first[: _NAMED - 1]
    return tuple(_name_with_figure(scope, rule, outcome) for outcome in failed)


def _badness(scope: Scope, rule: Rule, outcome: Outcome) -> tuple[Fraction, int]:
    shortfall = measure_shortfall(scope, rule, outcome)
    return shortfall.gap or Fraction(0), shortfall.volume


def _name_with_figure(scope: Scope, rule: Rule, outcome: Outcome) -> str:
    name = scope.tree[outcome.unit].name
    figure = _figure_of(scope, rule, outcome)
    return text("assessment.units.with_figure", unit=name, figure=figure) if figure else name


def _figure_of(scope: Scope, rule: Rule, outcome: Outcome) -> str:
    rate = measure_rate(scope.pack, scope.figures, rule, outcome.unit)
    if rate is not None:
        goal = find_goal(scope.pack, rule, outcome)
        return show_percent(rate, apart_from=() if goal is None else (goal,))
    return outcome.measured.text if outcome.measured is not None else ""


def join_names(names: Sequence[str]) -> str:
    """Names in a row: `Đại Ngãi, Phú Hữu và Long Đức`."""
    return FILTERS["danh_sach_don_vi"](names)
