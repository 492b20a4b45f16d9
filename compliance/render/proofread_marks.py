"""What does every form of a proofread report show?

The headline, the marks in their order, the text cut at them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.model.claims import Claim, Proofreading, Slip

VERDICTS = ("inconsistent", "truncated", "undecided", "consistent")
"""The worst first."""
_ORDER = {verdict: index for index, verdict in enumerate((*VERDICTS, "slip"))}


@dataclass(frozen=True, slots=True)
class Mark:
    """One passage with what is said about it, numbered in the order of the text."""

    number: int
    kind: str
    """A verdict, or `slip`."""
    title: str
    quote: str
    start: int
    end: int
    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same marks."""

    words: str
    kind: str
    """The worst of its marks; empty where there is none."""
    numbers: tuple[int, ...]


def build_marks(result: Proofreading, *, consistent: bool = False) -> tuple[Mark, ...]:
    """The marks of a report: what does not hold, what is undecided, slips of the pen.

    On demand also what holds.
    """
    shown: list[Claim | Slip] = [
        claim for claim in result.claims if consistent or claim.verdict != "consistent"
    ]
    shown += result.slips
    ordered = sorted(shown, key=lambda item: (item.start, item.end))
    return tuple(_mark(number, item) for number, item in enumerate(ordered, start=1))


def _mark(number: int, item: Claim | Slip) -> Mark:
    verdict = getattr(item, "verdict", None)
    kind = verdict or "slip"
    title = (
        text(
            "proofreading.title",
            kind=text(f"proofreading.kind.{item.kind}"),
            mark=text(f"proofreading.mark.{verdict}"),
        )
        if verdict
        else text(f"proofreading.pen.kind.{item.kind}")
    )
    quote = " ".join(item.quote.split())
    return Mark(number, kind, title, quote, item.start, item.end, item.explanation, str(item.place))


def compose_headline(result: Proofreading) -> str:
    """How many claims hold and how many do not, in one sentence."""
    counts = {verdict: sum(claim.verdict == verdict for claim in result.claims) for verdict in VERDICTS}
    return text(
        "proofreading.headline",
        source=result.source,
        claims=len(result.claims),
        slips=len(result.slips),
        **counts,
    )


def cut_at_marks(words: str, offset: int, marks: Sequence[Mark]) -> Iterator[Segment]:
    """`words`, which begin at `offset` of the text, cut wherever a mark begins or ends."""
    end = offset + len(words)
    inside = [mark for mark in marks if mark.start < end and offset < mark.end]
    cuts = {offset, end}
    for mark in inside:
        cuts |= {max(offset, mark.start), min(end, mark.end)}
    edges = sorted(cuts)
    for first, last in pairwise(edges):
        over = [mark for mark in inside if mark.start < last and first < mark.end]
        worst = min((mark.kind for mark in over), key=lambda kind: _ORDER[kind], default="")
        yield Segment(words[first - offset : last - offset], worst, tuple(mark.number for mark in over))
