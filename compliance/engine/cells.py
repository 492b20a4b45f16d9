"""What is one figure of one unit to localization: written, assumed, known from elsewhere, or unknown?

A figure that nobody wrote is unknown; one that follows from others brings its own identity, so that a doubt
about it goes on to what it is made of.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.engine.elimination import Row
from compliance.engine.rollup import is_derived_parent
from compliance.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.engine.elimination import Key, Number
    from compliance.engine.figures import Figure
    from compliance.engine.runs import Run
    from compliance.model.submission import StatedRate

STATED = "stated."
OTHER_PERIODS = ("previous.", "same_period_last_year.")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one unit: written, assumed, known from elsewhere, or unknown."""

    key: Key
    value: Number | None = None
    """None where nobody wrote it."""
    low: Number = 0
    high: Number | None = None
    """A range that was written, or the indicator's own."""
    is_pinned: bool = False
    """It is not to be doubted: of another period, from the register."""
    is_whole: bool = True
    decimals: int = 0
    """How many it was printed with."""
    as_written: str = ""
    place: Place = field(default_factory=Place)

    @property
    def is_unknown(self) -> bool:
        """Whether any value within its range may be put in."""
        return self.value is None


class Cells:
    """The figures of a run that some identity speaks of, each read once."""

    def __init__(self, run: Run, pinned: frozenset[Key]) -> None:
        self._run = run
        self._pinned = pinned
        self.known: dict[Key, Cell] = {}
        self.definitions: list[Row] = []
        """What unwritten figures are made of."""
        self._assumed = {
            name: Fraction(value)
            for rule in run.pack.rules
            if rule.kind == "consistency"
            for name, value in rule.assume.items()
        }

    def sum_row(self, unit: str, indicator: str) -> Iterator[Row]:
        """The parent's figure less those of the units right below; an unknown one may be anything."""
        children = self._run.ledger.children_figures(unit, indicator)
        if children:
            yield Row({self.at(unit, indicator): 1} | {self.at(one, indicator): -1 for one in children}, 0)

    def stated(self, unit: str, written: StatedRate) -> Key:
        """The key of a percentage that the unit wrote."""
        key = (unit, f"{STATED}{written.rate}")
        self.known.setdefault(
            key,
            Cell(
                key,
                Fraction(written.value),
                is_pinned=key in self._pinned,
                is_whole=False,
                decimals=written.decimals,
                as_written=written.as_written,
                place=written.place,
            ),
        )
        return key

    def at(self, unit: str, name: str) -> Key:
        """The key of a figure, read once."""
        key = (unit, name)
        if key not in self.known:
            self.known[key] = Cell(key)
            self.known[key] = self._read_cell(key)
        return key

    def _read_cell(self, key: Key) -> Cell:
        unit, name = key
        submission = self._run.submission(unit)
        if name.startswith(OTHER_PERIODS):
            value = self._run.ledger.named(unit, name).fraction
            return Cell(key, value, is_pinned=True)
        if name.startswith(STATED):
            written = submission.stated.get(name.removeprefix(STATED)) if submission else None
            if written is None:
                return Cell(key, is_whole=False)
            del self.known[key]
            return self.known[self.stated(unit, written)]
        return self._read_indicator(key)

    def _read_indicator(self, key: Key) -> Cell:
        unit, name = key
        indicator, submission = self._run.pack.indicator[name], self._run.submission(unit)
        nobody = Cell(key, is_whole=indicator.type == "count")
        observation = submission.observations.get(name) if submission else None
        if submission is None:
            return nobody
        if is_derived_parent(submission):
            self.definitions += self.sum_row(unit, name) if observation else ()
            return nobody
        figure = self._run.ledger.indicator(unit, name)
        if observation is not None and not figure.sources:
            return self._read_observed(nobody, figure)
        if figure.sources and indicator.parts:
            parts = {self.at(unit, part): -1 for part in indicator.parts}
            self.definitions.append(Row({key: 1} | parts, 0))
            return nobody
        if figure.value is not None:
            return replace(nobody, value=_number(figure.exact), is_pinned=True)
        assumed = self._assumed.get(name)
        return nobody if assumed is None else replace(nobody, value=_number(assumed))

    def _read_observed(self, nobody: Cell, figure: Figure) -> Cell:
        """A number that was written, or a range of which any number may be meant."""
        written = replace(nobody, as_written=figure.as_written, place=figure.place)
        if figure.value is not None:
            return replace(written, value=_number(figure.exact), is_pinned=nobody.key in self._pinned)
        low, high = (None if bound is None else Fraction(bound) for bound in (figure.low, figure.high))
        return replace(written, low=low or 0, high=high)


def _number(exact: Fraction) -> Number:
    """A whole number as an `int`, which computes faster."""
    return exact.numerator if exact.denominator == 1 else exact
