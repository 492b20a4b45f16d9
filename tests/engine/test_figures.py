from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.engine.figures import Figure, show_percent


def test_a_text_is_no_number() -> None:
    with pytest.raises(TypeError):
        _ = Figure(name="unit.level", label="", measure="text", value="commune").exact


@given(exact=st.fractions(0, 100, max_denominator=10**6), limit=st.sampled_from([0, 90, 99, 100]))
def test_a_percentage_reads_like_a_limit_only_where_it_is_the_limit(exact: Fraction, limit: int) -> None:
    shown = show_percent(exact, apart_from=[Fraction(limit)])
    assert (shown == f"{limit}%") == (exact == limit)
