"""Which rules compare figures of one commune's own row, and which invented rows try them?

Parts and their whole, numerator and denominator, least targets of rates (cross-multiplied whole numbers) and
of percentages. Wholes that follow from their parts are filled in for every side alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import polars as pl

from compliance.engine.columnar_inputs import period_number
from compliance.engine.columnar_operands import DECIMALS
from compliance.model.submission import Period, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compliance.model.rulepack import RulePack

SEED = 2020
PERIOD = Period(year=2020, half=1)


@dataclass(frozen=True, slots=True)
class RowRule:
    """Whole multiples of figures of one row, compared: `left` `relation` `right`."""

    id: str
    left: Mapping[str, int]
    relation: str
    right: Mapping[str, int]
    constant: int = 0
    """Added to the right side."""
    nonzero: str | None = None
    """The figure that the rule divides by: zero leaves nothing to decide."""
    zero_if_missing: frozenset[str] = field(default_factory=frozenset)

    @property
    def needed(self) -> tuple[str, ...]:
        """The figures without which there is nothing to decide."""
        return tuple(name for name in {**self.left, **self.right} if name not in self.zero_if_missing)


def row_rules(pack: RulePack) -> tuple[RowRule, ...]:
    """The rules of a commune that compare figures of its own row."""
    wholes = (item for item in pack.indicators if item.parts and "commune" in item.levels)
    rates = (rate for rate in pack.rates if "commune" in rate.levels)
    return (
        *(
            RowRule(
                f"PARTS:{item.id}",
                {item.id: 1},
                "==",
                dict.fromkeys(item.parts, 1),
                zero_if_missing=frozenset(item.assume_zero),
            )
            for item in wholes
        ),
        *(
            RowRule(f"RATE:{rate.id}:part", {rate.numerator: 1}, "<=", {rate.denominator: 1})
            for rate in rates
        ),
        *_targets(pack),
    )


def _targets(pack: RulePack) -> Iterator[RowRule]:
    for rule in pack.rules:
        if rule.at_least is None or rule.measure is None or "commune" not in rule.applies_to:
            continue
        target = pack.target[rule.at_least].values[-1].value
        if rule.measure in pack.rate:
            rate, least = pack.rate[rule.measure], target.as_integer_ratio()
            yield RowRule(
                rule.id,
                {rate.numerator: 100 * least[1]},
                ">=",
                {rate.denominator: least[0]},
                nonzero=rate.denominator,
            )
        else:
            scale = 10 ** DECIMALS[pack.indicator[rule.measure].type]
            yield RowRule(rule.id, {rule.measure: 1}, ">=", {}, constant=int(target * scale))


def make_units(size: int) -> list[Unit]:
    """Communes that stand alone, so that no side sums over units."""
    return [
        Unit(id=name, label=name, level="commune")
        for name in (f"tinh-{place % 63:02d}/xa-{place:07d}" for place in range(size))
    ]


def make_rows(pack: RulePack, rules: Sequence[RowRule], size: int) -> pl.DataFrame:
    """Figures with nulls, zeros and sums that hold in nine rows of ten."""
    table = pl.DataFrame(
        {"unit": [unit.id for unit in make_units(size)], "period": [period_number(PERIOD)] * size}
    )
    rows = pl.int_range(0, size, dtype=pl.UInt64)
    for place, name in enumerate(dict.fromkeys(name for rule in rules for name in (*rule.left, *rule.right))):
        drawn = rows.hash(SEED + place)
        kind = pack.indicator[name].type
        top = 1 if kind == "percent" else 1000
        step = 100 * 10 ** DECIMALS[kind] if kind == "percent" else 1
        value = (drawn % (top + 1)).cast(pl.Int64) * step
        table = table.with_columns(pl.when(drawn % 17 > 0).then(value).alias(name))
    balanced = rows.hash(SEED) % 10 > 0
    for rule in reversed([rule for rule in rules if rule.relation == "=="]):
        (whole,) = rule.left
        total = _sum(rule.right, rule.zero_if_missing)
        agreed = pl.when(balanced | pl.col(whole).is_null()).then(total).otherwise(pl.col(whole))
        table = table.with_columns(agreed.alias(whole))
    return table


def _sum(terms: Mapping[str, int], zero_if_missing: frozenset[str], constant: int = 0) -> pl.Expr:
    columns = (
        (pl.col(name).fill_null(0) if name in zero_if_missing else pl.col(name)) * factor
        for name, factor in terms.items()
    )
    return reduce(add, columns, pl.lit(constant))


def given(rule: RowRule) -> pl.Expr:
    """Whether a row has all that the rule needs; never null."""
    there = pl.all_horizontal(pl.col(name).is_not_null() for name in rule.needed)
    return there if rule.nonzero is None else there & (pl.col(rule.nonzero).fill_null(0) != 0)


def holds(rule: RowRule) -> pl.Expr:
    """Whether the comparison holds; null where a figure is missing."""
    left, right = _sum(rule.left, rule.zero_if_missing), _sum(rule.right, rule.zero_if_missing, rule.constant)
    return {"==": left == right, "<=": left <= right, ">=": left >= right}[rule.relation]
