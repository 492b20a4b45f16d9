"""Earlier figures that contradict each other carry neither praise nor blame."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from compliance.model.findings import Operand

if TYPE_CHECKING:
    from compliance.model.assessment import Assessment
    from tests.reporting.conftest import Bench

RATE = "rate.documents.electronic"
LEFT_OUT = (
    "Chưa so sánh được với kỳ trước (6 tháng cuối năm 2019): tỷ lệ văn bản điện tử của huyện Long Phú. Số "
    "liệu kỳ đó mâu thuẫn nhau, chưa bảo đảm yêu cầu «Văn bản điện tử không nhiều hơn văn bản đi» (DOC-09, "
    "huyện Long Phú)."
)


def _report(bench: Bench, now: int, before: int, last_year: int | None = None) -> None:
    bench.report("d", documents__outgoing=100, documents__outgoing_electronic=now)
    bench.report_before("d", documents__outgoing=100, documents__outgoing_electronic=before)
    if last_year is not None:
        bench.report_last_year("d", documents__outgoing=100, documents__outgoing_electronic=last_year)


def _said(assessment: Assessment) -> str:
    return " ".join(one.text for one in (*assessment.strengths, *assessment.limitations))


@pytest.mark.parametrize(("now", "before"), [(42, 30), (42, 50), (95, 92), (95, 99), (42, 42)])
@pytest.mark.parametrize("disputed", [RATE, "documents.outgoing", "documents.outgoing_electronic"])
def test_no_change_since_disputed_figures_is_praised_or_blamed_and_that_is_said(
    bench: Bench, now: int, before: int, disputed: str
) -> None:
    bench.electronic_rule()
    _report(bench, now, before)
    bench.compare("DOC-01", "d")
    bench.contradict_then("d", disputed)
    assessment = bench.assess()
    assert "so với" not in _said(assessment)
    assert assessment.undecided == (LEFT_OUT,)


def test_the_other_earlier_period_is_compared_all_the_same(bench: Bench) -> None:
    bench.electronic_rule()
    _report(bench, 42, 30, last_year=35)
    bench.compare("DOC-01", "d")
    bench.contradict_then("d", RATE)
    (strength,) = bench.assess().strengths
    assert "tăng 7 điểm phần trăm so với cùng kỳ năm trước" in strength.text
    assert "kỳ trước (" not in strength.text


@pytest.mark.parametrize("unit", ["d/c", "d/c/ph"])
def test_contradictions_of_another_unit_or_figure_leave_nothing_out(bench: Bench, unit: str) -> None:
    bench.electronic_rule()
    _report(bench, 42, 30)
    bench.compare("DOC-01", "d")
    bench.contradict_then(unit, RATE)
    bench.contradict_then("d", "dossiers.resolved")
    bench.contradict_then("d", RATE, last_year=True)
    assessment = bench.assess()
    assert "tăng 12 điểm phần trăm so với kỳ trước" in _said(assessment)
    assert assessment.undecided == ()


def test_what_was_left_out_for_the_same_reasons_is_said_once(bench: Bench) -> None:
    bench.electronic_rule()
    bench.steady_rule()
    _report(bench, 42, 45)
    bench.compare("DOC-01", "d")
    bench.hold("d", 45, 42, earlier_disputed_by=(bench.contradict_then("d", RATE),))
    assert bench.assess().undecided == (LEFT_OUT,)


def test_after_the_third_contradiction_they_are_counted(bench: Bench) -> None:
    bench.electronic_rule()
    _report(bench, 42, 45)
    bench.compare("DOC-01", "d")
    for number in range(5):
        bench.contradict_then("d", RATE, rule=f"DOC-1{number}")
    (line,) = bench.assess().undecided
    assert line.endswith("(DOC-12, huyện Long Phú) và 2 yêu cầu khác.")


def test_a_rule_against_a_fall_neither_blames_nor_sets_a_task(bench: Bench) -> None:
    bench.steady_rule()
    _report(bench, 42, 45)
    bench.hold("d", 45, 42, earlier_disputed_by=(bench.contradict_then("d", RATE),))
    assessment = bench.assess()
    assert (assessment.strengths, assessment.limitations, assessment.tasks) == ((), (), ())
    assert assessment.undecided == (LEFT_OUT,)


def test_a_rule_against_a_fall_does_not_praise_on_disputed_figures(bench: Bench) -> None:
    bench.steady_rule(strength="Văn bản điện tử không giảm so với kỳ trước.")
    _report(bench, 45, 42)
    bench.hold("d", 42, 45, earlier_disputed_by=(bench.contradict_then("d", RATE),))
    assessment = bench.assess()
    assert assessment.strengths == ()
    assert assessment.undecided == (LEFT_OUT,)


def test_a_fall_since_the_year_before_is_told_where_only_the_half_year_before_is_disputed(
    bench: Bench,
) -> None:
    bench.steady_rule()
    _report(bench, 42, 45, last_year=50)
    bench.hold("d", 45, 42, earlier_disputed_by=(bench.contradict_then("d", RATE),))
    (fall,) = bench.assess().limitations
    assert fall.text.startswith("Tỷ lệ văn bản điện tử còn 42%, giảm 8 điểm phần trăm so với cùng kỳ năm")
    assert "45%" not in fall.text


def test_a_rule_over_counts_of_two_periods_is_left_out_by_its_title(bench: Bench) -> None:
    bench.rule(
        "PLA-11",
        "documents",
        "plausibility",
        title="Văn bản đi không giảm so với kỳ trước",
        check="documents.outgoing >= previous.documents.outgoing",
        strength="Văn bản đi không giảm.",
        limitation="Văn bản đi giảm.",
    )
    _report(bench, 42, 45)
    name = bench.contradict_then("d", "documents.outgoing")
    operands = {"previous.documents.outgoing": Operand(value="100", text="100", as_written="100")}
    for verdict in ("pass", "fail"):
        bench.outcomes.clear()
        bench.add("PLA-11", "d", verdict, operands=operands, earlier_disputed_by=(name,))
        assessment = bench.assess()
        assert (assessment.strengths, assessment.limitations) == ((), ())
        assert (
            "(6 tháng cuối năm 2019): văn bản đi không giảm so với kỳ trước của huyện Long Phú."
            in (assessment.undecided[0])
        )


def test_a_unit_below_with_disputed_figures_then_is_not_named_as_fallen_and_that_is_said(
    bench: Bench,
) -> None:
    bench.steady_rule()
    stated = bench.contradict_then("d/c/ph", RATE, rule="RATE:documents.electronic:stated")
    for unit, before, now in (("d", 45, 42), ("d/c/ph", 40, 30), ("d/c/ld", 40, 31)):
        bench.report_before(unit, documents__outgoing=100, documents__outgoing_electronic=before)
        bench.report(unit, documents__outgoing=100, documents__outgoing_electronic=now)
        disputed = (stated,) if unit == "d/c/ph" else ()
        bench.hold(unit, before, now, earlier_disputed_by=disputed)
    assessment = bench.assess()
    (fall,) = assessment.limitations
    assert "xã Long Đức (từ 40% còn 31%)" in fall.text
    assert "Phú Hữu" not in fall.text
    (line,) = assessment.undecided
    assert "tỷ lệ văn bản điện tử của UBND xã Phú Hữu" in line


def test_units_that_fell_are_told_though_the_district_cannot_be_compared(bench: Bench) -> None:
    bench.steady_rule()
    name = bench.contradict_then("d", RATE)
    for unit, before, now in (("d", 45, 42), ("d/c/ld", 40, 31)):
        bench.report_before(unit, documents__outgoing=100, documents__outgoing_electronic=before)
        bench.report(unit, documents__outgoing=100, documents__outgoing_electronic=now)
        bench.hold(unit, Fraction(before), now, earlier_disputed_by=(name,) if unit == "d" else ())
    (fall,) = bench.assess().limitations
    assert "Long Đức" in fall.text
    assert "toàn huyện" not in fall.text
