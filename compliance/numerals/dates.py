"""How are dates and half-years written?"""

from __future__ import annotations

import re

from compliance.messages import text

_PERIOD = re.compile(r"(\d{4})-H([12])", re.ASCII)


def parse_period(written: str) -> tuple[int, int]:
    """Read `2020-H1` as year and half.

    Raises:
        ValueError: it is not written so.
    """
    match = _PERIOD.fullmatch(written.strip())
    if match is None:
        raise ValueError(written)
    return int(match[1]), int(match[2])


def format_period(year: int, half: int) -> str:
    """A half-year in words: `6 tháng đầu năm 2020`."""
    return text(f"period.half{half}", year=year)
