"""What the columnar engine leaves out, by name and with what would be needed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from compliance.engine.columnar_plan import plan_pack
from compliance.model.named_checks import PeerMeasure, Peers
from compliance.pipeline import load_pack


def plan_of(bench: Any, check: Any, maximum: str = "1000000000") -> Any:
    declared = [
        bench.indicator(name, minimum=Decimal(0), maximum=Decimal(maximum)) for name in ("a.p", "a.q", "a.r")
    ]
    rates = (bench.rate("a.first", "a.p", "a.q"),)
    pack = bench.pack([*declared, bench.indicator("a.free")], [bench.rule("R-1", check)], rates=rates)
    return plan_pack(bench.compile(pack))


def test_a_product_that_could_pass_64_bits_is_left_out_with_the_ranges_it_would_need(bench: Any) -> None:
    (left_out,) = plan_of(bench, "a.p * a.q * a.r > 0").left_out
    assert (left_out.rule, left_out.code) == ("R-1", "overflow")
    assert "a.p từ 0 đến 1000000; a.q từ 0 đến 1000000" in left_out.reason


def test_a_product_that_just_fits_is_planned(bench: Any) -> None:
    assert not plan_of(bench, "a.p * a.q > 0", "900000000").left_out
    assert plan_of(bench, "9 * a.p * a.q > 0").rules
    assert plan_of(bench, "10 * a.p * a.q > 0").left_out[0].code == "overflow"


@pytest.mark.parametrize(
    ("check", "code"),
    [
        ("a.free > 0", "no_range"),
        ("$round(a.p) > 0", "round"),
        (Peers(peers=PeerMeasure(measure="a.p", threshold=Decimal(2), min_units=3)), "peers"),
        ("a.p + 0.00000000001 > 0", "overflow"),
        ("rate.a.first > 0.00000000000001", "overflow"),
    ],
)
def test_what_cannot_be_decided_exactly_is_left_to_the_interpreter(bench: Any, check: Any, code: str) -> None:
    plan = plan_of(bench, check)
    assert [(item.rule, item.code) for item in plan.left_out] == [("R-1", code)]
    assert plan.rules == ()


def test_every_rule_of_the_long_phu_pack_is_planned() -> None:
    compiled, problems = load_pack("long-phu-2020")
    assert compiled is not None, problems
    plan = plan_pack(compiled)
    assert plan.left_out == ()
    assert [rule.rule for rule in plan.rules] == [rule.id for rule in compiled.pack.rules]
