"""Which number is drawn for the n-th invented thing, the same on every machine and in every engine?

A draw is a function of the seed, a purpose and a number, and of nothing drawn before: rows may be made in any
order, by any number of threads. It is three rounds of `x·a + b` modulo three primes below 2^31, with `a` and
`b` from the seed and the purpose, so that integers of 64 bits never overflow, and Python and SQL compute the
same number. Evenly spread and hardly related from one purpose to the next: enough for invented figures, and
nothing for secrets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRIMES = (2147483647, 2147483629, 2147483587)
"""The largest below 2^31 but for two between them."""
_BASE = 1000003
_LEAST_FACTOR = 2**29
_FACTORS = 2**30
LIMIT = _PRIMES[-1]
"""Draws are at least 0 and below this."""


@dataclass(frozen=True, slots=True)
class Draws:
    """All draws of one seed."""

    seed: int

    def number(self, purpose: str, key: int) -> int:
        """The draw for one purpose and a number of at least 0; itself from 0 to `LIMIT` - 1."""
        value = key
        for prime, factor, start in self._rounds(purpose):
            value = (value % prime * factor + start) % prime
        return value

    def between(self, purpose: str, key: int, low: int, high: int) -> int:
        """A draw from `low` to `high`, both included."""
        return low + self.number(purpose, key) % (high - low + 1)

    def sql(self, purpose: str, key: str) -> str:
        """The same draw as SQL, over a column or an expression of type BIGINT."""
        value = f"({key})"
        for prime, factor, start in self._rounds(purpose):
            value = f"(({value} % {prime} * {factor} + {start}) % {prime})"
        return value

    def _rounds(self, purpose: str) -> Iterator[tuple[int, int, int]]:
        """Prime, factor and start of each round."""
        for prime in _PRIMES:
            mixed = self.seed % prime
            for byte in purpose.encode():
                mixed = (mixed * _BASE + byte + 1) % prime
            mixed = mixed * mixed % prime
            yield prime, _LEAST_FACTOR + mixed % _FACTORS, mixed
