"""How the law that is cited limits what a rule may ask."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from compliance.authoring.lint_law import (
    check_basis,
    check_dates,
    check_in_force,
    check_not_loosened,
    check_targets_agree,
)
from compliance.intake.packs import read_pack
from compliance.model.rulepack import Kind, RulePack, Severity

if TYPE_CHECKING:
    from compliance.model.legal import Grade

RULE = "DOC-01"


def pack_with(rule: dict[str, object] | None = None, **values: object) -> RulePack:
    """The national pack with another DOC-01, and other values of its target."""
    pack, _ = read_pack("vietnam-2020")
    assert pack is not None
    fields = {name: getattr(pack, name) for name in RulePack.model_fields}
    changed = pack.rule[RULE].model_copy(update=rule or {})
    target = pack.target["documents.electronic"]
    dated = target.values[0].model_copy(update=values)
    fields["rules"] = tuple(changed if one.id == RULE else one for one in pack.rules)
    fields["targets"] = tuple(
        target.model_copy(update={"values": (dated,)}) if one.id == target.id else one for one in pack.targets
    )
    return RulePack(**fields)


def citing(grade: Grade, **more: object) -> dict[str, object]:
    pack, _ = read_pack("vietnam-2020")
    assert pack is not None
    citation = pack.rule[RULE].citation
    assert citation is not None
    return {"citation": citation.model_copy(update={"grade": grade, **more})}


@pytest.mark.parametrize(
    ("kind", "severity", "grade", "codes"),
    [
        ("target", "must_explain", "R", []),
        ("target", "must_explain", "C", ["lint.too_grave"]),
        ("target", "advisory", "C", []),
        ("target", "must_fix", "A", ["lint.too_grave"]),
        ("consistency", "must_fix", "C", []),
        ("completeness", "must_fix", "A", []),
        ("completeness", "must_fix", "B", ["lint.too_grave"]),
        ("plausibility", "must_explain", "C", ["lint.too_grave"]),
    ],
)
def test_the_grade_of_a_text_limits_how_grave_a_rule_on_it_may_be(
    kind: Kind, severity: Severity, grade: Grade, codes: list[str]
) -> None:
    checked = {"measure": None, "at_least": None, "check": "documents.outgoing >= 0"}
    pack = pack_with({"kind": kind, "severity": severity, **checked, **citing(grade)})
    assert [problem.code for problem in check_basis(pack)] == codes


def test_the_least_sure_of_the_texts_counts() -> None:
    pack = pack_with(citation=citing("C")["citation"])
    assert [problem.code for problem in check_basis(pack)] == ["lint.too_grave"]


def test_a_form_may_be_used_as_logic_before_it_binds_when_the_citation_says_so() -> None:
    early: dict[str, object] = {"effective_from": date(2018, 1, 1)}
    assert [p.code for p in check_in_force(pack_with(early))] == ["lint.not_yet_in_force"]
    explained = citing("B", binding_from=date(2019, 3, 7), note="dùng làm lô-gích")
    assert list(check_in_force(pack_with({**early, **explained}))) == []
    unexplained = citing("B", binding_from=date(2019, 3, 7))
    assert [p.code for p in check_in_force(pack_with({**early, **unexplained}))] == [
        "lint.binding_unexplained"
    ]


def test_a_lower_target_of_a_pack_below_is_loosened_and_a_higher_one_is_not() -> None:
    above = pack_with()
    assert list(check_not_loosened(pack_with(value=Decimal(95)), above)) == []
    codes = [problem.code for problem in check_not_loosened(pack_with(value=Decimal(80)), above)]
    assert codes == ["lint.target_loosened"]


def test_a_target_that_binds_fewer_levels_than_above_is_loosened() -> None:
    codes = [problem.code for problem in check_not_loosened(pack_with(levels=("bloc",)), pack_with())]
    assert codes == ["lint.target_loosened"]


def test_a_later_due_day_loosens_too() -> None:
    below = pack_with(due=date(2021, 12, 31))
    assert [problem.code for problem in check_not_loosened(below, pack_with())] == ["lint.due_loosened"]


def test_a_common_target_of_other_levels_does_not_bind() -> None:
    above = pack_with(common="mục tiêu chung của cả nước")
    assert list(check_not_loosened(pack_with(value=Decimal(10)), above)) == []


def test_a_floor_above_a_ceiling_is_a_disagreement() -> None:
    pack = pack_with()
    fields = {name: getattr(pack, name) for name in RulePack.model_fields}
    floor = pack.rule[RULE]
    ceiling = floor.model_copy(update={"id": "DOC-99", "at_least": None, "at_most": "online.share"})
    fields["rules"] = (floor, ceiling)
    assert [problem.code for problem in check_targets_agree(RulePack(**fields))] == ["lint.targets_disagree"]


def test_a_rule_that_begins_after_its_pack_ends_never_applies() -> None:
    codes = [problem.code for problem in check_dates(pack_with({"effective_from": date(2022, 1, 1)}))]
    assert codes == ["lint.never_in_time"]
