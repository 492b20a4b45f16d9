"""What does a reader see of what changed since another check?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.submission import Period
from compliance.numerals import print_change
from compliance.render.blocks import Block, Grid, Heading, Paragraph, section
from compliance.render.fault_titles import name_fault
from compliance.render.staleness import say_reasons
from compliance.render.what_if import say_verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.model.comparison import Comparison, RateChange, TargetMove, VerdictChange, WindowChange
    from compliance.model.rulepack import RulePack

_NAMED = 3
"""Contradictions named beside a percentage; how many more there are is said."""
GROUPS = ("new", "persisting", "resolved", "unverifiable", "not_asked")


def compose_compare_blocks(pack: RulePack, result: Comparison) -> Iterator[Block]:
    """Acceptance then and now, findings by what became of them, then rates, targets and data windows."""
    yield Heading(title_of(result), 1)
    yield Paragraph(compose_summary(result))
    yield from section(text("compare.section.stale"), compose_stale(result))
    yield from _by_unit(pack, result)
    for group in GROUPS:
        changes: tuple[VerdictChange, ...] = getattr(result, group)
        title = text(f"compare.section.{group}", count=_count(changes))
        if group == "persisting":
            yield from section(title, _by_rule(pack, changes))
        else:
            yield from section(title, (_change(pack, group, change) for change in changes))
    yield from _rates(pack, result.rates)
    yield from section(text("compare.section.explanations"), _explanations(pack, result))
    yield from section(text("compare.section.targets"), (_target(pack, move) for move in result.targets))
    yield from section(
        text("compare.section.windows"),
        (say_window(pack, window) for window in result.windows),
    )


def say_window(pack: RulePack, window: WindowChange) -> str:
    """How many days a unit's figures cover, then and now."""
    return text(
        "compare.window", unit=_name(pack, window.unit), before=window.days_before, after=window.days_after
    )


def columns_of(result: Comparison) -> tuple[str, ...]:
    """What is counted of each unit: the groups, and how many findings are waived where any is."""
    return (*GROUPS, "waived") if result.waived else GROUPS


def count_by_unit(pack: RulePack, result: Comparison) -> tuple[tuple[str, Mapping[str, int]], ...]:
    """Each unit of which anything changed or persists, by its short name, with its changes by group."""
    counts = {group: Counter(change.unit for change in getattr(result, group)) for group in GROUPS}
    counts["waived"] = Counter(
        change.unit for group in GROUPS for change in getattr(result, group) if change.waived
    )
    named = {unit for counted in counts.values() for unit in counted}
    known = [unit.id for unit in pack.units if unit.id in named]
    units = (*known, *sorted(named - set(known)))
    return tuple(
        (
            pack.unit[unit].name if unit in pack.unit else unit,
            {column: counts[column][unit] for column in columns_of(result)},
        )
        for unit in units
    )


def _by_unit(pack: RulePack, result: Comparison) -> Iterator[Block]:
    """A table of the units, where there are several."""
    rows = count_by_unit(pack, result)
    if len(rows) > 1:
        yield Heading(text("compare.section.by_unit"))
        yield Grid(
            tuple(text(f"compare.column.{column}") for column in ("unit", *columns_of(result))),
            tuple((unit, *(str(count or "–") for count in counts.values())) for unit, counts in rows),
            numbers=frozenset(range(1, len(columns_of(result)) + 1)),
        )


def title_of(result: Comparison) -> str:
    """The title, with both periods in words; two submissions of one period are told as such."""
    if result.period_before == result.period_after:
        return text("compare.title_same", period=_period(result.period_after))
    return text("compare.title", before=_period(result.period_before), after=_period(result.period_after))


def compose_stale(result: Comparison) -> tuple[str, ...]:
    """That one run or both are not under the packs in force, whichever it is."""
    if result.stale_before == result.stale_after:
        return say_reasons(result.stale_after)
    both = (("before", result.stale_before), ("after", result.stale_after))
    return tuple(
        text(f"compare.stale.{which}", sentence=sentence)
        for which, reasons in both
        for sentence in say_reasons(reasons)
    )


def _period(ids: str) -> str:
    return ", ".join(Period.parse(name).label for name in ids.split(", ") if name)


def compose_summary(result: Comparison) -> str:
    """Acceptance then and now, and how many findings there are of each group."""
    return text(
        "compare.summary",
        before=text(f"acceptance.{result.accepted_before}"),
        after=text(f"acceptance.{result.accepted_after}"),
        **{group: _count(getattr(result, group)) for group in GROUPS},
    )


def _count(changes: tuple[VerdictChange, ...]) -> str:
    """How many, and how many of them are waived where any is."""
    waived = sum(change.waived for change in changes)
    return text("compare.with_waived", count=len(changes), waived=waived) if waived else str(len(changes))


def _change(pack: RulePack, group: str, change: VerdictChange) -> str:
    return text(
        "compare.change",
        rule=change.rule,
        title=name_change(pack, change),
        unit=_name(pack, change.unit),
        severity=say_severity(change),
        before=say_verdict(change.before),
        after=say_verdict(change.after),
        reason=reason_of(group, change),
    )


def name_change(pack: RulePack, change: VerdictChange) -> str:
    """The title of the rule, as the fault that it still is where it fails now."""
    return name_fault(pack, change.rule, change.title) if change.after == "fail" else change.title


def say_severity(change: VerdictChange) -> str:
    """The severity, and that a waiver lifts it where one does."""
    severity = text(f"severity.{change.severity}")
    return text("compare.waived", named=severity) if change.waived else severity


def _explanations(pack: RulePack, result: Comparison) -> Iterator[str]:
    """What units wrote about findings, with what became of each."""
    for group in GROUPS:
        changes: tuple[VerdictChange, ...] = getattr(result, group)
        for change in changes:
            if change.explanation:
                yield text(
                    "compare.explanation",
                    rule=change.rule,
                    title=change.title,
                    unit=_name(pack, change.unit),
                    group=text(f"compare.group.{group}").lower(),
                    words=change.explanation,
                )


def reason_of(group: str, change: VerdictChange) -> str:
    """Why it stands in its group; of what nobody asks about any more, why it had been found."""
    return change.reason_before if group == "not_asked" else change.reason_after


def _by_rule(pack: RulePack, changes: tuple[VerdictChange, ...]) -> Iterator[str]:
    """A line for each rule with its units: what persists is long known."""
    units: dict[str, list[str]] = {}
    for change in changes:
        name = pack.unit[change.unit].name
        named = text("compare.waived_unit", unit=name) if change.waived else name
        units.setdefault(change.rule, []).append(named)
    titles = {change.rule: name_change(pack, change) for change in changes}
    for rule, names in units.items():
        yield text(
            "compare.persisting", rule=rule, title=titles[rule], count=len(names), units=", ".join(names)
        )


def _rates(pack: RulePack, rates: tuple[RateChange, ...]) -> Iterator[Block]:
    changed = tuple(rate for rate in rates if rate.change or is_disputed(rate))
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
                printed.before,
                printed.now,
                say_points(pack, rate),
            )
            for rate in changed
            for printed in (print_change(rate.before, rate.after),)
        ),
        numbers=frozenset((2, 3)),
    )


def is_disputed(rate: RateChange) -> bool:
    """Whether one end or both are figures that contradict others, so that it is no rise and no fall."""
    return bool(rate.disputed_before or rate.disputed_after)


def say_points(pack: RulePack, rate: RateChange) -> str:
    """`tăng 4,2 điểm phần trăm`; that it has not changed where it has not, and why it is not compared."""
    if is_disputed(rate):
        return _say_disputed(pack, rate)
    if not rate.change:
        return text("compare.unchanged")
    word = "rise" if rate.change > 0 else "fall"
    return text(f"compare.{word}", points=print_change(rate.before, rate.after).gap)


def _say_disputed(pack: RulePack, rate: RateChange) -> str:
    """That the change is left out, with rule, unit and period of what contradicts the figures."""
    found = tuple(dict.fromkeys((*rate.disputed_before, *rate.disputed_after)))
    named = [_name_contradiction(pack, one) for one in found[:_NAMED]]
    rest = len(found) - len(named)
    if rest:
        named.append(text("compare.disputed.more", count=rest))
    both = rate.disputed_before and rate.disputed_after
    which = "both" if both else "before" if rate.disputed_before else "after"
    return text(f"compare.disputed.{which}", contradictions="; ".join(named))


def _name_contradiction(pack: RulePack, outcome: str) -> str:
    rule, unit, period = outcome.partition("#")[0].split("@")
    return text("earlier.contradiction", rule=rule, unit=_name(pack, unit), period=_period(period))


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
