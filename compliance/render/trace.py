"""What does a reader see of the way from the figures to one verdict?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.submission import Period
from compliance.numerals import format_date
from compliance.problems import Place
from compliance.render.blocks import Block, Grid, Heading, Paragraph, section
from compliance.render.responses import say_responses
from compliance.render.staleness import say_reasons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.model.rulepack import RulePack
    from compliance.model.trace import SharedUse, Trace, TracedExpression, TracedFigure, TracedTarget


def compose_trace_blocks(pack: RulePack, trace: Trace) -> Iterator[Block]:
    """Verdict first, then figures, rate, target, expression, basis, and what else rests on the figures."""
    yield Heading(text("trace.title", rule=trace.rule, title=trace.title), 1)
    yield Paragraph(
        text(
            "trace.verdict",
            unit=pack.unit[trace.unit].label,
            period=Period.parse(trace.period).label,
            verdict=_say_verdict(trace),
            severity=text(f"severity.{trace.severity}"),
            reason=trace.reason,
        )
    )
    for sentence in say_reasons(trace.stale_because):
        yield Paragraph(sentence)
    yield from section(text("trace.section.responses"), say_responses(trace))
    yield from section(text("trace.section.figures"), (_figure(figure) for figure in trace.figures))
    yield from section(text("trace.section.assumptions"), trace.assumptions)
    yield from section(text("trace.section.rates"), (_rate(rate) for rate in trace.rates))
    if trace.condition is not None:
        yield from section(text("trace.section.condition"), _expression(trace.condition))
    check = (*_expression(trace.check), text("trace.so", verdict=_say_verdict(trace)))
    yield from section(text("trace.section.check"), check)
    yield from section(
        text("trace.section.target", day=format_date(trace.law_date)),
        (_target(value) for value in trace.history),
    )
    yield Heading(text("trace.section.basis"))
    yield Paragraph(trace.citation or text("rules.no_basis"))
    yield from section(text("trace.section.changelog"), trace.changelog)
    yield from section(text("trace.section.disputed"), trace.disputed_by)
    yield from section(text("trace.section.earlier_disputed"), trace.earlier_disputed_by)
    if trace.fix:
        yield Heading(text("trace.section.fix"))
        yield Paragraph(trace.fix)
    yield from _uses(pack, trace.used_by)


def _say_verdict(trace: Trace) -> str:
    words = text(f"verdict.{trace.outcome}")
    return text("verdict.disputed", verdict=words) if trace.disputed_by else words


def _figure(figure: TracedFigure) -> str:
    words = text("trace.figure", label=figure.label, value=figure.text)
    if figure.assumed:
        return f"{words}; {text('trace.assumed')}"
    if figure.derived_from:
        words = f"{words}; {text('trace.derived', formula=figure.derived_from)}"
    if figure.as_written and figure.as_written not in figure.text:
        words = f"{words}; {text('trace.as_written', written=figure.as_written)}"
    return f"{words}; {text('trace.place', place=figure.place)}" if figure.place != Place() else words


def _rate(figure: TracedFigure) -> str:
    return text(
        "trace.rate", label=figure.label, value=figure.text, formula=figure.derived_from, exact=figure.exact
    )


def _expression(expression: TracedExpression) -> Iterator[str]:
    yield text("trace.written", expression=expression.written)
    if expression.labelled:
        yield text("trace.labelled", expression=expression.labelled)
    if expression.put_in:
        yield text("trace.put_in", expression=expression.put_in)


def _target(value: TracedTarget) -> str:
    words = text(
        "trace.target",
        value=value.value,
        start=format_date(value.effective_from),
        due=format_date(value.due) if value.due else "–",
        levels=", ".join(text(f"level.{level}") for level in value.levels) or text("rules.all_levels"),
        citation=value.citation,
        checked=format_date(value.checked_on),
    )
    return f"{words} {text('trace.in_force')}" if value.in_force else words


def _uses(pack: RulePack, uses: tuple[SharedUse, ...]) -> Iterator[Block]:
    yield Heading(text("trace.section.used_by", count=len(uses)))
    if not uses:
        yield Paragraph(text("trace.not_used"))
        return
    columns = ("rule", "unit", "verdict", "figures")
    yield Grid(
        tuple(text(f"trace.column.{column}") for column in columns),
        tuple(
            (use.rule, pack.unit[use.unit].name, text(f"verdict.{use.outcome}"), "; ".join(use.figures))
            for use in uses
        ),
    )
