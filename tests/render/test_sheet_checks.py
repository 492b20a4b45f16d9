"""Which rules a form can check itself, and that formulas and our own arithmetic say the same."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.render.sheet_checks import Figures, Formulas, SheetCheck, sheet_checks
from compliance.render.template_text import asked_indicators

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack

COMMUNE = "soc-trang/long-phu/cap-xa/xa-phu-huu"
RECEIVED, RESOLVED, PENDING = "dossiers.received_total", "dossiers.resolved", "dossiers.pending"
IN_TIME, OVERDUE = "dossiers.pending_in_time", "dossiers.pending_overdue"


def checks_of(pack: RulePack, day: date = date(2020, 6, 30)) -> dict[str, SheetCheck]:
    asked = {item.id: item for item in asked_indicators(pack, pack.unit[COMMUNE])}
    return {check.rule.id: check for check in sheet_checks(pack, "commune", asked, day)}


def verdict(pack: RulePack, rule: str, **figures: int | None) -> str:
    asked = {item.id: item for item in asked_indicators(pack, pack.unit[COMMUNE])}
    typed = {
        name.replace("__", "."): None if figure is None else Fraction(figure)
        for name, figure in figures.items()
    }
    return Figures(typed, asked).verdict(checks_of(pack)[rule])


def test_the_balance_the_parts_and_part_and_whole_are_checked(pack: RulePack) -> None:
    assert {"DOS-03", f"PARTS:{RESOLVED}", "RATE:dossiers.late:part", "POS-01"} <= checks_of(pack).keys()


def test_what_needs_other_figures_than_the_form_has_is_not_checked(pack: RulePack) -> None:
    checks = checks_of(pack)
    assert not {"DOS-04", "DOS-07", "DOS-08", "DOS-11", "RATE:signatures.coverage:part"} & checks.keys()


def test_a_rule_not_yet_in_force_is_not_checked(pack: RulePack) -> None:
    assert "DOS-03" not in checks_of(pack, date(2018, 6, 20))


def test_nothing_is_said_while_a_figure_is_lacking(pack: RulePack) -> None:
    assert verdict(pack, "DOS-03", dossiers__received_total=10, dossiers__resolved=8) == ""


def test_a_sum_of_parts_stands_for_its_whole(pack: RulePack) -> None:
    figures = {"dossiers__received_total": 10, "dossiers__resolved": 8, "dossiers__pending_in_time": 2}
    assert verdict(pack, "DOS-03", **figures) == "Khớp"


def test_how_far_and_on_which_side_it_is_off_is_said(pack: RulePack) -> None:
    figures = {"dossiers__received_total": 5_000, "dossiers__resolved": 8, "dossiers__pending_in_time": 2}
    assert verdict(pack, "DOS-03", **figures) == "Lệch 4.990 (vế trái lớn hơn)"


def test_a_whole_left_blank_is_not_held_against_its_parts(pack: RulePack) -> None:
    figures = {"dossiers__pending_in_time": 2, "dossiers__pending_overdue": 1}
    assert verdict(pack, f"PARTS:{PENDING}", **figures) == ""


def test_words_in_a_cell_are_never_taken_for_nothing(pack: RulePack) -> None:
    figures = {"dossiers__pending": 2, "dossiers__pending_in_time": 2, "dossiers__pending_overdue": None}
    assert verdict(pack, f"PARTS:{PENDING}", **figures) == ""


def test_the_comparison_is_said_in_words(pack: RulePack) -> None:
    words = checks_of(pack)[f"PARTS:{PENDING}"].words(pack)
    assert words == (
        "Tổng số hồ sơ đang giải quyết = "
        "Hồ sơ đang giải quyết còn trong hạn + Hồ sơ đang giải quyết đã quá hạn"
    )


def test_a_formula_waits_for_its_figures_and_names_each_cell(pack: RulePack) -> None:
    formulas = Formulas(lambda name: f"typed.{name}", lambda name: f"settled.{name}")
    formula = formulas.verdict(checks_of(pack)[f"PARTS:{PENDING}"])
    assert formula.startswith(
        f"=IF(AND(COUNT(settled.{PENDING},settled.{IN_TIME})=2,ISNUMBER(typed.{PENDING})"
    )
    assert f'OR(typed.{OVERDUE}="",ISNUMBER(settled.{OVERDUE}))' in formula
    assert f"settled.{RECEIVED}" not in formula
