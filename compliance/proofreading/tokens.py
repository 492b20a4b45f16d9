"""Which figures does a text hold, in order?

Numbers joined into percentages, fractions, ranges and amounts of money.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.proofreading.figures import Figure, FigureKind
from compliance.proofreading.joining import join_compounds, join_fractions, join_ranges
from compliance.proofreading.lexicon import (
    DURATIONS,
    MEASURES,
    MONEY,
    SCALES,
)
from compliance.proofreading.nouns import noun_after
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
_SUFFIXES: tuple[tuple[FigureKind, re.Pattern[str]], ...] = (
    ("percent", _PERCENT),
    ("points", _POINTS),
    ("score", _SCORE),
)
_MEASURE = re.compile(r" ?(km2|m2|m3|m²|m³|[^\W\d_]{1,6})(?![^\W\d_])")
_PER = re.compile(r"\s?/\s?(?:1 |một |mỗi )?([^\W\d_]{1,12}(?: [^\W\d_]{1,12})?)")
_PER_EACH = re.compile(
    r"(?:mỗi|bình quân(?: mỗi)?|trung bình(?: mỗi)?|từng) ([^\W\d_]{1,12}(?: [^\W\d_]{1,12}){0,5}?)(?: :|:)?"
    r"(?:,| là| từ| được| trị giá| khoảng| đạt| có| dài| hỗ trợ| nhận| kéo dài| với| mức| số tiền){0,4} $"
)
_APPROXIMATE = re.compile(
    r"(?<![^\W\d_])(?:(?P<about>khoảng|khoản|ước(?: tính| đạt| khoảng| thực hiện)?|xấp xỉ|chừng)"
    r"|(?P<over>(?<!cao )(?<!thấp )(?<!nhiều )(?<!ít )(?<!lớn )hơn|trên)|(?P<under>gần|ngót|suýt soát)) $"
)
_LOOK_BACK = 60
_THOUSANDS = 3
"""Digits between two marks of thousands."""


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
        return figure._replace(
            end=end,
            value=figure.value * factor,
            step=step,
            other=figure.other * factor if figure.other is not None else None,
            unit="đồng" if scale[1] not in _FEW and not noun_after(self.lower, end) else figure.unit,
        )


def _read(written: str, start: int, end: int) -> Figure:
    """A number by its separators.

    Three digits after one lone separator are thousands; the other reading is kept.
    """
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
        if len(tail) != _THOUSANDS or head.startswith("0"):
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
    amounts = join_compounds(folded.lower, scan_.atoms())
    figures = [_classified(scan_, figure) for figure in amounts]
    figures = join_fractions(folded.lower, join_ranges(folded.lower, figures))
    figures += [aside.figure for aside in scan_.asides if aside.figure is not None]
    figures += _spelled(scan_, figures)
    return tuple(sorted(figures, key=lambda figure: figure.start))


def _classified(scan_: _Scan, figure: Figure) -> Figure:
    """The figure with its kind, unit, noun and certainty, from the words on both sides."""
    lower, end = scan_.lower, figure.end
    before = lower[max(0, figure.start - _LOOK_BACK) : figure.start]
    figure = figure._replace(approximate=_certainty(before))
    for kind, pattern in _SUFFIXES:
        match = pattern.match(lower, end)
        if match:
            return _as_decimal(figure)._replace(kind=kind, end=match.end())
    if _TIMES.match(lower, end) and re.search(
        r"(?:gấp|tăng|giảm|cao|bằng)(?: hơn| gần| khoảng| lên)? $", before
    ):
        return _as_decimal(figure)._replace(kind="times")
    return _measured(scan_, figure, before)


def _as_decimal(figure: Figure) -> Figure:
    """A percentage or a score has no thousands: `12,345%` is a decimal."""
    if figure.other is None or figure.step > 1:
        return figure
    return figure._replace(value=figure.other, step=Fraction(1, 1000), decimals=3, other=figure.value)


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
        noun = noun_after(scan_.lower, end)
    per = _PER.match(lower, stop) or (noun and _PER.match(lower, end + 1 + len(noun)))
    each = _PER_EACH.search(before)
    step = figure.step
    if not step and unit and unit not in DURATIONS and unit not in {"đồng", "usd"}:
        step = Fraction(1)
    counted_for = [match[1] for match in (each, per) if match]
    return figure._replace(unit=unit, noun=noun, step=step, per="/".join(counted_for))


def _certainty(before: str) -> Approximate | None:
    match = _APPROXIMATE.search(before)
    if match is None:
        return None
    group = match.lastgroup
    return "about" if group == "about" else "over" if group == "over" else "under"


def _spelled(scan_: _Scan, figures: list[Figure]) -> list[Figure]:
    taken = sorted(figures, key=lambda figure: figure.start)
    starts = [figure.start for figure in taken]
    found: list[Figure] = []
    for start, end, value in find_number_words(scan_.lower):
        index = bisect_right(starts, start) - 1
        if not (index >= 0 and start < taken[index].end) and not scan_.is_aside(start):
            found.append(
                Figure(
                    kind="number",
                    start=start,
                    end=end,
                    value=Fraction(value),
                    noun=noun_after(scan_.lower, end),
                )
            )
    return found
