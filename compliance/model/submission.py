"""What did a unit report for a period, exactly as it wrote it?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, total_ordering
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from compliance.model.base import Model, ReadOnly, Scalar, Source
from compliance.numerals import format_period, parse_period
from compliance.problems import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

Level = Literal["district", "bloc", "agency", "commune"]
LEVELS: tuple[Level, ...] = ("district", "bloc", "agency", "commune")
"""Widest first."""

Provenance = Literal["reported", "derived", "synthetic"]
"""The report gives it; it is derived from what the report gives; it is invented."""

Approximate = Literal["about", "over", "under"]


class Unit(Model):
    """One body that reports, or a bloc of them. The id is a nationwide path."""

    id: str
    label: str
    short_label: str = ""
    """As it stands in a table or a breakdown: `cấp xã`, `Phú Hữu`."""
    level: Level
    parent: str | None = None
    unconfirmed: bool = False
    """Listed by what is usual, not by a text that names it."""
    note: str = ""
    phrases: tuple[str, ...] = ()
    """Other ways in which a report names it."""
    place: Source = Place()

    @property
    def name(self) -> str:
        """The short label, or the label where there is none."""
        return self.short_label or self.label


@total_ordering
class Period(Model):
    """A half-year (kỳ báo cáo): `2020-H1` runs from 1 January to 30 June."""

    year: Annotated[int, Field(ge=1990, le=2200)]
    half: Literal[1, 2]

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2020-H1`.

        Raises:
            ValueError: the text is not a half-year.
        """
        year, half = parse_period(text)
        return cls(year=year, half=1 if half == 1 else 2)

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def days(self) -> int:
        """Number of calendar days."""
        return (self.end - self.start + timedelta(days=1)).days

    @property
    def previous(self) -> Period:
        """The half-year before."""
        return Period(year=self.year - 1, half=2) if self.half == 1 else Period(year=self.year, half=1)

    @property
    def next(self) -> Period:
        """The half-year after."""
        return Period(year=self.year, half=2) if self.half == 1 else Period(year=self.year + 1, half=1)

    @property
    def same_last_year(self) -> Period:
        """The same half of the year before."""
        return Period(year=self.year - 1, half=self.half)

    @property
    def label(self) -> str:
        """In words: `6 tháng đầu năm 2020`."""
        return format_period(self.year, self.half)

    def __str__(self) -> str:
        """Its id: `2020-H1`."""
        return f"{self.year:04d}-H{self.half}"

    def __lt__(self, other: Period) -> bool:
        """Earlier than."""
        return (self.year, self.half) < (other.year, other.half)


class DataWindow(Model):
    """The dates that the figures really cover, both days included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Number of days covered."""
        return (self.end - self.start + timedelta(days=1)).days


class Interval(Model):
    """A figure written as a range: `05 - 07`."""

    low: int | Decimal
    high: int | Decimal


class Observation(Model):
    """One reported value, with how it was written and where it stands."""

    indicator: str
    value: Scalar | Interval
    as_written: str
    approximate: Approximate | None = None
    place: Source = Place()
    derived_from: str = ""
    """Set where the program worked it out: the formula and the assumptions, in Vietnamese."""


class StatedRate(Model):
    """A percentage that the unit itself wrote, in points, with the decimals it wrote."""

    rate: str
    value: Decimal
    decimals: int
    as_written: str
    place: Source = Place()


class CitedDocument(Model):
    """A legal text as the report cites it. `where` is the passage of the report (`I.1`)."""

    instrument: str
    dated: date | None = None
    where: str = ""
    place: Source = Place()


class Submission(Model):
    """One unit's figures for one period (số liệu báo cáo)."""

    unit: str
    period: Period
    data_window: DataWindow | None = None
    area_windows: ReadOnly[str, DataWindow] = Field(default_factory=dict)
    """Windows of single areas, where they differ."""
    report_date: date | None = None
    reported_by: str
    """Whose report gives these figures."""
    provenance: Provenance
    source: str = ""
    revision: int = 1
    observations: ReadOnly[str, Observation] = Field(default_factory=dict)
    stated: ReadOnly[str, StatedRate] = Field(default_factory=dict)
    cites: tuple[CitedDocument, ...] = ()
    place: Source = Place()

    @property
    def is_own_report(self) -> bool:
        """Whether the unit reports for itself; figures quoted by another's report are an excerpt."""
        return self.reported_by == self.unit

    @property
    def law_date(self) -> date:
        """The day whose law counts: the report date, or the period's end without one."""
        return self.report_date or self.period.end

    def window(self, area: str) -> DataWindow | None:
        """The data window of an area."""
        return self.area_windows.get(area, self.data_window)

    @cached_property
    def values(self) -> Mapping[str, Scalar | Interval]:
        """Plain values by indicator."""
        return {name: observation.value for name, observation in self.observations.items()}
