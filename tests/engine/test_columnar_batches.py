"""Large tables are cut between trees of units, never within one."""

from __future__ import annotations

from typing import Any

import pytest

from compliance.engine.columnar_batches import cut_table, split_trees
from compliance.engine.columnar_engines import open_engine
from compliance.engine.register import Register
from compliance.model.submission import Unit


def trees(*names: str) -> Register:
    """Districts with a commune each."""
    units = [Unit(id=name, label=name, level="district") for name in names]
    units += [Unit(id=f"{name}/1", label=name, level="commune", parent=name) for name in names]
    return Register(tuple(units))


def test_a_tree_stays_in_one_batch() -> None:
    batches = split_trees(trees("a", "b", "c"), {"a": 1, "a/1": 9, "b/1": 10, "c/1": 10}, most=10)
    assert batches == {"a": 0, "a/1": 0, "b": 1, "b/1": 1, "c": 2, "c/1": 2}


def test_a_tree_without_rows_is_looked_at_too() -> None:
    batches = split_trees(trees("a", "b", "c"), {"b/1": 10, "c/1": 10}, most=10)
    assert batches == {"a": 0, "a/1": 0, "b": 0, "b/1": 0, "c": 1, "c/1": 1}


@pytest.mark.parametrize("name", ["polars", "duckdb"])
def test_every_batch_has_its_rows_and_its_units(tmp_path: Any, name: str) -> None:
    engine = open_engine(name)
    batches = split_trees(trees("a", "b", "c"), {"b/1": 1, "c/1": 1}, most=1)
    rows = engine.make({"unit": ["b/1", "c/1"]}, {"unit": "text"})
    units = engine.make({"unit": list(batches)}, {"unit": "text"})
    cut = [
        tuple(sorted(row["unit"] for row in engine.fetch(frame)) for frame in frames)
        for frames in cut_table(engine, rows, units, batches, tmp_path)
    ]
    assert cut == [(["b/1"], ["a", "a/1", "b", "b/1"]), (["c/1"], ["c", "c/1"])]
    engine.release()
