"""Whom is an assessment about, and what did the run find out about them?

About the widest units of the run: those that stand below no other unit of it, or the one asked for. All that
stand below are named where they matter, and have no assessment of their own.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from compliance.model.named_checks import RollUp
from compliance.reporting.figures import Figures
from compliance.reporting.units import UnitTree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal, TypeAlias

    from compliance.model.check import Check
    from compliance.model.findings import Finding, Outcome
    from compliance.model.rulepack import Rule, RulePack
    from compliance.model.submission import Period

    Relation: TypeAlias = Literal["previous", "last_year"]


class Scope:
    """The subjects of an assessment with the outcomes and figures of theirs and of the units below.

    Raises:
        ValueError: the run checked no submission, or the register lacks the unit asked for.
    """

    def __init__(self, check: Check, unit: str | None = None) -> None:
        if not check.reported:
            raise ValueError("no submission was checked")
        self.check = check
        self.pack: RulePack = check.pack
        self.tree = UnitTree(self.pack.units)
        if unit is not None and unit not in self.tree:
            raise ValueError(f"unknown unit: {unit}")
        self.period: Period = max(submission.period for submission in check.reported)
        reported = [submission for submission in check.reported if submission.period == self.period]
        self.figures = Figures(self.pack, self.tree, reported)
        self.period_of: Mapping[Relation, Period] = {
            "previous": self.period.previous,
            "last_year": self.period.same_last_year,
        }
        self.figures_of: Mapping[Relation, Figures] = {
            relation: self._figures_then(period) for relation, period in self.period_of.items()
        }
        self.subjects = (unit,) if unit else self.tree.roots(self.figures.submissions)
        self.units = tuple(
            below for subject in self.subjects for below in (subject, *self.tree.descendants(subject))
        )
        self._rule_order = {rule.id: place for place, rule in enumerate(self.pack.rules)}
        self._area_order = {area.id: place for place, area in enumerate(self.pack.areas)}
        self.findings: dict[str, Finding] = {finding.id: finding for finding in check.findings}
        self._outcomes: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
        for outcome in check.outcomes:
            if outcome.period == str(self.period):
                self._outcomes[outcome.rule, outcome.unit].append(outcome)

    def _figures_then(self, period: Period) -> Figures:
        """The figures of an earlier half-year, whichever of the two the caller gave them for."""
        earlier = (*self.check.previous, *self.check.last_year, *self.check.reported)
        return Figures(
            self.pack, self.tree, (report for report in earlier if report.period == period), strict=True
        )

    def outcomes(self, rule: Rule, unit: str) -> tuple[Outcome, ...]:
        """What the rule came to on the unit: one outcome, or one for each cited document."""
        return tuple(self._outcomes.get((rule.id, unit), ()))

    def outcomes_below(self, rule: Rule, unit: str) -> tuple[Outcome, ...]:
        """What the rule came to on the units below, in the register's order."""
        return tuple(
            outcome for below in self.tree.descendants(unit) for outcome in self.outcomes(rule, below)
        )

    @cached_property
    def contradictions(self) -> tuple[Outcome, ...]:
        """Failed comparisons of figures that have to agree; a rate wrongly stated disputes no figure."""
        return tuple(
            outcome
            for outcomes in self._outcomes.values()
            for outcome in outcomes
            if outcome.outcome == "fail"
            and outcome.kind == "consistency"
            and outcome.severity != "advisory"
            and isinstance(self.pack.rule[outcome.rule].check, str | RollUp)
        )

    def subject_of(self, unit: str) -> str:
        """The subject that the unit is, or stands below."""
        return next((one for one in self.subjects if one == unit or self.tree.stands_below(unit, one)), unit)

    def order_of(self, rule: Rule, unit: str, *, rank: int = 0) -> tuple[int, ...]:
        """Where a statement stands: by area, then `rank` in its area, then rule, then unit."""
        return self.place_of_area(rule.area), rank, self._rule_order[rule.id], self.tree.place(unit)

    def place_of_area(self, area: str) -> int:
        """Where an area stands in the assessment; one that the pack does not list comes last."""
        return self._area_order.get(area, len(self._area_order))

    def name_area(self, area: str) -> str:
        """The title of an area."""
        return next((known.title for known in self.pack.areas if known.id == area), area)

    def answerable(self, unit: str) -> str:
        """The unit whose report gives the unit's figures, and which has to correct them."""
        submission = self.figures.submissions.get(unit)
        reporter = submission.reported_by if submission else unit
        return reporter if reporter in self.tree else unit
