"""Is each legal text cited with one date, the register's, and in force?

A number is not unique: the same number of another issuer or another year is another document. Only where issuer and year
do not tell them apart are two dates held against a report.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import format_date
from compliance.proofreading.findings import Finding
from compliance.proofreading.folding import fold

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from datetime import date

    from compliance.model.legal import Instrument
    from compliance.proofreading.figures import Figure
    from compliance.proofreading.passages import Reading

_KIND = re.compile(
    r"(nghị định|nghị quyết|quyết định|thông tư(?: liên tịch)?|chỉ thị|kế hoạch|công văn|báo cáo|tờ trình|"
    r"hướng dẫn|chương trình|"
    r"công điện|thông báo|quy định|quy chế|đề án|luật|pháp lệnh|kết luận|quy hoạch|giấy mời|biên bản|"
    r"phương án|văn bản)(?: số:?| liên tịch số)?[ :]*$"
)
_TO_DATE = re.compile(
    r"[\s,(]{0,3}(?:(?:ký |ban hành |được ban hành )?ngày|của [^,;.()\d]{2,70} ngày|"
    r"do [^,;.()\d]{2,70} ngày)?\s{0,2}"
)
_ISSUER = re.compile(
    r"(?P<body>ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|huyện ủy|tỉnh ủy|thành ủy|thị ủy|đảng ủy|"
    r"thủ tướng|chính phủ|quốc hội|"
    r"bộ|sở|phòng|văn phòng|ban|công an|thanh tra|chi cục|trung ương)"
    r"(?: (?P<place>tỉnh|huyện|thành phố|thị xã|quận|xã|phường|"
    r"thị trấn))?(?: (?P<name>[^\W\d_]{1,9}(?: [^\W\d_]{1,9})?))?"
)
_FULL = {"ủy ban nhân dân": "ubnd", "hội đồng nhân dân": "hđnd"}
_REPORT_DATE = re.compile(r"[^\n,.;]{2,40}, ngày \d{1,2} tháng \d{1,2} năm \d{4}")
_HEAD = 1500
_NEAR = 110
_YEAR_IN_SIGN = re.compile(r"/((?:19|20)\d\d)(?:/|$)")


@dataclass(frozen=True, slots=True)
class _Cited:
    """One mention of a document, with the date beside it and who is said to have issued it."""

    figure: Figure
    kind: str
    dated: Figure | None
    issuer: tuple[str, str, str]

    @property
    def year(self) -> int | None:
        """The year of its number, or of its date."""
        written = _YEAR_IN_SIGN.search(self.figure.sign)
        if written:
            return int(written[1])
        return self.dated.on.year if self.dated and self.dated.on else None


def find_report_date(reading: Reading) -> date | None:
    """The day in the head of a report: `Long Phú, ngày 21 tháng 5 năm 2020`."""
    for figure in reading.figures:
        if figure.start > _HEAD:
            return None
        line = reading.folded.lower.rfind("\n", 0, figure.start) + 1
        if figure.on and _REPORT_DATE.match(reading.folded.lower, line, figure.end):
            return figure.on
    return None


def find_citations(
    reading: Reading, register: Sequence[Instrument] = (), report_date: date | None = None
) -> Iterator[Finding]:
    """A verdict on each document whose date can be compared with anything."""
    cited = list(_cited(reading))
    by_sign: dict[str, list[_Cited]] = defaultdict(list)
    for mention in cited:
        by_sign[mention.figure.sign.upper()].append(mention)
    for sign in by_sign:
        contradicted = yield from _two_dates(reading, by_sign[sign])
        for mention in by_sign[sign]:
            yield from _own_year(reading, mention, report_date)
            if not contradicted:
                yield from _against_register(reading, mention, register, report_date)


def cited_instruments(
    reading: Reading, register: Sequence[Instrument]
) -> Iterator[tuple[str, date | None, int]]:
    """Key, date and position of each citation of a registered text; one cited again with the same date once."""
    found: dict[tuple[str, date | None], int] = {}
    for mention in _cited(reading):
        dated = mention.dated.on if mention.dated else None
        instrument = _registered(mention, register)
        if instrument is not None and not (dated is None and any(key == instrument.key for key, _ in found)):
            found.setdefault((instrument.key, dated), mention.figure.start)
    for instrument in register:
        if not instrument.number:
            for key, on, start in _cited_by_name(reading, instrument):
                found.setdefault((key, on), start)
    for (key, on), start in sorted(found.items(), key=lambda item: item[1]):
        yield key, on, start


def _cited_by_name(reading: Reading, instrument: Instrument) -> Iterator[tuple[str, date | None, int]]:
    """A law is cited by its name: `Luật Công nghệ thông tin ngày 29/6/2006`."""
    lower = reading.folded.lower
    for match in re.finditer(re.escape(fold(instrument.kind).lower), lower):
        dated = next((figure for figure in reading.figures if figure.start >= match.end()), None)
        near = dated and dated.kind == "date" and _TO_DATE.fullmatch(lower, match.end(), dated.start)
        yield instrument.key, dated.on if dated and near else None, match.start()


def _cited(reading: Reading) -> Iterator[_Cited]:
    lower = reading.folded.lower
    figures = reading.figures
    for index, figure in enumerate(figures):
        if figure.kind != "document":
            continue
        kind = _KIND.search(lower, max(0, figure.start - 40), figure.start)
        following = figures[index + 1] if index + 1 < len(figures) else None
        dated = (
            following
            if following
            and following.kind == "date"
            and _TO_DATE.fullmatch(lower, figure.end, following.start)
            else None
        )
        if dated is not None and dated.on is None and dated.sign != "impossible":
            dated = None
        yield _Cited(figure, kind[1] if kind else "", dated, _issuer(lower, figure, dated))


def _issuer(lower: str, figure: Figure, dated: Figure | None) -> tuple[str, str, str]:
    """Body, level and name of the issuer, behind the date or before the document; empty where not named."""
    end = dated.end if dated else figure.end
    behind = re.match(r",?(?: ngày [\d/]{6,10})? ?(?:của|do) (.{0,70})", lower[end : end + 90])
    found = _ISSUER.match(behind[1]) if behind else None
    if found is None and dated:
        between = re.search(r"của (.{2,70}) ngày", lower[figure.end : dated.start])
        found = _ISSUER.match(between[1]) if between else None
    if found is None:
        line = lower[max(0, figure.start - _NEAR) : figure.start]
        before = re.search(r"([^.;\n]{0,80}?)(?: đã)? (?:ban hành|xây dựng|có|triển khai)[^.;]{0,30}$", line)
        found = _ISSUER.search(before[1]) if before else None
    if found is None:
        return "", "", ""
    return _FULL.get(found["body"], found["body"]), found["place"] or "", ""


def _may_be_one(first: _Cited, second: _Cited) -> bool:
    """Whether nothing tells two mentions of a number apart."""
    if first.kind and second.kind and first.kind != second.kind:
        return False
    same_issuer = all(not a or not b or a == b for a, b in zip(first.issuer, second.issuer, strict=True))
    return same_issuer and (first.year == second.year or first.year is None or second.year is None)


def _two_dates(reading: Reading, mentions: Sequence[_Cited]) -> Generator[Finding, None, bool]:
    """Mentions of one document that disagree on its date; returns whether any do."""
    dated = [mention for mention in mentions if mention.dated and mention.dated.on]
    contradicted = False
    for index, mention in enumerate(dated):
        earlier = next((one for one in dated[:index] if _may_be_one(one, mention)), None)
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


def _own_year(reading: Reading, mention: _Cited, report_date: date | None) -> Iterator[Finding]:
    """A date that is none, another year than the number's, or a day after the report's."""
    dated = mention.dated
    if dated is None:
        return
    name, written = _name(reading, mention), reading.folded.text[dated.start : dated.end]
    year = _YEAR_IN_SIGN.search(mention.figure.sign)
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
    reading: Reading, mention: _Cited, register: Sequence[Instrument], report_date: date | None
) -> Iterator[Finding]:
    instrument = _registered(mention, register)
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
    reading: Reading, mention: _Cited, instrument: Instrument, report_date: date | None
) -> Iterator[Finding]:
    if report_date is None:
        return
    name, report = _name(reading, mention), format_date(report_date)
    if instrument.in_force_until and instrument.in_force_until < report_date:
        explanation = text(
            "proofreading.citation.expired",
            document=name,
            until=format_date(instrument.in_force_until),
            report=report,
        )
        yield _finding(reading, mention, "inconsistent", "", explanation, ())
    elif instrument.in_force_from and instrument.in_force_from > report_date:
        explanation = text(
            "proofreading.citation.not_yet",
            document=name,
            since=format_date(instrument.in_force_from),
            report=report,
        )
        yield _finding(reading, mention, "inconsistent", "", explanation, ())


def _registered(mention: _Cited, register: Sequence[Instrument]) -> Instrument | None:
    """The one instrument of the register that a mention can only mean."""
    sign = mention.figure.sign.upper()
    found = [instrument for instrument in register if instrument.number.replace(" ", "").upper() == sign]
    if mention.year is not None:
        found = [one for one in found if one.issued is None or one.issued.year == mention.year]
    body, place, _ = mention.issuer
    if body:
        found = [one for one in found if _same_issuer(one.issuer, body, place)]
    return found[0] if len(found) == 1 else None


def _same_issuer(issuer: str, body: str, place: str) -> bool:
    lowered = issuer.lower().replace("ủy ban nhân dân", "ubnd").replace("hội đồng nhân dân", "hđnd")
    return body in lowered and (not place or place in lowered)


def _name(reading: Reading, mention: _Cited) -> str:
    written = reading.folded.text[mention.figure.start : mention.figure.end]
    return f"{mention.kind.capitalize()} {written}" if mention.kind else written


def _finding(
    reading: Reading, mention: _Cited, verdict: str, expected: str, explanation: str, dates: Sequence[Figure]
) -> Finding:
    end = mention.dated.end if mention.dated else mention.figure.end
    stated = mention.dated or mention.figure
    return Finding(
        kind="citation",
        verdict=verdict,
        start=mention.figure.start,
        end=end,  # type: ignore[arg-type]
        stated=reading.folded.text[stated.start : stated.end],
        expected=expected,
        explanation=explanation,
        figures=tuple((figure.start, figure.end) for figure in dates),
    )
