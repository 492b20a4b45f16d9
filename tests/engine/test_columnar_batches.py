"""Batches of the columnar engine hold whole trees."""

from __future__ import annotations

from compliance.engine.columnar_batches import split_trees
from compliance.engine.register import Register
from compliance.model.submission import Unit


def register_of(districts: int, communes: int) -> Register:
    units = []
    for place in range(districts):
        district = f"d{place}"
        units.append(Unit(id=district, label=district, level="district"))
        units += [
            Unit(id=f"{district}/{below}", label="", level="commune", parent=district)
            for below in range(communes)
        ]
    return Register(units)


def test_a_tree_is_never_cut() -> None:
    register = register_of(districts=7, communes=3)
    batches = split_trees(register, dict.fromkeys(register.units, 2), 20)
    assert len(set(batches.values())) > 1
    for unit in register.units:
        assert batches[unit] == batches[unit.partition("/")[0]]


def test_batches_are_about_alike() -> None:
    register = register_of(districts=25, communes=3)
    batches = split_trees(register, dict.fromkeys(register.units, 1), 40)
    sizes = [list(batches.values()).count(batch) for batch in range(max(batches.values()) + 1)]
    assert sum(sizes) == 100
    assert max(sizes) - min(sizes) <= 4


def test_a_tree_beyond_the_size_of_a_batch_stands_alone() -> None:
    register = register_of(districts=2, communes=9)
    batches = split_trees(register, dict.fromkeys(register.units, 1), 5)
    assert batches["d0"] != batches["d1"]


def test_a_small_table_is_one_batch() -> None:
    register = register_of(districts=3, communes=2)
    assert set(split_trees(register, dict.fromkeys(register.units, 1), 1000).values()) == {0}


def test_a_unit_without_rows_stands_with_its_tree() -> None:
    register = register_of(districts=2, communes=2)
    batches = split_trees(register, {"d0/0": 50, "d1/1": 50}, 50)
    assert batches["d0"] == batches["d0/1"] == batches["d0/0"]
    assert batches["d1"] == batches["d1/0"] != batches["d0"]
