"""What lint says of packs that can be read and are not right."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.authoring.lint import lint_packs

BAD = Path(__file__).resolve().parents[1] / "data" / "bad" / "packs"
PREFIX = {"lint": "lint", "expressions": "expression"}
"""Folders of files each named for the code that it provokes."""
ONE_FAULT = [
    (folder, f"{prefix}.{file.stem}", file.name)
    for folder, prefix in PREFIX.items()
    for file in sorted((BAD / folder).glob("*.yaml"))
    if file.name != "pack.yaml"
]
FOUND = {
    folder: [(Path(problem.place.file).name, problem.code) for problem in lint_packs([BAD / folder])]
    for folder in (*PREFIX, "sound", "case-files", "reserved-rule-id")
}


def test_the_packs_that_travel_with_the_program_are_clean() -> None:
    assert [str(problem) for problem in lint_packs()] == []


@pytest.mark.parametrize(("folder", "code", "name"), ONE_FAULT, ids=str)
def test_each_bad_file_provokes_the_message_that_it_is_named_for(folder: str, code: str, name: str) -> None:
    assert (name, code) in FOUND[folder]


@pytest.mark.parametrize("code", ["lint.version_unlogged", "lint.change_of_unknown"])
def test_a_changelog_that_does_not_follow_the_pack_is_told(code: str) -> None:
    assert ("pack.yaml", code) in FOUND["lint"]


def test_a_rule_without_a_case_file_is_told_where_the_file_should_be() -> None:
    assert ("CAS-02.yaml", "cases.no_file") in FOUND["case-files"]


def test_a_case_file_of_no_rule_is_told() -> None:
    assert ("CAS-1.yaml", "cases.unknown_rule") in FOUND["case-files"]


def test_a_written_rule_cannot_have_the_id_of_a_generated_one() -> None:
    assert ("rules.yaml", "generated.reserved_id") in FOUND["reserved-rule-id"]


def test_a_sound_pack_has_no_fault_of_its_own() -> None:
    assert [found for found in FOUND["sound"] if found[0] != "instruments.yaml"] == []


def test_a_text_that_no_pack_of_the_family_cites_is_told_at_its_place_in_the_register() -> None:
    assert ("instruments.yaml", "lint.unused_instrument") in FOUND["sound"]


def test_a_figure_of_a_general_pack_may_be_read_by_the_rule_of_a_special_one() -> None:
    codes = {problem.code for problem in lint_packs(["vietnam-2020"])}
    assert codes == set()


def test_an_unknown_pack_is_a_problem_like_any_other() -> None:
    assert [problem.code for problem in lint_packs(["vietnam-2002"])] == ["pack.unknown"]


def test_problems_are_told_once_and_in_the_order_of_their_places() -> None:
    problems = lint_packs([BAD / "lint", BAD / "lint"])
    assert [problem.place for problem in problems] == sorted(problem.place for problem in problems)
    assert len({(problem.place, problem.what) for problem in problems}) == len(problems)
