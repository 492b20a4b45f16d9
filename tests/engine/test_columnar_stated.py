"""Printed rates come out by columns as the interpreter says."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.columnar_samples import decide_by_columns, decide_by_interpreter

if TYPE_CHECKING:
    from tests.engine.conftest import Bench


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    "check",
    ["stated.a.first + stated.a.second == 100", "stated.a.first == 2 * stated.a.second"],
)
def test_an_equality_of_printed_rates_has_the_same_reach_by_columns(
    bench: Bench, engine: str, check: str
) -> None:
    rates = (bench.rate("a.first", "a.x", "a.w"), bench.rate("a.second", "a.y", "a.w"))
    pack = bench.pack(("a.w", "a.x", "a.y"), [bench.rule(check=check)], rates=rates)
    printed = product(
        ["99,88%", "99,87%", "96,3%", "66,7%", "100%"], ["0,13%", "0,14%", "3,8%", "33,34%", "0%"]
    )
    compiled = bench.compile(pack)
    decided = set()
    for first, second in printed:
        reports = [bench.submission("d", {}, stated={"a.first": first, "a.second": second})]
        cells = decide_by_interpreter(compiled, reports)
        by_columns = decide_by_columns(compiled, reports, engine)
        assert by_columns["R-1", "d", "2020-H1"] == cells["R-1", "d", "2020-H1"], (first, second)
        decided.add(cells["R-1", "d", "2020-H1"][0])
    assert decided == {"pass", "fail"}
