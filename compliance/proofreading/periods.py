"""Do the dates that a report gives cover the period that it names?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import format_count, format_date
from compliance.proofreading.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.model.claims import ClaimVerdict
    from compliance.proofreading.passages import Reading

_PERIOD = re.compile(
    r"(?P<half>(?:6|06|sáu) tháng(?: (?P<which>đầu|cuối) năm)?|(?P<nine>(?:9|09|chín) tháng)(?: đầu năm)?|"
    r"quý (?P<quarter>iv|iii|ii|i|[1-4])|"
    r"tháng (?P<month>\d{1,2})|(?P<days>\d{1,3}) ngày|cả năm|năm)(?:[ /,]{1,2}(?:năm )?(?P<year>(?:19|"
    r"20)\d\d))?"
)
_SPAN = re.compile(
    r"[^.;()]{0,60}?\(?(?:tính |số liệu |lấy |được |báo cáo |thời điểm ){0,4}(?:từ|kể từ)(?: ngày)? ?"
    r"(?P<first>(?:ngày )?\d{1,2}(?:/| tháng )\d{1,2}(?:(?:/| năm )\d{4})?) ?"
    r"(?:đến|tới|-)(?: hết)?(?: ngày)? ?(?P<last>(?:ngày )?\d{1,2}(?:/| tháng )\d{1,2}(?:/| năm )\d{4})"
)
_ANY_SPAN = re.compile(
    r"từ(?: ngày)? (?P<first>\d{1,2}/\d{1,2}(?:/\d{4})?) "
    r"(?:đến|tới)(?: hết)?(?: ngày)? (?P<last>\d{1,2}/\d{1,2}/\d{4})"
)
_NUMBERS = re.compile(r"\d+")
_MONTHS, _DAY_AND_MONTH = 12, 2
_TOLERANCE = 5
"""A cut-off a few days from the calendar's is an office's own custom."""
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class _Named:
    """A period as named: how many days it has, and its calendar where that is known."""

    days: int
    first: date | None
    last: date | None


def find_periods(reading: Reading) -> Iterator[Finding]:
    """Each period that stands beside the dates it is to cover, and each span that ends before it begins."""
    lower, seen = reading.folded.lower, set[int]()
    for match in _PERIOD.finditer(lower):
        span = _SPAN.match(lower, match.end(), match.end() + 160)
        if span is None:
            continue
        first, last = _dates(span)
        named = _named(match, last)
        if first and last and named and span.start("first") not in seen:
            seen.add(span.start("first"))
            yield _covered(match, span, named, (first, last))
    for span in _ANY_SPAN.finditer(lower):
        first, last = _dates(span)
        if first and last and last < first and span.start("first") not in seen:
            yield _finding(
                span,
                span.start(),
                "inconsistent",
                span[0],
                "",
                text("proofreading.period.backwards", first=format_date(first), last=format_date(last)),
            )


def find_span(lower: str) -> tuple[date, date] | None:
    """The first pair of dates `từ ngày … đến ngày …` of a folded sentence."""
    match = _ANY_SPAN.search(lower)
    first, last = _dates(match) if match else (None, None)
    return (first, last) if first and last else None


def _dates(span: re.Match[str]) -> tuple[date | None, date | None]:
    last = _date([int(part) for part in _NUMBERS.findall(span["last"])])
    parts = [int(part) for part in _NUMBERS.findall(span["first"])]
    if len(parts) == _DAY_AND_MONTH and last:
        parts.append(last.year)
    return _date(parts), last


def _date(parts: list[int]) -> date | None:
    try:
        day, month, year = parts
        return date(year, month, day)
    except ValueError:
        return None


def _named(match: re.Match[str], last: date | None) -> _Named | None:
    """The period that the words name; a year left out is that of the last day."""
    year = int(match["year"] or (last.year if last else 0))
    if not year:
        return None
    if match["days"]:
        return _Named(int(match["days"]), None, None)
    months = _months(match)
    if months is None:
        return None
    first_month, count = months
    first = date(year, first_month or 1, 1)
    end_month = (first_month or 1) + count
    last_day = date(year + (end_month > _MONTHS), (end_month - 1) % _MONTHS + 1, 1) - timedelta(days=1)
    known = first_month is not None
    return _Named((last_day - first).days + 1, first if known else None, last_day if known else None)


def _months(match: re.Match[str]) -> tuple[int | None, int] | None:
    """First month and number of months; None as first month where any half-year may be meant."""
    if match["nine"]:
        return 1, 9
    if match["half"] and match["half"].startswith(("6", "06", "sáu")):
        return {"đầu": (1, 6), "cuối": (7, 6)}.get(match["which"] or "", (None, 6))
    if match["quarter"]:
        return 3 * _QUARTERS[match["quarter"]] - 2, 3
    if match["month"]:
        month = int(match["month"])
        return (month, 1) if 1 <= month <= _MONTHS else None
    return (1, 12) if match["year"] else None


def _covered(match: re.Match[str], span: re.Match[str], named: _Named, dates: tuple[date, date]) -> Finding:
    first, last = dates
    days = (last - first).days + 1
    quote = f"{match[0]} … {span[0][span.start('first') - span.start() :]}"
    values = {
        "first": format_date(first),
        "last": format_date(last),
        "days": format_count(days),
        "named": match[0].strip(),
        "expected": format_count(named.days),
    }
    if days <= 0:
        explanation = text("proofreading.period.backwards", first=values["first"], last=values["last"])
        return _finding(span, match.start(), "inconsistent", quote, values["expected"], explanation)
    tolerance = 1 if match["days"] else _TOLERANCE
    verdict: ClaimVerdict = "consistent" if abs(days - named.days) <= tolerance else "inconsistent"
    code = "covers" if verdict == "consistent" else "short" if days < named.days else "long"
    explanation = text(f"proofreading.period.{code}", **values)
    if verdict == "inconsistent" and match["half"] and match["half"].startswith(("6", "06", "sáu")):
        explanation = f"{explanation} {text('proofreading.period.decree')}"
    return _finding(
        span, match.start(), verdict, quote, values["expected"], explanation, days=days - named.days
    )


def _finding(
    span: re.Match[str],
    start: int,
    verdict: ClaimVerdict,
    stated: str,
    expected: str,
    explanation: str,
    *,
    days: int = 0,
) -> Finding:
    return Finding(
        kind="period",
        verdict=verdict,
        start=start,
        end=span.end(),
        stated=stated,
        expected=text("proofreading.period.days", days=expected) if expected else "",
        difference=text("proofreading.period.days", days=format_count(days)) if days else "",
        explanation=explanation,
    )
