"""What did a rule say of a unit? An outcome with its evidence, and a finding where a person must look."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from compliance.model.base import Exact, Model, ReadOnly, Source
from compliance.model.explanations import Explanation
from compliance.model.legal import Citation, Grade
from compliance.model.rulepack import Kind, Severity
from compliance.model.waivers import AppliedWaiver
from compliance.problems import Place

Verdict = Literal["pass", "fail", "no_data", "not_applicable", "error"]
VERDICTS: tuple[Verdict, ...] = ("fail", "error", "no_data", "not_applicable", "pass")
Acceptance = Literal["accepted", "explain", "not_accepted"]
"""Đủ điều kiện tiếp nhận, tiếp nhận kèm giải trình, chưa đủ điều kiện tiếp nhận."""


class Quantity(Model):
    """A number of the outcome: exact, and as a reader reads it with its unit (`41,97%`, `3.133 văn bản`)."""

    exact: Exact
    text: str


class Operand(Model):
    """One figure that a verdict rests on."""

    value: str
    """Exact: `20542`, `99.97`, `5..7`, `true`, `2020-02-04`."""
    text: str
    """As a reader reads it."""
    as_written: str
    place: Source = Place()
    assumed: bool = False
    derived_from: str = ""


class Possibility(Model):
    """A denominator or level on which a wrong stated rate would be right: a possibility, never the cause."""

    numerator: str
    denominator: str
    unit: str
    text: str
    """In words: `7/20.549 (toàn huyện)`."""
    truncated: bool = False
    """Fits only with its digits cut off instead of rounded."""


class Outcome(Model):
    """The result of one rule on one unit, with its evidence (kết quả)."""

    rule: str
    kind: Kind
    severity: Severity
    area: str
    unit: str
    period: str
    subject: str = ""
    """The part of the submission it is about where a rule speaks of several: a cited document."""
    outcome: Verdict
    reason_code: str = ""
    reason: str = ""
    """Why it is not decided or does not apply, or how the check came out, in Vietnamese."""
    measured: Quantity | None = None
    measures: ReadOnly[str, Quantity] = Field(default_factory=dict)
    """All measures of a target whose denominator is not settled."""
    target: Quantity | None = None
    due: date | None = None
    expected: Quantity | None = None
    stated: Quantity | None = None
    difference: Quantity | None = None
    """How far off: percent points, or the unit of the indicator; the left side less the right side."""
    possibilities: tuple[Possibility, ...] = ()
    operands: ReadOnly[str, Operand] = Field(default_factory=dict)
    assumptions: tuple[str, ...] = ()
    """Assumptions made, in Vietnamese."""
    commended: bool = False
    citation: Citation | None = None
    grade: Grade | None = None
    common: str = ""
    disputed_by: tuple[str, ...] = ()
    """Ids of the findings that dispute its figures; nothing is praised on it."""
    earlier_disputed_by: tuple[str, ...] = ()
    """Ids of the contradictions of an earlier period that dispute its figures of that period."""
    waived: bool = False
    """A waiver lifts it: it stays a failure, and neither blocks nor has to be explained."""

    @property
    def id(self) -> str:
        """`rule@unit@period[#subject]`, stable across resubmissions."""
        return f"{self.rule}@{self.unit}@{self.period}" + (f"#{self.subject}" if self.subject else "")


class EarlierContradiction(Model):
    """A failed comparison among the figures of an earlier period, with which they are compared no more."""

    id: str
    """As of an outcome: `rule@unit@period[#subject]`."""
    rule: str
    title: str
    unit: str
    period: str
    reason: str
    """How the figures differ, in Vietnamese."""
    disputes: ReadOnly[str, tuple[str, ...]]
    """By unit, the indicators and rates (`rate.…`) of that period that rest on the figures."""


class Suspect(Model):
    """A figure that may be the wrong one (số liệu nghi sai)."""

    indicator: str
    """An indicator, or `stated.` and a rate: the percentage that the unit wrote."""
    unit: str
    written: str
    """As written; empty where it was not reported."""
    should_be: str = ""
    """What it must be if the other figures are right; empty where they do not determine it."""
    slip: str = ""
    """The slip of the pen that explains it, in Vietnamese."""
    place: Source = Place()
    group: int = 1
    """Suspects of one group are wrong together; the groups are alternatives, the likeliest first."""


class Finding(Model):
    """An outcome worth a person's attention (phát hiện)."""

    id: str
    rule: str
    title: str
    unit: str
    area: str
    kind: Kind
    severity: Severity
    message: str
    """What is wrong, with the figures."""
    fix: str
    places: tuple[Source, ...] = ()
    citation: str = ""
    """The legal basis in words, with how sure it is."""
    suspects: tuple[Suspect, ...] = ()
    more_suspects: bool = False
    """Whether there are alternatives beyond those named."""
    waived: bool = False
    """As of its outcome."""
    waivers: tuple[AppliedWaiver, ...] = ()
    """Every waiver that speaks of it, also one that does not lift it; the strongest first."""
    explanation: Explanation | None = None
    """What the unit wrote about it; it changes no verdict."""
