"""Is this text in the code page that Excel on Vietnamese Windows writes CSV in?

Windows-1258 gives nearly every sequence of bytes some meaning; it is believed only where every letter that
comes out is one of Vietnamese. Texts in the older TCVN3 give letters that no Vietnamese word has, and are
refused.
"""

from __future__ import annotations

import unicodedata

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VOWELS = "aăâeêioôơuưy"
_LETTERS = frozenset(
    unicodedata.normalize("NFC", f"{letter}{tone}")
    for vowel in _VOWELS
    for letter in (vowel, vowel.upper())
    for tone in _TONES
) | {"đ", "Đ"}
_MARKS = frozenset("\u00a0«»“”‘’–—…•°₫×±")


def decode_windows_1258(content: bytes) -> str | None:
    """The text in NFC; None where it would not be Vietnamese."""
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        return None
    foreign = (letter for letter in text if not letter.isascii() and letter not in _LETTERS | _MARKS)
    return None if any(foreign) else text
