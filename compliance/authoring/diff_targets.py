"""What do the targets, indicators and rates of one pack say otherwise than those of another?

Targets are compared by the value in force for each level on every day on which either begins anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from compliance.authoring.diff_fields import (
    compare_plain,
    compare_ranked,
    compare_sets,
    compose_item,
    say_citation,
)
from compliance.engine.applicability import value_in_force
from compliance.model.comparison import FieldDifference
from compliance.model.ledger_definitions import LedgerColumn, LedgerDefinition
from compliance.model.rulepack import Indicator, Rate, Target
from compliance.model.submission import LEVELS
from compliance.numerals import format_date, format_decimal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from compliance.model.comparison import DifferenceKind, ItemDifference
    from compliance.model.rulepack import DatedValue, RulePack

Item = TypeVar("Item", Indicator, Rate, Target, LedgerDefinition, LedgerColumn)


def compare_targets(old: RulePack, new: RulePack) -> Iterator[ItemDifference]:
    """Every target that differs."""
    yield from compare_items(
        "target",
        old.targets,
        new.targets,
        lambda before, after: _values(before, after, is_least=_is_least(new, after.id)),
    )


def compare_indicators(old: RulePack, new: RulePack) -> Iterator[ItemDifference]:
    """Every indicator that differs."""
    yield from compare_items("indicator", old.indicators, new.indicators, _indicator)


def compare_rates(old: RulePack, new: RulePack) -> Iterator[ItemDifference]:
    """Every rate that differs."""
    yield from compare_items("rate", old.rates, new.rates, _rate)


def compare_items(
    subject: str,
    old_items: Iterable[Item],
    new_items: Iterable[Item],
    compare: Callable[[Item, Item], Iterator[FieldDifference]],
) -> Iterator[ItemDifference]:
    """Items that came, went, or of which `compare` finds a particular that differs."""
    old, new = ({item.id: item for item in items} for items in (old_items, new_items))
    for name, item in new.items():
        if name not in old:
            yield compose_item(subject, name, item.label, (), kinds=("added",))
        elif fields := tuple(compare(old[name], item)):
            yield compose_item(subject, name, item.label, fields)
    for name, item in old.items():
        if name not in new:
            yield compose_item(subject, name, item.label, (), kinds=("withdrawn",))


def _is_least(pack: RulePack, target: str) -> bool | None:
    """Whether more is asked the higher the target is; None where the rules do not tell."""
    if any(rule.at_least == target for rule in pack.rules):
        return True
    return False if any(rule.at_most == target for rule in pack.rules) else None


def _values(old: Target, new: Target, *, is_least: bool | None) -> Iterator[FieldDifference]:
    """One difference for each day and each change, however many levels it is about."""
    yield from compare_plain("label", old.label, new.label, "reworded")
    days = sorted({dated.effective_from for target in (old, new) for dated in target.values})
    found = (
        difference
        for day in days
        for level in LEVELS
        for difference in _on_day(
            day, value_in_force(old, level, day), value_in_force(new, level, day), is_least=is_least
        )
    )
    yield from dict.fromkeys(found)


def _on_day(
    day: date, old: DatedValue | None, new: DatedValue | None, *, is_least: bool | None
) -> Iterator[FieldDifference]:
    """What is asked from a day on, against what was asked."""
    if old is None and new is None:
        return
    since = format_date(day)
    if old is None or new is None:
        kind: DifferenceKind = "tightened" if old is None else "loosened"
        yield _since(since, kind, _say(old), _say(new))
        return
    if old.value != new.value:
        rises = new.value > old.value
        known: DifferenceKind = "tightened" if rises == is_least else "loosened"
        yield _since(since, "changed" if is_least is None else known, _say(old), _say(new))
    if old.due != new.due:
        sooner = old.due is not None and (new.due is None or new.due < old.due)
        yield from compare_ranked("due", old.due, new.due, stricter=sooner)
    yield from compare_plain("citation", say_citation(old.citation), say_citation(new.citation), "citation")
    yield from compare_plain("common", old.common, new.common, "reworded")


def _since(day: str, kind: DifferenceKind, before: str, after: str) -> FieldDifference:
    return FieldDifference(field="value", kind=kind, before=before, after=f"{after} ({day})" if after else "")


def _say(dated: DatedValue | None) -> str:
    return format_decimal(dated.value) if dated else ""


def _indicator(old: Indicator, new: Indicator) -> Iterator[FieldDifference]:
    yield from compare_sets("required", old.required, new.required)
    yield from _bound("minimum", old.minimum, new.minimum, is_least=True)
    yield from _bound("maximum", old.maximum, new.maximum, is_least=False)
    for field in ("type", "unit_of_measure", "levels", "additive", "parts", "assume_zero", "opening_of"):
        yield from compare_plain(field, getattr(old, field), getattr(new, field), "changed")
    for field in ("label", "description"):
        yield from compare_plain(field, getattr(old, field), getattr(new, field), "reworded")


def _bound(
    field: str, old: Decimal | None, new: Decimal | None, *, is_least: bool
) -> Iterator[FieldDifference]:
    """A limit of what may be reported: one that comes in, or comes closer, asks more."""
    stricter = old is None or (new is not None and (new > old) == is_least)
    yield from compare_ranked(field, old, new, stricter=stricter)


def _rate(old: Rate, new: Rate) -> Iterator[FieldDifference]:
    for field in ("numerator", "denominator", "levels"):
        yield from compare_plain(field, getattr(old, field), getattr(new, field), "changed")
    for field in ("label", "wording"):
        yield from compare_plain(field, getattr(old, field), getattr(new, field), "reworded")
