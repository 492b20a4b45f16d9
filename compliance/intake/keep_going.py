"""Which files can be checked where some cannot be read, and what is said of the others?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.intake.submissions import join_files, read_files
from compliance.model.check import LeftOut
from compliance.problems import Problem, is_usable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from compliance.intake.limits import Limits
    from compliance.intake.submissions import FileRead, Progress
    from compliance.intake.values import Problems
    from compliance.model.check import InputStamp
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission

Figures = tuple["tuple[Submission, ...]", "tuple[InputStamp, ...]", "Problems"]


def read_around_faults(
    paths: Iterable[Path],
    pack: RulePack,
    *,
    keep_going: bool,
    limits: Limits,
    progress: Progress | None = None,
) -> tuple[Figures, tuple[LeftOut, ...]]:
    """The figures of the files, and those left out.

    With `keep_going` a file with an error is left out with all in it, its problems no longer errors of the
    run; one readable file at least must remain. Without, nothing is left out, and a warning says that this
    may be asked for where some file is readable.
    """
    files, problems = read_files(paths, pack, limits=limits, progress=progress)
    usable = [file for file in files if file.is_usable and file.submissions]
    broken = [file for file in files if not file.is_usable]
    if not broken or not usable or not is_usable(problems):
        return join_files(files, problems, pack), ()
    if keep_going:
        kept = [file for file in files if file.is_usable]
        return join_files(kept, problems, pack), tuple(map(_leave_out, broken))
    submissions, stamps, found = join_files(files, problems, pack)
    return (submissions, stamps, (*found, _say_so(broken, files))), ()


def _leave_out(file: FileRead) -> LeftOut:
    errors = tuple(str(problem) for problem in file.problems if problem.weight == "error")
    return LeftOut(file=file.name, problems=errors)


def _say_so(broken: Sequence[FileRead], files: Sequence[FileRead]) -> Problem:
    values = {"count": len(broken), "readable": len(files) - len(broken)}
    return Problem("intake.source.keep_going", values=values, weight="warning")
