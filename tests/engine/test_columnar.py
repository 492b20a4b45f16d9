"""The columnar engine agrees with the interpreter on every cell of generated packs and of the data sets."""

from __future__ import annotations

import os
from decimal import Decimal
from typing import Any

import pytest

from compliance.engine.columnar import Inputs, evaluate_columns
from compliance.engine.columnar_engines import open_engine
from compliance.engine.columnar_inputs import (
    PERIOD_KINDS,
    SUBMISSION_KINDS,
    UNIT_KINDS,
    figure_kinds,
    period_columns,
    register_columns,
    submission_columns,
)
from compliance.engine.columnar_plan import plan_pack
from compliance.engine.register import Register
from compliance.pipeline import dataset, load_pack, read_submissions
from tests.columnar_samples import (
    PERIODS,
    RULES,
    Maker,
    decide_by_columns,
    decide_by_interpreter,
    differing,
    leave_exact,
)

PACKS = int(os.environ.get("COLUMNAR_PACKS", "4"))
"""Generated packs a run, each of 40 rules; 25 make the thousand that the documentation speaks of."""
DISTRICTS = int(os.environ.get("COLUMNAR_DISTRICTS", "2"))
"""Trees of units in each pack; 9 make about 400 submissions, 2 about 90."""


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("seed", range(PACKS))
def test_generated_rules_come_out_as_the_interpreter_says_on_every_cell(
    bench: Any, seed: int, engine: str
) -> None:
    maker = Maker(bench, seed, DISTRICTS)
    pack = maker.pack()
    compiled = bench.compile(pack)
    submissions = maker.submissions(pack.units)
    expected = decide_by_interpreter(compiled, submissions)
    assert len(plan_pack(compiled).rules) > RULES
    assert differing(expected, decide_by_columns(compiled, submissions, engine)) == []


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("name", ["long-phu-2020-h1", "long-phu-2020-h1-units", "long-phu-2020-h1-faulty"])
def test_the_data_sets_come_out_as_the_interpreter_says_on_every_cell(name: str, engine: str) -> None:
    compiled, problems = load_pack("long-phu-2020")
    assert compiled is not None, problems
    read, _, _ = read_submissions((dataset(name),), compiled.pack)
    submissions = [leave_exact(submission) for submission in read]
    expected = decide_by_interpreter(compiled, submissions)
    assert differing(expected, decide_by_columns(compiled, submissions, engine)) == []


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_one_rule_alone_is_decided(bench: Any, engine: str) -> None:
    ranged = bench.indicator("a.p", minimum=Decimal(0), maximum=Decimal(10))
    compiled = bench.compile(bench.pack([ranged], [bench.rule("R-1", "a.p == 2 and 1 < a.p")]))
    submissions = [bench.submission("d/x/1", {"a.p": 2}), bench.submission("d/x/2", {"a.p": 0})]
    decided = decide_by_columns(compiled, submissions, engine)
    assert set(decided.values()) == {("pass", "holds"), ("fail", "does_not_hold")}


def test_a_row_beyond_the_declared_range_is_marked_and_computed_with_nothing(bench: Any) -> None:
    wide = bench.indicator("a.p", minimum=Decimal(0), maximum=Decimal(10**9))
    compiled = bench.compile(bench.pack([wide], [bench.rule("R-1", "a.p * a.p >= 0")]))
    engine = open_engine("polars")
    columns = submission_columns(compiled.pack, [bench.submission("d/x/1", {"a.p": 10**10})])
    inputs = Inputs(
        table=engine.make(columns, {**SUBMISSION_KINDS, **figure_kinds(compiled.pack)}),
        units=engine.make(register_columns(Register(compiled.pack.units)), UNIT_KINDS),
        periods=engine.make(period_columns(PERIODS), PERIOD_KINDS),
        height=2,
        settle=engine.settle,
    )
    (row,) = engine.fetch(evaluate_columns(plan_pack(compiled), inputs))
    assert row["is_beyond_range"]
    assert plan_pack(compiled).codes[row["R-1"]].outcome == "no_data"
