"""What does one figure of a submission say: a value, a range, or an approximate one?

Forms: a scalar, `[low, high]`, `{low, high}`, `{value, approximate}`. A YAML scalar, a CSV cell and a text in
quotes are in Vietnamese notation; a bare number in JSON is in JSON notation.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from compliance.intake.nodes import Mapping, Node, Scalar, Sequence
from compliance.intake.suggestions import hint, listed
from compliance.messages import text
from compliance.model.submission import Approximate, Interval, Observation
from compliance.numerals import (
    Fault,
    Printed,
    format_decimal,
    parse_amount,
    parse_boolean,
    parse_count,
    parse_date,
    parse_interval,
    parse_json_count,
    parse_json_number,
    parse_json_percent,
    parse_percent,
)
from compliance.problems import Problem, is_usable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from compliance.model.rulepack import Indicator, IndicatorType
    from compliance.problems import Place

Notation = Literal["vietnamese", "json"]
Problems: TypeAlias = tuple[Problem, ...]
Value: TypeAlias = "bool | int | Decimal | date"

APPROXIMATE: tuple[Approximate, ...] = get_args(Approximate)
_RANGED = ("count", "amount", "percent")
_MOST_PERCENT = 100
_MILLION = 1_000_000


def read_observation(
    node: Node, indicator: Indicator, notation: Notation
) -> tuple[Observation | None, Problems]:
    """The observation that a node holds; None without a problem where nothing was written."""
    match node:
        case Scalar():
            return _read_scalar(node, indicator, notation)
        case Sequence():
            return _read_list(node, indicator, notation)
        case Mapping() if node.get("low") is not None or node.get("high") is not None:
            return _read_ends(node, indicator, notation)
    return _read_approximate(node, indicator, notation)


def read_percent(node: Scalar, notation: Notation) -> Printed | Problem:
    """A percentage in points, 0 to 100, with its printed decimals."""
    is_number = notation == "json" and node.plain
    printed = parse_json_percent(node.text) if is_number else parse_percent(node.text)
    if isinstance(printed, Fault):
        return _refuse_percent(printed, node)
    if printed.value > _MOST_PERCENT:
        return _over_100(node)
    return printed


def ask_share(node: Scalar, value: Decimal) -> Problems:
    """A warning where a percentage without its sign may have been meant as a share of 1: `0,93` for 93 %."""
    if "%" in node.text or not 0 < value <= 1:
        return ()
    return (Problem("figures.share_of_one", node.place, {"written": node.text.strip()}, weight="warning"),)


def _refuse_percent(fault: Fault, node: Scalar) -> Problem:
    """The fault; of `0.9333` a question, as neither reading can be told from the other."""
    if fault.code == "numerals.dot_decimal" and "%" not in node.text:
        points = Decimal(fault.values["likely"].replace(",", "."))
        if points <= 1:
            values = {
                "written": node.text.strip(),
                "points": fault.values["likely"],
                "share": format_decimal(points * 100),
            }
            return Problem("figures.share_or_points", node.place, values)
    return Problem(fault.code, node.place, fault.values)


def _read_scalar(
    node: Scalar, indicator: Indicator, notation: Notation
) -> tuple[Observation | None, Problems]:
    if node.is_blank:
        return None, ()
    value = _parse(node, indicator, notation)
    if isinstance(value, Problem):
        return None, (value,)
    doubts = ask_share(node, value) if indicator.type == "percent" and isinstance(value, Decimal) else ()
    return _observe(indicator, value, node.text, node.place), doubts


def _read_list(
    node: Sequence, indicator: Indicator, notation: Notation
) -> tuple[Observation | None, Problems]:
    if len(node.items) != 2:  # noqa: PLR2004 - a range has two ends
        return None, (Problem("figures.range_ends", node.place, {"count": len(node.items)}),)
    return _read_range(node.items[0], node.items[1], node.place, indicator, notation)


def _read_ends(
    node: Mapping, indicator: Indicator, notation: Notation
) -> tuple[Observation | None, Problems]:
    low, high = node.get("low"), node.get("high")
    problems = refuse_keys(node, ("low", "high"))
    if problems:
        return None, problems
    if low is None or high is None:
        return None, (missing_key(node, "high" if high is None else "low"),)
    return _read_range(low, high, node.place, indicator, notation)


def _read_range(
    low: Node, high: Node, place: Place, indicator: Indicator, notation: Notation
) -> tuple[Observation | None, Problems]:
    if indicator.type not in _RANGED:
        return None, (Problem("figures.not_ranged", place, {"label": indicator.label}),)
    lowest, highest = (_read_end(end, indicator, notation) for end in (low, high))
    if isinstance(lowest, Problem) or isinstance(highest, Problem):
        return None, tuple(end for end in (lowest, highest) if isinstance(end, Problem))
    written = " - ".join(end.text for end in (low, high) if isinstance(end, Scalar))
    if lowest > highest:
        return None, (Problem("numerals.interval_reversed", place, {"written": written}),)
    return _observe(indicator, _range_of(lowest, highest), written, place), ()


def _read_end(node: Node, indicator: Indicator, notation: Notation) -> int | Decimal | Problem:
    value = _parse(node, indicator, notation) if isinstance(node, Scalar) else None
    if isinstance(value, int | Decimal | Problem):
        return value
    return Problem("figures.shape", node.place, {"label": indicator.label})


def _read_approximate(
    node: Mapping, indicator: Indicator, notation: Notation
) -> tuple[Observation | None, Problems]:
    problems = refuse_keys(node, ("value", "approximate"))
    value, reach = node.get("value"), node.get("approximate")
    if value is None and not problems:
        problems = (missing_key(node, "value"),)
    if value is None:
        return None, problems
    if not isinstance(value, Scalar):
        return None, (*problems, Problem("figures.shape", value.place, {"label": indicator.label}))
    observation, faults = _read_scalar(value, indicator, notation)
    approximate, doubts = _read_reach(reach, indicator)
    problems += faults + doubts
    if not is_usable(problems) or observation is None:
        return None, problems
    if approximate and isinstance(observation.value, Interval):
        return None, (Problem("figures.shape", value.place, {"label": indicator.label}),)
    return observation.model_copy(update={"approximate": approximate}), problems


def _read_reach(node: Node | None, indicator: Indicator) -> tuple[Approximate | None, Problems]:
    if node is None or (isinstance(node, Scalar) and node.is_blank):
        return None, ()
    if indicator.type not in _RANGED:
        return None, (Problem("figures.not_ranged", node.place, {"label": indicator.label}),)
    written = node.text if isinstance(node, Scalar) else ""
    found = next((word for word in APPROXIMATE if word == written), None)
    if found is None:
        values = {"written": written, "hint": hint(written, APPROXIMATE), "known": listed(APPROXIMATE)}
        return None, (Problem("figures.approximate", node.place, values),)
    return found, ()


def _parse(node: Scalar, indicator: Indicator, notation: Notation) -> Value | Interval | Problem:
    is_number = notation == "json" and node.plain and indicator.type in _OF_JSON
    value = (_OF_JSON if is_number else _OF_TEXT)[indicator.type](node.text)
    if isinstance(value, Fault) and value.code == "numerals.interval":
        return _parse_range(node, indicator)
    if isinstance(value, Fault):
        return (
            _refuse_percent(value, node)
            if indicator.type == "percent"
            else Problem(value.code, node.place, value.values)
        )
    plain = value.value if isinstance(value, Printed) else value
    return _refuse_value(plain, node, indicator) or plain


def _parse_range(node: Scalar, indicator: Indicator) -> int | Decimal | Interval | Problem:
    """A range in one text: `05 - 07`."""
    ends = parse_interval(node.text)
    if isinstance(ends, Fault):
        return Problem(ends.code, node.place, ends.values)
    refused = (_refuse_value(end, node, indicator) for end in ends)
    return next((problem for problem in refused if problem), None) or _range_of(*ends)


_OF_TEXT: dict[IndicatorType, Callable[[str], Value | Printed | Fault]] = {
    "count": parse_count,
    "amount": parse_amount,
    "percent": parse_percent,
    "boolean": parse_boolean,
    "date": parse_date,
}
_OF_JSON: dict[IndicatorType, Callable[[str], Value | Printed | Fault]] = {
    "count": parse_json_count,
    "amount": parse_json_number,
    "percent": parse_json_percent,
}


def _refuse_value(value: Value, node: Scalar, indicator: Indicator) -> Problem | None:
    """Why a number cannot stand for this indicator: it is outside of the range that the pack declares."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    if indicator.type == "percent" and number > _MOST_PERCENT:
        return _over_100(node)
    values = {"written": node.text.strip(), "label": indicator.label}
    if indicator.maximum is not None and number > indicator.maximum:
        millions = number / _MILLION
        if indicator.unit_of_measure == text("figures.million_dong") and millions <= indicator.maximum:
            values |= {"dong": format_decimal(number), "likely": format_decimal(millions)}
            return Problem(
                "figures.in_dong", node.place, values | {"limit": format_decimal(indicator.maximum)}
            )
        return Problem("figures.above", node.place, values | {"limit": format_decimal(indicator.maximum)})
    if indicator.minimum is not None and number < indicator.minimum:
        return Problem("figures.below", node.place, values | {"limit": format_decimal(indicator.minimum)})
    return None


def _over_100(node: Scalar) -> Problem:
    return Problem("figures.percent_over_100", node.place, {"written": node.text.strip()})


def _range_of(low: int | Decimal, high: int | Decimal) -> int | Decimal | Interval:
    return low if low == high else Interval(low=low, high=high)


def _observe(indicator: Indicator, value: Value | Interval, written: str, place: Place) -> Observation:
    return Observation(indicator=indicator.id, value=value, as_written=written.strip(), place=place)


def refuse_keys(node: Mapping, known: tuple[str, ...]) -> Problems:
    """A problem for each key that is not known here."""
    return tuple(
        split_number(key)
        or Problem(
            "figures.unknown_key",
            key.place,
            {"written": key.text, "hint": hint(key.text, known), "known": listed(known)},
        )
        for key, _ in node.entries
        if key.text not in known
    )


def split_number(key: Scalar) -> Problem | None:
    """The problem of a key that is the second half of a number: `{resolved: 21,5}` has a key 5."""
    return Problem("figures.split_number", key.place, {"written": key.text}) if key.text.isdigit() else None


def missing_key(node: Mapping, key: str) -> Problem:
    """The problem of a mapping that lacks a key it must have, or has left it empty."""
    left_empty = node.key(key)
    return Problem("figures.missing_key", (left_empty or node).place, {"key": key})
