"""How did one outcome come about, from the figures as written to the verdict?"""

from __future__ import annotations

from datetime import date
from typing import Literal

from compliance.model.base import Model, Source
from compliance.model.explanations import Explanation
from compliance.model.findings import Verdict
from compliance.model.rulepack import Severity
from compliance.model.staleness import Staleness
from compliance.model.submission import Level
from compliance.model.waivers import AppliedWaiver
from compliance.problems import Place


class TracedFigure(Model):
    """One figure that the verdict rests on."""

    name: str
    """As the rule language names it; of a unit below `indicator@unit`."""
    label: str
    text: str
    """As a reader reads it; why it is lacking where there is none."""
    exact: str = ""
    as_written: str = ""
    place: Source = Place()
    assumed: bool = False
    derived_from: str = ""
    """The formula, where it was worked out."""


class TracedTarget(Model):
    """A value that the target had or has, with the text that sets it."""

    value: str
    effective_from: date
    due: date | None = None
    levels: tuple[Level, ...] = ()
    citation: str
    checked_on: date
    in_force: bool
    """Whether it is the one that counted here."""


class TracedExpression(Model):
    """What was asked: as the rule writes it, with labels, and with the figures put in."""

    written: str
    labelled: str = ""
    put_in: str = ""


class SharedUse(Model):
    """Another outcome that rests on some of the same figures."""

    id: str
    rule: str
    title: str
    unit: str
    outcome: Verdict
    figures: tuple[str, ...]
    """The labels of the figures in common."""


class Trace(Model):
    """The whole way of one outcome (vì sao có kết luận này)."""

    format: Literal[1] = 1
    id: str
    rule: str
    title: str
    unit: str
    period: str
    severity: Severity
    law_date: date
    """The day whose law counted."""
    outcome: Verdict
    reason: str
    figures: tuple[TracedFigure, ...]
    rates: tuple[TracedFigure, ...] = ()
    assumptions: tuple[str, ...] = ()
    condition: TracedExpression | None = None
    """When the rule applies."""
    check: TracedExpression
    target: str = ""
    history: tuple[TracedTarget, ...] = ()
    """The target's values, the earliest first."""
    citation: str = ""
    disputed_by: tuple[str, ...] = ()
    earlier_disputed_by: tuple[str, ...] = ()
    """Contradictions of an earlier period that dispute its figures of that period."""
    changelog: tuple[str, ...] = ()
    """What the packs' changelogs say of the rule."""
    used_by: tuple[SharedUse, ...] = ()
    fix: str = ""
    """How to put it right, where it is a finding."""
    waived: bool = False
    """Whether a waiver lifts it."""
    waivers: tuple[AppliedWaiver, ...] = ()
    """Every waiver that speaks of it, the strongest first."""
    explanation: Explanation | None = None
    """What the unit wrote about it, even where it is no finding any more."""
    stale_because: tuple[Staleness, ...] = ()
    """Why the run is not one under the packs in force."""
