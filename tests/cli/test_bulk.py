"""`bulk` on tables, wide and long, against `check`'s interpreter."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from compliance.bulk_pipeline import EngineFailedError, NoJavaError
from compliance.engine import columnar_engines
from compliance.engine.evaluate import evaluate
from compliance.pipeline import dataset, load_pack, read_submissions

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.engine.expressions import CompiledPack
    from compliance.model.submission import Submission
    from tests.cli.conftest import Command

PACK = ("--pack", "long-phu-2020")


@pytest.fixture(scope="module")
def compiled() -> CompiledPack:
    loaded, problems = load_pack("long-phu-2020")
    assert loaded is not None, problems
    return loaded


@pytest.fixture(scope="module")
def submissions(compiled: CompiledPack) -> tuple[Submission, ...]:
    """The units' own reports with the figures that are exact numbers; no documents cited."""
    read, _, _ = read_submissions((dataset("long-phu-2020-h1-units"),), compiled.pack)
    return tuple(
        item.model_copy(
            update={
                "observations": {
                    name: seen
                    for name, seen in item.observations.items()
                    if isinstance(seen.value, int | Decimal) and seen.approximate is None
                },
                "area_windows": {},
                "cites": (),
            }
        )
        for item in read
    )


def about(item: Submission) -> dict[str, Any]:
    window = item.data_window
    return {
        "unit": item.unit,
        "period": str(item.period),
        "report_date": item.report_date.isoformat() if item.report_date else "",
        "reported_by": item.reported_by,
        "data_from": window.start.isoformat() if window else "",
        "data_to": window.end.isoformat() if window else "",
    }


def written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value).replace(".", ",")


def stated(item: Submission) -> dict[str, str]:
    """The rates that the unit itself wrote, with the decimals that it wrote."""
    return {name: rate.as_written for name, rate in item.stated.items()}


def write_table(path: Path, rows: list[dict[str, Any]]) -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


def make_wide(path: Path, submissions: tuple[Submission, ...]) -> Path:
    rows = [
        about(item) | {name: written(value) for name, value in item.values.items()} | stated(item)
        for item in submissions
    ]
    return write_table(path, rows)


def make_long(path: Path, submissions: tuple[Submission, ...]) -> Path:
    rows = [
        about(item) | {"indicator": name, "value": value}
        for item in submissions
        for name, value in [
            *((name, written(value)) for name, value in item.values.items()),
            *stated(item).items(),
        ]
    ]
    return write_table(path, rows)


def make_parquet(path: Path, submissions: tuple[Submission, ...]) -> Path:
    """Counts as integers, percentages as decimals, days as days."""
    rows = [
        about(item)
        | {"report_date": item.report_date, "data_from": None, "data_to": None, **item.values}
        | stated(item)
        for item in submissions
    ]
    for row, item in zip(rows, submissions, strict=True):
        if item.data_window:
            row["data_from"], row["data_to"] = item.data_window.start, item.data_window.end
    pl.DataFrame(rows, infer_schema_length=None).write_parquet(path)
    return path


MAKERS = {"wide.csv": make_wide, "long.csv": make_long, "wide.parquet": make_parquet}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("name", MAKERS)
def test_every_outcome_is_the_interpreters(
    run: Command,
    tmp_path: Path,
    compiled: CompiledPack,
    submissions: tuple[Submission, ...],
    name: str,
    engine: str,
) -> None:
    table = MAKERS[name](tmp_path / name, submissions)
    ran = run("bulk", table, *PACK, "--engine", engine, "-o", tmp_path / "out")
    assert ran.code == 0, ran.err
    found = {
        (row["rule"], row["unit"]): (row["outcome"], row["reason_code"])
        for row in pl.read_parquet(tmp_path / "out" / "outcomes.parquet").to_dicts()
    }
    due = [unit.id for unit in compiled.pack.units]
    outcomes = evaluate(compiled, submissions, as_of=date(2020, 6, 30), expected=due)
    expected = {(item.rule, item.unit): (item.outcome, item.reason_code) for item in outcomes}
    assert found == {key: expected[key] for key in found}
    left_out = {item["rule"] for item in _manifest(tmp_path / "out")["left_to_the_interpreter"]}
    assert {rule for rule, _ in expected} == left_out | {rule for rule, _ in found}


def _manifest(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return read


def test_the_summary_counts_every_outcome(
    run: Command, tmp_path: Path, submissions: tuple[Submission, ...]
) -> None:
    run("bulk", make_wide(tmp_path / "t.csv", submissions), *PACK, "-o", tmp_path / "out")
    outcomes = Counter(pl.read_parquet(tmp_path / "out" / "outcomes.parquet")["outcome"])
    with (tmp_path / "out" / "summary.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    summed: Counter[str] = Counter()
    for row in rows:
        summed[row["outcome"]] += int(row["submissions"])
    assert summed == outcomes
    assert {row["province"] for row in rows} == {"soc-trang"}


CHILD = """
id: tap-hop
title: Bộ thử
version: 1.0.0
jurisdiction: huyện Long Phú
effective_from: 2020-01-01
effective_until: 2020-12-31
extends: long-phu-2020
changelog: []
"""
ROUNDING = """
rules:
  - id: ROU-01
    title: Số làm tròn
    area: dossiers
    kind: plausibility
    severity: advisory
    applies_to: [commune]
    check: $round(dossiers.resolved) >= 0
    effective_from: 2020-01-01
    fix: Sửa lại.
"""


def test_a_rule_left_to_the_interpreter_is_named(
    run: Command, tmp_path: Path, submissions: tuple[Submission, ...]
) -> None:
    pack = tmp_path / "tap-hop"
    pack.mkdir()
    (pack / "pack.yaml").write_text(CHILD, encoding="utf-8")
    (pack / "them.yaml").write_text(ROUNDING, encoding="utf-8")
    table = make_wide(tmp_path / "t.csv", submissions)
    ran = run("bulk", table, "--pack", pack, "-o", tmp_path / "out")
    assert "ROU-01: phép làm tròn không tính đúng" in " ".join(ran.out.split())


COMMUNE = "soc-trang/long-phu/cap-xa/xa-tan-hung"
LATE = {"unit": COMMUNE, "period": "2020-H1", "dossiers.resolved_late": 1, "dossiers.resolved": 3}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        ("33%", "stated_right"),
        ("33,3 %", "stated_right"),
        ("33.33", "stated_right"),
        ("33,333333", "stated_right"),
        ("33,34%", "stated_wrong"),
        ("33,30%", "stated_wrong"),
        ("34", "stated_wrong"),
        (33, "stated_right"),
        (Decimal("33.3"), "stated_right"),
        (Decimal("33.30"), "stated_wrong"),
    ],
)
def test_a_stated_rate_is_held_to_the_decimals_that_are_printed(
    run: Command, tmp_path: Path, stated: object, reason: str, engine: str
) -> None:
    pl.DataFrame([{**LATE, "dossiers.late": stated}]).write_parquet(tmp_path / "t.parquet")
    ran = run("bulk", tmp_path / "t.parquet", *PACK, "--engine", engine, "-o", tmp_path / "out")
    assert ran.code == 0, ran.err
    assert decided(tmp_path / "out", "RATE:dossiers.late:stated")[COMMUNE] == reason


def decided(folder: Path, rule: str) -> dict[str, str]:
    """The reason code of each unit that the rule speaks of."""
    rows = pl.read_parquet(folder / "outcomes.parquet").filter(pl.col("rule") == rule)
    return dict(rows.select("unit", "reason_code").iter_rows())


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_unit_above_is_told_who_has_not_submitted_even_without_a_report_of_its_own(
    run: Command, tmp_path: Path, engine: str
) -> None:
    table = write_table(tmp_path / "t.csv", [LATE])
    ran = run("bulk", table, *PACK, "--engine", engine, "-o", tmp_path / "out")
    assert "1 báo cáo" in ran.out
    above = ["soc-trang/long-phu", "soc-trang/long-phu/cap-huyen", "soc-trang/long-phu/cap-xa"]
    assert decided(tmp_path / "out", "REP-04") == {
        COMMUNE: "other_level",
        **dict.fromkeys(above, "not_submitted"),
    }
    assert decided(tmp_path / "out", "DOS-01").keys() == {COMMUNE}


ROW = {"unit": "soc-trang/long-phu", "period": "2020-H1"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{**ROW, "dossiers.resolvd": "1"}], "dossiers.resolvd"),
        ([{**ROW, "dossiers.resolved": "21,035"}], "«21,035»"),
        ([{**ROW, "dossiers.resolved": "khoảng 200"}], "«khoảng 200»"),
        ([{**ROW, "dossiers.resolved": "-5"}], "«-5»"),
        ([{**ROW, "dossiers.resolved": "2000000000"}], "soc-trang/long-phu 2020-H1"),
        ([{**ROW, "period": "2020"}], "«2020»"),
        ([{**ROW, "report_date": "2020-02-30"}], "«2020-02-30»"),
        ([ROW, ROW], "soc-trang/long-phu 2020-H1"),
        ([{**ROW, "unit": "soc-trang/long-fu"}], "soc-trang/long-fu"),
        ([{**ROW, "indicator": "a.b", "value": "1"}], "a.b"),
        ([{**ROW, "indicator": "dossiers.resolved", "value": "1"}] * 2, "dossiers.resolved"),
        (
            [{**ROW, "indicator": "dossiers.resolved", "value": "1", "approximate": "about"}],
            "dossiers.resolved",
        ),
    ],
)
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_table_that_cannot_be_used_is_said_and_nothing_is_written(
    run: Command, tmp_path: Path, rows: list[dict[str, Any]], said: str, engine: str
) -> None:
    ran = run(
        "bulk", write_table(tmp_path / "t.csv", rows), *PACK, "--engine", engine, "-o", tmp_path / "out"
    )
    assert ran.code == 2
    assert said in " ".join(ran.err.split())
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


def test_floating_point_is_refused(run: Command, tmp_path: Path) -> None:
    pl.DataFrame([{**ROW, "mailbox.share": 93.3}]).write_parquet(tmp_path / "t.parquet")
    ran = run("bulk", tmp_path / "t.parquet", *PACK, "-o", tmp_path / "out")
    assert ran.code == 2
    assert "mailbox.share" in ran.err


def test_a_folder_of_something_else_is_not_overwritten(
    run: Command, tmp_path: Path, submissions: tuple[Submission, ...]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("", encoding="utf-8")
    ran = run("bulk", make_wide(tmp_path / "t.csv", submissions), *PACK, "-o", tmp_path / "out")
    assert ran.code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "t.csv"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_without_the_extra_it_says_what_to_install(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(package: str) -> None:
        raise ModuleNotFoundError(package)

    monkeypatch.setattr(columnar_engines, "import_module", refuse)
    ran = run("bulk", write_table(tmp_path / "t.csv", [ROW]), *PACK, "-o", tmp_path / "out")
    assert ran.code == 2
    assert "tuan-thu[bulk]" in ran.err


def test_without_pyspark_it_says_which_extra(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    table = write_table(tmp_path / "t.csv", [ROW])
    ran = run("bulk", table, *PACK, "--engine", "spark", "-o", tmp_path / "out")
    assert ran.code == 2
    assert "tuan-thu[bulk,spark]" in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("failure", "said"),
    [(NoJavaError(), "Java 17"), (EngineFailedError("cannot reach may-chu"), "cannot reach may-chu")],
)
def test_an_engine_that_does_not_start_is_said_without_a_traceback(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: RuntimeError, said: str
) -> None:
    def refuse(_name: str, _master: str | None = None) -> None:
        raise failure

    monkeypatch.setattr(columnar_engines, "open_engine", refuse)
    table = write_table(tmp_path / "t.csv", [ROW])
    ran = run("bulk", table, *PACK, "--engine", "spark", "--master", "spark://may-chu:7077", "-o", tmp_path)
    assert ran.code == 2
    assert said in ran.err


def test_a_master_is_for_spark_alone(run: Command, tmp_path: Path) -> None:
    table = write_table(tmp_path / "t.csv", [ROW])
    ran = run("bulk", table, *PACK, "--master", "spark://may-chu:7077", "-o", tmp_path / "out")
    assert ran.code == 2
    assert "--engine spark" in ran.err


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("f.xlsx", b"PK\x03\x04\xe3", "Không đọc bảng số liệu dạng «.xlsx»"),
        ("f.csv", b"unit;period;n\xe3\n", "UTF-8"),
        ("f.csv", b"", "Bảng không có dòng số liệu nào"),
        ("f.csv", b"unit;period\n", "Bảng không có dòng số liệu nào"),
    ],
)
def test_a_file_that_is_no_table_is_said_without_words_of_the_engine(
    run: Command, tmp_path: Path, name: str, content: bytes, said: str, engine: str
) -> None:
    (tmp_path / name).write_bytes(content)
    ran = run("bulk", tmp_path / name, *PACK, "--engine", engine, "-o", tmp_path / "out")
    assert ran.code == 2
    assert said in " ".join(ran.err.split())
    assert "Java" not in ran.err
    assert not (tmp_path / "out").exists()


def test_only_spark_is_told_of_java(run: Command, tmp_path: Path) -> None:
    (tmp_path / "t.parquet").write_bytes(b"PAR1 no table PAR1")
    ran = run("bulk", tmp_path / "t.parquet", *PACK, "-o", tmp_path / "out")
    assert ran.code == 2
    assert "Java" not in ran.err


def test_a_file_that_is_no_parquet_is_said_without_a_traceback(run: Command, tmp_path: Path) -> None:
    table = tmp_path / "t.parquet"
    table.write_bytes(b"PAR1 no table PAR1")
    ran = run("bulk", table, *PACK, "-o", tmp_path / "out")
    assert ran.code == 2
    assert not (tmp_path / "out").exists()
