"""What would a submission that was gathered from a table look like, had it been written in YAML?

Every table, be it CSV or a sheet of a workbook, is gathered into drafts; a draft goes on as the same nodes as
a file in YAML, so that all submissions are read by one reader.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance.intake.nodes import Mapping, Node, Scalar, Sequence
from compliance.intake.submission_nodes import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.model.rulepack import RulePack
    from compliance.problems import Place

ALL_AREAS = ""
"""The key of the data window that holds for every area."""
WINDOW_ENDS = ("from", "to")


@dataclass(slots=True)
class Draft:
    """One submission that is being gathered from its rows."""

    place: Place
    fields: dict[str, Scalar] = field(default_factory=dict)
    """By the keys of a submission that hold one value; `data_from` and `data_to` are the window's ends."""
    figures: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    """Figures and stated rates by dotted id, each with its key and its value."""
    windows: dict[str, dict[str, Scalar]] = field(default_factory=dict)
    """By area, or `ALL_AREAS`: the ends of the data window by `WINDOW_ENDS`."""
    cites: list[Mapping] = field(default_factory=list)

    def submission(self, pack: RulePack) -> Mapping:
        """The node of the submission."""
        rates = {name: pair for name, pair in self.figures.items() if name in pack.rate}
        figures = {name: pair for name, pair in self.figures.items() if name not in pack.rate}
        ends = {f"data_{end}": end for end in WINDOW_ENDS}
        entries: list[tuple[str, Node]] = [("format", Scalar(FORMAT, plain=True, place=self.place))]
        entries += [(key, written) for key, written in self.fields.items() if key not in ends]
        for key in [end for end in ends if end in self.fields]:
            self.windows.setdefault(ALL_AREAS, {})[ends[key]] = self.fields[key]
        if self.windows:
            entries.append(("data_window", self._window()))
        entries.append(("figures", _nest(figures.items(), self.place)))
        entries.append(("stated", _nest(rates.items(), self.place)))
        if self.cites:
            entries.append(("cites", Sequence(tuple(self.cites), self.cites[0].place)))
        return mapping(entries, self.place)

    def _window(self) -> Node:
        """One window for all areas, or one for each area that has one."""
        areas = [
            (area, mapping(ends.items(), next(iter(ends.values())).place))
            for area, ends in self.windows.items()
        ]
        if ALL_AREAS in self.windows:
            return next(window for area, window in areas if area == ALL_AREAS)
        return mapping(areas, areas[0][1].place)


def mapping(entries: Iterable[tuple[str, Node]], place: Place) -> Mapping:
    """A mapping whose keys stand where their values do."""
    return Mapping(tuple((key_at(name, node.place), node) for name, node in entries), place)


def key_at(name: str, place: Place) -> Scalar:
    """A key as YAML would have it."""
    return Scalar(name, plain=True, place=place)


def with_reach(value: Scalar, reach: Scalar | None) -> Node:
    """A value that may be approximate."""
    if reach is None:
        return value
    return mapping((("value", value), ("approximate", reach)), value.place)


def _nest(figures: Iterable[tuple[str, tuple[Scalar, Node]]], place: Place) -> Mapping:
    """Dotted names as areas with names in them."""
    areas: dict[str, list[tuple[Scalar, Node]]] = {}
    keys: dict[str, Scalar] = {}
    for name, (key, value) in figures:
        area, rest = name.split(".")
        keys.setdefault(area, key_at(area, key.place))
        areas.setdefault(area, []).append((key_at(rest, key.place), value))
    return Mapping(
        tuple((keys[area], Mapping(tuple(found), keys[area].place)) for area, found in areas.items()), place
    )
