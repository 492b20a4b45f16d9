"""How does a check run, from files to the assessment? The whole flow on one page."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from compliance.engine.checking import build_check as check
from compliance.engine.expressions import compile_pack
from compliance.engine.focus import focus_check
from compliance.engine.generate import generate_rules
from compliance.intake.packs import available_packs, dataset_root, final_packs, read_pack
from compliance.intake.submissions import read_submissions
from compliance.model.submission import LEVELS, Period
from compliance.problems import Problem, is_usable
from compliance.reporting.deadlines import find_correction_due as correction_due
from compliance.reporting.narrative import compose_assessment as assess

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from compliance.engine.expressions import CompiledPack
    from compliance.model.check import Check
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission

__all__ = [
    "Request",
    "assess",
    "available_packs",
    "check",
    "choose_pack",
    "correction_due",
    "dataset",
    "focus_check",
    "load_pack",
    "read_submissions",
    "run",
]

Problems = tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is asked for, in the words of the command line; names are checked by `run`."""

    paths: tuple[Path, ...]
    as_of: date
    pack: str | None = None
    period: str | None = None
    unit: str | None = None
    expect: str | None = None
    previous: tuple[Path, ...] = ()
    same_period_last_year: tuple[Path, ...] = ()


def load_pack(name: str | Path) -> tuple[CompiledPack | None, Problems]:
    """Read a pack with all it extends, add the generated rules and compile every expression."""
    pack, problems = read_pack(name)
    if pack is None:
        return None, problems
    compiled, faults = compile_pack(generate_rules(pack))
    return compiled, problems + faults


def run(request: Request) -> tuple[Check | None, Problems]:
    """From files to a check; no check where an error stands among the problems."""
    name, problems = choose_pack(request.pack)
    if name is None:
        return None, problems
    compiled, problems = load_pack(name)
    if compiled is None:
        return None, problems
    pack = compiled.pack
    submissions, inputs, found = read_submissions(request.paths, pack)
    previous, _, before = read_submissions(request.previous, pack)
    last_year, _, year_before = read_submissions(request.same_period_last_year, pack)
    submissions, unknown_period = _of_period(submissions, request.period)
    expected, unknown_expected = _expected_units(pack, request.expect)
    unknown_unit = _unknown_unit(pack, request.unit)
    problems += found + before + year_before + unknown_period + unknown_expected + unknown_unit
    if not is_usable(problems):
        return None, problems
    result = check(
        compiled,
        submissions,
        as_of=request.as_of,
        previous=previous,
        same_period_last_year=last_year,
        expected=expected,
        inputs=inputs,
    )
    return result, problems


def dataset(name: str) -> Path:
    """The folder of a dataset that travels with the program."""
    return dataset_root() / name


def choose_pack(name: str | None) -> tuple[str | None, Problems]:
    """The pack asked for; else the only one that no other extends."""
    if name is not None:
        return name, ()
    last = final_packs()
    if len(last) == 1:
        return last[0], ()
    return None, (Problem("request.several_packs", values={"packs": ", ".join(last)}),)


def _of_period(
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
        return (), (Problem("request.bad_period", values={"written": wanted, "known": known}),)
    if period not in periods:
        return (), (Problem("request.unknown_period", values={"written": wanted, "known": known}),)
    return tuple(submission for submission in submissions if submission.period == period), ()


def _expected_units(pack: RulePack, expect: str | None) -> tuple[tuple[str, ...], Problems]:
    """The units due: `all`, a level, or ids separated by commas."""
    if expect is None:
        return (), ()
    if expect == "all":
        return tuple(unit.id for unit in pack.units), ()
    if expect in LEVELS:
        return tuple(unit.id for unit in pack.units if unit.level == expect), ()
    units = tuple(part.strip() for part in expect.split(",") if part.strip())
    problems = tuple(problem for unit in units for problem in _unknown_unit(pack, unit))
    return units, problems


def _unknown_unit(pack: RulePack, unit: str | None) -> Problems:
    if unit is None or unit in pack.unit:
        return ()
    return (Problem("request.unknown_unit", values={"written": unit, "near": _near(unit, pack.unit)}),)


def _near(written: str, known: Iterable[str]) -> str:
    return ", ".join(get_close_matches(written, list(known), n=3, cutoff=0.4)) or "–"
