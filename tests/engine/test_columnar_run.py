"""A table in many batches comes out as in one, and leaves nothing behind."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
import pytest

from compliance.engine.columnar_engines import open_engine
from compliance.engine.columnar_run import MANIFEST, OUTCOMES, SUMMARY, run_tables
from compliance.model.submission import Unit

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.engine.expressions import CompiledPack

DISTRICTS, COMMUNES = 6, 4
PERIODS = ("2020-H1", "2020-H2", "2021-H1")


@pytest.fixture
def compiled(bench: Any) -> CompiledPack:
    figure = bench.indicator("a.p", minimum=Decimal(0), maximum=Decimal(1000), additive=("district",))
    rules = [
        bench.rule("R-1", "a.p > 5"),
        bench.rule("R-2", "a.p >= previous.a.p"),
        bench.rule("R-3", "a.p == children.sum.a.p"),
    ]
    districts = tuple(Unit(id=f"d{place}", label=f"d{place}", level="district") for place in range(DISTRICTS))
    loaded: CompiledPack = bench.compile(bench.pack([figure], rules, units=districts))
    return loaded


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Districts of four communes; every second district leaves its own figures to be added up."""
    rows = []
    for place in range(DISTRICTS):
        names: list[tuple[str, str, str | None]] = [
            (f"d{place}/{below}", "commune", f"d{place}") for below in range(COMMUNES)
        ]
        names += [] if place % 2 else [(f"d{place}", "district", None)]
        rows += [
            {
                "unit": unit,
                "level": level,
                "parent": parent,
                "period": period,
                "a.p": (place * 7 + number) % 11,
            }
            for number, (unit, level, parent) in enumerate(names)
            for period in PERIODS
        ]
    path = tmp_path / "table.parquet"
    pl.DataFrame(rows, infer_schema_length=None).write_parquet(path)
    return path


def outcomes_of(folder: Path) -> list[tuple[Any, ...]]:
    return sorted(pl.read_parquet(folder / OUTCOMES).with_columns(pl.all().cast(pl.String)).rows())


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_many_batches_come_out_as_one(
    compiled: CompiledPack, table: Path, tmp_path: Path, engine: str
) -> None:
    one, problems = run_tables(compiled, [table], open_engine(engine), tmp_path / "one")
    many, _ = run_tables(compiled, [table], open_engine(engine), tmp_path / "many", batch_rows=20)
    assert one is not None, problems
    assert one == many
    assert one.derived == DISTRICTS / 2 * len(PERIODS)
    assert len(list((tmp_path / "many" / OUTCOMES).iterdir())) > 1
    assert outcomes_of(tmp_path / "one") == outcomes_of(tmp_path / "many")
    summaries = [(tmp_path / name / SUMMARY).read_text(encoding="utf-8") for name in ("one", "many")]
    assert summaries[0] == summaries[1]
    assert {path.name for path in (tmp_path / "many").iterdir()} == {OUTCOMES, SUMMARY, MANIFEST}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_the_summary_counts_the_outcomes_by_level_province_and_period(
    compiled: CompiledPack, table: Path, tmp_path: Path, engine: str
) -> None:
    run_tables(compiled, [table], open_engine(engine), tmp_path / "out", batch_rows=20)
    outcomes = pl.read_parquet(tmp_path / "out" / OUTCOMES).with_columns(pl.all().cast(pl.String))
    parted = outcomes.with_columns(
        level=pl.when(pl.col("unit").str.contains("/")).then(pl.lit("commune")).otherwise(pl.lit("district")),
        province=pl.col("unit").str.split("/").list.first(),
    )
    by = ["rule", "level", "province", "period", "outcome", "reason_code"]
    expected = parted.group_by(by).agg(submissions=pl.len().cast(pl.Int64)).sort(by)
    assert expected["province"].n_unique() == DISTRICTS
    assert pl.read_csv(tmp_path / "out" / SUMMARY).rows() == expected.rows()


def test_progress_tells_the_submissions_that_are_done(
    compiled: CompiledPack, table: Path, tmp_path: Path
) -> None:
    told: list[tuple[str, int, int]] = []
    run_tables(
        compiled,
        [table],
        open_engine("polars"),
        tmp_path / "out",
        progress=lambda *said: told.append(said),
        batch_rows=20,
    )
    rows = pl.read_parquet(table).height
    assert told[0] == ("reading", 0, 0)
    assert told[-1] == ("writing", rows, rows)
    done = [count for stage, count, _ in told if stage == "evaluating"]
    assert done == sorted(set(done))
    assert len(done) > 1


def test_duckdb_is_left_without_tables(compiled: CompiledPack, table: Path, tmp_path: Path) -> None:
    def tables() -> list[Any]:
        return duckdb.default_connection().execute("SELECT table_name FROM duckdb_tables()").fetchall()

    before = tables()
    run_tables(compiled, [table], open_engine("duckdb"), tmp_path / "out", batch_rows=20)
    assert tables() == before


def test_a_report_given_twice_stops_the_run_in_any_batch(
    compiled: CompiledPack, table: Path, tmp_path: Path
) -> None:
    rows = pl.read_parquet(table)
    pl.concat([rows, rows.tail(1)]).write_parquet(table)
    result, problems = run_tables(compiled, [table], open_engine("polars"), tmp_path / "out", batch_rows=20)
    assert result is None
    assert [problem.code for problem in problems] == ["bulk.repeated"]
    assert [path.name for path in tmp_path.iterdir()] == ["table.parquet"]
