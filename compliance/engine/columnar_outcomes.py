"""How do decided rows become the outcomes in words, a row for each submission and rule, and their counts?

Within a batch outcomes are places in `Plan.codes`, a column a rule. In words they are written at once;
counted they stay small: a row for each rule and code, level, province and period.
"""

from __future__ import annotations

from collections import Counter
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

_GROUP = ("level", "province", "number")
_BY = ("rule", "level", "province", "period", "outcome", "reason_code")


def write_outcomes(plan: Plan, engine: Engine, rows: Any, periods: Sequence[int], path: Path) -> None:
    """A parquet file of one batch: `unit`, `period`, `rule`, `outcome` and `reason_code`."""
    named = _name_periods(engine, nw.from_native(rows).lazy().rename({"period": "number"}), periods)
    words = _name_codes(plan, engine, _lengthen(plan, engine, named, ("unit", "period")))
    engine.write(words.select("unit", "period", "rule", "outcome", "reason_code").to_native(), path)


def count_outcomes(plan: Plan, engine: Engine, rows: Any, path: Path) -> Counter[str]:
    """A parquet file of one batch's counts, small enough to be kept until the last.

    Gives how many submissions were decided, and how many derived parents.
    """
    frame = nw.from_native(rows).lazy()
    long = _lengthen(plan, engine, frame.rename({"period": "number"}), _GROUP)
    counts = long.group_by("rule", "code", *_GROUP).agg(nw.len().alias("submissions"))
    engine.write(counts.to_native(), path)
    there = frame.filter(~nw.col("is_absent")).group_by("is_derived").agg(nw.len().alias("rows"))
    return Counter(
        {
            "derived" if row["is_derived"] else "submissions": row["rows"]
            for row in engine.fetch(there.to_native())
        }
    )


def write_summary(plan: Plan, engine: Engine, counts: Any, periods: Sequence[int], path: Path) -> None:
    """Submissions by rule, level, province, period, outcome and reason code, from all batches' counts."""
    summed = (
        nw.from_native(counts)
        .lazy()
        .group_by("rule", "code", *_GROUP)
        .agg(nw.col("submissions").sum())
        .rename({"level": "level_code"})
    )
    words = _name_periods(engine, _name_codes(plan, engine, summed), periods)
    named = nw.from_native(engine.name(words.to_native(), "level_code", LEVELS, "level")).lazy()
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


def _name_periods(engine: Engine, frame: Any, periods: Sequence[int]) -> Any:
    """With `period` in words, from `number`."""
    first = min(periods, default=0)
    names = [str(numbered_period(number)) for number in range(first, max(periods, default=0) + 1)]
    placed = frame.with_columns(place=nw.col("number") - first)
    return nw.from_native(engine.name(placed.to_native(), "place", names, "period")).lazy()
