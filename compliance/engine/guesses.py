"""What should a doubted figure be, and which slip of the pen would explain what was written?

Where the other figures leave one number only, it is that. Where they leave a stretch, it is the one number in
it that a slip would have turned into the written one, if there is just one. A stated rate is recomputed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.engine.cells import STATED
from compliance.engine.slips import UNEXPLAINED, find_slip, propose, weigh_slip
from compliance.numerals import Printed, is_truncated, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compliance.engine.cells import Cell
    from compliance.engine.elimination import Key, Number, Reach
    from compliance.engine.localize import Change, Repair
    from compliance.engine.runs import Run
    from compliance.engine.slips import Slip
    from compliance.engine.system import System

_MOST_DECIMALS = 12


@dataclass(frozen=True, slots=True)
class Guess:
    """A doubted figure, and what it should be where that can be said."""

    key: Key
    right: Number | None = None
    slip: Slip | None = None
    weight: int = UNEXPLAINED
    """How far-fetched the change is, see `weigh_slip`."""


class Guesser:
    """Guesses for the figures of one run."""

    def __init__(self, run: Run, system: System) -> None:
        self._run = run
        self._system = system

    def guess(self, repair: Repair, change: Change) -> Guess | None:
        """What one figure of a repair should be; None for a stated rate that is right as it stands."""
        cell = self._system.cells[change.key]
        if cell.key[1].startswith(STATED):
            return self._guess_rate(repair, cell, change.reach)
        right = only_number(change.reach, is_whole=cell.is_whole)
        if not cell.is_whole or not isinstance(cell.value, int) or not cell.as_written:
            return Guess(change.key, right)
        if right is None:
            return self._guess_in_reach(repair, cell.key, cell.value, change.reach)
        slip = find_slip(cell.value, int(right), self._neighbours(change.key))
        return Guess(change.key, right, slip, weigh_slip(slip, cell.value, int(right)))

    def holds(self, values: Mapping[Key, Number], left_out: Iterable[str] = ()) -> bool:
        """Whether the checks that can only be tried hold with these values put in."""
        constraints = {one.id: one for key in values for one in self._system.constraints_of(key)}
        return all(
            one.condition(values)
            for one in constraints.values()
            if one.condition is not None and one.id not in left_out
        )

    def _guess_in_reach(self, repair: Repair, key: Key, written: int, reach: Reach) -> Guess:
        """A figure of which only the limits are known."""
        if len(repair.changes) > 1:
            return Guess(key)
        found = propose(written, lambda value: reach.contains(value) and self.holds({key: value}))
        if found is None:
            return Guess(key)
        slip, right = found
        return Guess(key, right, slip, weigh_slip(slip, written, right))

    def _guess_rate(self, repair: Repair, cell: Cell, reach: Reach) -> Guess | None:
        """The rate recomputed, where its figures are not in doubt themselves."""
        unit, name = cell.key
        rate = self._run.pack.rate[name.removeprefix(STATED)]
        doubted = {change.key for change in repair.changes}
        figure = self._run.ledger.rate(unit, rate.id)
        if figure.value is None or doubted & {(unit, rate.numerator), (unit, rate.denominator)}:
            return Guess(cell.key)
        written, exact = Fraction(cell.value or 0), figure.exact
        right = _round(exact, written, cell.decimals)
        if right == written:
            return None
        if not reach.contains(right):
            return Guess(cell.key)
        slip = _slip_of_rate(cell, exact, right)
        scale = 10**cell.decimals
        return Guess(cell.key, right, slip, weigh_slip(slip, int(written * scale), int(right * scale)))

    def _neighbours(self, key: Key) -> set[int]:
        """The figures before and after it in the unit's report, and the same of units near by."""
        unit, name = key
        register, submission = self._run.register, self._run.submission(unit)
        if submission is None:
            return set()
        reported = [one.id for one in self._run.pack.indicators if one.id in submission.observations]
        place = reported.index(name)
        beside = {*reported[max(place - 1, 0) : place], *reported[place + 1 : place + 2]}
        near = {*register.peers(unit), *register.ancestors(unit)} - {unit}
        places = [*((unit, other) for other in beside), *((other, name) for other in near)]
        figures = (self._run.ledger.indicator(*other).value for other in places)
        return {figure for figure in figures if isinstance(figure, int)}


def only_number(reach: Reach, *, is_whole: bool) -> Number | None:
    """The one number that a figure can be; None where there are several."""
    low, high = reach.whole if is_whole else (reach.low, reach.high)
    return low if low == high else None


def _round(exact: Fraction, written: Fraction, decimals: int) -> Fraction:
    """At the printed decimals; with as many as tell it apart where only rounding made it 0 % or 100 %."""
    rounded = Fraction(round_half_up(exact, decimals))
    if rounded != written:
        return rounded
    decimals = max(decimals, 1)
    while rounded in {0, 100} and rounded != exact and decimals < _MOST_DECIMALS:
        decimals += 1
        rounded = Fraction(round_half_up(exact, decimals))
    return rounded


def _slip_of_rate(cell: Cell, exact: Fraction, right: Fraction) -> Slip | None:
    scale = 10**cell.decimals
    written = Fraction(cell.value or 0)
    printed = Printed(round_half_up(written, cell.decimals), cell.decimals, cell.as_written)
    if is_truncated(printed, exact):
        return "truncated"
    if (right * scale).denominator != 1:
        return None
    slip = find_slip(int(written * scale), int(right * scale))
    return None if slip == "separator" else slip
