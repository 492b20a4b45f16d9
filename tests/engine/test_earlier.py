"""Figures of an earlier period that contradict each other, and what rests on them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from compliance.model.named_checks import RollUp, Stated
from compliance.model.submission import Period

if TYPE_CHECKING:
    from compliance.model.check import Check
    from compliance.model.rulepack import RulePack
    from tests.engine.conftest import Bench

H2 = Period(year=2019, half=2)
LAST_YEAR = Period(year=2019, half=1)
BALANCED = {"a.x": 10, "a.y": 7, "a.z": 3, "a.other": 1}
BROKEN = {**BALANCED, "a.z": 2}
BROKEN_THEN = "B-1@d@2019-H2"


def _pack(bench: Bench, **changes: Any) -> RulePack:
    rules = [
        bench.rule("B-1", "a.x == a.y + a.z", **changes),
        bench.rule("P-1", "rate.a.rate >= previous.rate.a.rate", kind="plausibility", severity="advisory"),
        bench.rule("P-2", "a.other >= previous.a.other", kind="plausibility", severity="advisory"),
        bench.rule("P-3", "a.x >= same_period_last_year.a.x", kind="plausibility", severity="advisory"),
        bench.rule("RATE:a.rate:stated", Stated(stated="a.rate"), effective_from=date(2020, 1, 1)),
    ]
    return bench.pack(["a.x", "a.y", "a.z", "a.other"], rules, rates=(bench.rate("a.rate", "a.y", "a.x"),))


def _check(bench: Bench, before: dict[str, int], pack: RulePack | None = None, **changes: Any) -> Check:
    then = bench.submission("d", before, period=H2, **changes)
    return bench.check(pack or _pack(bench), bench.submission("d", BALANCED), previous=(then,))


def _marked(check: Check) -> dict[str, tuple[str, ...]]:
    return {one.id: one.earlier_disputed_by for one in check.outcomes if one.earlier_disputed_by}


def test_a_balance_broken_in_the_half_year_before_is_named_where_its_figures_are_compared(
    bench: Bench,
) -> None:
    check = _check(bench, BROKEN)
    (contradiction,) = check.earlier_contradictions
    assert (contradiction.id, contradiction.unit, contradiction.period) == (BROKEN_THEN, "d", "2019-H2")
    assert "10" in contradiction.reason
    assert set(contradiction.disputes["d"]) == {"a.x", "a.y", "a.z", "rate.a.rate"}
    assert _marked(check) == {"P-1@d@2020-H1": (BROKEN_THEN,)}


def test_no_verdict_and_no_acceptance_hangs_on_it(bench: Bench) -> None:
    sound, broken = _check(bench, BALANCED), _check(bench, BROKEN)
    assert [one.outcome for one in sound.outcomes] == [one.outcome for one in broken.outcomes]
    assert sound.accepted == broken.accepted
    assert sound.earlier_contradictions == ()
    assert _marked(sound) == {}


def test_the_finding_names_unit_period_and_rule_of_the_contradiction(bench: Bench) -> None:
    higher = {"a.x": 10, "a.y": 9, "a.z": 3}
    (finding,) = _check(bench, higher).findings
    assert finding.rule == "P-1"
    assert finding.message.endswith(
        "Số liệu kỳ trước dùng để so sánh đang mâu thuẫn (B-1 của huyện Đông, 6 tháng cuối năm 2019), "
        "cần làm rõ trước khi kết luận."
    )


def test_rules_younger_than_the_earlier_period_are_asked_of_it_all_the_same(bench: Bench) -> None:
    pack = _pack(bench, effective_from=date(2020, 1, 1))
    assert [one.id for one in _check(bench, BROKEN, pack).earlier_contradictions] == [BROKEN_THEN]


def test_rules_younger_than_the_later_period_are_not(bench: Bench) -> None:
    pack = _pack(bench, effective_from=date(2020, 7, 1))
    assert _check(bench, BROKEN, pack).earlier_contradictions == ()


@pytest.mark.parametrize("change", [{"severity": "advisory"}, {"kind": "plausibility"}])
def test_a_remark_on_the_earlier_period_disputes_nothing(bench: Bench, change: dict[str, str]) -> None:
    assert _check(bench, BROKEN, _pack(bench, **change)).earlier_contradictions == ()


def test_a_rate_stated_wrongly_then_disputes_its_own_rate_alone(bench: Bench) -> None:
    check = _check(bench, BALANCED, stated={"a.rate": "71%"})
    (contradiction,) = check.earlier_contradictions
    assert contradiction.disputes == {"d": ("rate.a.rate",)}
    assert set(_marked(check)) == {"P-1@d@2020-H1"}


def test_the_same_half_of_the_year_before_is_looked_at_too(bench: Bench) -> None:
    then = bench.submission("d", BROKEN, period=LAST_YEAR)
    check = bench.check(_pack(bench), bench.submission("d", BALANCED), same_period_last_year=(then,))
    assert _marked(check) == {"P-3@d@2020-H1": ("B-1@d@2019-H1",)}


def test_what_stood_before_the_earlier_period_contradicts_it_as_it_did_then(bench: Bench) -> None:
    carried = bench.rule("C-1", "a.other == previous.a.z")
    rules = [carried, bench.rule("P-2", "a.other >= previous.a.other", kind="plausibility")]
    pack = bench.pack(["a.z", "a.other"], rules)
    now = bench.submission("d", {"a.other": 5, "a.z": 1})
    before = bench.submission("d", {"a.other": 4, "a.z": 5}, period=H2)
    year_before = bench.submission("d", {"a.other": 0, "a.z": 3}, period=LAST_YEAR)
    check = bench.check(pack, now, previous=(before,), same_period_last_year=(year_before,))
    assert [one.id for one in check.earlier_contradictions] == ["C-1@d@2019-H2"]
    assert "P-2@d@2020-H1" in _marked(check)


def test_a_unit_below_disputes_the_figures_above_it_and_not_beside_it(bench: Bench) -> None:
    units = ("d", "d/x", "d/h")
    now = [bench.submission(unit, BALANCED) for unit in units]
    before = [bench.submission(unit, BROKEN if unit == "d/x" else BALANCED, period=H2) for unit in units]
    check = bench.check(_pack(bench), *now, previous=before)
    assert set(_marked(check)) == {"P-1@d@2020-H1", "P-1@d/x@2020-H1"}


def test_what_was_worked_out_from_disputed_parts_is_disputed(bench: Bench) -> None:
    whole = bench.indicator("a.whole", parts=("a.y", "a.z"))
    rules = [
        bench.rule("B-1", "a.y <= a.z"),
        bench.rule("P-1", "a.whole >= previous.a.whole", kind="plausibility"),
    ]
    pack = bench.pack(["a.y", "a.z", whole], rules)
    figures = {"a.y": 3, "a.z": 2}
    then = bench.submission("d", figures, period=H2)
    check = bench.check(pack, bench.submission("d", figures), previous=(then,))
    assert _marked(check)["P-1@d@2020-H1"] == (BROKEN_THEN,)


def test_a_failed_roll_up_then_disputes_the_parents_figure_alone(bench: Bench) -> None:
    additive = bench.indicator("a.x", additive=("bloc",))
    rules = [
        bench.rule("ROLLUP:a.x", RollUp(rollup="a.x"), applies_to=("bloc",)),
        bench.rule("P-1", "a.x >= previous.a.x", kind="plausibility"),
    ]
    pack = bench.pack([additive], rules)
    now = [bench.submission("d/h", {"a.x": 4}), bench.submission("d/h/a", {"a.x": 4})]
    before = [
        bench.submission("d/h", {"a.x": 4}, period=H2),
        bench.submission("d/h/a", {"a.x": 3}, period=H2),
    ]
    assert set(_marked(bench.check(pack, *now, previous=before))) == {"P-1@d/h@2020-H1"}
