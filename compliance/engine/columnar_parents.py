"""Which parents without a row of their own are derived from the rows of the units right below them?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from compliance.engine.columnar_figures import COLUMN_KINDS, any_beyond, beyond, with_keys, within
from compliance.engine.columnar_operands import DECIMALS, table_range
from compliance.model.submission import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from compliance.engine.columnar_figures import Figures
    from compliance.model.rulepack import Indicator

    Frame = nw.LazyFrame[Any]


@dataclass(frozen=True, slots=True)
class Parents:
    """Derives parents of a table whose figures were resolved."""

    figures: Figures
    height: int
    """How many units stand one above the other over the lowest."""
    settle: Callable[[Frame], Frame]
    """Computes rows once that are read several times."""

    def add(self, rows: Frame) -> Frame:
        """The rows, and one for each parent without one whose units all have one, the lowest first."""
        names = rows.collect_schema().names()
        for height in range(1, self.height + 1):
            rows = self.settle(nw.concat([rows, self._parents_at(rows, height).select(*names)]))
        return rows

    def _parents_at(self, rows: Frame, height: int) -> Frame:
        additive = [item for item in self.figures.indicators if item.additive and item.type in DECIMALS]
        sums = [expr for item in additive for expr in sum_children(item, self.figures.base(item.id))]
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
            .join(self.figures.units, on="unit_number", how="inner")
            .filter((nw.col("height") == height) & (nw.col("reports") == nw.col("children")))
            .join(rows.select("key"), left_on="parent_key", right_on="key", how="anti")
        )
        one_window = (
            (nw.col("windows") == nw.col("reports"))
            & (nw.col("data_from") == nw.col("data_from_last"))
            & (nw.col("period.window_days") == nw.col("window_days_most"))
        )
        summed = {item.id for item in additive}
        parents = with_keys(reports).with_columns(
            nw.when(one_window).then(nw.col("data_from")).alias("data_from"),
            nw.when(one_window).then(nw.col("period.window_days")).alias("period.window_days"),
            nw.lit("").alias("reported_by"),
            nw.lit(value=True).alias("is_derived"),
            *(_parent_figure(item).alias(f"raw:{item.id}") for item in additive),
            *(
                nw.lit(None).cast(COLUMN_KINDS[item.type]).alias(f"raw:{item.id}")
                for item in self.figures.indicators
                if item.id not in summed
            ),
            *(nw.lit(None, nw.Int64()).alias(name) for name in self.figures.limits_of_stated()),
        )
        limits = {f"raw:{item.id}": table_range(item) for item in additive}
        parents = parents.with_columns(
            any_beyond([beyond(name, limits[name]) for name in limits]),
            *(within(name, limits[name]).alias(name) for name in limits),
        )
        return self.figures.resolve(parents, opening=False)


def sum_children(indicator: Indicator, column: str) -> Iterable[nw.Expr]:
    """Over the units right below: sum, how many have a figure, how many of these need not report it."""
    figure, name = nw.col(column), indicator.id
    yield figure.sum().cast(nw.Int64()).alias(f"children.sum:{name}")
    yield figure.count().cast(nw.Int64()).alias(f"children.given:{name}")
    if not set(LEVELS) <= set(indicator.levels):
        asked = nw.col("unit.level").is_in([LEVELS.index(level) for level in indicator.levels])
        yield nw.when(~asked).then(figure).count().cast(nw.Int64()).alias(f"children.other:{name}")


def _parent_figure(indicator: Indicator) -> nw.Expr:
    name = indicator.id
    expected = nw.col("children")
    if not set(LEVELS) <= set(indicator.levels):
        expected = nw.col(f"children.other:{name}")
        for level in indicator.levels:
            expected = expected + nw.col(f"children.{level}")
    at_level = nw.col("unit.level").is_in([LEVELS.index(level) for level in indicator.additive])
    complete = (nw.col(f"children.given:{name}") == expected) & (expected > 0)
    return nw.when(at_level & complete).then(nw.col(f"children.sum:{name}"))
