from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.engine.arithmetic import compute, explain, explain_ranges, write_with
from compliance.engine.figures import Figure

if TYPE_CHECKING:
    from compliance.engine.syntax import Node
    from tests.engine.conftest import Bench


def tree(bench: Bench, check: str) -> Node:
    shares = [bench.indicator(f"a.{name}", type="percent") for name in ("s", "t")]
    numbers = [bench.indicator(f"a.{name}") for name in ("w", "x", "y", "z")]
    return bench.compile(bench.pack([*numbers, *shares], [bench.rule(check=check)])).expressions["R-1"].tree


def counts(**values: int) -> dict[str, Figure]:
    return {
        f"a.{name}": Figure(name=f"a.{name}", label=name, measure="count", value=value)
        for name, value in values.items()
    }


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("a.x == a.y", "1.000 = 1.000"),
        ("a.x != a.z", "1.000 ≠ 2"),
        ("a.x < a.y", "1.000 ≥ 1.000"),
        ("a.x - a.y == a.z", "1.000 − 1.000 = 0 ≠ 2"),
        ("a.z * (a.x + a.y) == 4000", "2 × (1.000 + 1.000) = 4.000 = 4.000"),
        ("a.x - (a.y - a.z) == 2", "1.000 − (1.000 − 2) = 2 = 2"),
        ("$max(a.x, a.z) == a.y", "số lớn nhất(1.000; 2) = 1.000 = 1.000"),
        ("$abs(a.z - a.x) <= 998", "trị tuyệt đối(2 − 1.000) = 998 ≤ 998"),
        ("-a.z < 0", "−2 < 0"),
    ],
)
def test_a_comparison_is_said_with_its_totals_and_the_sign_that_is_true(
    bench: Bench, check: str, said: str
) -> None:
    assert explain(tree(bench, check), counts(x=1_000, y=1_000, z=2)) == said


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("a.s + a.t == 100", "99,96% + 0,03% = 99,99% ≠ 100%"),
        ("$max(a.s, -a.t) < 100", "số lớn nhất(99,96%; −0,03%) = 99,96% < 100%"),
        ("2 * a.t < a.s", "2 × 0,03% = 0,06 < 99,96%"),
    ],
)
def test_percentages_keep_their_sign_in_totals_and_beside_them(bench: Bench, check: str, said: str) -> None:
    figures = {
        name: Figure(name=name, label="", measure="percent", value=Decimal(value))
        for name, value in (("a.s", "99.96"), ("a.t", "0.03"))
    }
    assert explain(tree(bench, check), figures) == said


def test_either_of_two_conditions_is_said_as_it_is_asked(bench: Bench) -> None:
    check = "not (a.x > 5 or a.y > 5)"
    assert explain(tree(bench, check), counts(x=9, y=1)) == "không phải (9 > 5 hoặc 1 > 5)"


def test_where_every_condition_holds_all_are_said(bench: Bench) -> None:
    assert explain(tree(bench, "a.x > 0 and a.y > 0"), counts(x=1, y=2)) == "1 > 0 và 2 > 0"


@pytest.mark.parametrize(
    "check",
    [
        "low.a.x <= high.a.y",
        "low.a.x <= high.a.y and high.a.x >= high.a.y",
        "low.a.x == high.a.y and high.a.x == low.a.y",
        "low.a.x <= high.a.y and a.w > 0",
    ],
)
def test_other_conditions_are_no_meeting_of_ranges(bench: Bench, check: str) -> None:
    assert explain_ranges(tree(bench, check), {}) is None


def test_rounding_for_print_is_half_up(bench: Bench) -> None:
    left = tree(bench, "$round(a.s, 1) == 0")
    figures = {"a.s": Figure(name="a.s", label="", measure="percent", value=Decimal("0.25"))}
    assert compute(getattr(left, "left"), figures) == Fraction(3, 10)  # noqa: B009 - the tree is a comparison


@given(x=st.integers(0, 9), y=st.integers(0, 9), z=st.integers(0, 9))
@pytest.mark.parametrize(
    "check",
    ["a.x - (a.y + a.z) == 0", "a.x * (a.y - a.z) == 0", "(a.x + a.y) * a.z == 0", "a.x - a.y - a.z == 0"],
)
def test_what_is_printed_computes_to_what_was_computed(
    bench: Bench, check: str, x: int, y: int, z: int
) -> None:
    node = tree(bench, check)
    figures = counts(x=x, y=y, z=z)
    left = write_with(node, lambda name: figures[name].number).split(" = ")[0]
    assert eval(left.replace("−", "-").replace("×", "*")) == compute(getattr(node, "left"), figures)  # noqa: B009, S307 - digits and signs only
