"""How would an analyst write the rules of Long Phú in Polars, once and by hand?

The yardstick of `bulk.py`: the same rows in, the same outcome and reason of every rule on every row out,
with the register, derived parents, the half-years before, roll-ups, peers, stated rates and the check of
ranges. Nothing comes from the pack or from the project's compiler; a rule that changes in the pack has to be
changed here as well, and `bulk.py` compares every cell before it measures.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import polars as pl
from polars import col, lit

from benchmarks.by_hand.facts import CODES, LEVELS, MILLION
from benchmarks.by_hand.polars_areas import dossier_rules, other_rules
from benchmarks.by_hand.polars_figures import figure_rules
from benchmarks.by_hand.polars_peers import add_peers, peer_rules
from benchmarks.by_hand.polars_plausible import plausibility_rules
from benchmarks.by_hand.polars_register import add_keys, make_periods, make_units
from benchmarks.by_hand.polars_reported import reported_rules, submitted_rule
from benchmarks.by_hand.polars_rows import complete_rows, read_rows, sum_below
from benchmarks.by_hand.polars_stated import stated_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SUBMITTED = "REP-04"
"""The rule on who has handed in."""
_SHOWN = ("unit", "period", col("unit.level").alias("level"), "province")


def run(source: Path, folder: Path) -> None:
    """From a parquet file of submissions to outcomes in words, a row each, and a summary."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    written = pl.scan_parquet(source)
    _write(_decide(read_rows(written), make_units(written)), folder)


def _decide(table: pl.LazyFrame, units: pl.LazyFrame) -> Sequence[pl.DataFrame]:
    """The place in `CODES` of every rule on every row, beside what the row is of.

    The second frame is of units that have units below them and no row: one rule speaks of these.
    """
    first, last = table.select(col("period").min(), col("period").max().alias("last")).collect().row(0)
    periods = make_periods(first, last)
    rows = complete_rows(table, units, periods)
    below = sum_below(rows)
    joined = (
        add_peers(rows)
        .join(below, on="key", how="left")
        .with_columns(col("^(given\\..*|reports)$").fill_null(0))
    )
    absent = (
        add_keys(units.filter(col("children") > 0).join(periods, how="cross"))
        .join(rows.select("period").unique(), on="period", how="semi")
        .join(rows.select("key"), on="key", how="anti")
        .join(below.select("key", "reports"), on="key", how="left")
        .with_columns(col("reports").fill_null(0), law_date="period_end")
    )
    decided = [joined.select(*_SHOWN, **_rules()), absent.select(*_SHOWN, **{SUBMITTED: submitted_rule()})]
    return pl.collect_all(decided)


def _rules() -> Mapping[str, pl.Expr]:
    return {
        **figure_rules(),
        **stated_rules(),
        **dossier_rules(),
        **other_rules(),
        **reported_rules(),
        **plausibility_rules(),
        **peer_rules(),
        SUBMITTED: submitted_rule(),
    }


def _write(decided: Sequence[pl.DataFrame], folder: Path) -> None:
    """Outcomes in words, and how many submissions came out how."""
    rules = decided[0].columns[len(_SHOWN) :]
    outcomes, reasons = zip(*(code.split("/") for code in CODES), strict=True)
    words = {
        name: pl.Series(texts, dtype=pl.Enum(list(dict.fromkeys(texts))))
        for name, texts in (("outcome", outcomes), ("reason_code", reasons))
    }
    spoken = [
        col("code").replace_strict(range(len(CODES)), texts, return_dtype=texts.dtype).alias(name)
        for name, texts in words.items()
    ]
    half = pl.format("{}-H{}", col("period") // 2, col("period") % 2 + 1)
    named = [frame.lazy().with_columns(half.alias("period")) for frame in decided]
    long = pl.concat(
        frame.drop("level", "province").unpivot(
            index=["unit", "period"], variable_name="rule", value_name="code"
        )
        for frame in named
    )
    long.select("unit", "period", col("rule").cast(pl.Enum(rules)), *spoken).sink_parquet(
        folder / "outcomes.parquet", row_group_size=MILLION
    )
    by = ["level", "province", "period"]
    counted = [
        frame.group_by(*by, col(rule).alias("code")).agg(pl.len().alias("submissions"), rule=lit(rule))
        for frame, shown in zip(named, decided, strict=True)
        for rule in shown.columns[len(_SHOWN) :]
    ]
    order = ["rule", *by, "outcome", "reason_code"]
    pl.concat(pl.collect_all(counted)).with_columns(
        *(word.cast(pl.String) for word in spoken),
        col("level").replace_strict(range(4), list(LEVELS), return_dtype=pl.String),
    ).select(*order, "submissions").sort(order).write_csv(folder / "summary.csv")


RULES = tuple(_rules())
"""The rules that are written by hand: all that the columns plan."""
