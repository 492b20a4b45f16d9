"""What has a report given so far, unit by unit? Values as the models want them, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.submission import DataWindow, Interval, Observation, StatedRate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from compliance.model.base import Scalar
    from compliance.model.rulepack import Indicator, RulePack
    from compliance.proofreading.figures import Figure
    from compliance.proofreading.places import Places

_MILLION = 10**6
Span = tuple[int, int]


@dataclass
class Gathered:
    """What one unit's submission holds so far."""

    observations: dict[str, Observation] = field(default_factory=dict)
    stated: dict[str, StatedRate] = field(default_factory=dict)
    windows: dict[str, DataWindow] = field(default_factory=dict)

    @property
    def areas(self) -> set[str]:
        """The areas of its figures."""
        return {subject.split(".", 1)[0] for subject in (*self.observations, *self.stated)}


@dataclass
class Gathering:
    """The values of all units of one report."""

    pack: RulePack
    written: str
    """The report's text, in NFC."""
    places: Places
    units: dict[str, Gathered] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def of(self, unit: str) -> Gathered:
        """What a unit's submission holds; empty at first."""
        return self.units.setdefault(unit, Gathered())

    def counts(self, indicator: str, units: Sequence[str]) -> list[int] | None:
        """A count of each of some units; None where one of them lacks it."""
        known = [self.of(unit).observations.get(indicator) for unit in units]
        values = [seen.value for seen in known if seen is not None and type(seen.value) is int]
        return [value for value in values if isinstance(value, int)] if len(values) == len(units) else None

    def observe_figure(self, unit: str, indicator: str, figure: Figure) -> bool:
        """Keep a figure as a value of an indicator; tells whether it can be one."""
        value = read_value(self.pack.indicator[indicator], figure)
        if value is None:
            return False
        end = figure.end
        if figure.kind == "fraction":
            end = figure.start + len(self.written[figure.start : figure.end].split("/")[0].rstrip())
        self.observe(unit, indicator, value, (figure.start, end), figure)
        return True

    def observe(
        self, unit: str, indicator: str, value: Scalar | Interval, span: Span, figure: Figure | None = None
    ) -> None:
        """Keep a value; one that contradicts an earlier one is said and not kept."""
        as_written = " ".join(self.written[slice(*span)].split())
        known = self.of(unit).observations.get(indicator)
        if known is None:
            self.of(unit).observations[indicator] = Observation(
                indicator=indicator,
                value=value,
                as_written=as_written,
                approximate=figure.approximate if figure is not None else None,
                place=self.places.at(span[0]),
            )
        elif known.value != value:
            labels = {"indicator": self.pack.indicator[indicator].label, "unit": self.pack.unit[unit].label}
            self.notes.append(
                text("proofreading.draft.contradiction", first=known.as_written, second=as_written, **labels)
            )

    def state(self, unit: str, rate: str, figure: Figure) -> None:
        """Keep a stated percentage; the first one counts."""
        if figure.low is not None or rate in self.of(unit).stated:
            return
        self.of(unit).stated[rate] = StatedRate(
            rate=rate,
            value=_decimal(figure.value).quantize(Decimal(1).scaleb(-figure.decimals)),
            decimals=figure.decimals,
            as_written=self.written[figure.start : figure.end],
            place=self.places.at(figure.start),
        )


def read_value(indicator: Indicator, figure: Figure) -> int | Decimal | Interval | None:
    """A figure as a value of an indicator's type; None where it cannot be one."""
    if figure.low is not None and figure.high is not None:
        whole = figure.low.denominator == figure.high.denominator == 1
        return Interval(low=int(figure.low), high=int(figure.high)) if whole else None
    match indicator.type:
        case "count":
            return int(figure.value) if figure.value.denominator == 1 else None
        case "amount":
            return _decimal(figure.value / (_MILLION if indicator.unit_of_measure.startswith("triệu") else 1))
        case "percent":
            return _decimal(figure.value)
        case _:
            return None


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
