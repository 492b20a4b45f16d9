"""Which slips of the pen would a reviewer mark?

Doubled words, misspellings, missing figures, mixed separators.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from compliance.messages import text as message
from compliance.model.claims import Slip
from compliance.proofreading.folding import Folded, fold
from compliance.proofreading.places import Places
from compliance.proofreading.tokens import scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.model.report import Passage
    from compliance.proofreading.figures import Figure

SlipKind = Literal["doubled_word", "misspelling", "missing_figure", "mixed_separators"]
Separator = Literal["thousands_dot", "thousands_comma", "decimal_comma", "decimal_dot"]

_DOUBLED = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,7}(?: [^\W\d_]{1,7})?)[ \n]{1,2}\1(?![^\W\d_])")
_REDUPLICATED_WORDS = """
luôn thường ngày đời nơi người nhà ngành mãi dần đều song từ chung khăng riêng vân muôn rất xa gần nhanh
chậm hay nhè xanh đỏ vàng trắng nhỏ lớn ào đùng ầm từng lâu ai đâu sang năm tháng lần đêm chiều sáng mới
khác cao thấp đôi ba hai hàng ngút rưng lăm hơi khẽ êm thoang mang bao mỗi một hằng tầng lớp chốn đằng
"""
_REDUPLICATED = frozenset(_REDUPLICATED_WORDS.split())
"""Syllables that the language doubles on purpose."""

MISSPELT = {
    "noi nhận": "nơi nhận", "nơi nhân": "nơi nhận", "nơi nhậm": "nơi nhận", "sữ dụng": "sử dụng",
    "xử dụng": "sử dụng", "sử lý": "xử lý", "sử phạt": "xử phạt", "hổ trợ": "hỗ trợ", "giãi quyết": "giải "
    "quyết",
    "giài quyết": "giải quyết", "thũ tục": "thủ tục", "nghành": "ngành", "bổ xung": "bổ sung",
    "trú trọng": "chú trọng", "cũng cố": "củng cố", "cặp nhật": "cập nhật", "kiễm tra": "kiểm tra",
    "đãm bảo": "đảm bảo", "xuất xắc": "xuất sắc", "suất sắc": "xuất sắc", "sơ xuất": "sơ suất",
    "chia sẽ": "chia sẻ", "sát nhập": "sáp nhập", "thăm quan": "tham quan", "trãi qua": "trải qua",
    "chỉnh chu": "chỉn chu", "tiếp nhân": "tiếp nhận", "hố sơ": "hồ sơ", "hồ so": "hồ sơ", "đươc": "được",
    "thưc hiện": "thực hiện", "triễn khai": "triển khai", "tĩ lệ": "tỷ lệ", "tỹ lệ": "tỷ lệ",
    "nhửng": "những", "củng như": "cũng như", "phổi hợp": "phối hợp", "nâng câo": "nâng cao",
    "vi pham": "vi phạm", "quãn lý": "quản lý", "tuyên truyên": "tuyên truyền", "thục hiện": "thực hiện",
}  # fmt: skip
"""Slips of diacritics that are no word of their own, with what was meant."""

_MISSPELT = re.compile(r"(?<![^\W\d_])(?:" + "|".join(map(re.escape, MISSPELT)) + r")(?![^\W\d_])")
_ABOUT = re.compile(
    r"(?<![^\W\d_])khoản(?= (?:gần |hơn |trên )?(?:\d{1,3}(?:[.,]\d{3}){1,4}|\d{2,9})"
    r"(?![\d.,]|,? (?:điều|và khoản)\b))"
)
"""A clause of a law has a number of one digit, or two, and its article stands behind it."""

_COUNTED_AFTER = r"(?:hồ sơ|văn bản|người|hộ|lượt|trường hợp|vụ|đơn|học sinh|tthc|thủ tục|%|đồng|triệu đồng)"
_MISSING = re.compile(
    r"(?:tổng số|tỷ lệ|số)[^\d.;:\n]{0,60}? (?:là|đạt|chiếm|(?<!không )(?<!chưa )có)"
    rf" {{1,3}}{_COUNTED_AFTER}(?=[ ,.;)]|$)"
    rf"|(?:là|có|đạt|chiếm|tỷ lệ)[: ]{{1,3}}(?:\.{{2,8}}|…{{1,3}}|_{{2,10}}) ?{_COUNTED_AFTER}"
    r"|(?:tổng số|tỷ lệ)[^\d.;:\n]{1,60}? là ?(?=[;.\n])"
)
_NO_UNIT = re.compile(
    r"(?:kinh phí|số tiền|trị giá|tổng chi|tổng thu|dự toán)[^\d.;\n]{0,40}? là(?: khoảng| hơn| gần)? $"
)


def find_slips(text: str, *, passages: Sequence[Passage] = ()) -> tuple[Slip, ...]:
    """Every slip of the pen in `text`, in order; offsets count characters of the text in NFC."""
    folded = fold(text)
    figures = scan(folded)
    lines = [0, *(match.end() for match in re.finditer("\n", folded.text))]
    places = Places(lines, passages)
    found = [
        *_doubled_words(folded), *_misspellings(folded), *_missing_figures(folded, figures),
        *_mixed_separators(folded, figures),
    ]  # fmt: skip
    slips = (_slip(folded, places, *slip) for slip in found)
    return tuple(sorted(slips, key=lambda slip: (slip.start, slip.end, slip.kind)))


Found = tuple[SlipKind, int, int, str]
"""Kind, start, end and explanation."""


def _doubled_words(folded: Folded) -> Iterator[Found]:
    for match in _DOUBLED.finditer(folded.lower):
        words = match[1]
        capitalized = (
            folded.plain[match.start()].isupper() or folded.plain[match.end() - len(words)].isupper()
        )
        if words in _REDUPLICATED or (capitalized and " " not in words):
            continue
        yield "doubled_word", *match.span(), message("proofreading.pen.doubled", words=words)


def _misspellings(folded: Folded) -> Iterator[Found]:
    for match in _MISSPELT.finditer(folded.lower):
        meant = MISSPELT[match[0]]
        words = folded.text[match.start() : match.end()]
        meant = meant.capitalize() if words[:1].isupper() else meant
        yield "misspelling", *match.span(), message("proofreading.pen.misspelt", words=words, meant=meant)
    for match in _ABOUT.finditer(folded.lower):
        yield (
            "misspelling",
            *match.span(),
            message("proofreading.pen.misspelt", words="khoản", meant="khoảng"),
        )


def _missing_figures(folded: Folded, figures: Sequence[Figure]) -> Iterator[Found]:
    for match in _MISSING.finditer(folded.lower):
        quote = " ".join(match[0].split())
        yield "missing_figure", *match.span(), message("proofreading.pen.missing", words=quote)
    for figure in figures:
        bare = figure.kind == "number" and not figure.unit and not figure.noun
        before = folded.lower[max(0, figure.start - 90) : figure.start]
        if (
            bare
            and _NO_UNIT.search(before)
            and folded.lower[figure.end : figure.end + 1] in {".", ",", ";", "\n", ""}
        ):
            words = folded.text[figure.start : figure.end]
            yield "missing_figure", figure.start, figure.end, message("proofreading.pen.no_unit", words=words)


def _mixed_separators(folded: Folded, figures: Sequence[Figure]) -> Iterator[Found]:
    """One mark for each way of writing thousands or decimals that the report uses less."""
    ways: dict[Separator, list[Figure]] = {}
    for figure in figures:
        for half in (figure, figure.under):
            if half is not None and (half.kind in {"percent", "points"} or half.unit or half.noun):
                for way in _ways_of(folded.lower[half.start : half.end]):
                    ways.setdefault(way, []).append(half)
    pairs: tuple[tuple[Separator, Separator], ...] = (
        ("thousands_dot", "thousands_comma"), ("decimal_comma", "decimal_dot"),
    )  # fmt: skip
    for one, other in pairs:
        if ways.get(one) and ways.get(other):
            less = min(one, other, key=lambda way: (len(ways[way]), way))
            figure = ways[less][0]
            words = " ".join(folded.text[figure.start : figure.end].split())
            yield "mixed_separators", figure.start, figure.end, message("proofreading.pen.mixed", words=words)


_WAYS: tuple[tuple[Separator, re.Pattern[str]], ...] = (
    ("thousands_dot", re.compile(r"^\d{1,3}(?:\.\d{3}){1,5}(?:,\d{1,6})?(?![\d.,])")),
    ("thousands_comma", re.compile(r"^\d{1,3}(?:,\d{3}){2,5}(?![\d,])")),
    ("decimal_comma", re.compile(r"^\d{1,15}(?:\.\d{3}){0,5}, ?\d{1,2}(?![\d.,])")),
    ("decimal_dot", re.compile(r"^\d{1,3}\.\d{1,2}(?![\d.,])")),
)


def _ways_of(written: str) -> Iterator[Separator]:
    return (way for way, pattern in _WAYS if pattern.match(written))


def _slip(folded: Folded, places: Places, kind: SlipKind, start: int, end: int, explanation: str) -> Slip:
    return Slip(
        kind=kind,
        quote=folded.text[start:end],
        start=start,
        end=end,
        explanation=explanation,
        place=places.at(start),
    )
