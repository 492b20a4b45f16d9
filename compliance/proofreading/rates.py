"""Whose rate is a percentage that stands alone, its two figures a sentence away?

Its words are compared with the words around each figure: `tỷ lệ giải quyết đúng hạn` with `giải quyết đúng
hạn 20.542 hồ sơ`. Inside `(cấp huyện …, cấp xã …)` only figures of the same level are meant. Such a pairing
is held against the report only where the percentage misses it narrowly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.proofreading.breakdowns import find_breakdowns
from compliance.proofreading.nouns import is_same_noun
from compliance.proofreading.verdicts import Check, computed, judge, printed_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.proofreading.figures import Figure
    from compliance.proofreading.passages import Mention, Sentence

LEVEL = re.compile(
    r"(?:cấp|khối) (?:tỉnh|huyện|xã|thành phố|trung ương|cơ sở)|\b(?:xã|thị trấn|phường|huyện|"
    r"thị xã) [^\W\d_]{1,7}(?: [^\W\d_]{1,7})?(?= |$)"
)
_WORD = re.compile(r"[^\W\d_]{2,14}")
_COMMON_WORDS = """
tỷ lệ đạt chiếm là có được của các và trong đó đã với số tổng trên tại năm tháng đầu kết quả trường hợp
cấp huyện xã tỉnh khối cho về hiện nay đến từ bằng khoảng hơn gần thực
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_SYNONYMS = {"trễ": "quá", "chậm": "quá", "hẹn": "hạn"}
_REACH = 3
_FEWEST_WORDS = 2
"""One common word names nothing."""
_MOST_FIGURES = 40


@dataclass(frozen=True, slots=True)
class _Named:
    """A figure with its words, its level, and the figure before the bracket that it stands in."""

    mention: Mention
    words: frozenset[str]
    level: str
    head: _Named | None
    parents: tuple[Figure, ...]

    @property
    def figure(self) -> Figure:
        return self.mention.figure


def check_rates(sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Check]:
    """One check for each percentage without figures of its own clause."""
    rates = [
        m
        for m in sentence.mentions
        if m.figure.kind == "percent" and m.role == "plain" and m.figure.low is None
    ]
    if not rates or sentence.is_plan:
        return
    nearby = [*before[-_REACH:]]
    numbers = [named for earlier in nearby for named in _named(earlier, before)]
    named_rates = {named.mention.index: named for named in _named(sentence, before)}
    for rate in rates:
        named = named_rates[rate.index]
        own = [
            m
            for m in sentence.mentions[: rate.index]
            if m.figure.kind in {"number", "fraction"} and m.role == "plain" and not m.figure.unit
        ]
        if numbers and not own:
            yield from _check_rate(named, numbers[-_MOST_FIGURES:])


def _named(sentence: Sentence, before: Sequence[Sentence]) -> list[_Named]:
    parents: dict[int, list[Figure]] = {}
    for breakdown in find_breakdowns(sentence, before):
        for part in breakdown.parts:
            parents.setdefault(part.index, []).extend(whole.figure for whole in breakdown.wholes)
    named: list[_Named] = []
    for mention in sentence.mentions:
        if mention.figure.kind not in {"number", "percent"} or mention.figure.per:
            continue
        level = LEVEL.search(mention.lead)
        head = next(
            (
                n
                for n in reversed(named)
                if mention.bracket >= 0
                and n.mention.bracket < mention.bracket
                and n.figure.end <= mention.bracket
            ),
            None,
        )
        named.append(
            _Named(
                mention,
                _words(mention),
                level[0] if level else "",
                head,
                tuple(parents.get(mention.index, ())),
            )
        )
    return named


def _words(mention: Mention) -> frozenset[str]:
    """What names a figure: its clause, with what a bracket in between adds left out, and its noun."""
    lead = re.sub(r"\([^()]{0,60}\)", " ", mention.lead)
    clause = re.split(r"[,;:()]", lead.strip())[-1] or lead
    words = {_SYNONYMS.get(word, word) for word in _WORD.findall(clause)}
    return frozenset(words - _COMMON)


def _check_rate(rate: _Named, numbers: Sequence[_Named]) -> Iterator[Check]:
    words = rate.words | (rate.head.words if rate.head and (rate.level or not rate.words) else frozenset())
    aboves = _best(words, rate.level, numbers)
    pairs = [(above, below) for above in aboves for below in _belows(above, rate.level, numbers)]
    for above, below in pairs:
        check = _check(rate, above, below)
        if judge(check) == "consistent":
            yield replace(check, notes=() if rate.level else _wording(words, above, below, numbers))
            return
    held = next(
        (check for above, below in pairs if _misses_narrowly(check := _check(rate, above, below))), None
    )
    if held:
        yield held


def _best(words: frozenset[str], level: str, numbers: Sequence[_Named]) -> list[_Named]:
    """The figures whose words fit best; at a level, those of the level, else their heads."""
    heads = [n for n in numbers if n.figure.kind == "number" and n.head is None and n.mention.role == "plain"]
    scores = [(len(words & n.words), n) for n in heads]
    top = max((score for score, _ in scores), default=0)
    if top < _FEWEST_WORDS and not (top and len(words) == 1):
        return []
    best = [n for score, n in scores if score == top]
    if not level:
        return best
    inside = [n for n in numbers if n.head in best and n.level == level and n.figure.kind == "number"]
    return inside or best


def _belows(above: _Named, level: str, numbers: Sequence[_Named]) -> list[_Named]:
    """The figures that it may be a share of, of its level; the whole that it is a part of comes first."""
    pool = [
        n
        for n in numbers
        if n.figure.kind == "number"
        and n is not above
        and n.mention.role == "plain"
        and n.figure.unit == above.figure.unit
        and is_same_noun(n.figure.noun, above.figure.noun)
        and n.figure.value >= above.figure.value > 0
        and n.level == level
        and (n.head is None or level)
    ]
    base = above.head or above
    return sorted(pool, key=lambda n: (n.head or n).figure not in base.parents)


def _check(rate: _Named, above: _Named, below: _Named) -> Check:
    figures = (above.figure, below.figure)
    return Check(
        kind="ratio",
        formula="ratio",
        stated=rate.figure,
        operands=figures,
        start=min(f.start for f in figures),
        end=rate.figure.end,
    )


def _misses_narrowly(check: Check) -> bool:
    bounds = computed(check)
    if bounds is None or check.stated.decimals == 0 or check.stated.approximate:
        return False
    return abs(bounds[0] - check.stated.value) <= printed_unit(check.stated) * Fraction(3, 2)


def _wording(
    words: frozenset[str], above: _Named, below: _Named, numbers: Sequence[_Named]
) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
    """The figure that the words of the percentage name as its whole, where it holds for another."""
    for other in numbers:
        own = other.words - above.words - below.words
        if (
            other.head is None
            and other.figure.kind == "number"
            and len(own & words) >= _FEWEST_WORDS
            and other.figure != below.figure
        ):
            fits = (
                is_same_noun(other.figure.noun, below.figure.noun) and other.figure.value > below.figure.value
            )
            if fits and other.figure.unit == below.figure.unit:
                return (("wording", (above.figure, other.figure, below.figure)),)
    return ()
