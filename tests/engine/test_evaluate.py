from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.engine.runs import UnknownUnitError
from compliance.model.named_checks import (
    Cites,
    PeerMeasure,
    Peers,
    Present,
    RollUp,
    Stated,
    Submitted,
    Together,
)
from compliance.model.submission import Period

if TYPE_CHECKING:
    from compliance.model.findings import Outcome
    from compliance.model.rulepack import RulePack
    from tests.engine.conftest import Bench

UNITS = ("d", "d/h", "d/x", "d/h/a", "d/x/1", "d/x/2", "d/x/3")


def every_kind(bench: Bench) -> RulePack:
    """A rule of each kind of check."""
    peers = PeerMeasure(measure="a.rate", threshold=Decimal(30), min_units=3)
    return bench.pack(
        [bench.indicator("a.x", additive=("district", "bloc")), "a.y"],
        [
            bench.rule("E-1", "a.x <= a.y"),
            bench.rule("E-2", "a.x > 0", severity="advisory"),
            bench.rule("P-1", Present(present=("a.x",))),
            bench.rule("G-1", Together(together=("a.x", "a.y")), severity="must_explain"),
            bench.rule("C-1", Cites(cites="one_date")),
            bench.rule("S-1", Submitted(submitted="children"), applies_to=("district", "bloc")),
            bench.rule("N-1", Peers(peers=peers), applies_to=("commune",)),
            bench.rule("RATE:a.rate:stated", Stated(stated="a.rate")),
            bench.rule("ROLLUP:a.x", RollUp(rollup="a.x"), applies_to=("district", "bloc")),
            bench.rule("T-1", kind="target", measure="a.rate", at_least="a.goal"),
        ],
        rates=(bench.rate("a.rate", "a.x", "a.y"),),
        targets=(bench.target("a.goal", "50", bench.citation("x/1")),),
    )


def ids(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [outcome.id for outcome in outcomes]


def test_every_rule_has_an_outcome_on_every_submission(bench: Bench) -> None:
    pack = every_kind(bench)
    found = bench.evaluate(pack, *(bench.submission(unit, {}) for unit in UNITS))
    assert sorted(ids(found)) == sorted(f"{rule.id}@{unit}@2020-H1" for rule in pack.rules for unit in UNITS)


def test_outcomes_stand_by_severity_then_unit_then_rule(bench: Bench) -> None:
    rules = [
        bench.rule("B-1", "a.x > 0"),
        bench.rule("A-1", "a.x > 0", severity="advisory"),
        bench.rule("A-2", "a.x > 0"),
    ]
    reports = [bench.submission(unit, {"a.x": 1}) for unit in ("d/x/1", "d/x", "d")]
    found = bench.evaluate(bench.pack(["a.x"], rules), *reports)
    assert [(item.rule, item.unit) for item in found] == [
        ("A-2", "d"),
        ("B-1", "d"),
        ("A-2", "d/x"),
        ("B-1", "d/x"),
        ("A-2", "d/x/1"),
        ("B-1", "d/x/1"),
        ("A-1", "d"),
        ("A-1", "d/x"),
        ("A-1", "d/x/1"),
    ]


figures = st.fixed_dictionaries({}, optional={"a.x": st.integers(0, 9), "a.y": st.integers(0, 9)})


@given(data=st.data(), known=st.lists(figures, min_size=len(UNITS), max_size=len(UNITS)))
def test_the_order_of_submissions_never_matters(bench: Bench, data: st.DataObject, known: list[Any]) -> None:
    reports = [bench.submission(unit, values) for unit, values in zip(UNITS, known, strict=True)]
    pack = every_kind(bench)
    assert bench.evaluate(pack, *reports) == bench.evaluate(pack, *data.draw(st.permutations(reports)))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"applies_to": ("commune",)}, "other_level"),
        ({"effective_from": date(2020, 7, 1)}, "not_yet_effective"),
        ({"effective_until": date(2020, 6, 29)}, "no_longer_effective"),
    ],
)
def test_a_rule_outside_its_level_or_time_says_so(bench: Bench, change: dict[str, Any], code: str) -> None:
    pack = bench.pack(["a.x"], [bench.rule(check="a.x > 0", **change)])
    outcome = bench.outcome(pack, bench.submission("d", {"a.x": 0}))
    assert (outcome.outcome, outcome.reason_code) == ("not_applicable", code)


def test_completeness_is_not_asked_of_an_excerpt(bench: Bench) -> None:
    pack = bench.pack(["a.x"], [bench.rule(check=Present(present=("a.x",)), kind="completeness")])
    outcome = bench.outcome(pack, bench.submission("d/x", {}, reported_by="d"))
    assert (outcome.outcome, outcome.reason_code) == ("not_applicable", "excerpt")


def test_each_period_is_evaluated_by_itself(bench: Bench) -> None:
    pack = bench.pack(["a.x"], [bench.rule(check="a.x > 0")])
    reports = [
        bench.submission("d", {"a.x": value}, period=Period(year=year, half=1))
        for year, value in ((2020, 0), (2019, 1))
    ]
    assert {item.period: item.outcome for item in bench.evaluate(pack, *reports)} == {
        "2019-H1": "pass",
        "2020-H1": "fail",
    }


def test_an_earlier_submission_of_the_same_run_is_the_period_before(bench: Bench) -> None:
    pack = bench.pack(["a.x"], [bench.rule(check="a.x >= previous.a.x")])
    reports = [
        bench.submission("d", {"a.x": 1}),
        bench.submission("d", {"a.x": 2}, period=Period(year=2019, half=2)),
    ]
    assert bench.outcome(pack, *reports).outcome == "no_data"
    assert [item.outcome for item in bench.evaluate(pack, *reports)] == ["no_data", "fail"]


def test_a_unit_that_the_register_lacks_is_a_mistake_of_the_caller(bench: Bench) -> None:
    with pytest.raises(UnknownUnitError):
        bench.evaluate(bench.pack([], [bench.rule(check="period.days > 0")]), bench.submission("nowhere", {}))
