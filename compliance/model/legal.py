"""Which legal text says so, and how sure are we of it?"""

from __future__ import annotations

from datetime import date
from typing import Literal

from compliance.model.base import Model, Source
from compliance.problems import Place

Grade = Literal["A", "B", "R", "C"]
"""How a text is known.

A: the operative text was read. B: reported by at least two independent public sources. R: reflected, the
district's report or the project's owner says that the plan pursues it. C: one source, or general knowledge.
"""


class Instrument(Model):
    """A legal text in the register. A date that nobody has established is `None`."""

    key: str
    """`issuer/year/number-type-organ`; an instrument's own number is not unique."""
    kind: str
    """Type of document as an office names it: Nghị định, Quyết định, Kế hoạch …"""
    number: str
    title: str
    """What it is about, in the register's own words."""
    issuer: str
    issued: date | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    """Last day on which it is in force."""
    replaced_by: str | None = None
    replacement_grade: Grade | None = None
    """How the replacement is known, where that differs from how the text is."""
    grade: Grade
    note: str = ""
    informational: bool = False
    """Listed because a report cites it; no rule rests on it."""
    place: Source = Place()

    @property
    def name(self) -> str:
        """The short name used from the second mention on: `Kế hoạch 09/KH-UBND`."""
        return f"{self.kind} {self.number}" if self.number else self.kind


class Citation(Model):
    """The legal basis of a rule, a target or a task: an instrument, its provision, and how sure it is."""

    instrument: str
    provision: str = ""
    grade: Grade
    binding_from: date | None = None
    """Set where the form is used as logic before it binds."""
    note: str = ""
