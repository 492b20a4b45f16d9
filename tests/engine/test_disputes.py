from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from compliance.model.legal import Citation
from compliance.model.named_checks import RollUp, Stated

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack
    from tests.engine.conftest import Bench

LAW = Citation(instrument="cp/2019/1", grade="B")
BALANCED = {"a.x": 10, "a.y": 7, "a.z": 3}
BROKEN = {**BALANCED, "a.z": 2}


def balance(bench: Bench, **changes: Any) -> RulePack:
    return bench.pack(
        ["a.x", "a.y", "a.z", "a.other"],
        [
            bench.rule("B-1", "a.x == a.y + a.z", **changes),
            bench.rule("T-1", kind="target", measure="a.rate", at_least="a.goal"),
            bench.rule("T-2", kind="target", measure="a.free", at_least="a.goal"),
            bench.rule("RATE:a.rate:stated", Stated(stated="a.rate")),
        ],
        rates=(bench.rate("a.rate", "a.y", "a.x"), bench.rate("a.free", "a.other", "a.other")),
        targets=(bench.target("a.goal", "50", LAW),),
    )


def disputed(
    bench: Bench, pack: RulePack, figures: dict[str, dict[str, int]], **changes: Any
) -> dict[str, tuple[str, ...]]:
    reports = [bench.submission(unit, {"a.other": 1, **known}, **changes) for unit, known in figures.items()]
    return {item.id: item.disputed_by for item in bench.evaluate(pack, *reports) if item.disputed_by}


def test_a_failed_balance_disputes_the_targets_over_its_figures(bench: Bench) -> None:
    assert disputed(bench, balance(bench), {"d": BROKEN}) == {"T-1@d@2020-H1": ("B-1@d@2020-H1",)}


def test_a_balance_that_holds_disputes_nothing(bench: Bench) -> None:
    assert disputed(bench, balance(bench), {"d": BALANCED}) == {}


def test_figures_of_a_unit_below_are_disputed_above_it_and_not_beside_it(bench: Bench) -> None:
    found = disputed(bench, balance(bench), {"d": BALANCED, "d/x": BALANCED, "d/h": BROKEN})
    assert found == {
        "T-1@d@2020-H1": ("B-1@d/h@2020-H1",),
        "T-1@d/h@2020-H1": ("B-1@d/h@2020-H1",),
    }


def test_figures_of_a_parent_are_not_disputed_below_it(bench: Bench) -> None:
    assert set(disputed(bench, balance(bench), {"d": BROKEN, "d/x": BALANCED})) == {"T-1@d@2020-H1"}


def test_a_stated_rate_over_disputed_figures_is_disputed(bench: Bench) -> None:
    found = disputed(bench, balance(bench), {"d": BROKEN}, stated={"a.rate": "70%"})
    assert "RATE:a.rate:stated@d@2020-H1" in found


def test_a_wrong_stated_rate_disputes_no_figure(bench: Bench) -> None:
    assert disputed(bench, balance(bench), {"d": BALANCED}, stated={"a.rate": "71%"}) == {}


@pytest.mark.parametrize("change", [{"severity": "advisory"}, {"kind": "plausibility"}])
def test_a_remark_disputes_no_figure(bench: Bench, change: dict[str, str]) -> None:
    assert disputed(bench, balance(bench, **change), {"d": BROKEN}) == {}


def test_a_failed_roll_up_disputes_the_parents_figure_and_not_the_units(bench: Bench) -> None:
    pack = balance(bench)
    rollup = bench.rule("ROLLUP:a.y", RollUp(rollup="a.y"), applies_to=("bloc",))
    pack = bench.pack(pack.indicators, [*pack.rules, rollup], rates=pack.rates, targets=pack.targets)
    figures = {"d/h": BALANCED, "d/h/a": {"a.x": 10, "a.y": 6, "a.z": 4}}
    assert set(disputed(bench, pack, figures)) == {"T-1@d/h@2020-H1"}


def test_what_can_praise_is_disputed_though_it_is_no_target(bench: Bench) -> None:
    pack = balance(bench)
    praise = bench.rule("P-1", "a.y >= 1", kind="plausibility", severity="advisory", strength="Có kết quả.")
    pack = bench.pack(pack.indicators, [*pack.rules, praise], rates=pack.rates, targets=pack.targets)
    assert "P-1@d@2020-H1" in disputed(bench, pack, {"d": BROKEN})
