"""Whose table is this, and for which half-year? Read from the lines above and below it.

What the titles do not say, the name of the sheet and then that of the file may.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from compliance.intake.drafts import WINDOW_ENDS
from compliance.intake.names import bare_words, find_period, unit_names
from compliance.intake.nodes import Scalar
from compliance.numerals import Fault, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from compliance.intake.grid import Cell, Sheet
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Unit
    from compliance.problems import Place

_DAY = r"(\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})"
_WINDOW = re.compile(rf"từ\s+(?:ngày\s+)?{_DAY}\s+(?:đến|tới)\s+(?:hết\s+)?(?:ngày\s+)?{_DAY}", re.IGNORECASE)
_DATED = re.compile(r"[^,\d]{2,40},\s*ngày\s+(\d{1,2} tháng \d{1,2} năm \d{4})", re.IGNORECASE)
_OTHER_BODY = re.compile(r"nhan bao cao|kinh gui|noi nhan")
"""Lines that name the body to which the report goes."""
_OWN_BODY = re.compile(r"don vi bao cao|don vi lap")
_FIRST_MONTH_OF_SECOND_HALF = 7


@dataclass(slots=True)
class Titles:
    """What the lines around a table say of it; empty what they do not."""

    unit: Scalar | None = None
    period: Scalar | None = None
    report_date: Scalar | None = None
    window: dict[str, Scalar] = field(default_factory=dict)


def read_titles(cells: Iterable[Cell], sheet: Sheet, pack: RulePack) -> Titles:
    """The unit, period, data window and day of the report that the cells name."""
    titles = Titles()
    lines = [(line.strip(), cell.place) for cell in cells for line in cell.text.splitlines() if line.strip()]
    names_around = [(sheet.title, sheet.place), (PurePath(sheet.place.file).stem, sheet.place)]
    for line, place in lines:
        _take_dates(line, place, titles)
    titles.unit = _find_unit(lines, names_around, pack)
    if titles.period is None:
        titles.period = next(
            (_scalar(found, place) for line, place in names_around if (found := find_period(line))),
            _period_of(titles.window),
        )
    return titles


def _take_dates(line: str, place: Place, titles: Titles) -> None:
    period = find_period(line)
    if period and titles.period is None:
        titles.period = _scalar(period, place)
    window = _WINDOW.search(line)
    if window is not None and not titles.window:
        titles.window = {
            end: _scalar(written, place) for end, written in zip(WINDOW_ENDS, window.groups(), strict=True)
        }
    dated = _DATED.fullmatch(line)
    if dated is not None and titles.report_date is None:
        titles.report_date = _scalar(dated[1], place)


def _period_of(window: dict[str, Scalar]) -> Scalar | None:
    """The half-year in which a window lies."""
    days = [
        _half_of(day) for written in window.values() if not isinstance(day := parse_date(written.text), Fault)
    ]
    if len(days) != len(WINDOW_ENDS) or len(set(days)) != 1:
        return None
    return _scalar(days[0], next(iter(window.values())).place)


def _half_of(day: date) -> str:
    return f"{day.year}-H{2 if day.month >= _FIRST_MONTH_OF_SECOND_HALF else 1}"


def _find_unit(
    lines: list[tuple[str, Place]], around: list[tuple[str, Place]], pack: RulePack
) -> Scalar | None:
    """The unit that reports: as a line says in so many words, else the lowest that the titles name."""
    names = unit_names(pack)
    told = [(bare_words(line), place) for line, place in lines]
    own = [(line, place) for line, place in told if not _OTHER_BODY.search(line)]
    so_called = [(line, place) for line, place in own if _OWN_BODY.search(line)]
    for source in (so_called, own, [(bare_words(line), place) for line, place in around]):
        found = {unit.id: (unit, place) for line, place in source for unit in _named_in(line, names)}
        if source is not so_called:
            found = {key: pair for key, pair in found.items() if pair[0].level != "bloc"}
        lowest = [
            pair for key, pair in found.items() if not any(other.startswith(f"{key}/") for other in found)
        ]
        if len(lowest) == 1:
            return _scalar(lowest[0][0].id, lowest[0][1])
    return None


def _named_in(line: str, names: Mapping[str, Unit]) -> Iterator[Unit]:
    padded = f" {line} "
    for name, unit in names.items():
        if f" {name} " in padded:
            yield unit


def _scalar(text: str, place: Place) -> Scalar:
    return Scalar(text, plain=False, place=place)
