from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.engine.register import Register

if TYPE_CHECKING:
    from tests.engine.conftest import Bench


@pytest.fixture
def register(bench: Bench) -> Register:
    return Register(bench.units)


def test_children_stand_right_below_in_the_registers_order(register: Register) -> None:
    assert register.children("d") == ("d/h", "d/x")


def test_ancestors_are_named_from_the_nearest_up(register: Register) -> None:
    assert register.ancestors("d/x/1") == ("d/x", "d")


def test_bodies_are_the_agencies_and_communes_below_without_the_blocs(register: Register) -> None:
    assert [register.bodies(unit) for unit in ("d", "d/h", "d/x", "d/x/1")] == [4, 1, 3, 0]


def test_peers_have_the_same_level_and_parent(register: Register) -> None:
    assert register.peers("d/x/1") == ("d/x/1", "d/x/2", "d/x/3")


def test_a_unit_without_parent_has_no_peer_but_itself(register: Register) -> None:
    assert register.peers("d") == ("d",)


def test_a_district_stands_before_its_blocs_and_these_before_the_rest(register: Register) -> None:
    assert sorted(["d/x/1", "d/h/a", "d/x", "d"], key=register.order.__getitem__) == [
        "d",
        "d/x",
        "d/h/a",
        "d/x/1",
    ]


def test_a_parent_comes_after_the_parents_below_it(register: Register) -> None:
    assert register.parents_lowest_first() == ("d/h", "d/x", "d")


def test_units_are_named_by_their_short_labels(register: Register) -> None:
    assert register.names(["d/h", "d/h/a"]) == "cấp huyện, Phòng A"
