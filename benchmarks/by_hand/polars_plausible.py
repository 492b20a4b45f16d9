"""Which rules does Long Phú have of what is plausible beside earlier periods, in Polars?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from polars import col

from benchmarks.by_hand.facts import AGENCY, COMMUNE, DISTRICT, EVERYWHERE, RATES
from benchmarks.by_hand.polars_steps import NO_EARLIER, YEAR_2020, if_blank, if_holds, in_steps, unless

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl


def plausibility_rules() -> Mapping[str, pl.Expr]:
    """The rules by their names, but for those on peers."""
    whole, year, window = "dossiers.received_total", "year.dossiers.received_total", "period.window_days"
    pending, spent = "dossiers.pending", "budget.spent"
    own = (DISTRICT, AGENCY, COMMUNE)
    in_window = (if_blank(whole), unless(col(whole) > 0), (col(window).is_null(), "no_data/no_window"))
    march_2019 = date(2019, 3, 12)
    return {
        "PLA-01": in_steps(
            own, march_2019, *in_window, if_holds(col(window) >= col("period.days")), last="fail/differs"
        ),
        "PLA-02": in_steps(own, march_2019, *in_window, if_holds(col(window) <= 184), last="fail/differs"),  # noqa: PLR2004 - days of the longer half-year
        "PLA-03": in_steps(
            (DISTRICT,),
            YEAR_2020,
            (col("stated.dossiers.in_time").is_null(), "no_data/not_stated"),
            unless(col("stated.dossiers.in_time") > 0),
            if_blank("dossiers.resolved", whole),
            if_holds(col("dossiers.resolved") == col(whole)),
            last="fail/differs",
        ),
        "PLA-04": in_steps(
            EVERYWHERE,
            YEAR_2020,
            (col("year.unit").is_null(), "no_data/no_previous"),
            if_blank(year),
            unless(col(year) >= 30),  # noqa: PLR2004 - below, twice says nothing
            if_blank(whole),
            if_holds((col(whole) <= 2 * col(year)) & (2 * col(whole) >= col(year))),
            last="fail/does_not_hold",
        ),
        "PLA-05": in_steps(
            EVERYWHERE,
            YEAR_2020,
            NO_EARLIER,
            if_blank(f"before.{pending}"),
            unless(col(f"before.{pending}") >= 30),  # noqa: PLR2004 - below, twice says nothing
            if_blank(pending),
            if_holds(col(pending) <= 2 * col(f"before.{pending}")),
            last="fail/differs",
        ),
        "PLA-08": _no_less("documents.electronic"),
        "PLA-09": _no_less("signatures.share"),
        "PLA-10": _no_less("online.share"),
        "PLA-11": _not_below((DISTRICT,), date(2016, 12, 16), "postal.total", 1),
        "PLA-12": _not_below((DISTRICT,), YEAR_2020, "portal.articles", 2),
        "PLA-13": _not_below((DISTRICT,), YEAR_2020, "communication.broadcasts", 2),
        "PLA-14": in_steps(
            EVERYWHERE,
            YEAR_2020,
            if_blank(spent),
            NO_EARLIER,
            if_blank(f"before.{spent}"),
            unless((col(spent) > 0) & (col(f"before.{spent}") > 0)),
            if_holds(
                (col(spent) <= 10 * col(f"before.{spent}")) & (10 * col(spent) >= col(f"before.{spent}"))
            ),
            last="fail/does_not_hold",
        ),
        "PLA-16": _not_below(own, YEAR_2020, "mailbox.share", 1),
    }


def _not_below(levels: Sequence[int], since: date, name: str, times: int) -> pl.Expr:
    earlier = f"before.{name}"
    return in_steps(
        levels,
        since,
        if_blank(name),
        NO_EARLIER,
        if_blank(earlier),
        if_holds(times * col(name) >= col(earlier)),
        last="fail/differs",
    )


def _no_less(rate: str) -> pl.Expr:
    above, below, levels = RATES[rate]
    above_before, below_before = f"before.{above}", f"before.{below}"
    return in_steps(
        levels,
        YEAR_2020,
        if_blank(above, below),
        (col(below) == 0, "no_data/zero_denominator"),
        NO_EARLIER,
        if_blank(above_before, below_before),
        (col(below_before) == 0, "no_data/zero_denominator"),
        if_holds(col(above) * col(below_before) >= col(above_before) * col(below)),
        last="fail/differs",
    )
