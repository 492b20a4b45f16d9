from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from compliance.engine.compare import compare_checks
from compliance.engine.generate import generate_rules
from compliance.model.named_checks import RollUp, Together
from compliance.model.rulepack import DatedValue, Target
from compliance.model.submission import DataWindow, Period

if TYPE_CHECKING:
    from compliance.model.comparison import Comparison
    from compliance.model.rulepack import RulePack
    from tests.engine.conftest import Bench

H2 = Period(year=2019, half=2)
GROUPS = ("new", "resolved", "persisting", "unverifiable", "not_asked")


def _pack(bench: Bench, **changes: Any) -> RulePack:
    return bench.pack(["a.part", "a.whole"], [bench.rule("R-1", "a.part <= a.whole", **changes)])


def _compare(
    bench: Bench, before: dict[str, Any], after: dict[str, Any], pack: RulePack | None = None, **changes: Any
) -> Comparison:
    """One unit's figures of the half-year before, and of this one."""
    chosen = pack or _pack(bench)
    old = bench.check(chosen, bench.submission("d", before, period=H2))
    return compare_checks(old, bench.check(chosen, bench.submission("d", after, **changes)))


def _said(result: Comparison) -> list[str]:
    return [group for group in GROUPS if getattr(result, group)]


HOLDS = {"a.part": 1, "a.whole": 2}
FAILS = {"a.part": 3, "a.whole": 2}
LACKS = {"a.part": 1}


@pytest.mark.parametrize(
    ("before", "after", "group"),
    [
        (HOLDS, FAILS, ["new"]),
        (LACKS, FAILS, ["new"]),
        (FAILS, HOLDS, ["resolved"]),
        (FAILS, FAILS, ["persisting"]),
        (FAILS, LACKS, ["unverifiable"]),
        (HOLDS, LACKS, ["unverifiable"]),
        (HOLDS, HOLDS, []),
        (LACKS, LACKS, []),
        (LACKS, HOLDS, []),
    ],
)
def test_what_became_of_a_verdict_decides_its_group(
    bench: Bench, before: dict[str, int], after: dict[str, int], group: list[str]
) -> None:
    assert _said(_compare(bench, before, after)) == group


def test_a_finding_of_a_unit_that_has_not_submitted_is_unverifiable_and_not_resolved(bench: Bench) -> None:
    old = bench.check(_pack(bench), bench.submission("d/x/1", FAILS), bench.submission("d/x/2", HOLDS))
    new = bench.check(_pack(bench), bench.submission("d/x/2", HOLDS))
    result = compare_checks(old, new)
    assert [(change.unit, change.after) for change in result.unverifiable] == [("d/x/1", "no_data")]
    assert result.resolved == ()


def _summed(bench: Bench, whole: int, *parts: int | None) -> list[Any]:
    units = ("d/x/1", "d/x/2", "d/x/3")
    below = [bench.submission(unit, {"a.x": part}) for unit, part in zip(units, parts, strict=True) if part]
    return [bench.submission("d/x", {"a.x": whole}), *below]


@pytest.mark.parametrize(
    ("then", "now", "group"),
    [
        ((6, 1, 2, 4), (6, 1, 2, 3), "resolved"),
        ((6, 1, 2, 4), (6, 1, 2, None), "unverifiable"),
        ((2, 1, 2, None), (4, 1, 2, None), "resolved"),
        ((2, 1, 2, None), (4, 1, None, 2), "resolved"),
    ],
)
def test_a_sum_over_fewer_units_resolves_nothing(
    bench: Bench, then: tuple[int, ...], now: tuple[int, ...], group: str
) -> None:
    indicator = bench.indicator("a.x", additive=("bloc",))
    pack = bench.pack([indicator], [bench.rule("ROLLUP:a.x", RollUp(rollup="a.x"))])
    old = bench.check(pack, *_summed(bench, *then))
    result = compare_checks(old, bench.check(pack, *_summed(bench, *now)))
    assert _said(result) == [group]
    if group == "unverifiable":
        (change,) = result.unverifiable
        assert change.after == "no_data"
        assert change.reason_after.startswith("Không còn số liệu mà lần trước đã dùng (xã Ba)")


def test_to_delete_the_other_figure_as_well_resolves_nothing(bench: Bench) -> None:
    rule = bench.rule("R-1", Together(together=("a.part", "a.whole")))
    pack = bench.pack(["a.part", "a.whole"], [rule])
    (change,) = _compare(bench, {"a.part": 1}, {}, pack).unverifiable
    assert "PART" in change.reason_after
    assert _said(_compare(bench, {"a.part": 1}, {"a.part": 1, "a.whole": 2}, pack)) == ["resolved"]


def test_a_pass_over_figures_that_contradict_each_other_resolves_nothing(bench: Bench) -> None:
    rules = [bench.rule("R-1", "a.part <= a.whole", kind="target"), bench.rule("R-2", "a.whole <= a.most")]
    pack = bench.pack(["a.part", "a.whole", "a.most"], rules)
    result = _compare(bench, FAILS | {"a.most": 9}, {"a.part": 3, "a.whole": 20, "a.most": 9}, pack)
    assert [(change.rule, change.after) for change in result.unverifiable] == [("R-1", "no_data")]
    assert "(R-2)" in result.unverifiable[0].reason_after
    assert not result.resolved


def test_a_finding_that_no_rule_asks_about_any_more_is_neither_resolved_nor_lost(bench: Bench) -> None:
    old = bench.check(_pack(bench), bench.submission("d", FAILS))
    new = bench.check(_pack(bench, applies_to=("commune",)), bench.submission("d", FAILS))
    assert _said(compare_checks(old, new)) == ["not_asked"]


def test_a_renamed_rule_is_the_same_rule(bench: Bench) -> None:
    old = bench.check(_pack(bench), bench.submission("d", FAILS))
    renamed = bench.pack(["a.part", "a.whole"], [bench.rule("R-2", "a.part <= a.whole", aliases=("R-1",))])
    assert _said(compare_checks(old, bench.check(renamed, bench.submission("d", FAILS)))) == ["persisting"]


def test_a_rate_stands_with_its_change_in_points(bench: Bench) -> None:
    pack = generate_rules(
        bench.pack(["a.part", "a.whole"], [], rates=(bench.rate("a.share", "a.part", "a.whole"),))
    )
    result = _compare(bench, {"a.part": 1, "a.whole": 4}, {"a.part": 1, "a.whole": 2}, pack)
    (rate,) = result.rates
    assert (rate.before, rate.after, rate.change) == (Fraction(25), Fraction(50), Fraction(25))


def test_a_rate_without_its_figures_on_either_side_is_left_out(bench: Bench) -> None:
    pack = generate_rules(
        bench.pack(["a.part", "a.whole"], [], rates=(bench.rate("a.share", "a.part", "a.whole"),))
    )
    assert _compare(bench, {"a.part": 1}, {"a.part": 1, "a.whole": 2}, pack).rates == ()
    assert _compare(bench, {"a.part": 0, "a.whole": 0}, {"a.part": 1, "a.whole": 2}, pack).rates == ()


def test_a_percentage_that_is_reported_is_compared_too(bench: Bench) -> None:
    pack = bench.pack([bench.indicator("a.share", type="percent")], [bench.rule("R-1", "a.share >= 0")])
    result = _compare(bench, {"a.share": Decimal(90)}, {"a.share": Decimal("92.5")}, pack)
    assert [(rate.name, rate.change) for rate in result.rates] == [("a.share", Fraction(5, 2))]


def test_a_target_that_moved_is_told(bench: Bench) -> None:
    citation = bench.citation("ubnd/2020/2-kh")
    values = tuple(
        DatedValue(effective_from=day, value=Decimal(value), citation=citation, checked_on=date(2020, 1, 1))
        for day, value in ((date(2019, 1, 1), 80), (date(2020, 1, 1), 90))
    )
    pack = bench.pack(
        ["a.part", "a.whole"],
        [bench.rule("R-1", kind="target", measure="a.share", at_least="a.goal")],
        rates=(bench.rate("a.share", "a.part", "a.whole"),),
        targets=(Target(id="a.goal", label="Mức", values=values),),
        instruments=(bench.instrument("ubnd/2020/2-kh"),),
    )
    result = _compare(bench, HOLDS, HOLDS, pack)
    assert [(move.rule, move.before, move.after) for move in result.targets] == [("R-1", "80%", "90%")]


def test_figures_over_another_number_of_days_are_told(bench: Bench) -> None:
    pack = _pack(bench)
    half = DataWindow(start=date(2019, 7, 1), end=date(2019, 12, 31))
    less = DataWindow(start=date(2020, 1, 1), end=date(2020, 5, 4))
    old = bench.check(pack, bench.submission("d", HOLDS, period=H2, data_window=half))
    new = bench.check(pack, bench.submission("d", HOLDS, data_window=less))
    assert [(one.days_before, one.days_after) for one in compare_checks(old, new).windows] == [(184, 125)]


def test_a_check_compared_with_itself_has_nothing_new(bench: Bench) -> None:
    result = _compare(bench, FAILS, FAILS)
    assert (result.period_before, result.period_after) == ("2019-H2", "2020-H1")
    assert _said(result) == ["persisting"]


def _share(bench: Bench, *rules: Any) -> RulePack:
    rates = (bench.rate("a.share", "a.part", "a.whole"),)
    return bench.pack(["a.part", "a.whole", "a.rest"], [*rules], rates=rates)


AGREES = {"a.part": 1, "a.whole": 4, "a.rest": 3}
DIFFERS = {"a.part": 1, "a.whole": 4, "a.rest": 2}


@pytest.mark.parametrize(
    ("before", "after", "disputed"),
    [
        (AGREES, AGREES, ((), ())),
        (DIFFERS, AGREES, (("B-1@d@2019-H2",), ())),
        (AGREES, DIFFERS, ((), ("B-1@d@2020-H1",))),
    ],
)
def test_a_rate_over_figures_that_contradict_each_other_names_what_does(
    bench: Bench, before: dict[str, int], after: dict[str, int], disputed: tuple[tuple[str, ...], ...]
) -> None:
    pack = _share(bench, bench.rule("B-1", "a.whole == a.part + a.rest"))
    (rate,) = _compare(bench, before, after, pack).rates
    assert (rate.disputed_before, rate.disputed_after) == disputed


def test_figures_are_asked_of_the_earlier_period_by_rules_younger_than_it(bench: Bench) -> None:
    pack = _share(bench, bench.rule("B-1", "a.whole == a.part + a.rest", effective_from=date(2020, 1, 1)))
    before = bench.submission("d", DIFFERS, period=H2)
    after = bench.check(pack, bench.submission("d", AGREES), previous=(before,))
    (rate,) = compare_checks(bench.check(pack, before), after).rates
    assert rate.disputed_before == ("B-1@d@2019-H2",)


def test_a_rate_stated_wrongly_then_is_not_compared(bench: Bench) -> None:
    pack = generate_rules(_share(bench, bench.rule("B-1", "a.whole == a.part + a.rest")))
    pack = pack.model_copy(
        update={
            "rules": tuple(one.model_copy(update={"effective_from": date(2019, 1, 1)}) for one in pack.rules)
        }
    )
    stated = bench.submission("d", AGREES, period=H2, stated={"a.share": "26%"})
    now = bench.check(pack, bench.submission("d", AGREES, stated={"a.share": "26%"}))
    (rate,) = compare_checks(bench.check(pack, stated), now).rates
    assert rate.disputed_before == ("RATE:a.share:stated@d@2019-H2",)
    assert rate.disputed_after == ()


def test_of_a_kept_run_its_outcomes_say_what_was_disputed(bench: Bench) -> None:
    pack = _share(bench, bench.rule("B-1", "a.whole == a.part + a.rest"))
    old = bench.check(pack, bench.submission("d", DIFFERS, period=H2))
    kept = old.model_copy(update={"reported": ()})
    new = bench.check(pack, bench.submission("d", AGREES))
    (rate,) = compare_checks(kept, new, {("d", "a.share"): Fraction(25)}).rates
    assert rate.disputed_before == ("B-1@d@2019-H2",)


@pytest.mark.parametrize(("before", "group"), [(FAILS, "persisting"), (HOLDS, "new")])
def test_what_a_waiver_lifts_is_marked_and_counted(bench: Bench, before: dict[str, int], group: str) -> None:
    pack = _pack(bench, severity="must_explain")
    old = bench.check(pack, bench.submission("d", before, period=H2))
    new = bench.check(pack, bench.submission("d", FAILS), waivers=(bench.waiver(),))
    result = compare_checks(old, new)
    (change,) = getattr(result, group)
    assert (change.waived, result.waived) == (True, 1)
    assert "MT-1" in change.reason_after
    assert compare_checks(old, bench.check(pack, bench.submission("d", FAILS))).waived == 0
