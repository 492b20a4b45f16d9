"""What an explanation stands beside, and what is said of it once its finding is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from compliance.model.explanations import Explanation
from compliance.model.named_checks import RollUp

if TYPE_CHECKING:
    from compliance.model.check import Check
    from compliance.model.rulepack import RulePack
    from tests.engine.conftest import Bench

FINDING = "R-1@d@2020-H1"


def positive(bench: Bench, severity: str) -> RulePack:
    return bench.pack(["a.x"], [bench.rule(check="a.x > 0", severity=severity)])


def checked(
    bench: Bench,
    *explanations: Explanation,
    severity: str = "must_explain",
    figures: dict[str, Any] | None = None,
) -> Check:
    submission = bench.submission("d", {"a.x": 0} if figures is None else figures)
    return bench.check(positive(bench, severity), submission, explanations=explanations)


def explain(words: str = "Mới triển khai.", finding: str = FINDING, **more: Any) -> Explanation:
    return Explanation(finding=finding, text=words, **more)


@pytest.mark.parametrize("severity", ["must_fix", "must_explain", "advisory"])
def test_it_changes_no_verdict_and_no_acceptance(bench: Bench, severity: str) -> None:
    without, with_one = checked(bench, severity=severity), checked(bench, explain(), severity=severity)
    assert with_one.findings[0].explanation == explain()
    assert with_one.outcomes == without.outcomes
    assert with_one.accepted == without.accepted


def test_how_many_are_explained_and_how_many_not_is_counted_apart(bench: Bench) -> None:
    check = checked(bench, explain())
    assert check.explanations is not None
    assert (check.explanations.to_explain, check.explanations.explained, check.explanations.lacking) == (
        1,
        1,
        0,
    )
    assert check.submissions[0].explained == (FINDING,)


def test_a_status_alone_explains_nothing(bench: Bench) -> None:
    check = checked(bench, explain("", status="doing"))
    assert check.explanations is not None
    assert check.explanations.lacking == 1
    assert check.findings[0].explanation is not None


def test_where_none_were_asked_for_nothing_is_counted(bench: Bench) -> None:
    check = bench.check(positive(bench, "must_explain"), bench.submission("d", {"a.x": 0}))
    assert check.explanations is None


def test_of_two_for_one_finding_the_later_counts(bench: Bench) -> None:
    check = checked(bench, explain("trước"), explain("sau"))
    assert check.findings[0].explanation == explain("sau")


@pytest.mark.parametrize(
    ("figures", "finding", "state"),
    [
        ({"a.x": 1}, FINDING, "resolved"),
        ({}, FINDING, "unverifiable"),
        ({"a.x": 1}, "R-0@d@2020-H1", "not_asked"),
        ({"a.x": 1}, "R-1@d@2020-H1#văn bản", "not_asked"),
        ({"a.x": 1}, "R-1@d/x/1@2020-H1", "elsewhere"),
        ({"a.x": 1}, "R-1@d@2019-H2", "elsewhere"),
    ],
)
def test_one_whose_finding_is_gone_is_listed_with_what_became_of_it(
    bench: Bench, figures: dict[str, Any], finding: str, state: str
) -> None:
    check = checked(bench, explain(finding=finding), figures=figures)
    assert check.explanations is not None
    assert [(one.explanation.finding, one.state) for one in check.explanations.answered] == [(finding, state)]
    assert check.explanations.explained == 0


@pytest.mark.parametrize(
    ("units", "state"), [(("d/x/1", "d/x/2", "d/x/3"), "resolved"), (("d/x/1", "d/x/2"), "unverifiable")]
)
def test_a_sum_over_a_part_of_the_units_is_not_called_resolved(
    bench: Bench, units: tuple[str, ...], state: str
) -> None:
    indicator = bench.indicator("a.x", additive=("bloc",))
    pack = bench.pack([indicator], [bench.rule("ROLLUP:a.x", RollUp(rollup="a.x"))])
    figures = [bench.submission(unit, {"a.x": 2}) for unit in units]
    written = explain(finding="ROLLUP:a.x@d/x@2020-H1")
    check = bench.check(pack, bench.submission("d/x", {"a.x": 6}), *figures, explanations=(written,))
    assert check.explanations is not None
    assert [one.state for one in check.explanations.answered] == [state]


def test_what_is_waived_need_not_be_explained(bench: Bench) -> None:
    waiver = bench.waiver()
    submission = bench.submission("d", {"a.x": 0})
    check = bench.check(
        positive(bench, "must_explain"), submission, explanations=(explain(),), waivers=(waiver,)
    )
    assert check.explanations is not None
    assert (check.explanations.to_explain, check.explanations.explained) == (0, 0)
    assert check.findings[0].explanation == explain()
