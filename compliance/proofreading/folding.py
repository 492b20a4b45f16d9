"""How is a text made comparable without moving a character? Case, dashes, spaces and tone marks, one for one.

Offsets in the folded text are offsets in the text itself (in NFC).
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_SPACES = dict.fromkeys(
    "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
)
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
_QUOTES = {
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "’": "'",
    "‘": "'",
    "／": "/",
    "％": "%",
    "⁄": "/",
    "∕": "/",
}
_DIGITS = {chr(0xFF10 + digit): str(digit) for digit in range(10)}
_CONTROL = {"\r": " ", "\f": "\n", "\v": "\n", "İ": "I"}
_ONE_FOR_ONE = str.maketrans(_SPACES | _DASHES | _QUOTES | _DIGITS | _CONTROL)

_TONE_PLACES = {
    f"{first}{second}": f"{moved}{plain}"
    for first, plain, seconds, moveds in (
        ("o", "a", "àáảãạ", "òóỏõọ"),
        ("o", "e", "èéẻẽẹ", "òóỏõọ"),
        ("u", "y", "ỳýỷỹỵ", "ùúủũụ"),
    )
    for second, moved in zip(seconds, moveds, strict=True)
}
"""`hoà` is `hòa`, `uỷ` is `ủy`; after q the u belongs to the consonant and nothing moves."""

_TONE_PLACE = re.compile(r"(?<![qQ])(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![^\W\d_])")
_TI = re.compile(r"\btỉ\b")


class Folded(NamedTuple):
    """A text in NFC and two copies of the same length."""

    text: str
    plain: str
    """Spaces, dashes, quotes and digits made alike; case kept."""
    lower: str
    """In lower case, tone marks where the newer spelling puts them, `tỉ` as `tỷ`."""


def fold(text: str) -> Folded:
    """Fold `text`; all three copies have one length."""
    composed = unicodedata.normalize("NFC", text)
    plain = composed.translate(_ONE_FOR_ONE)
    lower = _TONE_PLACE.sub(lambda match: _TONE_PLACES[match[0]], plain.lower())
    return Folded(composed, plain, _TI.sub("tỷ", lower))
