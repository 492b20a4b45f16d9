from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from compliance.model.named_checks import PeerMeasure, Peers, Present, Submitted, Together

if TYPE_CHECKING:
    from compliance.model.findings import Outcome
    from tests.engine.conftest import Bench


def test_what_is_not_reported_is_named(bench: Bench) -> None:
    pack = bench.pack(["a.x", "a.y"], [bench.rule(check=Present(present=("a.x", "a.y")))])
    outcome = bench.outcome(pack, bench.submission("d", {"a.x": 1}))
    assert (outcome.outcome, outcome.reason) == ("fail", "chưa báo cáo Y.")


def test_zero_is_reported(bench: Bench) -> None:
    pack = bench.pack(["a.x"], [bench.rule(check=Present(present=("a.x",)))])
    assert bench.outcome(pack, bench.submission("d", {"a.x": 0})).outcome == "pass"


def test_an_approximate_figure_is_reported(bench: Bench) -> None:
    pack = bench.pack(["a.x"], [bench.rule(check=Present(present=("a.x",)))])
    observed = bench.observe("a.x", 200, approximate="about")
    assert bench.outcome(pack, bench.submission("d", {"a.x": observed})).outcome == "pass"


@pytest.mark.parametrize(("figures", "expected"), [({"a.p": 1, "a.q": 2}, "pass"), ({"a.p": 1}, "fail")])
def test_a_whole_is_reported_with_all_its_parts_and_not_with_an_assumed_one(
    bench: Bench, figures: dict[str, int], expected: str
) -> None:
    whole = bench.indicator("a.x", parts=("a.p", "a.q"), assume_zero=("a.q",))
    pack = bench.pack([whole, "a.p", "a.q"], [bench.rule(check=Present(present=("a.x",)))])
    assert bench.outcome(pack, bench.submission("d", figures)).outcome == expected


def test_what_the_register_counts_needs_no_report(bench: Bench) -> None:
    bodies = bench.indicator("a.x", from_register="bodies")
    pack = bench.pack([bodies], [bench.rule(check=Present(present=("a.x",)))])
    assert bench.outcome(pack, bench.submission("d", {})).outcome == "pass"


@pytest.mark.parametrize(
    ("figures", "expected"),
    [({}, "pass"), ({"a.x": 1}, "fail"), ({"a.y": 1}, "fail"), ({"a.x": 1, "a.y": 1}, "pass")],
)
def test_together_is_all_or_none(bench: Bench, figures: dict[str, int], expected: str) -> None:
    pack = bench.pack(["a.x", "a.y"], [bench.rule(check=Together(together=("a.x", "a.y")))])
    assert bench.outcome(pack, bench.submission("d", figures)).outcome == expected


def submitted(bench: Bench, *present: str, expected: tuple[str, ...]) -> Outcome:
    rule = bench.rule("S-1", Submitted(submitted="children"), kind="completeness")
    reports = [bench.submission(unit, {}) for unit in present]
    found = bench.evaluate(bench.pack([], [rule]), *reports, expected=expected)
    return next(outcome for outcome in found if outcome.unit == "d/x")


def test_who_is_due_and_has_not_submitted_is_named(bench: Bench) -> None:
    outcome = submitted(bench, "d/x", "d/x/1", expected=("d/x/1", "d/x/2", "d/x/3"))
    assert (outcome.outcome, outcome.reason) == (
        "fail",
        "2/3 đơn vị phải gửi chưa gửi số liệu: Hai, Ba.",
    )


def test_all_who_are_due_have_submitted(bench: Bench) -> None:
    assert submitted(bench, "d/x", "d/x/1", expected=("d/x/1",)).outcome == "pass"


def test_a_parent_that_has_not_submitted_is_judged_for_its_units(bench: Bench) -> None:
    assert submitted(bench, "d/x/1", expected=("d/x/1", "d/x/2")).outcome == "fail"


def test_where_nobody_is_due_nothing_is_asked(bench: Bench) -> None:
    assert submitted(bench, "d/x", expected=()).outcome == "not_applicable"


def compare(bench: Bench, values: tuple[int, ...], *, threshold: str, is_rate: bool) -> Outcome:
    measure = PeerMeasure(measure="a.rate" if is_rate else "a.x", threshold=Decimal(threshold), min_units=3)
    pack = bench.pack(
        ["a.x", "a.all"],
        [bench.rule(check=Peers(peers=measure))],
        rates=(bench.rate("a.rate", "a.x", "a.all"),),
    )
    reports = [
        bench.submission(f"d/x/{number}", {"a.x": value, "a.all": 100})
        for number, value in enumerate(values, start=1)
    ]
    return bench.outcome(pack, *reports)


@pytest.mark.parametrize(("own", "expected"), [(40, "pass"), (41, "fail")])
def test_a_rate_is_far_beyond_so_many_points_from_the_median(bench: Bench, own: int, expected: str) -> None:
    assert compare(bench, (own, 10, 5), threshold="30", is_rate=True).outcome == expected


@pytest.mark.parametrize(("own", "expected"), [(30, "pass"), (31, "fail"), (3, "fail"), (4, "pass")])
def test_a_count_is_far_beyond_so_many_times_the_median(bench: Bench, own: int, expected: str) -> None:
    assert compare(bench, (own, 10, 10), threshold="3", is_rate=False).outcome == expected


def test_too_few_peers_give_no_verdict(bench: Bench) -> None:
    assert compare(bench, (90, 10), threshold="30", is_rate=True).reason_code == "few_peers"


def test_a_unit_far_from_its_peers_is_told_the_median(bench: Bench) -> None:
    assert compare(bench, (90, 10, 5), threshold="30", is_rate=True).reason == (
        "90%, trong khi mức giữa của 3 đơn vị cùng cấp là 10%; khác nhau quá 30 điểm phần trăm."
    )
