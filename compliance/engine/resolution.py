"""Does a check that passes now settle the finding that stood before, or is a figure merely gone?

A pass on fewer figures than the finding rested on settles nothing: to delete a figure is not to put it right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.model.named_checks import Cites, RollUp

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compliance.model.findings import Operand, Outcome
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission

_NO_FIGURES = ("unit.", "period.", "target.", "rate.")
"""Names of what no unit reports; the figures of a rate stand beside it."""


def name_lost(
    pack: RulePack, before: Outcome, after: Outcome, reported: Iterable[Submission]
) -> tuple[str, ...]:
    """Labels of the figures that the outcome before rested on and that are gone; none where none is.

    Of a roll-up over the units below only the number of those that report counts; passages that cite a
    document are no figures. `reported` is the later check's.
    """
    rule = pack.rule.get(after.rule)
    if rule is not None and isinstance(rule.check, Cites):
        return ()
    if rule is not None and isinstance(rule.check, RollUp):
        then, now = _children(before), _children(after)
        lost = [name for name in then if name not in now] if len(now) < len(then) else []
    else:
        known = {item.unit: item for item in reported if str(item.period) == after.period}
        lost = [
            name
            for name, operand in before.operands.items()
            if not (operand.assumed or name.startswith(_NO_FIGURES) or _is_known(name, after, known))
        ]
    return tuple(dict.fromkeys(_label(pack, name) for name in lost))


def is_settled(outcome: Outcome) -> bool:
    """Whether a pass by itself settles a finding: on whole figures, with none assumed or disputed."""
    if outcome.disputed_by:
        return False
    if outcome.reason_code == "together" and not outcome.operands:
        return False
    return outcome.reason_code != "rollup_at_least" and not any(
        operand.assumed for operand in outcome.operands.values()
    )


def _children(outcome: Outcome) -> Mapping[str, Operand]:
    return {name: operand for name, operand in outcome.operands.items() if "@" in name}


def _is_known(name: str, after: Outcome, reported: Mapping[str, Submission]) -> bool:
    """Whether the figure still stands: beneath the outcome, or reported where the rule left it out."""
    operand = after.operands.get(name)
    if operand is not None:
        return not operand.assumed
    indicator, _, child = name.partition("@")
    submission = reported.get(child or after.unit)
    if submission is None:
        return False
    return indicator in submission.observations or indicator.removeprefix("stated.") in submission.stated


def _label(pack: RulePack, name: str) -> str:
    indicator, _, child = name.partition("@")
    bare = indicator.removeprefix("stated.")
    labels = {unit: known.label for unit, known in pack.unit.items()}
    labels |= {rate.id: rate.label for rate in pack.rates}
    labels |= {indicator.id: indicator.label for indicator in pack.indicators}
    return labels.get(child or bare, name)
