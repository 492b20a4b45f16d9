"""Folding moves no character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.proofreading.folding import fold


@given(st.text())
def test_the_three_copies_have_one_length(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.plain) == len(folded.lower)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("uỷ ban", "ủy ban"), ("Tỉ lệ", "tỷ lệ"), ("05–07", "05-07"), ("５％", "5%")],
)
def test_spellings_of_one_word_are_alike(one: str, other: str) -> None:
    assert fold(one).lower == fold(other).lower


def test_the_vowel_after_q_keeps_its_tone() -> None:
    assert fold("Quý II").lower == "quý ii"
