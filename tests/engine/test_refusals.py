"""Where an expression is wrong, and how that is shown."""

from __future__ import annotations

import pytest

from compliance.engine.refusals import locate, refuse


@pytest.mark.parametrize(
    ("at", "place"), [(0, (1, 1)), (3, (1, 4)), (4, (2, 1)), (5, (3, 1)), (7, (3, 3)), (8, (3, 4))]
)
def test_lines_and_columns_count_from_one(at: int, place: tuple[int, int]) -> None:
    assert locate("abc\n\nxyz", at) == place


def test_what_cannot_be_printed_is_shown_escaped() -> None:
    assert refuse("character", 0, "\x00").values["written"] == r"\x00"


def test_the_values_of_a_message_are_texts() -> None:
    assert refuse("too_long", 0, "x", length=3).values == {"written": "x", "length": "3"}
