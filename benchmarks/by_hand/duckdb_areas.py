"""Which rules does Long Phú have of dossiers, post, documents, signatures and services, in SQL?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.by_hand.duckdb_steps import (
    DERIVED,
    NO_EARLIER,
    YEAR_2020,
    compare,
    everywhere,
    if_blank,
    if_holds,
    in_steps,
    nothing_of,
    some_of,
    unless,
)
from benchmarks.by_hand.facts import BLOC, DISTRICT, EVERYWHERE, MILLION, TOGETHER

if TYPE_CHECKING:
    from collections.abc import Mapping


def dossier_rules() -> Mapping[str, str]:
    """Those of dossiers by their names."""
    june_2018, whole, carried = "2018-06-21", "dossiers.received_total", "dossiers.carried_over"
    late, overdue, apologies = "dossiers.resolved_late", "dossiers.pending_overdue", "dossiers.apologies_sent"
    handled = '"dossiers.resolved" + "dossiers.pending" + coalesce("dossiers.returned_or_withdrawn", 0)'
    in_time, too_late = (f'"stated.dossiers.{name}"' for name in ("in_time", "late"))
    off = f"{in_time} + {too_late} - {100 * MILLION}"
    reach = '"unit.dossiers.in_time" + "unit.dossiers.late"'
    return {
        "DOS-03": everywhere(
            june_2018,
            if_blank(whole, "dossiers.resolved", "dossiers.pending"),
            if_holds(f'"{whole}" = {handled}'),
        ),
        "DOS-04": everywhere(
            june_2018,
            (f'is_opening AND "{carried}" IS NOT NULL', "no_data/circular"),
            if_blank(carried),
            NO_EARLIER,
            if_blank("before.dossiers.pending"),
            if_holds(f'"{carried}" = "before.dossiers.pending"'),
        ),
        "DOS-07": everywhere(june_2018, if_blank(late), if_holds(f'"{late}" = 0')),
        "DOS-08": everywhere(
            june_2018,
            if_blank(late),
            unless(f'"{late}" > 0'),
            if_blank(apologies),
            if_holds(f'"{apologies}" >= "{late}"'),
        ),
        "DOS-09": everywhere(june_2018, if_blank(overdue), if_holds(f'"{overdue}" = 0')),
        "DOS-10": in_steps(
            EVERYWHERE,
            june_2018,
            if_blank("dossiers.resolved_in_time", "dossiers.resolved"),
            ('"dossiers.resolved" = 0', "no_data/zero_denominator"),
            last="not_applicable/no_target",
        ),
        "DOS-11": everywhere(
            YEAR_2020,
            (f"{in_time} IS NULL OR {too_late} IS NULL", "no_data/not_stated"),
            if_holds(f"{off} = 0"),
            # the sum of two rates may be off by half the last digit of each, as halves round up
            if_holds(
                f"2 * ({off}) > -({reach}) AND 2 * ({off}) <= {reach}"
                f" AND {in_time} NOT IN (0, {100 * MILLION}) AND {too_late} NOT IN (0, {100 * MILLION})"
            ),
        ),
        "PLA-15": everywhere(
            june_2018,
            if_blank(apologies, late),
            if_holds(f'"{apologies}" <= "{late}" + coalesce("{overdue}", 0)'),
        ),
    }


def other_rules() -> Mapping[str, str]:
    """Those of one-stop shops, post, documents, signatures, broadcasts and online services."""
    listed, whole = "one_stop.procedures_in_authority", "dossiers.received_total"
    electronic, signed = "documents.outgoing_electronic", "signatures.signed"
    broadcasts, each, total = (
        f"communication.{name}" for name in ("broadcasts", "minutes_each", "minutes_total")
    )
    return {
        "ONE-04": in_steps(
            (BLOC,),
            YEAR_2020,
            DERIVED,
            if_blank(listed),
            ("children = 0", "no_data/no_children"),
            (f'coalesce("given.{listed}", 0) < children', "no_data/children"),
            if_holds(f'"{listed}" <= "sum.{listed}"'),
            last="fail/differs",
        ),
        "POS-01": compare(EVERYWHERE, "postal.received", "<=", whole),
        "POS-02": compare(EVERYWHERE, "postal.returned", "<=", "dossiers.resolved"),
        "POS-03": compare(EVERYWHERE, "postal.procedures_registered", "<=", listed),
        "POS-04": nothing_of(EVERYWHERE, "2016-12-16", "postal.total", "postal.procedures_registered"),
        "DOC-02": some_of(electronic, "documents.outgoing"),
        "SIG-02": everywhere(
            "2019-04-05",
            if_blank(electronic),
            unless(f'"{electronic}" > 0'),
            if_blank(signed),
            if_holds(f'"{signed}" >= "{electronic}"'),
        ),
        "SIG-03": nothing_of(TOGETHER, YEAR_2020, signed, "signatures.bodies_signing"),
        "SIG-04": some_of(signed, electronic),
        "COM-01": in_steps(
            (DISTRICT,),
            YEAR_2020,
            if_blank(total, broadcasts, each),
            (f'"{total}" = "{broadcasts}" * "{each}"', "pass/ranges_meet"),
            last="fail/ranges_apart",
        ),
        "ONL-03": compare(EVERYWHERE, "online.procedures", "<=", listed),
        "ONL-04": compare(EVERYWHERE, "dossiers.received_online", "=", "online.dossiers"),
        "ONL-05": compare(EVERYWHERE, "online.fields_total", "<=", whole),
        "ONL-10": nothing_of(EVERYWHERE, YEAR_2020, "online.dossiers", "online.procedures"),
    }
