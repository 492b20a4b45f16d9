"""What is one thing that the assessment has to say, and what does it rest on?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from compliance.messages import text
from compliance.model.assessment import Statement
from compliance.problems import Place
from compliance.reporting.citations import compose_citation
from compliance.reporting.wording import as_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from compliance.model.assessment import NamedUnit
    from compliance.model.findings import Operand, Outcome
    from compliance.model.rulepack import Rule, RulePack
    from compliance.reporting.scope import Scope

TopicKind = Literal["met", "risen", "missed", "missed_below", "fallen", "disputed", "lacking", "contradicted"]
"""Met or commended, better than before; missed, missed by units below, met but worse than before; not to be
judged, lacking, wrong."""

_STRENGTHS = ("met", "risen")
_ABOUT_FIGURES = ("disputed", "lacking", "contradicted")
_OTHER_FIGURES = ("stated", "previous", "same_period_last_year", "children")
"""Prefixes under which a name is not the unit's own figure of the period."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A statement of the assessment with what its tasks are made from."""

    kind: TopicKind
    statement: Statement
    unit: str
    """Whom it is about."""
    order: tuple[int, ...]
    rule: Rule | None = None
    outcomes: tuple[Outcome, ...] = ()
    named: tuple[Outcome, ...] = ()
    """Outcomes of the units below that it names."""
    missing: tuple[str, ...] = ()
    """Labels of what was not reported."""
    units: tuple[str, ...] = ()
    """The units that it is about, where they are several."""

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The failed outcomes among its own."""
        return tuple(outcome for outcome in self.outcomes if outcome.outcome in ("fail", "error"))

    @property
    def is_strength(self) -> bool:
        """Whether it is a strength; else it is a limitation."""
        return self.kind in _STRENGTHS

    @property
    def is_about_figures(self) -> bool:
        """Whether it is about the figures themselves, not about what was done."""
        return self.kind in _ABOUT_FIGURES


def compose_statement(
    scope: Scope,
    key: str,
    area: str,
    sentences: Iterable[str],
    outcomes: Sequence[Outcome],
    *,
    title: str = "",
    units: tuple[NamedUnit, ...] = (),
    is_abridged: bool = False,
) -> Statement:
    """A statement of whole sentences, with the figures, places and legal basis of its outcomes.

    `key` is the rest of its id after the area. The title is that of the rule where none is given.
    """
    cited = next((outcome for outcome in outcomes if outcome.citation is not None), None)
    day = law_day(scope, outcomes)
    return Statement(
        id=f"{area}:{key}",
        area=area,
        text=" ".join(as_sentence(sentence) for sentence in sentences if sentence),
        rules=tuple(dict.fromkeys(outcome.rule for outcome in outcomes)),
        outcomes=tuple(outcome.id for outcome in outcomes),
        figures=tuple(dict.fromkeys(_figures(scope, outcomes))),
        places=tuple(dict.fromkeys(_places(outcomes))),
        citation=compose_citation(scope.pack, cited.citation, day, in_full=True) if cited else "",
        grade=cited.grade if cited else None,
        explanations=tuple(dict.fromkeys(_explanations(scope, outcomes))),
        title=title or (scope.pack.rule[outcomes[0].rule].title if outcomes else ""),
        units=units,
        is_abridged=is_abridged,
    )


def law_day(scope: Scope, outcomes: Sequence[Outcome]) -> date:
    """The day whose law counts for the outcomes."""
    reports = (scope.figures.submissions.get(outcome.unit) for outcome in outcomes)
    return next((report.law_date for report in reports if report is not None), scope.period.end)


def _explanations(scope: Scope, outcomes: Iterable[Outcome]) -> Iterable[str]:
    """What the unit of a failure answers, and the units below that fail the same rule."""
    failed = [outcome for outcome in outcomes if outcome.outcome in ("fail", "error")]
    below = (
        one for outcome in failed for one in scope.outcomes_below(scope.pack.rule[outcome.rule], outcome.unit)
    )
    for outcome in (*failed, *below):
        finding = scope.findings.get(outcome.id)
        explanation = finding.explanation if finding else None
        if explanation is not None and explanation.says_something:
            unit = scope.tree[outcome.unit].label
            yield text("assessment.explanation", unit=unit, words=explanation.text)


def _figures(scope: Scope, outcomes: Iterable[Outcome]) -> Iterable[str]:
    for outcome in outcomes:
        for name, operand in outcome.operands.items():
            written = compose_figure(scope, outcome.unit, name, operand)
            if written:
                yield written
        yield from outcome.assumptions


def compose_figure(scope: Scope, unit: str, name: str, operand: Operand) -> str:
    """A figure with whose it is and its formula; empty for what has no label of its own."""
    name, _, other = name.partition("@")
    label = _label(scope.pack, name)
    if not label or not operand.text:
        return ""
    owner = other if other in scope.tree else unit
    words = {"label": label, "unit": scope.tree[owner].name, "figure": operand.text}
    if operand.derived_from:
        return text("assessment.figure.derived", formula=operand.derived_from, **words)
    return text("assessment.figure.reported", **words)


def _label(pack: RulePack, name: str) -> str:
    """The label of what a rule names: a figure of any period, a stated rate, a cited document."""
    instrument = pack.instrument.get(name.partition("[")[0])
    if instrument is not None:
        return instrument.name
    *prefixes, area, leaf = name.split(".") if "." in name else ("", "")
    bare = f"{area}.{leaf}"
    if bare in pack.rate:
        label = pack.rate[bare].label
    elif bare in pack.indicator:
        label = pack.indicator[bare].label
    else:
        return ""
    kind = next((prefix for prefix in prefixes if prefix in _OTHER_FIGURES), "")
    return text(f"assessment.figure.{kind}", label=label) if kind else label


def _places(outcomes: Iterable[Outcome]) -> Iterable[Place]:
    for outcome in outcomes:
        for operand in outcome.operands.values():
            if operand.place != Place():
                yield operand.place
