from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.reporting.units import UnitTree

if TYPE_CHECKING:
    from tests.reporting.conftest import Bench


@pytest.fixture
def tree(bench: Bench) -> UnitTree:
    return UnitTree(bench.pack.units)


def test_units_stand_below_those_that_hold_them(tree: UnitTree) -> None:
    assert tree.children("d") == ("d/a", "d/c")
    assert tree.descendants("d/c") == ("d/c/dn", "d/c/ph", "d/c/ld")
    assert tree.stands_below("d/c/ph", "d")
    assert not tree.stands_below("d", "d")


def test_blocs_are_the_blocs_right_below(tree: UnitTree) -> None:
    assert (tree.blocs("d"), tree.blocs("d/c")) == (("d/a", "d/c"), ())


@pytest.mark.parametrize(
    ("units", "roots"),
    [
        (("d/c/ph", "d", "d/a"), ("d",)),
        (("d/c/ph", "d/c", "d/a/tp"), ("d/c", "d/a/tp")),
        (("d/c/ph", "d/c/dn"), ("d/c/dn", "d/c/ph")),
    ],
)
def test_the_widest_units_stand_below_no_other(
    tree: UnitTree, units: tuple[str, ...], roots: tuple[str, ...]
) -> None:
    assert tree.roots(units) == roots


def test_each_level_acts_through_its_own_body(tree: UnitTree) -> None:
    assert tree.name_bodies(("d", "d/c", "d/a/tp", "d/c/ph")) == (
        "UBND huyện Long Phú",
        "các đơn vị thuộc khối cấp xã",
        "Phòng Tư pháp",
        "UBND xã Phú Hữu",
    )
