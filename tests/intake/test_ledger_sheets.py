"""A ledger in a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from compliance.intake.ledger_sheets import read_ledger_sheet

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = ("Mã hồ sơ", "Đơn vị", "Ngày tiếp nhận")


def book(folder: Path, *rows: tuple[object, ...]) -> Path:
    path = folder / "so.xlsx"
    with Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
    return path


def test_every_cell_below_the_headings_is_text_and_an_empty_one_nothing(tmp_path: Path) -> None:
    path = book(tmp_path, ("SỔ HỒ SƠ",), HEADINGS, (12345, "xã A", "01/02/2020"), ("H2", None, "x"))
    table, problems = read_ledger_sheet(path, HEADINGS)
    assert problems == ()
    assert table == {
        "Mã hồ sơ": ["12345", "H2"],
        "Đơn vị": ["xã A", None],
        "Ngày tiếp nhận": ["01/02/2020", "x"],
    }


def test_a_heading_that_stands_twice_is_said_at_its_cell(tmp_path: Path) -> None:
    table, problems = read_ledger_sheet(book(tmp_path, (*HEADINGS, "Đơn vị")), HEADINGS)
    assert table is None
    assert [(problem.code, problem.place.cell) for problem in problems] == [
        ("reconcile.repeated_column", "D1")
    ]


def test_a_workbook_passes_the_same_door_as_every_other(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    path.write_bytes(b"<html>")
    assert [problem.code for problem in read_ledger_sheet(path, HEADINGS)[1]] == ["workbook.door.html"]


def test_a_ledger_may_be_longer_than_a_form(tmp_path: Path) -> None:
    rows = [(f"H{number}", "xã A", "01/02/2020") for number in range(40_000)]
    table, problems = read_ledger_sheet(book(tmp_path, HEADINGS, *rows), HEADINGS)
    assert problems == ()
    assert table is not None
    assert len(table["Mã hồ sơ"]) == 40_000
