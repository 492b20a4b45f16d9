"""Which indicator of which unit is each figure of a report?

By the words beside it, its bracket, and what it counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance.proofreading.breakdowns import find_breakdowns, parts_of
from compliance.proofreading.folding import fold
from compliance.proofreading.naming import is_placeable, name_figure, outside_brackets, read_surroundings
from compliance.proofreading.pairings import is_linked
from compliance.proofreading.parts import names_part_between
from compliance.proofreading.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.model.rulepack import Indicator
    from compliance.model.submission import Unit
    from compliance.proofreading.passages import Mention, Paragraph, Sentence
    from compliance.proofreading.vocabulary import Vocabulary

_ABOUT_A_PLACE = re.compile(r"(?:địa bàn|tại) (?:huyện|xã|cấp)[^,;]*$")
_DISTRICT = re.compile(r"\bhuyện(?: có|:)? *$")
_BARE_LEAD = re.compile(r" ?\((?:(?:tức|tương ứng|tương đương|với|là|bằng) ){0,3}")
_ALL = 100
_BODIES = {
    "agency": re.compile(r"(?:cơ quan|phòng|ban|đơn vị cấp huyện)\b"),
    "commune": re.compile(r"(?:xã|thị trấn|phường)\b"),
}
"""What the bodies of a level are called where they are counted."""


@dataclass(frozen=True, slots=True)
class Site:
    """A figure with the unit that it is of and what it measures."""

    mention: Mention
    sentence: Sentence
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

    def place(self, paragraph: Paragraph, sentence: Sentence) -> None:
        """Place every figure of a sentence."""
        row = _Row(self, paragraph, sentence)
        for mention in sentence.mentions:
            if not is_placeable(mention):
                continue
            site = row.place(mention)
            if site is None:
                self.unplaced.append((mention, "limit" if mention.role == "limit" else "unnamed"))
            else:
                self.sites.append(site)

    def bloc_of(self, level: str) -> str:
        """The bloc whose bodies are of a level; empty where the pack has none."""
        parents = (unit.parent for unit in self.vocabulary.pack.units if unit.level == level)
        return next((parent for parent in parents if parent), "")


class _Row:
    """The figures of one sentence, placed from left to right."""

    def __init__(self, placer: Placer, paragraph: Paragraph, sentence: Sentence) -> None:
        self._placer, self._paragraph, self._sentence = placer, paragraph, sentence
        self._pack = placer.vocabulary.pack
        self._heads = _heads(sentence)
        self._placed: dict[int, Site] = {}
        self._scopes: dict[int, str] = {}
        """The unit named last in each bracket."""

    def place(self, mention: Mention) -> Site | None:
        """The site of a figure, where its words name one."""
        if ";" in mention.lead:
            self._scopes.pop(mention.bracket, None)
        head = self._placed.get(self._heads.get(mention.index, -1))
        unit = self._unit(mention, head)
        self._scopes[mention.bracket] = unit
        subjects = self._subjects(mention, head, unit)
        if not subjects:
            return None
        site = Site(mention, self._sentence, self._body_unit(mention, subjects) or unit, subjects)
        self._placed[mention.index] = site
        return site

    def _unit(self, mention: Mention, head: Site | None) -> str:
        """The unit that the words before the figure name; else that of the figure it belongs to."""
        lead = outside_brackets(mention.lead)
        named = self._placer.vocabulary.unit_named(re.split(r"[;.]", lead)[-1])
        if named is not None and not _ABOUT_A_PLACE.search(lead):
            return named.id
        if _DISTRICT.search(lead) and "cấp xã" in self._sentence.lower:
            return self._placer.bloc_of("agency") or self._placer.root.id
        partner = self._partner(mention)
        if partner is not None:
            return partner.unit
        scope = self._scopes.get(mention.bracket, "")
        if scope and mention.bracket >= 0:
            return scope
        return head.unit if head is not None else scope or self._placer.root.id

    def _partner(self, mention: Mention) -> Site | None:
        """The site right before that says the same: the fraction of a percentage, or the other way round."""
        before = self._placed.get(mention.index - 1)
        if before is None:
            return None
        if mention.figure.kind == "percent":
            return before if before.mention.bracket == mention.bracket else None
        opened = before.mention.figure.kind == "percent" and before.mention.bracket < mention.bracket
        return before if mention.figure.kind == "fraction" and opened and "(" in mention.lead else None

    def _body_unit(self, mention: Mention, subjects: Sequence[str]) -> str:
        """The bloc whose bodies a figure counts: `12 cơ quan`, `11 xã, thị trấn`."""
        known = [self._pack.indicator[subject] for subject in subjects if subject in self._pack.indicator]
        if not any(indicator.unit_of_measure.startswith("cơ quan") for indicator in known):
            return ""
        level = next((level for level, noun in _BODIES.items() if noun.match(mention.figure.noun)), "")
        return self._placer.bloc_of(level) if level else ""

    def _subjects(self, mention: Mention, head: Site | None, unit: str) -> tuple[str, ...]:
        """What a figure measures; a part by unit measures what its head does, and what its own words add."""
        around = read_surroundings(self._paragraph, self._sentence, mention)
        own = name_figure(self._placer.vocabulary, mention, around, self._parts_of(head))
        if mention.figure.kind == "percent":
            return self._percent_subjects(mention, head, unit, own)
        own = self._beside_parts(mention, unit, own) or self._counted_behind(mention, unit)
        inherited = head.subjects if head is not None and unit != head.unit else ()
        if mention.figure.kind == "fraction":
            partner = self._partner(mention)
            return (partner.subjects if partner is not None else ()) or inherited or own
        return tuple(dict.fromkeys((*inherited, *own)))

    def _beside_parts(self, mention: Mention, unit: str, own: tuple[str, ...]) -> tuple[str, ...]:
        """The last part of a whole whose other parts stand beside it: `trước hạn 400, đúng hạn 740 hồ sơ`."""
        whole = self._pack.indicator.get(own[0]) if len(own) == 1 else None
        if whole is None or " và " in mention.lead:
            return own
        head = self._heads.get(mention.index)
        beside = {
            subject
            for index, site in self._placed.items()
            if site.unit == unit and self._heads.get(index) == head
            for subject in site.subjects
        }
        rest = tuple(part for part in whole.parts if part not in beside)
        return rest if len(rest) == 1 and len(whole.parts) > 1 else own

    def _counted_behind(self, mention: Mention, unit: str) -> tuple[str, ...]:
        """What a bare count in brackets right behind a stated rate counts: `đúng hạn đạt 95% (1.140 hồ sơ)`.

        Not sure, hence nothing, where the figure is that of a whole or more, or a part of it stands beside.
        """
        share = self._placed.get(mention.index - 1)
        rates = [self._pack.rate[s] for s in share.subjects if s in self._pack.rate] if share else []
        if share is None or len(rates) != 1 or share.unit != unit or not self._is_bare(mention, share):
            return ()
        above = self._pack.indicator[rates[0].numerator]
        if words_of(mention.figure.noun) != words_of(above.unit_of_measure) or self._names_piece(above):
            return ()
        before = [m.figure.value for m in self._sentence.mentions[: mention.index]]
        wholes = (
            site.mention.figure.value
            for site in self._placed.values()
            if site.unit == unit and rates[0].denominator in site.subjects
        )
        counted = mention.figure.value
        repeats = counted in before and share.mention.figure.value != _ALL
        return () if repeats or any(whole < counted for whole in wholes) else (above.id,)

    def _is_bare(self, mention: Mention, share: Site) -> bool:
        """Whether a bracket right behind a percentage holds a figure with what it counts and nothing else."""
        closes = next(
            (closes for opens, closes, _ in self._sentence.brackets if opens == mention.bracket), -1
        )
        offset = self._sentence.start
        inside = self._sentence.lower[mention.figure.end - offset : closes - offset]
        return (
            share.mention.figure.kind == "percent"
            and mention.figure.kind == "number"
            and closes > 0
            and _BARE_LEAD.fullmatch(mention.lead) is not None
            and inside.strip() == mention.figure.noun
        )

    def _names_piece(self, whole: Indicator) -> bool:
        """Whether the sentence names a part of what the rate counts: beside it, the rest may be meant."""
        return any(
            fold(phrase).lower in self._sentence.lower
            for part in whole.parts
            for phrase in self._pack.indicator[part].phrases
        )

    def _parts_of(self, head: Site | None) -> frozenset[str]:
        """The parts of what a head measures."""
        known = self._pack.indicator
        above = head.subjects if head is not None else ()
        return frozenset(part for subject in above if subject in known for part in known[subject].parts)

    def _percent_subjects(
        self, mention: Mention, head: Site | None, unit: str, own: tuple[str, ...]
    ) -> tuple[str, ...]:
        """A percentage behind a fraction or a numerator states their rate.

        Alone, what its words or its head name; as the share of a part that its words name, nothing else.
        """
        beside = self._placed.get(mention.index - 1)
        if beside is not None and self._states(mention, beside):
            return tuple(subject for subject in beside.subjects if subject in self._pack.rate)
        if (
            beside is not None
            and beside.mention.figure.kind == "number"
            and is_linked(mention, beside.mention)
        ):
            own = self._rates_over(beside)[:1] or own
        if own:
            return own
        before = [site for site in self._placed.values() if site.mention.bracket in {mention.bracket, -1}]
        if before and before[-1].unit == unit and self._is_of_part(mention, before[-1]):
            return ()
        if before and before[-1].mention.figure.kind != "percent":
            return self._rates_over(before[-1])[:1]
        if head is not None:
            return head.subjects
        shares = [site for site in self._placed.values() if site.mention.figure.kind == "percent"]
        return shares[-1].subjects if shares and shares[-1].unit != unit else ()

    def _rates_over(self, site: Site) -> tuple[str, ...]:
        """The rates that a figure is a numerator of, or states."""
        measured = site.subjects
        return tuple(r.id for r in self._pack.rates if r.numerator in measured or r.id in measured)

    def _states(self, share: Mention, fraction: Site) -> bool:
        """Whether a percentage states the rate of a fraction before it, not that of a part of it."""
        is_beside = fraction.mention.bracket in {share.bracket, -1}
        return (
            fraction.mention.figure.kind == "fraction" and is_beside and not self._is_of_part(share, fraction)
        )

    def _is_of_part(self, share: Mention, whole: Site) -> bool:
        return names_part_between(self._sentence, whole.mention.figure, share.figure)


def _heads(sentence: Sentence) -> dict[int, int]:
    """For each part of a list, the index of the figure that it divides.

    For a percentage in brackets, the one before.
    """
    heads: dict[int, int] = {}
    for breakdown in find_breakdowns(sentence, ()):
        listed = parts_of(breakdown.parts, breakdown.wholes[0].figure)
        for part in breakdown.parts:
            alike = (whole for whole in breakdown.wholes if whole.figure.kind == part.figure.kind)
            if part.figure.kind != "number" or part in listed:
                heads[part.index] = next(alike, breakdown.wholes[0]).index
    shares = [mention for mention in sentence.mentions if mention.figure.kind == "percent"]
    for mention in shares:
        above = [m for m in shares if m.figure.end <= mention.bracket and m.bracket < mention.bracket]
        if above:
            heads.setdefault(mention.index, above[-1].index)
    return heads
