"""Which rules of a pack can be decided column by column, by which cases, and which cannot?

A plan says for each rule, case after case, under which condition of a row which outcome and reason code
stand, as `evaluate` gives them; the first case that holds counts. A rule that whole numbers of 64 bits cannot
decide exactly is left out by name, with what would be needed; none disappears.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from compliance.engine.columnar_cases import plan_rule
from compliance.engine.columnar_needs import Needs
from compliance.engine.columnar_operands import BeyondColumnsError, Operands
from compliance.engine.columnar_terms import LIMIT, DoesNotFitError
from compliance.messages import text
from compliance.model.bulk import LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.engine.columnar_verdicts import Code, RulePlan
    from compliance.engine.expressions import CompiledPack
    from compliance.model.rulepack import Rule, RulePack

_NARROWER = tuple(10**power for power in range(1, 31))
"""By how much ranges are divided in search of those that would fit."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules of a pack for the columnar engine."""

    pack: RulePack
    rules: tuple[RulePlan, ...]
    left_out: tuple[LeftOut, ...]
    needs: Needs = field(default_factory=Needs)
    codes: tuple[Code, ...] = ()
    """Every outcome with its reason that the rules can have; a result column holds the place in this list."""


def plan_pack(compiled: CompiledPack) -> Plan:
    """The plan of every rule of a pack, in the pack's order."""
    operands = Operands(compiled.pack)
    planned: list[RulePlan] = []
    left_out: list[LeftOut] = []
    for rule in compiled.pack.rules:
        beyond = _try(compiled, rule)
        if beyond is None:
            planned.append(plan_rule(compiled, rule, operands))
        else:
            left_out.append(beyond)
    codes = dict.fromkeys(code for plan in planned for code in _codes_of(plan))
    return Plan(compiled.pack, tuple(planned), tuple(left_out), operands.needs, tuple(codes))


def _codes_of(plan: RulePlan) -> Iterator[Code]:
    yield from (code for _, code in plan.cases)
    yield plan.otherwise


def _try(compiled: CompiledPack, rule: Rule) -> LeftOut | None:
    """Why the rule is left out; None where it is not."""
    try:
        plan_rule(compiled, rule, Operands(compiled.pack))
    except BeyondColumnsError as beyond:
        words = text(f"columnar.left_out.{beyond.code}", subject=beyond.subject)
        return LeftOut(rule=rule.id, code=beyond.code, reason=words)
    except DoesNotFitError as beyond:
        words = text(
            "columnar.left_out.overflow", bound=beyond, limit=LIMIT, needed=_needed_ranges(compiled, rule)
        )
        return LeftOut(rule=rule.id, code="overflow", reason=words)
    return None


def _needed_ranges(compiled: CompiledPack, rule: Rule) -> str:
    """The ranges of its indicators, all narrowed alike, within which the rule would fit."""
    pack = compiled.pack
    for shrink in _NARROWER:
        operands = Operands(pack, shrink)
        try:
            plan_rule(compiled, rule, operands)
        except DoesNotFitError:
            continue
        except BeyondColumnsError:
            break
        ranges = (pack.indicator[name] for name in sorted(operands.needs.indicators))
        return "; ".join(
            text(
                "columnar.range",
                indicator=indicator.id,
                low=_plain(indicator.minimum, shrink),
                high=_plain(indicator.maximum, shrink),
            )
            for indicator in ranges
            if indicator.maximum is not None
        )
    return text("columnar.no_range_fits")


def _plain(bound: Decimal | None, shrink: int) -> str:
    return f"{((bound or Decimal(0)) / shrink).normalize():f}"
