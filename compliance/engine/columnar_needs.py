"""What do the rules of a plan read, so that the columnar engine works out that and no more?"""

from __future__ import annotations

from dataclasses import dataclass, field

from compliance.engine.names import OTHER_PERIODS

PEER_BASE = 10**9
"""Of the digits in which rates are written out to be compared with their median."""


@dataclass(frozen=True, slots=True)
class PeersNeed:
    """A rate that is held against the median of the unit's peers: one column over another."""

    numerator: str
    denominator: str
    times_numerator: int
    times_denominator: int
    """What the columns are multiplied by so that their quotient is the rate in points."""
    limits: tuple[int, ...]
    """Twice the distance that is far, in whole points and then digits of `PEER_BASE`."""

    @property
    def digits(self) -> int:
        """How many digits behind the whole points are needed."""
        return len(self.limits) - 1


@dataclass(slots=True)
class Needs:
    """What the rules read, so that no more is worked out."""

    indicators: set[str] = field(default_factory=set)
    stated: set[str] = field(default_factory=set)
    printed: set[str] = field(default_factory=set)
    """Stated rates of which the printed decimals count."""
    targets: set[str] = field(default_factory=set)
    children: set[str] = field(default_factory=set)
    reports_below: bool = False
    """Whether it is asked how many of the units right below have a row."""
    peers: dict[str, PeersNeed] = field(default_factory=dict)
    """Rates held against those of the peers, by rule."""
    other_periods: dict[str, set[str]] = field(
        default_factory=lambda: {name: set() for name in OTHER_PERIODS}
    )
    """Columns of the other period, by relation."""
