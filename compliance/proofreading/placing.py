"""Which indicator of which unit is each figure of a report? By the words beside it, the bracket it stands in, its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance.proofreading.totals import find_breakdowns, parts_of
from compliance.proofreading.vocabulary import Vocabulary, closeness, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.model.rulepack import Indicator
    from compliance.model.submission import Unit
    from compliance.proofreading.passages import Mention, Paragraph, Sentence

_LEAST = 4
_TOPIC_BONUS, _PART_BONUS = 5, 6
_TOPIC_CHARACTERS = 220
_NUMERIC = {"number", "percent", "fraction", "range"}
_TAIL_END = re.compile(r"[;.()]")
_NEXT_FIGURE = re.compile(r",(?! (?:thị trấn|phường|công chức|viên chức|phản ánh)) | và ")
_ABOUT_A_PLACE = re.compile(r"(?:địa bàn|tại) (?:huyện|xã|cấp)[^,;]*$")
_COORDINATED = re.compile(r"^((?: [^\W\d_]{1,9}){1,4}) và \d{1,3} ([^\d;.]{1,60})")
_DISTRICT = re.compile(r"\bhuyện có *$|\bhuyện:? *$")
_BODIES = {"agency": re.compile(r"^ (?:cơ quan|phòng|ban|đơn vị cấp huyện)\b"), "commune": re.compile(r"^ (?:xã|thị trấn|phường)\b")}
_PERIOD_UNITS = {"tháng", "năm", "ngày", "quý", "tuần", "tuổi", "giờ"}


@dataclass(frozen=True, slots=True)
class Site:
    """A figure with the unit that it is of and what it measures."""

    mention: Mention
    sentence: Sentence
    paragraph: Paragraph
    unit: str
    subjects: tuple[str, ...]
    """Ids of indicators (a number, a percentage of its own) or of rates (a stated percentage, a fraction)."""


@dataclass
class Placer:
    """Places the figures of one report, sentence by sentence."""

    vocabulary: Vocabulary
    root: Unit
    sites: list[Site] = field(default_factory=list)
    unplaced: list[tuple[Mention, str]] = field(default_factory=list)
    """Figures that could not be placed, each with the code of the reason."""

    def place(self, paragraph: Paragraph, sentence: Sentence, before: Sequence[Sentence]) -> None:
        """Place every figure of a sentence."""
        heads = _heads(sentence, before)
        placed: dict[int, Site] = {}
        scopes: dict[int, str] = {}
        for mention in sentence.mentions:
            if mention.figure.kind not in _NUMERIC or mention.figure.unit in _PERIOD_UNITS:
                continue
            if ";" in mention.lead:
                scopes.pop(mention.bracket, None)
            head = placed.get(heads.get(mention.index, -1))
            unit = self._unit(sentence, mention, head, placed, scopes.get(mention.bracket, ""))
            scopes[mention.bracket] = unit
            subjects = self._subjects(paragraph, sentence, mention, head, unit, placed)
            if not subjects:
                self.unplaced.append((mention, "limit" if mention.role == "limit" else "unnamed"))
                continue
            site = Site(mention, sentence, paragraph, self._body_unit(mention, subjects) or unit, subjects)
            placed[mention.index] = site
            self.sites.append(site)

    def _unit(
        self, sentence: Sentence, mention: Mention, head: Site | None, placed: dict[int, Site], scope: str
    ) -> str:
        """The unit that the words before the figure name; else that of the figure it belongs to."""
        lead = _outside_brackets(mention.lead)
        named = self.vocabulary.unit_named(re.split(r"[;.]", lead)[-1])
        if named is not None and not _ABOUT_A_PLACE.search(lead):
            return named.id
        if _DISTRICT.search(lead) and "cấp xã" in sentence.lower:
            return self._bloc_of("agency") or self.root.id
        beside = placed.get(mention.index - 1)
        if beside is not None and mention.figure.kind == "fraction" and beside.mention.figure.kind == "percent" and "(" in mention.lead:
            return beside.unit
        if mention.figure.kind == "percent" and beside is not None and beside.mention.bracket == mention.bracket:
            return beside.unit
        if scope and mention.bracket >= 0:
            return scope
        return head.unit if head is not None else scope or self.root.id

    def _body_unit(self, mention: Mention, subjects: Sequence[str]) -> str:
        """The bloc whose bodies a figure counts: `12 cơ quan`, `11 xã, thị trấn`."""
        indicators = [self.vocabulary.pack.indicator[s] for s in subjects if s in self.vocabulary.pack.indicator]
        if not any(indicator.unit_of_measure.startswith("cơ quan") for indicator in indicators):
            return ""
        level = next((level for level, noun in _BODIES.items() if noun.match(f" {mention.figure.noun}")), "")
        return self._bloc_of(level) if level else ""

    def _bloc_of(self, level: str) -> str:
        """The bloc whose bodies are of a level."""
        parents = {unit.parent for unit in self.vocabulary.pack.units if unit.level == level}
        return next((parent for parent in parents if parent), "")

    def _subjects(
        self, paragraph: Paragraph, sentence: Sentence, mention: Mention, head: Site | None, unit: str, placed: dict[int, Site]
    ) -> tuple[str, ...]:
        """What a figure measures; a part by unit measures what its head does, and what its own words add."""
        own = self._named(paragraph, sentence, mention, head)
        if mention.figure.kind == "percent":
            return self._percent_subjects(sentence, mention, head, unit, placed, own)
        inherited = head.subjects if head is not None and unit != head.unit else ()
        if mention.figure.kind == "fraction":
            share = placed.get(mention.index - 1)
            opened = share is not None and share.mention.figure.kind == "percent" and share.mention.bracket < mention.bracket
            return (share.subjects if share is not None and opened else ()) or inherited or own
        if inherited:
            return tuple(dict.fromkeys((*inherited, *own)))
        return own

    def _percent_subjects(
        self, sentence: Sentence, mention: Mention, head: Site | None, unit: str, placed: dict[int, Site], own: tuple[str, ...]
    ) -> tuple[str, ...]:
        """A percentage behind a fraction or a numerator states their rate; alone, what its words name."""
        previous = next(
            (placed[m.index] for m in reversed(sentence.mentions[: mention.index])
             if m.index in placed and m.bracket in {mention.bracket, -1}), None,
        )
        rates = self.vocabulary.pack.rate
        beside = placed.get(mention.index - 1)
        if beside is not None and beside.mention.figure.kind == "fraction":
            return tuple(subject for subject in beside.subjects if subject in rates)
        if previous is not None and not own and previous.mention.figure.kind != "percent":
            if previous.mention.figure.kind == "fraction":
                return tuple(subject for subject in previous.subjects if subject in rates)
            return tuple(rate.id for rate in self.vocabulary.pack.rates if rate.numerator in previous.subjects)[:1]
        if own:
            return own
        if head is not None:
            return head.subjects
        shares = [site for site in placed.values() if site.mention.figure.kind == "percent"]
        return shares[-1].subjects if shares and shares[-1].unit != unit else ()

    def _named(
        self, paragraph: Paragraph, sentence: Sentence, mention: Mention, head: Site | None
    ) -> tuple[str, ...]:
        """The indicators or rates whose phrases stand closest to a figure; none where two are equally close."""
        lead, tail = _beside(sentence, mention)
        topic = frozenset(words_of(sentence.lower[:_TOPIC_CHARACTERS])) | frozenset(lead)
        opening = frozenset(words_of(_opening(paragraph)))
        scores: dict[str, int] = {}
        for phrase_subject, words in self._phrases(mention, head):
            score = max(closeness(words, lead, before=True), closeness(words, tail, before=False))
            if score > 0:
                scores[phrase_subject] = max(scores.get(phrase_subject, 0), score)
        ranked = sorted(
            ((score + self._bonus(subject, topic | opening, head), subject) for subject, score in scores.items()), reverse=True
        )
        if not ranked or ranked[0][0] < _LEAST:
            return ()
        if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
            return ()
        return self._with_companions(mention, ranked)

    def _with_companions(self, mention: Mention, ranked: list[tuple[int, str]]) -> tuple[str, ...]:
        """One percentage may be said of two things at once: `100% … hộp thư … và được trang bị máy tính`."""
        first = ranked[0][1]
        if mention.figure.kind != "percent" or first in self.vocabulary.pack.rate:
            return (first,)
        also = [subject for _, subject in ranked[1:] if subject not in self.vocabulary.pack.rate and " và " in mention.tail]
        return (first, *also[:1])

    def _phrases(self, mention: Mention, head: Site | None) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The phrases that can name a figure of this kind and noun."""
        pack = self.vocabulary.pack
        if mention.figure.kind in {"percent", "fraction"}:
            for phrase in self.vocabulary.rates:
                yield phrase.subject, phrase.words
        if mention.figure.kind in {"fraction", "percent"}:
            of = {rate.numerator: rate.id for rate in reversed(pack.rates)} | {}
            for rate in reversed(pack.rates):
                of.setdefault(rate.denominator, rate.id)
            for phrase in self.vocabulary.indicators:
                counted = mention.figure.kind == "percent" or _counts(pack.indicator[phrase.subject], mention)
                if phrase.subject in of and counted:
                    yield of[phrase.subject], phrase.words
        if mention.figure.kind == "fraction":
            return
        parts = self._parts_of(head)
        for phrase in self.vocabulary.indicators:
            if phrase.subject in parts:
                own = len(words_of(mention.figure.noun)[:2]) if _has_noun(phrase.words, mention) else 0
                yield from ((phrase.subject, phrase.words[:size]) for size in range(own + 2, len(phrase.words)))
            indicator = pack.indicator[phrase.subject]
            named = indicator.type == "count" and mention.figure.kind == "number" and _has_noun(phrase.words, mention)
            if named or _fits(indicator, mention):
                yield phrase.subject, phrase.words

    def _bonus(self, subject: str, topic: frozenset[str], head: Site | None) -> int:
        """What speaks for a subject beside its phrase: the paragraph treats its area, or its head is made of it."""
        area = subject.split(".", 1)[0]
        words = self.vocabulary.topics.get(area, frozenset())
        bonus = _TOPIC_BONUS if words and 4 * len(words & topic) >= 3 * len(words) else 0
        return bonus + (_PART_BONUS if subject in self._parts_of(head) else 0)

    def _parts_of(self, head: Site | None) -> frozenset[str]:
        """The parts of what a head measures."""
        known = self.vocabulary.pack.indicator
        above = head.subjects if head is not None else ()
        return frozenset(part for subject in above if subject in known for part in known[subject].parts)


def _outside_brackets(lead: str) -> str:
    """The words before a figure without what brackets add; a bracket of a few words stays: `quá hạn (cấp xã)`."""
    open_, _, rest = lead.rpartition(")")
    if open_ and "(" not in open_:
        lead = rest
    return re.sub(r"\(([^()]{1,20})\)", r" \1 ", re.sub(r"\([^()]{21,}\)", " ", lead))


def _has_noun(phrase: tuple[str, ...], mention: Mention) -> bool:
    """Whether a phrase itself names what the figure counts."""
    noun = words_of(mention.figure.noun)[:2]
    return bool(noun) and phrase[: len(noun)] == noun


def _opening(paragraph: Paragraph) -> str:
    return paragraph.sentences[0].lower[:_TOPIC_CHARACTERS] if paragraph.sentences else ""


def _beside(sentence: Sentence, mention: Mention) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words before and behind a figure that may name it; ordinals such as `mức độ 3` do not cut them off."""
    offset = sentence.start
    before = max((m.figure.end for m in sentence.mentions[: mention.index] if m.figure.kind in _NUMERIC and m.figure.unit not in _PERIOD_UNITS), default=sentence.start)
    after = min((m.figure.start for m in sentence.mentions[mention.index + 1 :] if m.figure.kind in _NUMERIC and m.figure.unit not in _PERIOD_UNITS), default=sentence.end)
    lead = re.split(r"[;(]", _outside_brackets(sentence.lower[before - offset : mention.figure.start - offset]))[-1]
    behind = sentence.lower[mention.figure.end - offset :]
    joined = _COORDINATED.match(behind)
    tail, *more = _TAIL_END.split(sentence.lower[mention.figure.end - offset : after - offset])
    if joined:
        tail = f"{joined[1]} {joined[2]}"
    elif after < sentence.end and not more and mention.figure.kind != "percent":
        tail = _NEXT_FIGURE.split(tail)[0]
    return words_of(lead), words_of(tail)


def _heads(sentence: Sentence, before: Sequence[Sentence]) -> dict[int, int]:
    """For each part of a list, the index of the figure that it divides."""
    heads: dict[int, int] = {}
    for breakdown in find_breakdowns(sentence, ()):
        listed = parts_of(breakdown.parts, breakdown.wholes[0].figure)
        for part in breakdown.parts:
            whole = next((w for w in breakdown.wholes if w.figure.kind == part.figure.kind), breakdown.wholes[0])
            if part.figure.kind != "number" or part in listed:
                heads[part.index] = whole.index
    for opens, _, _ in sentence.brackets:
        above = [m for m in sentence.mentions if m.figure.end <= opens and m.bracket < opens]
        for mention in sentence.mentions:
            if mention.bracket == opens and mention.figure.kind == "percent":
                same = [m for m in above if m.figure.kind == "percent"]
                if same and mention.index not in heads:
                    heads[mention.index] = same[-1].index
    return heads


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
    """Whether a figure counts in the indicator's unit of measure; a figure without a noun may count anything."""
    figure = mention.figure
    if figure.unit:
        return figure.unit == words_of(indicator.unit_of_measure)[0]
    if not figure.noun:
        return True
    counted = words_of(figure.noun)
    measures = [words_of(name) for name in re.split(r"[,/]| hoặc ", indicator.unit_of_measure)]
    return any(measure and counted[: len(measure)] == measure for measure in measures) or counted[0] in {m[0] for m in measures if m} or _is_body(indicator, counted)


def _is_body(indicator: Indicator, counted: tuple[str, ...]) -> bool:
    return "cơ" in words_of(indicator.unit_of_measure) and counted[0] in {"cơ", "xã", "thị", "phòng", "đơn"}
