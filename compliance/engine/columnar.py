"""How does every planned rule come out on every row of a table, on any columnar engine?

The same expressions run on Polars and DuckDB, by narwhals. Whole numbers only: sums, products, comparisons.
A row is one submission. Parents without one are derived where all their units have one; the periods before
are looked up in the table itself; sums over units below follow the register.

The table that comes in has the columns `unit`, `period` (see `period_number`), those of `OPTIONAL_COLUMNS` of
`columnar_figures`, the figures under their indicators' ids (numbers as whole units of 10^-decimals),
`stated.<rate>`, and `printed:<rate>`, the unit of its last printed digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from compliance.engine.columnar_absent import add_absent
from compliance.engine.columnar_figures import Figures, with_keys
from compliance.engine.columnar_joins import look_up
from compliance.engine.columnar_operands import DECIMALS
from compliance.engine.columnar_parents import Parents, sum_children
from compliance.engine.columnar_peers import add_peers
from compliance.engine.columnar_write import decide_rules
from compliance.model.submission import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from compliance.engine.columnar_plan import Plan
    from compliance.engine.columnar_verdicts import RulePlan
    from compliance.model.rulepack import Target

    Frame = nw.LazyFrame[Any]

RESULT_COLUMNS = ("unit", "period", "level", "province", "is_derived", "is_absent", "is_beyond_range")
"""Before the rules. `level` is the place in `LEVELS`; a row beyond the declared ranges decides nothing.

An absent row is of a unit without a submission: only the rules on who has submitted say something of it.
"""
_BACK = {"previous": 1, "same_period_last_year": 2}
"""Half-years by which another period lies before."""


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
        self.figures = Figures(plan, self.units)
        self.earlier = {relation: set(columns) for relation, columns in plan.needs.other_periods.items()}
        self.earlier["previous"] |= {
            self.figures.base(indicator.opening_of)
            for indicator in self.figures.indicators
            if indicator.opening_of is not None and not indicator.parts
        }

    def run(self) -> Any:
        parents = Parents(self.figures, self.inputs.height, self._settle)
        rows = parents.add(self._settle(self.figures.open(nw.from_native(self.inputs.table).lazy())))
        present, rows = rows, self._add_absent(rows)
        for relation, columns in self.earlier.items():
            rows = self._join_earlier(rows, present, relation, sorted(columns))
        rows = self._settle(self.figures.resolve(rows, opening=True))
        rows = self._join_children(add_peers(rows, self.plan.needs.peers))
        periods: Frame = nw.from_native(self.inputs.periods).lazy()
        rows = look_up(rows, periods, "period").with_columns(
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
        due = with_keys(above).with_columns(
            is_derived=nw.lit(value=False), is_beyond_range=nw.lit(value=False)
        )
        return self._settle(add_absent(present, due))

    def _settle(self, rows: Frame) -> Frame:
        settled: Frame = nw.from_native(self.inputs.settle(rows.to_native())).lazy()
        return settled

    @staticmethod
    def _join_earlier(rows: Frame, present: Frame, relation: str, columns: Sequence[str]) -> Frame:
        """With columns of the same unit's earlier row; all missing where there is none."""
        if not columns:
            return rows
        earlier = present.select(
            (nw.col("key") + _BACK[relation]).alias("key"),
            *(nw.col(name).alias(f"{relation}.{name}") for name in columns),
        )
        return look_up(rows, earlier, "key")

    def _join_children(self, rows: Frame) -> Frame:
        wanted = [item for item in self.figures.indicators if item.id in self.plan.needs.children]
        sums = [expr for item in wanted for expr in sum_children(item, item.id)]
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
        joined = look_up(rows, below, "key")
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
