"""How does a check run, from files to the assessment? The whole flow on one page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compliance.choices import choose_pack, choose_period, expected_units, name_unit, warn_of_period
from compliance.engine.checking import build_check as check
from compliance.engine.expressions import compile_pack
from compliance.engine.focus import focus_check
from compliance.engine.generate import generate_rules
from compliance.engine.runs import open_runs
from compliance.engine.staleness import mark_newer
from compliance.engine.waivers import warn_of_waivers
from compliance.intake.explanations import read_explanations
from compliance.intake.keep_going import read_around_faults
from compliance.intake.limits import STANDARD
from compliance.intake.pack_headers import read_headers
from compliance.intake.packs import available_packs, dataset_root, read_pack
from compliance.intake.pins import read_pins
from compliance.intake.submissions import read_submissions
from compliance.intake.waivers import read_waivers
from compliance.problems import Problem, is_usable
from compliance.reporting.deadlines import find_correction_due as correction_due
from compliance.reporting.narrative import compose_assessment as assess
from compliance.reporting.needs import list_needs
from compliance.reporting.units import UnitTree

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from compliance.engine.expressions import CompiledPack
    from compliance.engine.runs import Run
    from compliance.intake.keep_going import Figures
    from compliance.intake.limits import Limits
    from compliance.intake.submissions import Progress
    from compliance.model.check import Check, InputStamp, LeftOut, PinnedFigure
    from compliance.model.explanations import Explanation
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission
    from compliance.model.waivers import Waiver

__all__ = [
    "Request",
    "assess",
    "available_packs",
    "check",
    "correction_due",
    "dataset",
    "focus_check",
    "list_needs",
    "load_pack",
    "read_explanations",
    "read_submissions",
    "read_waivers",
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
    earlier: tuple[Path, ...] = ()
    """Figures of whichever half-year before, for rules that look at one."""
    large_files: int = 1
    """By what factor files may be larger than is usual."""
    explanations: tuple[Path, ...] = ()
    waivers: tuple[Path, ...] = ()
    pins: tuple[str, ...] = ()
    """Figures vouched for, `[UNIT:]indicator`."""
    keep_going: bool | None = None
    """Whether files that cannot be read are left out; None where the command does not offer it."""


def load_pack(name: str | Path) -> tuple[CompiledPack | None, Problems]:
    """Read a pack with all it extends, add the generated rules and compile every expression."""
    pack, problems = read_pack(name)
    if pack is None:
        return None, problems
    compiled, faults = compile_pack(generate_rules(pack))
    return compiled, problems + faults


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a check is made from."""

    compiled: CompiledPack
    submissions: tuple[Submission, ...]
    previous: tuple[Submission, ...]
    last_year: tuple[Submission, ...]
    expected: tuple[str, ...]
    inputs: tuple[InputStamp, ...]
    as_of: date
    explanations: tuple[Explanation, ...] | None = None
    """None where none were asked for."""
    waivers: tuple[Waiver, ...] = ()
    pinned: tuple[PinnedFigure, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def check(self, submissions: tuple[Submission, ...] | None = None) -> Check:
        """The check of what was read, or of other submissions in its place."""
        result = check(
            self.compiled,
            self.submissions if submissions is None else submissions,
            as_of=self.as_of,
            previous=self.previous,
            same_period_last_year=self.last_year,
            expected=self.expected,
            inputs=self.inputs,
            explanations=self.explanations,
            waivers=self.waivers,
            pinned=self.pinned,
            left_out=self.left_out,
        )
        return mark_newer(result, read_headers())

    def open_runs(self) -> tuple[Run, ...]:
        """The runs of what was read, one for each period."""
        return open_runs(
            self.compiled,
            self.submissions,
            as_of=self.as_of,
            previous=self.previous,
            same_period_last_year=self.last_year,
            expected=self.expected,
        )


def run(request: Request, progress: Progress | None = None) -> tuple[Check | None, Problems]:
    """From files to a check; no check where an error stands among the problems.

    `progress` is told after each file how many are done, of how many.
    """
    gathered, problems = gather(request, progress)
    if gathered is None:
        return None, problems
    result = gathered.check()
    return result, (*problems, *warn_of_waivers(result.waivers))


def gather(request: Request, progress: Progress | None = None) -> tuple[Gathered | None, Problems]:
    """Read all that a request names; nothing where an error stands among the problems."""
    name, problems = choose_pack(request.pack)
    if name is None:
        return None, problems
    compiled, problems = load_pack(name)
    if compiled is None:
        return None, problems
    pack = compiled.pack
    unit, unknown_unit = name_unit(pack, request.unit)
    request = replace(request, unit=unit)
    limits = STANDARD.times(request.large_files)
    (submissions, inputs, found), left_out = _read_asked(request, pack, limits, progress)
    previous, _, before = read_submissions(request.previous, pack, limits=limits)
    last_year, _, year_before = read_submissions(request.same_period_last_year, pack, limits=limits)
    earlier, _, faults = read_submissions(request.earlier, pack, limits=limits)
    submissions, unknown_period = choose_period(submissions, request.period)
    expected, unknown_expected = expected_units(pack, request.expect)
    explanations, explained_in, unexplained = read_explanations(request.explanations, pack, limits=limits)
    waivers, waived_in, unwaived = read_waivers(request.waivers, pack, limits=limits)
    problems += warn_of_period(submissions, previous, "previous") + faults
    problems += warn_of_period(submissions, last_year, "last_year") + unexplained + unwaived
    problems += found + before + year_before + unknown_period + unknown_expected + unknown_unit
    meant = unit_meant(request, pack, submissions)
    pinned, unpinned = read_pins(request.pins, pack, submissions, unit=meant)
    problems += unpinned
    if not is_usable(problems):
        return None, problems
    gathered = Gathered(
        compiled,
        submissions,
        previous,
        last_year + earlier,
        expected,
        inputs + explained_in + waived_in,
        as_of=request.as_of,
        explanations=explanations if request.explanations else None,
        waivers=waivers,
        pinned=pinned,
        left_out=left_out,
    )
    return gathered, problems


def _read_asked(
    request: Request, pack: RulePack, limits: Limits, progress: Progress | None
) -> tuple[Figures, tuple[LeftOut, ...]]:
    """The figures asked about, around the files that cannot be read where the command offers that."""
    if request.keep_going is None:
        return read_submissions(request.paths, pack, limits=limits, progress=progress), ()
    return read_around_faults(
        request.paths, pack, keep_going=request.keep_going, limits=limits, progress=progress
    )


def unit_meant(request: Request, pack: RulePack, submissions: Sequence[Submission]) -> str | None:
    """The unit that a figure without one is of: the one asked for, else the widest, where there is one."""
    roots = UnitTree(pack.units).roots(submission.unit for submission in submissions)
    return request.unit or (roots[0] if len(roots) == 1 else None)


def dataset(name: str) -> Path:
    """The folder of a dataset that travels with the program."""
    return dataset_root() / name
