"""What did a run of a pack over tables of many submissions come to?"""

from __future__ import annotations

from compliance.model.base import Model, ReadOnly


class LeftOut(Model):
    """A rule that the columnar engine does not decide: it is left to the interpreter."""

    rule: str
    code: str
    """`named_check`, `overflow`, `no_range` …; its sentence stands under `columnar.left_out`."""
    reason: str
    """Why, in a reader's words; for `overflow` with the ranges that would be needed."""


class BulkResult(Model):
    """Counts only: the outcomes themselves are in the files that were written."""

    submissions: int
    derived: int
    """Parents without a submission that were added up from their units."""
    counts: ReadOnly[str, ReadOnly[str, int]]
    """Submissions by rule and outcome."""
    totals: ReadOnly[str, int]
    """Cells by outcome."""
    left_out: tuple[LeftOut, ...]
