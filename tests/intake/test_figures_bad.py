"""Each fault of a submission is said in our words, at its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compliance.intake.submissions import read_submissions
from compliance.messages import catalogue

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack

DATA = Path(__file__).resolve().parents[1] / "data"
BAD = DATA / "bad" / "submissions"
PLACES = dict(
    line.rsplit(" ", 1)
    for line in (DATA / "places_of_bad_submissions.txt").read_text(encoding="utf-8").splitlines()
)
"""Line and column of the fault in each file. It is named for the code it provokes: `code-variant.yaml`."""

WARNINGS = {
    "figures.csv.blank_unit",
    "figures.nothing_reported",
    "figures.older_revision",
    "figures.other_level",
    "figures.share_of_one",
    "figures.unknown_instrument",
    "intake.source.code_page",
}
ELSEWHERE = {
    "intake.source.missing": "test_sources",
    "intake.source.folder": "test_sources",
    "intake.source.not_a_file": "test_sources",
    "intake.source.forbidden": "test_sources",
    "intake.source.unreadable": "test_sources",
    "intake.source.huge": "test_sources",
    "intake.source.skipped": "test_submissions",
    "intake.source.no_files": "test_submissions",
    "intake.source.keep_going": "test_keep_going",
    "intake.too_many": "test_yaml_source",
    "own_output.findings_workbook": "test_own_outputs",
}
"""Messages that need more than a file kept here, and the test module that provokes them."""


def code_of(name: str) -> str:
    return re.sub(r"\.(yaml|json|csv|odt|txt|html|parquet)$", "", name).partition("-")[0]


@pytest.mark.parametrize("name", sorted(PLACES))
def test_each_bad_file_provokes_the_message_that_it_is_named_for_at_its_place(
    name: str, pack: RulePack
) -> None:
    submissions, _, problems = read_submissions([BAD / name], pack)
    assert [problem.code for problem in problems] == [code_of(name)]
    (problem,) = problems
    assert f"{problem.place.line}:{problem.place.column}" == PLACES[name]
    assert problem.place.file.startswith(name)
    assert problem.weight == ("warning" if problem.code in WARNINGS else "error")
    assert bool(submissions) == (problem.code in WARNINGS or (BAD / name).is_dir())


@pytest.mark.parametrize("name", sorted(PLACES))
def test_each_message_is_complete_and_short_enough_to_be_read(name: str, pack: RulePack) -> None:
    for problem in read_submissions([BAD / name], pack)[2]:
        assert len(problem.what) < 200
        assert problem.what.endswith((".", "?"))
        assert problem.remedy.endswith(".")
        assert "{" not in problem.what.replace("{resolved", "").replace("{ }", "")
        assert str(problem).isprintable()


def test_every_file_kept_here_has_its_place() -> None:
    assert {path.name for path in BAD.iterdir()} == set(PLACES)


def test_every_message_about_numbers_files_and_figures_has_a_file_that_provokes_it() -> None:
    codes = {
        key.removesuffix(".what")
        for key in catalogue()
        if key.startswith(("numerals.", "intake.", "figures.", "own_output.")) and key.endswith(".what")
    }
    assert codes - set(ELSEWHERE) == {code_of(name) for name in PLACES} - set(ELSEWHERE)
