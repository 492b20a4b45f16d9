from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from compliance.model.named_checks import Submitted
from compliance.model.rulepack import Withdrawal

if TYPE_CHECKING:
    from compliance.model.check import Check
    from compliance.model.rulepack import RulePack
    from tests.engine.conftest import Bench


def positive(bench: Bench, severity: str = "must_fix") -> RulePack:
    return bench.pack(["a.x"], [bench.rule(check="a.x > 0", severity=severity)])


def checked(bench: Bench, value: int, severity: str = "must_fix", **changes: Any) -> Check:
    return bench.check(positive(bench, severity), bench.submission("d", {"a.x": value}, **changes))


@pytest.mark.parametrize(
    ("severity", "expected"),
    [("must_fix", "not_accepted"), ("must_explain", "explain"), ("advisory", "accepted")],
)
def test_the_gravest_failure_decides_on_acceptance(bench: Bench, severity: str, expected: str) -> None:
    assert checked(bench, 0, severity).accepted == expected


def test_a_must_fix_that_cannot_be_computed_blocks(bench: Bench) -> None:
    amount = bench.indicator("a.x", type="amount")
    pack = bench.pack([amount], [bench.rule(check="a.x * a.x > 1")])
    check = bench.check(pack, bench.submission("d", {"a.x": Decimal("9" * 3_000)}))
    assert (check.accepted, check.submissions[0].blocking) == ("not_accepted", ("R-1@d@2020-H1",))
    assert [finding.id for finding in check.findings] == ["R-1@d@2020-H1"]


def test_what_blocks_and_what_is_to_be_explained_are_named(bench: Bench) -> None:
    (blocked,) = checked(bench, 0).submissions
    (explained,) = checked(bench, 0, "must_explain").submissions
    assert (blocked.blocking, explained.to_explain) == (("R-1@d@2020-H1",), ("R-1@d@2020-H1",))


def test_a_missing_figure_alone_blocks_nothing(bench: Bench) -> None:
    check = bench.check(positive(bench), bench.submission("d", {}))
    assert check.accepted == "accepted"


def required(bench: Bench, figures: dict[str, Any], **changes: Any) -> Check:
    whole = bench.indicator("a.x", required=("district",), parts=("a.p", "a.q"))
    return bench.check(bench.pack([whole, "a.p", "a.q"], []), bench.submission("d", figures, **changes))


def test_a_missing_required_indicator_blocks_and_is_named(bench: Bench) -> None:
    check = required(bench, {"a.p": 1})
    assert (check.accepted, check.submissions[0].missing) == ("not_accepted", ("a.x",))


def test_a_required_whole_can_be_given_by_its_parts(bench: Bench) -> None:
    assert required(bench, {"a.p": 1, "a.q": 2}).accepted == "accepted"


def test_a_required_indicator_may_be_approximate(bench: Bench) -> None:
    about = bench.observe("a.x", 200, approximate="about")
    assert required(bench, {"a.x": about}).accepted == "accepted"


def test_an_excerpt_from_anothers_report_lacks_nothing(bench: Bench) -> None:
    assert required(bench, {}, reported_by="d/h").accepted == "accepted"


def test_a_run_is_as_bad_as_its_worst_submission(bench: Bench) -> None:
    reports = [bench.submission("d", {"a.x": 1}), bench.submission("d/h", {"a.x": 0})]
    check = bench.check(positive(bench), *reports)
    assert check.accepted == "not_accepted"
    assert [(item.unit, item.accepted) for item in check.submissions] == [
        ("d", "accepted"),
        ("d/h", "not_accepted"),
    ]


def test_nothing_submitted_is_nothing_accepted(bench: Bench) -> None:
    assert bench.check(positive(bench)).accepted == "not_accepted"


def test_units_due_without_submission_are_listed_in_the_registers_order(bench: Bench) -> None:
    report = bench.submission("d/x/2", {"a.x": 1})
    check = bench.check(positive(bench), report, expected=("d/x/3", "d/x/2", "d/x/1"))
    assert check.not_submitted == ("d/x/1", "d/x/3")


def test_a_failure_of_a_parent_that_has_not_submitted_counts_for_the_run(bench: Bench) -> None:
    pack = bench.pack([], [bench.rule(check=Submitted(submitted="children"))])
    check = bench.check(pack, bench.submission("d/x/1", {}), expected=("d/x/1", "d/x/2"))
    assert (check.accepted, check.submissions[0].accepted) == ("not_accepted", "accepted")


def test_every_rule_stands_in_the_manifest_with_its_counts(bench: Bench) -> None:
    rules = [bench.rule("R-1", "a.x > 0"), bench.rule("R-2", Submitted(submitted="children"), applies_to=())]
    pack = bench.pack(["a.x"], rules)
    tallies = bench.check(pack, bench.submission("d", {"a.x": 1})).manifest.rules
    assert {tally.rule: {**tally.outcomes} for tally in tallies} == {
        "R-1": {"fail": 0, "error": 0, "no_data": 0, "not_applicable": 0, "pass": 1},
        "R-2": {"fail": 0, "error": 0, "no_data": 0, "not_applicable": 1, "pass": 0},
    }


@pytest.mark.parametrize(("as_of", "stale"), [(date(2020, 12, 31), False), (date(2021, 1, 1), True)])
def test_a_pack_is_stale_once_its_time_has_ended(bench: Bench, as_of: date, stale: bool) -> None:  # noqa: FBT001 - a parameter of the table
    check = bench.check(positive(bench), bench.submission("d", {"a.x": 1}), as_of=as_of)
    assert check.manifest.stale is stale


def test_a_withdrawn_rule_says_why_it_does_not_apply(bench: Bench) -> None:
    withdrawn = (Withdrawal(id="R-1", reason="huyện không có bộ phận này"),)
    pack = bench.pack(["a.x"], [bench.rule(check="a.x > 0")], withdrawn=withdrawn)
    outcome = bench.outcome(pack, bench.submission("d", {"a.x": 0}))
    assert (outcome.outcome, outcome.reason_code) == ("not_applicable", "withdrawn")
