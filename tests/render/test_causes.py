"""One figure behind several findings is told once, with all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliance.model.findings import Finding, Suspect
from compliance.render.causes import compose_causes, group_by_cause

if TYPE_CHECKING:
    from compliance.model.check import Check

DISTRICT = "soc-trang/long-phu"


def _suspect(**changes: Any) -> Suspect:
    given = {
        "indicator": "documents.outgoing",
        "unit": DISTRICT,
        "written": "6.225",
        "should_be": "6.522",
        "slip": "hai chữ số liền nhau bị đảo",
    }
    return Suspect.model_validate(given | changes)


def _finding(rule: str, *suspects: Suspect, unit: str = DISTRICT) -> Finding:
    return Finding(
        id=f"{rule}@{unit}@2020-H1",
        rule=rule,
        title="t",
        unit=unit,
        area="documents",
        kind="consistency",
        severity="must_fix",
        message="m",
        fix="f",
        suspects=suspects,
    )


def _groups(*findings: Finding) -> list[list[str]]:
    return [[finding.rule for finding in group] for _, group in group_by_cause(findings)]


def test_findings_with_the_same_single_suspect_are_one_group() -> None:
    findings = (_finding("A", _suspect()), _finding("B"), _finding("C", _suspect()))
    assert _groups(*findings) == [["A", "C"]]


def test_alternatives_behind_the_likeliest_one_do_not_matter() -> None:
    other = _suspect(indicator="documents.outgoing_electronic", group=2)
    assert _groups(_finding("A", _suspect(), other), _finding("C", _suspect())) == [["A", "C"]]


def test_figures_that_are_only_wrong_together_are_no_single_cause() -> None:
    pair = (_suspect(), _suspect(indicator="documents.outgoing_electronic"))
    assert _groups(_finding("A", *pair), _finding("C", *pair)) == []


def test_another_right_value_is_another_cause() -> None:
    assert _groups(_finding("A", _suspect()), _finding("C", _suspect(should_be="6.622"))) == []


def test_the_sentence_names_the_figure_with_its_unit_and_every_finding(long_phu: Check) -> None:
    findings = (_finding("A", _suspect()), _finding("C", _suspect(), unit=f"{DISTRICT}/cap-xa"))
    (sentence,) = compose_causes(long_phu, findings)
    assert sentence == (
        "«Tổng số văn bản đi» của toàn huyện ghi 6.225, nếu các số khác đúng thì phải là 6.522 "
        "(hai chữ số liền nhau bị đảo). Có thể là nguyên nhân chung của 2 phát hiện: "
        "A (toàn huyện); C (cấp xã)."
    )


def test_a_run_without_suspects_says_nothing(long_phu: Check) -> None:
    assert compose_causes(long_phu, (_finding("A"),)) == ()
