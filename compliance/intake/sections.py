"""What do the sections of a submission say: figures, stated rates, cited documents, data windows?

Each reads its part of a file into models, with every problem in it. What was left empty is not reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.intake.nodes import Mapping, Node, Scalar, Sequence
from compliance.intake.suggestions import hint
from compliance.intake.values import (
    ask_share,
    missing_key,
    read_observation,
    read_percent,
    refuse_keys,
    split_number,
)
from compliance.model.submission import CitedDocument, DataWindow, Observation, StatedRate
from compliance.numerals import Fault, parse_date
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from compliance.intake.values import Notation, Problems
    from compliance.model.rulepack import Indicator, Rate, RulePack
    from compliance.model.submission import Unit

_CITED_KEYS = ("instrument", "date", "place")
_WINDOW_KEYS = ("from", "to")


def read_observations(
    node: Node | None, pack: RulePack, notation: Notation = "vietnamese", unit: Unit | None = None
) -> tuple[dict[str, Observation], Problems]:
    """The section `figures`: areas, in each the indicators by name.

    With a `unit`, figures that its level does not report are kept and warned of.
    """
    observations: dict[str, Observation] = {}
    leaves, problems = _leaves(node, pack)
    for key, leaf, name in leaves:
        indicator = pack.indicator.get(name)
        if indicator is None:
            problems.append(split_number(key) or _unknown_indicator(key, name, pack))
            continue
        observation, faults = read_observation(leaf, indicator, notation)
        problems += faults
        if observation is not None:
            observations[name] = observation
            problems += _warn_of_level(key, indicator, unit)
    return observations, tuple(problems)


def read_stated(
    node: Node | None, pack: RulePack, notation: Notation = "vietnamese", unit: Unit | None = None
) -> tuple[dict[str, StatedRate], Problems]:
    """The section `stated`: areas, in each the rates as the report prints them."""
    stated: dict[str, StatedRate] = {}
    leaves, problems = _leaves(node, pack)
    for key, leaf, name in leaves:
        rate = pack.rate.get(name)
        if rate is None:
            values = {"written": name, "hint": hint(name, pack.rate)}
            problems.append(split_number(key) or Problem("figures.unknown_rate", key.place, values))
        elif not isinstance(leaf, Scalar):
            problems.append(Problem("figures.shape", leaf.place, {"label": rate.label}))
        elif not leaf.is_blank:
            printed = read_percent(leaf, notation)
            if isinstance(printed, Problem):
                problems.append(printed)
                continue
            stated[name] = StatedRate(
                rate=name,
                value=printed.value,
                decimals=printed.decimals,
                as_written=leaf.text.strip(),
                place=leaf.place,
            )
            problems += (*ask_share(leaf, printed.value), *_warn_of_level(key, rate, unit))
    return stated, tuple(problems)


def read_cited(node: Node | None, pack: RulePack) -> tuple[tuple[CitedDocument, ...], Problems]:
    """The section `cites`: a list of `{instrument, date, place}`.

    A document that the register lacks is kept and warned of: two dates for it can still be seen.
    """
    if node is None or (isinstance(node, Scalar) and node.is_blank):
        return (), ()
    if not isinstance(node, Sequence):
        return (), (Problem("figures.list", node.place, {"key": "cites"}),)
    found = [_read_citation(item, pack) for item in node.items]
    cited = tuple(document for document, _ in found if document is not None)
    return cited, tuple(problem for _, problems in found for problem in problems)


def read_windows(
    node: Node | None, pack: RulePack
) -> tuple[DataWindow | None, dict[str, DataWindow], Problems]:
    """The section `data_window`: `{from, to}` for all figures, or one for each area that has one."""
    if node is None or (isinstance(node, Scalar) and node.is_blank):
        return None, {}, ()
    if not isinstance(node, Mapping):
        return None, {}, (Problem("figures.window", node.place),)
    if any(key in _WINDOW_KEYS for key in node):
        window, problems = _read_window(node)
        return window, {}, problems
    areas = tuple(area.id for area in pack.areas)
    windows, problems = {}, refuse_keys(node, areas)
    for key, child in node.entries:
        if key.text in areas and not (isinstance(child, Scalar) and child.is_blank):
            window, faults = _read_window(child)
            problems += faults
            if window is not None:
                windows[key.text] = window
    return None, windows, problems


def read_day(node: Node | None, key: str) -> tuple[date | None, Problems]:
    """A date under a key; None without a problem where none was written."""
    if node is None or (isinstance(node, Scalar) and node.is_blank):
        return None, ()
    if not isinstance(node, Scalar):
        return None, (Problem("figures.single", node.place, {"key": key}),)
    day = parse_date(node.text)
    return (None, (Problem(day.code, node.place, day.values),)) if isinstance(day, Fault) else (day, ())


def _leaves(node: Node | None, pack: RulePack) -> tuple[list[tuple[Scalar, Node, str]], list[Problem]]:
    """Every value two keys deep, with its key and its dotted name."""
    if node is None or (isinstance(node, Scalar) and node.is_blank):
        return [], []
    if not isinstance(node, Mapping):
        return [], [Problem("figures.section", node.place)]
    areas = {name.split(".")[0] for name in (*pack.indicator, *pack.rate)}
    leaves: list[tuple[Scalar, Node, str]] = []
    problems: list[Problem] = []
    for area, section in node.entries:
        if area.text not in areas:
            values = {"written": area.text, "hint": hint(area.text, areas)}
            problems.append(Problem("figures.unknown_area", area.place, values))
        elif isinstance(section, Mapping):
            leaves += [(key, leaf, f"{area.text}.{key.text}") for key, leaf in section.entries]
        elif not (isinstance(section, Scalar) and section.is_blank):
            problems.append(Problem("figures.section", section.place))
    return leaves, problems


def _unknown_indicator(key: Scalar, name: str, pack: RulePack) -> Problem:
    if name in pack.rate:
        values = {"written": name, "label": pack.rate[name].label}
        return Problem("figures.rate_as_figure", key.place, values)
    return Problem(
        "figures.unknown_indicator", key.place, {"written": name, "hint": hint(name, pack.indicator)}
    )


def _warn_of_level(key: Scalar, item: Indicator | Rate, unit: Unit | None) -> Iterator[Problem]:
    if unit is not None and unit.level not in item.levels:
        values = {"label": item.label, "unit": unit.label}
        yield Problem("figures.other_level", key.place, values, weight="warning")


def _read_citation(node: Node, pack: RulePack) -> tuple[CitedDocument | None, Problems]:
    if not isinstance(node, Mapping):
        return None, (Problem("figures.citation", node.place),)
    problems = refuse_keys(node, _CITED_KEYS)
    instrument, where = node.get("instrument"), node.get("place")
    if not isinstance(instrument, Scalar) or instrument.is_blank:
        return None, (*problems, missing_key(node, "instrument"))
    dated, faults = read_day(node.get("date"), "date")
    problems += faults
    if instrument.text not in pack.instrument:
        values = {"written": instrument.text, "hint": hint(instrument.text, pack.instrument)}
        problems += (Problem("figures.unknown_instrument", instrument.place, values, weight="warning"),)
    document = CitedDocument(
        instrument=instrument.text,
        dated=dated,
        where=where.text if isinstance(where, Scalar) and not where.is_null else "",
        place=node.place,
    )
    return document, problems


def _read_window(node: Node) -> tuple[DataWindow | None, Problems]:
    if not isinstance(node, Mapping):
        return None, (Problem("figures.window", node.place),)
    problems = refuse_keys(node, _WINDOW_KEYS)
    days: list[date] = []
    for key in _WINDOW_KEYS:
        day, faults = read_day(node.get(key), key)
        problems += faults
        if day is not None:
            days.append(day)
        elif not faults:
            problems += (missing_key(node, key),)
    if problems:
        return None, problems
    start, end = days
    if start > end:
        return None, (Problem("figures.window_reversed", node.place),)
    return DataWindow(start=start, end=end), ()
