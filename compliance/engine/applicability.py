"""Does a rule concern this unit on this day, and which value of a target is in force?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.ruling import Ruling, rule_on
from compliance.model.named_checks import Submitted
from compliance.numerals import format_date

if TYPE_CHECKING:
    from datetime import date

    from compliance.model.rulepack import DatedValue, Rule, RulePack, Target
    from compliance.model.submission import Level, Submission, Unit


def value_in_force(target: Target, level: Level, day: date) -> DatedValue | None:
    """The latest value of the target that binds the level and had begun by `day`."""
    begun = [
        dated
        for dated in target.values
        if dated.effective_from <= day and (not dated.levels or level in dated.levels)
    ]
    return max(begun, key=lambda dated: dated.effective_from, default=None)


def exclude_rule(
    pack: RulePack, rule: Rule, unit: Unit, submission: Submission | None, day: date
) -> Ruling | None:
    """Why the rule does not concern the unit (withdrawn, level, time, an excerpt); None where it does."""
    withdrawal = next((item for item in pack.withdrawn if item.id == rule.id), None)
    if withdrawal is not None:
        return rule_on("not_applicable", "withdrawn", why=withdrawal.reason)
    if unit.level not in rule.applies_to:
        return rule_on("not_applicable", "other_level")
    if day < rule.effective_from:
        return rule_on("not_applicable", "not_yet_effective", day=format_date(rule.effective_from))
    if rule.effective_until is not None and day > rule.effective_until:
        return rule_on("not_applicable", "no_longer_effective", day=format_date(rule.effective_until))
    if rule.kind == "completeness" and not isinstance(rule.check, Submitted):
        return _exclude_excerpt(submission)
    return None


def _exclude_excerpt(submission: Submission | None) -> Ruling | None:
    """Completeness is for units that report for themselves; what another's report quotes is an excerpt."""
    if submission is None or submission.is_own_report:
        return None
    return rule_on("not_applicable", "excerpt" if submission.reported_by else "derived_unit")
