"""Which rules does Long Phú have of wholes and their parts, of rates, roll-ups and targets, in Polars?"""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from polars import col

from benchmarks.by_hand.facts import (
    BLOC,
    COMMUNE,
    DISTRICT,
    EVERYWHERE,
    LISTS,
    MILLION,
    OFTEN_BLANK,
    PARTS,
    RATES,
    TOGETHER,
    WORK,
)
from benchmarks.by_hand.polars_steps import (
    DERIVED,
    YEAR_2020,
    compare,
    if_blank,
    if_holds,
    if_missed,
    in_steps,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl


def figure_rules() -> Mapping[str, pl.Expr]:
    """The rules by their names."""
    return {
        **{f"PARTS:{name}": _parts_rule(name) for name in PARTS},
        **{f"RATE:{name}:part": compare(rate[2], rate[0], "<=", rate[1]) for name, rate in RATES.items()},
        **{f"ROLLUP:{name}": _rollup_rule(name) for name in dict.fromkeys((*WORK, *LISTS))},
        **_target_rules(),
    }


def _parts_rule(name: str) -> pl.Expr:
    parts = PARTS[name]
    filled = [col(part).fill_null(0) if part in OFTEN_BLANK else col(part) for part in parts]
    return in_steps(
        EVERYWHERE,
        YEAR_2020,
        (col(f"no:{name}") & col(name).is_not_null(), "no_data/circular"),
        if_blank(name, *(part for part in parts if part not in OFTEN_BLANK)),
        if_holds(col(name) == reduce(add, filled)),
        last="fail/differs",
    )


def _rollup_rule(name: str) -> pl.Expr:
    whole, total, given = col(name), col(f"sum.{name}"), col(f"given.{name}")
    expected = col("children.bloc") if name == "signatures.bodies_signing" else col("children")
    return in_steps(
        (DISTRICT,) if name in LISTS else TOGETHER,
        YEAR_2020,
        DERIVED,
        (expected == 0, "not_applicable/no_children_report"),
        if_blank(name),
        (given == 0, "no_data/children"),
        ((given < expected) & (whole >= total), "pass/rollup_at_least"),
        (given < expected, "fail/rollup_exceeded"),
        (whole == total, "pass/rollup_equal"),
        last="fail/rollup_unequal",
    )


def _share_target(
    levels: Sequence[int], since: date, name: str, goal: int, due: date | None = None
) -> pl.Expr:
    steps, last = if_missed(due)
    met = (col(name) >= goal * MILLION, "pass/met")
    return in_steps(levels, since, if_blank(name), met, *steps, last=last)


def _rate_target(
    levels: Sequence[int], since: date, rate: str, goal: int, due: date | None = None
) -> pl.Expr:
    above, below, _ = RATES[rate]
    steps, last = if_missed(due)
    return in_steps(
        levels,
        since,
        if_blank(above, below),
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
        "ONL-02": in_steps(
            (BLOC,),
            march_2019,
            if_blank("online.procedures_level4", "one_stop.procedures_in_authority"),
            (listed == 0, "no_data/zero_denominator"),
            if_blank("online.procedures"),
            (offered == 0, "no_data/zero_denominator"),
            (met_listed & met_offered, "pass/met_by_all"),
            (met_listed | met_offered, "no_data/denominator_unsettled"),
            (col("law_date") <= end_2020, "fail/not_yet_reached_by_all"),
            last="fail/missed_overdue_by_all",
        ),
        "POR-01": in_steps(
            (DISTRICT,),
            date(2011, 10, 1),
            if_blank("portal.sections_published"),
            if_holds(col("portal.sections_published") >= 10),  # noqa: PLR2004 - Decree 43 names ten
            last="fail/differs",
        ),
        "POR-02": _yes("portal.hotline_published"),
        "POR-03": _yes("portal.procedures_published"),
    }


def _yes(name: str) -> pl.Expr:
    return in_steps(
        (DISTRICT,), date(2011, 10, 1), if_blank(name), if_holds(col(name)), last="fail/does_not_hold"
    )
