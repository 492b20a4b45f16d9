"""Which number do words such as `hai mươi ba` say? Up to ninety-nine, and only where they count something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance.proofreading.lexicon import COUNTED

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONES = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_ONE = r"một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín"
_WORDS = re.compile(
    rf"\b(?:(?P<tens>hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín) mươi(?: (?P<unit>{_ONE}))?"
    rf"|(?P<teen>mười)(?: (?P<teens>{_ONE}))?|(?P<only>hai|ba|bốn|năm|sáu|bảy|tám|chín))\b"
)
_NEXT_WORD = re.compile(r" ([^\W\d_]{1,12})\b")
_BEFORE = re.compile(
    r"(?:tháng|thứ|ngày|lớp|trong|đầu|cuối|mỗi|hằng|hàng|từng|những|các|một|quý|học|của|mùng|và|\d) ?$"
)
"""Before these words `năm` is a year, and a numeral names a month, a day or a class."""

SPELLED = re.compile(
    rf" ?\((?:(?P<tens>hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín) mươi(?: (?P<unit>{_ONE}))?"
    rf"|(?P<teen>mười)(?: (?P<teens>{_ONE}))?|(?P<only>{_ONE}))\)"
)
"""The same number once more, spelled out in brackets: `12 (mười hai)`."""


def read_number_words(match: re.Match[str]) -> int:
    """The number that a match of `SPELLED` or of the words themselves says."""
    if match["tens"]:
        return 10 * _ONES[match["tens"]] + _ONES.get(match["unit"] or "", 0)
    if match["teen"]:
        return 10 + _ONES.get(match["teens"] or "", 0)
    return _ONES[match["only"]]


def find_number_words(lower: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and value of each numeral in words that stands before something counted."""
    for match in _WORDS.finditer(lower):
        following = _NEXT_WORD.match(lower, match.end())
        if following is None or following[1] not in COUNTED:
            continue
        if _BEFORE.search(lower, max(0, match.start() - 9), match.start()):
            continue
        yield match.start(), match.end(), read_number_words(match)
