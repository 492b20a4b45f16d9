"""Which rules does Long Phú have of dossiers, post, documents, signatures and services, in Polars?"""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import polars as pl
from polars import col

from benchmarks.by_hand.facts import BLOC, DISTRICT, EVERYWHERE, MILLION, TOGETHER
from benchmarks.by_hand.polars_steps import (
    DERIVED,
    NO_EARLIER,
    YEAR_2020,
    compare,
    if_blank,
    if_holds,
    in_steps,
    nothing_of,
    some_of,
    unless,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def dossier_rules() -> Mapping[str, pl.Expr]:
    """Those of dossiers by their names."""
    june_2018 = date(2018, 6, 21)
    late, overdue = col("dossiers.resolved_late"), col("dossiers.pending_overdue")
    handled = (
        col("dossiers.resolved")
        + col("dossiers.pending")
        + col("dossiers.returned_or_withdrawn").fill_null(0)
    )
    stated = ("stated.dossiers.in_time", "stated.dossiers.late")
    off = reduce(add, map(col, stated)) - 100 * MILLION
    reach = col("unit.dossiers.in_time") + col("unit.dossiers.late")
    return {
        "DOS-03": in_steps(
            EVERYWHERE,
            june_2018,
            if_blank("dossiers.received_total", "dossiers.resolved", "dossiers.pending"),
            if_holds(col("dossiers.received_total") == handled),
            last="fail/differs",
        ),
        "DOS-04": in_steps(
            EVERYWHERE,
            june_2018,
            (col("is_opening") & col("dossiers.carried_over").is_not_null(), "no_data/circular"),
            if_blank("dossiers.carried_over"),
            NO_EARLIER,
            if_blank("before.dossiers.pending"),
            if_holds(col("dossiers.carried_over") == col("before.dossiers.pending")),
            last="fail/differs",
        ),
        "DOS-07": in_steps(
            EVERYWHERE,
            june_2018,
            if_blank("dossiers.resolved_late"),
            if_holds(late == 0),
            last="fail/differs",
        ),
        "DOS-08": in_steps(
            EVERYWHERE,
            june_2018,
            if_blank("dossiers.resolved_late"),
            unless(late > 0),
            if_blank("dossiers.apologies_sent"),
            if_holds(col("dossiers.apologies_sent") >= late),
            last="fail/differs",
        ),
        "DOS-09": in_steps(
            EVERYWHERE,
            june_2018,
            if_blank("dossiers.pending_overdue"),
            if_holds(overdue == 0),
            last="fail/differs",
        ),
        "DOS-10": in_steps(
            EVERYWHERE,
            june_2018,
            if_blank("dossiers.resolved_in_time", "dossiers.resolved"),
            (col("dossiers.resolved") == 0, "no_data/zero_denominator"),
            last="not_applicable/no_target",
        ),
        "DOS-11": in_steps(
            EVERYWHERE,
            YEAR_2020,
            (pl.any_horizontal(col(name).is_null() for name in stated), "no_data/not_stated"),
            if_holds(off == 0),
            # the sum of two rates may be off by half the last digit of each, as halves round up
            if_holds(
                (2 * off > -reach)
                & (2 * off <= reach)
                & pl.all_horizontal(~col(name).is_in([0, 100 * MILLION]) for name in stated)
            ),
            last="fail/differs",
        ),
        "PLA-15": in_steps(
            EVERYWHERE,
            june_2018,
            if_blank("dossiers.apologies_sent", "dossiers.resolved_late"),
            if_holds(col("dossiers.apologies_sent") <= late + overdue.fill_null(0)),
            last="fail/differs",
        ),
    }


def other_rules() -> Mapping[str, pl.Expr]:
    """Those of one-stop shops, post, documents, signatures, broadcasts and online services."""
    listed, whole = "one_stop.procedures_in_authority", "dossiers.received_total"
    broadcasts, each, total = (
        f"communication.{name}" for name in ("broadcasts", "minutes_each", "minutes_total")
    )
    return {
        "ONE-04": in_steps(
            (BLOC,),
            YEAR_2020,
            DERIVED,
            if_blank(listed),
            (col("children") == 0, "no_data/no_children"),
            (col(f"given.{listed}") < col("children"), "no_data/children"),
            if_holds(col(listed) <= col(f"sum.{listed}")),
            last="fail/differs",
        ),
        "POS-01": compare(EVERYWHERE, "postal.received", "<=", whole),
        "POS-02": compare(EVERYWHERE, "postal.returned", "<=", "dossiers.resolved"),
        "POS-03": compare(EVERYWHERE, "postal.procedures_registered", "<=", listed),
        "POS-04": nothing_of(EVERYWHERE, date(2016, 12, 16), "postal.total", "postal.procedures_registered"),
        "DOC-02": some_of("documents.outgoing_electronic", "documents.outgoing"),
        "SIG-02": in_steps(
            EVERYWHERE,
            date(2019, 4, 5),
            if_blank("documents.outgoing_electronic"),
            unless(col("documents.outgoing_electronic") > 0),
            if_blank("signatures.signed"),
            if_holds(col("signatures.signed") >= col("documents.outgoing_electronic")),
            last="fail/differs",
        ),
        "SIG-03": nothing_of(TOGETHER, YEAR_2020, "signatures.signed", "signatures.bodies_signing"),
        "SIG-04": some_of("signatures.signed", "documents.outgoing_electronic"),
        "COM-01": in_steps(
            (DISTRICT,),
            YEAR_2020,
            if_blank(total, broadcasts, each),
            (col(total) == col(broadcasts) * col(each), "pass/ranges_meet"),
            last="fail/ranges_apart",
        ),
        "ONL-03": compare(EVERYWHERE, "online.procedures", "<=", listed),
        "ONL-04": compare(EVERYWHERE, "dossiers.received_online", "==", "online.dossiers"),
        "ONL-05": compare(EVERYWHERE, "online.fields_total", "<=", whole),
        "ONL-10": nothing_of(EVERYWHERE, YEAR_2020, "online.dossiers", "online.procedures"),
    }
