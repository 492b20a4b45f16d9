"""What stands in one cell that a clerk fills in, and what may be typed there?

Validation refuses a wrong number and lets words through where a range or an approximate figure may be meant:
`5 - 7`, `khoảng 200`. Whether words can be read is for the reader to say, with the cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from compliance.messages import text
from compliance.model.submission import Interval
from compliance.numerals import format_count, format_decimal

if TYPE_CHECKING:
    from compliance.model.rulepack import Indicator, IndicatorType
    from compliance.model.submission import Observation
    from compliance.render.workbook_styles import Book, Sheet

Form = Literal["count", "amount", "boolean", "percent", "date", "text"]
"""What a cell holds: the type of an indicator, or text."""
_NUMBER_FORMATS = {"count": "#,##0", "date": "dd/mm/yyyy"}
_ALIGNED_RIGHT = ("count", "amount", "percent")
_SAFE_DIGITS = 15
"""A spreadsheet keeps this many digits of a number; longer ones are written as text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a cell: a number, a day, or words; nothing of them where it is blank."""

    number: Fraction | None = None
    day: date | None = None
    words: str = ""


def entry_of(observation: Observation | None) -> Entry:
    """The cell of a reported value, as a clerk would have typed it."""
    if observation is None:
        return Entry()
    value = observation.value
    match value:
        case Interval():
            return Entry(words=text("form.entry.range", low=_plain(value.low), high=_plain(value.high)))
        case bool():
            return Entry(words=text("form.entry.yes" if value else "form.entry.no"))
        case date():
            return Entry(day=value)
    if observation.approximate:
        return Entry(words=text(f"form.entry.{observation.approximate}", value=_plain(value)))
    is_safe = len(Decimal(value).as_tuple().digits) <= _SAFE_DIGITS
    return Entry(number=Fraction(value)) if is_safe else Entry(words=_plain(value))


def _plain(value: int | Decimal) -> str:
    return format_count(value) if isinstance(value, int) else format_decimal(value)


def write_entry(
    book: Book,
    sheet: Sheet,
    at: tuple[int, int],
    entry: Entry,
    form: Form,
    style: dict[str, Any],
) -> None:
    """Write the cell in the number format of its type, blank or not."""
    aligned = {"align": "right", "indent": 1} if form in _ALIGNED_RIGHT else {"align": "left"}
    number_format = {"num_format": _NUMBER_FORMATS.get(form, "General")}
    shown = style | {"text_wrap": True, "valign": "vcenter"} | aligned | number_format
    if entry.number is not None:
        sheet.write_number(*at, float(entry.number), book.style(shown))
    elif entry.day is not None:
        sheet.write_datetime(*at, datetime.combine(entry.day, time()), book.style(shown))
    else:
        book.write_text(sheet, *at, entry.words, shown)


def allow_entry(sheet: Sheet, at: tuple[int, int], indicator: Indicator | None) -> None:
    """Say what may be typed; without an indicator, a date."""
    row, column = at
    cell = f"{chr(ord('A') + column)}{row + 1}"
    form = indicator.type if indicator else "date"
    if form == "boolean":
        choices = [text("form.entry.yes"), text("form.entry.no")]
        sheet.data_validation(*at, *at, {"validate": "list", "source": choices} | _refusal(form, "", ""))
        return
    low, high = _bounds(form, indicator)
    tests = [f"ISNUMBER({cell})", f"{cell}>={low}"] + ([f"{cell}<={high}"] if high else [])
    tests += [f"{cell}=INT({cell})"] if form == "count" else []
    formula = f"=OR(ISTEXT({cell}),AND({','.join(tests)}))"
    sheet.data_validation(*at, *at, {"validate": "custom", "value": formula} | _refusal(form, low, high))


def _bounds(form: IndicatorType, indicator: Indicator | None) -> tuple[str, str]:
    if form == "date":
        return "1", ""
    low = indicator.minimum if indicator and indicator.minimum is not None else Decimal(0)
    high = indicator.maximum if indicator else None
    if form == "percent" and high is None:
        high = Decimal(100)
    return f"{low:f}", f"{high:f}" if high is not None else ""


def _refusal(form: IndicatorType, low: str, high: str) -> dict[str, Any]:
    shown = {"low": _shown(low), "high": _shown(high)}
    code = "count_bounded" if form == "count" and high else form
    return {
        "error_title": text("form.refusal.title"),
        "error_message": text(f"form.refusal.{code}", **shown),
        "error_type": "stop",
        "ignore_blank": True,
    }


def _shown(bound: str) -> str:
    return format_decimal(Decimal(bound)) if bound else ""
