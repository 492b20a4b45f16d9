"""How would an analyst write the rules of Long Phú in Polars, once and by hand?

The yardstick of `bulk.py`: the same rows in, the same outcome and reason of every rule on every row out,
with the register, derived parents, the half-years before, roll-ups and the check of ranges. Nothing comes
from the pack or from the project's compiler; a rule that changes in the pack has to be changed here as well,
and `bulk.py` compares every cell before it measures.
"""

from __future__ import annotations

import shutil
from datetime import date
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import polars as pl
from polars import col, lit, when

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

DISTRICT, BLOC, AGENCY, COMMUNE = range(4)
EVERYWHERE = (DISTRICT, BLOC, AGENCY, COMMUNE)
TOGETHER = (DISTRICT, BLOC)
MILLION = 1_000_000
"""Percentages and amounts are whole millionths."""

CODES = (
    "not_applicable/other_level",
    "not_applicable/not_yet_effective",
    "not_applicable/derived_unit",
    "not_applicable/condition",
    "not_applicable/no_target",
    "not_applicable/no_children_report",
    "no_data/not_reported",
    "no_data/no_previous",
    "no_data/zero_denominator",
    "no_data/circular",
    "no_data/no_children",
    "no_data/children",
    "no_data/not_stated",
    "no_data/no_window",
    "no_data/denominator_unsettled",
    "pass/holds",
    "pass/met",
    "pass/met_by_all",
    "pass/ranges_meet",
    "pass/rollup_equal",
    "pass/rollup_at_least",
    "fail/differs",
    "fail/does_not_hold",
    "fail/missed",
    "fail/not_yet_reached",
    "fail/missed_overdue",
    "fail/missed_by_all",
    "fail/not_yet_reached_by_all",
    "fail/missed_overdue_by_all",
    "fail/ranges_apart",
    "fail/rollup_exceeded",
    "fail/rollup_unequal",
)
"""What a result column points to."""
PLACE = {code: lit(place, pl.UInt8) for place, code in enumerate(CODES)}

BILLION = 1_000_000_000
LIMITS = {
    "portal.articles": MILLION,
    "portal.sections_published": 10,
    "one_stop.coverage": 100 * MILLION,
    "one_stop.procedures_in_authority": 100_000,
    "one_stop.procedures_entered": 100_000,
    "dossiers.received_total": BILLION,
    "dossiers.received_online": BILLION,
    "dossiers.received_direct": BILLION,
    "dossiers.carried_over": BILLION,
    "dossiers.resolved": BILLION,
    "dossiers.resolved_early": BILLION,
    "dossiers.resolved_on_day": BILLION,
    "dossiers.resolved_in_time": BILLION,
    "dossiers.resolved_late": BILLION,
    "dossiers.pending": BILLION,
    "dossiers.pending_in_time": BILLION,
    "dossiers.pending_overdue": BILLION,
    "dossiers.returned_or_withdrawn": BILLION,
    "dossiers.apologies_sent": BILLION,
    "postal.procedures_registered": 100_000,
    "postal.received": BILLION,
    "postal.returned": BILLION,
    "postal.total": 2 * BILLION,
    "documents.outgoing": BILLION,
    "documents.outgoing_electronic": BILLION,
    "signatures.signed": BILLION,
    "signatures.bodies": 100_000,
    "signatures.bodies_signing": 100_000,
    "mailbox.share": 100 * MILLION,
    "equipment.internet_share": 100 * MILLION,
    "equipment.lan_share": 100 * MILLION,
    "budget.spent": MILLION * MILLION,
    "communication.broadcasts": 100_000,
    "communication.minutes_each": 1440,
    "communication.minutes_total": 10 * MILLION,
    "online.procedures": 200_000,
    "online.procedures_level3": 100_000,
    "online.procedures_level4": 100_000,
    "online.dossiers": BILLION,
    "online.land_online": BILLION,
    "online.household_online": BILLION,
    "online.construction_online": BILLION,
    "online.trade_online": BILLION,
    "online.other_online": BILLION,
    "online.land_total": BILLION,
    "online.household_total": BILLION,
    "online.construction_total": BILLION,
    "online.trade_total": BILLION,
    "online.other_total": BILLION,
    "online.fields_total": BILLION,
}
"""The greatest figure of each number that a rule looks at; the least is 0."""
PARTS = {
    "dossiers.resolved_in_time": ("dossiers.resolved_early", "dossiers.resolved_on_day"),
    "dossiers.resolved": ("dossiers.resolved_in_time", "dossiers.resolved_late"),
    "dossiers.pending": ("dossiers.pending_in_time", "dossiers.pending_overdue"),
    "dossiers.received_total": (
        "dossiers.received_online",
        "dossiers.received_direct",
        "dossiers.carried_over",
    ),
    "postal.total": ("postal.received", "postal.returned"),
    "online.procedures": ("online.procedures_level3", "online.procedures_level4"),
    "online.dossiers": (
        "online.land_online",
        "online.household_online",
        "online.construction_online",
        "online.trade_online",
        "online.other_online",
    ),
    "online.fields_total": (
        "online.land_total",
        "online.household_total",
        "online.construction_total",
        "online.trade_total",
        "online.other_total",
    ),
}
OFTEN_BLANK = ("dossiers.pending_overdue", "online.other_online", "online.other_total")
"""Parts that count as 0 where nothing was reported."""

LISTS = (
    "one_stop.procedures_in_authority",
    "one_stop.procedures_entered",
    "postal.procedures_registered",
    "signatures.bodies_signing",
    "online.procedures",
    "online.procedures_level3",
    "online.procedures_level4",
)
"""Adds up to the district only."""
WORK = (
    *(name for name in LIMITS if name.startswith("dossiers.")),
    "postal.received",
    "postal.returned",
    "postal.total",
    "documents.outgoing",
    "documents.outgoing_electronic",
    "signatures.signed",
    "budget.spent",
    "online.dossiers",
    *PARTS["online.dossiers"],
    *PARTS["online.fields_total"],
    "online.fields_total",
)
"""Adds up to the bloc and to the district."""
BEFORE = (
    "unit",
    "dossiers.pending",
    "dossiers.received_total",
    "portal.articles",
    "postal.total",
    "documents.outgoing",
    "documents.outgoing_electronic",
    "signatures.signed",
    "mailbox.share",
    "budget.spent",
    "communication.broadcasts",
    "online.dossiers",
)
YEAR_BEFORE = ("unit", "dossiers.received_total")
RATES = {
    "one_stop.entered": ("one_stop.procedures_entered", "one_stop.procedures_in_authority", EVERYWHERE),
    "dossiers.in_time": ("dossiers.resolved_in_time", "dossiers.resolved", EVERYWHERE),
    "dossiers.late": ("dossiers.resolved_late", "dossiers.resolved", EVERYWHERE),
    "dossiers.resolution": ("dossiers.resolved", "dossiers.received_total", EVERYWHERE),
    "dossiers.in_time_of_received": ("dossiers.resolved_in_time", "dossiers.received_total", EVERYWHERE),
    "postal.share": ("postal.total", "dossiers.received_total", TOGETHER),
    "documents.electronic": ("documents.outgoing_electronic", "documents.outgoing", EVERYWHERE),
    "signatures.share": ("signatures.signed", "documents.outgoing_electronic", EVERYWHERE),
    "signatures.coverage": ("signatures.bodies_signing", "signatures.bodies", TOGETHER),
    "online.share": ("online.dossiers", "dossiers.received_total", EVERYWHERE),
    "online.fields": ("online.dossiers", "online.fields_total", EVERYWHERE),
    "online.land": ("online.land_online", "online.land_total", EVERYWHERE),
    "online.household": ("online.household_online", "online.household_total", EVERYWHERE),
    "online.construction": ("online.construction_online", "online.construction_total", EVERYWHERE),
    "online.trade": ("online.trade_online", "online.trade_total", EVERYWHERE),
    "online.level4_of_procedures": ("online.procedures_level4", "one_stop.procedures_in_authority", TOGETHER),
    "online.level4_of_services": ("online.procedures_level4", "online.procedures", TOGETHER),
}


LEVELS = ("district", "bloc", "agency", "commune")
MILLIONTHS = (
    "one_stop.coverage",
    "mailbox.share",
    "equipment.internet_share",
    "equipment.lan_share",
    "budget.spent",
)
STATED = ("dossiers.in_time", "dossiers.late")


class BeyondRangeError(ValueError):
    """A figure lies beyond what is plausible at all."""


def decide(table: pl.LazyFrame, units: pl.LazyFrame, periods: pl.LazyFrame) -> pl.DataFrame:
    """The place in `CODES` of every rule on every row, beside what the row is of."""
    rows = _open(table, units)
    for height in (1, 2):
        rows = pl.concat([rows, _parents(rows, units, height)], how="diagonal_relaxed").collect().lazy()
    before = rows.select((col("key") + 1).alias("key"), col(BEFORE).name.prefix("before."))
    year = rows.select((col("key") + 2).alias("key"), col(YEAR_BEFORE).name.prefix("year."))
    rows = rows.join(before, on="key", how="left").join(year, on="key", how="left")
    rows = rows.with_columns(
        pl.coalesce("dossiers.carried_over", "before.dossiers.pending").alias("dossiers.carried_over"),
        is_opening=col("dossiers.carried_over").is_null(),
        is_total_reported=~col("no:dossiers.received_total"),
    )
    total = reduce(add, map(col, PARTS["dossiers.received_total"]))
    rows = rows.with_columns(
        pl.when("is_total_reported")
        .then("dossiers.received_total")
        .otherwise(total)
        .alias("dossiers.received_total")
    )
    rows = _check_ranges(rows.join(periods, on="period", how="left"), tuple(LIMITS))
    sums = [
        expression
        for name in dict.fromkeys((*WORK, *LISTS))
        for expression in (
            col(name).sum().alias(f"sum.{name}"),
            col(name).count().cast(pl.Int64).alias(f"given.{name}"),
        )
    ]
    below = rows.filter(col("parent_key").is_not_null()).group_by("parent_key").agg(sums)
    joined = rows.join(below, left_on="key", right_on="parent_key", how="left").with_columns(
        pl.col("^given\\..*$").fill_null(0), law_date=pl.coalesce("report_date", "period_end")
    )
    shown = ("unit", "period", col("unit.level").alias("level"), "province", "is_derived")
    return joined.select(*shown, **_rules()).collect()


def run(source: Path, folder: Path) -> None:
    """From a parquet file of submissions to outcomes in words, a row each, and a summary."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    written = pl.scan_parquet(source)
    number = col("period").str.slice(0, 4).cast(pl.Int64) * 2 + col("period").str.slice(6, 1).cast(pl.Int64)
    window = (col("data_to") - col("data_from")).dt.total_days() + 1
    table = written.with_columns(
        (number - 1).alias("period"),
        window.alias("period.window_days"),
        *((col(name) * MILLION).alias(name) for name in MILLIONTHS),
        *((col(name) * MILLION).alias(f"stated.{name}") for name in STATED),
    ).drop("level", "parent", "data_to", *STATED)
    units = make_units(written)
    first, last = table.select(col("period").min(), col("period").max().alias("last")).collect().row(0)
    decided = decide(table, units, make_periods(first, last))
    write(decided, folder)


def make_units(written: pl.LazyFrame) -> pl.LazyFrame:
    """Each unit with its level, its parent and what stands below it."""
    units = written.select("unit", "level", "parent").unique().sort("unit").collect()
    levels = pl.Enum(LEVELS)
    units = units.with_row_index("unit_number").with_columns(
        col("unit_number").cast(pl.Int64),
        col("level").cast(levels).to_physical().cast(pl.Int64).alias("unit.level"),
        col("unit").str.split("/").list.first().alias("province"),
    )
    numbers = units.select(col("unit").alias("parent"), col("unit_number").alias("parent_number"))
    units = units.join(numbers, on="parent", how="left")
    below = units.group_by("parent_number").agg(
        pl.len().cast(pl.Int64).alias("children"),
        (col("unit.level") == BLOC).sum().cast(pl.Int64).alias("children.bloc"),
        (col("unit.level") >= AGENCY).sum().cast(pl.Int64).alias("bodies"),
    )
    units = units.join(below, left_on="unit_number", right_on="parent_number", how="left")
    deeper = units.group_by("parent_number").agg(col("bodies").sum().alias("bodies_below"))
    return (
        units.join(deeper, left_on="unit_number", right_on="parent_number", how="left")
        .with_columns(
            col("children", "children.bloc", "bodies", "bodies_below").fill_null(0),
            height=when(col("unit.level") == DISTRICT)
            .then(2)
            .when(col("unit.level") == BLOC)
            .then(1)
            .otherwise(0),
        )
        .with_columns((col("bodies") + col("bodies_below")).alias("unit.bodies"))
        .drop("bodies", "bodies_below", "level", "parent")
        .lazy()
    )


def make_periods(first: int, last: int) -> pl.LazyFrame:
    """Each half-year's last day and length."""
    numbers = pl.DataFrame({"period": range(first, last + 1)}, schema={"period": pl.Int64})
    start = pl.date(col("period") // 2, 1 + 6 * (col("period") % 2), 1)
    days = (start.dt.offset_by("6mo") - start).dt.total_days().alias("period.days")
    return numbers.select(
        "period", start.dt.offset_by("6mo").dt.offset_by("-1d").alias("period_end"), days
    ).lazy()


def write(decided: pl.DataFrame, folder: Path) -> None:
    """Outcomes in words, and how many submissions came out how."""
    rules = decided.columns[5:]
    outcomes, reasons = zip(*(code.split("/") for code in CODES), strict=True)
    words = {
        name: pl.Series(texts, dtype=pl.Enum(list(dict.fromkeys(texts))))
        for name, texts in (("outcome", outcomes), ("reason_code", reasons))
    }
    half = pl.format("{}-H{}", col("period") // 2, col("period") % 2 + 1)
    named = decided.lazy().with_columns(half.alias("period"))
    spoken = [
        col("code").replace_strict(range(len(CODES)), texts, return_dtype=texts.dtype).alias(name)
        for name, texts in words.items()
    ]
    long = named.unpivot(on=rules, index=["unit", "period"], variable_name="rule", value_name="code")
    long.select("unit", "period", col("rule").cast(pl.Enum(rules)), *spoken).sink_parquet(
        folder / "outcomes.parquet", row_group_size=MILLION
    )
    by = ["level", "province", "period"]
    counted = [
        frame.select(lit(rule).alias("rule"), *by, col(rule).alias("code"), "submissions")
        for rule, frame in zip(
            rules,
            pl.collect_all([named.group_by(*by, rule).agg(pl.len().alias("submissions")) for rule in rules]),
            strict=True,
        )
    ]
    order = ["rule", *by, "outcome", "reason_code"]
    pl.concat(counted).with_columns(
        *(word.cast(pl.String) for word in spoken),
        col("level").replace_strict(range(4), list(LEVELS), return_dtype=pl.String),
    ).select(*order, "submissions").sort(order).write_csv(folder / "summary.csv")


def _open(table: pl.LazyFrame, units: pl.LazyFrame) -> pl.LazyFrame:
    rows = _check_ranges(table, tuple(name for name in LIMITS if name != "signatures.bodies"))
    rows = rows.join(units, on="unit", how="left").with_columns(
        key=col("unit_number") * 10_000 + col("period"),
        parent_key=col("parent_number") * 10_000 + col("period"),
        is_derived=lit(value=False),
    )
    return _add_up(rows)


def _check_ranges(rows: pl.LazyFrame, names: Sequence[str]) -> pl.LazyFrame:
    settled = rows.collect()
    bounds = settled.select(col(names).min().name.suffix(".min"), col(names).max().name.suffix(".max")).row(
        0, named=True
    )
    for name in names:
        if (bounds[f"{name}.min"] or 0) < 0 or (bounds[f"{name}.max"] or 0) > LIMITS[name]:
            raise BeyondRangeError(name)
    return settled.lazy()


def _add_up(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Wholes that were not reported, from their parts; which they were stands in `no:`."""
    rows = rows.with_columns(
        *(col(name).is_null().alias(f"no:{name}") for name in PARTS),
        pl.coalesce("signatures.bodies", when(col("unit.bodies") > 0).then("unit.bodies")).alias(
            "signatures.bodies"
        ),
    )
    first = ("dossiers.resolved", "dossiers.received_total")
    rows = rows.with_columns(_from_parts(name) for name in PARTS if name not in first)
    return rows.with_columns(_from_parts(name) for name in first)


def _from_parts(name: str) -> pl.Expr:
    parts = [col(part).fill_null(0) if part in OFTEN_BLANK else col(part) for part in PARTS[name]]
    return pl.coalesce(name, reduce(add, parts)).alias(name)


def _parents(rows: pl.LazyFrame, units: pl.LazyFrame, height: int) -> pl.LazyFrame:
    """A row for each parent without one whose units all have one."""
    names = (*WORK, *LISTS) if height > 1 else WORK
    window = (col("data_from").n_unique() == 1) & (col("period.window_days").n_unique() == 1)
    reports = (
        rows.filter(col("parent_key").is_not_null())
        .group_by("parent_key")
        .agg(
            col("period").first(),
            col("parent_number").first().alias("unit_number"),
            col("report_date").max(),
            pl.when(window).then(col("data_from").first()).alias("data_from"),
            pl.when(window).then(col("period.window_days").first()).alias("period.window_days"),
            pl.len().cast(pl.Int64).alias("reports"),
            when(col(names).count() == pl.len()).then(col(names).sum()).name.keep(),
        )
    )
    parents = (
        reports.join(units.filter(height=height), on="unit_number")
        .filter(col("reports") == col("children"))
        .join(rows.select("key"), left_on="parent_key", right_on="key", how="anti")
        .with_columns(
            key=col("parent_key"),
            parent_key=col("parent_number") * 10_000 + col("period"),
            is_derived=lit(value=True),
            **{"signatures.bodies": lit(None, pl.Int64)},
        )
        .with_columns(lit(None, pl.Int64).alias(name) for name in (LISTS if height == 1 else ()))
    )
    return _add_up(parents).drop("reports")


def _steps(levels: Sequence[int], since: date, *steps: tuple[pl.Expr, str], last: str) -> pl.Expr:
    """The first step that holds decides."""
    decided = PLACE[last]
    for condition, code in reversed(steps):
        decided = when(condition).then(PLACE[code]).otherwise(decided)
    decided = when(col("law_date") < since).then(PLACE["not_applicable/not_yet_effective"]).otherwise(decided)
    if levels == EVERYWHERE:
        return decided
    return when(col("unit.level").is_in(levels)).then(decided).otherwise(PLACE["not_applicable/other_level"])


def _blank(*names: str) -> tuple[pl.Expr, str]:
    return pl.any_horizontal(col(name).is_null() for name in names), "no_data/not_reported"


def _holds(condition: pl.Expr) -> tuple[pl.Expr, str]:
    return condition, "pass/holds"


def _unless(condition: pl.Expr) -> tuple[pl.Expr, str]:
    return ~condition, "not_applicable/condition"


NO_EARLIER = (col("before.unit").is_null(), "no_data/no_previous")
DERIVED = (col("is_derived"), "not_applicable/derived_unit")
YEAR_2020 = date(2020, 1, 1)


def _rules() -> Mapping[str, pl.Expr]:
    return {
        **{f"PARTS:{name}": _parts_rule(name) for name in PARTS},
        **{f"RATE:{name}:part": _compare(rate[2], rate[0], "<=", rate[1]) for name, rate in RATES.items()},
        **{f"ROLLUP:{name}": _rollup_rule(name) for name in dict.fromkeys((*WORK, *LISTS))},
        **_target_rules(),
        **_dossier_rules(),
        **_other_rules(),
        **_plausibility_rules(),
    }


def _parts_rule(name: str) -> pl.Expr:
    parts = PARTS[name]
    filled = [col(part).fill_null(0) if part in OFTEN_BLANK else col(part) for part in parts]
    return _steps(
        EVERYWHERE,
        YEAR_2020,
        (col(f"no:{name}") & col(name).is_not_null(), "no_data/circular"),
        _blank(name, *(part for part in parts if part not in OFTEN_BLANK)),
        _holds(col(name) == reduce(add, filled)),
        last="fail/differs",
    )


def _compare(levels: Sequence[int], left: str, sign: str, right: str, since: date = YEAR_2020) -> pl.Expr:
    one, other = col(left), col(right)
    holds = {"<=": one <= other, ">=": one >= other, "==": one == other}[sign]
    return _steps(levels, since, _blank(left, right), _holds(holds), last="fail/differs")


def _rollup_rule(name: str) -> pl.Expr:
    whole, total, given = col(name), col(f"sum.{name}"), col(f"given.{name}")
    expected = col("children.bloc") if name == "signatures.bodies_signing" else col("children")
    return _steps(
        (DISTRICT,) if name in LISTS else TOGETHER,
        YEAR_2020,
        DERIVED,
        (expected == 0, "not_applicable/no_children_report"),
        _blank(name),
        (given == 0, "no_data/children"),
        ((given < expected) & (whole >= total), "pass/rollup_at_least"),
        (given < expected, "fail/rollup_exceeded"),
        (whole == total, "pass/rollup_equal"),
        last="fail/rollup_unequal",
    )


def _missed(due: date | None) -> tuple[tuple[tuple[pl.Expr, str], ...], str]:
    if due is None:
        return (), "fail/missed"
    return ((col("law_date") <= due, "fail/not_yet_reached"),), "fail/missed_overdue"


def _share_target(
    levels: Sequence[int], since: date, name: str, goal: int, due: date | None = None
) -> pl.Expr:
    steps, last = _missed(due)
    met = (col(name) >= goal * MILLION, "pass/met")
    return _steps(levels, since, _blank(name), met, *steps, last=last)


def _rate_target(
    levels: Sequence[int], since: date, rate: str, goal: int, due: date | None = None
) -> pl.Expr:
    above, below, _ = RATES[rate]
    steps, last = _missed(due)
    return _steps(
        levels,
        since,
        _blank(above, below),
        (col(below) == 0, "no_data/zero_denominator"),
        (100 * col(above) >= goal * col(below), "pass/met"),
        *steps,
        last=last,
    )


def _target_rules() -> Mapping[str, pl.Expr]:
    march_2019, february_2020, end_2020 = date(2019, 3, 7), date(2020, 2, 4), date(2020, 12, 31)
    level4, listed, offered = (
        col("online.procedures_level4"),
        col("one_stop.procedures_in_authority"),
        col("online.procedures"),
    )
    met_listed, met_offered = 100 * level4 >= 30 * listed, 100 * level4 >= 30 * offered
    return {
        "ONE-01": _share_target((DISTRICT, BLOC, COMMUNE), march_2019, "one_stop.coverage", 100, end_2020),
        "ONE-02": _rate_target(EVERYWHERE, february_2020, "one_stop.entered", 100),
        "DOC-01": _rate_target(EVERYWHERE, march_2019, "documents.electronic", 90, end_2020),
        "SIG-01": _rate_target(TOGETHER, february_2020, "signatures.coverage", 100),
        "MAI-01": _share_target(EVERYWHERE, february_2020, "mailbox.share", 100),
        "EQU-01": _share_target(EVERYWHERE, february_2020, "equipment.internet_share", 100),
        "EQU-02": _share_target(EVERYWHERE, february_2020, "equipment.lan_share", 100),
        "ONL-01": _rate_target((DISTRICT,), march_2019, "online.share", 20, end_2020),
        "ONL-02": _steps(
            (BLOC,),
            march_2019,
            _blank("online.procedures_level4", "one_stop.procedures_in_authority"),
            (listed == 0, "no_data/zero_denominator"),
            _blank("online.procedures"),
            (offered == 0, "no_data/zero_denominator"),
            (met_listed & met_offered, "pass/met_by_all"),
            (met_listed | met_offered, "no_data/denominator_unsettled"),
            (col("law_date") <= end_2020, "fail/not_yet_reached_by_all"),
            last="fail/missed_overdue_by_all",
        ),
        "POR-01": _steps(
            (DISTRICT,),
            date(2011, 10, 1),
            _blank("portal.sections_published"),
            _holds(col("portal.sections_published") >= 10),  # noqa: PLR2004 - Decree 43 names ten
            last="fail/differs",
        ),
        "POR-02": _yes("portal.hotline_published"),
        "POR-03": _yes("portal.procedures_published"),
    }


def _yes(name: str) -> pl.Expr:
    return _steps((DISTRICT,), date(2011, 10, 1), _blank(name), _holds(col(name)), last="fail/does_not_hold")


def _dossier_rules() -> Mapping[str, pl.Expr]:
    june_2018 = date(2018, 6, 21)
    late, overdue = col("dossiers.resolved_late"), col("dossiers.pending_overdue")
    handled = (
        col("dossiers.resolved")
        + col("dossiers.pending")
        + col("dossiers.returned_or_withdrawn").fill_null(0)
    )
    stated = ("stated.dossiers.in_time", "stated.dossiers.late")
    both = reduce(add, map(col, stated))
    return {
        "DOS-03": _steps(
            EVERYWHERE,
            june_2018,
            _blank("dossiers.received_total", "dossiers.resolved", "dossiers.pending"),
            _holds(col("dossiers.received_total") == handled),
            last="fail/differs",
        ),
        "DOS-04": _steps(
            EVERYWHERE,
            june_2018,
            (col("is_opening") & col("dossiers.carried_over").is_not_null(), "no_data/circular"),
            _blank("dossiers.carried_over"),
            NO_EARLIER,
            _blank("before.dossiers.pending"),
            _holds(col("dossiers.carried_over") == col("before.dossiers.pending")),
            last="fail/differs",
        ),
        "DOS-07": _steps(
            EVERYWHERE, june_2018, _blank("dossiers.resolved_late"), _holds(late == 0), last="fail/differs"
        ),
        "DOS-08": _steps(
            EVERYWHERE,
            june_2018,
            _blank("dossiers.resolved_late"),
            _unless(late > 0),
            _blank("dossiers.apologies_sent"),
            _holds(col("dossiers.apologies_sent") >= late),
            last="fail/differs",
        ),
        "DOS-09": _steps(
            EVERYWHERE,
            june_2018,
            _blank("dossiers.pending_overdue"),
            _holds(overdue == 0),
            last="fail/differs",
        ),
        "DOS-10": _steps(
            EVERYWHERE,
            june_2018,
            _blank("dossiers.resolved_in_time", "dossiers.resolved"),
            (col("dossiers.resolved") == 0, "no_data/zero_denominator"),
            last="not_applicable/no_target",
        ),
        "DOS-11": _steps(
            EVERYWHERE,
            YEAR_2020,
            (pl.any_horizontal(col(name).is_null() for name in stated), "no_data/not_stated"),
            _holds(both == 100 * MILLION),
            # two rates rounded to whole points: their sum may be off by one, as halves round up
            _holds(
                both.is_between(99 * MILLION, 101 * MILLION, closed="right")
                & pl.all_horizontal(~col(name).is_in([0, 100 * MILLION]) for name in stated)
            ),
            last="fail/differs",
        ),
        "PLA-15": _steps(
            EVERYWHERE,
            june_2018,
            _blank("dossiers.apologies_sent", "dossiers.resolved_late"),
            _holds(col("dossiers.apologies_sent") <= late + overdue.fill_null(0)),
            last="fail/differs",
        ),
    }


def _other_rules() -> Mapping[str, pl.Expr]:
    listed, whole = "one_stop.procedures_in_authority", "dossiers.received_total"
    broadcasts, each, total = (
        f"communication.{name}" for name in ("broadcasts", "minutes_each", "minutes_total")
    )
    return {
        "ONE-04": _steps(
            (BLOC,),
            YEAR_2020,
            DERIVED,
            _blank(listed),
            (col("children") == 0, "no_data/no_children"),
            (col(f"given.{listed}") < col("children"), "no_data/children"),
            _holds(col(listed) <= col(f"sum.{listed}")),
            last="fail/differs",
        ),
        "POS-01": _compare(EVERYWHERE, "postal.received", "<=", whole),
        "POS-02": _compare(EVERYWHERE, "postal.returned", "<=", "dossiers.resolved"),
        "POS-03": _compare(EVERYWHERE, "postal.procedures_registered", "<=", listed),
        "POS-04": _nothing_of(EVERYWHERE, date(2016, 12, 16), "postal.total", "postal.procedures_registered"),
        "DOC-02": _some_of("documents.outgoing_electronic", "documents.outgoing"),
        "SIG-02": _steps(
            EVERYWHERE,
            date(2019, 4, 5),
            _blank("documents.outgoing_electronic"),
            _unless(col("documents.outgoing_electronic") > 0),
            _blank("signatures.signed"),
            _holds(col("signatures.signed") >= col("documents.outgoing_electronic")),
            last="fail/differs",
        ),
        "SIG-03": _nothing_of(TOGETHER, YEAR_2020, "signatures.signed", "signatures.bodies_signing"),
        "SIG-04": _some_of("signatures.signed", "documents.outgoing_electronic"),
        "COM-01": _steps(
            (DISTRICT,),
            YEAR_2020,
            _blank(total, broadcasts, each),
            (col(total) == col(broadcasts) * col(each), "pass/ranges_meet"),
            last="fail/ranges_apart",
        ),
        "ONL-03": _compare(EVERYWHERE, "online.procedures", "<=", listed),
        "ONL-04": _compare(EVERYWHERE, "dossiers.received_online", "==", "online.dossiers"),
        "ONL-05": _compare(EVERYWHERE, "online.fields_total", "<=", whole),
        "ONL-10": _nothing_of(EVERYWHERE, YEAR_2020, "online.dossiers", "online.procedures"),
    }


def _nothing_of(levels: Sequence[int], since: date, work: str, means: str) -> pl.Expr:
    return _steps(
        levels,
        since,
        _blank(means),
        _unless(col(means) == 0),
        _blank(work),
        _holds(col(work) == 0),
        last="fail/differs",
    )


def _some_of(name: str, of: str) -> pl.Expr:
    return _steps(
        (AGENCY, COMMUNE),
        date(2020, 2, 4),
        _blank(of),
        _unless(col(of) > 0),
        _blank(name),
        _holds(col(name) > 0),
        last="fail/differs",
    )


def _plausibility_rules() -> Mapping[str, pl.Expr]:
    whole, year, window = "dossiers.received_total", "year.dossiers.received_total", "period.window_days"
    pending, spent = "dossiers.pending", "budget.spent"
    own = (DISTRICT, AGENCY, COMMUNE)
    in_window = (_blank(whole), _unless(col(whole) > 0), (col(window).is_null(), "no_data/no_window"))
    march_2019 = date(2019, 3, 12)
    return {
        "PLA-01": _steps(
            own, march_2019, *in_window, _holds(col(window) >= col("period.days")), last="fail/differs"
        ),
        "PLA-02": _steps(own, march_2019, *in_window, _holds(col(window) <= 184), last="fail/differs"),  # noqa: PLR2004 - days of the longer half-year
        "PLA-03": _steps(
            (DISTRICT,),
            YEAR_2020,
            (col("stated.dossiers.in_time").is_null(), "no_data/not_stated"),
            _unless(col("stated.dossiers.in_time") > 0),
            _blank("dossiers.resolved", whole),
            _holds(col("dossiers.resolved") == col(whole)),
            last="fail/differs",
        ),
        "PLA-04": _steps(
            EVERYWHERE,
            YEAR_2020,
            (col("year.unit").is_null(), "no_data/no_previous"),
            _blank(year),
            _unless(col(year) >= 30),  # noqa: PLR2004 - below, twice says nothing
            _blank(whole),
            _holds((col(whole) <= 2 * col(year)) & (2 * col(whole) >= col(year))),
            last="fail/does_not_hold",
        ),
        "PLA-05": _steps(
            EVERYWHERE,
            YEAR_2020,
            NO_EARLIER,
            _blank(f"before.{pending}"),
            _unless(col(f"before.{pending}") >= 30),  # noqa: PLR2004 - below, twice says nothing
            _blank(pending),
            _holds(col(pending) <= 2 * col(f"before.{pending}")),
            last="fail/differs",
        ),
        "PLA-08": _no_less("documents.electronic"),
        "PLA-09": _no_less("signatures.share"),
        "PLA-10": _no_less("online.share"),
        "PLA-11": _not_below((DISTRICT,), date(2016, 12, 16), "postal.total", 1),
        "PLA-12": _not_below((DISTRICT,), YEAR_2020, "portal.articles", 2),
        "PLA-13": _not_below((DISTRICT,), YEAR_2020, "communication.broadcasts", 2),
        "PLA-14": _steps(
            EVERYWHERE,
            YEAR_2020,
            _blank(spent),
            NO_EARLIER,
            _blank(f"before.{spent}"),
            _unless((col(spent) > 0) & (col(f"before.{spent}") > 0)),
            _holds((col(spent) <= 10 * col(f"before.{spent}")) & (10 * col(spent) >= col(f"before.{spent}"))),
            last="fail/does_not_hold",
        ),
        "PLA-16": _not_below(own, YEAR_2020, "mailbox.share", 1),
    }


def _not_below(levels: Sequence[int], since: date, name: str, times: int) -> pl.Expr:
    earlier = f"before.{name}"
    return _steps(
        levels,
        since,
        _blank(name),
        NO_EARLIER,
        _blank(earlier),
        _holds(times * col(name) >= col(earlier)),
        last="fail/differs",
    )


def _no_less(rate: str) -> pl.Expr:
    above, below, levels = RATES[rate]
    above_before, below_before = f"before.{above}", f"before.{below}"
    return _steps(
        levels,
        YEAR_2020,
        _blank(above, below),
        (col(below) == 0, "no_data/zero_denominator"),
        NO_EARLIER,
        _blank(above_before, below_before),
        (col(below_before) == 0, "no_data/zero_denominator"),
        _holds(col(above) * col(below_before) >= col(above_before) * col(below)),
        last="fail/differs",
    )


RULES = tuple(_rules())
"""The rules that are written by hand."""
