"""What stands behind the names in a rule's sentences, for one outcome?"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from compliance.engine.figures import show_percent
from compliance.model.named_checks import Stated, Submitted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction

    from compliance.engine.runs import Run
    from compliance.model.findings import Outcome, Quantity
    from compliance.model.rulepack import Rate, Rule


def sentence_values(
    run: Run, outcome: Outcome, names: Iterable[str], failing: Mapping[str, frozenset[str]]
) -> dict[str, object]:
    """A value for each name: exact numbers, dates, texts, lists of labels; None where there is none.

    `failing` holds, by rule, the units that fail it in this run; `units` are those of them that the outcome
    is about.
    """
    rule = run.pack.rule[outcome.rule]
    return {name: _value(run, rule, outcome, name, failing) for name in names}


def _value(
    run: Run, rule: Rule, outcome: Outcome, name: str, failing: Mapping[str, frozenset[str]]
) -> object:
    if name == "units":
        return [run.register.units[unit].label for unit in name_units(run, rule, outcome, failing)]
    if name in _PARTICULARS:
        return _PARTICULARS[name](run, rule, outcome)
    if name in run.pack.indicator or name in run.pack.rate:
        return run.ledger.measure(outcome.unit, name).shown
    return run.ledger.named(outcome.unit, name, rule.area).shown


def name_units(
    run: Run, rule: Rule, outcome: Outcome, failing: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    """The units below that it is about: those not submitted, or the bodies that fail the same rule."""
    if isinstance(rule.check, Submitted):
        return tuple(unit for unit, operand in outcome.operands.items() if operand.value == "false")
    fail = failing.get(rule.id, frozenset())
    return tuple(
        unit
        for unit in run.register.descendants(outcome.unit)
        if unit in fail and run.register.units[unit].level in ("agency", "commune")
    )


def _exact(quantity: Quantity | None) -> Fraction | None:
    return quantity.exact if quantity else None


def _size(quantity: Quantity | None) -> Fraction | None:
    return abs(quantity.exact) if quantity else None


def _rate(run: Run, rule: Rule) -> Rate | None:
    name = rule.check.stated if isinstance(rule.check, Stated) else rule.measure
    return run.pack.rate.get(name or "")


def _numerator(run: Run, rule: Rule, outcome: Outcome) -> object:
    rate = _rate(run, rule)
    return run.ledger.indicator(outcome.unit, rate.numerator).value if rate else None


def _denominator(run: Run, rule: Rule, outcome: Outcome) -> object:
    rate = _rate(run, rule)
    return run.ledger.indicator(outcome.unit, rate.denominator).value if rate else None


def _needed(run: Run, rule: Rule, outcome: Outcome) -> int | None:
    """How many more of the numerator the target takes, on the denominator of this period."""
    rate = _rate(run, rule)
    if rate is None or outcome.target is None or rule.at_least is None:
        return None
    numerator = run.ledger.indicator(outcome.unit, rate.numerator)
    denominator = run.ledger.indicator(outcome.unit, rate.denominator)
    if numerator.value is None or denominator.value is None:
        return None
    return max(0, ceil(outcome.target.exact * denominator.exact / 100 - numerator.exact))


def _breakdown(run: Run, rule: Rule, outcome: Outcome) -> str:
    """The measure of each unit right below that has one: `cấp huyện 60,58%, cấp xã 21,48%`."""
    if rule.measure is None:
        return ""
    figures = {
        child: run.ledger.measure(child, rule.measure) for child in run.register.children(outcome.unit)
    }
    return ", ".join(
        f"{run.register.units[child].name} {show_percent(figure.exact)}"
        for child, figure in figures.items()
        if figure.value is not None and figure.measure == "percent"
    )


_PARTICULARS: Mapping[str, Callable[[Run, Rule, Outcome], object]] = {
    "unit": lambda run, _rule, outcome: run.register.units[outcome.unit].label,
    "period": lambda run, _rule, _outcome: run.ledger.period.label,
    "next_period": lambda run, _rule, _outcome: run.ledger.period.next.label,
    "measured": lambda _run, _rule, outcome: _exact(outcome.measured),
    "target": lambda _run, _rule, outcome: _exact(outcome.target),
    "due": lambda _run, _rule, outcome: outcome.due,
    "expected": lambda _run, _rule, outcome: _exact(outcome.expected),
    "stated": lambda _run, _rule, outcome: _exact(outcome.stated),
    "difference": lambda _run, _rule, outcome: _size(outcome.difference),
    "gap": lambda _run, _rule, outcome: _size(outcome.difference),
    "numerator": _numerator,
    "denominator": _denominator,
    "needed": _needed,
    "breakdown": _breakdown,
}
