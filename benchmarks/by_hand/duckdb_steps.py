"""How is a rule written in SQL, as steps of which the first that holds decides?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.by_hand.facts import AGENCY, CODES, COMMUNE, EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Sequence


Step = tuple[str, str]
"""What must hold of a row, and how the rule then comes out."""


def in_steps(levels: Sequence[int], since: str, *steps: Step, last: str) -> str:
    """The first step that holds decides."""
    first = [(f"law_date < DATE '{since}'", "not_applicable/not_yet_effective")]
    if levels != EVERYWHERE:
        first.insert(0, (f"level NOT IN {(*levels, -1)}", "not_applicable/other_level"))
    cases = " ".join(f"WHEN {condition} THEN {_place(code)}" for condition, code in (*first, *steps))
    return f"(CASE {cases} ELSE {_place(last)} END)::UTINYINT"


def _place(code: str) -> int:
    return CODES.index(code)


def if_blank(*names: str) -> Step:
    """Undecided where one of the figures is not there."""
    return " OR ".join(f'"{name}" IS NULL' for name in names), "no_data/not_reported"


def if_holds(condition: str) -> Step:
    """Passed where it holds."""
    return condition, "pass/holds"


def unless(condition: str) -> Step:
    """Not meant where the rule's own condition does not hold."""
    return f"NOT ({condition})", "not_applicable/condition"


NO_EARLIER = ('"before.unit" IS NULL', "no_data/no_previous")
DERIVED = ("is_derived", "not_applicable/derived_unit")
YEAR_2020 = "2020-01-01"


def everywhere(since: str, *steps: Step, reason: str = "differs") -> str:
    """For units of every level."""
    return in_steps(EVERYWHERE, since, *steps, last=f"fail/{reason}")


def compare(levels: Sequence[int], left: str, sign: str, right: str) -> str:
    """One figure against another."""
    holds = if_holds(f'"{left}" {sign} "{right}"')
    return in_steps(levels, YEAR_2020, if_blank(left, right), holds, last="fail/differs")


def nothing_of(levels: Sequence[int], since: str, work: str, means: str) -> str:
    """No work where there are no means."""
    steps = (if_blank(means), unless(f'"{means}" = 0'), if_blank(work), if_holds(f'"{work}" = 0'))
    return in_steps(levels, since, *steps, last="fail/differs")


def some_of(name: str, of: str) -> str:
    """Some where there is something to do it with."""
    steps = (if_blank(of), unless(f'"{of}" > 0'), if_blank(name), if_holds(f'"{name}" > 0'))
    return in_steps((AGENCY, COMMUNE), "2020-02-04", *steps, last="fail/differs")


def if_missed(due: str | None) -> tuple[tuple[Step, ...], str]:
    """How a target that is not met comes out, by the day it is due."""
    if due is None:
        return (), "fail/missed"
    return ((f"law_date <= DATE '{due}'", "fail/not_yet_reached"),), "fail/missed_overdue"
