"""How are dates and half-years written?"""

from __future__ import annotations

import re
from datetime import date

from compliance.messages import text
from compliance.numerals.characters import plain_characters
from compliance.numerals.faults import Fault, refuse

_PERIOD = re.compile(r"(\d{4})-H([12])", re.ASCII)
_DATE_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?:ngày )?(?P<day>\d{1,2})(?P<mark> ?[-/.] ?)(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})",
        r"(?:ngày )?(?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})",
    )
)
_SHORT_YEAR = re.compile(r"(?:ngày )?\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?\d{2}", re.ASCII)
_YEARS = range(1900, 2200)
_LAST_PADDED_MONTH = 2


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


def parse_date(written: str) -> date | Fault:
    """Read `04/5/2020`, `04-05-2020`, `2020-05-04`, `ngày 04 tháng 5 năm 2020`; the day before the month."""
    plain = re.sub(r"\s+", " ", plain_characters(written).lower())
    if not plain:
        return refuse("empty", written)
    match = next((found for form in _DATE_FORMS if (found := form.fullmatch(plain))), None)
    if match is None:
        return refuse("short_year" if _SHORT_YEAR.fullmatch(plain) else "not_a_date", written)
    year, month, day = (int(match[part]) for part in ("year", "month", "day"))
    if year not in _YEARS:
        return refuse("no_such_day", written)
    try:
        return date(year, month, day)
    except ValueError:
        return refuse("no_such_day", written)


def format_date(day: date) -> str:
    """A date as Decree 30/2020/NĐ-CP writes it, zeros before days under 10 and months 1, 2: `04/5/2020`."""
    month = f"{day.month:02d}" if day.month <= _LAST_PADDED_MONTH else str(day.month)
    return f"{day.day:02d}/{month}/{day.year:04d}"
