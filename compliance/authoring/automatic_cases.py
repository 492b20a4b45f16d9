"""Which cases follow from a rule itself?

Generated rules get all of theirs. A target gets its limit: the value itself and one unit either side, at a
denominator at which the limit is hit exactly.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from compliance.authoring.case_files import compose_case
from compliance.engine.applicability import value_in_force
from compliance.model.named_checks import RollUp, Stated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.authoring.case_files import Case
    from compliance.model.rulepack import DatedValue, Indicator, Rate, Rule, RulePack

Figures = dict[str, int | Decimal]

_DENOMINATORS = (1000, 10_000, 100, 10)
"""Tried in turn: the first that the indicators' ranges allow and at which the limit is a whole number."""
_POINT = Decimal("0.01")


def compose_cases(pack: RulePack, rule: Rule) -> tuple[Case, ...]:
    """The automatic cases of a rule; none for a written rule that measures no target."""
    if isinstance(rule.check, RollUp):
        return tuple(_rollup(rule, rule.check.rollup))
    if isinstance(rule.check, Stated):
        return tuple(_stated(rule, pack.rate[rule.check.stated]))
    if rule.generated and rule.id.startswith("PARTS:"):
        return tuple(_parts(rule, pack.indicator[rule.id.removeprefix("PARTS:")]))
    if rule.generated:
        return tuple(_rate_part(pack, rule, pack.rate[rule.id.removeprefix("RATE:").removesuffix(":part")]))
    return tuple(_limits(pack, rule))


def _case(rule: Rule, name: str, figures: Mapping[str, object], **more: object) -> Case:
    expect = next(word for word in ("pass", "fail", "no_data", "not_applicable") if name.startswith(word))
    return compose_case(rule.id, name, {"expect": expect, "figures": _nest(figures), **more})


def _nest(figures: Mapping[str, object]) -> dict[str, dict[str, str]]:
    """Figures by area and name, written the Vietnamese way."""
    nested: dict[str, dict[str, str]] = {}
    for indicator, value in figures.items():
        area, name = indicator.split(".")
        nested.setdefault(area, {})[name] = str(value).replace(".", ",")
    return nested


def _parts(rule: Rule, whole: Indicator) -> Iterator[Case]:
    parts = {part: place for place, part in enumerate(whole.parts, start=1)}
    total = sum(parts.values())
    yield _case(rule, "pass_whole_is_the_sum", {whole.id: total, **parts})
    yield _case(rule, "fail_whole_is_one_more", {whole.id: total + 1, **parts})
    needed = [part for part in whole.parts if part not in whole.assume_zero]
    if needed:
        rest = {part: value for part, value in parts.items() if part != needed[0]}
        yield _case(rule, "no_data_a_part_is_missing", {whole.id: total, **rest})


def _rate_part(pack: RulePack, rule: Rule, rate: Rate) -> Iterator[Case]:
    yield _case(rule, "pass_both_equal", {rate.numerator: 5, rate.denominator: 5})
    yield _case(rule, "fail_numerator_is_one_more", {rate.numerator: 6, rate.denominator: 5})
    given = rate.denominator if pack.indicator[rate.numerator].from_register is None else rate.numerator
    yield _case(rule, "no_data_one_is_missing", {given: 5})


def _stated(rule: Rule, rate: Rate) -> Iterator[Case]:
    def case(name: str, numerator: int, denominator: int, stated: str) -> Case:
        figures = {rate.numerator: numerator, rate.denominator: denominator}
        area, word = rate.id.split(".")
        return _case(rule, name, figures, stated={area: {word: stated}})

    yield case("pass_rounded_half_up", 1, 16, "6,3%")
    yield case("fail_one_last_digit_more", 1, 3, "33,34%")
    yield case("fail_digits_cut_off", 2, 3, "66,66%")
    yield case("fail_whole_only_by_rounding", 999, 1000, "100%")
    yield case("no_data_nothing_to_divide_by", 0, 0, "0%")
    yield _case(rule, "not_applicable_nothing_stated", {rate.numerator: 1, rate.denominator: 3})


def _rollup(rule: Rule, indicator: str) -> Iterator[Case]:
    def case(name: str, whole: int, **children: int | None) -> Case:
        below = {
            child: _nest({indicator: value}) if value is not None else {} for child, value in children.items()
        }
        return _case(rule, name, {indicator: whole}, children=below)

    yield case("pass_all_add_up", 5, a=2, b=3)
    yield case("fail_one_too_many", 6, a=2, b=3)
    yield case("pass_at_least_those_that_report", 3, a=2, b=None)
    yield case("fail_less_than_those_that_report", 1, a=2, b=None)
    yield case("not_applicable_none_reports", 1)


def _limits(pack: RulePack, rule: Rule) -> Iterator[Case]:
    """The limit of a target rule: on it, and one step below and above."""
    limit = rule.at_least or rule.at_most
    found = _find_value(pack, rule, limit) if limit else None
    if found is None:
        return
    level, dated = found
    day = max(rule.effective_from, dated.effective_from, pack.header.effective_from)
    for side, step in (("one_below", -1), ("at_the_limit", 0), ("one_above", 1)):
        figures = _figures_near(pack, rule, dated.value, step)
        if figures is not None:
            met = step == 0 or (step > 0) == bool(rule.at_least)
            name = f"{'pass' if met else 'fail'}_{side}"
            yield _case(rule, name, figures, level=level, report_date=day.isoformat())


def _find_value(pack: RulePack, rule: Rule, limit: str) -> tuple[str, DatedValue] | None:
    """The first level that the target binds, with the value in force when rule and pack have taken effect."""
    target = pack.target[limit]
    for level in rule.applies_to:
        begins = min((dated.effective_from for dated in target.values), default=rule.effective_from)
        day = max(rule.effective_from, pack.header.effective_from, begins)
        dated = value_in_force(target, level, day)
        if dated is not None:
            return level, dated
    return None


def _figures_near(pack: RulePack, rule: Rule, limit: Decimal, step: int) -> Figures | None:
    """Figures that put every measure of the rule `step` units from the limit; None where that cannot be."""
    figures: Figures = {}
    for name in rule.all_measures:
        rate = pack.rate.get(name)
        near = _near_rate(pack, rule, limit, step) if rate else {name: limit + step * _POINT}
        if near is None:
            return None
        figures |= near
    return figures if all(_in_range(pack, name, value) for name, value in figures.items()) else None


def _near_rate(pack: RulePack, rule: Rule, limit: Decimal, step: int) -> Figures | None:
    rates = [pack.rate[name] for name in rule.all_measures if name in pack.rate]
    wholes = {rate.denominator for rate in rates}
    parts = {rate.numerator for rate in rates}
    if wholes & parts:
        return None
    for whole in _DENOMINATORS:
        part = limit * whole / 100
        if part == int(part) and 0 <= int(part) + step <= whole:
            figures: Figures = {**dict.fromkeys(wholes, whole), **dict.fromkeys(parts, int(part) + step)}
            if all(_in_range(pack, name, value) for name, value in figures.items()):
                return figures
    return None


def _in_range(pack: RulePack, name: str, value: int | Decimal) -> bool:
    indicator = pack.indicator[name]
    is_percent = indicator.type == "percent"
    low = indicator.minimum if indicator.minimum is not None else Decimal(0)
    high = indicator.maximum if indicator.maximum is not None else (Decimal(100) if is_percent else None)
    return low <= value and (high is None or value <= high)
