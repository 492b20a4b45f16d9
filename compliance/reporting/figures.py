"""Which exact figure does a unit report, or yield from what it reports?

The sentences of a pack may name any indicator or rate. A range or an approximate figure is no exact one,
and a part that the pack takes as 0 counts only beside parts that are reported.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.model.rulepack import Indicator, RulePack
    from compliance.model.submission import Submission
    from compliance.reporting.units import UnitTree

Value = bool | Fraction | date | None


class Figures:
    """The exact figures of the units of one period.

    With `strict` no part is taken as 0: what is compared with another period must rest on reports alone.
    """

    def __init__(
        self, pack: RulePack, tree: UnitTree, submissions: Iterable[Submission], *, strict: bool = False
    ) -> None:
        self._pack = pack
        self._tree = tree
        self._strict = strict
        self.submissions = {submission.unit: submission for submission in submissions}

    def value(self, unit: str, name: str) -> Value:
        """The figure of an indicator or a rate (in points), by its id; None where there is no exact one."""
        if name in self._pack.rate:
            rate = self._pack.rate[name]
            return self.share(unit, rate.numerator, rate.denominator)
        indicator = self._pack.indicator.get(name)
        return self._indicator(unit, indicator) if indicator else None

    def number(self, unit: str, name: str) -> Fraction | None:
        """The same where it is a number, else None."""
        value = self.value(unit, name)
        return value if isinstance(value, Fraction) else None

    def share(self, unit: str, numerator: str, denominator: str) -> Fraction | None:
        """One indicator as a percentage of another, in points; 0/0 is no figure."""
        part, whole = self.number(unit, numerator), self.number(unit, denominator)
        return None if part is None or not whole else part / whole * 100

    def _indicator(self, unit: str, indicator: Indicator) -> Value:
        submission = self.submissions.get(unit)
        if submission is None:
            return None
        observation = submission.observations.get(indicator.id)
        if observation is not None and observation.approximate is None:
            match observation.value:
                case bool() | date() as reported:
                    return reported
                case int() | Decimal() as reported:
                    return Fraction(reported)
        if indicator.from_register is not None:
            return Fraction(self._tree.count_bodies(unit)) or None
        return self._sum(unit, indicator.parts, () if self._strict else indicator.assume_zero)

    def _sum(self, unit: str, parts: Sequence[str], assume_zero: Sequence[str]) -> Fraction | None:
        known = {part: self.number(unit, part) for part in parts}
        absent = [part for part, value in known.items() if value is None]
        if len(absent) == len(parts) or any(part not in assume_zero for part in absent):
            return None
        return sum((value for value in known.values() if value is not None), Fraction(0))
