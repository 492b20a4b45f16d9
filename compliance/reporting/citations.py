"""On which legal text does a sentence rest, how sure is it, and how is the text named?

The first mention of a text in a document gives its type, number, date, issuer and subject; later ones
its type and number (Decree 30/2020/NĐ-CP, Phụ lục I).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import format_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from compliance.model.findings import Outcome
    from compliance.model.legal import Citation, Instrument
    from compliance.model.rulepack import Rule, RulePack

_DOUBTFUL = ("R", "C")
"""Grades whose wording a reader is to see."""


def name_in_full(instrument: Instrument) -> str:
    """As at its first mention: `Nghị quyết số 17/NQ-CP ngày 07/3/2019 của Chính phủ về …`."""
    parts = [_kind_and_number(instrument)]
    if instrument.issued is not None:
        parts.append(text("assessment.instrument.dated", date=format_date(instrument.issued)))
    parts.append(text("assessment.instrument.issuer", issuer=instrument.issuer))
    if instrument.number:
        parts.append(text("assessment.instrument.subject", subject=instrument.title))
    return " ".join(parts)


def _kind_and_number(instrument: Instrument) -> str:
    if not instrument.number:
        return instrument.kind
    return text("assessment.instrument.number", kind=instrument.kind, number=instrument.number)


def compose_citation(pack: RulePack, citation: Citation | None, day: date, *, in_full: bool = False) -> str:
    """The legal basis in words, with how sure it is; empty where there is none.

    `day` is the day whose law counts: what does not bind yet is said to be used as a measure only.
    """
    if citation is None:
        return ""
    instrument = pack.instrument.get(citation.instrument)
    name = citation.instrument
    if instrument is not None:
        name = name_in_full(instrument) if in_full else instrument.name
    words = text("assessment.cited", provision=citation.provision, name=name) if citation.provision else name
    if citation.grade in _DOUBTFUL:
        words = text("assessment.cited_with", cited=words, note=text(f"grade.{citation.grade}"))
    if citation.binding_from is not None and citation.binding_from > day:
        note = text("assessment.not_binding", date=format_date(citation.binding_from))
        words = text("assessment.cited_with", cited=words, note=note)
    return words


def compose_source(
    pack: RulePack, rule: Rule, outcome: Outcome, said: str, day: date, *, gives_target: bool = False
) -> tuple[str, ...]:
    """Sentences that say where a target comes from and how sure that is, but for what `said` says already.

    With `gives_target` the target stands in `said`, and is not repeated.
    """
    citation = outcome.citation
    if citation is None or rule.kind != "target" or (outcome.commended and outcome.target is None):
        return ()
    goal = outcome.target.text if outcome.target is not None else ""
    words: list[str] = []
    if outcome.common and outcome.common not in said:
        words.append(text("assessment.source.common", target=goal, common=outcome.common))
    instrument = pack.instrument.get(citation.instrument)
    if instrument is None or not _mentions(said, instrument):
        cited = compose_citation(pack, citation, day)
        code = ("this_target" if gives_target else "target") if goal else "duty"
        words.append(text(f"assessment.source.{code}", target=goal, cited=cited))
    elif citation.grade in _DOUBTFUL:
        words.append(text("assessment.source.doubt", note=text(f"grade.{citation.grade}")))
    return tuple(words)


def _mentions(said: str, instrument: Instrument) -> bool:
    return (instrument.number or instrument.kind) in said


class Mentions:
    """Reads the texts of a document in order and names each legal text in full where it is first mentioned.

    A mention is type and number, with or without `số`. One that already gives a date is left as it is,
    and so is a name that the register has twice.
    """

    def __init__(self, instruments: Sequence[Instrument]) -> None:
        by_name = Counter(instrument.name for instrument in instruments)
        self._by_name: Mapping[str, Instrument] = {
            instrument.name: instrument for instrument in instruments if by_name[instrument.name] == 1
        }
        longest_first = sorted(self._by_name, key=lambda name: (-len(name), name))
        spelled = "|".join(_spelling(self._by_name[name]) for name in longest_first)
        self._pattern = (
            re.compile(rf"(?<!\w)(?:{spelled})(?![\w/-])(?P<dated>\s+ngày\s+\d)?") if spelled else None
        )
        self._seen: set[str] = set()

    def expand(self, written: str) -> str:
        """The text with each first mention in full."""
        return self._pattern.sub(self._replace, written) if self._pattern else written

    def _replace(self, match: re.Match[str]) -> str:
        mention = match[0]
        name = re.sub(r"\s+số\s+", " ", mention.removesuffix(match["dated"] or ""))
        if name in self._seen:
            return mention
        self._seen.add(name)
        return mention if match["dated"] else name_in_full(self._by_name[name])


def _spelling(instrument: Instrument) -> str:
    if not instrument.number:
        return re.escape(instrument.kind)
    return rf"{re.escape(instrument.kind)}\s+(?:số\s+)?{re.escape(instrument.number)}"
