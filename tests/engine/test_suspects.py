"""Which figures are named with a finding, in which order, and with which right value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliance.engine.generate import generate_rules

if TYPE_CHECKING:
    from compliance.model.findings import Finding, Suspect
    from compliance.model.rulepack import Indicator, RulePack
    from compliance.model.submission import Submission
    from tests.engine.conftest import Bench


def find(bench: Bench, pack: RulePack, *submissions: Submission, **changes: Any) -> dict[str, Finding]:
    check = bench.check(generate_rules(pack), *submissions, **changes)
    return {finding.id.removesuffix("@2020-H1"): finding for finding in check.findings}


def brief(suspects: tuple[Suspect, ...]) -> list[tuple[int, str, str, str]]:
    return [(one.group, one.indicator, one.written, one.should_be) for one in suspects]


def sums(bench: Bench, **changes: Any) -> RulePack:
    """A whole of two parts and a balance over the whole."""
    indicators: list[str | Indicator] = [
        bench.indicator("a.w", parts=("a.a", "a.b")),
        *(f"a.{name}" for name in "abxy"),
    ]
    return bench.pack(indicators, [bench.rule(check="a.x == a.w + a.y")], **changes)


def test_a_figure_that_the_others_determine_is_alone_with_its_right_value(bench: Bench) -> None:
    report = bench.submission(figures={"a.w": 487, "a.a": 400, "a.b": 78, "a.x": 500, "a.y": 22})
    found = find(bench, sums(bench), report)
    for finding in ("PARTS:a.w@d", "R-1@d"):
        (suspect,) = found[finding].suspects
        assert (suspect.indicator, suspect.written, suspect.should_be) == ("a.w", "487", "478")
        assert suspect.slip == "hai chữ số liền nhau bị đảo"


def test_where_several_figures_could_be_wrong_the_one_with_a_slip_comes_first(bench: Bench) -> None:
    report = bench.submission(figures={"a.w": 478, "a.a": 400, "a.b": 87, "a.x": 500, "a.y": 22})
    found = find(bench, sums(bench), report)["PARTS:a.w@d"]
    assert brief(found.suspects)[:2] == [(1, "a.b", "87", "78"), (2, "a.a", "400", "391")]


def test_the_same_slip_in_a_figure_and_its_total_counts_once(bench: Bench) -> None:
    report = bench.submission(figures={"a.w": 27, "a.a": 27, "a.b": 0, "a.x": 222, "a.y": 150})
    found = find(bench, sums(bench), report)["R-1@d"]
    assert brief(found.suspects) == [
        (1, "a.a", "27", "72"),
        (1, "a.w", "27", "72"),
        (2, "a.x", "222", "177"),
        (3, "a.y", "150", "195"),
    ]


def test_a_stated_rate_is_recomputed(bench: Bench) -> None:
    pack = bench.pack(["a.a", "a.b"], [], rates=(bench.rate("a.r", "a.a", "a.b"),))
    report = bench.submission(figures={"a.a": 1_774, "a.b": 1_894}, stated={"a.r": "96,36%"})
    found = find(bench, pack, report)["RATE:a.r:stated@d"]
    assert brief(found.suspects)[0] == (1, "stated.a.r", "96,36%", "93,66%")


def test_a_hundred_per_cent_by_rounding_gets_the_decimals_that_tell(bench: Bench) -> None:
    pack = bench.pack(["a.a", "a.b"], [], rates=(bench.rate("a.r", "a.a", "a.b"),))
    report = bench.submission(figures={"a.a": 1_996, "a.b": 1_997}, stated={"a.r": "100%"})
    suspects = find(bench, pack, report)["RATE:a.r:stated@d"].suspects
    rate = next(one for one in suspects if one.indicator == "stated.a.r")
    assert rate.should_be == "99,95%"


def test_two_rightly_rounded_rates_that_exceed_a_hundred_are_no_fault(
    bench: Bench,
) -> None:
    rates = (bench.rate("a.r", "a.a", "a.w"), bench.rate("a.s", "a.b", "a.w"))
    rule = bench.rule(check="stated.a.r + stated.a.s == 100")
    pack = bench.pack(["a.w", "a.a", "a.b"], [rule], rates=rates)
    report = bench.submission(
        figures={"a.w": 160, "a.a": 159, "a.b": 1}, stated={"a.r": "99,38%", "a.s": "0,63%"}
    )
    assert "R-1@d" not in find(bench, pack, report)


def test_the_one_number_within_the_limits_that_a_slip_explains_is_proposed(bench: Bench) -> None:
    pack = bench.pack(["a.a", "a.b"], [bench.rule(check="a.a <= a.b")])
    found = find(bench, pack, bench.submission(figures={"a.a": 22, "a.b": 15}))["R-1@d"]
    assert brief(found.suspects)[0] == (1, "a.a", "22", "2")


def test_a_check_that_is_no_sum_names_what_could_mend_it(bench: Bench) -> None:
    check = "low.a.w <= high.a.a * high.a.b and high.a.w >= low.a.a * low.a.b"
    pack = bench.pack(["a.w", "a.a", "a.b"], [bench.rule(check=check)])
    found = find(bench, pack, bench.submission(figures={"a.w": 180, "a.a": 18, "a.b": (5, 7)}))["R-1@d"]
    assert brief(found.suspects)[0] == (1, "a.w", "180", "108")
    assert {one.indicator for one in found.suspects} == {"a.w", "a.a", "a.b"}


def test_a_unit_is_found_by_its_own_sum_and_the_parents(bench: Bench) -> None:
    indicators: list[str | Indicator] = [
        bench.indicator("a.w", parts=("a.a", "a.b"), additive=("bloc",)),
        "a.a",
        "a.b",
    ]
    reports = [bench.submission(f"d/x/{place}", {"a.w": 30, "a.a": 20, "a.b": 10}) for place in (1, 2)]
    reports += [
        bench.submission("d/x/3", {"a.w": 31, "a.a": 20, "a.b": 10}),
        bench.submission("d/x", {"a.w": 90}),
    ]
    found = find(bench, bench.pack(indicators, []), *reports)
    for finding in ("PARTS:a.w@d/x/3", "ROLLUP:a.w@d/x"):
        (suspect,) = found[finding].suspects
        assert (suspect.unit, suspect.should_be, suspect.slip) == ("d/x/3", "30", "sai một chữ số")


def test_a_figure_that_another_check_accuses_comes_before_its_equals(bench: Bench) -> None:
    indicators: list[str | Indicator] = [bench.indicator("a.w", additive=("bloc",)), "a.late"]
    rule = bench.rule(check="a.w >= a.late", kind="target", severity="must_explain")
    reports = [bench.submission(f"d/x/{place}", {"a.w": 0, "a.late": 0}) for place in (1, 2)]
    reports += [bench.submission("d/x/3", {"a.w": 0, "a.late": 6}), bench.submission("d/x", {"a.w": 6})]
    suspects = find(bench, bench.pack(indicators, [rule]), *reports)["ROLLUP:a.w@d/x"].suspects
    assert [one.unit for one in suspects if one.group == 1] == ["d/x/3"]


def test_many_alternatives_are_cut_and_that_is_said(bench: Bench) -> None:
    parts = tuple(f"a.p{place}" for place in range(9))
    pack = bench.pack([bench.indicator("a.w", parts=parts), *parts], [])
    report = bench.submission(figures={"a.w": 500} | dict.fromkeys(parts, 17))
    finding = find(bench, pack, report)["PARTS:a.w@d"]
    assert finding.more_suspects
    assert {one.group for one in finding.suspects} == set(range(1, 7))


def test_a_missing_figure_is_named_with_its_value_where_it_is_determined(bench: Bench) -> None:
    indicators: list[str | Indicator] = [bench.indicator("a.w", parts=("a.a", "a.b")), "a.a", "a.b"]
    rule = bench.rule(check={"present": ("a.b",)}, kind="completeness")
    pack = bench.pack(indicators, [rule])
    finding = find(bench, pack, bench.submission(figures={"a.w": 9, "a.a": 2}))["R-1@d"]
    assert brief(finding.suspects) == [(1, "a.b", "", "7")]


def test_a_figure_taken_as_zero_may_be_what_is_missing(bench: Bench) -> None:
    indicators: list[str | Indicator] = [
        bench.indicator("a.w", parts=("a.a", "a.b"), assume_zero=("a.b",)),
        "a.a",
        "a.b",
    ]
    found = find(bench, bench.pack(indicators, []), bench.submission(figures={"a.w": 9, "a.a": 2}))
    assert (1, "a.b", "", "7") in [(1, *one[1:]) for one in brief(found["PARTS:a.w@d"].suspects)]


def test_a_finding_that_is_no_identity_has_no_suspects(bench: Bench) -> None:
    pack = bench.pack(["a.w"], [bench.rule(check="a.w == 0", kind="target")])
    assert find(bench, pack, bench.submission(figures={"a.w": 5}))["R-1@d"].suspects == ()
