"""Is each legal text cited with one date, the register's, and in force?

A number is not unique: the same number of another issuer or another year is another document. Only where
issuer and year do not tell them apart are two dates held against a report.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import format_date
from compliance.proofreading.documents import YEAR_IN_SIGN, find_cited, may_be_one, registered
from compliance.proofreading.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from datetime import date

    from compliance.model.claims import ClaimVerdict
    from compliance.model.legal import Instrument
    from compliance.proofreading.documents import Cited
    from compliance.proofreading.figures import Figure
    from compliance.proofreading.passages import Reading

_MOST_NAMESAKES = 20
"""Documents of one number that a report tells apart."""


def find_citations(
    reading: Reading, register: Sequence[Instrument] = (), report_date: date | None = None
) -> Iterator[Finding]:
    """A verdict on each document whose date can be compared with anything."""
    cited = list(find_cited(reading))
    by_sign: dict[str, list[Cited]] = defaultdict(list)
    for mention in cited:
        by_sign[mention.figure.sign.upper()].append(mention)
    for mentions in by_sign.values():
        contradicted = yield from _two_dates(reading, mentions)
        for mention in mentions:
            yield from _own_year(reading, mention, report_date)
            if not contradicted:
                yield from _against_register(reading, mention, register, report_date)


def _two_dates(reading: Reading, mentions: Sequence[Cited]) -> Generator[Finding, None, bool]:
    """Mentions of one document that disagree on its date; returns whether any do."""
    first_dated: list[Cited] = []
    contradicted = False
    for mention in mentions:
        if mention.dated is None or mention.dated.on is None:
            continue
        earlier = next((one for one in first_dated if may_be_one(one, mention)), None)
        if earlier is None and len(first_dated) < _MOST_NAMESAKES:
            first_dated.append(mention)
        if earlier is None or earlier.dated is None or mention.dated is None:
            continue
        first, second = earlier.dated.on, mention.dated.on
        if first is None or second is None:
            continue
        agree = first == second
        contradicted = contradicted or not agree
        code = "same_date" if agree else "two_dates"
        yield _finding(
            reading,
            mention,
            "consistent" if agree else "inconsistent",
            format_date(first),
            text(
                f"proofreading.citation.{code}",
                document=_name(reading, mention),
                first=format_date(first),
                second=format_date(second),
            ),
            (earlier.dated, mention.dated),
        )
    return contradicted


def _own_year(reading: Reading, mention: Cited, report_date: date | None) -> Iterator[Finding]:
    """A date that is none, another year than the number's, or a day after the report's."""
    dated = mention.dated
    if dated is None:
        return
    name, written = _name(reading, mention), reading.folded.text[dated.start : dated.end]
    year = YEAR_IN_SIGN.search(mention.figure.sign)
    if dated.on is None:
        yield _finding(
            reading,
            mention,
            "inconsistent",
            "",
            text("proofreading.citation.impossible", document=name, written=written),
            (dated,),
        )
    elif year and dated.on.year != int(year[1]):
        yield _finding(
            reading,
            mention,
            "inconsistent",
            year[1],
            text("proofreading.citation.other_year", document=name, written=written, year=year[1]),
            (dated,),
        )
    elif report_date and dated.on > report_date:
        yield _finding(
            reading,
            mention,
            "inconsistent",
            "",
            text(
                "proofreading.citation.after_report",
                document=name,
                written=written,
                report=format_date(report_date),
            ),
            (dated,),
        )
    elif year:
        yield _finding(
            reading,
            mention,
            "consistent",
            year[1],
            text("proofreading.citation.own_year", document=name, year=year[1]),
            (dated,),
        )


def _against_register(
    reading: Reading, mention: Cited, register: Sequence[Instrument], report_date: date | None
) -> Iterator[Finding]:
    instrument = registered(mention, register)
    if instrument is None:
        return
    name = _name(reading, mention)
    if instrument.issued and mention.dated and mention.dated.on:
        agree = instrument.issued == mention.dated.on
        yield _finding(
            reading,
            mention,
            "consistent" if agree else "inconsistent",
            format_date(instrument.issued),
            text(
                "proofreading.citation.registered" if agree else "proofreading.citation.other_date",
                document=name,
                issued=format_date(instrument.issued),
                written=format_date(mention.dated.on),
            ),
            (mention.dated,),
        )
    yield from _in_force(reading, mention, instrument, report_date)


def _in_force(
    reading: Reading, mention: Cited, instrument: Instrument, report_date: date | None
) -> Iterator[Finding]:
    if report_date is None:
        return
    code, day = "", None
    if instrument.in_force_until and instrument.in_force_until < report_date:
        code, day = "expired", instrument.in_force_until
    elif instrument.in_force_from and instrument.in_force_from > report_date:
        code, day = "not_yet", instrument.in_force_from
    if day is None:
        return
    explanation = text(
        f"proofreading.citation.{code}",
        document=_name(reading, mention),
        day=format_date(day),
        report=format_date(report_date),
    )
    if instrument.note:
        explanation = f"{explanation} {text('proofreading.citation.note', note=instrument.note)}"
    yield _finding(reading, mention, "inconsistent", "", explanation, ())


def _name(reading: Reading, mention: Cited) -> str:
    written = reading.folded.text[mention.figure.start : mention.figure.end]
    return f"{mention.kind.capitalize()} {written}" if mention.kind else written


def _finding(
    reading: Reading,
    mention: Cited,
    verdict: ClaimVerdict,
    expected: str,
    explanation: str,
    dates: Sequence[Figure],
) -> Finding:
    end = mention.dated.end if mention.dated else mention.figure.end
    stated = mention.dated or mention.figure
    return Finding(
        kind="citation",
        verdict=verdict,
        start=mention.figure.start,
        end=end,
        stated=reading.folded.text[stated.start : stated.end],
        expected=expected,
        explanation=explanation,
        figures=tuple(dates),
    )
