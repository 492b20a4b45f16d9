"""Which pack, which period and which units does a request mean, and what is near a name that means none?"""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from compliance.intake.names import bare_name
from compliance.intake.packs import final_packs
from compliance.intake.unit_choice import name_unit as unit_named
from compliance.intake.unit_choice import units_meant
from compliance.messages import text
from compliance.model.submission import LEVELS, Period
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission

Problems = tuple[Problem, ...]


def choose_pack(name: str | None) -> tuple[str | None, Problems]:
    """The pack asked for; else the only one that no other extends."""
    if name is not None:
        return name, ()
    last = final_packs()
    if len(last) == 1:
        return last[0], ()
    return None, (Problem("request.several_packs", values={"packs": ", ".join(last)}),)


def choose_period(
    submissions: tuple[Submission, ...], wanted: str | None
) -> tuple[tuple[Submission, ...], Problems]:
    """The submissions of one period; without a wish every period read, which must then be one."""
    periods = sorted({submission.period for submission in submissions})
    known = ", ".join(map(str, periods))
    if wanted is None:
        if len(periods) <= 1:
            return submissions, ()
        return (), (Problem("request.several_periods", values={"periods": known}),)
    try:
        period = Period.parse(wanted)
    except ValueError:
        return (), (
            Problem("request.bad_period", _typed("--period", wanted), {"written": wanted, "known": known}),
        )
    if period not in periods:
        return (), (
            Problem(
                "request.unknown_period", _typed("--period", wanted), {"written": wanted, "known": known}
            ),
        )
    return tuple(submission for submission in submissions if submission.period == period), ()


def warn_of_period(
    submissions: Sequence[Submission], given: Sequence[Submission], asked: Literal["previous", "last_year"]
) -> Problems:
    """A warning for each period given as an earlier one that it is not."""
    periods = {submission.period for submission in submissions}
    wanted = {period.previous if asked == "previous" else period.same_last_year for period in periods}
    others = sorted({submission.period for submission in given} - wanted)
    values = {"wanted": ", ".join(map(str, sorted(wanted)))}
    return tuple(
        Problem(f"request.not_{asked}", values=values | {"given": str(period)}, weight="warning")
        for period in others
        if wanted
    )


def expected_units(
    pack: RulePack, expect: str | None, *, option: str = "--expect"
) -> tuple[tuple[str, ...], Problems]:
    """The units that an option means: `all`, a level, or ids, their ends or names separated by commas."""
    if expect is None:
        return (), ()
    if expect == "all":
        return tuple(unit.id for unit in pack.units), ()
    if expect in LEVELS:
        return tuple(unit.id for unit in pack.units if unit.level == expect), ()
    parts = filter(None, (part.strip() for part in expect.split(",")))
    named = [unit_named(pack, part, _typed(option, part)) for part in parts]
    units = dict.fromkeys(unit for unit, _ in named if unit is not None)
    return tuple(units), tuple(_with_levels(problem) for _, problems in named for problem in problems)


def _with_levels(problem: Problem) -> Problem:
    """The problem of a unit that there is not, with the levels that look like what was written put first."""
    if problem.code != "request.unknown_unit":
        return problem
    written = bare_name(str(problem.values["written"]))
    called = {level: bare_name(text(f"outcome.level.{level}")).split() for level in LEVELS}
    levels: list[str] = [level for level in LEVELS if written in called[level]]
    levels = levels or get_close_matches(written, [*LEVELS, "all"], n=1)
    near = [*levels, str(problem.values["near"])]
    known = [one for one in near if one != "–"]
    return replace(problem, values={**problem.values, "near": ", ".join(known) or "–"})


def full_unit(pack: RulePack, written: str | None) -> str | None:
    """The id of the unit that a name means, see `units_meant`; the name itself where it means none."""
    meant = units_meant(pack, written) if written is not None else ()
    return meant[0] if len(meant) == 1 else written


def name_unit(pack: RulePack, written: str | None) -> tuple[str | None, Problems]:
    """The id of the unit that `--unit` means; a problem where it means none or several."""
    return unit_named(pack, written, _typed("--unit", written)) if written is not None else (None, ())


def _typed(option: str, written: str) -> Place:
    """Where on the command line something was typed."""
    return Place(f"{option} {written}")


def name_near(written: str, known: Iterable[str]) -> str:
    """The known names that look most like what was written."""
    return ", ".join(get_close_matches(written, list(known), n=3, cutoff=0.4)) or "–"
