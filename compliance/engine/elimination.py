"""Can some figures be chosen so that all rows hold, and if not, which other figures contradict each other?

Exact elimination over whole numbers: equalities by substitution (Gauss), inequalities in pairs
(Fourier–Motzkin). Every figure keeps its column, the fixed ones too, so that a contradiction names the
figures that it rests on: one of them at least must change as well (Fellegi and Holt's implied edit).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, gcd
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

Key = tuple[str, str]
"""A unit, and an indicator or `stated.` and a rate."""
Number = int | Fraction
Sign = Literal["=", "<=", "<"]
"""How the sum of a row stands to 0."""

_MOST_ROWS = 200
"""Of one elimination; identities of sums stay far below."""


class TooManyRowsError(Exception):
    """The inequalities multiply beyond what is worth looking at."""


@dataclass(frozen=True, slots=True)
class Row:
    """Σ coefficient × figure + constant = 0, ≤ 0 or < 0."""

    coefficients: Mapping[Key, int]
    constant: Number
    sign: Sign = "="
    rests_on: frozenset[Key] = frozenset()
    """Figures without a column whose change lets the row go: a stated rate, a figure of a condition."""

    def holds(self, values: Mapping[Key, Number]) -> bool:
        """Whether it holds for values of all its figures."""
        total = self.constant + sum(factor * values[key] for key, factor in self.coefficients.items())
        if self.sign == "=":
            return total == 0
        return total < 0 or (total == 0 and self.sign == "<=")

    def __hash__(self) -> int:
        """By what it says, in whatever order."""
        return hash((frozenset(self.coefficients.items()), self.constant, self.sign))

    @property
    def keys(self) -> frozenset[Key]:
        """Every figure whose change can mend it."""
        return self.rests_on | self.coefficients.keys()


@dataclass(frozen=True, slots=True)
class Reach:
    """From where to where a figure can lie; None is no limit."""

    low: Number | None = None
    high: Number | None = None
    open_low: bool = False
    open_high: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.open_low or self.open_high))

    @property
    def whole(self) -> tuple[int | None, int | None]:
        """The least and the greatest whole number in it; the least is the greater where there is none."""
        low = None if self.low is None else (floor(self.low) + 1 if self.open_low else ceil(self.low))
        high = None if self.high is None else (ceil(self.high) - 1 if self.open_high else floor(self.high))
        return low, high

    def contains(self, value: Number) -> bool:
        """Whether the number lies in it."""
        above = self.low is None or value > self.low or (value == self.low and not self.open_low)
        return above and (
            self.high is None or value < self.high or (value == self.high and not self.open_high)
        )


def eliminate(rows: Iterable[Row], keys: Collection[Key]) -> tuple[Row, ...]:
    """What the rows imply for the figures other than `keys`: whatever satisfies it can be completed.

    Raises:
        TooManyRowsError: the inequalities multiply.
    """
    table = _Table(rows)
    left = sorted(keys)
    while left:
        key = min(left, key=table.effort)
        left.remove(key)
        table.drop(key)
    return tuple(table.rows)


class _Table:
    """Rows found by the figures that stand in them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: dict[Row, None] = {}
        self._with: dict[Key, dict[Row, None]] = defaultdict(dict)
        for row in rows:
            self._add(row)

    def effort(self, key: Key) -> tuple[int, int]:
        """How many rows come of eliminating the figure: equalities never add any."""
        with_key = self._with[key]
        equal = [len(row.coefficients) for row in with_key if row.sign == "="]
        if equal or not with_key:
            return 0, min(equal, default=0)
        above = sum(row.coefficients[key] > 0 for row in with_key)
        return 1 + above * (len(with_key) - above), 0

    def drop(self, key: Key) -> None:
        """Put in place of the rows with the figure what follows from them without it.

        Raises:
            TooManyRowsError: that would be too many rows.
        """
        with_key = list(self._with[key])
        for row in with_key:
            self._remove(row)
        for first, second in _pair(with_key, key):
            combined = _combine(first, second, key)
            if not _says_nothing(combined):
                self._add(combined)
        if len(self.rows) > _MOST_ROWS:
            raise TooManyRowsError

    def _add(self, row: Row) -> None:
        self.rows[row] = None
        for key in row.coefficients:
            self._with[key][row] = None

    def _remove(self, row: Row) -> None:
        del self.rows[row]
        for key in row.coefficients:
            del self._with[key][row]


def _pair(rows: Sequence[Row], key: Key) -> list[tuple[Row, Row]]:
    """Every row with the shortest equality; without one, every upper bound with every lower."""
    equal = [row for row in rows if row.sign == "="]
    if equal:
        pivot = min(equal, key=lambda row: (len(row.rests_on), len(row.coefficients)))
        return [(row, pivot) for row in rows if row is not pivot]
    above = [row for row in rows if row.coefficients[key] > 0]
    below = [row for row in rows if row.coefficients[key] < 0]
    return [(first, second) for first in above for second in below]


def _says_nothing(row: Row) -> bool:
    """Whether it holds whatever the figures are: none of them is negative."""
    if row.sign == "=" or any(factor > 0 for factor in row.coefficients.values()):
        return False
    return row.constant < 0 or (row.constant == 0 and row.sign == "<=")


def _combine(row: Row, other: Row, key: Key) -> Row:
    """The sum of both in which the figure cancels out; an inequality only ever times a positive number."""
    first, second = row.coefficients[key], other.coefficients[key]
    factor, weight = abs(second), abs(first) if first * second < 0 else -abs(first)
    coefficients = {name: factor * value for name, value in row.coefficients.items()}
    for name, value in other.coefficients.items():
        total = coefficients.get(name, 0) + weight * value
        if total:
            coefficients[name] = total
        else:
            coefficients.pop(name, None)
    constant = factor * row.constant + weight * other.constant
    sign = row.sign if other.sign == "=" else "<" if "<" in {row.sign, other.sign} else "<="
    return _reduce(coefficients, constant, sign, row.rests_on | other.rests_on)


def _reduce(
    coefficients: Mapping[Key, int],
    constant: Number,
    sign: Sign,
    rests_on: frozenset[Key],
) -> Row:
    divisor = gcd(*coefficients.values())
    if divisor > 1 and isinstance(constant, int) and constant % divisor == 0:
        coefficients = {name: value // divisor for name, value in coefficients.items()}
        constant //= divisor
    return Row(coefficients, constant, sign, rests_on)


def reach_of(rows: Iterable[Row], key: Key, values: Mapping[Key, Number]) -> Reach:
    """Where the figure can lie by rows in which every other figure has a value."""
    reach = Reach()
    for row in rows:
        factor = row.coefficients.get(key, 0)
        if not factor:
            continue
        rest = row.constant + sum(
            weight * values[other] for other, weight in row.coefficients.items() if other != key
        )
        limit = Fraction(-rest) / factor
        if row.sign == "=" or factor > 0:
            reach = _lower_ceiling(reach, limit, is_open=row.sign == "<")
        if row.sign == "=" or factor < 0:
            reach = _raise_floor(reach, limit, is_open=row.sign == "<")
    return reach


def _lower_ceiling(reach: Reach, limit: Number, *, is_open: bool) -> Reach:
    if reach.high is not None and (reach.high, not reach.open_high) <= (limit, not is_open):
        return reach
    return Reach(reach.low, limit, reach.open_low, is_open)


def _raise_floor(reach: Reach, limit: Number, *, is_open: bool) -> Reach:
    if reach.low is not None and (reach.low, reach.open_low) >= (limit, is_open):
        return reach
    return Reach(limit, reach.high, is_open, reach.open_high)
