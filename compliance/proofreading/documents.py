"""Which legal texts does a report cite, with which date, of which issuer?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.proofreading.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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
YEAR_IN_SIGN = re.compile(r"/((?:19|20)\d\d)(?:/|$)")


@dataclass(frozen=True, slots=True)
class Cited:
    """One mention of a document, with the date beside it and who is said to have issued it."""

    figure: Figure
    kind: str
    dated: Figure | None
    issuer: tuple[str, str, str]

    @property
    def year(self) -> int | None:
        """The year of its number, or of its date."""
        written = YEAR_IN_SIGN.search(self.figure.sign)
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


def cited_instruments(
    reading: Reading, register: Sequence[Instrument]
) -> Iterator[tuple[str, date | None, int]]:
    """Key, date and position of each citation of a registered text.

    One cited again with the same date once.
    """
    found: dict[tuple[str, date | None], int] = {}
    for mention in find_cited(reading):
        dated = mention.dated.on if mention.dated else None
        instrument = registered(mention, register)
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


def find_cited(reading: Reading) -> Iterator[Cited]:
    """Every document number, with the date right behind it."""
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
        yield Cited(figure, kind[1] if kind else "", dated, _issuer(lower, figure, dated))


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


def may_be_one(first: Cited, second: Cited) -> bool:
    """Whether nothing tells two mentions of a number apart."""
    if first.kind and second.kind and first.kind != second.kind:
        return False
    same_issuer = all(not a or not b or a == b for a, b in zip(first.issuer, second.issuer, strict=True))
    return same_issuer and (first.year == second.year or first.year is None or second.year is None)


def registered(mention: Cited, register: Sequence[Instrument]) -> Instrument | None:
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
