"""Many units are named by bloc, and all of a bloc by their number."""

from __future__ import annotations

import pytest

from compliance.model.submission import Unit
from compliance.reporting.unit_lists import count_units, name_bodies, name_units
from compliance.reporting.units import UnitTree

NAMES = ("thị trấn Long Phú", "xã Phú Hữu", "xã Long Đức", "xã Tân Hưng", "xã Hậu Thạnh")


def _tree(names: tuple[str, ...] = NAMES, *, labelled: str = "UBND {}") -> UnitTree:
    communes = tuple(
        Unit(id=f"d/c/{place}", label=labelled.format(name), short_label=name, level="commune", parent="d/c")
        for place, name in enumerate(names)
    )
    offices = tuple(
        Unit(id=f"d/a/{place}", label=f"Phòng {name}", level="agency", parent="d/a")
        for place, name in enumerate("ABCD")
    )
    return UnitTree(
        (
            Unit(id="d", label="huyện Long Phú", short_label="toàn huyện", level="district"),
            Unit(id="d/a", label="khối cấp huyện", level="bloc", parent="d"),
            Unit(id="d/c", label="khối cấp xã", level="bloc", parent="d"),
            *offices,
            *communes,
        )
    )


def _all(bloc: str, count: int) -> tuple[str, ...]:
    return tuple(f"d/{bloc}/{place}" for place in range(count))


def test_few_units_are_named_one_by_one_in_the_order_of_the_register() -> None:
    assert name_units(_tree(), ("d/c/1", "d/a/0", "d")) == "huyện Long Phú, Phòng A và UBND xã Phú Hữu"


def test_all_of_a_bloc_are_told_by_their_number() -> None:
    assert name_units(_tree(), (*_all("c", 5), *_all("a", 4))) == (
        "4/4 cơ quan thuộc khối cấp huyện và UBND 5/5 xã, thị trấn"
    )


def test_many_that_are_not_all_are_counted_and_named() -> None:
    assert name_units(_tree(), _all("c", 4)) == (
        "UBND 4/5 xã, thị trấn (thị trấn Long Phú, xã Phú Hữu, xã Long Đức và xã Tân Hưng)"
    )


def test_communes_that_the_register_names_without_a_committee_are_told_without_one() -> None:
    assert name_bodies(_tree(labelled="{}"), _all("c", 5)) == "5/5 xã, thị trấn"


def test_who_acts_for_a_district_and_a_bloc() -> None:
    assert name_bodies(_tree(), ("d", "d/c")) == "UBND huyện Long Phú và các đơn vị thuộc khối cấp xã"


def test_places_of_other_kinds_are_units() -> None:
    assert name_units(_tree(("A", "B", "C", "D")), _all("c", 4)) == "UBND 4/4 đơn vị thuộc khối cấp xã"


@pytest.mark.parametrize(
    ("units", "counted"),
    [
        (("d/c/1", "d/c/2"), "2/5 xã, thị trấn"),
        (("d/a/0", "d/c/2"), "1/4 cơ quan thuộc khối cấp huyện và 1/5 xã, thị trấn"),
        (("d/a", "d/c/2"), "2 đơn vị"),
    ],
)
def test_units_are_counted_by_bloc(units: tuple[str, ...], counted: str) -> None:
    assert count_units(_tree(), units) == counted
