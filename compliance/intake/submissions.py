"""Which submissions do these files and folders hold, taken together?

A folder is read with all that is in it, in sorted order. Of several revisions for one unit and period the
highest counts; two files for the same revision are an error, since nobody could say which one is meant.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from compliance.intake.archives import ARCHIVE_SUFFIX, unpack
from compliance.intake.figures import SUFFIXES, parse_figures
from compliance.intake.limits import STANDARD
from compliance.intake.own_outputs import recognise_folder
from compliance.intake.sheet_figures import WORKBOOK_SUFFIXES, parse_workbook
from compliance.intake.sources import read_bytes
from compliance.intake.suggestions import listed
from compliance.model.check import InputStamp
from compliance.problems import Place, Problem, is_usable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from compliance.intake.limits import Limits
    from compliance.intake.values import Problems
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Period, Submission
    from compliance.problems import Weight

Reader: TypeAlias = "Callable[[bytes, str, RulePack], tuple[tuple[Submission, ...], Problems]]"
"""From the bytes of a file, its name in places and a pack to the submissions in it."""
Progress: TypeAlias = "Callable[[int, int], None]"
"""Told after each file how many are done, of how many."""

READERS: Mapping[str, Reader] = MappingProxyType(
    dict.fromkeys(SUFFIXES, parse_figures) | dict.fromkeys(WORKBOOK_SUFFIXES, parse_workbook)
)
"""Who reads which kind of file; another kind is one more entry."""

_BESIDE_FIGURES = frozenset({".md"})
"""Files that stand beside figures to explain them."""

_NEAR_KINDS = MappingProxyType(
    dict.fromkeys((".docx", ".pdf", ".txt", ".md"), "a_report")
    | dict.fromkeys((".html", ".htm"), "a_page")
    | {".parquet": "a_table"}
)
"""Files that other commands read or that this program writes, by what is said of them when named alone."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """What came of one file, or of one archive with all in it."""

    name: str
    submissions: tuple[Submission, ...]
    stamp: InputStamp | None
    problems: Problems

    @property
    def is_usable(self) -> bool:
        """Whether nothing in it is an error."""
        return is_usable(self.problems)


def read_submissions(
    paths: Iterable[str | Path],
    pack: RulePack,
    *,
    limits: Limits = STANDARD,
    progress: Progress | None = None,
) -> tuple[tuple[Submission, ...], tuple[InputStamp, ...], Problems]:
    """Every submission of the files, folders and archives, a stamp of each file read, and all problems."""
    read, problems = read_files(paths, pack, limits=limits, progress=progress)
    return join_files(read, problems, pack)


def read_files(
    paths: Iterable[str | Path],
    pack: RulePack,
    *,
    limits: Limits = STANDARD,
    progress: Progress | None = None,
) -> tuple[tuple[FileRead, ...], Problems]:
    """What came of each file of the files, folders and archives; problems are those of finding them."""
    files, problems = _find_files(map(Path, paths))
    read: list[FileRead] = []
    for done, (path, name) in enumerate(files, start=1):
        read.append(_read_file(path, name, pack, limits))
        if progress is not None:
            progress(done, len(files))
    return tuple(read), tuple(problems)


def join_files(
    files: Iterable[FileRead], problems: Problems, pack: RulePack
) -> tuple[tuple[Submission, ...], tuple[InputStamp, ...], Problems]:
    """The submissions of files taken together, the stamps, and all problems after those of finding them."""
    files = tuple(files)
    latest, clashes = _choose_revisions((found for file in files for found in file.submissions), pack)
    stamps = tuple(file.stamp for file in files if file.stamp is not None)
    return latest, stamps, (*problems, *(fault for file in files for fault in file.problems), *clashes)


def _read_file(path: Path, name: str, pack: RulePack, limits: Limits) -> FileRead:
    content, problems = read_bytes(path, name=name, most=limits.file_bytes)
    if content is None:
        return FileRead(name, (), None, tuple(problems))
    stamp = InputStamp(file=name, digest=hashlib.sha256(content).hexdigest())
    submissions, faults = _parse(content, name, pack, limits)
    return FileRead(name, submissions, stamp, (*problems, *faults))


def _parse(
    content: bytes, name: str, pack: RulePack, limits: Limits
) -> tuple[tuple[Submission, ...], Problems]:
    """The submissions of a file, or of all files in an archive."""
    if PurePath(name).suffix.lower() != ARCHIVE_SUFFIX:
        return _parse_file(content, name, pack, limits)
    submissions: list[Submission] = []
    problems: list[Problem] = []
    for inside, unpacked, faults in unpack(content, name, limits):
        problems += faults
        suffix = PurePath(inside).suffix.lower()
        if unpacked is not None and suffix in READERS:
            found, doubts = _parse_file(unpacked, inside, pack, limits)
            submissions += found
            problems += doubts
        elif unpacked is not None and suffix not in _BESIDE_FIGURES:
            problems.append(_other_kind("skipped", PurePath(inside), inside, weight="warning"))
    if not submissions and is_usable(tuple(problems)):
        problems.append(Problem("workbook.archive.nothing", Place(name), {"known": listed(READERS)}))
    return tuple(submissions), tuple(problems)


def _parse_file(
    content: bytes, name: str, pack: RulePack, limits: Limits
) -> tuple[tuple[Submission, ...], Problems]:
    """The submissions of one file; only a workbook grows when it is opened, so only it has limits left."""
    suffix = PurePath(name).suffix.lower()
    if suffix in WORKBOOK_SUFFIXES:
        return parse_workbook(content, name, pack, limits)
    return READERS[suffix](content, name, pack)


def _known_suffixes() -> tuple[str, ...]:
    return (*READERS, ARCHIVE_SUFFIX)


def _find_files(paths: Iterable[Path]) -> tuple[list[tuple[Path, str]], list[Problem]]:
    """Each file to be read, once, with what places call it."""
    files: dict[Path, tuple[Path, str]] = {}
    problems: list[Problem] = []
    for argument in paths:
        found, faults = _find_in_folder(argument) if _is_folder(argument) else _find_alone(argument)
        problems += faults
        for path, name in found:
            files.setdefault(_identity(path), (path, name))
    return list(files.values()), problems


def _find_alone(path: Path) -> tuple[list[tuple[Path, str]], list[Problem]]:
    """A file that was named itself must be of a kind that is read; a missing one is told when it is read."""
    name = path.name if path.is_absolute() else path.as_posix()
    if path.suffix.lower() in _known_suffixes():
        return [(path, name)], []
    _, missing = read_bytes(path, name=name)
    code = _NEAR_KINDS.get(path.suffix.lower(), "unknown_suffix")
    return [], list(missing) or [_other_kind(code, path, name)]


def _find_in_folder(folder: Path) -> tuple[list[tuple[Path, str]], list[Problem]]:
    """The files of a folder; those that are not read are named, so that no figure is left out in silence."""
    root = PurePath(folder.name) if folder.is_absolute() else folder
    named, problems = _walk(folder, root)
    readable = [(path, name) for path, name in named if path.suffix.lower() in _known_suffixes()]
    problems += [
        _other_kind("skipped", path, name, weight="warning")
        for path, name in named
        if path.suffix.lower() not in _known_suffixes() and path.suffix.lower() not in _BESIDE_FIGURES
    ]
    if not readable and is_usable(tuple(problems)):
        values = {"path": folder.as_posix(), "known": listed(_known_suffixes())}
        problems.append(Problem("intake.source.no_files", Place(root.as_posix()), values))
    return readable, problems


def _walk(folder: Path, name: PurePath) -> tuple[list[tuple[Path, str]], list[Problem]]:
    """Every file below a folder, in sorted order; hidden ones and links to folders are left out."""
    files: list[tuple[Path, str]] = []
    problems: list[Problem] = []
    try:
        children = sorted(folder.iterdir())
    except OSError:
        return [], [Problem("intake.source.forbidden", Place(name.as_posix()), {"path": folder.as_posix()})]
    own = recognise_folder(folder, children, name.as_posix())
    if own is not None:
        return [], [own]
    for child in children:
        if child.name.startswith((".", "~$")):
            continue
        if child.is_dir() and not child.is_symlink():
            below, faults = _walk(child, name / child.name)
            files += below
            problems += faults
        elif not child.is_dir():
            files.append((child, (name / child.name).as_posix()))
    return files, problems


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _identity(path: Path) -> Path:
    """The same for two ways to one file."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path


def _other_kind(code: str, path: PurePath, name: str, *, weight: Weight = "error") -> Problem:
    values = {"suffix": path.suffix or path.name, "known": listed(_known_suffixes())}
    return Problem(f"intake.source.{code}", Place(name), values, weight)


def _choose_revisions(
    submissions: Iterable[Submission], pack: RulePack
) -> tuple[tuple[Submission, ...], Problems]:
    """For each unit and period the highest revision, in the order read; what was left aside is said."""
    chosen: dict[tuple[str, Period], Submission] = {}
    first: dict[tuple[str, Period, int], Submission] = {}
    problems: list[Problem] = []
    for submission in submissions:
        key = (submission.unit, submission.period)
        same = first.setdefault((*key, submission.revision), submission)
        rival = chosen.setdefault(key, submission)
        if same is not submission:
            problems.append(_clash(submission, same, pack))
        elif rival is not submission:
            older, newer = sorted((rival, submission), key=lambda either: either.revision)
            problems.append(_left_aside(older, newer, pack))
            chosen[key] = newer
    return tuple(chosen.values()), tuple(problems)


def _clash(submission: Submission, same: Submission, pack: RulePack) -> Problem:
    values = {
        "unit": pack.unit[submission.unit].label,
        "period": submission.period.label,
        "revision": submission.revision,
        "other": str(same.place),
    }
    return Problem("figures.same_revision", submission.place, values)


def _left_aside(older: Submission, newer: Submission, pack: RulePack) -> Problem:
    values = {
        "unit": pack.unit[older.unit].label,
        "period": older.period.label,
        "older": older.revision,
        "newer": newer.revision,
        "other": str(newer.place),
    }
    return Problem("figures.older_revision", older.place, values, weight="warning")
