"""How a tree is walked and written out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from compliance.engine.syntax import (
    Binary,
    Call,
    Compare,
    Logic,
    Name,
    Node,
    Number,
    Text,
    Truth,
    Unary,
    leaves_of,
    names_of,
    start_of,
    write,
)

X, Y, Z = Name("a.x", 1), Name("a.y", 5), Name("a.z", 9)
ONE = Number(Decimal(1))


@pytest.mark.parametrize(
    ("tree", "written"),
    [
        (Binary("-", X, Binary("-", Y, Z)), "a.x - (a.y - a.z)"),
        (Binary("-", Binary("-", X, Y), Z), "a.x - a.y - a.z"),
        (Binary("*", Binary("+", X, Y), Z), "(a.x + a.y) * a.z"),
        (Binary("+", X, Binary("*", Y, Z)), "a.x + a.y * a.z"),
        (Unary("-", Binary("+", X, Y)), "-(a.x + a.y)"),
        (Binary("*", X, Number(Decimal(-3))), "a.x * -3"),
        (Unary("not", Logic("or", X, Y)), "not (a.x or a.y)"),
        (Unary("not", Compare("==", X, Y)), "not a.x == a.y"),
        (Compare("==", X, Unary("not", Y)), "a.x == (not a.y)"),
        (Compare("==", Compare("<", X, Y), Z), "a.x < a.y == a.z"),
        (Logic("and", Logic("or", X, Y), Z), "(a.x or a.y) and a.z"),
        (Logic("or", Logic("and", X, Y), Z), "a.x and a.y or a.z"),
        (Call("max", (X, Binary("+", Y, ONE))), "$max(a.x, a.y + 1)"),
        (Compare("!=", Name("unit.level"), Text("bloc")), 'unit.level != "bloc"'),
        (Compare("==", X, Truth(value=False)), "a.x == false"),
        (Number(Decimal("1E+3")), "1000"),
    ],
)
def test_a_tree_is_written_with_the_parentheses_that_it_needs(tree: Node, written: str) -> None:
    assert write(tree) == written


def test_names_may_be_shown_as_figures() -> None:
    figures = {"a.x": "21.035", "a.y": "20.549"}
    assert write(Compare("==", X, Binary("+", Y, ONE)), figures.__getitem__) == "21.035 == 20.549 + 1"


def test_leaves_are_read_from_left_to_right() -> None:
    tree = Logic("and", Unary("not", X), Compare("<", Call("min", (Y, ONE)), Binary("-", Z, X)))
    assert [*leaves_of(tree)] == [X, Y, ONE, Z, X]
    assert names_of(tree) == {"a.x", "a.y", "a.z"}


@pytest.mark.parametrize(
    ("tree", "at"),
    [
        (Unary("not", Compare("<", Y, Z)), 5),
        (Call("min", (), at=3), 3),
        (Binary("+", Call("abs", (Z,), 2), X), 2),
    ],
)
def test_a_node_begins_at_its_first_operand(tree: Node, at: int) -> None:
    assert start_of(tree) == at


def test_trees_that_say_the_same_are_equal_wherever_they_stand() -> None:
    assert Compare("<", Name("a.x", 3), ONE) == Compare("<", Name("a.x", 8), ONE)
