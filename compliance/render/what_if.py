"""What does a reader see of a what-if, and of what each missed target takes?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import format_count, format_date
from compliance.render.blocks import Block, Bullets, Heading, Paragraph, section
from compliance.render.responses import say_responses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compliance.model.comparison import Need, Needs, UnitNeed, VerdictChange, WhatIf
    from compliance.model.rulepack import RulePack


def compose_what_if_blocks(pack: RulePack, result: WhatIf) -> Iterator[Block]:
    """The figures put in, acceptance before and after, then the verdicts that change."""
    yield Heading(text("what_if.title"), 1)
    yield Paragraph(
        text(
            "what_if.acceptance",
            before=text(f"acceptance.{result.accepted_before}"),
            after=text(f"acceptance.{result.accepted_after}"),
        )
    )
    yield Bullets(
        tuple(
            text(
                "what_if.figure",
                unit=_name(pack, figure.unit),
                label=figure.label,
                before=figure.before or text("what_if.not_reported"),
                after=figure.after,
            )
            for figure in result.figures
        )
    )
    yield from section(
        text("what_if.changed", count=len(result.changed)),
        (_change(pack, change) for change in result.changed),
    )
    if not result.changed:
        yield Paragraph(text("what_if.none_changed"))
    yield from section(
        text("what_if.moved", count=len(result.moved)), (_moved(pack, change) for change in result.moved)
    )
    yield Paragraph(text("what_if.unchanged", count=result.unchanged))


def _change(pack: RulePack, change: VerdictChange) -> str:
    return text(
        "what_if.change",
        rule=change.rule,
        title=change.title,
        unit=_name(pack, change.unit),
        before=say_verdict(change.before),
        after=say_verdict(change.after),
        reason=change.reason_after or change.reason_before,
    )


def _moved(pack: RulePack, change: VerdictChange) -> str:
    return text(
        "what_if.moved_item",
        rule=change.rule,
        title=change.title,
        unit=_name(pack, change.unit),
        verdict=say_verdict(change.after),
        reason=change.reason_after,
    )


def say_verdict(verdict: str | None) -> str:
    """The verdict in words; that the rule did not speak where there is none."""
    return text(f"verdict.{verdict}") if verdict else text("what_if.no_verdict")


def _name(pack: RulePack, unit: str) -> str:
    return pack.unit[unit].label if unit in pack.unit else unit


def compose_needs_blocks(pack: RulePack, result: Needs) -> Iterator[Block]:
    """What each missed target takes, with the command that shows it met."""
    yield Heading(text("what_if.needs.title"), 1)
    if not result.needs and not result.uncounted:
        yield Paragraph(text("what_if.needs.none"))
    responses = {one.outcome: say_responses(one) for one in result.responses}
    for need in result.needs:
        yield Heading(
            text("what_if.needs.item", rule=need.rule, title=need.title, unit=_name(pack, need.unit))
        )
        yield Bullets((*_need_lines(pack, need), *responses.get(need.outcome, ())))
    yield from section(
        text("what_if.needs.uncounted"),
        (
            ". ".join((_name_outcome(pack, outcome), *responses.get(outcome, ())))
            for outcome in result.uncounted
        ),
    )


def _name_outcome(pack: RulePack, outcome: str) -> str:
    rule, unit, *_ = outcome.split("@")
    title = pack.rule[rule].title
    return text("what_if.needs.item", rule=rule, title=title, unit=_name(pack, unit))


def _need_lines(pack: RulePack, need: Need) -> Iterator[str]:
    yield text("what_if.needs.measured", measured=need.measured, target=need.target)
    if need.due is not None:
        yield text("what_if.needs.due", due=format_date(need.due))
    yield text("what_if.needs.takes", takes=need.takes)
    if need.a_month:
        yield text(f"what_if.needs.pace.{need.direction}", count=format_count(need.a_month))
    if need.blocs:
        yield text("what_if.needs.blocs", units=_counted(pack, need.blocs))
    if need.mostly:
        yield text("what_if.needs.mostly", units=_counted(pack, need.mostly))
    if need.settings:
        settings = " ".join(f"--set '{setting}'" for setting in need.settings)
        yield text("what_if.needs.try", settings=settings)


def _counted(pack: RulePack, needs: Iterable[UnitNeed]) -> str:
    return ", ".join(
        text(
            "assessment.figure.of_unit",
            unit=pack.unit[need.unit].name,
            figure=format_count(need.count),
        )
        for need in needs
    )
