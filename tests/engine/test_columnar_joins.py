"""A row finds the one row of another frame with its keys, or finds none and stays."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pytest

from compliance.engine.columnar_engines import open_engine
from compliance.engine.columnar_joins import look_up


@pytest.mark.parametrize("engine_name", ["polars", "duckdb"])
def test_a_row_without_its_like_stays_with_nothing_found(engine_name: str) -> None:
    engine = open_engine(engine_name)

    def frame(**columns: list[Any]) -> Any:
        return nw.from_native(engine.make(columns, dict.fromkeys(columns, "int"))).lazy()

    rows = frame(place=[1, 2, 3, 4], kind=[1, 1, 2, None], own=[10, 20, 30, 40])
    others = frame(place=[2, 3, 4], kind=[1, 1, 1], found=[200, 300, 400])
    known = engine.fetch(look_up(rows, others, "place", "kind").to_native())
    assert sorted((row["own"], row["found"]) for row in known if row["found"] is not None) == [(20, 200)]
    assert sorted(row["own"] for row in known) == [10, 20, 30, 40]
