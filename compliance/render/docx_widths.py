"""How wide is each column of a table in Word, so that its content fits and the table stays short?

A column is never narrower than its longest word, nor so narrow that a line holds one word. What is left goes,
millimetre by millimetre, to the column whose cells would otherwise make the rows tallest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LETTER = 2.1
"""Millimetres of a letter of Times New Roman at 12 pt, with some room for capitals and digits."""
_MARGINS = 5
"""Millimetres left and right of the words in a cell."""
_BOLD = 1.1
"""How much wider a heading is, which is bold."""
_READABLE = 20
"""Millimetres that a column of several words has at least: two words in a line."""
_TALLEST = 2
"""Power by which a cell of many lines outweighs several of few: a row is as tall as its tallest cell."""


def fit_widths(titles: Sequence[str], rows: Sequence[Sequence[str]], total: int) -> list[int]:
    """Whole millimetres for each column, `total` in all where the content asks for so much.

    Where even the longest words do not fit, every column gives way in proportion.
    """
    columns = [[title, *(row[place] for row in rows)] for place, title in enumerate(titles)]
    least = [_least(cells) for cells in columns]
    if sum(least) >= total:
        return [width * total // sum(least) for width in least]
    most = [max(_length(cell) for cell in cells) + _MARGINS for cells in columns]
    widths = [min(width, one_line) for width, one_line in zip(least, most, strict=True)]
    for _ in range(total - sum(widths)):
        wanting = [place for place, width in enumerate(widths) if width < most[place]]
        if not wanting:
            break
        tallest = max(wanting, key=lambda place: _gain(columns[place], widths[place]))
        widths[tallest] += 1
    return widths


def _least(cells: Sequence[str]) -> int:
    title, *others = cells
    longest = max((_length(word) for cell in others for word in cell.split()), default=0)
    heading = int(max(map(_length, title.split()), default=0) * _BOLD)
    in_one_line = max((_length(cell) for cell in others), default=0) + _MARGINS
    return max(max(longest, heading) + _MARGINS, min(in_one_line, _READABLE))


def _length(words: str) -> int:
    """Of its longest line."""
    return int(max(map(len, words.split("\n"))) * _LETTER) + 1


def _gain(cells: Sequence[str], width: int) -> float:
    """How much less tall the cells get by another millimetre."""
    return _tallness(cells, width) - _tallness(cells, width + 1)


def _tallness(cells: Sequence[str], width: int) -> float:
    return sum((_length(cell) / (width - _MARGINS + 1)) ** _TALLEST for cell in cells)
