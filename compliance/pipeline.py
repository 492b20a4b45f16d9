"""How does a check run, from files to the assessment? The whole flow on one page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from compliance.engine.checking import build_check as check
from compliance.engine.columnar_failures import EngineFailedError, NoJavaError, failing_plainly
from compliance.engine.expressions import compile_pack
from compliance.engine.focus import focus_check
from compliance.engine.generate import generate_rules
from compliance.engine.runs import open_runs
from compliance.engine.staleness import mark_newer
from compliance.engine.waivers import warn_of_waivers
from compliance.intake.explanations import read_explanations
from compliance.intake.limits import STANDARD
from compliance.intake.pack_headers import read_headers
from compliance.intake.packs import available_packs, dataset_root, final_packs, read_pack
from compliance.intake.pins import read_pins
from compliance.intake.submissions import read_submissions
from compliance.intake.waivers import read_waivers
from compliance.model.submission import LEVELS, Period
from compliance.problems import Problem, is_usable
from compliance.reporting.deadlines import find_correction_due as correction_due
from compliance.reporting.narrative import compose_assessment as assess
from compliance.reporting.needs import list_needs
from compliance.reporting.units import UnitTree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from compliance.engine.expressions import CompiledPack
    from compliance.engine.runs import Run
    from compliance.intake.submissions import Progress
    from compliance.model.bulk import BulkResult
    from compliance.model.check import Check, InputStamp, PinnedFigure
    from compliance.model.explanations import Explanation
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission
    from compliance.model.waivers import Waiver

__all__ = [
    "EngineFailedError",
    "NoJavaError",
    "Request",
    "assess",
    "available_packs",
    "check",
    "choose_pack",
    "choose_period",
    "correction_due",
    "dataset",
    "focus_check",
    "full_unit",
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
    unit, unknown_unit = _name_unit(pack, request.unit)
    request = replace(request, unit=unit)
    limits = STANDARD.times(request.large_files)
    submissions, inputs, found = read_submissions(request.paths, pack, limits=limits, progress=progress)
    previous, _, before = read_submissions(request.previous, pack, limits=limits)
    last_year, _, year_before = read_submissions(request.same_period_last_year, pack, limits=limits)
    earlier, _, faults = read_submissions(request.earlier, pack, limits=limits)
    submissions, unknown_period = choose_period(submissions, request.period)
    expected, unknown_expected = _expected_units(pack, request.expect)
    explanations, explained_in, unexplained = read_explanations(request.explanations, pack, limits=limits)
    waivers, waived_in, unwaived = read_waivers(request.waivers, pack, limits=limits)
    problems += _not_of_period(submissions, previous, "previous") + faults
    problems += _not_of_period(submissions, last_year, "last_year") + unexplained + unwaived
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
    )
    return gathered, problems


def unit_meant(request: Request, pack: RulePack, submissions: Sequence[Submission]) -> str | None:
    """The unit that a figure without one is of: the one asked for, else the widest, where there is one."""
    roots = UnitTree(pack.units).roots(submission.unit for submission in submissions)
    return request.unit or (roots[0] if len(roots) == 1 else None)


def run_bulk(
    tables: tuple[Path, ...],
    pack: str | None,
    engine: str,
    folder: Path,
    *,
    master: str | None = None,
    progress: Callable[[str, int, int], None],
) -> tuple[BulkResult | None, Problems]:
    """From tables of many submissions to a folder of outcomes; nothing is written where they cannot be used.

    `master` is the cluster of the engine `spark`, see `open_engine`.

    Raises:
        MissingEngineError: a package that the engine needs is not installed; its text is the package.
        NoJavaError: the engine needs Java.
        EngineFailedError: the engine does not start or gave up.
        OSError: the folder cannot be written; what stood there stays.
    """
    from compliance.engine.columnar_engines import open_engine  # noqa: PLC0415 - the extra `bulk`

    name, problems = choose_pack(pack)
    compiled, problems = load_pack(name) if name is not None else (None, problems)
    if compiled is None:
        return None, problems
    opened = open_engine(engine, master)
    from compliance.engine.columnar_batches import CLUSTER_ROWS, ROWS  # noqa: PLC0415 - the extra `bulk`
    from compliance.engine.columnar_run import run_tables  # noqa: PLC0415 - imports the extra `bulk`

    rows = CLUSTER_ROWS if engine == "spark" else ROWS
    try:
        with failing_plainly():
            return run_tables(compiled, tables, opened, folder, batch_rows=rows, progress=progress)
    finally:
        opened.close()


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
        return (), (Problem("request.bad_period", values={"written": wanted, "known": known}),)
    if period not in periods:
        return (), (Problem("request.unknown_period", values={"written": wanted, "known": known}),)
    return tuple(submission for submission in submissions if submission.period == period), ()


def _not_of_period(
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


def _expected_units(pack: RulePack, expect: str | None) -> tuple[tuple[str, ...], Problems]:
    """The units due: `all`, a level, or ids or their ends separated by commas."""
    if expect is None:
        return (), ()
    if expect == "all":
        return tuple(unit.id for unit in pack.units), ()
    if expect in LEVELS:
        return tuple(unit.id for unit in pack.units if unit.level == expect), ()
    named = [_name_unit(pack, part.strip()) for part in expect.split(",") if part.strip()]
    units = dict.fromkeys(unit for unit, _ in named if unit is not None)
    return tuple(units), tuple(problem for _, problems in named for problem in problems)


def full_unit(pack: RulePack, written: str | None) -> str | None:
    """The id of the unit that a name means, see `units_meant`; the name itself where it means none."""
    meant = pack.units_meant(written) if written is not None else ()
    return meant[0] if len(meant) == 1 else written


def _name_unit(pack: RulePack, written: str | None) -> tuple[str | None, Problems]:
    if written is None:
        return None, ()
    meant = pack.units_meant(written)
    if len(meant) == 1:
        return meant[0], ()
    if meant:
        values = {"written": written, "known": ", ".join(meant)}
        return None, (Problem("request.ambiguous_unit", values=values),)
    near = name_near(written, pack.unit)
    return None, (Problem("request.unknown_unit", values={"written": written, "near": near}),)


def name_near(written: str, known: Iterable[str]) -> str:
    """The known names that look most like what was written."""
    return ", ".join(get_close_matches(written, list(known), n=3, cutoff=0.4)) or "–"
