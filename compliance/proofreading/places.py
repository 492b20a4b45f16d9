"""Where in its file does a position of the text stand?"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from compliance.problems import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.model.report import Passage


class Places:
    """The places of one text: those of its passages, or else its paragraphs counted from 1."""

    def __init__(
        self, paragraph_starts: Sequence[int], passages: Sequence[Passage], source: str = ""
    ) -> None:
        self._paragraphs, self._passages, self._source = paragraph_starts, passages, source
        self._starts = [passage.start for passage in passages]

    def at(self, position: int) -> Place:
        """The place of a position."""
        index = bisect_right(self._starts, position) - 1
        if index >= 0 and position < self._passages[index].end:
            return self._passages[index].place
        return Place(self._source, paragraph=max(1, bisect_right(self._paragraphs, position)))
