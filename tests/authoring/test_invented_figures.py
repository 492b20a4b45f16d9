"""Recipes of figures: the same in SQL as in Python, within their ranges, and whole."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.authoring.invented_draws import Draws
from compliance.authoring.invented_figures import (
    RECIPES,
    Drawn,
    order_recipes,
    rests_on,
    work_out,
    work_out_sql,
)
from compliance.intake.packs import read_pack
from compliance.model.rulepack import Indicator, IndicatorType, RulePack


@cache
def pack() -> RulePack:
    read, _ = read_pack("long-phu-2020")
    assert read is not None
    return read


def indicator(
    name: str, kind: IndicatorType, lowest: int | None = None, highest: int | None = None
) -> Indicator:
    return Indicator(
        id=name,
        label="x",
        unit_of_measure="x",
        type=kind,
        levels=("commune",),
        description="x",
        minimum=None if lowest is None else Decimal(lowest),
        maximum=None if highest is None else Decimal(highest),
    )


def test_every_indicator_has_a_recipe_but_those_counted_from_the_register() -> None:
    assert set(pack().indicator) - set(order_recipes(pack())) == {"signatures.bodies"}


def test_a_recipe_comes_after_those_that_it_rests_on() -> None:
    known: set[str] = set()
    for name, recipe in order_recipes(pack()).items():
        assert known.issuperset(rests_on(recipe))
        known.add(name)


def test_a_given_figure_has_no_recipe() -> None:
    assert "dossiers.resolved" not in order_recipes(pack(), given=("dossiers.resolved",))


def test_an_indicator_without_a_recipe_is_drawn_within_its_range() -> None:
    unknown = (
        indicator("roads.built", "count", 3, 9),
        indicator("roads.open", "boolean"),
        indicator("roads.share", "percent"),
        indicator("roads.done", "date"),
    )
    said = {field: getattr(pack(), field) for field in RulePack.model_fields}
    recipes = order_recipes(RulePack(**said | {"indicators": unknown}))
    assert recipes == {"roads.built": Drawn(3, 9), "roads.open": Drawn(0, 1), "roads.share": Drawn(0, 100)}


@given(seed=st.integers(0, 2**40), key=st.integers(0, 2**40))
def test_figures_lie_in_their_ranges_and_wholes_are_sums(seed: int, key: int) -> None:
    values = work_out(order_recipes(pack()), Draws(seed), key, {})
    for item in pack().indicators:
        if item.id in values:
            assert (item.minimum or 0) <= values[item.id]
            assert item.maximum is None or values[item.id] <= item.maximum
            if item.parts:
                assert values[item.id] == sum(values[part] for part in item.parts)


@pytest.mark.parametrize("seed", range(3))
def test_sql_works_out_what_python_does(seed: int) -> None:
    recipes, draws = order_recipes(pack()), Draws(seed)
    query = work_out_sql(recipes, draws, "key", "(SELECT unnest(range(50)) * 99991 AS key)")
    found = duckdb.execute(f"FROM {query}")
    names = [column[0] for column in found.description or ()]
    for row in found.fetchall():
        in_sql = dict(zip(names, row, strict=True))
        key = in_sql.pop("key")
        assert in_sql == work_out(recipes, draws, key, {})


def test_the_recipes_name_indicators_of_the_pack_or_steps_to_them() -> None:
    steps = {name for recipe in RECIPES.values() for name in rests_on(recipe)}
    assert set(RECIPES) <= set(pack().indicator) | steps
