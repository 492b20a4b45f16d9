"""Which submissions are looked at together, and with which of other periods are they compared?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.engine.ledger import Ledger
from compliance.engine.register import Register
from compliance.engine.rollup import derive_parents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from compliance.engine.expressions import CompiledPack
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Period, Submission


class UnknownUnitError(LookupError):
    """A submission is of a unit that the pack does not list; whoever reads submissions refuses it."""


@dataclass(frozen=True, slots=True)
class Run:
    """One period under evaluation: the compiled pack, the figures, and the units that are due."""

    compiled: CompiledPack
    ledger: Ledger
    expected: frozenset[str]
    as_of: date
    """The day of the run; no verdict hangs on it."""
    earlier: tuple[Run, ...] = ()
    """The periods that it is compared with, each by itself, with what was before it."""

    @property
    def pack(self) -> RulePack:
        """The pack."""
        return self.ledger.pack

    @property
    def register(self) -> Register:
        """The units."""
        return self.ledger.register

    def submission(self, unit: str) -> Submission | None:
        """What the unit reported; None where it did not."""
        return self.ledger.submissions.get(unit)


def open_runs(
    compiled: CompiledPack,
    submissions: Sequence[Submission],
    *,
    as_of: date,
    previous: Sequence[Submission] = (),
    same_period_last_year: Sequence[Submission] = (),
    expected: Iterable[str] = (),
) -> tuple[Run, ...]:
    """A run for each period of the submissions, the earliest first, derived parents included.

    Raises:
        UnknownUnitError: a submission is of a unit that the pack does not list.
    """
    register = Register(compiled.pack.units)
    unknown = sorted({submission.unit for submission in submissions} - register.units.keys())
    if unknown:
        raise UnknownUnitError(", ".join(unknown))
    known = (*same_period_last_year, *previous, *submissions)
    return tuple(
        Run(
            compiled=compiled,
            ledger=_open_compared(compiled.pack, register, period, submissions, known),
            expected=frozenset(expected),
            as_of=as_of,
            earlier=tuple(
                Run(
                    compiled=compiled,
                    ledger=_open_compared(compiled.pack, register, before, known, known),
                    expected=frozenset(),
                    as_of=as_of,
                )
                for before in (period.previous, period.same_last_year)
                if any(submission.period == before for submission in known)
            ),
        )
        for period in sorted({submission.period for submission in submissions})
    )


def _open_compared(
    pack: RulePack,
    register: Register,
    period: Period,
    submissions: Iterable[Submission],
    known: Sequence[Submission],
) -> Ledger:
    """The ledger of a period with those of the half-year before and the same half of the year before."""
    return _open_ledger(
        pack,
        register,
        period,
        submissions,
        previous=_open_ledger(pack, register, period.previous, known),
        same_period_last_year=_open_ledger(pack, register, period.same_last_year, known),
    )


def _open_ledger(
    pack: RulePack,
    register: Register,
    period: Period,
    submissions: Iterable[Submission],
    *,
    previous: Ledger | None = None,
    same_period_last_year: Ledger | None = None,
) -> Ledger:
    """The ledger of a period; of two revisions of a submission the later counts."""
    of_period = sorted(
        (submission for submission in submissions if submission.period == period),
        key=lambda submission: submission.revision,
    )
    latest = {submission.unit: submission for submission in of_period}
    return Ledger(
        pack,
        register,
        period,
        derive_parents(pack, register, period, tuple(latest.values())),
        previous=previous,
        same_period_last_year=same_period_last_year,
    )
