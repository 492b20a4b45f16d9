"""Spark agrees with the interpreter on every cell, leaves nothing behind, and says what it lacks.

Skipped where PySpark or Java are not installed; what is refused without them is tested everywhere.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from decimal import Decimal
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from compliance.engine import columnar_spark
from compliance.engine.columnar_engines import MissingEngineError, open_engine
from compliance.engine.columnar_failures import EngineFailedError, NoJavaError, failing_plainly
from compliance.engine.columnar_plan import plan_pack
from compliance.engine.columnar_run import OUTCOMES, SUMMARY, run_tables
from compliance.pipeline import dataset, load_pack, read_submissions
from tests.columnar_samples import (
    RULES,
    Maker,
    decide_by_columns,
    decide_by_interpreter,
    differing,
    leave_exact,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKS = int(os.environ.get("COLUMNAR_PACKS_ON_SPARK", "3"))
"""Generated packs a run, each of 40 written rules and those that follow from its figures."""
needs_spark = pytest.mark.skipif(
    not (find_spec("pyspark") and columnar_spark.find_java()),
    reason="PySpark (the extra `spark`) or Java is not installed",
)


@pytest.fixture(scope="module")
def spark() -> Iterator[columnar_spark.Spark]:
    """One session for the whole module, on a Java that compiles lightly: both halve what the tests take."""
    with pytest.MonkeyPatch.context() as started:
        started.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")
        engine = columnar_spark.open_spark()
    yield engine
    engine.close()


@needs_spark
@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize("seed", range(PACKS))
def test_generated_rules_come_out_on_spark_as_the_interpreter_says_on_every_cell(
    bench: Any, seed: int
) -> None:
    maker = Maker(bench, seed)
    pack = maker.pack()
    compiled = bench.compile(pack)
    submissions = maker.submissions(pack.units)
    assert len(plan_pack(compiled).rules) > RULES
    expected = decide_by_interpreter(compiled, submissions)
    assert differing(expected, decide_by_columns(compiled, submissions, "spark")) == []


@needs_spark
@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize("name", ["long-phu-2020-h1", "long-phu-2020-h1-units", "long-phu-2020-h1-faulty"])
def test_the_data_sets_come_out_on_spark_as_the_interpreter_says_on_every_cell(name: str) -> None:
    compiled, problems = load_pack("long-phu-2020")
    assert compiled is not None, problems
    read, _, _ = read_submissions((dataset(name),), compiled.pack)
    submissions = [leave_exact(submission) for submission in read]
    expected = decide_by_interpreter(compiled, submissions)
    assert differing(expected, decide_by_columns(compiled, submissions, "spark")) == []


@needs_spark
@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_table_runs_on_spark_from_file_to_outcomes_as_on_polars(
    bench: Any, spark: columnar_spark.Spark, tmp_path: Path, suffix: str
) -> None:
    compiled = bench.compile(
        bench.pack(
            [bench.indicator("a.p", minimum=Decimal(0), maximum=Decimal(10))], [bench.rule("R-1", "a.p <= 1")]
        )
    )
    tmp_path /= "số liệu 100%20"
    tmp_path.mkdir()
    table = tmp_path / f"table{suffix}"
    rows = pl.DataFrame(
        {"unit": ["d/x/1", "d/x/2", "d/x/3"], "period": ["2020-H1"] * 3, "a.p": ["1", "2", None]}
    )
    rows.write_csv(table) if suffix == ".csv" else rows.write_parquet(table)
    for engine, folder in ((spark, "spark"), (open_engine("polars"), "polars")):
        result, problems = run_tables(compiled, [table], engine, tmp_path / folder)
        assert result is not None, problems
        assert result.counts["R-1"]["fail"] == 1
    outcomes, expected = (
        pl.read_parquet(tmp_path / folder / OUTCOMES).cast(pl.String).sort(pl.all())
        for folder in ("spark", "polars")
    )
    assert outcomes.equals(expected)
    assert (tmp_path / "spark" / SUMMARY).read_text() == (tmp_path / "polars" / SUMMARY).read_text()
    assert not [path for path in (tmp_path / "spark").rglob("*") if path.name.startswith((".", "_"))]


@needs_spark
def test_what_is_beyond_64_bits_stops_spark_in_one_line(spark: columnar_spark.Spark) -> None:
    frame = spark.make({"n": [2**63 - 1]}, {"n": "int"})
    with pytest.raises(EngineFailedError, match=r"^\[ARITHMETIC_OVERFLOW") as refused, failing_plainly():
        spark.fetch(frame.select(frame["n"] + 1))
    assert "\n" not in str(refused.value)


@needs_spark
def test_a_second_engine_shares_the_session_and_leaves_it_running(spark: columnar_spark.Spark) -> None:
    second = columnar_spark.open_spark()
    second.close()
    assert spark.fetch(spark.make({"n": [1]}, {"n": "int"})) == [{"n": 1}]


@needs_spark
def test_nothing_listens_beyond_this_machine(spark: columnar_spark.Spark) -> None:
    settings = spark.session.sparkContext.getConf()
    assert settings.get("spark.ui.enabled") == "false"
    assert settings.get("spark.driver.bindAddress") == settings.get("spark.driver.host") == "127.0.0.1"


@contextmanager
def _without_java(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as changed:
        changed.setenv("PATH", "")
        changed.delenv("JAVA_HOME", raising=False)
        yield


def test_without_java_the_engine_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with _without_java(monkeypatch):
        assert not columnar_spark.find_java()


@needs_spark
def test_spark_is_not_started_without_java(
    monkeypatch: pytest.MonkeyPatch, spark: columnar_spark.Spark
) -> None:
    monkeypatch.setattr(type(spark.session), "getActiveSession", lambda: None)
    with _without_java(monkeypatch), pytest.raises(NoJavaError):
        columnar_spark.open_spark()


def test_without_pyspark_the_engine_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyspark", None)
    with pytest.raises(MissingEngineError, match="pyspark"):
        open_engine("spark")
