"""The distance from the peers' median is told exactly, however close to the threshold it comes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.engine.columnar_plan import plan_pack
from compliance.model.named_checks import PeerMeasure, Peers
from tests.columnar_samples import decide_by_columns, decide_by_interpreter, differing

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 10**9
PAIRS = st.tuples(st.integers(0, MOST), st.integers(1, MOST))
COMMUNES = ("d/x/1", "d/x/2", "d/x/3")


def compared(bench: Any, rates: Sequence[tuple[int, int]], threshold: Decimal, engine: str) -> Any:
    """The rates of three communes, by columns; they come out as the interpreter says."""
    figures = [bench.indicator(name, minimum=Decimal(0), maximum=Decimal(MOST)) for name in ("a.p", "a.q")]
    check = Peers(peers=PeerMeasure(measure="a.share", threshold=threshold, min_units=3))
    pack = bench.pack(figures, [bench.rule("R-1", check)], rates=(bench.rate("a.share", "a.p", "a.q"),))
    compiled = bench.compile(pack)
    submissions = [
        bench.submission(unit, {"a.p": above, "a.q": below})
        for unit, (above, below) in zip(COMMUNES, rates, strict=True)
    ]
    decided = decide_by_columns(compiled, submissions, engine)
    assert differing(decide_by_interpreter(compiled, submissions), decided) == []
    return {unit: decided["R-1", unit, "2020-H1"] for unit in COMMUNES}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    ("own", "reason"), [((1, 2), "near_peers"), ((MOST // 2 + 1, MOST), "far_from_peers")]
)
def test_a_distance_of_the_threshold_is_near_and_a_billionth_more_is_far(
    bench: Any, own: tuple[int, int], reason: str, engine: str
) -> None:
    decided = compared(bench, [own, (2, 5), (2, 5)], Decimal(10), engine)
    assert decided["d/x/1"][1] == reason


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(PAIRS, PAIRS, PAIRS), st.sampled_from([-1, 0, 1]))
def test_any_three_rates_come_out_as_the_interpreter_says_at_the_very_threshold(
    bench: Any, rates: tuple[tuple[int, int], ...], off: int
) -> None:
    exact = [Fraction(100 * above, below) for above, below in rates]
    gap = abs(exact[0] - median(exact))
    threshold = Decimal(max(0, int(gap * MOST) + off)) / MOST
    compared(bench, rates, threshold, "polars")


def test_a_rate_whose_digits_cannot_be_written_out_is_left_with_what_it_would_need(bench: Any) -> None:
    wide = [bench.indicator(name, minimum=Decimal(0), maximum=Decimal(10**10)) for name in ("a.p", "a.q")]
    check = Peers(peers=PeerMeasure(measure="a.share", threshold=Decimal(5), min_units=3))
    pack = bench.pack(wide, [bench.rule("R-1", check)], rates=(bench.rate("a.share", "a.p", "a.q"),))
    (left_out,) = plan_pack(bench.compile(pack)).left_out
    assert left_out.code == "overflow"
    assert "a.q từ 0 đến 1000000000" in left_out.reason
