"""What does each missed target take: how many more, at which pace, and in which units?

The counts are those of the tasks. Each comes with the settings that `compliance whatif` takes, so that a
reader can see the target met.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from compliance.messages import text
from compliance.model.comparison import Need, Needs, Response, UnitNeed
from compliance.numerals import format_count, format_decimal, format_points
from compliance.reporting.breakdown import join_names
from compliance.reporting.scope import Scope
from compliance.reporting.shortfall import (
    Proportion,
    count_needed,
    find_goal,
    find_proportions,
    name_counted,
    show_count,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compliance.model.check import Check
    from compliance.model.findings import Finding, Outcome
    from compliance.model.rulepack import Rule

_MONTHS = 6
"""Of a half-year."""
_NAME = r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*"
_FIXED = re.compile(rf"\s*({_NAME})\s*(==|>=|<=)\s*(?:\d+|target\.{_NAME})\s*", re.ASCII)
"""A check that holds one indicator against a number of its own, or against a target."""
_NAMED = 6
"""Bodies named in a task; how many more there are is said."""


def list_needs(check: Check, unit: str | None = None) -> Needs:
    """What it takes to reach every target that is missed, of all units of the run or of one.

    Raises:
        ValueError: the run checked no submission, or the register lacks the unit.
    """
    scope = Scope(check, unit)
    missed = [outcome for outcome in check.outcomes if _is_missed(scope, outcome)]
    needs = {outcome.id: tuple(_needs_of(scope, outcome)) for outcome in missed}
    return Needs(
        period=str(scope.period),
        needs=tuple(need for found in needs.values() for need in found),
        uncounted=tuple(name for name, found in needs.items() if not found),
        responses=tuple(
            _respond(finding)
            for finding in check.findings
            if finding.id in needs and (finding.waivers or finding.explanation)
        ),
    )


def _respond(finding: Finding) -> Response:
    return Response(
        outcome=finding.id,
        waived=finding.waived,
        waivers=finding.waivers,
        explanation=finding.explanation,
    )


def _is_missed(scope: Scope, outcome: Outcome) -> bool:
    return (
        outcome.outcome == "fail"
        and outcome.kind == "target"
        and outcome.period == str(scope.period)
        and outcome.unit in scope.units
    )


def _needs_of(scope: Scope, outcome: Outcome) -> Iterator[Need]:
    rule = scope.pack.rule[outcome.rule]
    goal = find_goal(scope.pack, rule, outcome)
    if goal is None:
        yield from _need_number(scope, rule, outcome)
        return
    proportions = find_proportions(scope.pack, rule)
    if not proportions and rule.measure is not None and outcome.measured is not None:
        yield _need_points(scope, rule, outcome, goal)
    for numerator in dict.fromkeys(proportion.numerator for proportion in proportions):
        readings = [proportion for proportion in proportions if proportion.numerator == numerator]
        hardest = _hardest(scope, rule, outcome.unit, readings, goal)
        if hardest is not None:
            yield _need_count(scope, rule, outcome, hardest)


@dataclass(frozen=True, slots=True)
class _Lack:
    """How many of a proportion's numerator a unit lacks on its denominator."""

    proportion: Proportion
    goal: Fraction
    part: Fraction
    whole: Fraction
    count: int
    at_most: bool

    @property
    def direction(self) -> Literal["more", "fewer"]:
        return "fewer" if self.at_most else "more"

    @property
    def reached(self) -> Fraction:
        """The numerator that meets the goal."""
        return self.part - self.count if self.at_most else self.part + self.count


def _hardest(
    scope: Scope, rule: Rule, unit: str, readings: Iterable[Proportion], goal: Fraction
) -> _Lack | None:
    """Of several denominators the one that asks most: with it every reading is met."""
    lacks = (_measure(scope, rule, unit, reading, goal) for reading in readings)
    return max((lack for lack in lacks if lack is not None), key=lambda lack: lack.count, default=None)


def _measure(scope: Scope, rule: Rule, unit: str, proportion: Proportion, goal: Fraction) -> _Lack | None:
    part = scope.figures.number(unit, proportion.numerator)
    whole = scope.figures.number(unit, proportion.denominator)
    if part is None or not whole:
        return None
    at_most = rule.at_most is not None
    count = count_needed(part, whole, goal, at_most=at_most)
    return _Lack(proportion, goal, part, whole, count, at_most) if count else None


def _need_count(scope: Scope, rule: Rule, outcome: Outcome, lack: _Lack) -> Need:
    counted = scope.pack.indicator[lack.proportion.numerator]
    takes = text(
        f"assessment.takes.{lack.direction}",
        whole=show_count(lack.whole),
        wholes=name_counted(scope.pack.indicator[lack.proportion.denominator]),
        needed=format_count(lack.count),
        parts=name_counted(counted),
    )
    below = [
        found
        for unit in scope.tree.descendants(outcome.unit)
        if (found := _need_of_unit(scope, rule, unit, lack)) is not None
    ]
    return _compose(
        scope,
        outcome,
        direction=lack.direction,
        lacking=Fraction(lack.count),
        takes=takes,
        a_month=math.ceil(Fraction(lack.count, _MONTHS)),
        settings=tuple(_settings(scope, outcome.unit, lack)),
        blocs=tuple(need for need in below if scope.tree[need.unit].level == "bloc"),
        mostly=_concentrate([need for need in below if scope.tree.is_body(need.unit)]),
    )


def _need_of_unit(scope: Scope, rule: Rule, unit: str, lack: _Lack) -> UnitNeed | None:
    found = _measure(scope, rule, unit, lack.proportion, lack.goal)
    return UnitNeed(unit=unit, count=found.count) if found else None


def _concentrate(needs: Sequence[UnitNeed]) -> tuple[UnitNeed, ...]:
    """The largest first, until at least half of the whole is reached; equal ones in the register's order."""
    total, found, summed = sum(need.count for need in needs), [], 0
    for need in sorted(needs, key=lambda need: -need.count):
        if 2 * summed >= total:
            break
        found.append(need)
        summed += need.count
    return tuple(found)


def _settings(scope: Scope, unit: str, lack: _Lack) -> Iterator[str]:
    """The numerator to reach; a denominator that is not reported is held where it is.

    None for a unit that is only the sum of its units.
    """
    submission = scope.figures.submissions[unit]
    if not submission.reported_by:
        return
    yield _setting(unit, lack.proportion.numerator, lack.reached)
    whole = scope.pack.indicator[lack.proportion.denominator]
    if whole.parts and whole.id not in submission.observations:
        yield _setting(unit, whole.id, lack.whole)


def _setting(unit: str, indicator: str, value: Fraction) -> str:
    return f"{unit}:{indicator}={_plain(value)}"


def _plain(value: Fraction) -> str:
    """Without separators of thousands, to be typed."""
    return str(value.numerator) if value.denominator == 1 else format_decimal(value).replace(".", "")


def _need_points(scope: Scope, rule: Rule, outcome: Outcome, goal: Fraction) -> Need:
    measured = outcome.measured.exact if outcome.measured else Fraction(0)
    gap = abs(goal - measured)
    return _compose(
        scope,
        outcome,
        direction="points",
        lacking=gap,
        takes=text("assessment.takes.points", gap=format_points(gap)),
        settings=(f"{outcome.unit}:{rule.measure}={format_decimal(goal)}%",),
    )


def _need_number(scope: Scope, rule: Rule, outcome: Outcome) -> Iterator[Need]:
    """Where the check itself says the number: `dossiers.resolved_late == 0`."""
    match = _FIXED.fullmatch(rule.check) if isinstance(rule.check, str) else None
    if match is None or outcome.expected is None or outcome.difference is None:
        return
    off = outcome.difference.exact
    exactly = text("what_if.needs.exactly", target=outcome.expected.text)
    more = text("assessment.takes.difference", gap=outcome.difference.text.lstrip("-−"))
    own = scope.figures.submissions[outcome.unit].reported_by
    yield _compose(
        scope,
        outcome,
        direction="fewer" if off > 0 else "more",
        lacking=abs(off),
        takes=more if match.group(2) == ">=" else exactly,
        settings=(_setting(outcome.unit, match.group(1), outcome.expected.exact),) if own else (),
    )


def compose_pace(scope: Scope, outcome: Outcome) -> str:
    """What the count comes to a month of the next half-year, and where most of it lies.

    Empty where several counts are open, where nothing more is to be counted, and where a month takes less
    than one.
    """
    needs = tuple(_needs_of(scope, outcome))
    rule = scope.pack.rule[outcome.rule]
    if len(needs) != 1 or len(find_proportions(scope.pack, rule)) != 1:
        return ""
    (need,) = needs
    if need.direction != "more" or need.lacking < _MONTHS:
        return ""
    pace = text("assessment.takes.pace", period=scope.period.next.label, count=format_count(need.a_month))
    if not need.mostly or len(need.mostly) == scope.tree.count_bodies(outcome.unit):
        return pace
    named = [
        text("assessment.figure.of_unit", unit=scope.tree[one.unit].name, figure=format_count(one.count))
        for one in need.mostly[:_NAMED]
    ]
    rest = len(need.mostly) - len(named)
    named += [text("assessment.units.more", count=rest)] if rest else []
    return "; ".join((pace, text("assessment.takes.mostly", units=join_names(named))))


def _compose(scope: Scope, outcome: Outcome, **particulars: object) -> Need:
    rule = scope.pack.rule[outcome.rule]
    goal = outcome.target or outcome.expected
    measured = [outcome.measured] if outcome.measured else list(outcome.measures.values())
    return Need.model_validate(
        {
            "outcome": outcome.id,
            "rule": rule.id,
            "title": rule.title,
            "unit": outcome.unit,
            "measured": "; ".join(quantity.text for quantity in measured),
            "target": goal.text if goal else "",
            "due": outcome.due,
            **particulars,
        }
    )
