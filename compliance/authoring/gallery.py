"""Which messages can a reader get about an input, and what does an input look like that provokes each?

Every message of the catalogue that says what is wrong and what to do stands on the page, with a piece of a
bad file of `tests/data/bad` that provokes it. `situations.yaml` there holds those that no file can provoke;
of workbooks and reports, whose bad files tests make on the fly, the message alone is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.authoring.cases import run_cases
from compliance.authoring.lint_contents import lint_contents
from compliance.authoring.pages import Page, compose_page
from compliance.engine.generate import generate_rules
from compliance.intake.explanations import read_explanations
from compliance.intake.nodes import Mapping, Scalar, Sequence, to_python
from compliance.intake.packs import read_pack
from compliance.intake.sources import read_text
from compliance.intake.submissions import read_submissions
from compliance.intake.waivers import read_waivers
from compliance.intake.yaml_source import parse_yaml
from compliance.messages import catalogue, text
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from compliance.model.rulepack import RulePack

GALLERY_PAGE = "docs/messages.md"
BAD_FILES = "tests/data/bad"
PACK = "long-phu-2020"
"""The pack against which bad files of figures are read."""
_PACKS = "packs"
_SITUATIONS = "situations.yaml"
_RESPONSES = {"explanations": read_explanations, "waivers": read_waivers}
"""Folders of files that go with figures, by the option of `check` that takes them."""
_AROUND = 1
_SHORT_FILE = 12
_LONGEST_LINE = 110


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A message with what provokes it."""

    problem: Problem
    command: str
    excerpt: str = ""


def compose_gallery(root: Path) -> Page:
    """The page of all messages; `root` is the checkout."""
    return compose_page(GALLERY_PAGE, _compose(collect_exhibits(root)))


def problem_codes() -> tuple[str, ...]:
    """Every code of the catalogue with both sentences, in its order."""
    known = catalogue()
    stems = (code.removesuffix(".what") for code in known if code.endswith(".what"))
    return tuple(stem for stem in stems if f"{stem}.do" in known)


def collect_exhibits(root: Path) -> dict[str, Exhibit]:
    """An exhibit for each code that something provokes; a file named for the code comes first."""
    found: dict[str, Exhibit] = {}
    pack = _pack()
    by_files = (*_provoke_packs(root), *_provoke_figures(root, pack), *_provoke_responses(root, pack))
    for exhibit in (*by_files, *_read_situations(root)):
        code = exhibit.problem.code
        if code not in found or (_is_named_for(exhibit) and not _is_named_for(found[code])):
            found[code] = exhibit
    return found


def _is_named_for(exhibit: Exhibit) -> bool:
    """Whether the bad file bears the name of the code, and so shows nothing else."""
    name, code = exhibit.problem.place.file.rpartition("/")[2], exhibit.problem.code
    return name.startswith(f"{code}.") or name.partition(".")[0] == code.rpartition(".")[2]


def _compose(exhibits: dict[str, Exhibit]) -> Iterator[str]:
    yield f"# {text('gallery.title')}"
    yield text("reference.notice")
    yield text("gallery.lead", count=len(problem_codes()), shown=len(exhibits))
    group = ""
    for code in problem_codes():
        if code.partition(".")[0] != group:
            group = code.partition(".")[0]
            yield f"## {catalogue().get(f'gallery.group.{group}', group)}"
        yield f"### `{code}`"
        yield from _show(exhibits[code]) if code in exhibits else (_quote(code),)


def _quote(code: str) -> str:
    """A message that nothing here provokes, as it stands in the catalogue."""
    return f"{catalogue()[f'{code}.what']} {catalogue()[f'{code}.do']}"


def _show(exhibit: Exhibit) -> Iterator[str]:
    if exhibit.excerpt:
        yield f"```text\n{exhibit.excerpt}\n```"
    yield f"```console\n$ {exhibit.command}\n{exhibit.problem}\n```"


def _provoke_packs(root: Path) -> Iterator[Exhibit]:
    for folder in sorted((root / BAD_FILES / _PACKS).iterdir()):
        if folder.is_dir():
            name = f"{BAD_FILES}/{_PACKS}/{folder.name}"
            for problem in lint_contents([folder]):
                yield _exhibit(root, root, problem, f"compliance rules lint {name}")
            report = run_cases([folder])
            for problem in (*report.problems, *report.failures):
                yield _exhibit(root, root, problem, f"compliance rules test {name}")


def _pack() -> RulePack | None:
    """The pack against which files are read, with its generated rules."""
    pack, _ = read_pack(PACK)
    return generate_rules(pack) if pack is not None else None


def _provoke_responses(root: Path, pack: RulePack | None) -> Iterator[Exhibit]:
    for option, read in _RESPONSES.items():
        for path in sorted((root / BAD_FILES / option).iterdir()):
            _, _, problems = read([path], pack) if pack is not None else ((), (), ())
            name = path.relative_to(root).as_posix()
            for problem in problems:
                command = f"compliance check so-lieu --pack {PACK} --{option} {name}"
                yield _exhibit(root, path.parent, problem, command)


def _provoke_figures(root: Path, pack: RulePack | None) -> Iterator[Exhibit]:
    for path in sorted((root / BAD_FILES).iterdir()):
        aside = path.name in (_PACKS, _SITUATIONS, *_RESPONSES)
        if pack is None or aside or path.suffix == ".md":
            continue
        for entry in _inputs(path):
            _, _, problems = read_submissions([entry], pack)
            name = entry.relative_to(root).as_posix()
            for problem in problems:
                at = entry if entry.is_dir() else entry.parent
                yield _exhibit(root, at, problem, f"compliance check {name} --pack {PACK}")


def _inputs(path: Path) -> tuple[Path, ...]:
    """A file, or what a folder of bad files holds; a folder in it is one input."""
    return tuple(sorted(path.iterdir())) if path.is_dir() else (path,)


def _read_situations(root: Path) -> Iterator[Exhibit]:
    """Messages about what is no file: an option, a permission, a size."""
    path = root / BAD_FILES / _SITUATIONS
    written, _ = read_text(path)
    node, _ = parse_yaml(written or "", path.name)
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Mapping):
            yield _read_situation(item)


def _read_situation(item: Mapping) -> Exhibit:
    words = {name.text: node.text for name, node in item.entries if isinstance(node, Scalar)}
    filled = item.get("values")
    values = (
        {name.text: to_python(node) for name, node in filled.entries} if isinstance(filled, Mapping) else {}
    )
    return Exhibit(Problem(words["code"], Place(file=words.get("file", "")), values), words["command"])


def _exhibit(root: Path, folder: Path, problem: Problem, command: str) -> Exhibit:
    """An exhibit with paths as they are seen from the root; the file of the problem is in `folder`."""
    here = f"{root.as_posix()}/"
    place = problem.place
    values = {
        key: value.replace(here, "") if isinstance(value, str) else value
        for key, value in problem.values.items()
    }
    file = place.file.replace(here, "")
    moved = Place(file, place.line, place.column, place.sheet, place.cell, place.page, place.paragraph)
    excerpt = _cut_out(folder / file, place.line)
    return Exhibit(Problem(problem.code, moved, values, problem.weight), command, excerpt)


def _cut_out(path: Path, line: int) -> str:
    """A short file in full, of a longer one the line with those beside it; nothing without a line."""
    if not line or not path.is_file():
        return ""
    lines = path.read_bytes().decode("utf-8", errors="replace").splitlines()
    first = max(0, line - 1 - _AROUND) if len(lines) > _SHORT_FILE else 0
    around = lines[first : line + _AROUND] if len(lines) > _SHORT_FILE else lines
    return "\n".join(
        f"{number:4d} | {words if len(words) <= _LONGEST_LINE else words[:_LONGEST_LINE] + '…'}"
        for number, words in enumerate(around, start=first + 1)
    )
