"""Rates against the half-year before and the same half of the year before."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from compliance.model.findings import Operand
from compliance.model.submission import Period
from compliance.numerals import Printed, parse_percent
from compliance.reporting.changes import Change, find_not_below, say_changes

if TYPE_CHECKING:
    from decimal import Decimal

    from compliance.model.assessment import Assessment
    from tests.reporting.conftest import Bench


def _assess(
    bench: Bench, now: int, *, before: int | None = None, last_year: int | None = None, whole: int = 100
) -> Assessment:
    """Electronic documents of the district in up to three half-years, against a target of 90 %."""
    bench.electronic_rule()
    bench.report("d", documents__outgoing=whole, documents__outgoing_electronic=now)
    if before is not None:
        bench.report_before("d", documents__outgoing=whole, documents__outgoing_electronic=before)
    if last_year is not None:
        bench.report_last_year("d", documents__outgoing=whole, documents__outgoing_electronic=last_year)
    bench.compare("DOC-01", "d")
    return bench.assess()


def test_a_rise_since_the_same_half_of_the_year_before_is_a_strength(bench: Bench) -> None:
    (strength,) = _assess(bench, 42, last_year=30).strengths
    assert strength.text == (
        "Tỷ lệ văn bản điện tử là 42%, tăng 12 điểm phần trăm so với cùng kỳ năm trước "
        "(6 tháng đầu năm 2019: 30%), tuy chưa đạt mức phải đạt."
    )


def test_both_periods_stand_in_one_sentence(bench: Bench) -> None:
    (strength,) = _assess(bench, 42, before=40, last_year=30).strengths
    assert (
        "tăng 2 điểm phần trăm so với kỳ trước (6 tháng cuối năm 2019: 40%) "
        "và tăng 12 điểm phần trăm so với cùng kỳ năm trước (6 tháng đầu năm 2019: 30%)"
    ) in strength.text


def test_a_rise_and_a_fall_stand_each_where_it_belongs(bench: Bench) -> None:
    assessment = _assess(bench, 42, before=45, last_year=30)
    assert "cùng kỳ năm trước" in assessment.strengths[0].text
    assert "kỳ trước (6 tháng cuối năm 2019" not in assessment.strengths[0].text
    (limitation,) = assessment.limitations
    assert (
        "Tỷ lệ văn bản điện tử giảm 3 điểm phần trăm so với kỳ trước (6 tháng cuối năm 2019: 45%)."
        in limitation.text
    )
    assert "cùng kỳ" not in limitation.text


def test_a_fall_is_a_limitation_even_where_the_target_is_met_and_the_task_answers_it(bench: Bench) -> None:
    assessment = _assess(bench, 95, before=99)
    (fall,) = assessment.limitations
    assert fall.text == (
        "Tỷ lệ văn bản điện tử là 95%, tuy đạt yêu cầu nhưng giảm 4 điểm phần trăm so với kỳ trước "
        "(6 tháng cuối năm 2019: 99%)."
    )
    assert [task.action for task in assessment.tasks if fall.id in task.answers] == ["Giữ văn bản điện tử."]


def test_a_fall_that_two_decimals_do_not_show_is_none(bench: Bench) -> None:
    assessment = _assess(bench, 95_000_000, before=95_000_001, whole=100_000_000)
    assert assessment.limitations == ()


def test_a_share_above_the_whole_is_compared_with_nothing(bench: Bench) -> None:
    (limitation,) = _assess(bench, 42, before=130).limitations
    assert "130%" not in limitation.text


def test_a_rule_against_a_fall_says_it_in_its_own_words(bench: Bench) -> None:
    bench.steady_rule()
    bench.report_before("d", documents__outgoing=100, documents__outgoing_electronic=45)
    bench.report("d", documents__outgoing=100, documents__outgoing_electronic=42)
    bench.hold("d", 45, 42)
    assessment = bench.assess()
    (fall,) = assessment.limitations
    assert fall.text == "Văn bản điện tử còn 42%, giảm 3 điểm phần trăm so với kỳ trước (45%)."
    assert [task.action for task in assessment.tasks if fall.id in task.answers] == ["Tìm nguyên nhân giảm."]


def test_it_adds_the_year_before(bench: Bench) -> None:
    bench.steady_rule()
    bench.report_before("d", documents__outgoing=100, documents__outgoing_electronic=45)
    bench.report_last_year("d", documents__outgoing=100, documents__outgoing_electronic=50)
    bench.report("d", documents__outgoing=100, documents__outgoing_electronic=42)
    bench.hold("d", 45, 42)
    (fall,) = bench.assess().limitations
    assert fall.text.endswith(
        "Tỷ lệ này giảm 8 điểm phần trăm so với cùng kỳ năm trước (6 tháng đầu năm 2019: 50%)."
    )


def test_lower_than_the_year_before_alone_is_a_limitation_too(bench: Bench) -> None:
    bench.steady_rule()
    bench.report_before("d", documents__outgoing=100, documents__outgoing_electronic=40)
    bench.report_last_year("d", documents__outgoing=100, documents__outgoing_electronic=50)
    bench.report("d", documents__outgoing=100, documents__outgoing_electronic=42)
    bench.hold("d", 40, 42)
    assessment = bench.assess()
    assert assessment.strengths == ()
    (fall,) = assessment.limitations
    assert fall.text == (
        "Tỷ lệ văn bản điện tử còn 42%, giảm 8 điểm phần trăm so với cùng kỳ năm trước "
        "(6 tháng đầu năm 2019: 50%)."
    )


def _only_last_year(bench: Bench) -> None:
    """What is held against the half-year before is undecided, since only the year before is given."""
    bench.steady_rule()
    bench.report_last_year("d", documents__outgoing=100, documents__outgoing_electronic=98)
    bench.add("PLA-08", "d", "no_data", reason_code="no_previous", reason="chưa có số liệu kỳ trước.")


def test_a_fall_since_the_year_before_is_told_where_the_half_year_before_is_not_given(bench: Bench) -> None:
    _only_last_year(bench)
    assessment = _assess(bench, 95)
    (fall,) = assessment.limitations
    assert fall.text == (
        "Tỷ lệ văn bản điện tử còn 95%, giảm 3 điểm phần trăm so với cùng kỳ năm trước "
        "(6 tháng đầu năm 2019: 98%)."
    )
    assert [task.action for task in assessment.tasks if fall.id in task.answers] == ["Tìm nguyên nhân giảm."]


def test_a_fall_of_figures_that_contradict_others_is_not_told(bench: Bench) -> None:
    _only_last_year(bench)
    bench.balance_rule()
    operands = {"documents.outgoing": Operand(value="100", text="100", as_written="100")}
    bench.add("DOS-03", "d", "fail", operands=operands)
    assert not any("cùng kỳ" in one.text for one in _assess(bench, 95).limitations)


def test_a_fall_is_told_once_where_the_target_is_missed_too(bench: Bench) -> None:
    bench.steady_rule()
    bench.hold("d", 45, 42)
    (limitation,) = _assess(bench, 42, before=45).limitations
    assert limitation.rules == ("DOC-01",)
    assert "giảm 3 điểm phần trăm" in limitation.text


def test_units_that_fell_are_named_with_their_rates(bench: Bench) -> None:
    bench.steady_rule()
    for unit, before, now in (("d", 45, 42), ("d/c/ph", 40, 30)):
        bench.report_before(unit, documents__outgoing=100, documents__outgoing_electronic=before)
        bench.report(unit, documents__outgoing=100, documents__outgoing_electronic=now)
        bench.hold(unit, before, now)
    (fall,) = bench.assess().limitations
    assert fall.text.endswith("Đơn vị có tỷ lệ giảm so với kỳ trước: xã Phú Hữu (từ 40% còn 30%).")


@pytest.mark.parametrize(
    ("check", "measure"),
    [
        ("rate.documents.electronic >= previous.rate.documents.electronic", "documents.electronic"),
        ("mailbox.share >= previous.mailbox.share", "mailbox.share"),
        ("rate.documents.electronic >= previous.rate.signatures.share", None),
        ("documents.outgoing >= previous.documents.outgoing", None),
        ("2 * documents.outgoing >= previous.documents.outgoing", None),
        ("rate.documents.electronic > previous.rate.documents.electronic", None),
    ],
)
def test_only_a_percentage_against_itself_before_is_a_rule_against_a_fall(
    bench: Bench, check: str, measure: str | None
) -> None:
    rule = bench.steady_rule(check=check)
    assert find_not_below(bench.pack, rule) == measure


@given(st.fractions(0, 100), st.fractions(0, 100))
def test_a_change_is_visible_exactly_where_hundredths_of_a_point_differ(
    before: Fraction, now: Fraction
) -> None:
    change = Change("previous", Period(year=2019, half=2).label, before, now, better=now > before)
    hundredths = [(value * 100 + Fraction(1, 2)) // 1 for value in (before, now)]
    assert change.is_visible == (hundredths[0] != hundredths[1])


def test_a_share_that_meets_its_target_is_praised_once(bench: Bench) -> None:
    bench.electronic_rule(at_least="documents.electronic")
    bench.steady_rule(strength="Tỷ lệ văn bản điện tử giữ nguyên.")
    bench.report_before("d", documents__outgoing=10, documents__outgoing_electronic=9)
    bench.report("d", documents__outgoing=10, documents__outgoing_electronic=10)
    bench.compare("DOC-01", "d")
    bench.hold("d", 90, 100)
    (strength,) = bench.assess().strengths
    assert "tăng 10 điểm phần trăm so với kỳ trước" in strength.text


_PRINTED = re.compile(
    r"là (?P<now>[\d.,]+)%, (?:tăng|giảm) (?P<gap>[\d.,]+) điểm phần trăm(?P<note> \(tính trên số chưa làm "
    r"tròn\))? so với kỳ trước \(6 tháng cuối năm 2019: (?P<before>[\d.,]+)%\)"
)


def _number(written: str) -> Decimal:
    printed = parse_percent(f"{written}%")
    assert isinstance(printed, Printed)
    return printed.value


@given(st.integers(1, 10**5), st.integers(1, 10**5), st.data())
@example(6522, 6522, None)
def test_who_subtracts_the_printed_percentages_finds_the_printed_change(
    whole: int, whole_then: int, data: st.DataObject | None
) -> None:
    part, part_then = (
        (2737, 2500)
        if data is None
        else (data.draw(st.integers(0, whole)), data.draw(st.integers(0, whole_then)))
    )
    change = Change(
        "previous",
        Period(year=2019, half=2).label,
        Fraction(100 * part_then, whole_then),
        Fraction(100 * part, whole),
        better=True,
    )
    assume(change.before != change.now)
    for form, label in (("nearer", "Tỷ lệ"), ("also", ""), ("named", "Tỷ lệ")):
        match = _PRINTED.search(say_changes(form, label, (change,)))
        assert match is not None
        differs = abs(_number(match["now"]) - _number(match["before"])) != _number(match["gap"])
        assert differs == bool(match["note"])


def test_the_value_now_is_repeated_where_it_is_subtracted_with_more_decimals() -> None:
    change = Change("previous", "kỳ ấy", Fraction(250000, 6522), Fraction(273700, 6522), better=True)
    assert say_changes("also", "", (change,), "Đạt 41,97%.") == (
        "Tỷ lệ này là 41,966%, tăng 3,634 điểm phần trăm so với kỳ trước (kỳ ấy: 38,332%)."
    )
    whole = Change("previous", "kỳ ấy", Fraction(40), Fraction(42), better=True)
    said = "Tỷ lệ này tăng 2 điểm phần trăm so với kỳ trước (kỳ ấy: 40%)."
    assert say_changes("also", "", (whole,), "Đạt 42%.") == said
    assert "là 42%" in say_changes("also", "", (whole,), "Đạt 142%.")


def test_a_rules_own_sentence_against_a_fall_is_printed_so_that_it_adds_up(bench: Bench) -> None:
    bench.steady_rule()
    bench.report_before("d", documents__outgoing=6522, documents__outgoing_electronic=2900)
    bench.report("d", documents__outgoing=6522, documents__outgoing_electronic=2737)
    bench.hold("d", Fraction(290000, 6522), Fraction(273700, 6522))
    (fall,) = bench.assess().limitations
    assert fall.text == ("Văn bản điện tử còn 41,966%, giảm 2,499 điểm phần trăm so với kỳ trước (44,465%).")
