"""What does a run say of each dataset? The real case, the faultless one, and the one with planted errors."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from compliance import pipeline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.model.check import Check

DISTRICT = "soc-trang/long-phu"
COMMUNES = f"{DISTRICT}/cap-xa"


def run(name: str, expect: str | None = None) -> Check:
    request = pipeline.Request(
        paths=(pipeline.dataset(name),), as_of=date(2020, 7, 31), pack="long-phu-2020", expect=expect
    )
    result, problems = pipeline.run(request)
    assert problems == ()
    assert result is not None
    return result


@pytest.fixture(scope="module")
def real_case() -> Check:
    return run("long-phu-2020-h1")


@pytest.fixture(scope="module")
def faultless() -> Check:
    return run("long-phu-2020-h1-units", expect="all")


@pytest.fixture(scope="module")
def faulty() -> Check:
    return run("long-phu-2020-h1-faulty", expect="all")


@pytest.fixture(scope="module")
def planted() -> list[dict[str, object]]:
    loaded = yaml.safe_load(Path(__file__).with_name("planted.yaml").read_text("utf-8"))
    errors: list[dict[str, object]] = loaded["planted"]
    return errors


def ids(result: Check, *, kinds: Iterable[str], severities: Iterable[str]) -> set[str]:
    return {one.id for one in result.findings if one.kind in kinds and one.severity in severities}


ALL_KINDS = ("completeness", "consistency", "target", "plausibility")
ALL_SEVERITIES = ("must_fix", "must_explain", "advisory")


def test_the_real_case_is_not_accepted_by_exactly_two_findings(real_case: Check) -> None:
    assert real_case.accepted == "not_accepted"
    assert ids(real_case, kinds=ALL_KINDS, severities=["must_fix"]) == {
        f"RATE:dossiers.late:stated@{COMMUNES}@2020-H1",
        f"REP-01@{DISTRICT}@2020-H1#long-phu/2020/09-kh-ubnd",
    }


def test_the_broadcasts_of_the_real_case_are_the_only_figures_to_explain(real_case: Check) -> None:
    kinds = ("completeness", "consistency", "plausibility")
    assert ids(real_case, kinds=kinds, severities=["must_explain"]) == {f"COM-01@{DISTRICT}@2020-H1"}


def test_no_required_figure_of_the_real_case_is_missing(real_case: Check) -> None:
    assert [result.missing for result in real_case.submissions if result.missing] == []


def test_nothing_of_the_faultless_set_must_be_fixed(faultless: Check) -> None:
    assert faultless.accepted == "explain"
    assert ids(faultless, kinds=ALL_KINDS, severities=["must_fix"]) == set()
    assert not faultless.not_submitted


def test_the_faultless_set_has_no_finding_on_consistency_or_completeness(faultless: Check) -> None:
    assert ids(faultless, kinds=["completeness", "consistency"], severities=ALL_SEVERITIES) == set()
    assert not any(result.missing for result in faultless.submissions)


def test_every_roll_up_of_the_faultless_set_passes(faultless: Check) -> None:
    above = [one for one in faultless.outcomes if one.rule.startswith("ROLLUP:") and one.unit.count("/") <= 2]
    decided = {one.outcome for one in above if one.outcome != "not_applicable"}
    assert decided == {"pass"}


def caught(result: Check) -> set[str]:
    """The ids of all findings, and of required indicators that are missing."""
    missing = {
        f"REQUIRED:{indicator}@{one.unit}@{one.period}"
        for one in result.submissions
        for indicator in one.missing
    }
    return {one.id for one in result.findings} | missing


def test_every_planted_error_is_caught_by_its_rule(faulty: Check, planted: list[dict[str, object]]) -> None:
    found = caught(faulty)
    assert [error["id"] for error in planted if error["caught_by"] not in found] == []


def test_no_planted_error_is_caught_where_it_is_not_planted(
    faultless: Check, planted: list[dict[str, object]]
) -> None:
    assert caught(faultless) & {str(error["caught_by"]) for error in planted} == set()


def test_every_other_finding_on_consistency_or_completeness_is_implied(
    faulty: Check, planted: list[dict[str, object]]
) -> None:
    named = {error["caught_by"] for error in planted}
    for error in planted:
        implied = error["implied"]
        assert isinstance(implied, list)
        named |= set(implied)
    found = ids(faulty, kinds=["completeness", "consistency"], severities=ALL_SEVERITIES)
    assert found - named == set()
    assert named - caught(faulty) == set()


def test_the_unit_without_a_file_is_named(faulty: Check) -> None:
    assert faulty.accepted == "not_accepted"
    assert faulty.not_submitted == (f"{DISTRICT}/cap-huyen/phong-y-te",)
