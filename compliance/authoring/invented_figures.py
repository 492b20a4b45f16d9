"""Which figures does an invented unit report, so that its identities hold and no figure leaves its range?

A recipe says for each indicator of a pack how its figure is had: drawn, a share of another, what is left of
a whole, or a sum. It is worked out for one unit in Python, or for millions in SQL, to the same whole numbers.
An indicator that has no recipe here is drawn within its range; dates and what a register counts are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from compliance.authoring.invented_draws import Draws
    from compliance.model.rulepack import Indicator, RulePack

_MOST_DRAWN = 1_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A number between two, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class ShareOf:
    """A drawn percentage of another figure, rounded down."""

    whole: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class RestOf:
    """What is left of a whole without some of its parts."""

    whole: str
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SumOf:
    """The sum of others."""

    parts: tuple[str, ...]


Recipe: TypeAlias = Drawn | ShareOf | RestOf | SumOf

_FIELDS = ("land", "household", "construction", "trade")
RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {
        "one_stop.coverage": Drawn(100, 100),
        "one_stop.procedures_in_authority": Drawn(90, 160),
        "one_stop.procedures_entered": ShareOf("one_stop.procedures_in_authority", 95, 100),
        "one_stop.military_procedures_entered": Drawn(0, 20),
        "one_stop.district_land_procedures_entered": Drawn(0, 30),
        "dossiers.received_total": Drawn(40, 4_000),
        "dossiers.carried_over": ShareOf("dossiers.received_total", 0, 10),
        "dossiers.received_online": ShareOf("dossiers.received_total", 0, 30),
        "dossiers.received_direct": RestOf(
            "dossiers.received_total", ("dossiers.carried_over", "dossiers.received_online")
        ),
        "dossiers.pending_in_time": ShareOf("dossiers.received_total", 1, 12),
        "dossiers.pending_overdue": ShareOf("dossiers.received_total", 0, 1),
        "dossiers.pending": SumOf(("dossiers.pending_in_time", "dossiers.pending_overdue")),
        "dossiers.returned_or_withdrawn": ShareOf("dossiers.received_total", 0, 3),
        "dossiers.resolved": RestOf(
            "dossiers.received_total", ("dossiers.pending", "dossiers.returned_or_withdrawn")
        ),
        "dossiers.resolved_late": ShareOf("dossiers.resolved", 0, 2),
        "dossiers.resolved_in_time": RestOf("dossiers.resolved", ("dossiers.resolved_late",)),
        "dossiers.resolved_early": ShareOf("dossiers.resolved_in_time", 40, 70),
        "dossiers.resolved_on_day": RestOf("dossiers.resolved_in_time", ("dossiers.resolved_early",)),
        "dossiers.apologies_sent": ShareOf("dossiers.resolved_late", 100, 100),
        "postal.procedures_registered": Drawn(1, 10),
        "postal.received": ShareOf("dossiers.received_direct", 0, 3),
        "postal.returned": ShareOf("dossiers.resolved", 0, 3),
        "documents.outgoing": Drawn(100, 900),
        "documents.outgoing_electronic": ShareOf("documents.outgoing", 30, 100),
        "signatures.signed": ShareOf("documents.outgoing_electronic", 85, 100),
        "mailbox.share": Drawn(90, 100),
        "equipment.internet_share": Drawn(95, 100),
        "equipment.lan_share": Drawn(85, 100),
        "budget.spent": Drawn(0, 40),
        "online.procedures_level3": Drawn(1, 30),
        "online.procedures_level4": Drawn(0, 8),
        "online.land_online": ShareOf("dossiers.received_online", 40, 70),
        "online.household_online": ShareOf("dossiers.received_online", 0, 15),
        "online.construction_online": ShareOf("dossiers.received_online", 0, 5),
        "online.trade_online": ShareOf("dossiers.received_online", 0, 5),
        "online.other_online": RestOf(
            "dossiers.received_online", tuple(f"online.{field}_online" for field in _FIELDS)
        ),
        **{
            f"online.{field}_total": SumOf((f"online.{field}_online", f"online.{field}_direct"))
            for field in (*_FIELDS, "other")
        },
        **{
            f"online.{field}_direct": ShareOf("dossiers.received_direct", 0, 15)
            for field in (*_FIELDS, "other")
        },
    }
)
"""How the figures of the national packs hang together. Some are only steps to others, and no indicator."""


def order_recipes(pack: RulePack, given: Collection[str] = ()) -> dict[str, Recipe]:
    """The recipe of every figure that the pack's indicators need, each after those that it rests on.

    Figures in `given` are known already and have none.
    """
    ordered: dict[str, Recipe] = {}

    def add(name: str) -> None:
        recipe = _find_recipe(pack, name)
        if name in ordered or name in given or recipe is None:
            return
        for other in rests_on(recipe):
            add(other)
        ordered[name] = recipe

    for indicator in pack.indicators:
        add(indicator.id)
    return ordered


def rests_on(recipe: Recipe) -> tuple[str, ...]:
    """The figures that a recipe needs."""
    match recipe:
        case ShareOf(whole):
            return (whole,)
        case RestOf(whole, without):
            return (whole, *without)
        case SumOf(parts):
            return parts
        case _:
            return ()


def _find_recipe(pack: RulePack, name: str) -> Recipe | None:
    if name in RECIPES:
        return RECIPES[name]
    indicator = pack.indicator[name]
    if indicator.parts:
        return SumOf(indicator.parts)
    return None if indicator.from_register or indicator.type == "date" else _within_range(indicator)


def _within_range(indicator: Indicator) -> Drawn:
    if indicator.type == "boolean":
        return Drawn(0, 1)
    most = 100 if indicator.type == "percent" else _MOST_DRAWN
    low, high = indicator.minimum, indicator.maximum
    return Drawn(int(low or 0), most if high is None else min(most, int(high)))


def work_out(
    recipes: Mapping[str, Recipe], draws: Draws, key: int, given: Mapping[str, int]
) -> dict[str, int]:
    """The figures of one unit; `key` is its number, `given` the figures that are known."""
    values = dict(given)
    for name, recipe in recipes.items():
        match recipe:
            case Drawn(low, high):
                values[name] = draws.between(name, key, low, high)
            case ShareOf(whole, low, high):
                values[name] = values[whole] * draws.between(name, key, low, high) // 100
            case RestOf(whole, without):
                values[name] = values[whole] - sum(values[part] for part in without)
            case SumOf(parts):
                values[name] = sum(values[part] for part in parts)
    return values


def work_out_sql(recipes: Mapping[str, Recipe], draws: Draws, key: str, source: str) -> str:
    """A query that adds to `source` a column for each figure; `key` is a column of it."""
    query = source
    for layer in _layers(recipes):
        columns = ", ".join(f'{_sql(name, recipes[name], draws, key)} AS "{name}"' for name in layer)
        query = f"(SELECT *, {columns} FROM {query})"
    return query


def _layers(recipes: Mapping[str, Recipe]) -> Iterator[list[str]]:
    """Figures that can be worked out at once, layer upon layer."""
    height: dict[str, int] = {}
    for name, recipe in recipes.items():
        height[name] = 1 + max((height.get(other, 0) for other in rests_on(recipe)), default=0)
    for level in range(1, max(height.values(), default=0) + 1):
        yield [name for name, own in height.items() if own == level]


def _sql(name: str, recipe: Recipe, draws: Draws, key: str) -> str:
    match recipe:
        case Drawn(low, high):
            return _drawn_sql(name, draws, key, low, high)
        case ShareOf(whole, low, high):
            return f'"{whole}" * {_drawn_sql(name, draws, key, low, high)} // 100'
        case RestOf(whole, without):
            return " - ".join(f'"{column}"' for column in (whole, *without))
        case SumOf(parts):
            return " + ".join(f'"{column}"' for column in parts)


def _drawn_sql(name: str, draws: Draws, key: str, low: int, high: int) -> str:
    return f"({low} + {draws.sql(name, key)} % {high - low + 1})"
