"""What does a columnar engine need to know of submissions, their units and their periods, as columns?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from compliance.engine.columnar_operands import DECIMALS, MOST_CHILDREN
from compliance.model.submission import LEVELS, Interval, Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compliance.engine.register import Register
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Observation, Submission


class TooManyUnitsError(ValueError):
    """A unit has more units right below it than sums are proven for; its text is the unit."""


class InexactFigureError(ValueError):
    """A figure is a range, approximate, or has more decimals than a column keeps; its text says which."""


UNIT_KINDS = {
    "unit": "text",
    "unit.level": "int",
    "parent": "text",
    "province": "int",
    "unit_number": "int",
    "parent_number": "int",
    "unit.bodies": "int",
    "height": "int",
    "children": "int",
    **{f"children.{level}": "int" for level in LEVELS},
}
PERIOD_KINDS = {"period": "int", "period_end": "date", "period.days": "int"}
SUBMISSION_KINDS = {
    "unit": "text",
    "period": "int",
    "report_date": "date",
    "reported_by": "text",
    "data_from": "date",
    "period.window_days": "int",
}
"""The columns of each frame with their kinds; submissions have their figures besides."""


def figure_kinds(pack: RulePack) -> Mapping[str, str]:
    """The kind of column that each figure of the pack needs, stated rates included."""
    kinds = {item.id: {"boolean": "bool", "date": "date"}.get(item.type, "int") for item in pack.indicators}
    return kinds | {f"{what}{rate.id}": "int" for rate in pack.rates for what in ("stated.", "printed:")}


def submission_columns(pack: RulePack, submissions: Sequence[Submission]) -> Mapping[str, list[Any]]:
    """Submissions as the columns of `SUBMISSION_KINDS` and `figure_kinds`, one row each.

    Raises:
        InexactFigureError: a figure has no exact whole number behind it; the interpreter takes it.
    """
    split = [submission.unit for submission in submissions if submission.area_windows]
    if split:
        raise InexactFigureError("area_windows", ", ".join(split))
    windows = [submission.data_window for submission in submissions]
    columns: dict[str, list[Any]] = {
        "unit": [submission.unit for submission in submissions],
        "period": [period_number(submission.period) for submission in submissions],
        "report_date": [submission.report_date for submission in submissions],
        "reported_by": [submission.reported_by for submission in submissions],
        "data_from": [window.start if window else None for window in windows],
        "period.window_days": [window.days if window else None for window in windows],
    }
    for indicator in pack.indicators:
        decimals = DECIMALS.get(indicator.type, 0)
        columns[indicator.id] = [
            _observed(submission.observations.get(indicator.id), decimals) for submission in submissions
        ]
    for rate in pack.rates:
        stated = [submission.stated.get(rate.id) for submission in submissions]
        columns[f"stated.{rate.id}"] = [
            None if written is None else _whole(written.value, DECIMALS["percent"]) for written in stated
        ]
        columns[f"printed:{rate.id}"] = [
            None if written is None else _last_digit(written.decimals) for written in stated
        ]
    return columns


def _observed(observation: Observation | None, decimals: int) -> bool | int | date | None:
    if observation is None:
        return None
    value = observation.value
    if isinstance(value, bool | date):
        return value
    if isinstance(value, Interval) or observation.approximate is not None:
        raise InexactFigureError(observation.indicator, observation.as_written)
    return _whole(value, decimals)


def _whole(value: int | Decimal, decimals: int) -> int:
    scaled = Decimal(value).scaleb(decimals)
    if scaled != int(scaled):
        raise InexactFigureError(str(value))
    return int(scaled)


def _last_digit(decimals: int) -> int:
    """The unit of the last of so many digits behind the point, in whole units of 10^-decimals."""
    return _whole(Decimal(1).scaleb(-decimals), DECIMALS["percent"])


def period_number(period: Period) -> int:
    """The half-years since the year 0: the period before has one less."""
    return period.year * 2 + period.half - 1


def numbered_period(number: int) -> Period:
    """The period of a number."""
    return Period(year=number // 2, half=1 if number % 2 == 0 else 2)


def period_columns(periods: Iterable[Period]) -> Mapping[str, list[Any]]:
    """For each period its number, last day and length."""
    known = sorted(set(periods))
    return {
        "period": [period_number(period) for period in known],
        "period_end": [period.end for period in known],
        "period.days": [period.days for period in known],
    }


def name_provinces(register: Register) -> Sequence[str]:
    """The provinces of a register, each once: what stands before the first `/` of a unit's id."""
    return list(dict.fromkeys(map(_name_province, register.units)))


def _name_province(unit: str) -> str:
    return unit.partition("/")[0]


def register_columns(register: Register) -> Mapping[str, list[Any]]:
    """For each unit its level, parent, bodies, height in the tree and units right below, all and by level.

    `province` is the place in `name_provinces`.

    Raises:
        TooManyUnitsError: a unit has more than `MOST_CHILDREN` units right below it.
    """
    heights: dict[str, int] = {}
    for name in (*register.units, *register.parents_lowest_first()):
        heights[name] = 1 + max((heights.get(child, 0) for child in register.children(name)), default=-1)
    columns: dict[str, list[Any]] = {name: [] for name in UNIT_KINDS}
    numbers = {unit: number for number, unit in enumerate(register.units)}
    provinces = {province: place for place, province in enumerate(name_provinces(register))}
    for unit in register.units.values():
        below = [register.units[child].level for child in register.children(unit.id)]
        if len(below) > MOST_CHILDREN:
            raise TooManyUnitsError(unit.id)
        columns["unit"].append(unit.id)
        columns["unit.level"].append(LEVELS.index(unit.level))
        columns["parent"].append(unit.parent)
        columns["unit_number"].append(numbers[unit.id])
        columns["parent_number"].append(numbers.get(unit.parent or ""))
        columns["province"].append(provinces[_name_province(unit.id)])
        columns["unit.bodies"].append(register.bodies(unit.id))
        columns["height"].append(heights[unit.id])
        columns["children"].append(len(below))
        for level in LEVELS:
            columns[f"children.{level}"].append(below.count(level))
    return columns
