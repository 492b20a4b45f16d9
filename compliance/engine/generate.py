"""Which rules follow from the indicators and rates of a pack, without anybody writing them?

A whole is the sum of its parts, a numerator is no more than its denominator, a stated rate is the one
recomputed, and a parent's figure is the sum of its units'. They are listed like the written ones.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from compliance.messages import lower_first, text
from compliance.model.named_checks import RollUp, Stated
from compliance.model.rulepack import Rule, RulePack
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.model.named_checks import NamedCheck
    from compliance.model.rulepack import Indicator, Rate
    from compliance.model.submission import Level

GENERATED_PREFIXES = ("PARTS:", "RATE:", "ROLLUP:")
"""How the ids of generated rules begin; no written rule's may."""


def generate_rules(pack: RulePack) -> RulePack:
    """The pack with its generated rules; all in the areas' order, the written ones first within each."""
    written = [rule for rule in pack.rules if not rule.generated]
    order = {area.id: place for place, area in enumerate(pack.areas)}
    rules = sorted([*written, *_generate(pack)], key=lambda rule: order.get(rule.area, len(order)))
    fields = {name: getattr(pack, name) for name in RulePack.model_fields}
    return RulePack(**{**fields, "rules": tuple(rules)})


def check_rule_ids(pack: RulePack) -> Iterator[Problem]:
    """Every written rule that has the id of a generated one."""
    for rule in pack.rules:
        if not rule.generated and rule.id.startswith(GENERATED_PREFIXES):
            yield Problem("generated.reserved_id", rule.place, {"rule": rule.id})


def _generate(pack: RulePack) -> Iterator[Rule]:
    for indicator in pack.indicators:
        if indicator.parts:
            yield _compose_parts(pack, indicator)
    for rate in pack.rates:
        yield _compose_rate_part(pack, rate)
        yield _compose_rate_stated(pack, rate)
    for indicator in pack.indicators:
        if indicator.additive:
            yield _compose_rollup(pack, indicator)


def _compose_parts(pack: RulePack, whole: Indicator) -> Rule:
    """Parts taken as 0 when not reported are; any other that is missing leaves the rule without a verdict."""
    parts = "; ".join(lower_first(pack.indicator[part].label) for part in whole.parts)
    return _compose(
        pack,
        whole,
        f"PARTS:{whole.id}",
        levels=whole.levels,
        check=f"{whole.id} == {' + '.join(whole.parts)}",
        assume={part: Decimal(0) for part in whole.assume_zero},
        words=("parts", {"whole": whole.label, "whole_inline": lower_first(whole.label), "parts": parts}),
    )


def _compose_rate_part(pack: RulePack, rate: Rate) -> Rule:
    return _compose(
        pack,
        rate,
        f"RATE:{rate.id}:part",
        levels=rate.levels,
        check=f"{rate.numerator} <= {rate.denominator}",
        words=("rate_part", _words_of(pack, rate)),
    )


def _compose_rate_stated(pack: RulePack, rate: Rate) -> Rule:
    return _compose(
        pack,
        rate,
        f"RATE:{rate.id}:stated",
        levels=rate.levels,
        check=Stated(stated=rate.id),
        words=("rate_stated", _words_of(pack, rate)),
    )


def _compose_rollup(pack: RulePack, indicator: Indicator) -> Rule:
    return _compose(
        pack,
        indicator,
        f"ROLLUP:{indicator.id}",
        levels=indicator.additive,
        check=RollUp(rollup=indicator.id),
        words=("rollup", {"indicator_inline": lower_first(indicator.label)}),
    )


def _words_of(pack: RulePack, rate: Rate) -> Mapping[str, str]:
    numerator, denominator = pack.indicator[rate.numerator].label, pack.indicator[rate.denominator].label
    return {
        "rate_inline": lower_first(rate.label),
        "numerator": numerator,
        "numerator_inline": lower_first(numerator),
        "denominator_inline": lower_first(denominator),
    }


def _compose(
    pack: RulePack,
    source: Indicator | Rate,
    rule_id: str,
    *,
    levels: tuple[Level, ...],
    check: str | NamedCheck,
    words: tuple[str, Mapping[str, str]],
    assume: Mapping[str, Decimal] | None = None,
) -> Rule:
    sentences, values = words
    return Rule(
        id=rule_id,
        title=text(f"generated.{sentences}.title", **values),
        area=source.id.partition(".")[0],
        kind="consistency",
        severity="must_fix",
        applies_to=levels,
        check=check,
        assume=assume or {},
        effective_from=pack.header.effective_from,
        fix=text(f"generated.{sentences}.fix", **values),
        generated=True,
        pack=pack.header.id,
        place=source.place,
    )
