"""What does a proofread report look like as one page?

The whole text, marked, with the reasons in the margin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.render.proofread_marks import Mark, Segment, build_marks, compose_headline, cut_at_marks
from compliance.render.templating import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.model.claims import Proofreading


@dataclass(frozen=True, slots=True)
class _Row:
    """One paragraph beside the marks that begin in it."""

    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...]


def render_proofreading_html(result: Proofreading, report: str) -> str:
    """One file that opens offline and runs no script; `report` is the text in NFC."""
    marks = build_marks(result)
    return fill(
        "proofread.html.j2",
        headline=compose_headline(result),
        source=result.source,
        rows=list(_rows(report, marks)),
    )


def _rows(report: str, marks: Sequence[Mark]) -> Iterator[_Row]:
    start = 0
    for line in report.split("\n"):
        end = start + len(line)
        own = tuple(mark for mark in marks if start <= mark.start < end + 1)
        if line.strip():
            yield _Row(tuple(cut_at_marks(line, start, marks)), own)
        start = end + 1
