from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.findings import Quantity
from compliance.model.named_checks import RollUp

if TYPE_CHECKING:
    from compliance.model.findings import Outcome
    from compliance.model.rulepack import RulePack
    from tests.engine.conftest import Bench

COMMUNES = ("d/x/1", "d/x/2", "d/x/3")


def summed(bench: Bench, **changes: Any) -> RulePack:
    indicator = bench.indicator("a.x", additive=("district", "bloc"), **changes)
    return bench.pack([indicator], [bench.rule("ROLLUP:a.x", RollUp(rollup="a.x"))])


def judged(bench: Bench, whole: Any, *parts: int | None) -> Outcome:
    reports = [
        bench.submission(unit, {} if value is None else {"a.x": value})
        for unit, value in zip(COMMUNES, parts, strict=False)
    ]
    figures = {} if whole is None else {"a.x": whole}
    return bench.outcome(summed(bench), bench.submission("d/x", figures), *reports)


def test_a_parent_that_is_the_sum_of_its_units_passes(bench: Bench) -> None:
    outcome = judged(bench, 6, 1, 2, 3)
    assert (outcome.outcome, outcome.reason) == (
        "pass",
        "bằng tổng của 3 đơn vị cấp dưới, 6 = 1 + 2 + 3 = 6.",
    )


def test_a_parent_that_is_not_the_sum_fails_by_the_size_of_the_gap(bench: Bench) -> None:
    outcome = judged(bench, 8, 1, 2, 3)
    assert outcome.reason_code == "rollup_unequal"
    assert outcome.difference == Quantity(exact=Fraction(2), text="2 việc")


def test_where_some_units_report_the_parent_is_at_least_their_sum(bench: Bench) -> None:
    outcome = judged(bench, 4, 1, 2)
    assert outcome.outcome == "pass"
    assert outcome.reason.startswith("mới có 2/3 đơn vị cấp dưới báo cáo (còn thiếu Ba)")
    assert outcome.reason.endswith("chỉ đối chiếu được mức tối thiểu, 4 ≥ 1 + 2 = 3.")


def test_a_parent_below_the_sum_of_some_units_fails(bench: Bench) -> None:
    assert judged(bench, 2, 1, 2).reason_code == "rollup_exceeded"


def test_a_submission_without_the_figure_counts_as_not_reporting(bench: Bench) -> None:
    assert judged(bench, 4, 1, 2, None).reason_code == "rollup_at_least"


def test_a_parent_without_the_figure_gives_no_verdict(bench: Bench) -> None:
    assert judged(bench, None, 1, 2, 3).outcome == "no_data"


def test_units_without_the_figure_give_no_verdict_and_are_named(bench: Bench) -> None:
    outcome = judged(bench, 4)
    assert outcome.outcome == "no_data"
    assert "Một, Hai, Ba" in outcome.reason


def test_an_approximate_parent_gives_no_verdict(bench: Bench) -> None:
    assert judged(bench, bench.observe("a.x", 6, approximate="about"), 1, 2, 3).reason_code == "approximate"


def test_an_indicator_that_no_unit_below_reports_is_not_applicable(bench: Bench) -> None:
    pack = summed(bench, levels=("bloc",))
    outcome = bench.outcome(pack, bench.submission("d/x", {"a.x": 1}), bench.submission("d/x/1", {}))
    assert outcome.reason_code == "no_children_report"


def test_the_units_figures_are_evidence_under_their_names(bench: Bench) -> None:
    assert set(judged(bench, 6, 1, 2, 3).operands) == {"a.x", "a.x@d/x/1", "a.x@d/x/2", "a.x@d/x/3"}


def test_a_bloc_without_submission_is_derived_where_all_its_units_report(bench: Bench) -> None:
    reports = [bench.submission(unit, {"a.x": 2}) for unit in COMMUNES]
    check = bench.check(summed(bench), *reports)
    derived = next(item for item in check.reported if item.unit == "d/x")
    assert (derived.provenance, derived.values["a.x"], derived.is_own_report) == ("derived", 6, False)


def test_a_bloc_is_not_derived_where_a_unit_is_missing(bench: Bench) -> None:
    check = bench.check(summed(bench), *(bench.submission(unit, {"a.x": 2}) for unit in COMMUNES[:2]))
    assert [item.unit for item in check.reported] == ["d/x/1", "d/x/2"]


def test_a_district_is_derived_from_blocs_that_are_derived(bench: Bench) -> None:
    reports = [bench.submission(unit, {"a.x": 2}) for unit in (*COMMUNES, "d/h/a")]
    check = bench.check(summed(bench), *reports)
    assert {item.unit: item.values["a.x"] for item in check.reported if item.provenance == "derived"} == {
        "d": 8,
        "d/h": 2,
        "d/x": 6,
    }


def test_a_figure_that_one_unit_lacks_is_not_derived(bench: Bench) -> None:
    reports = [bench.submission(unit, {"a.x": 2} if unit != "d/x/3" else {}) for unit in COMMUNES]
    check = bench.check(summed(bench), *reports)
    assert next(item for item in check.reported if item.unit == "d/x").observations == {}


def test_a_derived_parent_is_not_praised_for_being_the_sum(bench: Bench) -> None:
    reports = [bench.submission(unit, {"a.x": 2}) for unit in COMMUNES]
    found = bench.evaluate(summed(bench), *reports)
    assert next(outcome for outcome in found if outcome.unit == "d/x").reason_code == "derived_unit"


def test_a_derived_parent_takes_the_latest_report_date_and_a_window_that_all_share(bench: Bench) -> None:
    reports = [
        bench.submission(unit, {"a.x": 2}, report_date=date(2020, 5, day))
        for unit, day in zip(COMMUNES, (3, 9, 1), strict=True)
    ]
    check = bench.check(summed(bench), *reports)
    derived = next(item for item in check.reported if item.unit == "d/x")
    assert (derived.report_date, derived.data_window) == (date(2020, 5, 9), None)


def test_amounts_add_up_exactly(bench: Bench) -> None:
    pack = summed(bench, type="amount", unit_of_measure="triệu đồng")
    reports = [
        bench.submission(unit, {"a.x": Decimal(value)})
        for unit, value in zip(COMMUNES, ("0.1", "0.2", "0.3"), strict=True)
    ]
    whole = bench.submission("d/x", {"a.x": Decimal("0.6")})
    assert bench.outcome(pack, whole, *reports).outcome == "pass"


@pytest.mark.parametrize("step", [-1, 1])
@given(parts=st.tuples(*[st.integers(0, 10**9)] * 3))
def test_one_off_the_sum_always_fails(bench: Bench, step: int, parts: tuple[int, int, int]) -> None:
    assert judged(bench, sum(parts) + step, *parts).outcome == "fail"
