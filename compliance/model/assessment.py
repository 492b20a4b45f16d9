"""What does the section Đánh giá chung say, and what is to be done next?"""

from __future__ import annotations

from datetime import date
from typing import Literal

from compliance.model.base import Exact, Model, Source
from compliance.model.legal import Grade
from compliance.model.rulepack import TaskGroup
from compliance.model.staleness import Staleness


class NamedUnit(Model):
    """A unit that a statement is about, with what was found of it alone."""

    unit: str
    label: str
    """As the register names it."""
    found: str
    """What was found, with its figures."""
    outcomes: tuple[str, ...] = ()
    """Ids of the outcomes of this unit."""


class Statement(Model):
    """One sentence of the assessment, with all that it rests on."""

    id: str
    """`area:rule:unit`, stable."""
    area: str
    text: str
    rules: tuple[str, ...]
    outcomes: tuple[str, ...]
    """Ids of the outcomes that it rests on."""
    figures: tuple[str, ...] = ()
    """Each figure with its formula, as a reader reads it."""
    places: tuple[Source, ...] = ()
    citation: str = ""
    grade: Grade | None = None
    explanations: tuple[str, ...] = ()
    """What units answer to the findings that it rests on, each with its unit; no part of the text."""
    about: Literal["results", "figures"] = "results"
    """What was done; or the figures themselves, which have to be put right before it can be judged."""
    title: str = ""
    """What it is about in a few words, to head the list of its units."""
    units: tuple[NamedUnit, ...] = ()
    """Every unit with what was found of it, where the statement stands for several."""
    is_abridged: bool = False
    """Whether the text leaves out what was found of some of the units."""


class Task(Model):
    """One task for the next half-year (nhiệm vụ)."""

    group: TaskGroup
    action: str
    lead: str
    support: str = ""
    due: date
    expected: str
    takes: str = ""
    """What it takes, in counts of this period."""
    citation: str = ""
    answers: tuple[str, ...] = ()
    """Ids of the limitations (or, to keep, strengths) that it answers."""
    units: tuple[str, ...] = ()
    """Units whose figures or results it puts right, in the register's order; none to keep what is met."""
    outcomes: tuple[str, ...] = ()
    """Ids of the failed outcomes that it puts right."""
    why: str
    """Why it stands where it stands."""
    gap: Exact | None = None
    """Shortfall relative to the target, 0 to 1; orders the tasks to push."""
    volume: int = 0
    """Units of work missing; orders equal gaps."""


class Assessment(Model):
    """Strengths (ưu điểm), limitations (hạn chế) and tasks of one run."""

    unit: str
    period: str
    strengths: tuple[Statement, ...]
    limitations: tuple[Statement, ...]
    undecided: tuple[str, ...] = ()
    """What could not be judged and why, in Vietnamese."""
    tasks: tuple[Task, ...]
    stale_because: tuple[Staleness, ...] = ()
    """Why the run is not one under the packs in force."""
