"""The smallest sets of figures whose change satisfies every identity, against trying everything."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.engine.cells import Cell
from compliance.engine.elimination import Row
from compliance.engine.identities import Constraint, Identities
from compliance.engine.localize import localize, solve_missing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.engine.elimination import Key, Number


def key(name: str) -> Key:
    return ("d", name)


def total(whole: str, *parts: str, sign: str = "=", rests_on: str = "") -> Row:
    terms = {key(whole): 1} | {key(part): -1 for part in parts}
    resting = frozenset({key(rests_on)} if rests_on else ())
    return Row(terms, 0, "=" if sign == "=" else "<=", resting)


def build(values: Mapping[str, int | None], *rows: Row, pinned: Sequence[str] = ()) -> Identities:
    """Identities over figures of one unit; a value of None is one that nobody wrote."""
    cells = {key(name): Cell(key(name), value, is_pinned=name in pinned) for name, value in values.items()}
    known: dict[Key, Number] = {key(name): value for name, value in values.items() if value is not None}

    def is_broken(row: Row) -> bool:
        return row.coefficients.keys() <= known.keys() and not row.holds(known)

    constraints = [
        Constraint(f"R-{place}", is_broken(row), (row,), None, row.keys) for place, row in enumerate(rows)
    ]
    return Identities(cells, tuple(constraints), ())


def smallest(identities: Identities) -> set[frozenset[str]]:
    """The smallest sets of the one group of broken identities, by the names of their figures."""
    (explanation,) = localize(identities)
    sets = [frozenset(change.key[1] for change in repair.changes) for repair in explanation.repairs]
    fewest = min(map(len, sets))
    return {one for one in sets if len(one) == fewest}


def test_nothing_is_suspected_where_everything_agrees() -> None:
    assert localize(build({"w": 5, "a": 2, "b": 3}, total("w", "a", "b"))) == ()


def test_of_one_broken_sum_every_figure_may_be_wrong() -> None:
    assert smallest(build({"w": 9, "a": 2, "b": 3}, total("w", "a", "b"))) == {
        frozenset("w"),
        frozenset("a"),
        frozenset("b"),
    }


def test_a_figure_that_another_identity_confirms_is_not_suspected_alone() -> None:
    identities = build({"w": 9, "a": 2, "b": 3, "x": 14, "y": 5}, total("w", "a", "b"), total("x", "w", "y"))
    assert smallest(identities) == {frozenset("a"), frozenset("b")}


def test_the_figure_that_two_broken_identities_share_is_the_one() -> None:
    identities = build({"w": 9, "a": 2, "b": 3, "x": 10, "y": 5}, total("w", "a", "b"), total("x", "w", "y"))
    (explanation,) = localize(identities)
    first = explanation.repairs[0]
    assert [(change.key[1], change.reach.low, change.reach.high) for change in first.changes] == [("w", 5, 5)]
    assert smallest(identities) == {frozenset("w")}


def test_no_figure_becomes_negative() -> None:
    assert smallest(build({"w": 1, "a": 2, "b": 3}, total("w", "a", "b"))) == {frozenset("w")}


def test_a_pinned_figure_is_not_doubted() -> None:
    identities = build({"w": 9, "a": 2, "b": 3}, total("w", "a", "b"), pinned=["w", "a"])
    assert smallest(identities) == {frozenset("b")}


def test_a_contradiction_between_pinned_figures_has_no_repair() -> None:
    (explanation,) = localize(build({"w": 9, "a": 2}, total("w", "a"), pinned=["w", "a"]))
    assert explanation.repairs == ()


def test_a_rate_that_is_doubted_lets_its_figures_be() -> None:
    identities = build(
        {"n": 9, "d": 2, "s": 50, "x": 9, "y": 2},
        total("n", "d", sign="<=", rests_on="s"),
        total("n", "x"),
        total("d", "y"),
    )
    assert smallest(identities) == {frozenset("s")}


def test_the_figure_that_fewer_identities_confirm_comes_first() -> None:
    identities = build(
        {"w": 9, "a": 2, "b": 3, "limit": 50},
        total("w", "a", "b"),
        total("a", "limit", sign="<="),
        total("w", "limit", sign="<="),
    )
    (explanation,) = localize(identities)
    assert [(repair.changes[0].key[1], repair.trust) for repair in explanation.repairs[:3]] == [
        ("b", 0),
        ("a", 1),
        ("w", 1),
    ]


def test_broken_identities_that_share_no_figure_are_explained_apart() -> None:
    identities = build({"w": 9, "a": 2, "x": 3, "y": 4}, total("w", "a"), total("x", "y"))
    assert [explanation.broken for explanation in localize(identities)] == [("R-0",), ("R-1",)]


def test_a_count_that_could_only_be_a_fraction_is_not_the_wrong_one_alone() -> None:
    doubled = Row({key("w"): 2, key("a"): -1}, 0)
    assert smallest(build({"w": 2, "a": 5}, doubled)) == {frozenset("a")}


def test_figures_that_nobody_wrote_take_up_what_they_can() -> None:
    identities = build({"w": 9, "a": 2, "b": None}, total("w", "a", "b"))
    assert localize(identities) == ()


def test_a_missing_figure_is_solved_for() -> None:
    identities = build({"w": 9, "a": 2, "b": None}, total("w", "a", "b"))
    reach = solve_missing(identities, key("b"))
    assert reach is not None
    assert (reach.low, reach.high) == (7, 7)


def test_a_missing_figure_is_not_solved_for_where_two_are() -> None:
    identities = build({"w": 9, "a": None, "b": None}, total("w", "a", "b"))
    reach = solve_missing(identities, key("b"))
    assert reach is not None
    assert (reach.low, reach.high) == (0, 9)


def test_a_set_that_was_not_looked_for_to_the_end_is_said_to_be_incomplete() -> None:
    parts = [f"p{place}" for place in range(40)]
    values = dict.fromkeys(parts, 1) | {"w": 50}
    (explanation,) = localize(build(values, total("w", *parts)))
    assert not explanation.is_complete
    assert len(explanation.repairs) == 24


def test_sixty_identities_of_figures_up_to_a_thousand_million_are_solved_exactly() -> None:
    values: dict[str, int] = {"n0": 10**9}
    rows = []
    for place in range(60):
        whole = values[f"n{place}"]
        values |= {f"n{place + 1}": whole - whole // 3, f"m{place}": whole // 3}
        rows.append(total(f"n{place}", f"n{place + 1}", f"m{place}"))
    right = values["n3"]
    values["n3"] = right + 1
    (explanation,) = localize(build(values, *rows))
    (change,) = explanation.repairs[0].changes
    assert (change.key[1], change.reach.low, change.reach.high) == ("n3", right, right)


NAMES = "abcde"
FACTORS = st.sampled_from((-1, 0, 0, 1))
SYSTEMS = st.tuples(
    st.lists(st.integers(0, 4), min_size=5, max_size=5),
    st.lists(
        st.tuples(
            st.lists(FACTORS, min_size=5, max_size=5), st.integers(-2, 2), st.sampled_from(("=", "<="))
        ),
        min_size=1,
        max_size=3,
    ),
)


def try_everything(values: Mapping[Key, int], rows: Sequence[Row], size: int) -> set[frozenset[str]]:
    """Every set of the size whose change lets all rows hold, in halves; each figure can be whole."""
    found = set()
    steps = [Fraction(step, 2) for step in range(41)] if size > 1 else [Fraction(step) for step in range(21)]
    for chosen in combinations(sorted(values), size):
        about = [row for row in rows if row.coefficients.keys() & set(chosen)]
        if not all(row.holds(values) for row in rows if row not in about):
            continue
        solutions = [
            changed
            for numbers in product(steps, repeat=size)
            if all(
                row.holds({**values, **(changed := dict(zip(chosen, numbers, strict=True)))}) for row in about
            )
        ]
        if all(
            any(changed[one] != values[one] and changed[one].denominator == 1 for changed in solutions)
            for one in chosen
        ):
            found.add(frozenset(name for _, name in chosen))
    return found


@settings(max_examples=150, deadline=None)
@given(SYSTEMS)
def test_the_smallest_sets_are_those_that_trying_everything_finds(
    system: tuple[list[int], list[tuple[list[int], int, str]]],
) -> None:
    numbers, equations = system
    rows = [
        Row(
            {key(name): factor for name, factor in zip(NAMES, factors, strict=True) if factor},
            constant,
            "=" if sign == "=" else "<=",
        )
        for factors, constant, sign in equations
        if any(factors)
    ]
    identities = build(dict(zip(NAMES, numbers, strict=True)), *rows)
    values = {key(name): number for name, number in zip(NAMES, numbers, strict=True)}
    explanations = localize(identities)
    if len(explanations) != 1:
        assert len(explanations) > 1 or all(row.holds(values) for row in rows)
        return
    sets = [frozenset(change.key[1] for change in repair.changes) for repair in explanations[0].repairs]
    for size in (1, 2):
        expected = try_everything(values, rows, size)
        if expected:
            assert {one for one in sets if len(one) == size} == expected
            assert min(map(len, sets)) == size
            return
    assert all(len(one) > 2 for one in sets)
