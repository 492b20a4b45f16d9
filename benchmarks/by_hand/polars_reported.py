"""Are figures reported, reported together, and reports handed in by all below, in Polars?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
from polars import col

from benchmarks.by_hand.facts import AGENCY, COMMUNE, DISTRICT, EVERYWHERE, FIELDS, TOGETHER
from benchmarks.by_hand.polars_steps import DERIVED, YEAR_2020, Step, if_blank, in_steps, unless

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EXCERPT = (col("reported_by") != col("unit"), "not_applicable/excerpt")
"""What another unit reported of this one is not expected to be whole."""
_OWN = (DISTRICT, AGENCY, COMMUNE)


def reported_rules() -> Mapping[str, pl.Expr]:
    """The rules by their names, but for who has handed in."""
    june_2018, whole = date(2018, 6, 21), "dossiers.received_total"
    handled = col("dossiers.resolved") + col("dossiers.pending")
    of_carried = (if_blank(whole, "dossiers.resolved", "dossiers.pending"), unless(col(whole) == handled))
    broadcasts = [f"communication.{name}" for name in ("broadcasts", "minutes_each", "minutes_total")]
    nothing_cited = in_steps(EVERYWHERE, YEAR_2020, last="not_applicable/nothing_cited")
    return {
        "ONE-03": _together((AGENCY,), "one_stop.procedures_in_authority", "one_stop.procedures_entered"),
        "DOS-01": _present(_OWN, june_2018, ~col("is_opening"), *of_carried),
        "DOS-02": _present(_OWN, june_2018, col("dossiers.pending_overdue").is_not_null()),
        "DOS-05": _together(_OWN, "dossiers.resolved_early", "dossiers.resolved_on_day", since=june_2018),
        "DOS-06": _together(_OWN, "dossiers.received_online", "dossiers.received_direct", since=june_2018),
        "POS-05": _together(_OWN, "postal.received", "postal.returned", since=date(2016, 12, 16)),
        "EQU-03": _present((DISTRICT,), date(2020, 2, 4), col("equipment.lan_share").is_not_null()),
        "COM-02": _together((DISTRICT,), *broadcasts),
        **{
            rule: _together(_OWN, f"online.{field}_online", f"online.{field}_total")
            for rule, field in FIELDS.items()
        },
        **dict.fromkeys(("REP-01", "REP-02", "REP-03"), nothing_cited),
    }


def submitted_rule() -> pl.Expr:
    """Whether all units right below have a row; the only rule on units without one."""
    return in_steps(
        TOGETHER,
        date(2019, 3, 12),
        (col("children") == 0, "not_applicable/none_due"),
        (col("reports") < col("children"), "fail/not_submitted"),
        last="pass/all_submitted",
    )


def _present(levels: Sequence[int], since: date, is_there: pl.Expr, *first: Step) -> pl.Expr:
    steps = (DERIVED, _EXCERPT, *first, (is_there, "pass/present"))
    return in_steps(levels, since, *steps, last="fail/not_present")


def _together(levels: Sequence[int], *names: str, since: date = YEAR_2020) -> pl.Expr:
    blanks = pl.sum_horizontal(col(name).is_null() for name in names)
    steps = (DERIVED, _EXCERPT, (blanks.is_in([0, len(names)]), "pass/together"))
    return in_steps(levels, since, *steps, last="fail/not_together")
