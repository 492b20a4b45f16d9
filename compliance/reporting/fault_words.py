"""How is it said what is wrong with the figures of a unit, in full and beside the unit's name?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import lower_first, text
from compliance.model.assessment import NamedUnit
from compliance.model.named_checks import Cites, Stated
from compliance.reporting.wording import as_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.model.findings import Outcome
    from compliance.reporting.scope import Scope


def say_fault(scope: Scope, outcome: Outcome) -> str:
    """What is wrong with the figures, in the words of its rule where it has any."""
    rule = scope.pack.rule[outcome.rule]
    finding = scope.findings.get(outcome.id)
    if isinstance(rule.check, Stated) and outcome.outcome == "fail":
        return _say_wrong_rate(scope, rule.check.stated, outcome)
    if rule.message and finding is not None:
        return finding.message
    if isinstance(rule.check, Cites):
        return outcome.reason
    return text("assessment.contradicted.requirement", title=lower_first(rule.title), reason=outcome.reason)


def _say_wrong_rate(scope: Scope, rate: str, outcome: Outcome) -> str:
    return text(
        "assessment.contradicted.stated",
        label=scope.pack.rate[rate].label,
        unit=scope.tree[outcome.unit].label,
        **_rate_words(rate, outcome),
    )


def _rate_words(rate: str, outcome: Outcome) -> dict[str, str]:
    exact = outcome.operands.get(f"rate.{rate}")
    return {
        "stated": outcome.stated.text if outcome.stated else "",
        "right": show_right_rate(outcome),
        "formula": exact.derived_from if exact else "",
    }


def show_right_rate(outcome: Outcome) -> str:
    """What a stated rate has to be: at its own decimals, or at more where these make it 0 % or 100 %."""
    by_rounding = outcome.expected is not None and outcome.expected == outcome.stated
    right = outcome.measured if by_rounding else outcome.expected
    return right.text if right else ""


def say_briefly(scope: Scope, outcome: Outcome) -> str:
    """The figures alone, to stand after the unit where the rule has been named: `52 ≠ 47 + 8 = 55`."""
    rule = scope.pack.rule[outcome.rule]
    finding = scope.findings.get(outcome.id)
    if isinstance(rule.check, Stated) and outcome.outcome == "fail":
        return text("assessment.contradicted.stated_briefly", **_rate_words(rule.check.stated, outcome))
    words = finding.message if rule.message and finding is not None else outcome.reason
    return words.strip().removesuffix(".")


def name_each(scope: Scope, outcomes: Sequence[Outcome], *, in_full: bool = False) -> tuple[NamedUnit, ...]:
    """Each unit with all that was found of it, `in_full` where the outcomes are of several rules."""
    units = scope.tree.in_order(outcome.unit for outcome in outcomes)
    return tuple(
        _name_one(scope, unit, [outcome for outcome in outcomes if outcome.unit == unit], in_full=in_full)
        for unit in units
    )


def _name_one(scope: Scope, unit: str, outcomes: Sequence[Outcome], *, in_full: bool) -> NamedUnit:
    if in_full:
        found = " ".join(as_sentence(say_fault(scope, outcome)) for outcome in outcomes)
    else:
        found = "; ".join(say_briefly(scope, outcome) for outcome in outcomes)
    label = scope.tree[unit].label
    return NamedUnit(unit=unit, label=label, found=found, outcomes=tuple(outcome.id for outcome in outcomes))
