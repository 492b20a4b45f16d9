"""What does a reader see of what changed since another check?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.submission import Period
from compliance.numerals import format_percent, format_points
from compliance.render.blocks import Block, Grid, Heading, Paragraph, section
from compliance.render.what_if import say_verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.model.comparison import Comparison, RateChange, TargetMove, VerdictChange
    from compliance.model.rulepack import RulePack

GROUPS = ("new", "persisting", "resolved", "unverifiable", "not_asked")


def compose_compare_blocks(pack: RulePack, result: Comparison) -> Iterator[Block]:
    """Acceptance then and now, findings by what became of them, then rates, targets and data windows."""
    yield Heading(title_of(result), 1)
    yield Paragraph(_summary(result))
    for group in GROUPS:
        changes: tuple[VerdictChange, ...] = getattr(result, group)
        title = text(f"compare.section.{group}", count=len(changes))
        if group == "persisting":
            yield from section(title, _by_rule(pack, changes))
        else:
            yield from section(title, (_change(pack, group, change) for change in changes))
    yield from _rates(pack, result.rates)
    yield from section(text("compare.section.targets"), (_target(pack, move) for move in result.targets))
    yield from section(
        text("compare.section.windows"),
        (
            text(
                "compare.window",
                unit=_name(pack, window.unit),
                before=window.days_before,
                after=window.days_after,
            )
            for window in result.windows
        ),
    )


def title_of(result: Comparison) -> str:
    """The title, with both periods in words; two submissions of one period are told as such."""
    if result.period_before == result.period_after:
        return text("compare.title_same", period=_period(result.period_after))
    return text("compare.title", before=_period(result.period_before), after=_period(result.period_after))


def _period(ids: str) -> str:
    return ", ".join(Period.parse(name).label for name in ids.split(", ") if name)


def _summary(result: Comparison) -> str:
    return text(
        "compare.summary",
        before=text(f"acceptance.{result.accepted_before}"),
        after=text(f"acceptance.{result.accepted_after}"),
        **{group: len(getattr(result, group)) for group in GROUPS},
    )


def _change(pack: RulePack, group: str, change: VerdictChange) -> str:
    reason = change.reason_before if group == "not_asked" else change.reason_after
    return text(
        "compare.change",
        rule=change.rule,
        title=change.title,
        unit=_name(pack, change.unit),
        severity=text(f"severity.{change.severity}"),
        before=say_verdict(change.before),
        after=say_verdict(change.after),
        reason=reason,
    )


def _by_rule(pack: RulePack, changes: tuple[VerdictChange, ...]) -> Iterator[str]:
    """A line for each rule with its units: what persists is long known."""
    units: dict[str, list[str]] = {}
    for change in changes:
        units.setdefault(change.rule, []).append(pack.unit[change.unit].name)
    titles = {change.rule: change.title for change in changes}
    for rule, names in units.items():
        yield text(
            "compare.persisting", rule=rule, title=titles[rule], count=len(names), units=", ".join(names)
        )


def _rates(pack: RulePack, rates: tuple[RateChange, ...]) -> Iterator[Block]:
    changed = tuple(rate for rate in rates if rate.change)
    if not rates:
        return
    yield Heading(text("compare.section.rates"))
    yield Paragraph(text("compare.unchanged_rates", count=len(rates) - len(changed)))
    if not changed:
        return
    columns = ("unit", "rate", "before", "after", "change")
    yield Grid(
        tuple(text(f"compare.column.{column}") for column in columns),
        tuple(
            (
                pack.unit[rate.unit].name,
                rate.label,
                format_percent(rate.before),
                format_percent(rate.after),
                _say_points(rate),
            )
            for rate in changed
        ),
    )


def _say_points(rate: RateChange) -> str:
    """`tăng 4,20 điểm phần trăm`."""
    word = "rise" if rate.change > 0 else "fall"
    return text(f"compare.{word}", points=format_points(abs(rate.change)))


def _target(pack: RulePack, move: TargetMove) -> str:
    return text(
        "compare.target",
        rule=move.rule,
        title=move.title,
        unit=_name(pack, move.unit),
        before=move.before,
        after=move.after,
    )


def _name(pack: RulePack, unit: str) -> str:
    return pack.unit[unit].label if unit in pack.unit else unit
