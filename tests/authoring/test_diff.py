"""What differs between two packs, a change at a time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from compliance.authoring.diff import compare_packs
from compliance.model.legal import Citation
from compliance.model.rulepack import Withdrawal
from compliance.pipeline import load_pack

if TYPE_CHECKING:
    from compliance.model.comparison import ItemDifference
    from compliance.model.rulepack import Rule, RulePack


@cache
def _pack() -> RulePack:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    return compiled.pack


def _with_rule(rule: str, **changes: Any) -> RulePack:
    """The pack with one rule changed."""
    rules = tuple(known.model_copy(update=changes) if known.id == rule else known for known in _pack().rules)
    return _pack().model_copy(update={"rules": rules})


def _with_target(target: str, **changes: Any) -> RulePack:
    """The pack with the first value of one target changed."""
    targets = tuple(
        known.model_copy(update={"values": (known.values[0].model_copy(update=changes), *known.values[1:])})
        if known.id == target
        else known
        for known in _pack().targets
    )
    return _pack().model_copy(update={"targets": targets})


def _differences(new: RulePack, old: RulePack | None = None) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.id, item.kinds) for item in compare_packs(old or _pack(), new).differences]


def _only(new: RulePack) -> ItemDifference:
    (item,) = compare_packs(_pack(), new).differences
    return item


def _rule(name: str) -> Rule:
    return _pack().rule[name]


def test_a_pack_does_not_differ_from_itself() -> None:
    assert _differences(_pack()) == []


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"severity": "must_fix"}, "tightened"),
        ({"severity": "advisory"}, "loosened"),
        ({"applies_to": ("district",)}, "loosened"),
        ({"effective_from": date(2010, 1, 1)}, "tightened"),
        ({"effective_until": date(2020, 12, 31)}, "loosened"),
        ({"when": "dossiers.resolved > 0"}, "loosened"),
        ({"check": "dossiers.resolved_late <= dossiers.resolved"}, "changed"),
        ({"citation": Citation(instrument="chinh-phu/2018/61-nd-cp", grade="A")}, "citation"),
        ({"fix": "Câu khác."}, "reworded"),
        ({"title": "Tên khác"}, "reworded"),
        ({"tasks": ()}, "reworded"),
    ],
)
def test_one_change_of_a_rule_is_of_one_kind(changes: dict[str, Any], kind: str) -> None:
    assert _differences(_with_rule("DOS-07", **changes)) == [("DOS-07", (kind,))]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("a.x >= 3", "a.x >= 4", "tightened"),
        ("a.x >= 3", "a.x >= 2.5", "loosened"),
        ("a.x <= 3", "a.x <= 2", "tightened"),
        ("a.x < 3", "a.x < 30", "loosened"),
        ("a.x > 3", "a.x >= 3", "changed"),
        ("a.x > 1 and a.y > 3", "a.x > 1 and a.y > 4", "changed"),
        ("a.x > 3", "a.y > 3", "changed"),
    ],
)
def test_a_bound_on_the_same_expression_tells_which_way_it_goes(before: str, after: str, kind: str) -> None:
    old, new = (_with_rule("DOS-07", check=check) for check in (before, after))
    assert _differences(new, old) == [("DOS-07", (kind,))]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"value": Decimal(95)}, "tightened"),
        ({"value": Decimal(80)}, "loosened"),
        ({"due": date(2020, 6, 30)}, "tightened"),
        ({"due": date(2021, 12, 31)}, "loosened"),
        ({"citation": Citation(instrument="chinh-phu/2018/61-nd-cp", grade="A")}, "citation"),
        ({"levels": ("district",)}, "loosened"),
    ],
)
def test_one_change_of_a_target_is_of_one_kind(changes: dict[str, Any], kind: str) -> None:
    assert _differences(_with_target("documents.electronic", **changes)) == [
        ("documents.electronic", (kind,))
    ]


def test_a_rule_that_comes_in_is_added_and_one_that_goes_is_withdrawn() -> None:
    rules = tuple(rule for rule in _pack().rules if rule.id != "DOS-07")
    without = _pack().model_copy(update={"rules": rules})
    assert _differences(without) == [("DOS-07", ("withdrawn",))]
    assert _differences(_pack(), without) == [("DOS-07", ("added",))]


def test_a_rule_withdrawn_by_name_keeps_the_reason() -> None:
    withdrawn = (*_pack().withdrawn, Withdrawal(id="DOS-07", reason="Hết hiệu lực."))
    item = _only(_pack().model_copy(update={"withdrawn": withdrawn}))
    assert (item.id, item.kinds, item.reason) == ("DOS-07", ("withdrawn",), "Hết hiệu lực.")


def test_a_renamed_rule_is_the_same_rule() -> None:
    item = _only(_with_rule("DOS-07", id="DOS-70", aliases=("DOS-07",)))
    assert (item.id, item.renamed_from, item.kinds) == ("DOS-70", "DOS-07", ("reworded",))


def test_several_changes_of_one_rule_stand_together_the_weightiest_first() -> None:
    item = _only(_with_rule("DOS-07", fix="Câu khác.", severity="must_fix"))
    assert item.kinds == ("tightened", "reworded")
    assert [(field.field, field.before, field.after) for field in item.fields] == [
        ("severity", "must_explain", "must_fix"),
        ("fix", _rule("DOS-07").fix, "Câu khác."),
    ]


def test_a_figure_that_becomes_required_is_a_tightening() -> None:
    indicators = tuple(
        known.model_copy(update={"required": (*known.required, "bloc")})
        if known.id == "documents.outgoing"
        else known
        for known in _pack().indicators
    )
    assert _differences(_pack().model_copy(update={"indicators": indicators})) == [
        ("documents.outgoing", ("tightened",))
    ]


def test_a_rate_on_another_denominator_is_changed() -> None:
    rates = tuple(
        known.model_copy(update={"denominator": "dossiers.received_total"})
        if known.id == "dossiers.late"
        else known
        for known in _pack().rates
    )
    assert ("dossiers.late", ("changed",)) in _differences(_pack().model_copy(update={"rates": rates}))
