"""Which figures does a text hold, in order? Numbers joined into percentages, fractions, ranges and amounts of money."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.proofreading.figures import Figure, FigureKind
from compliance.proofreading.lexicon import (
    ANY_PERSON,
    DURATIONS,
    ENDS_A_NOUN,
    MEASURES,
    MONEY,
    NOT_A_NOUN,
    PERSONS,
    SCALES,
    SINGLE,
)
from compliance.proofreading.number_words import find_number_words
from compliance.proofreading.patterns import NUMBER, SPACED_DECIMAL, find_asides

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.model.submission import Approximate
    from compliance.proofreading.folding import Folded

_SCALE = re.compile(
    r" ?(nghìn tỷ|ngàn tỷ|nghìn|ngàn|vạn|triệu|tr(?=\.?đ|đồng| đồng)|tỷ)(?![^\W\d_]*lệ|"
    r" lệ)\.?(?![^\W\d_](?<!đ))"
)
_PERCENT = re.compile(r" ?%|\s{1,2}phần trăm")
_POINTS = re.compile(r" ?điểm(?: phần trăm| ?%)")
_TIMES = re.compile(r" lần\b(?! lượt)")
_SCORE = re.compile(
    r" ?điểm\b(?! (?:bưu|trường|cầu|du|nóng|đen|giao|bán|trắng|tiếp|cung|sáng|dân|kinh|truy|phát|thu|sinh|"
    r"vui|đấu|kết|ngập|"
    r"sạt|tập|nguy|tuyên|hụi|khai|mỏ|phục|chợ|đăng|văn|cấp|dịch|internet|đọc|cai|lấy|xét|tiêm|lẻ|chốt|kiểm|"
    r"gây|mua|thi|"
    r"xử|trông|mai))"
)
_WORDS = re.compile(
    r"[ ]{1,2}([^\W\d_]{1,14}(?:[-&.][^\W\d_]{1,8})?(?: [^\W\d_]{1,14}(?:[-&.][^\W\d_]{1,8})?){0,3})"
)
_MEASURE = re.compile(r" ?(km2|m2|m3|m²|m³|[^\W\d_]{1,6})(?![^\W\d_])")
_PER = re.compile(r"\s?/\s?(?:1 |một |mỗi )?([^\W\d_]{1,12}(?: [^\W\d_]{1,12})?)")
_PER_EACH = re.compile(
    r"(?:mỗi|bình quân(?: mỗi)?|trung bình(?: mỗi)?|từng) ([^\W\d_]{1,12}(?: [^\W\d_]{1,12}){0,5}?)(?: :|:)?"
    r"(?:,| là| từ| được| trị giá| khoảng| đạt| có| dài| hỗ trợ| nhận| kéo dài| với| mức| số tiền){0,4} $"
)
_RANGE_DASH = re.compile(r" ?- ?")
_RANGE_WORD = re.compile(r" (?:đến|tới) ")
_SLASH = re.compile(r" ?/ ?(?:tổng(?: số)? )?")
_SLASH_AFTER_NOUN = re.compile(r" ?/ ?(?:tổng(?: số)? ?(?:là )?)?$")
_TOTAL_BEFORE = re.compile(r"(?:/|trên|trong) ?tổng(?: số)? ?$")
_APPROXIMATE = re.compile(
    r"(?<![^\W\d_])(?:(?P<about>khoảng|khoản|ước(?: tính| đạt| khoảng| thực hiện)?|xấp xỉ|chừng)"
    r"|(?P<over>hơn|trên)|(?P<under>gần|ngót|suýt soát)) $"
)
_OVER_AFTER = re.compile(r" (?:trở lên|trở xuống)")
_LOOK_BACK = 60


_FEW = {"nghìn", "ngàn", "vạn"}
"""Scales that stand before nouns more often than before money."""


class _Scan:
    """One pass over one text."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self.lower = folded.lower
        self.asides = find_asides(folded)
        self._starts = [aside.start for aside in self.asides]

    def is_aside(self, position: int) -> bool:
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and position < self.asides[index].end

    def atoms(self) -> Iterator[Figure]:
        """Every free number, with its scale, in order."""
        decimals = {match.start(): match for match in SPACED_DECIMAL.finditer(self.lower)}
        skip_until = 0
        for match in NUMBER.finditer(self.lower):
            if match.start() < skip_until or self.is_aside(match.start()):
                continue
            spaced = decimals.get(match.start())
            if spaced:
                skip_until = spaced.end(2)
                yield _read(f"{spaced[1]},{spaced[2]}", spaced.start(), spaced.end(2))
            else:
                yield self._scaled(_read(match[0], *match.span()))

    def _scaled(self, figure: Figure) -> Figure:
        scale = _SCALE.match(self.lower, figure.end)
        if scale is None:
            return figure
        if figure.other is not None and "," in self.lower[figure.start : figure.end]:
            figure = _as_decimal(figure)
        factor, end = SCALES[scale[1]], scale.end(1)
        step = Fraction(factor, 10**figure.decimals)
        return replace(
            figure,
            end=end,
            value=figure.value * factor,
            step=step,
            other=figure.other * factor if figure.other is not None else None,
            unit="đồng" if scale[1] not in _FEW and not self.noun(end) else figure.unit,
        )

    def noun(self, end: int) -> str:
        """The words after a figure that name what it counts; empty when something else follows."""
        match = _WORDS.match(self.lower, end)
        if match is None:
            return ""
        kept: list[str] = []
        words = match[1].split(" ")
        for word, following in zip(words, [*words[1:], ""], strict=True):
            if word in NOT_A_NOUN or (word, following) in ENDS_A_NOUN:
                break
            kept.append(word)
        return " ".join(kept)


def _read(written: str, start: int, end: int) -> Figure:
    """A number by its separators. Three digits after one lone separator are thousands; the other reading is kept."""
    compact = written.replace(" ", "")
    dots, commas = compact.count("."), compact.count(",")
    other: Fraction | None = None
    whole, decimals = compact, ""
    if dots and commas:
        mark = max(".", ",", key=compact.rfind)
        whole, decimals = compact.rsplit(mark, 1)
    elif dots + commas == 1:
        mark = "." if dots else ","
        head, tail = compact.split(mark)
        if len(tail) != 3 or head.startswith("0"):
            whole, decimals = head, tail
        else:
            other = Fraction(f"{head}.{tail}")
    digits = whole.replace(".", "").replace(",", "")
    value = Fraction(f"{digits}.{decimals}") if decimals else Fraction(int(digits))
    step = Fraction(1, 10 ** len(decimals)) if decimals else Fraction(0)
    return Figure(
        kind="number", start=start, end=end, value=value, step=step, decimals=len(decimals), other=other
    )


def scan(folded: Folded) -> tuple[Figure, ...]:
    """Every figure of the text, in order, none overlapping another."""
    scan_ = _Scan(folded)
    figures = _compound(scan_, list(scan_.atoms()))
    figures = [_classified(scan_, figure) for figure in figures]
    figures = _ranges(scan_, figures)
    figures = _fractions(scan_, figures)
    figures += [aside.figure for aside in scan_.asides if aside.figure is not None]
    figures += _spelled(scan_, figures)
    return tuple(sorted(figures, key=lambda figure: figure.start))


def _compound(scan_: _Scan, atoms: list[Figure]) -> list[Figure]:
    """`4 triệu 180 nghìn` as one amount."""
    joined: list[Figure] = []
    for atom in atoms:
        last = joined[-1] if joined else None
        gap = scan_.lower[last.end : atom.start] if last else ""
        if last and gap == " " and last.step >= 1000 > 0 and 1 < atom.step < last.step and not last.decimals:
            joined[-1] = replace(
                last, end=atom.end, value=last.value + atom.value, step=atom.step, other=None
            )
        else:
            joined.append(atom)
    return joined


def _classified(scan_: _Scan, figure: Figure) -> Figure:
    """The figure with its kind, unit, noun and certainty, from the words on both sides."""
    lower, end = scan_.lower, figure.end
    before = lower[max(0, figure.start - _LOOK_BACK) : figure.start]
    figure = replace(figure, approximate=_certainty(before))
    for kind, pattern in (("percent", _PERCENT), ("points", _POINTS), ("score", _SCORE)):
        match = pattern.match(lower, end)
        if match:
            return replace(_as_decimal(figure), kind=kind, end=match.end())  # type: ignore[arg-type]
    if _TIMES.match(lower, end) and re.search(
        r"(?:gấp|tăng|giảm|cao|bằng)(?: hơn| gần| khoảng| lên)? $", before
    ):
        return replace(_as_decimal(figure), kind="times")
    return _measured(scan_, figure, before)


def _as_decimal(figure: Figure) -> Figure:
    """A percentage or a score has no thousands: `12,345%` is a decimal."""
    if figure.other is None or figure.step > 1:
        return figure
    return replace(figure, value=figure.other, step=Fraction(1, 1000), decimals=3, other=figure.value)


def _measured(scan_: _Scan, figure: Figure, before: str) -> Figure:
    """The unit or the noun of a number, and what it is counted for each."""
    lower, end = scan_.lower, figure.end
    match = _MEASURE.match(lower, end)
    word = match[1] if match else ""
    unit, noun, stop = figure.unit, "", end
    if match and word in MONEY and not (word == "đồng" and lower.startswith(" chí", match.end())):
        unit, stop = MONEY[word], match.end()
    elif (
        match
        and word in MEASURES
        and not (
            word == "công" and not re.match(r"[ ,;.)]*(?:đất|lúa)", lower[match.end() : match.end() + 6])
        )
    ):
        unit, stop = MEASURES[word], match.end()
    elif match and word in DURATIONS:
        unit, stop = word, match.end()
    elif not unit:
        noun = scan_.noun(end)
    per = _PER.match(lower, stop) or (noun and _PER.match(lower, end + 1 + len(noun)))
    each = _PER_EACH.search(before)
    step = figure.step
    if not step and unit and unit not in DURATIONS and unit not in {"đồng", "usd"}:
        step = Fraction(1)
    counted_for = [match[1] for match in (each, per) if match]
    return replace(figure, unit=unit, noun=noun, step=step, per="/".join(counted_for))


def _certainty(before: str) -> Approximate | None:
    match = _APPROXIMATE.search(before)
    if match is None:
        return None
    group = match.lastgroup
    return "about" if group == "about" else "over" if group == "over" else "under"


def _ranges(scan_: _Scan, figures: list[Figure]) -> list[Figure]:
    """`05 - 07 phút`, `80-90%`, `từ 5 đến 7 phút` as one figure each."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        if last and _is_range(scan_, last, figure):
            low, high = last.value, figure.value
            if last.kind != figure.kind and figure.decimals == 0:
                low = last.value
            joined[-1] = replace(
                figure,
                start=last.start,
                kind="range" if figure.kind == "number" else "percent",
                low=low,
                high=high,
                decimals=max(last.decimals, figure.decimals),
                per="/".join(filter(None, (last.per, figure.per))),
                approximate=None,
            )
        else:
            joined.append(figure)
    return joined


def _is_range(scan_: _Scan, first: Figure, second: Figure) -> bool:
    gap = scan_.lower[first.end : second.start]
    same = (second.kind in (first.kind, "percent")) and first.kind in {"number", "percent"}
    plain = same and (not first.unit or first.unit == second.unit) and second.kind in {"number", "percent"}
    if not plain or first.low is not None or first.step > 1:
        return False
    if _RANGE_DASH.fullmatch(gap):
        return not first.noun or first.noun == second.noun
    opens = scan_.lower[max(0, first.start - 4) : first.start].endswith("từ ")
    return bool(_RANGE_WORD.fullmatch(gap)) and opens and not first.noun and first.value < second.value


def _fractions(scan_: _Scan, figures: list[Figure]) -> list[Figure]:
    """`2.737/6.522 văn bản`, `2.737 văn bản/6.522 văn bản`, `2.737/tổng số 6.522 văn bản`."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        if last and figure.kind in {"number", "score"} and _is_fraction(scan_, last, figure):
            kind: FigureKind = "score" if "score" in {figure.kind, last.kind} else "fraction"
            noun = figure.noun or last.noun
            joined[-1] = replace(
                last,
                kind=kind,
                end=figure.end,
                noun=noun,
                unit=figure.unit or last.unit,
                step=last.step or (Fraction(1) if figure.step == 1 else Fraction(0)),
                under=replace(figure, noun=noun),
                per=figure.per,
            )  # type: ignore[arg-type]
        else:
            joined.append(figure)
    return joined


def _is_fraction(scan_: _Scan, first: Figure, second: Figure) -> bool:
    if (
        first.kind != "number"
        or first.under is not None
        or not second.value
        or second.start - first.end > _LOOK_BACK
    ):
        return False
    gap = scan_.lower[first.end : second.start]
    if "/" not in gap or "\n" in gap:
        return False
    if _SLASH.fullmatch(gap):
        return not first.unit or first.unit == second.unit
    words, _, rest = gap.partition("/")
    named = words.strip()
    if not named or rest.strip() not in {"", "tổng", "tổng số"} or re.search(r"[^\w ²³]", words):
        return False
    if first.unit:
        return (
            named in {first.unit, *(word for word, unit in MONEY.items() if unit == first.unit)}
            and first.unit == second.unit
        )
    return is_same_noun(named, second.noun)


def is_same_noun(first: str, second: str) -> bool:
    """Whether two nouns name the same thing; an absent one fits any, `người` and `em` fit every kind of person."""
    if not first or not second:
        return True
    one, other = noun_key(first), noun_key(second)
    return one == other or _is_person(one, other) or _is_person(other, one)


def _is_person(general: str, special: str) -> bool:
    return general in ANY_PERSON and special in PERSONS | ANY_PERSON


def noun_key(noun: str) -> str:
    """What is counted, without what tells which: `hộ` of `hộ nghèo`, `hồ sơ` of `hồ sơ đúng hạn`."""
    words = noun.split(" ")
    if words[0] in {"bộ", "lượt"} and words[1:3] == ["hồ", "sơ"]:
        return "hồ sơ"
    if words[0] == "lượt":
        return " ".join(words[:2])
    return words[0] if words[0] in SINGLE else " ".join(words[:2])


def _spelled(scan_: _Scan, figures: list[Figure]) -> list[Figure]:
    taken = sorted(figures, key=lambda figure: figure.start)
    starts = [figure.start for figure in taken]
    found: list[Figure] = []
    for start, end, value in find_number_words(scan_.lower):
        index = bisect_right(starts, start) - 1
        if not (index >= 0 and start < taken[index].end) and not scan_.is_aside(start):
            found.append(
                Figure(kind="number", start=start, end=end, value=Fraction(value), noun=scan_.noun(end))
            )
    return found
