"""Where in a text stand dates, document numbers and other digits that count nothing?

They are found first and set aside, so that no date, article, rank or telephone number is ever taken for a
count or a ratio. What is left are numbers; `tokens` makes figures of them. Every quantifier is bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from compliance.proofreading.figures import Figure
from compliance.proofreading.lexicon import COUNTED, MEASURES, ORDINAL_BEFORE, SCALES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.proofreading.folding import Folded

NUMBER = re.compile(
    r"(?<![\w])(?<![\d][.,])(?<![^\W\d_][-_.])"
    r"(?:\d{1,3}(?:\.\d{3}){1,5}(?:,\d{1,6})?(?![\d])"
    r"|\d{1,3}(?:,\d{3}){2,5}(?:\.\d{1,6})?(?![\d])"
    r"|(?<![/.,-])\d{1,3}(?: \d{3}){1,4}(?:,\d{1,6})?(?![\d.,/]\d|\d)"
    r"|\d{1,15}(?:[.,]\d{1,8})?(?!\d))"
)
"""A number in any of the ways in which reports write thousands and decimals."""

SPACED_DECIMAL = re.compile(r"(?<![\w.,])(\d{1,3}), (\d{1,3}) ?%")
"""`71, 45%`: a decimal comma with a space after it."""

_DOCUMENT = re.compile(
    r"(?<![\w/])\d{1,5}[a-zđ]?(?:\.\d{1,3})?(?: ?/ ?(?:19|20)\d\d)?"
    r"(?:"
    r" ?[/-] ?[A-ZĐƯ]{1,6}[A-Zđ&]{0,6}(?: ?[-/] ?[A-ZĐƯ][\w&]{0,10}(?:\.[A-Z]\w{0,6})?){1,4}"
    r"|/QH\d{1,2}|/(?:19|20)\d\d/[A-ZĐ]{2,8}\d{0,2}|(?<=\d)[-/](?:QĐ|KH|CT|NQ|TT|BC|CV|TB|TTr|HD|CTr|NĐ|ĐA|"
    r"KL|QC)\b"
    r")"
)
_DATE = re.compile(
    r"(?:ngày\s{1,3})?(?<![\d/.,-])(?P<day>\d{1,2})(?P<mark> ?/ ?|[.-])(?P<month>\d{1,2})(?P=mark)"
    r"(?P<year>(?:19|20)\d\d)(?![\d/])"
    r"|ngày\s{1,3}(?P<day2>\d{1,2})\s{1,3}tháng\s{1,3}(?P<month2>\d{1,2})(?:,?\s{1,3}năm\s{1,3}(?P<year2>\d{4}))?(?!\d)"
)
_DAY_MONTH = re.compile(
    r"(?P<cue>(?:ngày|mùng|từ|đến|hết|sáng|chiều|tối|dịp|lễ|trước|sau|và)\s{1,2})?"
    r"(?<![\d/.,-])(?P<day>\d{1,2}) ?/ ?(?P<month>\d{1,2})(?![\d/]|[.,]\d)(?! ?[%/])"
)
_MONTH_YEAR = re.compile(
    r"(?P<cue>(?:tháng|quý|năm)\s{1,2})?(?<![\d/.,-])(?P<month>\d{1,2}|"
    r"[ivx]{1,4})(?P<mark> ?[/-] ?)(?P<year>(?:19|20)\d\d)"
    r"(?![\d/]|[.,]\d)"
)
_YEARS = re.compile(
    r"(?<![\d/.,-])(?:19|20)\d\d ?- ?(?:19|20)\d\d(?![\d/])"
    r"|(?:năm(?: học)?|giai đoạn|nhiệm kỳ|niên khóa|khóa|vụ|từ|đến|kỳ) (?:19|20)\d\d"
    r"(?: ?- ?(?:19|20)?\d\d)?(?![\d/]|[.,]\d|-\d{1,3}\b)"
)
_CLOCK = re.compile(r"(?<![\w.,/])\d{1,2} ?(?:giờ(?: \d{1,2}(?: phút)?)?|h(?:\d{2})?)(?![^\W\d_]|\d)")
_PHONE = re.compile(
    r"(?<![\w.,/])(?:\(?0\d{2,3}\)?[. -]?\d{3,4}[. -]?\d{3,4}|0\d{3}[. ]\d{3}[. ]\d{3}|0\d{9,10}|"
    r"1[89]00[. ]?\d{4})(?![\w,]|\.\d)"
)
_HEADING = re.compile(
    r"(?m)^[ >#*+-]{0,8}(?:\d{1,2}(?:\.\d{1,2}){1,4}\.? {1,3}(?=[^\W\d_])|\d{1,2}[.)] {0,3}(?=[^\W\d_]|\*))"
    r"|(?<=[;:.,] )\(?\d{1,2}\) ?(?=[^\W\d_])|(?<=: )\d{1,2}\. (?=[^\W\d_])"
)
_NAMED = re.compile(
    r"(?:covid|iso|windows|office|công nghiệp(?= 4\.0)|phiên bản|web|tcvn|ioffice|vneid)"
    r"[ -]{1,2}\d{1,5}(?:\.\d{1,2})?(?::\d{4})?(?![\d.,/%]|[ ]?%| (?:đồng|triệu|nghìn))"
)
_RANK = re.compile(
    r"(?:(?:xếp|đứng|đạt|giữ|ở)(?: [^\W\d_]{1,7}){0,2} (?:thứ|hạng|vị trí|vị thứ)|vị trí(?: thứ)?|thứ hạng|"
    r"hạng|thứ) "
    r"(?P<rank>\d{1,3}(?: ?/ ?\d{1,3})?)(?! ?[\d%]|[.,]\d)"
)
_SMALL = re.compile(
    r"(?<= )(?P<number>\d{1,4}[a-z]?(?: ?[-,;] ?\d{1,2}(?![\d.,]\d|\d))?)(?![\d%]|[.,/]\d| ?%| \d{3}(?!\d))"
)
_ORDINAL_BEFORE = re.compile(rf"(?<![^\W\d_])(?:{ORDINAL_BEFORE}) $")
_LONGEST_NAME = 44
_AFTER_NUMBER = re.compile(r" ?([^\W\d_]{1,12}[²³23]?)\b")
_MOST_ORDINAL = 20
"""Above it a number after `đợt`, `lớp`, `nhóm` that stands before something counted is a count."""
_LAST_DAY, _LAST_MONTH = 31, 12


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch of text whose digits are spoken for, and the figure that it makes, if any."""

    start: int
    end: int
    figure: Figure | None = None


def find_asides(folded: Folded) -> list[Aside]:
    """All stretches set aside, in order, none inside another; the surer pattern wins."""
    found: list[Aside] = []
    taken = bytearray(len(folded.text))
    for pattern in (
        _documents,
        _headings,
        _phones,
        _dates,
        _years,
        _clocks,
        _ranks,
        _ordinals,
        _days,
        _months,
    ):
        for aside in pattern(folded):
            if not any(taken[aside.start : aside.end]):
                taken[aside.start : aside.end] = b"\x01" * (aside.end - aside.start)
                found.append(aside)
    return sorted(found, key=lambda aside: aside.start)


def _documents(folded: Folded) -> Iterator[Aside]:
    for match in _DOCUMENT.finditer(folded.plain):
        sign = re.sub(r" ", "", match[0])
        yield Aside(*match.span(), Figure(kind="document", start=match.start(), end=match.end(), sign=sign))
    for match in _NAMED.finditer(folded.lower):
        yield Aside(*match.span())


def _headings(folded: Folded) -> Iterator[Aside]:
    for match in _HEADING.finditer(folded.plain):
        following = _AFTER_NUMBER.match(folded.lower, match.end())
        if following is None or following[1] not in SCALES or match[0].strip()[-1] in ".)":
            yield Aside(*match.span())


def _phones(folded: Folded) -> Iterator[Aside]:
    for match in _PHONE.finditer(folded.lower):
        yield Aside(*match.span(), Figure(kind="phone", start=match.start(), end=match.end()))


def _dates(folded: Folded) -> Iterator[Aside]:
    for match in _DATE.finditer(folded.lower):
        day, month = int(match["day"] or match["day2"]), int(match["month"] or match["month2"])
        year = int(match["year"] or match["year2"] or 0)
        start = match.start("day") if match["day"] else match.start()
        yield Aside(match.start(), match.end(), _dated(start, match.end(), (year, month, day)))


def _dated(start: int, end: int, written: tuple[int, int, int]) -> Figure:
    """A date; one without a year keeps year 0 in its sign, one that cannot be has neither."""
    year, month, day = written
    try:
        on = date(year, month, day) if year else None
    except ValueError:
        return Figure(kind="date", start=start, end=end, sign="impossible")
    return Figure(kind="date", start=start, end=end, on=on, sign="" if on else f"{day}/{month}")


def _days(folded: Folded) -> Iterator[Aside]:
    for match in _DAY_MONTH.finditer(folded.lower):
        day, month = int(match["day"]), int(match["month"])
        if not (1 <= day <= _LAST_DAY and 1 <= month <= _LAST_MONTH):
            continue
        cue = (match["cue"] or "").strip()
        if cue in {"ngày", "mùng", "sáng", "chiều", "tối", "dịp", "lễ"} or (
            cue and not _counts_something(folded.lower, match.end())
        ):
            yield Aside(
                match.start("day"), match.end(), _dated(match.start("day"), match.end(), (0, month, day))
            )


def _months(folded: Folded) -> Iterator[Aside]:
    for match in _MONTH_YEAR.finditer(folded.lower):
        is_month = not match["month"].isdigit() or 1 <= int(match["month"]) <= _LAST_MONTH
        if is_month and (match["cue"] or not _counts_something(folded.lower, match.end())):
            yield Aside(*match.span(), Figure(kind="month", start=match.start(), end=match.end()))


def _years(folded: Folded) -> Iterator[Aside]:
    for match in _YEARS.finditer(folded.lower):
        yield Aside(*match.span(), Figure(kind="year", start=match.start(), end=match.end()))


def _clocks(folded: Folded) -> Iterator[Aside]:
    for match in _CLOCK.finditer(folded.lower):
        yield Aside(*match.span(), Figure(kind="clock", start=match.start(), end=match.end()))


def _ranks(folded: Folded) -> Iterator[Aside]:
    for match in _RANK.finditer(folded.lower):
        span = match.span("rank")
        yield Aside(*span, Figure(kind="rank", start=span[0], end=span[1]))


def _ordinals(folded: Folded) -> Iterator[Aside]:
    for match in _SMALL.finditer(folded.lower):
        start, end = match.span("number")
        named = _ORDINAL_BEFORE.search(folded.lower, max(0, start - _LONGEST_NAME), start)
        if named is None:
            continue
        word, size = named[0].strip(), int(re.sub(r"\D.*", "", match["number"]))
        if _counts_something(folded.lower, end) and (size > _MOST_ORDINAL or word not in _ALWAYS_ORDINAL):
            continue
        if size <= _MOST_ORDINAL or word not in _VERB_LIKE:
            yield Aside(start, end, Figure(kind="ordinal", start=start, end=end))


_ALWAYS_ORDINAL = {
    "mức độ",
    "cấp độ",
    "điều",
    "chương",
    "tháng",
    "quý",
    "tuần",
    "thứ",
    "mức",
    "quốc lộ",
    "tỉnh lộ",
    "hương lộ",
    "hạng",
    "phụ lục",
}
_VERB_LIKE = {
    "cấp",
    "khoản",
    "ca",
    "phần",
    "mục",
    "nhóm",
    "mã",
    "tuyến",
    "cầu",
    "nghề",
    "lần",
    "kỳ",
    "đợt",
    "tổ",
    "đội",
}
"""Also what is given, a slip for `khoảng`, or a thing counted: only small numbers after them are names."""


def _counts_something(lower: str, position: int) -> bool:
    following = _AFTER_NUMBER.match(lower, position)
    if following is None:
        return False
    word = following[1]
    return word in COUNTED or word in MEASURES or word in SCALES or word in {"đồng", "phút", "giờ", "buổi"}
