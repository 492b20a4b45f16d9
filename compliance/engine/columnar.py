"""How does every planned rule come out on every row of a table, on any columnar engine?

The same expressions run on Polars and DuckDB, by narwhals. Whole numbers only: sums, products, comparisons.
A row is one submission. Parents without one are derived where all their units have one; the periods before
are looked up in the table itself; sums over units below follow the register.

The table that comes in has the columns `unit`, `period` (see `period_number`), those of `OPTIONAL_COLUMNS`,
the figures under their indicators' ids (numbers as whole units of 10^-decimals), `stated.<rate>`, and
`printed:<rate>`, the unit of its last printed digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from compliance.engine.columnar_absent import add_absent
from compliance.engine.columnar_operands import (
    DECIMALS,
    MOST_STATED,
    PRINTED_UNITS,
    table_range,
)
from compliance.engine.columnar_order import in_waves, needed_indicators, with_opening
from compliance.engine.columnar_peers import add_peers
from compliance.engine.columnar_write import decide_rules
from compliance.model.submission import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from compliance.engine.columnar_plan import Plan
    from compliance.engine.columnar_verdicts import RulePlan
    from compliance.model.rulepack import Indicator, Target

    Frame = nw.LazyFrame[Any]

OPTIONAL_COLUMNS = {
    "report_date": nw.Date(),
    "reported_by": nw.String(),
    "data_from": nw.Date(),
    "period.window_days": nw.Int64(),
}
"""What a table may say of a submission; missing where it does not."""
RESULT_COLUMNS = ("unit", "period", "level", "province", "is_derived", "is_absent", "is_beyond_range")
"""Before the rules. `level` is the place in `LEVELS`; a row beyond the declared ranges decides nothing.

An absent row is of a unit without a submission: only the rules on who has submitted say something of it.
"""
_BACK = {"previous": 1, "same_period_last_year": 2}
"""Half-years by which another period lies before."""
_KEY = ("unit", "period")
_PERIODS = 10_000
"""More than the number of any period: a unit and a period make one whole number."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The native frames of one engine, and how it computes a frame once that is read several times."""

    table: Any
    units: Any
    """The columns of `register_columns`."""
    periods: Any
    """The columns of `period_columns`."""
    height: int
    """How many units stand one above the other over the lowest: 2 for district, bloc, commune."""
    settle: Callable[[Any], Any]


def evaluate_columns(plan: Plan, inputs: Inputs) -> Any:
    """The outcome of every planned rule on every row, as a native frame whose last step is still to compute.

    It has `RESULT_COLUMNS` and a column for each rule with the place of its outcome in `plan.codes`.
    """
    return _Evaluation(plan, inputs).run()


class _Evaluation:
    def __init__(self, plan: Plan, inputs: Inputs) -> None:
        self.plan = plan
        self.inputs = inputs
        self.units: Frame = nw.from_native(inputs.units).lazy()
        self.opening = with_opening(plan.pack)
        self.indicators = needed_indicators(plan.pack, plan.needs.indicators)
        self.earlier = {relation: set(columns) for relation, columns in plan.needs.other_periods.items()}
        self.earlier["previous"] |= {
            self._base(indicator.opening_of)
            for indicator in self.indicators
            if indicator.opening_of is not None and not indicator.parts
        }

    def run(self) -> Any:
        rows = self._add_parents(self._settle(self._open(nw.from_native(self.inputs.table).lazy())))
        present, rows = rows, self._add_absent(rows)
        for relation, columns in self.earlier.items():
            rows = self._join_earlier(rows, present, relation, sorted(columns))
        rows = self._settle(self._resolve(rows, opening=True))
        rows = self._join_children(add_peers(rows, self.plan.needs.peers))
        periods: Frame = nw.from_native(self.inputs.periods).lazy()
        rows = rows.join(periods, on="period", how="left").with_columns(
            law_date=nw.coalesce(nw.col("report_date"), nw.col("period_end")),
            is_own_report=~nw.col("is_derived")
            & (nw.col("reported_by").is_null() | (nw.col("reported_by") == nw.col("unit"))),
        )
        targets = list(self._targets())
        rows = rows.with_columns(*targets) if targets else rows
        shared, decided = decide_rules(
            self.plan.rules, {code: place for place, code in enumerate(self.plan.codes)}
        )
        rows = rows.with_columns(*shared) if shared else rows
        return rows.select(
            "unit",
            "period",
            nw.col("unit.level").alias("level"),
            "province",
            "is_derived",
            "is_absent",
            "is_beyond_range",
            *map(self._hold_back, self.plan.rules, decided),
        ).to_native()

    def _hold_back(self, rule: RulePlan, decided: nw.Expr) -> nw.Expr:
        """The column of a rule, without a word of absent rows where it has none to say."""
        is_held = self.plan.needs.reports_below and not rule.on_absent
        return nw.when(~nw.col("is_absent")).then(decided).alias(rule.rule) if is_held else decided

    def _add_absent(self, present: Frame) -> Frame:
        """With a row for each unit that has units below it and none of its own, if a rule asks for it."""
        if not self.plan.needs.reports_below:
            return present.with_columns(is_absent=nw.lit(value=False))
        periods: Frame = nw.from_native(self.inputs.periods).lazy()
        above = self.units.filter(nw.col("children") > 0).join(periods.select("period"), how="cross")
        due = _with_keys(above).with_columns(
            is_derived=nw.lit(value=False), is_beyond_range=nw.lit(value=False)
        )
        return self._settle(add_absent(present, due))

    def _settle(self, rows: Frame) -> Frame:
        settled: Frame = nw.from_native(self.inputs.settle(rows.to_native())).lazy()
        return settled

    def _base(self, name: str) -> str:
        """The column of an indicator as resolved without the period before."""
        return f"base:{name}" if name in self.opening else name

    def _open(self, table: Frame) -> Frame:
        """The rows with what the register says of their units, and figures resolved within the row."""
        known = set(table.collect_schema().names())
        columns = [
            (nw.col(name) if name in known else nw.lit(None)).cast(kind).alias(name)
            for name, kind in OPTIONAL_COLUMNS.items()
        ]
        limits = self._limits_of_stated()
        limits |= {item.id: table_range(item) for item in self.indicators if item.type in DECIMALS}
        others = [item for item in self.indicators if item.type not in DECIMALS]
        figures = [
            (_within(name, limits[name]) if name in known else nw.lit(None, nw.Int64())).alias(_raw(name))
            for name in limits
        ]
        figures += [
            (nw.col(item.id) if item.id in known else nw.lit(None))
            .cast(_KINDS[item.type])
            .alias(_raw(item.id))
            for item in others
        ]
        beyond = [_beyond(name, limits[name]) for name in limits if name in known]
        rows = table.select(
            *_KEY, *columns, *figures, nw.lit(value=False).alias("is_derived"), _any(beyond)
        ).join(self.units, on="unit", how="left")
        return self._resolve(_with_keys(rows), opening=False)

    def _limits_of_stated(self) -> dict[str, tuple[int, int]]:
        """The columns of stated rates and of the units of their last digits, with their ranges."""
        needs = self.plan.needs
        limits = {f"stated.{rate}": _STATED_RANGE for rate in sorted(needs.stated)}
        return limits | {f"printed:{rate}": PRINTED_UNITS for rate in sorted(needs.printed)}

    def _resolve(self, rows: Frame, *, opening: bool) -> Frame:
        """With the figure of each indicator: reported, else derived; wholes after their parts."""
        wanted = [item for item in self.indicators if not opening or item.id in self.opening]
        for wave in in_waves(wanted):
            names = {item.id: item.id if opening else self._base(item.id) for item in wave}
            limits = {
                names[item.id]: table_range(item)
                for item in wave
                if item.parts or item.opening_of or item.from_register
            }
            rows = rows.with_columns(
                *(self._figure(item, opening=opening).alias(names[item.id]) for item in wave)
            )
            if limits:
                beyond = [_beyond(name, limits[name]) for name in limits]
                rows = rows.with_columns(
                    _any([nw.col("is_beyond_range"), *beyond]),
                    *(_within(name, limits[name]).alias(name) for name in limits),
                )
        return rows

    def _figure(self, indicator: Indicator, *, opening: bool) -> nw.Expr:
        raw = nw.col(f"raw:{indicator.id}")
        derived = self._derive(indicator, opening=opening)
        return raw if derived is None else nw.coalesce(raw, derived)

    def _derive(self, indicator: Indicator, *, opening: bool) -> nw.Expr | None:
        if indicator.parts:
            names = {part: part if opening else self._base(part) for part in indicator.parts}
            return _sum_parts(indicator, names)
        if indicator.opening_of is not None and opening:
            before = nw.col(f"previous.{self._base(indicator.opening_of)}")
            return nw.when(~nw.col("is_absent")).then(before)
        if indicator.from_register is not None:
            return nw.when(nw.col("unit.bodies") > 0).then(nw.col("unit.bodies"))
        return None

    def _add_parents(self, rows: Frame) -> Frame:
        """The rows, and one for each parent without one whose units all have one, the lowest first."""
        names = rows.collect_schema().names()
        for height in range(1, self.inputs.height + 1):
            rows = self._settle(nw.concat([rows, self._parents_at(rows, height).select(*names)]))
        return rows

    def _parents_at(self, rows: Frame, height: int) -> Frame:
        additive = [item for item in self.indicators if item.additive and item.type in DECIMALS]
        sums = [expr for item in additive for expr in self._sum_children(item, self._base(item.id))]
        reports = (
            rows.filter(~nw.col("parent_key").is_null())
            .group_by("parent_key")
            .agg(
                nw.len().alias("reports"),
                nw.col("period").max(),
                nw.col("parent_number").max().alias("unit_number"),
                nw.col("report_date").max(),
                nw.col("data_from").min().alias("data_from"),
                nw.col("data_from").max().alias("data_from_last"),
                nw.col("period.window_days").min().alias("period.window_days"),
                nw.col("period.window_days").max().alias("window_days_most"),
                nw.col("period.window_days").count().alias("windows"),
                *sums,
            )
            .join(self.units, on="unit_number", how="inner")
            .filter((nw.col("height") == height) & (nw.col("reports") == nw.col("children")))
            .join(rows.select("key"), left_on="parent_key", right_on="key", how="anti")
        )
        one_window = (
            (nw.col("windows") == nw.col("reports"))
            & (nw.col("data_from") == nw.col("data_from_last"))
            & (nw.col("period.window_days") == nw.col("window_days_most"))
        )
        summed = {item.id for item in additive}
        parents = _with_keys(reports).with_columns(
            nw.when(one_window).then(nw.col("data_from")).alias("data_from"),
            nw.when(one_window).then(nw.col("period.window_days")).alias("period.window_days"),
            nw.lit("").alias("reported_by"),
            nw.lit(value=True).alias("is_derived"),
            *(self._parent_figure(item).alias(f"raw:{item.id}") for item in additive),
            *(
                nw.lit(None).cast(_KINDS[item.type]).alias(f"raw:{item.id}")
                for item in self.indicators
                if item.id not in summed
            ),
            *(nw.lit(None, nw.Int64()).alias(name) for name in self._limits_of_stated()),
        )
        limits = {f"raw:{item.id}": table_range(item) for item in additive}
        parents = parents.with_columns(
            _any([_beyond(name, limits[name]) for name in limits]),
            *(_within(name, limits[name]).alias(name) for name in limits),
        )
        return self._resolve(parents, opening=False)

    def _sum_children(self, indicator: Indicator, column: str) -> Iterable[nw.Expr]:
        """Over the units right below: sum, how many have a figure, how many of these need not report it."""
        figure, name = nw.col(column), indicator.id
        yield figure.sum().cast(nw.Int64()).alias(f"children.sum:{name}")
        yield figure.count().cast(nw.Int64()).alias(f"children.given:{name}")
        if not set(LEVELS) <= set(indicator.levels):
            asked = nw.col("unit.level").is_in([LEVELS.index(level) for level in indicator.levels])
            yield nw.when(~asked).then(figure).count().cast(nw.Int64()).alias(f"children.other:{name}")

    def _parent_figure(self, indicator: Indicator) -> nw.Expr:
        name = indicator.id
        expected = nw.col("children")
        if not set(LEVELS) <= set(indicator.levels):
            expected = nw.col(f"children.other:{name}")
            for level in indicator.levels:
                expected = expected + nw.col(f"children.{level}")
        at_level = nw.col("unit.level").is_in([LEVELS.index(level) for level in indicator.additive])
        complete = (nw.col(f"children.given:{name}") == expected) & (expected > 0)
        return nw.when(at_level & complete).then(nw.col(f"children.sum:{name}"))

    @staticmethod
    def _join_earlier(rows: Frame, present: Frame, relation: str, columns: Sequence[str]) -> Frame:
        """With columns of the same unit's earlier row; all missing where there is none."""
        if not columns:
            return rows
        earlier = present.select(
            (nw.col("key") + _BACK[relation]).alias("key"),
            *(nw.col(name).alias(f"{relation}.{name}") for name in columns),
        )
        return rows.join(earlier, on="key", how="left")

    def _join_children(self, rows: Frame) -> Frame:
        wanted = [item for item in self.indicators if item.id in self.plan.needs.children]
        sums = [expr for item in wanted for expr in self._sum_children(item, item.id)]
        if self.plan.needs.reports_below:
            sums.append(nw.len().cast(nw.Int64()).alias("children.reports"))
        if not sums:
            return rows
        below = (
            rows.filter(~nw.col("parent_key").is_null() & ~nw.col("is_absent"))
            .group_by("parent_key")
            .agg(*sums)
            .rename({"parent_key": "key"})
        )
        counts = [f"children.{what}:{item.id}" for item in wanted for what in ("given", "other")]
        counts.append("children.reports")
        counts = [name for name in counts if name in below.collect_schema().names()]
        joined = rows.join(below, on="key", how="left")
        return joined.with_columns(*(nw.col(name).fill_null(0) for name in counts))

    def _targets(self) -> Iterable[nw.Expr]:
        """The value in force on the law date for the unit's level, and its due day."""
        for name in sorted(self.plan.needs.targets):
            target = self.plan.pack.target[name]
            factor = 10 ** DECIMALS["percent"]
            values = {dated: int(dated.value * factor) for dated in _latest_first(target)}
            days = {dated: dated.due for dated in _latest_first(target)}
            yield _in_force(values, nw.Int64()).alias(f"target.{name}")
            yield _in_force(days, nw.Date()).alias(f"due.{name}")


_KINDS: Mapping[str, Any] = {
    **dict.fromkeys(DECIMALS, nw.Int64()),
    "boolean": nw.Boolean(),
    "date": nw.Date(),
}
_STATED_RANGE = (0, MOST_STATED * 10 ** DECIMALS["percent"])


def _with_keys(rows: Frame) -> Frame:
    """With one whole number for the unit and period of a row, and one for its parent's row."""
    return rows.with_columns(
        key=nw.col("unit_number") * _PERIODS + nw.col("period"),
        parent_key=nw.col("parent_number") * _PERIODS + nw.col("period"),
    )


def _raw(name: str) -> str:
    return name if name.startswith(("stated.", "printed:")) else f"raw:{name}"


def _beyond(name: str, limits: tuple[int, int]) -> nw.Expr:
    return (nw.col(name) < limits[0]) | (nw.col(name) > limits[1])


def _within(name: str, limits: tuple[int, int]) -> nw.Expr:
    """The column, missing where it is beyond its limits: nothing is ever computed with that."""
    return nw.when(~_beyond(name, limits)).then(nw.col(name))


def _any(conditions: Sequence[nw.Expr]) -> nw.Expr:
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


def _latest_first(target: Target) -> Sequence[Any]:
    return sorted(target.values, key=lambda dated: dated.effective_from, reverse=True)


def _in_force(values: Mapping[Any, Any], kind: Any) -> nw.Expr:
    chosen = nw.lit(None).cast(kind)
    for dated, value in reversed(list(values.items())):
        binds = nw.col("law_date") >= nw.lit(dated.effective_from)
        if dated.levels:
            binds = binds & nw.col("unit.level").is_in([LEVELS.index(level) for level in dated.levels])
        result = nw.lit(None).cast(kind) if value is None else nw.lit(value).cast(kind)
        chosen = nw.when(binds).then(result).otherwise(chosen)
    return chosen
