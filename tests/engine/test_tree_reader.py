"""What of the library's trees is read, and what never is."""

from __future__ import annotations

import warnings
from decimal import Decimal

import pytest
import rule_engine

from compliance.engine.guard import Token, read_tokens
from compliance.engine.syntax import Compare, Name, Number, leaves_of
from compliance.engine.tree_reader import ForeignConstructError, read_tree


@pytest.mark.parametrize(
    "expression",
    [
        "a =~ 'x'",
        "a ** b",
        "a / b",
        "a // b",
        "a % b",
        "a & b",
        "a << b",
        "a in b",
        "a ? b : c",
        "a ?? b",
        "[a, b]",
        "{a, b}",
        "{a: b}",
        "a[0]",
        "a[0:1]",
        "[x for x in a]",
        "null",
        "d'2020-01-01'",
        "t'P1D'",
        "b'x'",
        "a(1).b",
    ],
)
def test_a_construct_that_the_language_of_packs_lacks_is_not_read(expression: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = rule_engine.Rule(expression).statement.expression
    tokens = [Token("name", name, 0) for name in "abcdefgh"]
    with pytest.raises(ForeignConstructError):
        read_tree(tree, tokens)


def test_every_operand_has_its_place() -> None:
    expression = "$abs(a.b - 2 * 3) > c.d and not e.f == 1.5"
    tree = read_tree(rule_engine.Rule(expression).statement.expression, read_tokens(expression)[0])
    assert [(leaf, leaf.at) for leaf in leaves_of(tree)] == [
        (Name("a.b"), 5),
        (Number(Decimal(6)), 11),
        (Name("c.d"), 20),
        (Name("e.f"), 32),
        (Number(Decimal("1.5")), 39),
    ]


def test_a_constant_at_the_end_of_folded_ones_has_a_place_all_the_same() -> None:
    expression = "1 * 2 + 3 == a.b"
    tree = read_tree(rule_engine.Rule(expression).statement.expression, read_tokens(expression)[0])
    assert isinstance(tree, Compare)
    assert [leaf.at for leaf in leaves_of(tree)] == [0, 13]
