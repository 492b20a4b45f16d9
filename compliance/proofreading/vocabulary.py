"""How does a pack's vocabulary meet a report's prose?

Phrases of indicators and rates, names of units, topics of areas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from compliance.proofreading.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.model.rulepack import Indicator, Rate, RulePack
    from compliance.model.submission import Unit

_WORD = re.compile(r"[^\W_]+")
_ABBREVIATIONS = {
    "tthc": ("thủ", "tục", "hành", "chính"),
    "bccn": ("bưu", "chính", "công", "ích"),
    "dvbcci": ("dịch", "vụ", "bưu", "chính", "công", "ích"),
    "qlvb": ("quản", "lý", "văn", "bản"),
    "qlvbđh": ("quản", "lý", "văn", "bản", "và", "điều", "hành"),
    "dvctt": ("dịch", "vụ", "công", "trực", "tuyến"),
    "cntt": ("công", "nghệ", "thông", "tin"),
}
_FAR = 12
"""A phrase may be interrupted by so many words, each time less likely to be meant."""


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Folded words of a text, abbreviations written out."""
    words: list[str] = []
    for word in _WORD.findall(fold(text).lower):
        words += _ABBREVIATIONS.get(word, (word,))
    return tuple(words)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to name an indicator or a rate."""

    subject: str
    """Id of the indicator or rate."""
    words: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """All of a pack's words, folded once."""

    pack: RulePack

    @cached_property
    def indicators(self) -> tuple[Phrase, ...]:
        """Phrases of every indicator."""
        return tuple(phrase for indicator in self.pack.indicators for phrase in _phrases(indicator))

    @cached_property
    def rates(self) -> tuple[Phrase, ...]:
        """Phrases of every rate."""
        return tuple(phrase for rate in self.pack.rates for phrase in _phrases(rate))

    @cached_property
    def rate_of(self) -> dict[str, str]:
        """The rate that an indicator is the numerator of, else the denominator."""
        above = {rate.numerator: rate.id for rate in reversed(self.pack.rates)}
        return {rate.denominator: rate.id for rate in reversed(self.pack.rates)} | above

    @cached_property
    def topics(self) -> dict[str, frozenset[str]]:
        """The words of each area's title."""
        return {area.id: frozenset(words_of(area.title)) - {"và"} for area in self.pack.areas}

    @cached_property
    def units(self) -> tuple[tuple[Unit, tuple[str, ...]], ...]:
        """Every way to name a unit, the longest first."""
        named = [
            (unit, words_of(name))
            for unit in self.pack.units
            for name in {unit.label, unit.short_label, *unit.phrases}
            if name
        ]
        return tuple(sorted(named, key=lambda pair: (-len(pair[1]), pair[0].id, pair[1])))

    def unit_named(self, text: str) -> Unit | None:
        """The unit that a text names last; a longer name counts before a shorter one inside it."""
        words = words_of(text)
        best: tuple[int, int, Unit] | None = None
        for unit, name in self.units:
            at = _last_run(words, name)
            if at >= 0 and (best is None or at + len(name) > best[0]):
                best = (at + len(name), len(name), unit)
        return best[2] if best else None


def _phrases(subject: Indicator | Rate) -> Iterator[Phrase]:
    for text in (subject.label, *subject.phrases):
        yield Phrase(subject.id, words_of(text))


def _last_run(words: tuple[str, ...], name: tuple[str, ...]) -> int:
    size = len(name)
    return next((at for at in range(len(words) - size, -1, -1) if words[at : at + size] == name), -1)


def closeness(phrase: tuple[str, ...], words: tuple[str, ...], *, before: bool) -> int:
    """How well a phrase names the figure beside these words, 0 where it does not.

    `before` tells that the figure follows the words. The phrase stands in its order; each word in between,
    and each word between the phrase and the figure, counts against it.
    """
    ordered = words[::-1] if before else words
    wanted = phrase[::-1] if before else phrase
    best = 0
    for start in (at for at, word in enumerate(ordered) if word == wanted[0]):
        gap = _gap(ordered[start:], wanted)
        if gap is not None:
            best = max(best, 4 * len(wanted) - 2 * gap - min(start, 3 * len(wanted)))
    return best


def _gap(words: tuple[str, ...], wanted: tuple[str, ...]) -> int | None:
    """How many words interrupt a phrase that begins with the first word; None where it does not go on."""
    at, gap = 0, 0
    for word in wanted[1:]:
        try:
            following = words.index(word, at + 1, at + 2 + _FAR)
        except ValueError:
            return None
        gap += following - at - 1
        at = following
    return gap if gap <= _FAR else None
