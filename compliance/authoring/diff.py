"""What does one pack say otherwise than another?

A change is a tightening or a loosening only where that can be told from what is written: severity, levels,
dates, values of targets, ranges, a bound on the same expression. Any other change of what is asked is
`changed`.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from compliance.authoring.diff_fields import (
    compare_plain,
    compare_ranked,
    compare_sets,
    compose_item,
    say_citation,
    say_value,
)
from compliance.authoring.diff_ledgers import compare_ledgers
from compliance.authoring.diff_targets import compare_indicators, compare_rates, compare_targets
from compliance.model.check import PackStamp
from compliance.model.comparison import FieldDifference, PackDifference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.model.comparison import DifferenceKind, ItemDifference
    from compliance.model.rulepack import PackHeader, Rule, RulePack

_SEVERITIES = ("advisory", "must_explain", "must_fix")
_WORDING = ("title", "area", "fix", "message", "strength", "limitation")
_ASKED = ("kind", "assume", "measure", "measures", "at_least", "at_most", "commend_at")
_BOUND = re.compile(r"(?P<side>.+?)\s*(?P<sign><=|>=|<|>)\s*(?P<bound>\d+(?:\.\d+)?)", re.DOTALL)

_JOINED = re.compile(r"\b(?:and|or|not)\b|[<>=]")
"""What makes more of an expression than one comparison."""


def compare_packs(old: RulePack, new: RulePack) -> PackDifference:
    """Everything that differs, rules first, in the new pack's order, withdrawn ones last."""
    return PackDifference(
        old=_stamp(old.header),
        new=_stamp(new.header),
        differences=(
            *_compare_rules(old, new),
            *compare_targets(old, new),
            *compare_indicators(old, new),
            *compare_rates(old, new),
            *compare_ledgers(old, new),
        ),
    )


def _stamp(header: PackHeader) -> PackStamp:
    return PackStamp(id=header.id, version=header.version, digest=header.digest)


def _compare_rules(old: RulePack, new: RulePack) -> Iterator[ItemDifference]:
    before, after = _in_use(old), _in_use(new)
    met = set()
    for rule in after.values():
        former = next((before[name] for name in (rule.id, *rule.aliases) if name in before), None)
        if former is None:
            yield compose_item("rule", rule.id, rule.title, (), kinds=("added",))
            continue
        met.add(former.id)
        fields = tuple(_rule_fields(former, rule))
        renamed = former.id if former.id != rule.id else ""
        if fields or renamed:
            yield compose_item("rule", rule.id, rule.title, fields, renamed_from=renamed)
    reasons = {withdrawal.id: withdrawal.reason for withdrawal in new.withdrawn}
    for former in before.values():
        if former.id not in met:
            reason = reasons.get(former.id, "")
            yield compose_item("rule", former.id, former.title, (), kinds=("withdrawn",), reason=reason)


def _in_use(pack: RulePack) -> dict[str, Rule]:
    """The rules of a pack that it has not withdrawn."""
    withdrawn = {withdrawal.id for withdrawal in pack.withdrawn}
    return {rule.id: rule for rule in pack.rules if rule.id not in withdrawn}


def _rule_fields(old: Rule, new: Rule) -> Iterator[FieldDifference]:
    graver = _SEVERITIES.index(new.severity) > _SEVERITIES.index(old.severity)
    yield from compare_ranked("severity", old.severity, new.severity, stricter=graver)
    yield from compare_sets("applies_to", old.applies_to, new.applies_to)
    earlier = new.effective_from < old.effective_from
    yield from compare_ranked("effective_from", old.effective_from, new.effective_from, stricter=earlier)
    longer = (new.effective_until or date.max) > (old.effective_until or date.max)
    yield from compare_ranked("effective_until", old.effective_until, new.effective_until, stricter=longer)
    yield from _condition(old.when, new.when)
    yield from _check(say_value(old.check), say_value(new.check))
    for field in _ASKED:
        yield from compare_plain(field, getattr(old, field), getattr(new, field), "changed")
    yield from compare_plain("citation", say_citation(old.citation), say_citation(new.citation), "citation")
    for field in _WORDING:
        yield from compare_plain(field, getattr(old, field), getattr(new, field), "reworded")
    if old.tasks != new.tasks:
        before, after = ("; ".join(task.action for task in rule.tasks) for rule in (old, new))
        yield FieldDifference(field="tasks", kind="reworded", before=before, after=after)


def _condition(before: str | None, after: str | None) -> Iterator[FieldDifference]:
    """A condition that comes in lets units off, one that goes takes them in."""
    kind: DifferenceKind = "loosened" if before is None else "tightened" if after is None else "changed"
    yield from compare_plain("when", before, after, kind)


def _check(before: str, after: str) -> Iterator[FieldDifference]:
    yield from compare_plain("check", before, after, _compare_bounds(before, after) or "changed")


def _compare_bounds(before: str, after: str) -> DifferenceKind | None:
    """Whether the same expression is held to a higher or a lower number; None where that is not all."""
    old, new = _BOUND.fullmatch(before.strip()), _BOUND.fullmatch(after.strip())
    if old is None or new is None or old["sign"] != new["sign"]:
        return None
    if old["side"].split() != new["side"].split() or _JOINED.search(old["side"]):
        return None
    rises = Decimal(new["bound"]) > Decimal(old["bound"])
    return "tightened" if rises == old["sign"].startswith(">") else "loosened"
