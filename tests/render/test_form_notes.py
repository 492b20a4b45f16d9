"""The note beside a figure says which rules read it, and on what legal basis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.render.form_notes import notes_by_indicator

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack


def test_a_note_names_the_rule_and_its_legal_basis(pack: RulePack) -> None:
    note = notes_by_indicator(pack, "commune")["dossiers.received_total"]
    assert "DOS-03: Hồ sơ tiếp nhận bằng hồ sơ đã giải quyết cộng hồ sơ đang giải quyết" in note
    assert "Thông tư 01/2020/TT-VPCP" in note


def test_a_figure_is_asked_for_the_target_of_its_rate(pack: RulePack) -> None:
    target_rules = [rule for rule in pack.rules if "documents.electronic" in rule.all_measures]
    note = notes_by_indicator(pack, "commune")["documents.outgoing"]
    assert target_rules
    assert all(rule.id in note for rule in target_rules if "commune" in rule.applies_to)


def test_a_rule_for_other_levels_is_not_named(pack: RulePack) -> None:
    assert "ONE-04" not in notes_by_indicator(pack, "commune").get("one_stop.procedures_in_authority", "")


def test_the_arithmetic_that_every_figure_goes_through_is_counted(pack: RulePack) -> None:
    assert "phép đối chiếu số học tự động" in notes_by_indicator(pack, "commune")["dossiers.resolved"]


def test_a_stated_rate_has_its_note(pack: RulePack) -> None:
    assert "dossiers.in_time" in notes_by_indicator(pack, "district")
