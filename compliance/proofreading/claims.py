"""Which figures does a report claim, and do they hold? The whole reading, from text to claims."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from compliance.messages import text as message
from compliance.model.claims import Claim
from compliance.proofreading.changes import check_changes
from compliance.proofreading.citations import find_citations
from compliance.proofreading.documents import find_report_date
from compliance.proofreading.enumerations import check_enumerations
from compliance.proofreading.explanations import explain, write_difference, write_expected
from compliance.proofreading.lists import check_lists, head_of
from compliance.proofreading.passages import Paragraph, Reading, Sentence, read
from compliance.proofreading.periods import find_periods
from compliance.proofreading.places import Places
from compliance.proofreading.products import check_products
from compliance.proofreading.rates import check_rates
from compliance.proofreading.ratios import check_listed_shares, check_ratios
from compliance.proofreading.remainders import check_remainders
from compliance.proofreading.shares import check_shares
from compliance.proofreading.totals import check_totals
from compliance.proofreading.verdicts import Check, judge
from compliance.proofreading.wholes import hold_open

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from compliance.model.claims import ClaimVerdict
    from compliance.model.legal import Instrument
    from compliance.model.report import Passage
    from compliance.proofreading.figures import Figure
    from compliance.proofreading.findings import Finding

_WRONG = {"inconsistent", "truncated"}
_AROUND = 600
"""How far around a passage other figures are looked at to explain a slip."""
_LONGEST_QUOTE = 400


def proofread(
    text: str,
    *,
    register: Sequence[Instrument] = (),
    report_date: date | None = None,
    passages: Sequence[Passage] = (),
) -> tuple[Claim, ...]:
    """Every claim of `text` that can be checked, in order, with its verdict.

    Offsets count characters of the text in NFC. `register` are the legal texts that citations are compared
    with; `report_date` is read from the head of the report where it is not given. `passages` tell where
    each stretch of the text stands in the file it came from.
    """
    reading = read(text)
    places = Places(reading.paragraph_starts, passages)
    day = report_date or find_report_date(reading)
    claims = [_claim(reading, *judged, places) for judged in _unique(_checks(reading))]
    findings = [*find_citations(reading, register, day), *find_periods(reading)]
    claims += [_stated_claim(reading, finding, places) for finding in findings]
    return tuple(sorted(claims, key=lambda claim: (claim.start, claim.end, claim.kind)))


def _checks(reading: Reading) -> Iterator[tuple[Check, Sentence]]:
    for number, paragraph in enumerate(reading.paragraphs):
        head = head_of(reading.paragraphs, number)
        above = head.sentences if head is not None else ()
        for index, sentence in enumerate(paragraph.sentences):
            if sentence.mentions:
                for check in _sentence_checks(reading, paragraph, index, above):
                    yield check, sentence
    yield from check_lists(reading)


def _sentence_checks(
    reading: Reading, paragraph: Paragraph, index: int, above: Sequence[Sentence]
) -> Iterator[Check]:
    """Every check of a sentence; `above` are the sentences of the head of the list that it stands in."""
    sentence, before = paragraph.sentences[index], paragraph.sentences[:index]
    yield from check_totals(sentence, before)
    around = (*above, *before)
    yield from (hold_open(check, sentence, around) for check in check_ratios(sentence, around))
    yield from check_listed_shares(sentence)
    yield from (hold_open(check, sentence, around) for check in check_rates(sentence, before))
    yield from check_remainders(sentence, before)
    yield from check_changes(sentence, before)
    yield from check_products(sentence, before, paragraph.sentences[index + 1 :])
    yield from check_enumerations(sentence, reading.folded)
    yield from check_shares(sentence, before)


def _unique(checks: Iterable[tuple[Check, Sentence]]) -> Iterator[tuple[Check, Sentence, ClaimVerdict]]:
    """One claim for each figure and kind.

    A figure that is faulted once is not faulted again through another.
    """
    sums: set[tuple[Figure, tuple[Figure, ...]]] = set()
    seen: dict[tuple[str, int], ClaimVerdict] = {}
    for check, sentence in checks:
        key = (check.kind, check.stated.start)
        known = (check.stated, check.operands) in sums if check.kind == "sum" else key in seen
        if known or _is_faulted_elsewhere(check, seen):
            continue
        if check.kind == "sum":
            sums.add((check.stated, check.operands))
        seen[key] = judge(check)
        yield check, sentence, seen[key]


def _is_faulted_elsewhere(check: Check, seen: Mapping[tuple[str, int], ClaimVerdict]) -> bool:
    """Shares whose ratio is faulted, and a rate of change whose amount is."""
    by = {"complement": "ratio", "change": "change"}.get(check.kind)
    if by is None:
        return False
    figures = (check.stated, *check.operands) if check.kind == "complement" else check.operands
    return any(seen.get((by, figure.start)) in _WRONG for figure in figures)


def _claim(
    reading: Reading, check: Check, sentence: Sentence, verdict: ClaimVerdict, places: Places
) -> Claim:
    written = reading.folded.text
    start, end = _quoted(check, sentence)
    return Claim(
        kind=check.kind,
        quote=written[start:end],
        start=start,
        end=end,
        verdict=verdict,
        stated=written[check.stated.start : check.stated.end],
        expected=write_expected(check),
        difference=write_difference(check) if verdict in _WRONG else "",
        explanation=explain(check, verdict, _nearby(reading, check), written),
        figures=tuple(_figure(reading, figure, places) for figure in check.operands),
        place=places.at(start),
    )


def _quoted(check: Check, sentence: Sentence) -> tuple[int, int]:
    """The passage to show: the figures of one sentence, not what stands a sentence away."""
    figures = [
        figure for figure in (check.stated, *check.operands) if sentence.start <= figure.start < sentence.end
    ]
    if check.stated not in figures:
        return check.stated.start, check.stated.end
    start, end = min(figure.start for figure in figures), max(figure.end for figure in figures)
    if end - start > _LONGEST_QUOTE:
        return check.stated.start, check.stated.end
    return start, end


def _nearby(reading: Reading, check: Check) -> Sequence[Figure]:
    first = bisect_left(reading.starts, check.start - _AROUND)
    last = bisect_right(reading.starts, check.end + _AROUND)
    return reading.figures[first:last]


def _figure(reading: Reading, figure: Figure, places: Places) -> str:
    written = figure.quoted(reading.folded.text)
    return message("proofreading.figure", written=written, place=places.at(figure.start))


def _stated_claim(reading: Reading, finding: Finding, places: Places) -> Claim:
    written = reading.folded.text
    return Claim(
        kind=finding.kind,
        quote=written[finding.start : finding.end],
        start=finding.start,
        end=finding.end,
        verdict=finding.verdict,
        stated=re.sub(r"\s+", " ", finding.stated),
        expected=finding.expected,
        difference=finding.difference,
        explanation=finding.explanation,
        figures=tuple(_figure(reading, figure, places) for figure in finding.figures),
        place=places.at(finding.start),
    )
