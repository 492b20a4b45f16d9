"""How do decided rows become the outcomes in words, a row for each submission and rule, and their counts?

Within a batch outcomes are places in `Plan.codes`, a column a rule. In words they are written at once;
counted they stay small: a row for each rule, code and group of submissions.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from compliance.engine.columnar_inputs import numbered_period
from compliance.model.bulk import BulkResult
from compliance.model.submission import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from compliance.engine.columnar_engines import Engine
    from compliance.engine.columnar_plan import Plan

_BY = ("rule", "level", "province", "period", "outcome", "reason_code")


@dataclass(frozen=True, slots=True)
class Groups:
    """The numbers of all that submissions are counted by: province, level and period in one whole number."""

    periods: Sequence[int]
    """The numbers of the periods that have a submission, the earliest first."""
    provinces: Sequence[str]

    def number(self) -> nw.Expr:
        """The number of a decided row's group."""
        period = nw.col("period") - self._first
        return (nw.col("province") * len(LEVELS) + nw.col("level")) * self._span + period

    def name(self, engine: Engine, frame: Any) -> Any:
        """With `level`, `province` and `period` in words, from `group`."""
        parted = frame.with_columns(
            period_number=nw.col("group") % self._span + self._first,
            level_place=nw.col("group") // self._span % len(LEVELS),
            province_place=nw.col("group") // (self._span * len(LEVELS)),
        )
        native = engine.name(parted.to_native(), "level_place", LEVELS, "level")
        native = engine.name(native, "province_place", self.provinces, "province")
        return self.name_periods(engine, nw.from_native(native).lazy())

    def name_periods(self, engine: Engine, frame: Any) -> Any:
        """With `period` in words, from `period_number`."""
        names = [str(numbered_period(number)) for number in range(self._first, self._first + self._span)]
        placed = frame.with_columns(period_place=nw.col("period_number") - self._first)
        return nw.from_native(engine.name(placed.to_native(), "period_place", names, "period")).lazy()

    @property
    def _first(self) -> int:
        return min(self.periods, default=0)

    @property
    def _span(self) -> int:
        return max(self.periods, default=0) - self._first + 1


def write_outcomes(plan: Plan, engine: Engine, rows: Any, groups: Groups, path: Path) -> None:
    """A parquet file of one batch: `unit`, `period`, `rule`, `outcome` and `reason_code`."""
    numbered = nw.from_native(rows).lazy().rename({"period": "period_number"})
    named = groups.name_periods(engine, numbered)
    words = _name_codes(plan, engine, _lengthen(plan, engine, named, ("unit", "period")))
    engine.write(words.select("unit", "period", "rule", "outcome", "reason_code").to_native(), path)


def count_outcomes(plan: Plan, engine: Engine, rows: Any, groups: Groups, path: Path) -> Counter[str]:
    """A parquet file of one batch's counts, small enough to be kept until the last.

    Gives how many submissions were decided, and how many derived parents.
    """
    frame = nw.from_native(rows).lazy()
    long = _lengthen(plan, engine, frame.with_columns(group=groups.number()), ("group",))
    counts = long.group_by("rule", "code", "group").agg(nw.len().alias("submissions"))
    engine.write(counts.to_native(), path)
    there = frame.filter(~nw.col("is_absent")).group_by("is_derived").agg(nw.len().alias("rows"))
    return Counter(
        {
            "derived" if row["is_derived"] else "submissions": row["rows"]
            for row in engine.fetch(there.to_native())
        }
    )


def write_summary(plan: Plan, engine: Engine, counts: Any, groups: Groups, path: Path) -> None:
    """Submissions by rule, level, province, period, outcome and reason code, from all batches' counts."""
    summed = nw.from_native(counts).lazy().group_by("rule", "code", "group").agg(nw.col("submissions").sum())
    named = groups.name(engine, _name_codes(plan, engine, summed))
    texts = [nw.col(name).cast(nw.String()) for name in _BY]
    engine.write(named.select(*texts, "submissions").sort(*_BY).to_native(), path)


def total_outcomes(plan: Plan, engine: Engine, counts: Any, decided: Mapping[str, int]) -> BulkResult:
    """What all batches come to, with the numbers of `count_outcomes` added up."""
    frame = nw.from_native(counts).lazy()
    summed = frame.group_by("rule", "code").agg(nw.col("submissions").sum())
    by_rule: dict[str, Counter[str]] = {rule.rule: Counter() for rule in plan.rules}
    totals: Counter[str] = Counter()
    for row in engine.fetch(summed.to_native()):
        outcome = plan.codes[row["code"]].outcome
        by_rule[row["rule"]][outcome] += int(row["submissions"])
        totals[outcome] += int(row["submissions"])
    return BulkResult(
        submissions=decided.get("submissions", 0),
        derived=decided.get("derived", 0),
        counts=by_rule,
        totals=totals,
        left_out=plan.left_out,
    )


def _lengthen(plan: Plan, engine: Engine, rows: Any, others: Sequence[str]) -> Any:
    """A row for each row and rule, with the place of its code; none where the rule has nothing to say."""
    rules = [rule.rule for rule in plan.rules]
    long = engine.lengthen(rows.select(*others, *rules).to_native(), rules, "rule", "code")
    frame = nw.from_native(long).lazy()
    return frame.filter(~nw.col("code").is_null()) if plan.needs.reports_below else frame


def _name_codes(plan: Plan, engine: Engine, frame: Any) -> Any:
    native = engine.name(frame.to_native(), "code", [code.outcome for code in plan.codes], "outcome")
    native = engine.name(native, "code", [code.reason for code in plan.codes], "reason_code")
    return nw.from_native(native).lazy()
