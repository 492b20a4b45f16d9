"""How is a rule written in Polars, as steps of which the first that holds decides?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
from polars import col, lit, when

from benchmarks.by_hand.facts import AGENCY, CODES, COMMUNE, EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Sequence

Step = tuple[pl.Expr, str]
"""What must hold of a row, and how the rule then comes out."""
PLACE = {code: lit(place, pl.UInt8) for place, code in enumerate(CODES)}


def in_steps(levels: Sequence[int], since: date, *steps: Step, last: str) -> pl.Expr:
    """The first step that holds decides."""
    decided = PLACE[last]
    for condition, code in reversed(steps):
        decided = when(condition).then(PLACE[code]).otherwise(decided)
    decided = when(col("law_date") < since).then(PLACE["not_applicable/not_yet_effective"]).otherwise(decided)
    if levels == EVERYWHERE:
        return decided
    return when(col("unit.level").is_in(levels)).then(decided).otherwise(PLACE["not_applicable/other_level"])


def if_blank(*names: str) -> Step:
    """Undecided where one of the figures is not there."""
    return pl.any_horizontal(col(name).is_null() for name in names), "no_data/not_reported"


def if_holds(condition: pl.Expr) -> Step:
    """Passed where it holds."""
    return condition, "pass/holds"


def unless(condition: pl.Expr) -> Step:
    """Not meant where the rule's own condition does not hold."""
    return ~condition, "not_applicable/condition"


NO_EARLIER = (col("before.unit").is_null(), "no_data/no_previous")
DERIVED = (col("is_derived"), "not_applicable/derived_unit")
YEAR_2020 = date(2020, 1, 1)


def compare(levels: Sequence[int], left: str, sign: str, right: str, since: date = YEAR_2020) -> pl.Expr:
    """One figure against another."""
    one, other = col(left), col(right)
    holds = {"<=": one <= other, ">=": one >= other, "==": one == other}[sign]
    return in_steps(levels, since, if_blank(left, right), if_holds(holds), last="fail/differs")


def nothing_of(levels: Sequence[int], since: date, work: str, means: str) -> pl.Expr:
    """No work where there are no means."""
    return in_steps(
        levels,
        since,
        if_blank(means),
        unless(col(means) == 0),
        if_blank(work),
        if_holds(col(work) == 0),
        last="fail/differs",
    )


def some_of(name: str, of: str) -> pl.Expr:
    """Some where there is something to do it with."""
    return in_steps(
        (AGENCY, COMMUNE),
        date(2020, 2, 4),
        if_blank(of),
        unless(col(of) > 0),
        if_blank(name),
        if_holds(col(name) > 0),
        last="fail/differs",
    )


def if_missed(due: date | None) -> tuple[tuple[Step, ...], str]:
    """How a target that is not met comes out, by the day it is due."""
    if due is None:
        return (), "fail/missed"
    return ((col("law_date") <= due, "fail/not_yet_reached"),), "fail/missed_overdue"
