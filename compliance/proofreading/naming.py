"""What does a figure measure, by the words beside it? The pack's phrases, the closest first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.proofreading.lexicon import DURATIONS
from compliance.proofreading.pairings import is_linked
from compliance.proofreading.parts import before_list, opens_part
from compliance.proofreading.vocabulary import Vocabulary, closeness, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.model.rulepack import Indicator
    from compliance.proofreading.passages import Mention, Paragraph, Sentence

Words = tuple[str, ...]

_LEAST = 4
_TOPIC_BONUS, _PART_BONUS = 5, 6
_TOPIC_CHARACTERS = 220
_NUMERIC = frozenset(("number", "percent", "fraction", "range"))
_PERIODS = DURATIONS - {"phút", "giây", "buổi"}
"""Lengths of time that date a report's figures and are none of them."""

_TAIL_END = re.compile(r"[;.()]")
_NEXT_FIGURE = re.compile(r",(?! (?:thị trấn|phường|công chức|viên chức|phản ánh)) | và ")
_COORDINATED = re.compile(r"^((?: [^\W\d_]{1,9}){1,4}) và \d{1,3} ([^\d;.]{1,60})")
_TITLE_PART = 4, 3
"""Three in four words of an area's title make its topic."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words that may name a figure, and what its paragraph treats."""

    lead: Words
    tail: Words
    topic: frozenset[str]


def is_placeable(mention: Mention) -> bool:
    """Whether a figure can be a value of anything: not a date, not a length of time."""
    return mention.figure.kind in _NUMERIC and mention.figure.unit not in _PERIODS


def outside_brackets(lead: str) -> str:
    """The words before a figure without what brackets add.

    A bracket of a few words stays: `quá hạn (cấp xã)`.
    """
    inside, closed, behind = lead.rpartition(")")
    if closed and "(" not in inside:
        lead = behind
    return re.sub(r"\(([^()]{1,20})\)", r" \1 ", re.sub(r"\([^()]{21,}\)", " ", lead))


def read_surroundings(paragraph: Paragraph, sentence: Sentence, mention: Mention) -> Surroundings:
    """The words on both sides up to the next figures; ordinals such as `mức độ 3` do not cut them off."""
    lower, offset = sentence.lower, sentence.start
    others = [m for m in sentence.mentions if is_placeable(m) and m is not mention]
    before = max((m.figure.end for m in others if m.index < mention.index), default=sentence.start)
    after = min((m.figure.start for m in others if m.index > mention.index), default=sentence.end)
    lead = re.split(r"[;(]", outside_brackets(lower[before - offset : mention.figure.start - offset]))[-1]
    tail, *more = _TAIL_END.split(lower[mention.figure.end - offset : after - offset])
    if mention.figure.kind == "percent":
        tail = _own_tail(mention, others, tail)
    joined = _COORDINATED.match(lower[mention.figure.end - offset :])
    if joined:
        tail = f"{joined[1]} {joined[2]}"
    elif after < sentence.end and not more and mention.figure.kind != "percent":
        tail = _NEXT_FIGURE.split(tail)[0]
    opening = paragraph.sentences[0].lower[:_TOPIC_CHARACTERS]
    topic = {*words_of(opening), *words_of(lower[:_TOPIC_CHARACTERS]), *words_of(lead)}
    return Surroundings(words_of(lead), words_of(tail), frozenset(topic))


def _own_tail(share: Mention, others: Sequence[Mention], tail: str) -> str:
    """The words behind a percentage that are not of the list behind it.

    Behind `1.140 hồ sơ, đạt 95%` and `trong đó đúng hạn đạt 95%` nothing behind a comma is.
    """
    above = next((other for other in reversed(others) if other.index < share.index), None)
    is_of_it = above is not None and above.figure.kind != "percent" and is_linked(share, above)
    return before_list(tail.partition(",")[0] if is_of_it or opens_part(share) else tail)


def name_figure(
    vocabulary: Vocabulary, mention: Mention, around: Surroundings, parts: frozenset[str]
) -> Words:
    """The indicators or rates whose phrases stand closest; none where two are equally close.

    `parts` are what the figure's head is made of. One percentage may be said of two things at once: `100% …
    hộp thư … và được trang bị máy tính`.
    """
    scores: dict[str, int] = {}
    for subject, words in _phrases(vocabulary, mention, parts):
        score = max(closeness(words, around.lead, before=True), closeness(words, around.tail, before=False))
        if score > 0:
            scores[subject] = max(scores.get(subject, 0), score)
    ranked = sorted(
        (
            (score + _bonus(vocabulary, subject, around.topic, parts), subject)
            for subject, score in scores.items()
        ),
        reverse=True,
    )
    if not ranked or ranked[0][0] < _LEAST or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return ()
    first, rates = ranked[0][1], vocabulary.pack.rate
    if mention.figure.kind != "percent" or first in rates or " và " not in mention.tail:
        return (first,)
    return (first, *[subject for _, subject in ranked[1:] if subject not in rates][:1])


def _bonus(vocabulary: Vocabulary, subject: str, topic: frozenset[str], parts: frozenset[str]) -> int:
    """What else speaks for a subject: the paragraph treats its area, or its head is made of it."""
    words = vocabulary.topics.get(subject.split(".", 1)[0], frozenset())
    whole, enough = _TITLE_PART
    treated = bool(words) and whole * len(words & topic) >= enough * len(words)
    return (_TOPIC_BONUS if treated else 0) + (_PART_BONUS if subject in parts else 0)


def _phrases(vocabulary: Vocabulary, mention: Mention, parts: frozenset[str]) -> Iterator[tuple[str, Words]]:
    """The phrases that can name a figure of this kind and noun."""
    if mention.figure.kind in {"percent", "fraction"}:
        yield from _rate_phrases(vocabulary, mention)
    if mention.figure.kind == "fraction":
        return
    for phrase in vocabulary.indicators:
        indicator = vocabulary.pack.indicator[phrase.subject]
        if phrase.subject in parts and mention.figure.kind != "percent":
            counted = len(words_of(mention.figure.noun)[:2]) if _names_noun(phrase.words, mention) else 0
            yield from (
                (phrase.subject, phrase.words[:size]) for size in range(counted + 2, len(phrase.words))
            )
        named = (
            indicator.type == "count"
            and mention.figure.kind == "number"
            and _names_noun(phrase.words, mention)
        )
        if named or _fits(indicator, mention):
            yield phrase.subject, phrase.words


def _rate_phrases(vocabulary: Vocabulary, mention: Mention) -> Iterator[tuple[str, Words]]:
    """What names a rate: its own phrases, and those of its numerator, else of its denominator."""
    yield from ((phrase.subject, phrase.words) for phrase in vocabulary.rates)
    of = vocabulary.rate_of
    for phrase in vocabulary.indicators:
        rate = of.get(phrase.subject)
        if rate and (
            mention.figure.kind == "percent" or _counts(vocabulary.pack.indicator[phrase.subject], mention)
        ):
            yield rate, phrase.words


def _names_noun(phrase: Sequence[str], mention: Mention) -> bool:
    """Whether a phrase itself names what the figure counts."""
    noun = words_of(mention.figure.noun)[:2]
    return bool(noun) and tuple(phrase[: len(noun)]) == noun


def _fits(indicator: Indicator, mention: Mention) -> bool:
    """Whether a figure can be a value of an indicator at all."""
    figure = mention.figure
    match indicator.type:
        case "percent":
            return figure.kind == "percent"
        case "amount":
            return figure.kind == "number" and figure.unit == "đồng"
        case "count":
            return figure.kind in {"number", "range"} and _counts(indicator, mention)
        case _:
            return False


def _counts(indicator: Indicator, mention: Mention) -> bool:
    """Whether a figure counts in the indicator's unit of measure.

    A figure without a noun may count anything.
    """
    figure = mention.figure
    measures = [words_of(name) for name in re.split(r"[,/]| hoặc ", indicator.unit_of_measure)]
    first = {measure[0] for measure in measures if measure}
    if figure.unit:
        return figure.unit in first
    return not figure.noun or words_of(figure.noun)[0] in first
