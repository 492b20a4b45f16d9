"""What does a ledger come to beside what each unit reported, and where do they differ?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.engine.dossier_counting import complete_sums
from compliance.engine.rollup import is_derived_parent
from compliance.engine.stated_rates import is_faithful
from compliance.messages import text
from compliance.model.ledger_definitions import FAULTS
from compliance.model.reconciliation import COLUMNS, ReconciledColumn, ReconciledRate, ReconciledUnit
from compliance.numerals import Printed, is_truncated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from compliance.engine.dossier_counting import Tallies
    from compliance.engine.dossier_situations import Calendar
    from compliance.engine.ledger_coverage import Coverage
    from compliance.engine.runs import Run
    from compliance.model.reconciliation import Agreement, Unrecorded
    from compliance.model.rulepack import Rate
    from compliance.model.submission import Submission

AREA = "dossiers"
_INDICATORS = tuple(f"{AREA}.{column}" for column in COLUMNS)
_EXTRAS = ("resolved_without_due", "pending_without_due")
_NAMED = 3
"""Units without records that a reason names; the result lists them all."""


@dataclass(frozen=True)
class CutOffs:
    """The last day counted for each unit of a run."""

    run: Run
    choice: str
    _known: dict[str, date] = field(default_factory=dict)

    def of(self, unit: str) -> date:
        """That of its own data window, else of the nearest unit above that has one, else the period's end."""
        if unit not in self._known:
            self._known[unit] = self._find(unit)
        return self._known[unit]

    def _find(self, unit: str) -> date:
        end = self.run.ledger.period.end
        if self.choice == "period_end":
            return end
        submission = self.run.submission(unit)
        window = submission.window(AREA) if submission else None
        if window is not None:
            return min(window.end, end)
        above = self.run.register.ancestors(unit)
        return self.of(above[0]) if submission is None and above else end

    def all(self) -> tuple[date, ...]:
        """Every one that some unit has."""
        return tuple(sorted({self.of(unit) for unit in self.run.register.units}))


@dataclass(frozen=True)
class Comparison:
    """The tallies of a ledger against the figures of a run."""

    run: Run
    tallies: Tallies
    calendar: Calendar
    cut_offs: CutOffs
    coverage: Coverage

    def units(self) -> tuple[ReconciledUnit, ...]:
        """Every unit that the ledger or a submission knows, in the register's order."""
        register = self.run.register
        known = {*self.run.ledger.submissions, *self.tallies.records} - {""}
        above = {parent for unit in known for parent in register.ancestors(unit)}
        ordered = sorted(known | above, key=lambda unit: register.order[unit])
        return tuple(self._reconcile(unit) for unit in ordered)

    def _reconcile(self, unit: str) -> ReconciledUnit:
        itself, below = self.run.register.units[unit], self._below(unit)
        leaves = self._leaves(unit)
        without_records = tuple(self.coverage.without_records(unit))
        uncounted = self._why_uncounted(unit, leaves, without_records)
        expected = complete_sums(leaves) if leaves is not None and not uncounted else None
        columns = tuple(
            self._column(unit, name, expected, uncounted) for name in _INDICATORS if self._is_known(name)
        )
        rates = tuple(self._rates(unit, expected)) if expected is not None else ()
        faults = sum((self.tallies.faults.get(one, Counter()) for one in below), Counter[str]())
        cut_off = self.cut_offs.of(unit)
        place = self.calendar.days.index(cut_off)
        return ReconciledUnit(
            unit=unit,
            label=itself.label,
            level=itself.level,
            cut_off=None if self._is_derived(unit) and len(self._parts_cut_offs(unit)) > 1 else cut_off,
            records=sum(self.tallies.records[one] for one in below),
            verdict=_worst([*(column.verdict for column in columns), *(rate.verdict for rate in rates)]),
            columns=columns,
            rates=rates,
            faults={fault: faults[fault] for fault in FAULTS if faults[fault]},
            added_up=self._is_derived(unit),
            after_cut_off=sum(self.tallies.after[one, place] for one in below),
            **{name: (leaves or {}).get(name, 0) for name in _EXTRAS},
            without_records=tuple(self._label(below) for below, _ in without_records),
        )

    def _is_known(self, indicator: str) -> bool:
        return indicator in self.run.pack.indicator

    def _below(self, unit: str) -> tuple[str, ...]:
        return (unit, *self.run.register.descendants(unit))

    def _is_derived(self, unit: str) -> bool:
        return is_derived_parent(self.run.submission(unit))

    def _parts_cut_offs(self, unit: str) -> set[date]:
        return {self.cut_offs.of(one) for one in self._below(unit) if self.tallies.records[one]}

    def _label(self, unit: str) -> str:
        return self.run.register.units[unit].label

    def _why_uncounted(
        self,
        unit: str,
        leaves: Mapping[str, int] | None,
        without_records: Sequence[tuple[str, Unrecorded]],
    ) -> str:
        """Why the ledger has no sum for a unit, in words; empty where it has one.

        A ledger that leaves out units below comes to less than all of them, which is no difference; units
        that report none take nothing away.
        """
        if leaves is None:
            reports_zero = self.coverage.standing(unit) == "reports_zero" and not without_records
            return text(f"reconcile.no_records{'_none_reported' if reports_zero else ''}")
        left_out = [self._label(below) for below, standing in without_records if standing == "open"]
        if not left_out:
            return ""
        named, more = ", ".join(left_out[:_NAMED]), len(left_out) - _NAMED
        return text(f"reconcile.partial{'_more' if more > 0 else ''}", units=named, count=more)

    def _leaves(self, unit: str) -> Mapping[str, int] | None:
        """The columns of the ledger, sums left out; None where the ledger does not mention the unit.

        A unit that was added up from the reports below it is held against the same sum, each with its own
        cut-off; one that reports for itself against all that stands below it at its own.
        """
        below = self._below(unit)
        if not any(self.tallies.records[one] for one in below):
            return {} if self.coverage.is_covered(unit) else None
        own = self._counted_at(unit, self.cut_offs.of(unit))
        if self._is_derived(unit):
            parts = (self._leaves(child) for child in self.run.register.children(unit))
            return sum((Counter(part) for part in parts if part), own)
        return sum((self._counted_at(one, self.cut_offs.of(unit)) for one in below[1:]), own)

    def _counted_at(self, unit: str, cut_off: date) -> Counter[str]:
        return self.tallies.columns.get((unit, self.calendar.days.index(cut_off)), Counter())

    def _column(
        self, unit: str, name: str, expected: Mapping[str, int] | None, uncounted: str
    ) -> ReconciledColumn:
        figure = self.run.ledger.indicator(unit, name)
        reported = (
            figure.value if isinstance(figure.value, int) and not isinstance(figure.value, bool) else None
        )
        counted = expected[name.partition(".")[2]] if expected is not None else None
        reason = uncounted or (figure.why_lacking if reported is None else "")
        difference = reported - counted if reported is not None and counted is not None else None
        return ReconciledColumn(
            indicator=name,
            expected=counted,
            reported=reported,
            difference=difference,
            verdict="no_data" if difference is None else "differ" if difference else "agree",
            reason=reason,
            derived_from=figure.derived_from if reported is not None else "",
        )

    def _rates(self, unit: str, expected: Mapping[str, int]) -> Iterable[ReconciledRate]:
        submission = self.run.submission(unit)
        for rate in self.run.pack.rates:
            is_counted = {rate.numerator, rate.denominator} <= set(_INDICATORS)
            is_stated = submission is not None and rate.id in submission.stated
            if is_counted and (is_stated or rate.id == f"{AREA}.in_time"):
                yield _compare_rate(rate, expected, submission)


def _compare_rate(rate: Rate, expected: Mapping[str, int], submission: Submission | None) -> ReconciledRate:
    numerator, denominator = (expected[name.partition(".")[2]] for name in (rate.numerator, rate.denominator))
    exact = Fraction(100 * numerator, denominator) if denominator else None
    stated = submission.stated.get(rate.id) if submission is not None else None
    verdict: Agreement = "no_data"
    truncated = False
    if exact is not None and stated is not None:
        printed = Printed(stated.value, stated.decimals, stated.as_written)
        verdict = "agree" if is_faithful(printed, exact) else "differ"
        truncated = is_truncated(printed, exact)
    return ReconciledRate(
        rate=rate.id,
        numerator=numerator,
        denominator=denominator,
        exact=exact,
        stated=stated.as_written if stated is not None else None,
        verdict=verdict,
        truncated=truncated,
    )


def _worst(verdicts: Sequence[Agreement]) -> Agreement:
    if "differ" in verdicts:
        return "differ"
    return "agree" if "agree" in verdicts else "no_data"
