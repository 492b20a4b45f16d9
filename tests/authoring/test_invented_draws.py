"""Draws: the same in Python and in SQL, from the seed, the purpose and the number alone."""

from __future__ import annotations

from collections import Counter

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.authoring.invented_draws import LIMIT, Draws


@given(
    seed=st.integers(0, 10**30),
    purpose=st.text("abcdefghijklmnopqrstuvwxyz .", max_size=30),
    key=st.integers(0, 2**62),
)
def test_sql_draws_what_python_draws(seed: int, purpose: str, key: int) -> None:
    draws = Draws(seed)
    ((drawn,),) = duckdb.execute(f"SELECT {draws.sql(purpose, f'{key}::BIGINT')}").fetchall()
    assert drawn == draws.number(purpose, key)
    assert 0 <= drawn < LIMIT


def test_a_draw_stays_the_same_from_one_version_to_the_next() -> None:
    draws = Draws(2020)
    assert [draws.number("received", key) for key in (0, 1, 10**9)] == [415192997, 446725871, 1431602274]


def test_a_draw_lies_between_its_bounds() -> None:
    draws = Draws(7)
    assert {draws.between("unit", key, 3, 5) for key in range(200)} == {3, 4, 5}


@pytest.mark.parametrize("other", ["resolved", "field", "order"])
def test_draws_for_two_purposes_do_not_go_together(other: str) -> None:
    draws = Draws(7)
    pairs = Counter((draws.number("due", key) % 10, draws.number(other, key) % 10) for key in range(20_000))
    assert len(pairs) == 100
    assert max(pairs.values()) < 2 * min(pairs.values())


def test_two_seeds_draw_differently() -> None:
    assert Draws(1).number("received", 5) != Draws(2).number("received", 5)
