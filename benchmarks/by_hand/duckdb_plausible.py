"""Which rules does Long Phú have of what is plausible beside earlier periods, in SQL?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.by_hand.duckdb_steps import (
    NO_EARLIER,
    YEAR_2020,
    everywhere,
    if_blank,
    if_holds,
    in_steps,
    unless,
)
from benchmarks.by_hand.facts import AGENCY, COMMUNE, DISTRICT, RATES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def plausibility_rules() -> Mapping[str, str]:
    """The rules by their names, but for those on peers."""
    whole, year, pending, spent = (
        "dossiers.received_total",
        "year.dossiers.received_total",
        "dossiers.pending",
        "budget.spent",
    )
    own, march_2019, in_time = (DISTRICT, AGENCY, COMMUNE), "2019-03-12", '"stated.dossiers.in_time"'
    in_window = (
        if_blank(whole),
        unless(f'"{whole}" > 0'),
        ("window_days IS NULL", "no_data/no_window"),
    )
    return {
        "PLA-01": in_steps(
            own, march_2019, *in_window, if_holds("window_days >= period_days"), last="fail/differs"
        ),
        "PLA-02": in_steps(own, march_2019, *in_window, if_holds("window_days <= 184"), last="fail/differs"),
        "PLA-03": in_steps(
            (DISTRICT,),
            YEAR_2020,
            (f"{in_time} IS NULL", "no_data/not_stated"),
            unless(f"{in_time} > 0"),
            if_blank("dossiers.resolved", whole),
            if_holds(f'"dossiers.resolved" = "{whole}"'),
            last="fail/differs",
        ),
        "PLA-04": everywhere(
            YEAR_2020,
            ('"year.unit" IS NULL', "no_data/no_previous"),
            if_blank(year),
            unless(f'"{year}" >= 30'),
            if_blank(whole),
            if_holds(f'"{whole}" <= 2 * "{year}" AND 2 * "{whole}" >= "{year}"'),
            reason="does_not_hold",
        ),
        "PLA-05": everywhere(
            YEAR_2020,
            NO_EARLIER,
            if_blank(f"before.{pending}"),
            unless(f'"before.{pending}" >= 30'),
            if_blank(pending),
            if_holds(f'"{pending}" <= 2 * "before.{pending}"'),
        ),
        "PLA-08": _no_less("documents.electronic"),
        "PLA-09": _no_less("signatures.share"),
        "PLA-10": _no_less("online.share"),
        "PLA-11": _not_below((DISTRICT,), "2016-12-16", "postal.total", 1),
        "PLA-12": _not_below((DISTRICT,), YEAR_2020, "portal.articles", 2),
        "PLA-13": _not_below((DISTRICT,), YEAR_2020, "communication.broadcasts", 2),
        "PLA-14": everywhere(
            YEAR_2020,
            if_blank(spent),
            NO_EARLIER,
            if_blank(f"before.{spent}"),
            unless(f'"{spent}" > 0 AND "before.{spent}" > 0'),
            if_holds(f'"{spent}" <= 10 * "before.{spent}" AND 10 * "{spent}" >= "before.{spent}"'),
            reason="does_not_hold",
        ),
        "PLA-16": _not_below(own, YEAR_2020, "mailbox.share", 1),
    }


def _not_below(levels: Sequence[int], since: str, name: str, times: int) -> str:
    earlier = f"before.{name}"
    holds = if_holds(f'{times} * "{name}" >= "{earlier}"')
    return in_steps(levels, since, if_blank(name), NO_EARLIER, if_blank(earlier), holds, last="fail/differs")


def _no_less(rate: str) -> str:
    above, below, levels = RATES[rate]
    return in_steps(
        levels,
        YEAR_2020,
        if_blank(above, below),
        (f'"{below}" = 0', "no_data/zero_denominator"),
        NO_EARLIER,
        if_blank(f"before.{above}", f"before.{below}"),
        (f'"before.{below}" = 0', "no_data/zero_denominator"),
        if_holds(f'"{above}" * "before.{below}" >= "before.{above}" * "{below}"'),
        last="fail/differs",
    )
