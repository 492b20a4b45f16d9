"""Which rules does Long Phú have of wholes and their parts, of rates, roll-ups and targets, in SQL?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.by_hand.duckdb_rows import ADDED, sum_of
from benchmarks.by_hand.duckdb_steps import (
    DERIVED,
    YEAR_2020,
    compare,
    if_blank,
    if_holds,
    if_missed,
    in_steps,
)
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
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def figure_rules() -> Mapping[str, str]:
    """The rules by their names."""
    return {
        **{f"PARTS:{name}": _parts_rule(name) for name in PARTS},
        **{f"RATE:{name}:part": compare(rate[2], rate[0], "<=", rate[1]) for name, rate in RATES.items()},
        **{f"ROLLUP:{name}": _rollup_rule(name) for name in ADDED},
        **_target_rules(),
    }


def _parts_rule(name: str) -> str:
    return in_steps(
        EVERYWHERE,
        YEAR_2020,
        (f'"no:{name}" AND "{name}" IS NOT NULL', "no_data/circular"),
        if_blank(name, *(part for part in PARTS[name] if part not in OFTEN_BLANK)),
        if_holds(f'"{name}" = {sum_of(PARTS[name])}'),
        last="fail/differs",
    )


def _rollup_rule(name: str) -> str:
    expected = "blocs" if name == "signatures.bodies_signing" else "children"
    given = f'coalesce("given.{name}", 0)'
    return in_steps(
        (DISTRICT,) if name in LISTS else TOGETHER,
        YEAR_2020,
        DERIVED,
        (f"{expected} = 0", "not_applicable/no_children_report"),
        if_blank(name),
        (f"{given} = 0", "no_data/children"),
        (f'{given} < {expected} AND "{name}" >= "sum.{name}"', "pass/rollup_at_least"),
        (f"{given} < {expected}", "fail/rollup_exceeded"),
        (f'"{name}" = "sum.{name}"', "pass/rollup_equal"),
        last="fail/rollup_unequal",
    )


def _share_target(levels: Sequence[int], since: str, name: str, due: str | None = None) -> str:
    steps, last = if_missed(due)
    met = (f'"{name}" >= {100 * MILLION}', "pass/met")
    return in_steps(levels, since, if_blank(name), met, *steps, last=last)


def _rate_target(levels: Sequence[int], since: str, rate: str, goal: int, due: str | None = None) -> str:
    above, below, _ = RATES[rate]
    steps, last = if_missed(due)
    return in_steps(
        levels,
        since,
        if_blank(above, below),
        (f'"{below}" = 0', "no_data/zero_denominator"),
        (f'100 * "{above}" >= {goal} * "{below}"', "pass/met"),
        *steps,
        last=last,
    )


def _target_rules() -> Mapping[str, str]:
    march_2019, february_2020, end_2020 = "2019-03-07", "2020-02-04", "2020-12-31"
    level4, listed, offered = (
        "online.procedures_level4",
        "one_stop.procedures_in_authority",
        "online.procedures",
    )
    met_listed, met_offered = (f'100 * "{level4}" >= 30 * "{of}"' for of in (listed, offered))
    return {
        "ONE-01": _share_target((DISTRICT, BLOC, COMMUNE), march_2019, "one_stop.coverage", end_2020),
        "ONE-02": _rate_target(EVERYWHERE, february_2020, "one_stop.entered", 100),
        "DOC-01": _rate_target(EVERYWHERE, march_2019, "documents.electronic", 90, end_2020),
        "SIG-01": _rate_target(TOGETHER, february_2020, "signatures.coverage", 100),
        "MAI-01": _share_target(EVERYWHERE, february_2020, "mailbox.share"),
        "EQU-01": _share_target(EVERYWHERE, february_2020, "equipment.internet_share"),
        "EQU-02": _share_target(EVERYWHERE, february_2020, "equipment.lan_share"),
        "ONL-01": _rate_target((DISTRICT,), march_2019, "online.share", 20, end_2020),
        "ONL-02": in_steps(
            (BLOC,),
            march_2019,
            if_blank(level4, listed),
            (f'"{listed}" = 0', "no_data/zero_denominator"),
            if_blank(offered),
            (f'"{offered}" = 0', "no_data/zero_denominator"),
            (f"{met_listed} AND {met_offered}", "pass/met_by_all"),
            (f"{met_listed} OR {met_offered}", "no_data/denominator_unsettled"),
            (f"law_date <= DATE '{end_2020}'", "fail/not_yet_reached_by_all"),
            last="fail/missed_overdue_by_all",
        ),
        "POR-01": _portal("portal.sections_published", '"portal.sections_published" >= 10', "differs"),
        "POR-02": _portal("portal.hotline_published", '"portal.hotline_published"', "does_not_hold"),
        "POR-03": _portal("portal.procedures_published", '"portal.procedures_published"', "does_not_hold"),
    }


def _portal(name: str, condition: str, reason: str) -> str:
    return in_steps((DISTRICT,), "2011-10-01", if_blank(name), if_holds(condition), last=f"fail/{reason}")
