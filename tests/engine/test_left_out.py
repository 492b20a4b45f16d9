"""While a file is left out, nothing passes or fails because a unit has no figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from compliance.engine.checking import build_check
from compliance.intake.packs import dataset_root
from compliance.intake.submissions import read_submissions
from compliance.model.check import Check, LeftOut
from compliance.pipeline import load_pack

if TYPE_CHECKING:
    from pathlib import Path

COMPILED, _ = load_pack("long-phu-2020")
UNITS = dataset_root() / "long-phu-2020-h1-units"
ABSENT = "xa-phu-huu"


def check(*left_out: LeftOut) -> Check:
    """Of all units of the district but one, all of which are due."""
    assert COMPILED is not None
    files: list[Path] = [path for path in UNITS.glob("*.yaml") if path.stem != ABSENT]
    submissions, _, problems = read_submissions(files, COMPILED.pack)
    assert [problem for problem in problems if problem.weight == "error"] == []
    due = tuple(unit.id for unit in COMPILED.pack.units)
    return build_check(COMPILED, submissions, as_of=date(2020, 7, 1), expected=due, left_out=left_out)


@pytest.fixture(scope="module")
def whole() -> Check:
    return check()


@pytest.fixture(scope="module")
def partial() -> Check:
    return check(LeftOut(file="xa-phu-huu.yaml", problems=("hỏng",)))


def test_a_whole_that_only_exceeds_the_parts_at_hand_is_undecided(whole: Check, partial: Check) -> None:
    before = {outcome.id for outcome in whole.outcomes if outcome.reason_code == "rollup_at_least"}
    assert before
    assert {partial.outcome[name].outcome for name in before} == {"no_data"}
    assert {partial.outcome[name].reason_code for name in before} == {"left_out"}


def test_no_unit_is_blamed_for_figures_that_may_be_in_the_file(whole: Check, partial: Check) -> None:
    blamed = [outcome.id for outcome in whole.outcomes if outcome.reason_code == "not_submitted"]
    assert blamed
    assert {partial.outcome[name].outcome for name in blamed} == {"no_data"}
    assert not {finding.id for finding in partial.findings} & set(blamed)


def test_all_else_is_as_without_the_file(whole: Check, partial: Check) -> None:
    others = [o.id for o in whole.outcomes if o.reason_code not in {"rollup_at_least", "not_submitted"}]
    assert {(name, whole.outcome[name].outcome) for name in others} == {
        (name, partial.outcome[name].outcome) for name in others
    }


def test_the_run_as_a_whole_is_not_accepted(partial: Check) -> None:
    assert partial.accepted == "not_accepted"
    assert [left.file for left in partial.left_out] == ["xa-phu-huu.yaml"]
