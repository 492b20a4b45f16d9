"""A ledger as files: which are read, what is said of those that are not, and that an invented one agrees."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest
from xlsxwriter import Workbook

from compliance.authoring.invented_faults import FAULTS
from compliance.authoring.invented_folder import LEDGER, REPORTS, Country, invent_ledger
from compliance.model.submission import Period
from compliance.pipeline import dataset
from compliance.reconcile_pipeline import Bounds, reconcile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from compliance.authoring.invented_faults import FaultName, Planted
    from compliance.model.reconciliation import ReconciledUnit, Reconciliation
    from compliance.problems import Problem

PACK = "long-phu-2020"
COMMUNE = "soc-trang/long-phu/cap-xa/xa-phu-huu"
HEADINGS = "Mã hồ sơ;Đơn vị;Lĩnh vực;Hình thức tiếp nhận;Ngày tiếp nhận;Ngày hẹn trả;Ngày trả kết quả;Kết quả"
REPORT = f"""\
format: 1
unit: {COMMUNE}
period: 2020-H1
provenance: reported
figures:
  dossiers: {{received_total: 3, received_online: 1, received_direct: 2, resolved: 2, resolved_late: 1}}
stated:
  dossiers: {{in_time: "50%"}}
"""
ROWS = (
    "H1;UBND xã Phú Hữu;Đất đai;Trực tuyến;03/02/2020;10/2/2020;2020-02-10;Đã giải quyết",
    "H2;xa-phu-huu;Đất đai;Bưu chính;08:30 04/5/2020;11/05/2020;12/5/2020 16:00;Đã trả kết quả",
    f"H3;{COMMUNE};Hộ tịch;Trực tiếp;2020-06-01 07:00:00;;;Đang giải quyết",
)
TODAY = date(2020, 7, 1)


def csv(folder: Path, *rows: str, headings: str = HEADINGS) -> Path:
    path = folder / "so.csv"
    path.write_text("\n".join((headings, *rows)) + "\n", encoding="utf-8")
    return path


def report(folder: Path, words: str = REPORT) -> Path:
    path = folder / "phu-huu.yaml"
    path.write_text(words, encoding="utf-8")
    return path


def run(
    ledger: Path, submissions: Path, engine: str = "duckdb", bounds: Bounds | None = None
) -> tuple[Reconciliation | None, tuple[Problem, ...]]:
    return reconcile(
        [ledger], [submissions], PACK, engine=engine, as_of=TODAY, bounds=bounds or Bounds(memory="1GB")
    )


def agreed(ledger: Path, submissions: Path, engine: str = "duckdb") -> Reconciliation:
    result, problems = run(ledger, submissions, engine)
    assert result is not None, problems
    return result


def refused(ledger: Path, submissions: Path) -> list[str]:
    result, problems = run(ledger, submissions)
    assert result is None
    return [problem.code for problem in problems if problem.weight == "error"]


def invent(folder: Path, faults: Sequence[FaultName]) -> tuple[Path, Path, tuple[Planted, ...]]:
    """A ledger of the units of Long Phú, the reports that follow from it, and the faults in them."""
    made, problems = invent_ledger(
        Country(PACK), Period(year=2020, half=1), folder / "x", records=9_000, seed=5, faults=faults
    )
    assert made is not None, problems
    return folder / "x" / LEDGER, folder / "x" / REPORTS, made.planted


def unit_of(result: Reconciliation, unit: str = COMMUNE) -> ReconciledUnit:
    return next(item for item in result.units if item.unit == unit)


def expected(result: Reconciliation) -> Mapping[str, int | None]:
    return {item.indicator.partition(".")[2]: item.expected for item in unit_of(result).columns}


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_a_ledger_with_vietnamese_headings_words_and_days_is_understood(tmp_path: Path, engine: str) -> None:
    result = agreed(csv(tmp_path, *ROWS), report(tmp_path), engine)
    found = expected(result)
    assert (result.verdict, result.faults) == ("agree", ())
    assert (found["received_online"], found["received_direct"]) == (1, 2)
    assert (found["resolved_on_day"], found["resolved_late"], found["pending_in_time"]) == (1, 1, 1)
    assert [(late.dossier, late.days, late.field) for late in result.late] == [("H2", 1, "Đất đai")]


def test_a_workbook_is_read_below_its_titles(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    with Workbook(str(path)) as book:
        book.add_worksheet("Ghi chú").write(0, 0, "không phải sổ")
        sheet = book.add_worksheet("Sổ")
        sheet.write(0, 0, "SỔ THEO DÕI HỒ SƠ")
        for row, line in enumerate((HEADINGS, *ROWS), 2):
            for column, cell in enumerate(line.split(";")):
                sheet.write(row, column, cell)
        sheet.write_datetime(3, 4, date(2020, 2, 3), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_number(3, 0, 1234567)
    result = agreed(path, report(tmp_path))
    assert result.verdict == "agree"
    assert result.ledgers[0].file == "so.xlsx"


def test_parquet_with_moments_is_taken_by_the_day(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "dossier": ["H1"],
            "unit": [COMMUNE],
            "channel": ["online"],
            "received": [date(2020, 2, 3)],
            "due": [date(2020, 2, 10)],
            "resolved": [date(2020, 2, 10)],
            "result": ["resolved"],
        }
    )
    frame = frame.with_columns(pl.col("resolved").cast(pl.Datetime) + pl.duration(hours=17))
    frame.write_parquet(tmp_path / "so.parquet")
    assert expected(agreed(tmp_path / "so.parquet", report(tmp_path)))["resolved_on_day"] == 1


def test_a_day_that_is_none_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    ledger = csv(
        tmp_path, *ROWS, f"H4;{COMMUNE};x;Trực tiếp;30/02/2020;;;", f"H5;{COMMUNE};x;Trực tiếp;1/3/20;;;"
    )
    result = agreed(ledger, report(tmp_path))
    assert [(fault.fault, fault.count) for fault in result.faults] == [("unreadable_date", 2)]
    written = [dict(record.unreadable) for record in result.faults[0].records]
    assert written == [{"received": "30/02/2020"}, {"received": "1/3/20"}]
    assert expected(result)["received_total"] == 3


def test_several_files_and_a_folder_are_one_ledger(tmp_path: Path) -> None:
    folder = tmp_path / "so"
    folder.mkdir()
    csv(folder, *ROWS[:1]).rename(folder / "a.csv")
    csv(folder, *ROWS[1:])
    result = agreed(folder, report(tmp_path))
    assert result.records == 3
    assert [stamp.file for stamp in result.ledgers] == ["a.csv", "so.csv"]
    assert result.ledgers[0].size == (folder / "a.csv").stat().st_size


def test_a_ledger_invented_with_its_reports_agrees_in_every_column(tmp_path: Path) -> None:
    ledger, reports, _ = invent(tmp_path, ())
    for engine in ("duckdb", "polars"):
        result = agreed(ledger, reports, engine)
        assert result.verdict == "agree"
        assert {column.verdict for unit in result.units for column in unit.columns} == {"agree"}


def test_each_planted_fault_is_found(tmp_path: Path) -> None:
    ledger, reports, planted = invent(tmp_path, FAULTS)
    result = agreed(ledger, reports)
    found = {(fault.fault, record.dossier) for fault in result.faults for record in fault.records}
    for fault in planted:
        columns = (
            {item.indicator: item for item in unit_of(result, fault.unit).columns}
            if not fault.dossier
            else {}
        )
        for indicator, (written, counted) in fault.figures.items():
            assert (columns[indicator].reported, columns[indicator].expected) == (written, counted)
        if fault.stated:
            rates = {rate.rate: rate for rate in unit_of(result, fault.unit).rates}
            assert rates["dossiers.in_time"].verdict == "differ"
        if fault.dossier:
            assert (fault.fault, fault.dossier) in found
    assert result.verdict == "differ"


def test_all_that_is_wrong_with_a_ledger_is_said_at_once(tmp_path: Path) -> None:
    ledger = csv(tmp_path, "H1;x;x", headings="Mã hồ sơ;Số hồ sơ;Đơn vị")
    codes = refused(ledger, report(tmp_path))
    assert codes == ["reconcile.missing_column"] * 5 + ["reconcile.repeated_column"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("so.txt", b"x", "reconcile.unknown_suffix"),
        ("so.parquet", b"PAR1 and no more", "reconcile.unreadable"),
        ("so.csv", "Mã hồ sơ\xe1".encode("latin-1", errors="replace"), "reconcile.unreadable"),
        ("so.xlsx", b"no workbook", "workbook.door.not_a_workbook"),
        ("so.csv", (HEADINGS + "\n").encode(), "reconcile.empty"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert code in refused(tmp_path / name, report(tmp_path))


def test_a_missing_ledger_and_a_bad_report_are_both_said(tmp_path: Path) -> None:
    codes = refused(tmp_path / "khong-co.csv", report(tmp_path, "format: 1\n"))
    assert "reconcile.no_ledger" in codes
    assert len(codes) > 1


def test_a_workbook_without_headings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    with Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, "x")
    assert refused(path, report(tmp_path)) == ["reconcile.no_headings"]


def test_columns_of_numbers_are_no_days(tmp_path: Path) -> None:
    names = ("dossier", "unit", "channel", "received", "due", "resolved", "result")
    pl.DataFrame({name: [1.5] for name in names}).write_parquet(tmp_path / "so.parquet")
    assert refused(tmp_path / "so.parquet", report(tmp_path)) == ["reconcile.not_dates"] * 3


def test_a_ledger_of_units_that_have_not_reported_is_no_agreement(tmp_path: Path) -> None:
    row = ROWS[0].replace("UBND xã Phú Hữu", "Phòng Nội vụ")
    assert refused(csv(tmp_path, row), report(tmp_path)) == ["reconcile.nothing_common"]


def test_a_ledger_of_some_units_below_the_only_report_is_refused(tmp_path: Path) -> None:
    words = REPORT.replace(COMMUNE, "soc-trang/long-phu/cap-xa")
    assert refused(csv(tmp_path, *ROWS), report(tmp_path, words)) == ["reconcile.partial_ledger"]


def test_a_ledger_that_covers_all_units_decides_the_only_report_above_them(tmp_path: Path) -> None:
    words = REPORT.replace(COMMUNE, "soc-trang/long-phu/cap-xa").replace("total: 3", "total: 4")
    result, problems = reconcile(
        [csv(tmp_path, *ROWS)], [report(tmp_path, words)], PACK, covers=["commune"], as_of=TODAY
    )
    assert result is not None, problems
    whole = unit_of(result, "soc-trang/long-phu/cap-xa").columns[0]
    assert (whole.expected, whole.difference) == (3, 1)
    standings = {
        unit.standing for unit in result.unrecorded if unit.unit.startswith("soc-trang/long-phu/cap-xa")
    }
    assert standings == {"covered"}


def test_a_unit_said_to_be_covered_that_the_pack_does_not_know_is_named(tmp_path: Path) -> None:
    result, problems = reconcile(
        [csv(tmp_path, *ROWS)], [report(tmp_path)], PACK, covers=["xa-khong-co"], as_of=TODAY
    )
    assert result is None
    assert [problem.code for problem in problems] == ["request.unknown_unit"]


def test_a_window_that_ends_before_the_period_is_refused(tmp_path: Path) -> None:
    words = REPORT + "data_window: {from: 2019-01-01, to: 2019-06-30}\n"
    assert "reconcile.window_before_period" in refused(csv(tmp_path, *ROWS), report(tmp_path, words))


def test_a_pack_that_defines_no_counting_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "rong"
    folder.mkdir()
    (folder / "pack.yaml").write_text(
        "id: rong\ntitle: x\nversion: 1.0.0\njurisdiction: x\neffective_from: 2020-01-01\nchangelog: []\n",
        encoding="utf-8",
    )
    _, problems = reconcile([csv(tmp_path, *ROWS)], [report(tmp_path)], str(folder), as_of=TODAY)
    assert "reconcile.undefined" in {problem.code for problem in problems}


def test_a_pack_below_restates_a_definition(tmp_path: Path) -> None:
    folder = tmp_path / "rieng"
    folder.mkdir()
    (folder / "pack.yaml").write_text(
        f"id: rieng\ntitle: x\nversion: 1.0.0\njurisdiction: x\neffective_from: 2020-01-01\n"
        f"extends: {PACK}\nchangelog: []\n",
        encoding="utf-8",
    )
    (folder / "so.yaml").write_text(
        "ledger_definitions:\n  - {id: postal_channel, label: Bưu chính, choice: online,"
        " wording: Đếm vào cột 4., assumption: true, reason: thử}\n",
        encoding="utf-8",
    )
    result, problems = reconcile([csv(tmp_path, *ROWS)], [report(tmp_path)], str(folder), as_of=TODAY)
    assert result is not None, problems
    assert expected(result)["received_online"] == 2


def test_the_long_phu_report_is_held_against_a_ledger_at_its_own_cut_off(tmp_path: Path) -> None:
    result = agreed(csv(tmp_path, *ROWS), dataset("long-phu-2020-h1"))
    assert unit_of(result).cut_off == date(2020, 5, 4)
    assert expected(result)["received_total"] == 2
    assert unit_of(result, "soc-trang/long-phu").cut_off == date(2020, 5, 4)


def test_memory_that_is_none_is_a_programmers_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nhiều"):
        run(csv(tmp_path, *ROWS), report(tmp_path), bounds=Bounds(memory="nhiều"))


def test_the_same_files_give_the_same_result(tmp_path: Path) -> None:
    ledger, reports = csv(tmp_path, *ROWS), report(tmp_path)
    assert agreed(ledger, reports).model_dump_json() == agreed(ledger, reports).model_dump_json()
