from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.findings import Quantity
from compliance.model.named_checks import Together
from compliance.model.submission import DataWindow, Period

if TYPE_CHECKING:
    from compliance.model.findings import Outcome
    from tests.engine.conftest import Bench

CASES = Path(__file__).parents[1] / "data" / "cases"
BEFORE = Period(year=2019, half=2)
LAST = Period(year=2019, half=1)


def read_cases(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((CASES / name).read_text("utf-8"))
    return rows


def judged(bench: Bench, check: str, figures: dict[str, Any], **rule: Any) -> Outcome:
    names = ("a.w", "a.x", "a.y", "a.z")
    changes = {key: rule.pop(key) for key in ("previous", "same_period_last_year") if key in rule}
    pack = bench.pack(names, [bench.rule(check=check, **rule)])
    return bench.outcome(pack, bench.submission("d", figures), **changes)


def test_a_balance_that_holds_is_shown_with_its_figures(bench: Bench) -> None:
    outcome = judged(bench, "a.x == a.y + a.z", {"a.x": 21_035, "a.y": 20_549, "a.z": 486})
    assert (outcome.outcome, outcome.reason) == ("pass", "đúng, 21.035 = 20.549 + 486 = 21.035.")


def test_a_balance_that_fails_is_shown_with_the_gap(bench: Bench) -> None:
    outcome = judged(bench, "a.x == a.y + a.z", {"a.x": 21_035, "a.y": 20_549, "a.z": 485})
    assert (outcome.outcome, outcome.reason) == (
        "fail",
        "không khớp, 21.035 ≠ 20.549 + 485 = 21.034, chênh lệch 1 việc.",
    )


def test_the_difference_is_the_left_side_less_the_right(bench: Bench) -> None:
    outcome = judged(bench, "a.x >= a.y", {"a.x": 2_563, "a.y": 2_737})
    assert outcome.difference == Quantity(exact=Fraction(-174), text="-174 việc")


def test_a_missing_figure_gives_no_verdict_and_every_one_is_named(bench: Bench) -> None:
    outcome = judged(bench, "a.x == a.y + a.z", {"a.x": 1})
    assert (outcome.outcome, outcome.reason) == (
        "no_data",
        "chưa đủ số liệu để kết luận: chưa báo cáo «Y»; chưa báo cáo «Z».",
    )


def test_a_missing_figure_is_taken_as_the_rule_assumes_and_it_is_said(bench: Bench) -> None:
    outcome = judged(bench, "a.x == a.y + a.z", {"a.x": 3, "a.y": 3}, assume={"a.z": Decimal(0)})
    assert (outcome.outcome, outcome.operands["a.z"].assumed) == ("pass", True)
    assert outcome.assumptions == ("«Z» không được báo cáo, tạm tính là 0 việc",)


def test_a_reported_figure_is_never_replaced_by_the_assumption(bench: Bench) -> None:
    outcome = judged(bench, "a.x == a.y", {"a.x": 3, "a.y": 3}, assume={"a.y": Decimal(0)})
    assert (outcome.outcome, outcome.assumptions) == ("pass", ())


def test_an_approximate_figure_is_no_exact_one_nor_assumed(bench: Bench) -> None:
    figures = {"a.x": 200, "a.y": bench.observe("a.y", 200, approximate="about")}
    outcome = judged(bench, "a.x == a.y", figures, assume={"a.y": Decimal(200)})
    assert (outcome.outcome, outcome.reason_code) == ("no_data", "approximate")


@pytest.mark.parametrize(
    ("written", "bound", "limit"),
    [
        ("about", "low", 180),
        ("about", "high", 220),
        ("over", "low", 200),
        ("over", "high", 220),
        ("under", "low", 180),
        ("under", "high", 200),
    ],
)
def test_an_approximate_figure_reaches_as_far_as_the_pack_says(
    bench: Bench, written: str, bound: str, limit: int
) -> None:
    figures = {"a.x": bench.observe("a.x", 200, approximate=written), "a.y": limit}
    assert judged(bench, f"{bound}.a.x == a.y", figures).outcome == "pass"


def test_an_exact_figure_is_its_own_lower_and_upper_bound(bench: Bench) -> None:
    assert judged(bench, "low.a.x == high.a.x and low.a.x == a.x", {"a.x": 7}).outcome == "pass"


def test_a_missing_figure_has_no_bounds(bench: Bench) -> None:
    assert judged(bench, "low.a.x <= high.a.y", {"a.x": 7}).outcome == "no_data"


def test_ranges_that_do_not_meet_are_told_as_ranges(bench: Bench) -> None:
    check = "low.a.x <= high.a.y * high.a.z and high.a.x >= low.a.y * low.a.z"
    figures = {"a.x": bench.observe("a.x", 200, approximate="about"), "a.y": 18, "a.z": (5, 7)}
    outcome = judged(bench, check, figures)
    assert (outcome.outcome, outcome.reason) == (
        "fail",
        "không khớp, khoảng 200 (180 đến 220) so với 18 × (5 đến 7) = 90 đến 126.",
    )


def test_ranges_stand_in_the_evidence_as_they_were_reported(bench: Bench) -> None:
    check = "low.a.x <= high.a.y and high.a.x >= low.a.y"
    operands = judged(bench, check, {"a.x": 6, "a.y": (5, 7)}).operands
    assert {name: operand.value for name, operand in operands.items()} == {"a.x": "6", "a.y": "5..7"}


def test_of_several_conditions_only_the_false_ones_are_told(bench: Bench) -> None:
    outcome = judged(bench, "a.x <= 2 * a.y and 2 * a.x >= a.y", {"a.x": 9, "a.y": 4})
    assert outcome.reason == "không đúng yêu cầu, 9 > 2 × 4 = 8."


def test_a_figure_is_compared_with_a_target_and_a_stated_rate(bench: Bench) -> None:
    pack = bench.pack(
        ["a.x", "a.y"],
        [bench.rule(check="a.x >= target.a.goal and stated.a.rate == 50")],
        rates=(bench.rate("a.rate", "a.x", "a.y"),),
        targets=(bench.target("a.goal", "10", bench.citation("x/1")),),
    )
    outcome = bench.outcome(pack, bench.submission("d", {"a.x": 10}, stated={"a.rate": "50%"}))
    assert outcome.reason == "đúng, 10 ≥ 10 và 50% = 50%."


def test_a_yes_or_no_can_be_asked_in_words(bench: Bench) -> None:
    pack = bench.pack([bench.indicator("a.b", type="boolean")], [bench.rule(check="a.b == true")])
    outcome = bench.outcome(pack, bench.submission("d", {"a.b": False}))
    assert outcome.reason == "không đúng yêu cầu, không = có."


def test_a_yes_or_no_is_told_with_its_label(bench: Bench) -> None:
    indicator = bench.indicator("a.b", type="boolean")
    pack = bench.pack([indicator], [bench.rule(check="a.b")])
    assert (
        bench.outcome(pack, bench.submission("d", {"a.b": False})).reason
        == "không đúng yêu cầu, «B» là không."
    )


@pytest.mark.parametrize(
    ("when", "expected"),
    [("a.x > 0", "fail"), ("a.x > 5", "not_applicable"), ("a.w > 5", "no_data")],
    ids=["true", "false", "missing"],
)
def test_the_condition_decides_first(bench: Bench, when: str, expected: str) -> None:
    assert judged(bench, "a.x == a.y", {"a.x": 1, "a.y": 2}, when=when).outcome == expected


def test_a_condition_that_does_not_hold_is_the_reason(bench: Bench) -> None:
    outcome = judged(bench, "a.x == a.y", {"a.x": 0, "a.y": 2}, when="a.x > 0")
    assert outcome.reason == "không thuộc trường hợp áp dụng (không có 0 > 0)."


def test_a_figure_worked_out_from_the_others_proves_nothing(bench: Bench) -> None:
    whole = bench.indicator("a.x", parts=("a.y", "a.z"))
    pack = bench.pack([whole, "a.y", "a.z"], [bench.rule(check="a.x == a.y + a.z")])
    outcome = bench.outcome(pack, bench.submission("d", {"a.y": 1, "a.z": 2}))
    assert (outcome.outcome, outcome.reason_code) == ("no_data", "circular")


@pytest.mark.parametrize(("relation", "period"), [("previous", BEFORE), ("same_period_last_year", LAST)])
def test_a_rate_of_another_period_beside_its_own_figures_of_this_one_is_decided(
    bench: Bench, relation: str, period: Period
) -> None:
    rule = bench.rule(check=f"a.y >= 0 and a.z >= 0 and {relation}.rate.a.share < 20")
    pack = bench.pack(["a.y", "a.z"], [rule], rates=(bench.rate("a.share", "a.y", "a.z"),))
    earlier = {relation: (bench.submission("d", {"a.y": 1, "a.z": 4}, period=period),)}
    outcome = bench.outcome(pack, bench.submission("d", {"a.y": 1, "a.z": 2}), **earlier)
    assert (outcome.outcome, outcome.reason_code) == ("fail", "does_not_hold")
    assert outcome.operands[f"{relation}.a.z"].value == "4"


def test_a_whole_of_another_period_is_compared_with_the_parts_of_this_one(bench: Bench) -> None:
    outcome = compared_over_time(bench, "previous.a.x == a.y + a.z")
    assert (outcome.outcome, outcome.reason_code) == ("fail", "differs")
    assert outcome.operands["a.y"].value == "5"
    assert outcome.operands["previous.a.y"].value == "1"


def test_a_whole_of_another_period_is_not_compared_with_the_parts_that_it_was_made_of(bench: Bench) -> None:
    outcome = compared_over_time(bench, "previous.a.x == previous.a.y + previous.a.z")
    assert (outcome.outcome, outcome.reason_code) == ("no_data", "circular")


def compared_over_time(bench: Bench, check: str) -> Outcome:
    """Parts of 5 and 2 now, of 1 and 2 in the period before, a whole in neither."""
    whole = bench.indicator("a.x", parts=("a.y", "a.z"))
    pack = bench.pack([whole, "a.y", "a.z"], [bench.rule(check=check)])
    before = bench.submission("d", {"a.y": 1, "a.z": 2}, period=BEFORE)
    return bench.outcome(pack, bench.submission("d", {"a.y": 5, "a.z": 2}), previous=(before,))


def test_a_figure_worked_out_from_other_figures_is_compared(bench: Bench) -> None:
    whole = bench.indicator("a.x", parts=("a.y", "a.z"))
    pack = bench.pack([whole, "a.y", "a.z", "a.w"], [bench.rule(check="a.w == a.x")])
    outcome = bench.outcome(pack, bench.submission("d", {"a.y": 1, "a.z": 2, "a.w": 4}))
    assert outcome.outcome == "fail"
    assert set(outcome.operands) == {"a.w", "a.x", "a.y", "a.z"}


def test_the_period_before_is_compared_with(bench: Bench) -> None:
    before = bench.submission("d", {"a.x": 4}, period=BEFORE)
    assert judged(bench, "a.x >= previous.a.x", {"a.x": 3}, previous=(before,)).outcome == "fail"


def test_without_the_period_before_there_is_no_verdict(bench: Bench) -> None:
    outcome = judged(bench, "a.x >= previous.a.x", {"a.x": 3})
    assert (outcome.outcome, outcome.reason_code) == ("no_data", "no_previous")
    assert "6 tháng cuối năm 2019" in outcome.reason


def test_the_same_half_of_last_year_is_another_period(bench: Bench) -> None:
    last = bench.submission("d", {"a.x": 4}, period=Period(year=2019, half=1))
    check = "a.x >= same_period_last_year.a.x"
    assert judged(bench, check, {"a.x": 5}, same_period_last_year=(last,)).outcome == "pass"


def test_the_data_window_is_that_of_the_rules_area(bench: Bench) -> None:
    pack = bench.pack([], [bench.rule(check="period.window_days >= period.days")])
    window = DataWindow(start=date(2020, 1, 1), end=date(2020, 5, 4))
    outcome = bench.outcome(pack, bench.submission("d", {}, area_windows={"a": window}))
    assert outcome.reason == "không khớp, 125 < 182, chênh lệch 57 ngày."


def test_without_a_data_window_there_is_no_verdict(bench: Bench) -> None:
    pack = bench.pack([], [bench.rule(check="period.window_days >= period.days")])
    assert bench.outcome(pack, bench.submission("d", {})).reason_code == "no_window"


def test_a_sum_over_units_below_of_which_one_is_missing_gives_no_verdict(bench: Bench) -> None:
    pack = bench.pack(["a.x"], [bench.rule(check="a.x <= children.sum.a.x")])
    reports = [bench.submission(unit, {"a.x": 2}) for unit in ("d/x/1", "d/x/3")]
    outcome = bench.outcome(pack, bench.submission("d/x", {"a.x": 3}), *reports)
    assert (outcome.outcome, outcome.reason_code) == ("no_data", "children")
    assert "Hai" in outcome.reason


def test_a_parent_made_of_its_units_is_not_compared_with_them(bench: Bench) -> None:
    indicator = bench.indicator("a.x", additive=("bloc",))
    pack = bench.pack([indicator], [bench.rule(check="a.x == children.sum.a.x")])
    found = bench.evaluate(pack, bench.submission("d/h/a", {"a.x": 1}))
    assert {item.unit: item.reason_code for item in found}["d/h"] == "derived_unit"


def test_units_of_a_level_that_does_not_report_it_have_no_sum(bench: Bench) -> None:
    indicator = bench.indicator("a.x", levels=("district",))
    pack = bench.pack([indicator], [bench.rule(check="a.x <= children.sum.a.x")])
    assert bench.outcome(pack, bench.submission("d", {"a.x": 1})).reason_code == "no_children"


@pytest.mark.parametrize("part", ["check", "when"])
def test_what_cannot_be_computed_exactly_is_an_error_that_says_so(bench: Bench, part: str) -> None:
    rule = bench.rule(**{"check": "a.x > 0", part: "a.x * a.x > 1"})
    pack = bench.pack([bench.indicator("a.x", type="amount")], [rule])
    endless = bench.submission("d", {"a.x": Decimal("9" * 3_000)})
    assert bench.outcome(pack, endless).outcome == "error"


def test_dates_are_compared_and_shown_as_dates(bench: Bench) -> None:
    days = [bench.indicator(name, type="date") for name in ("a.b", "a.c")]
    pack = bench.pack(days, [bench.rule(check="a.b == a.c")])
    outcome = bench.outcome(pack, bench.submission("d", {"a.b": date(2020, 2, 4), "a.c": date(2020, 5, 21)}))
    assert outcome.reason == "không đúng yêu cầu, 04/02/2020 = 21/5/2020."
    assert outcome.operands["a.b"].value == "2020-02-04"


def test_a_rate_is_compared_exactly(bench: Bench) -> None:
    rates = (bench.rate("a.rate", "a.x", "a.y"),)
    pack = bench.pack(["a.x", "a.y"], [bench.rule(check="rate.a.rate >= 33.33333333333333")], rates=rates)
    assert bench.outcome(pack, bench.submission("d", {"a.x": 1, "a.y": 3})).outcome == "pass"


def test_no_target_in_force_means_that_the_rule_does_not_apply(bench: Bench) -> None:
    pack = bench.pack(
        ["a.x"],
        [bench.rule(check="a.x >= target.a.goal")],
        targets=(bench.target("a.goal", "10", bench.citation("cp/2019/1"), effective_from=date(2021, 1, 1)),),
    )
    assert bench.outcome(pack, bench.submission("d", {"a.x": 1})).reason_code == "no_target"


def test_the_level_of_the_unit_can_be_asked(bench: Bench) -> None:
    outcome = judged(bench, "a.x > 0", {"a.x": 1}, when='unit.level == "commune"')
    assert outcome.reason == "không thuộc trường hợp áp dụng (không có cấp huyện = xã, thị trấn)."


@pytest.mark.parametrize("row", read_cases("kleene.json"), ids=str)
def test_three_valued_logic_holds_where_nothing_is_missing(bench: Bench, row: dict[str, Any]) -> None:
    names = [name for name in ("a", "b") if name in row]
    indicators = [bench.indicator(f"k.{name}", type="boolean") for name in names]
    check = "not k.a" if row["op"] == "not" else f"k.a {row['op']} k.b"
    figures = {f"k.{name}": row[name] for name in names if row[name] is not None}
    outcome = bench.outcome(bench.pack(indicators, [bench.rule(check=check)]), bench.submission("d", figures))
    if len(figures) < len(names):
        assert outcome.outcome == "no_data"
    else:
        assert outcome.outcome == ("pass" if row["expect"] else "fail")


OPERATORS_AND_PAIRS = [
    row for row in read_cases("dhis2_validation.json") if not row["id"].startswith("exclusive")
]
"""Of figures of which one excludes the other no form knows, so no check of ours asks for them."""


@pytest.mark.parametrize("row", OPERATORS_AND_PAIRS, ids=lambda row: row["id"])
def test_validation_rules_of_others_hold_where_nothing_is_missing(bench: Bench, row: dict[str, Any]) -> None:
    figures = {f"v.{name.lower()}": value for name, value in row["data"].items() if value is not None}
    names = [f"v.{name}" for name in "abcd"]
    check: Any = re.sub(r"[A-D]", lambda name: f"v.{name[0].lower()}", row["expr"])
    needed = {f"v.{name.lower()}" for name in re.findall(r"[A-D]", row["expr"])}
    if row["expr"].startswith("compulsory"):
        check, needed = Together(together=("v.a", "v.b")), set()
    outcome = bench.outcome(bench.pack(names, [bench.rule(check=check)]), bench.submission("d", figures))
    if needed - figures.keys():
        assert outcome.outcome == "no_data"
    elif row["expect"].startswith("evaluated"):
        assert outcome.outcome == "fail"  # the rows compare a sum with itself by !=
    else:
        assert outcome.outcome == {"ok": "pass", "violation": "fail"}[row["expect"]]


@given(y=st.integers(0, 10**12), z=st.integers(0, 10**12), gap=st.integers(-3, 3))
def test_a_balance_fails_exactly_where_there_is_a_gap(bench: Bench, y: int, z: int, gap: int) -> None:
    if y + z + gap < 0:
        return
    outcome = judged(bench, "a.x == a.y + a.z", {"a.x": y + z + gap, "a.y": y, "a.z": z})
    assert outcome.outcome == ("fail" if gap else "pass")
    assert outcome.difference is not None
    assert outcome.difference.exact == gap


def test_printed_shares_that_exceed_the_whole_by_rounding_alone_pass(bench: Bench) -> None:
    rates = (bench.rate("a.first", "a.x", "a.w"), bench.rate("a.second", "a.y", "a.w"))
    rule = bench.rule(check="stated.a.first + stated.a.second == 100")
    pack = bench.pack(("a.w", "a.x", "a.y"), [rule], rates=rates)
    written = bench.submission("d", {}, stated={"a.first": "96,3%", "a.second": "3,8%"})
    outcome = bench.outcome(pack, written)
    assert (outcome.outcome, outcome.reason) == ("pass", "đúng, 96,3% + 3,8% = 100,1% ≈ 100%.")


@pytest.mark.parametrize(
    ("before", "gap"),
    [
        (2500, "chênh lệch 3,63 điểm phần trăm (tính trên số chưa làm tròn)."),
        (6522, "chênh lệch 58,03 điểm phần trăm."),
    ],
)
def test_a_gap_that_the_printed_percentages_do_not_show_says_that_it_is_of_unrounded_ones(
    bench: Bench, before: int, gap: str
) -> None:
    rule = bench.rule("R-1", "rate.a.share == previous.rate.a.share")
    pack = bench.pack(["a.part", "a.whole"], [rule], rates=(bench.rate("a.share", "a.part", "a.whole"),))
    then = bench.submission("d", {"a.part": before, "a.whole": 6522}, period=Period(year=2019, half=2))
    now = bench.submission("d", {"a.part": 2737, "a.whole": 6522})
    assert bench.outcome(pack, now, previous=(then,)).reason.endswith(gap)
