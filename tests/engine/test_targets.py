from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.legal import Citation
from compliance.model.rulepack import DatedValue, Target

if TYPE_CHECKING:
    from compliance.model.findings import Outcome
    from compliance.model.rulepack import RulePack
    from tests.engine.conftest import Bench

LAW = Citation(instrument="cp/2019/17-nq-cp", grade="B")


def electronic(
    bench: Bench, *, value: str = "90", rule: dict[str, Any] | None = None, **dated: Any
) -> RulePack:
    given = {"kind": "target", "severity": "must_explain", "measure": "a.share", "at_least": "a.goal"}
    return bench.pack(
        ["a.sent", "a.all"],
        [bench.rule("T-1", **{**given, **(rule or {})})],
        rates=(bench.rate("a.share", "a.sent", "a.all"),),
        targets=(bench.target("a.goal", value, LAW, **dated),),
    )


def judged(bench: Bench, sent: int, total: int, **changes: Any) -> Outcome:
    return bench.outcome(
        electronic(bench, **changes), bench.submission("d", {"a.sent": sent, "a.all": total})
    )


def test_a_rate_at_the_target_meets_it(bench: Bench) -> None:
    assert judged(bench, 90, 100).outcome == "pass"


def test_a_rate_just_under_the_target_misses_it(bench: Bench) -> None:
    assert judged(bench, 899_999, 1_000_000).outcome == "fail"


def test_before_the_due_day_a_shortfall_is_not_yet_reached(bench: Bench) -> None:
    outcome = judged(bench, 2_737, 6_522, due=date(2020, 12, 31))
    assert outcome.reason == (
        "chưa đạt, thời hạn đến 31/12/2020, 41,97% (2.737/6.522) so với mục tiêu tối thiểu 90%, "
        "còn cách 48,03 điểm phần trăm."
    )
    assert (outcome.outcome, outcome.due) == ("fail", date(2020, 12, 31))


def test_after_the_due_day_a_shortfall_says_that_time_is_over(bench: Bench) -> None:
    assert judged(bench, 1, 2, due=date(2020, 6, 1)).reason_code == "missed_overdue"


def test_without_a_due_day_a_shortfall_is_a_miss(bench: Bench) -> None:
    assert judged(bench, 1, 2).reason_code == "missed"


def test_the_difference_is_the_measured_less_the_target(bench: Bench) -> None:
    difference = judged(bench, 2_737, 6_522).difference
    assert difference is not None
    assert difference.exact == Fraction(273_700, 6_522) - 90


def test_the_outcome_cites_the_text_that_sets_the_value_in_force(bench: Bench) -> None:
    outcome = judged(bench, 1, 2, rule={"citation": Citation(instrument="khac", grade="C")})
    assert (outcome.citation, outcome.grade) == (LAW, "B")


def test_no_value_in_force_on_the_law_date_is_not_applicable(bench: Bench) -> None:
    outcome = judged(bench, 1, 2, effective_from=date(2020, 7, 1))
    assert (outcome.outcome, outcome.reason_code) == ("not_applicable", "no_target")


def test_the_report_date_chooses_the_law_and_not_the_periods_end(bench: Bench) -> None:
    pack = electronic(bench, effective_from=date(2020, 6, 1))
    early = bench.submission("d", {"a.sent": 1, "a.all": 2}, report_date=date(2020, 5, 21))
    assert bench.outcome(pack, early).outcome == "not_applicable"


def test_a_value_for_another_level_is_not_held_against_the_unit(bench: Bench) -> None:
    assert judged(bench, 1, 2, levels=("commune",)).outcome == "not_applicable"


def test_of_two_values_in_force_the_later_counts(bench: Bench) -> None:
    old, new = (
        DatedValue(effective_from=day, value=Decimal(value), citation=LAW, checked_on=day)
        for day, value in ((date(2018, 1, 1), "10"), (date(2020, 1, 1), "60"))
    )
    target = Target(id="a.goal", label="", values=(new, old))
    pack = electronic(bench).model_copy(update={"targets": (target,)})
    assert bench.outcome(pack, bench.submission("d", {"a.sent": 1, "a.all": 2})).outcome == "fail"


def test_a_missing_figure_gives_no_verdict_and_is_named(bench: Bench) -> None:
    outcome = bench.outcome(electronic(bench), bench.submission("d", {"a.all": 2}))
    assert (outcome.outcome, outcome.reason) == (
        "no_data",
        "chưa đủ số liệu để kết luận: chưa báo cáo «SENT».",
    )


def test_nothing_of_nothing_gives_no_verdict(bench: Bench) -> None:
    assert judged(bench, 0, 0).reason_code == "zero_denominator"


def test_at_most_turns_the_comparison(bench: Bench) -> None:
    rule = {"at_least": None, "at_most": "a.goal"}
    assert [judged(bench, sent, 100, rule=rule).outcome for sent in (90, 91)] == ["pass", "fail"]


def test_a_percentage_never_reads_like_the_target_that_it_misses(bench: Bench) -> None:
    assert "89,999%" in judged(bench, 89_999, 100_000).reason


def test_a_count_can_be_held_against_a_target_too(bench: Bench) -> None:
    pack = electronic(bench, value="10", rule={"measure": "a.sent"})
    outcome = bench.outcome(pack, bench.submission("d", {"a.sent": 7}))
    assert outcome.reason == "không đạt, 7 việc so với mục tiêu tối thiểu 10 việc, còn cách 3 việc."


@pytest.mark.parametrize(
    ("level4", "expected"), [(6, "fail"), (30, "no_data"), (80, "pass")], ids=["none", "one", "both"]
)
def test_several_measures_give_a_verdict_only_where_all_agree(
    bench: Bench, level4: int, expected: str
) -> None:
    pack = bench.pack(
        ["a.four", "a.procedures", "a.services"],
        [bench.rule("T-2", kind="target", measures=("a.first", "a.second"), at_least="a.goal")],
        rates=(
            bench.rate("a.first", "a.four", "a.procedures"),
            bench.rate("a.second", "a.four", "a.services"),
        ),
        targets=(bench.target("a.goal", "30", LAW),),
    )
    figures = {"a.four": level4, "a.procedures": 264, "a.services": 74}
    outcome = bench.outcome(pack, bench.submission("d", figures))
    assert outcome.outcome == expected
    assert set(outcome.measures) == {"a.first", "a.second"}


def test_both_measures_are_shown_where_they_disagree(bench: Bench) -> None:
    pack = bench.pack(
        ["a.four", "a.procedures", "a.services"],
        [bench.rule("T-2", kind="target", measures=("a.first", "a.second"), at_least="a.goal")],
        rates=(
            bench.rate("a.first", "a.four", "a.procedures"),
            bench.rate("a.second", "a.four", "a.services"),
        ),
        targets=(bench.target("a.goal", "5", LAW),),
    )
    figures = {"a.four": 6, "a.procedures": 264, "a.services": 74}
    outcome = bench.outcome(pack, bench.submission("d", figures))
    assert outcome.reason_code == "denominator_unsettled"
    assert "2,27% (6/264)" in outcome.reason
    assert "8,11% (6/74)" in outcome.reason


def test_a_level_of_the_pack_itself_is_commended_and_no_verdict(bench: Bench) -> None:
    rule = {"at_least": None, "commend_at": Decimal(99)}
    outcome = judged(bench, 20_542, 20_549, rule=rule)
    assert (outcome.outcome, outcome.commended) == ("not_applicable", True)
    assert "mức biểu dương do bộ quy tắc đặt, không phải mục tiêu của văn bản" in outcome.reason


def test_below_the_level_of_the_pack_nothing_is_commended(bench: Bench) -> None:
    assert not judged(bench, 98, 100, rule={"at_least": None, "commend_at": Decimal(99)}).commended


def test_a_met_target_can_be_commended_too(bench: Bench) -> None:
    outcome = judged(bench, 100, 100, rule={"commend_at": Decimal(100)})
    assert (outcome.outcome, outcome.commended) == ("pass", True)


def test_how_a_target_of_another_level_is_worded_here_goes_with_it(bench: Bench) -> None:
    assert judged(bench, 1, 2, common="mục tiêu chung").common == "mục tiêu chung"


@given(total=st.integers(1, 10**9), goal=st.integers(0, 100), data=st.data())
def test_the_limit_is_exact_however_near(bench: Bench, total: int, goal: int, data: st.DataObject) -> None:
    sent = data.draw(st.integers(max(0, total * goal // 100 - 1), total * goal // 100 + 1))
    expected = "pass" if 100 * sent >= goal * total else "fail"
    assert judged(bench, sent, total, value=str(goal)).outcome == expected


@given(sent=st.integers(0, 10**6), total=st.integers(1, 10**6), factor=st.integers(1, 10**6))
def test_scaling_both_figures_changes_no_verdict(bench: Bench, sent: int, total: int, factor: int) -> None:
    assert judged(bench, sent, total).outcome == judged(bench, sent * factor, total * factor).outcome
