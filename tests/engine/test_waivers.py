"""What waivers lift and what they do not, on rules as small as possible."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.engine.waivers import apply_waivers, warn_of_waivers
from compliance.problems import Place
from tests.engine.conftest import Bench

if TYPE_CHECKING:
    from compliance.model.check import Check
    from compliance.model.rulepack import RulePack
    from compliance.model.waivers import Waiver

FINDING = "R-1@d@2020-H1"


def waive(**changes: Any) -> Waiver:
    return Bench().waiver(place=Place("mien-tru.yaml", 3), **changes)


def at_least_ten(bench: Bench, severity: str = "must_explain") -> RulePack:
    return bench.pack(["a.x"], [bench.rule(check="a.x >= 10", severity=severity)])


def checked(
    bench: Bench, *waivers: Waiver, value: int = 7, severity: str = "must_explain", **more: Any
) -> Check:
    submission = bench.submission("d", {"a.x": value})
    return bench.check(at_least_ten(bench, severity), submission, waivers=waivers, **more)


def test_what_is_lifted_stays_a_failure_and_counts_for_nothing(bench: Bench) -> None:
    check = checked(bench, waive())
    (outcome,), (finding,), (result,) = check.outcomes, check.findings, check.submissions
    assert (outcome.outcome, outcome.waived, finding.waived) == ("fail", True, True)
    assert (check.accepted, result.accepted) == ("accepted", "accepted")
    assert (result.to_explain, result.waived) == ((), (FINDING,))
    assert (check.manifest.rules[0].outcomes["fail"], check.manifest.rules[0].waived) == (1, 1)


def test_it_says_until_when_by_whom_and_why(bench: Bench) -> None:
    ((applied,),) = (finding.waivers for finding in checked(bench, waive(document="Công văn 15")).findings)
    assert applied.words == (
        "được miễn trừ đến ngày 31/12/2020, theo Công văn 15 (Chánh Văn phòng, ngày 01/6/2020). "
        "Lý do: Đang đổi phần mềm."
    )


def test_one_that_never_expires_says_why(bench: Bench) -> None:
    forever = waive(expires=None, no_expiry_reason="Xã đảo.")
    assert "không thời hạn (Xã đảo)" in checked(bench, forever).findings[0].waivers[0].words


@pytest.mark.parametrize(
    ("changes", "effect"),
    [
        ({"mode": "note"}, "noted"),
        ({"expires": date(2020, 6, 29)}, "expired"),
        ({"approved_on": date(2020, 7, 1)}, "not_yet"),
        ({"tolerance": Decimal(2)}, "beyond_tolerance"),
    ],
)
def test_one_that_does_not_lift_leaves_the_finding_to_be_explained(
    bench: Bench, changes: dict[str, Any], effect: str
) -> None:
    check = checked(bench, waive(**changes))
    (finding,) = check.findings
    assert [one.effect for one in finding.waivers] == [effect]
    assert (finding.waived, check.accepted) == (False, "explain")
    assert check.submissions[0].to_explain == (FINDING,)


@pytest.mark.parametrize("day", [date(2020, 6, 1), date(2020, 12, 31)])
def test_it_holds_on_the_day_of_approval_and_on_the_day_it_expires(bench: Bench, day: date) -> None:
    assert checked(bench, waive(), as_of=day).findings[0].waived


@pytest.mark.parametrize("tolerance", ["3", "3.5"])
def test_a_figure_that_misses_by_no_more_than_is_tolerated_is_lifted(bench: Bench, tolerance: str) -> None:
    assert checked(bench, waive(tolerance=Decimal(tolerance))).findings[0].waived


def test_beyond_the_tolerance_it_says_by_how_much(bench: Bench) -> None:
    (applied,) = checked(bench, waive(tolerance=Decimal("2.5"))).findings[0].waivers
    assert applied.words == "không áp dụng vì lệch 3 việc, quá mức cho phép 2,5."


def test_a_tolerance_lifts_nothing_where_no_distance_is_measured(bench: Bench) -> None:
    pack = bench.pack(["a.x", "a.y"], [bench.rule(check="a.x > 1 and a.y > 1", severity="must_explain")])
    figures = bench.submission("d", {"a.x": 0, "a.y": 2})
    check = bench.check(pack, figures, waivers=(waive(tolerance=Decimal(9)),))
    assert [one.effect for one in check.findings[0].waivers] == ["unmeasured"]
    assert check.accepted == "explain"


def test_what_must_be_fixed_is_never_lifted_and_a_warning_says_so(bench: Bench) -> None:
    check = checked(bench, waive(), severity="must_fix")
    assert (check.accepted, check.outcomes[0].waived) == ("not_accepted", False)
    assert [one.effect for one in check.findings[0].waivers] == ["must_fix"]
    assert [problem.code for problem in warn_of_waivers(check.waivers)] == ["waivers.must_fix"]


def test_a_rule_that_cannot_be_computed_is_not_lifted(bench: Bench) -> None:
    amount = bench.indicator("a.x", type="amount")
    pack = bench.pack([amount], [bench.rule(check="a.x * a.x > 1", severity="must_explain")])
    check = bench.check(pack, bench.submission("d", {"a.x": Decimal("9" * 3_000)}), waivers=(waive(),))
    assert (check.outcomes[0].outcome, check.outcomes[0].waived) == ("error", False)
    assert [one.effect for one in check.findings[0].waivers] == ["not_computed"]


@pytest.mark.parametrize(
    "elsewhere", [{"units": ("d/x/1",)}, {"periods": ("2019-H2",)}, {"rule": "R-2"}, {"subject": "văn bản"}]
)
def test_it_speaks_only_of_its_rule_units_periods_and_subject(
    bench: Bench, elsewhere: dict[str, Any]
) -> None:
    (finding,) = checked(bench, waive(**elsewhere)).findings
    assert finding.waivers == ()


def test_the_strongest_of_several_counts_and_all_are_told(bench: Bench) -> None:
    old, noted, lifting = waive(id="A", expires=date(2020, 6, 2)), waive(id="B", mode="note"), waive(id="C")
    (finding,) = checked(bench, old, noted, lifting).findings
    assert [(one.waiver, one.effect) for one in finding.waivers] == [
        ("C", "lifted"),
        ("B", "noted"),
        ("A", "expired"),
    ]
    assert finding.waived


def test_one_without_a_finding_is_called_unused_where_its_unit_is_in_the_run(bench: Bench) -> None:
    check = checked(bench, waive(), waive(id="MT-2", units=("d/x/1",)), value=10)
    assert [(problem.code, problem.values["id"]) for problem in warn_of_waivers(check.waivers)] == [
        ("waivers.unused", "MT-1")
    ]
    assert [use.words for use in check.waivers] == [
        "Có hiệu lực đến ngày 31/12/2020: không có phát hiện nào để áp dụng.",
        "Có hiệu lực đến ngày 31/12/2020: không thuộc đơn vị hoặc kỳ của lần kiểm tra này.",
    ]


def test_an_expired_one_whose_finding_resurfaces_is_warned_of_at_its_place(bench: Bench) -> None:
    check = checked(bench, waive(expires=date(2020, 6, 29)))
    (problem,) = warn_of_waivers(check.waivers)
    assert (problem.code, problem.weight, problem.place) == (
        "waivers.expired",
        "warning",
        Place("mien-tru.yaml", 3),
    )
    assert check.waivers[0].words == "Đã hết hạn ngày 29/6/2020: 1 phát hiện được tính trở lại."
    assert not check.waivers[0].in_force


def test_an_advisory_finding_can_be_waived_too(bench: Bench) -> None:
    check = checked(bench, waive(), severity="advisory")
    assert check.submissions[0].waived == (FINDING,)


@given(
    days=st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400)),
    mode=st.sampled_from(["note", "lift"]),
    tolerance=st.none() | st.decimals(0, 20, places=2),
)
def test_no_waiver_changes_an_outcome(
    bench: Bench, days: tuple[int, int, int], mode: str, tolerance: Decimal | None
) -> None:
    approved, expires, as_of = (date.fromordinal(date(2020, 1, 1).toordinal() + day) for day in days)
    bare = checked(bench).outcomes
    waiver = waive(approved_on=approved, expires=expires, mode=mode, tolerance=tolerance)
    waived = apply_waivers([waiver], bare, {("d", "2020-H1")}, as_of=as_of)
    assert [outcome.model_copy(update={"waived": False}) for outcome in waived.outcomes] == list(bare)
