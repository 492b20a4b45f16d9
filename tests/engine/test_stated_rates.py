from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from compliance.model.named_checks import Stated
from compliance.numerals import format_percent, round_half_up

if TYPE_CHECKING:
    from compliance.model.findings import Outcome
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission
    from tests.engine.conftest import Bench


def late(bench: Bench, **changes: Any) -> RulePack:
    rate = {"confused_with": ("a.received",), "wording": "số hồ sơ đã giải quyết"}
    return bench.pack(
        ["a.late", "a.resolved", "a.received"],
        [bench.rule("RATE:a.rate:stated", Stated(stated="a.rate"), **changes)],
        rates=(bench.rate("a.rate", "a.late", "a.resolved", **rate),),
    )


def report(bench: Bench, unit: str, part: int, whole: int, text: str = "", **more: int) -> Submission:
    stated = {"a.rate": text} if text else {}
    figures = {"a.late": part, "a.resolved": whole, **{f"a.{name}": value for name, value in more.items()}}
    return bench.submission(unit, figures, stated=stated)


def judged(bench: Bench, part: int, whole: int, text: str, *others: Submission, **more: int) -> Outcome:
    return bench.outcome(late(bench), report(bench, "d/x", part, whole, text, **more), *others)


def test_a_rate_right_at_its_printed_decimals_passes(bench: Bench) -> None:
    assert judged(bench, 631, 667, "94,6%").outcome == "pass"


def test_a_right_rate_names_its_denominator_and_what_another_would_make(bench: Bench) -> None:
    assert judged(bench, 20_542, 20_549, "99,97%", received=21_035).reason == (
        "20.542/20.549 ≈ 99,9659%, báo cáo ghi 99,97% là đúng; mẫu số là số hồ sơ đã giải quyết, "
        "nếu tính trên «RECEIVED» thì là 97,66%."
    )


def test_a_wrong_rate_is_shown_with_its_arithmetic(bench: Bench) -> None:
    outcome = judged(bench, 7, 18_628, "0,03%")
    assert outcome.outcome == "fail"
    assert outcome.reason.startswith("7/18.628 ≈ 0,0376%, làm tròn 0,04%; báo cáo ghi 0,03%.")


def test_stated_expected_and_difference_are_told_apart(bench: Bench) -> None:
    outcome = judged(bench, 7, 18_628, "0,03%")
    quantities = (outcome.stated, outcome.expected, outcome.difference)
    assert [quantity and quantity.text for quantity in quantities] == [
        "0,03%",
        "0,04%",
        "-0,01 điểm phần trăm",
    ]


def test_every_level_denominator_and_cutting_off_that_fits_is_a_possibility(bench: Bench) -> None:
    district = report(bench, "d", 7, 20_549, received=21_035)
    bloc = report(bench, "d/h", 0, 1_921, received=2_399)
    found = judged(bench, 7, 18_628, "0,03%", district, bloc, received=18_636).possibilities
    assert [(item.unit, item.denominator, item.truncated) for item in found] == [
        ("d", "a.resolved", False),
        ("d", "a.received", False),
        ("d/x", "a.resolved", True),
    ]


def test_possibilities_are_said_to_be_no_causes(bench: Bench) -> None:
    district = report(bench, "d", 7, 20_549)
    assert judged(bench, 7, 18_628, "0,03%", district).reason.endswith(
        "0,03% khớp với các khả năng sau, chưa phải nguyên nhân: "
        "7/20.549 ≈ 0,0341% (toàn huyện, tính trên «RESOLVED»); "
        "7/18.628 ≈ 0,0376% bị cắt bớt chữ số, không làm tròn."
    )


def test_the_units_own_other_denominator_is_a_possibility(bench: Bench) -> None:
    found = judged(bench, 20_542, 20_549, "97,66%", received=21_035).possibilities
    assert [(item.unit, item.denominator) for item in found] == [("d/x", "a.received")]


def test_a_hundred_per_cent_only_by_rounding_is_to_be_explained(bench: Bench) -> None:
    outcome = judged(bench, 9_999, 10_000, "100%")
    assert (outcome.outcome, outcome.severity, outcome.reason_code) == (
        "fail",
        "must_explain",
        "stated_by_rounding",
    )


def test_a_nought_only_by_rounding_is_to_be_explained(bench: Bench) -> None:
    assert judged(bench, 1, 10_000, "0%").reason_code == "stated_by_rounding"


def test_a_true_hundred_per_cent_passes(bench: Bench) -> None:
    assert judged(bench, 1_921, 1_921, "100%").outcome == "pass"


def test_an_advisory_never_grows_heavier_by_rounding(bench: Bench) -> None:
    pack = late(bench, severity="advisory")
    assert bench.outcome(pack, report(bench, "d", 9_999, 10_000, "100%")).severity == "advisory"


def test_a_rate_that_is_not_stated_is_not_applicable(bench: Bench) -> None:
    assert judged(bench, 1, 2, "").outcome == "not_applicable"


def test_a_stated_rate_without_its_figures_gives_no_verdict(bench: Bench) -> None:
    outcome = bench.outcome(late(bench), bench.submission("d", {}, stated={"a.rate": "50%"}))
    assert outcome.outcome == "no_data"


def test_many_possibilities_are_all_kept_and_their_number_said(bench: Bench) -> None:
    others = [report(bench, unit, 1, 4, received=4) for unit in ("d", "d/x/1", "d/x/2", "d/x/3")]
    outcome = judged(bench, 1, 2, "25%", *others)
    assert len(outcome.possibilities) == 8
    assert "và 3 khả năng khác" in outcome.reason


counts = st.integers(0, 10**7)


@given(part=counts, rest=counts, decimals=st.integers(0, 4))
def test_a_rate_rounded_half_up_is_never_wrong(bench: Bench, part: int, rest: int, decimals: int) -> None:
    whole = part + rest + 1
    printed = round_half_up(Fraction(100 * part, whole), decimals)
    text = format_percent(printed, decimals, keep_zeros=True)
    outcome = judged(bench, part, whole, text)
    is_made_by_rounding = printed in (0, 100) and part not in (0, whole)
    assert outcome.reason_code == ("stated_by_rounding" if is_made_by_rounding else "stated_right")


@given(part=counts, rest=counts, decimals=st.integers(0, 4), step=st.sampled_from([-1, 1]))
def test_a_rate_one_unit_off_is_always_wrong(
    bench: Bench, part: int, rest: int, decimals: int, step: int
) -> None:
    whole = part + rest + 1
    printed = round_half_up(Fraction(100 * part, whole), decimals) + step * round_half_up(
        Fraction(1, 10**decimals), decimals
    )
    if 0 <= printed <= 100:
        text = format_percent(printed, decimals, keep_zeros=True)
        assert judged(bench, part, whole, text).reason_code == "stated_wrong"
