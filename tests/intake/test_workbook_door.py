"""Files that no program should trust end with a message, in little memory and little time."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compliance.intake.limits import STANDARD
from compliance.intake.submissions import read_submissions
from compliance.intake.workbook_door import inspect
from compliance.messages import catalogue

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = ROOT / "tests" / "data" / "hostile"
MOST_MEMORY = 512 * 1024 * 1024
MOST_SECONDS = 10


def _maker() -> Any:
    spec = importlib.util.spec_from_file_location("make_hostile", HOSTILE / "make_hostile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


MAKER = _maker()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for name, content in MAKER.build().items():
        (folder / name).write_bytes(content)
    return folder


CHILD = """
import contextlib, io, json, resource, sys, time

resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
from compliance.cli import _run

for path in sys.argv[2:]:
    said, start = io.StringIO(), time.perf_counter()
    with contextlib.redirect_stderr(said):
        code = _run(["check", path])
    print(json.dumps([path, code, time.perf_counter() - start, said.getvalue()]))
"""
"""One process for all files: what the first leaves behind is there when the last is read."""


@pytest.fixture(scope="module")
def runs(folder: Path) -> dict[str, tuple[int, float, str]]:
    """Exit code, seconds and what was said, by file, of a process that is held to the memory."""
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, str(MOST_MEMORY), *sorted(map(str, folder.iterdir()))],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=True,
    )
    return {
        Path(path).name: (code, seconds, said)
        for path, code, seconds, said in map(json.loads, ran.stdout.splitlines())
    }


@pytest.mark.parametrize("name", sorted(MAKER.MAKERS))
def test_a_hostile_file_is_refused_with_the_message_for_it(name: str, folder: Path, pack: RulePack) -> None:
    submissions, _, problems = read_submissions([folder / name], pack)
    assert submissions == ()
    assert [problem.code for problem in problems if problem.weight == "error"] == [MAKER.MAKERS[name][0]]
    assert all(problem.place.file.startswith(name) for problem in problems)


@pytest.mark.parametrize("name", sorted(MAKER.MAKERS))
def test_the_command_ends_with_2_under_512_mib_and_10_seconds(
    name: str, runs: dict[str, tuple[int, float, str]]
) -> None:
    code, seconds, said = runs[name]
    assert code == 2
    assert name in said
    assert seconds < MOST_SECONDS


def test_small_files_are_kept_as_the_script_writes_them() -> None:
    made = {name: content for name, content in MAKER.build().items() if len(content) <= MAKER.MOST_KEPT}
    kept = {
        path.name: path.read_bytes()
        for path in HOSTILE.iterdir()
        if path.suffix in {".xlsx", ".xlsm", ".zip"}
    }
    assert kept == made


def test_every_message_of_the_door_and_of_archives_is_provoked_by_a_file() -> None:
    codes = {
        code.rsplit(".", 1)[0]
        for code in catalogue()
        if code.startswith(("workbook.door", "workbook.archive"))
    }
    provoked = {code for code, _ in MAKER.MAKERS.values()}
    assert codes - provoked == {"workbook.door.macros", "workbook.archive.nested"}


def test_macros_are_said_and_ignored() -> None:
    contents, problems = inspect(MAKER.build()["macros.xlsm"], "a.xlsm", STANDARD)
    assert contents is not None
    assert contents.has_macros
    assert [(problem.code, problem.weight) for problem in problems] == [("workbook.door.macros", "warning")]


def test_raised_limits_let_a_larger_workbook_in() -> None:
    content = MAKER.build()["many-cells.xlsx"]
    assert inspect(content, "a.xlsx", STANDARD)[0] is None
    assert inspect(content, "a.xlsx", STANDARD.times(4))[0] is not None


@pytest.mark.parametrize("size", [0, 1, 3, 4, 100, 500, 1000, 1300])
def test_a_workbook_cut_anywhere_gives_a_message(size: int, tmp_path: Path, pack: RulePack) -> None:
    (tmp_path / "a.xlsx").write_bytes(MAKER.book(MAKER.sheet())[:size])
    _, _, problems = read_submissions([tmp_path / "a.xlsx"], pack)
    assert [problem.weight for problem in problems] == ["error"]
