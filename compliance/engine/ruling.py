"""What did one check say, before it becomes an outcome with its rule's particulars?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from compliance.engine.evidence import gather_assumptions, gather_operands
from compliance.messages import text
from compliance.model.findings import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from compliance.engine.figures import Figure
    from compliance.model.findings import Operand, Possibility, Quantity, Verdict
    from compliance.model.legal import Citation
    from compliance.model.rulepack import Rule, Severity
    from compliance.model.submission import Period

_EMPTY: Mapping[str, Quantity] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict with its reason and its evidence; fields as in `Outcome`."""

    outcome: Verdict
    reason_code: str
    reason: str
    subject: str = ""
    severity: Severity | None = None
    """Set where it is not the rule's own."""
    measured: Quantity | None = None
    measures: Mapping[str, Quantity] = field(default_factory=lambda: _EMPTY)
    target: Quantity | None = None
    due: date | None = None
    expected: Quantity | None = None
    stated: Quantity | None = None
    difference: Quantity | None = None
    possibilities: tuple[Possibility, ...] = ()
    operands: Mapping[str, Operand] = field(default_factory=lambda: MappingProxyType({}))
    assumptions: tuple[str, ...] = ()
    commended: bool = False
    citation: Citation | None = None
    """The rule's own where left out."""
    common: str = ""


def rule_on(outcome: Verdict, code: str, /, **words: object) -> Ruling:
    """A verdict whose reason is the sentence `outcome.<code>` with `words` put in."""
    return Ruling(outcome=outcome, reason_code=code, reason=text(f"outcome.{code}", **words))


def rest_on(ruling: Ruling, figures: Iterable[Figure]) -> Ruling:
    """The ruling with the figures as its evidence, and their assumptions."""
    known = tuple(figures)
    return replace(ruling, operands=gather_operands(known), assumptions=gather_assumptions(known))


def withhold(figures: Iterable[Figure]) -> Ruling:
    """No verdict, naming every figure that is missing."""
    known = tuple(figures)
    reasons = dict.fromkeys(figure.why_lacking for figure in known if figure.value is None)
    lacks = [figure.lack for figure in known if figure.lack is not None]
    ruling = rule_on("no_data", "missing", reasons="; ".join(reasons))
    return rest_on(replace(ruling, reason_code=lacks[0] if lacks else "missing"), known)


def compose_outcome(rule: Rule, unit: str, period: Period, ruling: Ruling) -> Outcome:
    """The outcome of `rule` on `unit`."""
    citation = ruling.citation or rule.citation
    return Outcome(
        rule=rule.id,
        kind=rule.kind,
        severity=ruling.severity or rule.severity,
        area=rule.area,
        unit=unit,
        period=str(period),
        subject=ruling.subject,
        outcome=ruling.outcome,
        reason_code=ruling.reason_code,
        reason=ruling.reason,
        measured=ruling.measured,
        measures=ruling.measures,
        target=ruling.target,
        due=ruling.due,
        expected=ruling.expected,
        stated=ruling.stated,
        difference=ruling.difference,
        possibilities=ruling.possibilities,
        operands=ruling.operands,
        assumptions=ruling.assumptions,
        commended=ruling.commended,
        citation=citation,
        grade=citation.grade if citation else None,
        common=ruling.common,
    )
