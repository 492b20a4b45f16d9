"""Which number does a JSON number token say? The dot sets off decimals there, nothing sets off thousands."""

from __future__ import annotations

import re
from decimal import Decimal

from compliance.numerals.faults import Fault, refuse
from compliance.numerals.reading import Printed
from compliance.numerals.writing import format_count

_TOKEN = re.compile(r"(?P<sign>-?)(?P<whole>\d{1,15})(?:\.(?P<part>\d{1,15}))?", re.ASCII)
_EXPONENT = re.compile(r"-?\d+(?:\.\d+)?[eE][-+]?\d+", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)


def parse_json_count(token: str) -> int | Fault:
    """Read a count. A fraction is a fault; with three digits it asks whether thousands were meant."""
    number = parse_json_number(token)
    if isinstance(number, Fault):
        return number
    if _THOUSANDS.fullmatch(token):
        likely = token.replace(".", "")
        return refuse("json_thousands", token, likely=likely, thousands=format_count(int(likely)))
    return refuse("json_fraction", token) if "." in token else int(number)


def parse_json_number(token: str) -> Decimal | Fault:
    """Read a number that may have decimals; negative ones and exponents are faults."""
    match = _TOKEN.fullmatch(token)
    if match is None:
        if _EXPONENT.fullmatch(token):
            return refuse("exponent", token)
        return refuse("too_long" if re.fullmatch(r"-?[\d.]+", token) else "not_a_number", token)
    return refuse("negative", token) if match["sign"] else Decimal(token)


def parse_json_percent(token: str) -> Printed | Fault:
    """Read percent points with the decimals of the token."""
    number = parse_json_number(token)
    if isinstance(number, Fault):
        return number
    return Printed(number, len(token.partition(".")[2]), token)
