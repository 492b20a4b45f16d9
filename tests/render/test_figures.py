from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from compliance.model.rulepack import Indicator
from compliance.model.submission import Interval, Observation
from compliance.render.figures import RateFigure, collect_rates, show_observation

if TYPE_CHECKING:
    from compliance.model.check import Check


def indicator(**changes: Any) -> Indicator:
    given = {"type": "count", "unit_of_measure": "hồ sơ", "levels": ("commune",), "description": ""}
    return Indicator(id="a.b", label="B", **{**given, **changes})


@pytest.mark.parametrize(
    ("value", "changes", "shown"),
    [
        (21035, {}, "21.035 hồ sơ"),
        (Decimal("205.5"), {"type": "amount", "unit_of_measure": "triệu đồng"}, "205,5 triệu đồng"),
        (Decimal("93.33"), {"type": "percent", "unit_of_measure": "%"}, "93,33%"),
        (True, {"type": "boolean", "unit_of_measure": "có hoặc không"}, "có"),
        (False, {"type": "boolean", "unit_of_measure": "có hoặc không"}, "không"),
    ],
)
def test_a_value_is_shown_with_its_unit(value: Any, changes: dict[str, Any], shown: str) -> None:
    observation = Observation(indicator="a.b", value=value, as_written="?")
    assert show_observation(observation, indicator(**changes)) == shown


@pytest.mark.parametrize(("reach", "word"), [("about", "khoảng"), ("over", "hơn"), ("under", "gần")])
def test_an_approximate_value_is_worded_so(reach: Any, word: str) -> None:
    observation = Observation(indicator="a.b", value=200, as_written="200", approximate=reach)
    assert show_observation(observation, indicator()) == f"{word} 200 hồ sơ"


def test_a_range_stays_as_it_was_written() -> None:
    observation = Observation(indicator="a.b", value=Interval(low=5, high=7), as_written="05 - 07")
    assert show_observation(observation, indicator(unit_of_measure="phút")) == "05 - 07 phút"


def test_a_rate_is_exact_and_shows_its_figures(long_phu: Check) -> None:
    rates = collect_rates(long_phu)["soc-trang/long-phu/cap-xa", "2020-H1"]
    assert rates["dossiers.late"] == RateFigure(Fraction(700, 18628), "7/18.628")
    assert rates["dossiers.late"].percent == "0,04%"


def test_a_rate_whose_figures_are_lacking_is_left_out(long_phu: Check) -> None:
    assert ("soc-trang/long-phu/cap-xa/xa-phu-huu", "2020-H1") not in collect_rates(long_phu)


def test_rates_stand_in_the_order_of_the_pack(long_phu: Check) -> None:
    order = [rate.id for rate in long_phu.pack.rates]
    for rates in collect_rates(long_phu).values():
        assert list(rates) == sorted(rates, key=order.index)
