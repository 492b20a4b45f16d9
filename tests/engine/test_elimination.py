"""What rows imply for the figures that stay, and where a figure can lie."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from compliance.engine.elimination import Reach, Row, eliminate, reach_of

A, B, C = ("d", "a.a"), ("d", "a.b"), ("d", "a.c")
S = ("d", "stated.a.s")


def test_eliminating_a_figure_joins_the_equalities_that_share_it() -> None:
    rows = [Row({A: 1, B: -1}, -3), Row({A: 2, C: -1}, 0)]
    (implied,) = eliminate(rows, {A})
    assert implied in (Row({B: 2, C: -1}, 6), Row({B: -2, C: 1}, -6))


def test_eliminating_a_figure_pairs_its_upper_with_its_lower_bounds() -> None:
    rows = [Row({A: 1, B: -1}, 0, "<="), Row({A: -1, C: 1}, 0, "<")]
    assert eliminate(rows, {A}) == (Row({C: 1, B: -1}, 0, "<"),)


def test_what_follows_rests_on_the_stated_rates_of_both_rows() -> None:
    rows = [Row({A: 1, B: -1}, 0, rests_on=frozenset({S})), Row({A: 1, C: -1}, 0)]
    (implied,) = eliminate(rows, {A})
    assert implied.keys == {B, C, S}


def test_what_holds_for_any_figures_is_left_out() -> None:
    rows = [Row({A: 1, B: -1}, 0), Row({A: -1}, 0, "<=")]
    assert eliminate(rows, {A}) == ()


def test_a_row_with_the_same_terms_in_another_order_is_the_same() -> None:
    assert len({Row({A: 1, B: -1}, 0), Row({B: -1, A: 1}, 0)}) == 1


def test_a_figure_lies_between_the_nearest_bounds() -> None:
    rows = [Row({A: 3}, -10, "<"), Row({A: 1}, -8, "<="), Row({A: -2, B: 1}, 0, "<=")]
    reach = reach_of(rows, A, {B: 5})
    assert reach == Reach(Fraction(5, 2), Fraction(10, 3), open_low=False, open_high=True)
    assert reach.whole == (3, 3)


def test_an_open_bound_is_no_number_of_the_figure() -> None:
    reach = reach_of([Row({A: 1}, -4, "<"), Row({A: -1}, 3, "<=")], A, {})
    assert reach.whole == (3, 3)
    assert not reach.contains(4)
    assert reach.contains(3)


def test_bounds_that_cross_leave_nothing() -> None:
    assert reach_of([Row({A: 1}, -4, "<"), Row({A: -1}, 4, "<=")], A, {}).is_empty


SMALL = st.integers(-2, 2)
ROWS = st.lists(
    st.builds(
        lambda a, b, c, constant, sign: Row(
            {key: factor for key, factor in ((A, a), (B, b), (C, c)) if factor}, constant, sign
        ),
        SMALL,
        SMALL,
        SMALL,
        st.integers(-4, 4),
        st.sampled_from(("=", "<=", "<")),
    ),
    max_size=4,
)


@given(ROWS, st.integers(0, 3), st.integers(0, 3))
def test_whatever_can_be_completed_satisfies_what_is_implied(rows: list[Row], b: int, c: int) -> None:
    """And the other way round: bounds are multiples of a half, so a grid of twelfths tells."""
    bounded = [*rows, Row({A: -1}, 0, "<="), Row({A: 1}, -6, "<=")]
    can_be = any(
        all(row.holds({A: Fraction(step, 12), B: b, C: c}) for row in bounded) for step in range(6 * 12 + 1)
    )
    implied = eliminate(bounded, {A})
    assert all(row.holds({B: b, C: c}) for row in implied) == can_be
