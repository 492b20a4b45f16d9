"""What does a narrative report say, and where does each stretch of it stand in its file?"""

from __future__ import annotations

from compliance.model.base import Model, Source
from compliance.problems import Place


class Passage(Model):
    """A stretch of a report's text and its place in the file."""

    start: int
    end: int
    place: Source = Place()


class ReportText(Model):
    """A report as plain text in NFC, paragraphs separated by line breaks."""

    source: str
    """The file's name."""
    text: str
    passages: tuple[Passage, ...]
    """In order; each paragraph of the text, none overlapping."""
