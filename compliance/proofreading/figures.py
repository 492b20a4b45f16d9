"""What is a figure of a report's prose? A value with its printed precision, its unit and its place."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from compliance.model.submission import Approximate

FigureKind = Literal[
    "number", "percent", "points", "times", "fraction", "range", "date", "month", "year",
    "document", "ordinal", "score", "rank", "phone", "clock",
]  # fmt: skip
"""`number` is a count or a measure; only it, `percent` and `fraction` are ever reckoned with."""

Role = Literal["plain", "change", "base", "plan", "limit"]
"""What its words make of a figure: an amount of change, another period's figure, a plan's, a threshold."""

_REACH = Fraction(1, 10)
"""An approximate figure reaches ten in a hundred of itself."""


class Figure(NamedTuple):
    """One figure as written.

    `step` is the size of its last printed place where the figure may have been rounded, 0 where it is
    exact; `low` and `high` are set for a range. A fraction holds its denominator in `under`.
    """

    kind: FigureKind
    start: int
    end: int
    value: Fraction = Fraction(0)
    step: Fraction = Fraction(0)
    decimals: int = 0
    low: Fraction | None = None
    high: Fraction | None = None
    approximate: Approximate | None = None
    other: Fraction | None = None
    """A second way to read its separators: `2.146 triệu` is 2,146 million or 2.146 million."""
    noun: str = ""
    """What it counts: up to four words after it, folded."""
    unit: str = ""
    """The unit of a measure, `đồng` for money; empty for a count."""
    per: str = ""
    """Where it is so much for each: the word after the slash or after `mỗi`."""
    under: Figure | None = None
    on: date | None = None
    sign: str = ""
    """A document's number."""

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """The least and the greatest exact value that the writing allows."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        if self.approximate is None:
            return (
                (self.value - self.step / 2, self.value + self.step / 2)
                if self.step
                else (self.value, self.value)
            )
        reach = abs(self.value) * _REACH
        return (
            self.value if self.approximate == "over" else self.value - reach,
            self.value if self.approximate == "under" else self.value + reach,
        )

    def quoted(self, written: str) -> str:
        """Itself as the text writes it, on one line; of a fraction what stands above."""
        words = " ".join(written[self.start : self.end].split())
        return words.split("/")[0].rstrip() if self.kind == "fraction" else words

    @property
    def is_exact(self) -> bool:
        """Whether the writing allows one value only."""
        low, high = self.bounds
        return low == high

    @property
    def is_integral(self) -> bool:
        """Whether it is a plain whole number, exact as it stands."""
        return self.step == 0 and self.approximate is None and self.value.denominator == 1
