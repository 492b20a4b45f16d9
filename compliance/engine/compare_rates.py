"""How did each percentage of a unit change between two checks, and can the two be compared at all?

A percentage over figures that contradict others, in its own check, is no sound end of a comparison: the
change names what disputes it. That the later report states a percentage wrongly is a finding of its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.engine.derive import names_beneath
from compliance.engine.disputes import reach_disputed
from compliance.engine.ledger import Ledger
from compliance.engine.register import Register
from compliance.model.comparison import RateChange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from compliance.model.check import Check
    from compliance.model.rulepack import RulePack

_Key = tuple[str, str]
"""Unit and name."""
_Disputes = dict[tuple[str, str, str], list[str]]
"""Ids of contradictions by period, unit and name."""


@dataclass(frozen=True, slots=True)
class _Percentage:
    exact: Fraction
    disputed_by: tuple[str, ...]


def compare_rates(
    old: Check, new: Check, kept: Mapping[_Key, Fraction] | None = None
) -> Iterator[RateChange]:
    """Every percentage that both checks know, in the pack's order, each unit after the other.

    `kept`, by unit and name, stand in where the figures of the earlier check are not at hand.
    """
    before = _measure(old, new) if kept is None else _from_kept(old, kept)
    after = _measure(new)
    labels = {rate.id: rate.label for rate in new.pack.rates}
    labels |= {indicator.id: indicator.label for indicator in new.pack.indicators}
    for unit in new.pack.unit:
        for name, label in labels.items():
            then, now = before.get((unit, name)), after.get((unit, name))
            if then is not None and now is not None:
                yield RateChange(
                    name=name,
                    label=label,
                    unit=unit,
                    before=then.exact,
                    after=now.exact,
                    change=now.exact - then.exact,
                    disputed_before=then.disputed_by,
                    disputed_after=now.disputed_by,
                )


def _names(pack: RulePack) -> tuple[str, ...]:
    percentages = (indicator.id for indicator in pack.indicators if indicator.type == "percent")
    return (*percentages, *(rate.id for rate in pack.rates))


def _measure(check: Check, later: Check | None = None) -> dict[_Key, _Percentage]:
    """Rates worked out anew, and percentages reported; whatever law was in force.

    With the check that it is compared with where it is the earlier one.
    """
    register = Register(check.pack.units)
    disputes = _find_disputes(check, register, later)
    found = {}
    for period in sorted({item.period for item in check.reported}):
        reported = [item for item in check.reported if item.period == period]
        ledger = Ledger(check.pack, register, period, reported)
        for unit in (item.unit for item in reported):
            for name in _names(check.pack):
                figure = ledger.measure(unit, name)
                if figure.fraction is not None:
                    beneath = _disputing(disputes, str(period), unit, names_beneath(figure))
                    found[unit, name] = _Percentage(figure.fraction, beneath)
    return found


def _from_kept(check: Check, kept: Mapping[_Key, Fraction]) -> dict[_Key, _Percentage]:
    disputes = _find_disputes(check, Register(check.pack.units), check)
    periods = sorted({result.period for result in check.submissions})
    return {
        (unit, name): _Percentage(
            exact,
            tuple(
                one
                for period in periods
                for one in _disputing(disputes, period, unit, _names_of(check.pack, name))
            ),
        )
        for (unit, name), exact in kept.items()
    }


def _names_of(pack: RulePack, name: str) -> tuple[str, ...]:
    rate = pack.rate.get(name)
    return (f"rate.{name}", rate.numerator, rate.denominator) if rate else (name,)


def _find_disputes(check: Check, register: Register, later: Check | None) -> _Disputes:
    """What disputes the figures of a check, by its own outcomes or as the later one found them."""
    found: _Disputes = defaultdict(list)
    for outcome in check.outcomes:
        if outcome.rule in check.pack.rule and outcome.unit in register.units:
            for unit, names in reach_disputed(check.pack, register, outcome):
                for name in names if later else names & check.pack.indicator.keys():
                    found[outcome.period, unit, name].append(outcome.id)
    for one in later.earlier_contradictions if later else ():
        for unit, disputed in one.disputes.items():
            for name in disputed:
                found[one.period, unit, name].append(one.id)
    return found


def _disputing(disputes: _Disputes, period: str, unit: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({one for name in names for one in disputes.get((period, unit, name), ())}))
