"""Which characters mean the same in a number, however they were typed?

Full-width digits and signs become plain ones, every kind of space a plain space, invisible marks go. Not
compatibility normalization as a whole: it would read `12²` as 122 and `½` as three characters.
"""

from __future__ import annotations

import unicodedata

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u202a\u202c\u202d\u2060\ufeff"
"""Marks that neither show nor turn the order of what shows."""

_MINUS_SIGNS = "\u2010\u2011\u2012\u2212\ufe63"


def plain_characters(written: str) -> str:
    """The text in NFC with plain digits, signs and single-width spaces, without white space at its ends."""
    composed = unicodedata.normalize("NFC", written)
    if composed.isascii():
        return composed.strip()
    return "".join(map(_plain, composed)).strip()


def _plain(character: str) -> str:
    if character in _INVISIBLE:
        return ""
    if character in _MINUS_SIGNS:
        return "-"
    if unicodedata.category(character) == "Zs":
        return " "
    if unicodedata.decomposition(character).startswith("<wide>"):
        return unicodedata.normalize("NFKC", character)
    return character
