"""Are the planted figures of the faulty dataset named as the wrong ones, with their true values?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from compliance.engine.checking import build_check
from compliance.intake.submissions import read_submissions
from compliance.pipeline import load_pack

if TYPE_CHECKING:
    from compliance.model.check import Check
    from compliance.model.findings import Suspect

ROOT = Path(__file__).parents[2]
PLANTED = yaml.safe_load(Path(__file__).with_name("planted.yaml").read_text("utf-8"))["planted"]
NOT_ARITHMETIC = {"F04", "F14", "F16", "F17", "F19", "F23", "F25", "F28", "F29"}
"""No report, no figure at all, citations, data windows, and figures moved so that every sum still holds."""
NOT_DETERMINED: set[str] = {"F01", "F13", "F15", "F26"}
"""Other figures could be wrong instead: a product, two that only bound each other, a roll-up alone."""
ARITHMETIC = [error for error in PLANTED if error["id"] not in NOT_ARITHMETIC]


def check_dataset(name: str) -> Check:
    compiled, problems = load_pack("long-phu-2020")
    assert compiled is not None, problems
    submissions, _, _ = read_submissions([ROOT / "datasets" / name], compiled.pack)
    return build_check(compiled, submissions, as_of=date(2020, 7, 1))


@pytest.fixture(scope="module")
def check() -> Check:
    return check_dataset("long-phu-2020-h1-faulty")


def suspects_of(check: Check, error: dict[str, Any]) -> tuple[Suspect, ...]:
    """Those of the findings that the error causes: of the one that catches it, else of an implied one."""
    named = {finding.id: finding.suspects for finding in check.findings}
    return next(found for name in (error["caught_by"], *error["implied"]) if (found := named.get(name, ())))


def planted_in(error: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """By indicator or stated rate what was written and what is true."""
    return {
        change["at"].removeprefix("figures."): (change["now"] or "", change["was"])
        for change in error["changes"]
    }


@pytest.mark.parametrize("error", ARITHMETIC, ids=lambda error: error["id"])
def test_the_planted_figures_are_the_first_suspects_with_their_true_values(
    check: Check, error: dict[str, Any]
) -> None:
    first = {
        suspect.indicator: (suspect.written, suspect.should_be)
        for suspect in suspects_of(check, error)
        if suspect.group == 1
    }
    assert first == planted_in(error)


@pytest.mark.parametrize(
    "error",
    [error for error in ARITHMETIC if error["id"] not in NOT_DETERMINED | {"F12"}],
    ids=lambda one: one["id"],
)
def test_where_the_identities_determine_it_the_planted_figure_stands_alone(
    check: Check, error: dict[str, Any]
) -> None:
    assert [suspect.indicator for suspect in suspects_of(check, error)] == list(planted_in(error))


def test_in_reports_without_an_error_no_figure_is_suspected() -> None:
    invented = check_dataset("long-phu-2020-h1-units")
    assert [finding.id for finding in invented.findings if finding.suspects] == []


def test_in_the_real_report_only_what_contradicts_itself_is_suspected() -> None:
    found = {finding.rule for finding in check_dataset("long-phu-2020-h1").findings if finding.suspects}
    assert found == {"RATE:dossiers.late:stated", "DOS-11", "COM-01"}
