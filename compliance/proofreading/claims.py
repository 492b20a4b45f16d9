"""Which figures does a report claim, and do they hold? The whole reading, from text to claims."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from compliance.messages import text as message
from compliance.model.claims import Claim
from compliance.problems import Place
from compliance.proofreading.changes import check_changes
from compliance.proofreading.citations import find_citations, find_report_date
from compliance.proofreading.enumerations import check_enumerations
from compliance.proofreading.explanations import explain, write_difference, write_expected
from compliance.proofreading.lists import check_lists
from compliance.proofreading.passages import Paragraph, Reading, Sentence, read
from compliance.proofreading.periods import find_periods
from compliance.proofreading.products import check_products
from compliance.proofreading.rates import check_rates
from compliance.proofreading.ratios import check_listed_shares, check_ratios
from compliance.proofreading.remainders import check_remainders
from compliance.proofreading.shares import check_shares
from compliance.proofreading.totals import check_totals
from compliance.proofreading.verdicts import Check, judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

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

    Offsets count characters of the text in NFC. `register` are the legal texts that citations are compared with;
    `report_date` is read from the head of the report where it is not given. `passages` tell where each stretch of the
    text stands in the file it came from.
    """
    reading = read(text)
    day = report_date or find_report_date(reading)
    claims = [_claim(reading, check, sentence, passages) for check, sentence in _unique(_checks(reading))]
    findings = [*find_citations(reading, register, day), *find_periods(reading)]
    claims += [_stated_claim(reading, finding, passages) for finding in findings]
    return tuple(sorted(claims, key=lambda claim: (claim.start, claim.end, claim.kind)))


def _checks(reading: Reading) -> Iterator[tuple[Check, Sentence]]:
    for paragraph in reading.paragraphs:
        for index, sentence in enumerate(paragraph.sentences):
            if sentence.mentions:
                for check in _sentence_checks(reading, paragraph, index):
                    yield check, sentence
    yield from check_lists(reading)


def _sentence_checks(reading: Reading, paragraph: Paragraph, index: int) -> Iterator[Check]:
    sentence, before = paragraph.sentences[index], paragraph.sentences[:index]
    yield from check_totals(sentence, before)
    yield from check_ratios(sentence, before)
    yield from check_listed_shares(sentence)
    yield from check_rates(sentence, before)
    yield from check_remainders(sentence, before)
    yield from check_changes(sentence, before)
    yield from check_products(sentence, before, paragraph.sentences[index + 1 :])
    yield from check_enumerations(sentence, reading.folded)
    yield from check_shares(sentence, before)


def _unique(checks: Iterable[tuple[Check, Sentence]]) -> list[tuple[Check, Sentence]]:
    """One claim for each figure and kind; a share that a ratio already faults is not faulted again."""
    kept: list[tuple[Check, Sentence]] = []
    seen: dict[tuple[str, int], str] = {}
    for check, sentence in checks:
        key = (check.kind, check.stated.start)
        verdict = judge(check)
        if check.kind == "sum":
            if any(
                other.kind == "sum" and (other.stated, other.operands) == (check.stated, check.operands)
                for other, _ in kept
            ):
                continue
        elif key in seen:
            continue
        shares = (check.stated, *check.operands)
        if check.kind == "complement" and any(seen.get(("ratio", share.start)) in _WRONG for share in shares):
            continue
        if check.kind == "change" and any(
            seen.get(("change", figure.start)) in _WRONG for figure in check.operands
        ):
            continue
        seen[key] = verdict
        kept.append((check, sentence))
    return kept


def _claim(reading: Reading, check: Check, sentence: Sentence, passages: Sequence[Passage]) -> Claim:
    verdict = judge(check)
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
        figures=tuple(_figure(reading, (figure.start, figure.end), passages) for figure in check.operands),
        place=_place(reading, start, passages),
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


def _figure(reading: Reading, span: tuple[int, int], passages: Sequence[Passage]) -> str:
    written = " ".join(reading.folded.text[span[0] : span[1]].split())
    return message("proofreading.figure", written=written, place=_place(reading, span[0], passages))


def _place(reading: Reading, position: int, passages: Sequence[Passage]) -> Place:
    """Where a position stands in the file; in plain text, its paragraph."""
    for passage in passages:
        if passage.start <= position < passage.end:
            return passage.place
    return Place(paragraph=bisect_right(reading.paragraph_starts, position))


def _stated_claim(reading: Reading, finding: Finding, passages: Sequence[Passage]) -> Claim:
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
        figures=tuple(_figure(reading, span, passages) for span in finding.figures),
        place=_place(reading, finding.start, passages),
    )
