"""What did somebody mean who wrote a number that is none in Vietnamese notation?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals.faults import refuse

if TYPE_CHECKING:
    from compliance.numerals.faults import Fault

_LONGEST_TEXT = 64
_NUMBER = r"\d[\d., ]*"
_DASHES = re.compile(r"[-–—.…/]+")
_NEGATIVE = re.compile(rf"[-–—] ?{_NUMBER}%?", re.ASCII)
_PERCENT = re.compile(rf"(?P<number>{_NUMBER}) ?%", re.ASCII)
_FOREIGN = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}", re.ASCII)
_DOT_DECIMAL = re.compile(r"(?P<whole>\d+)\.(?P<part>\d+)", re.ASCII)
_ONLY_DIGITS_AND_MARKS = re.compile(r"\d[\d., ]*", re.ASCII)
_REACH = {
    **dict.fromkeys(("khoảng", "ước", "~", "≈"), "about"),
    **dict.fromkeys(("hơn", "trên", "tối thiểu", "ít nhất", ">", "≥"), "over"),
    **dict.fromkeys(("gần", "dưới", "tối đa", "<", "≤"), "under"),
}
"""What a submission calls a figure that is written with such a word."""
_APPROXIMATE = re.compile(rf"(?P<word>{'|'.join(_REACH)}) ?(?P<number>{_NUMBER}).*", re.ASCII)
_INTERVAL = re.compile(rf"(?:từ )?{_NUMBER}(?:-|–|—|đến|tới) ?{_NUMBER}", re.ASCII)
_WITH_WORDS = re.compile(r"(?P<number>[0-9][0-9.,]*(?: [0-9]{3})*) ?[A-Za-zÀ-ỹ]\D*")


def explain_number(plain: str, written: str, *, counted: bool) -> Fault:
    """The fault that says best why `plain` is not a number; `counted` when a whole number was asked for."""
    if not plain:
        return refuse("empty", written)
    if len(plain) > _LONGEST_TEXT:
        return refuse("too_long" if plain.isdigit() else "not_a_number", written)
    for code, form in _FORMS:
        match = form.fullmatch(plain.lower())
        if match is not None:
            return refuse(code, written, **_parts(match))
    if _FOREIGN.fullmatch(plain):
        return refuse("foreign", written, likely=plain.translate(str.maketrans(",.", ".,")))
    dotted = _DOT_DECIMAL.fullmatch(plain)
    if dotted is not None and not counted:
        return refuse("dot_decimal", written, likely=f"{dotted['whole']},{dotted['part']}")
    return refuse("grouping" if _ONLY_DIGITS_AND_MARKS.fullmatch(plain) else "not_a_number", written)


def _parts(match: re.Match[str]) -> dict[str, str]:
    """What the sentences quote of a match; of an approximate number also the word that a submission uses."""
    parts = {name: text.strip() for name, text in match.groupdict().items()}
    if "word" in parts:
        parts["reach"] = _REACH[parts.pop("word")]
        parts["words"] = text(f"numerals.reach.{parts['reach']}")
    return parts


_FORMS = (
    ("dash", _DASHES),
    ("negative", _NEGATIVE),
    ("percent", _PERCENT),
    ("approximate", _APPROXIMATE),
    ("interval", _INTERVAL),
    ("with_words", _WITH_WORDS),
)
"""What a reader recognizes first, in this order."""
