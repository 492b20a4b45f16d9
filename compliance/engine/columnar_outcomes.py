"""How do decided rows become the outcomes in words, a row for each submission and rule, and their counts?

Within a batch outcomes are places in `Plan.codes`, a column a rule. In words they are written at once;
counted they stay small: a row for each level, province and period, a column for each rule and code.
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
    rules = [rule.rule for rule in plan.rules]
    narrow = named.select("unit", "period", *rules).to_native()
    long = nw.from_native(engine.lengthen(narrow, rules, "rule", "code")).lazy()
    if plan.needs.reports_below:
        long = long.filter(~nw.col("code").is_null())
    words = _name_codes(plan, engine, long)
    engine.write(words.select("unit", "period", "rule", "outcome", "reason_code").to_native(), path)


def count_outcomes(plan: Plan, engine: Engine, rows: Any, path: Path) -> None:
    """A parquet file of one batch's counts, small enough to be kept until the last."""
    counts = [
        (nw.col(rule) == place).cast(nw.Int64()).sum().alias(name)
        for name, (rule, place) in _cells(plan).items()
    ]
    frame = nw.from_native(rows).lazy().rename({"period": "number"}).group_by(*_GROUP)
    there = ~nw.col("is_absent")
    submitted = (there & ~nw.col("is_derived")).cast(nw.Int64()).sum().alias("submissions")
    rows_there = there.cast(nw.Int64()).sum().alias("rows")
    engine.write(frame.agg(*counts, submitted, rows_there).to_native(), path)


def write_summary(plan: Plan, engine: Engine, counts: Any, periods: Sequence[int], path: Path) -> None:
    """Submissions by rule, level, province, period, outcome and reason code, from all batches' counts."""
    cells = _cells(plan)
    summed = (
        nw.from_native(counts)
        .lazy()
        .group_by(*_GROUP)
        .agg(*(nw.col(name).sum() for name in cells))
        .unpivot(on=list(cells), index=list(_GROUP), variable_name="cell", value_name="submissions")
        .filter(nw.col("submissions") > 0)
    )
    columns: dict[str, list[Any]] = {
        "cell": list(cells),
        "rule": [rule for rule, _ in cells.values()],
        "code": [place for _, place in cells.values()],
    }
    known = engine.make(columns, {"cell": "text", "rule": "text", "code": "int"})
    words = summed.join(nw.from_native(known).lazy(), on="cell", how="inner").rename({"level": "level_code"})
    words = _name_periods(engine, _name_codes(plan, engine, words), periods)
    named = nw.from_native(engine.name(words.to_native(), "level_code", LEVELS, "level")).lazy()
    texts = [nw.col(name).cast(nw.String()) for name in _BY]
    engine.write(named.select(*texts, "submissions").sort(*_BY).to_native(), path)


def total_outcomes(plan: Plan, engine: Engine, counts: Any) -> BulkResult:
    """The counts of all batches, by rule and outcome."""
    cells = _cells(plan)
    frame = nw.from_native(counts).lazy()
    (summed,) = engine.fetch(frame.select(nw.col(*cells, "submissions", "rows").sum()).to_native())
    by_rule: dict[str, Counter[str]] = {rule.rule: Counter() for rule in plan.rules}
    totals: Counter[str] = Counter()
    for name, (rule, place) in cells.items():
        outcome, count = plan.codes[place].outcome, int(summed[name] or 0)
        if count:
            by_rule[rule][outcome] += count
            totals[outcome] += count
    submissions = int(summed["submissions"] or 0)
    return BulkResult(
        submissions=submissions,
        derived=int(summed["rows"] or 0) - submissions,
        counts=by_rule,
        totals=totals,
        left_out=plan.left_out,
    )


def _cells(plan: Plan) -> Mapping[str, tuple[str, int]]:
    """The columns of the counts: for each rule and each code that it can have."""
    places = {code: place for place, code in enumerate(plan.codes)}
    cells: dict[str, tuple[str, int]] = {}
    for rule in plan.rules:
        for code in dict.fromkeys([*(code for _, code in rule.cases), rule.otherwise]):
            cells[f"{rule.rule}={places[code]}"] = (rule.rule, places[code])
    return cells


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
