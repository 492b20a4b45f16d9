"""Which number does a Vietnamese text say, with which printed precision, or why is it none?

The dot (or a space) sets off thousands, the comma the decimals. What can be read in two ways is refused and
the fault says both; the sentences for it stand in the message catalogue under `numerals`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from compliance.numerals.characters import plain_characters
from compliance.numerals.faults import Fault, refuse
from compliance.numerals.misreadings import explain_number
from compliance.numerals.writing import format_count

_NUMBER = re.compile(
    r"(?P<whole>\d+|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+)(?:,(?P<part>\d+))?", re.ASCII
)
_LOOKS_LIKE_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)
_DOT_PERCENT = re.compile(r"\d+\.\d{1,2}", re.ASCII)
_INTERVAL = re.compile(r"(?:từ )?(?P<low>\d[\d., ]*?) ?(?:-|–|—|đến|tới) ?(?P<high>\d[\d., ]*)", re.ASCII)
_LONGEST_TEXT = 64
_MOST_DIGITS = 15
_TRUE = frozenset({"có", "co", "x", "✓", "✔", "☑", "đúng", "rồi", "true", "1"})
_FALSE = frozenset({"không", "khong", "☐", "sai", "chưa", "false", "0"})


@dataclass(frozen=True, slots=True)
class Printed:
    """A number with its printed precision: `99,97%` is 99.97 with two decimals."""

    value: Decimal
    decimals: int
    as_written: str


def parse_count(written: str) -> int | Fault:
    """Read a count: `21.035`, `21 035`, `07`.

    Negative numbers, fractions and `21,035`, which is a count to one reader and a fraction to another, are
    faults.
    """
    plain = plain_characters(written)
    number = _split(plain)
    if number is None:
        return explain_number(plain, written, counted=True)
    whole, part = number
    if part:
        return _refuse_fraction(plain, written)
    return refuse("too_long", written) if len(whole) > _MOST_DIGITS else int(whole)


def parse_amount(written: str) -> Decimal | Fault:
    """Read an amount that may have decimals: `1.234,5`."""
    plain = plain_characters(written)
    number = _split(plain)
    if number is None:
        return explain_number(plain, written, counted=False)
    whole, part = number
    if len(whole) > _MOST_DIGITS or len(part) > _MOST_DIGITS:
        return refuse("too_long", written)
    return Decimal(f"{whole}.{part}" if part else whole)


def parse_percent(written: str) -> Printed | Fault:
    """Read a percentage in points, with or without its sign: `99,97%`, `99,97 %`, `100`.

    A dot before one or two last digits is taken for a comma (`93.33%`); before three it sets off thousands.
    """
    plain = plain_characters(written).removesuffix("%").rstrip()
    if not plain:
        return refuse("empty", written)
    number = _split(plain.replace(".", ",") if _DOT_PERCENT.fullmatch(plain) else plain)
    if number is None:
        return explain_number(plain, written, counted=False)
    whole, part = number
    if len(whole) > _MOST_DIGITS or len(part) > _MOST_DIGITS:
        return refuse("too_long", written)
    return Printed(Decimal(f"{whole}.{part}" if part else whole), len(part), written)


def parse_interval(written: str) -> tuple[int | Decimal, int | Decimal] | Fault:
    """Read a range, both ends included: `05 - 07`, `5–7`, `từ 5 đến 7`. The low end comes first."""
    plain = plain_characters(written)
    match = _INTERVAL.fullmatch(plain.lower()) if len(plain) <= _LONGEST_TEXT else None
    if match is None:
        return refuse("not_an_interval" if plain else "empty", written)
    low, high = _parse_end(match["low"]), _parse_end(match["high"])
    if isinstance(low, Fault):
        return low
    if isinstance(high, Fault):
        return high
    return (low, high) if low <= high else refuse("interval_reversed", written)


def parse_boolean(written: str) -> bool | Fault:
    """Read yes or no: `có`, `đúng`, `rồi`, `x`, a tick, `true`, `1`; `không`, `chưa`, `sai`, `false`, `0`."""
    word = plain_characters(written).casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    return refuse("not_a_boolean" if word else "empty", written)


def _split(plain: str) -> tuple[str, str] | None:
    """The digits before and behind the comma."""
    match = _NUMBER.fullmatch(plain) if len(plain) <= _LONGEST_TEXT else None
    if match is None:
        return None
    return match["whole"].replace(".", "").replace(" ", "").lstrip("0") or "0", match["part"] or ""


def _refuse_fraction(plain: str, written: str) -> Fault:
    if _LOOKS_LIKE_THOUSANDS.fullmatch(plain):
        return refuse(
            "ambiguous", written, thousands=format_count(int(plain.replace(",", ""))), decimal=plain
        )
    return refuse("fraction", written)


def _parse_end(plain: str) -> int | Decimal | Fault:
    count = parse_count(plain)
    if isinstance(count, Fault) and count.code == "numerals.fraction":
        return parse_amount(plain)
    return count
