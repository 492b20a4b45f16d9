"""Which figures does a row of a table have: as reported, held to their ranges, and derived from one another?

Everything here is said of one row by itself, except what an opening balance takes from the period before,
which must have been joined to the row. The columns are those of `columnar_operands`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import narwhals as nw

from compliance.engine.columnar_joins import look_up
from compliance.engine.columnar_operands import DECIMALS, MOST_STATED, PRINTED_UNITS, table_range
from compliance.engine.columnar_order import in_waves, needed_indicators, with_opening

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.engine.columnar_plan import Plan
    from compliance.model.rulepack import Indicator

    Frame = nw.LazyFrame[Any]

OPTIONAL_COLUMNS = {
    "report_date": nw.Date(),
    "reported_by": nw.String(),
    "data_from": nw.Date(),
    "period.window_days": nw.Int64(),
}
"""What a table may say of a submission; missing where it does not."""
_KEY = ("unit", "period")
_PERIODS = 10_000
"""More than the number of any period: a unit and a period make one whole number."""
COLUMN_KINDS: Mapping[str, Any] = {
    **dict.fromkeys(DECIMALS, nw.Int64()),
    "boolean": nw.Boolean(),
    "date": nw.Date(),
}
_STATED_RANGE = (0, MOST_STATED * 10 ** DECIMALS["percent"])


@dataclass(frozen=True)
class Figures:
    """The figures that a plan needs, and how they come about."""

    plan: Plan
    units: Frame
    """The register, see `register_columns`."""

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Those that the rules read, and those that these may be derived from."""
        return needed_indicators(self.plan.pack, self.plan.needs.indicators)

    @cached_property
    def opening(self) -> frozenset[str]:
        """The indicators whose figure may rest on the period before."""
        return with_opening(self.plan.pack)

    def base(self, name: str) -> str:
        """The column of an indicator as resolved without the period before."""
        return f"base:{name}" if name in self.opening else name

    def open(self, table: Frame) -> Frame:
        """The rows with what the register says of their units, and figures resolved within the row."""
        known = set(table.collect_schema().names())
        columns = [
            (nw.col(name) if name in known else nw.lit(None)).cast(kind).alias(name)
            for name, kind in OPTIONAL_COLUMNS.items()
        ]
        limits = self.limits_of_stated()
        limits |= {item.id: table_range(item) for item in self.indicators if item.type in DECIMALS}
        others = [item for item in self.indicators if item.type not in DECIMALS]
        figures = [
            (within(name, limits[name]) if name in known else nw.lit(None, nw.Int64())).alias(_raw(name))
            for name in limits
        ]
        figures += [
            (nw.col(item.id) if item.id in known else nw.lit(None))
            .cast(COLUMN_KINDS[item.type])
            .alias(_raw(item.id))
            for item in others
        ]
        out = [beyond(name, limits[name]) for name in limits if name in known]
        rows = table.select(
            *_KEY, *columns, *figures, nw.lit(value=False).alias("is_derived"), any_beyond(out)
        )
        return self.resolve(with_keys(look_up(rows, self.units, "unit")), opening=False)

    def limits_of_stated(self) -> dict[str, tuple[int, int]]:
        """The columns of stated rates and of the units of their last digits, with their ranges."""
        needs = self.plan.needs
        limits = {f"stated.{rate}": _STATED_RANGE for rate in sorted(needs.stated)}
        return limits | {f"printed:{rate}": PRINTED_UNITS for rate in sorted(needs.printed)}

    def resolve(self, rows: Frame, *, opening: bool) -> Frame:
        """With the figure of each indicator: reported, else derived; wholes after their parts."""
        wanted = [item for item in self.indicators if not opening or item.id in self.opening]
        for wave in in_waves(wanted):
            names = {item.id: item.id if opening else self.base(item.id) for item in wave}
            limits = {
                names[item.id]: table_range(item)
                for item in wave
                if item.parts or item.opening_of or item.from_register
            }
            rows = rows.with_columns(
                *(self._figure(item, opening=opening).alias(names[item.id]) for item in wave)
            )
            if limits:
                out = [beyond(name, limits[name]) for name in limits]
                rows = rows.with_columns(
                    any_beyond([nw.col("is_beyond_range"), *out]),
                    *(within(name, limits[name]).alias(name) for name in limits),
                )
        return rows

    def _figure(self, indicator: Indicator, *, opening: bool) -> nw.Expr:
        raw = nw.col(f"raw:{indicator.id}")
        derived = self._derive(indicator, opening=opening)
        return raw if derived is None else nw.coalesce(raw, derived)

    def _derive(self, indicator: Indicator, *, opening: bool) -> nw.Expr | None:
        if indicator.parts:
            names = {part: part if opening else self.base(part) for part in indicator.parts}
            return _sum_parts(indicator, names)
        if indicator.opening_of is not None and opening:
            before = nw.col(f"previous.{self.base(indicator.opening_of)}")
            return nw.when(~nw.col("is_absent")).then(before)
        if indicator.from_register is not None:
            return nw.when(nw.col("unit.bodies") > 0).then(nw.col("unit.bodies"))
        return None


def with_keys(rows: Frame) -> Frame:
    """With one whole number for the unit and period of a row, and one for its parent's row."""
    return rows.with_columns(
        key=nw.col("unit_number") * _PERIODS + nw.col("period"),
        parent_key=nw.col("parent_number") * _PERIODS + nw.col("period"),
    )


def _raw(name: str) -> str:
    return name if name.startswith(("stated.", "printed:")) else f"raw:{name}"


def beyond(name: str, limits: tuple[int, int]) -> nw.Expr:
    """Whether a column is out of its limits."""
    return (nw.col(name) < limits[0]) | (nw.col(name) > limits[1])


def within(name: str, limits: tuple[int, int]) -> nw.Expr:
    """The column, missing where it is beyond its limits: nothing is ever computed with that."""
    return nw.when(~beyond(name, limits)).then(nw.col(name))


def any_beyond(conditions: Sequence[nw.Expr]) -> nw.Expr:
    """The column that says whether any figure of a row is out of its limits."""
    found = nw.any_horizontal(*conditions, ignore_nulls=True) if conditions else nw.lit(value=False)
    return found.alias("is_beyond_range")


def _sum_parts(indicator: Indicator, columns: Mapping[str, str]) -> nw.Expr:
    """The sum of the parts; missing where one is that is not taken as 0, or where all would be."""
    terms = {part: nw.col(column) for part, column in columns.items()}
    filled = [term.fill_null(0) if part in indicator.assume_zero else term for part, term in terms.items()]
    total = filled[0]
    for term in filled[1:]:
        total = total + term
    if not set(terms) <= set(indicator.assume_zero):
        return total
    return nw.when(nw.any_horizontal(*(~term.is_null() for term in terms.values()), ignore_nulls=True)).then(
        total
    )
