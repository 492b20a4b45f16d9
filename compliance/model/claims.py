"""Which figures does a narrative report claim, and do they agree with each other?"""

from __future__ import annotations

from typing import Literal

from compliance.model.base import Model, Source
from compliance.model.submission import Submission
from compliance.problems import Place

ClaimKind = Literal[
    "ratio", "sum", "difference", "complement", "change", "citation", "period", "quantity", "range", "count"
]
ClaimVerdict = Literal["consistent", "truncated", "inconsistent", "undecided"]


class Claim(Model):
    """A passage whose figures can be checked against each other (nội dung có số liệu)."""

    kind: ClaimKind
    quote: str
    start: int
    """Offset of the quote in characters of the text in NFC."""
    end: int
    verdict: ClaimVerdict
    stated: str
    """As the report writes it."""
    expected: str = ""
    """What the other figures make it, in Vietnamese notation."""
    difference: str = ""
    explanation: str
    """In plain Vietnamese: stated, computed, the figures used, and the likeliest slip."""
    figures: tuple[str, ...] = ()
    """The figures used, each as written with its place."""
    place: Source = Place()


class Slip(Model):
    """A slip of the pen: listed apart from figures, never blocking."""

    kind: Literal["doubled_word", "misspelling", "missing_figure", "mixed_separators"]
    quote: str
    start: int
    end: int
    explanation: str
    place: Source = Place()


class Proofreading(Model):
    """All that was found in one report."""

    format: Literal[1] = 1
    source: str
    """The file's name."""
    claims: tuple[Claim, ...]
    slips: tuple[Slip, ...] = ()


class UnplacedFigure(Model):
    """A figure of the report that the draft does not hold, and why."""

    quote: str
    start: int
    end: int
    reason: str
    """In Vietnamese."""
    place: Source = Place()


class Draft(Model):
    """A draft of submissions, made from a narrative report (bản số liệu dự thảo)."""

    submissions: tuple[Submission, ...]
    """The widest unit first."""
    unplaced: tuple[UnplacedFigure, ...] = ()
    """Figures that could not be placed, in the order of the report."""
    missing: tuple[str, ...] = ()
    """Ids of required indicators that the report does not give."""
    notes: tuple[str, ...] = ()
    """What was assumed or contradicts itself, in Vietnamese."""
