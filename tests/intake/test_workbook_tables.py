"""Plain tables: a row for each unit or each figure, columns by id or by name, titles above, totals below."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from compliance.intake.figures import parse_figures
from compliance.intake.sheet_figures import parse_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.model.rulepack import RulePack

DISTRICT, COMMUNES = "soc-trang/long-phu", "soc-trang/long-phu/cap-xa"


def book(*sheets: Sequence[Sequence[Any]], merged: tuple[str, ...] = ()) -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = made.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
        for area in merged:
            sheet.merge_cells(area)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def values(content: bytes, pack: RulePack, name: str = "a.xlsx") -> dict[str, dict[str, Any]]:
    submissions, problems = parse_workbook(content, name, pack)
    assert [str(problem) for problem in problems if problem.weight == "error"] == []
    return {submission.unit: dict(submission.values) for submission in submissions}


def codes(content: bytes, pack: RulePack) -> list[tuple[str, str]]:
    return [(problem.code, problem.place.cell) for problem in parse_workbook(content, "a.xlsx", pack)[1]]


WIDE: list[list[Any]] = [
    ["TỔNG HỢP SỐ LIỆU"],
    ["Kỳ báo cáo: 6 tháng đầu năm 2020"],
    [],
    ["STT", "Tên đơn vị", "Hồ sơ tiếp nhận", "Văn bản đi (văn bản)", "Ghi chú"],
    [1, "huyện Long Phú", 12, "1.000", "x"],
    [],
    [2, DISTRICT + "/cap-xa", 8, 500],
]


def test_a_row_for_each_unit_and_a_column_for_each_indicator_by_name(pack: RulePack) -> None:
    assert values(book(WIDE), pack) == {
        DISTRICT: {"dossiers.received_total": 12, "documents.outgoing": 1000},
        COMMUNES: {"dossiers.received_total": 8, "documents.outgoing": 500},
    }


def test_a_row_for_each_figure(pack: RulePack) -> None:
    rows: list[list[Any]] = [
        ["Đơn vị", "Kỳ", "Chỉ tiêu", "Đơn vị tính", "Giá trị"],
        [DISTRICT, "2020-H1", "Hồ sơ tiếp nhận", "hồ sơ", 12],
        [DISTRICT, "2020-H1", "documents.outgoing", "văn bản", 7],
        [DISTRICT, "2020-H1", "Tỷ lệ hồ sơ quá hạn", "%", "0,03%"],
    ]
    (submission,), problems = parse_workbook(book(rows), "a.xlsx", pack)
    assert problems == ()
    assert dict(submission.values) == {"dossiers.received_total": 12, "documents.outgoing": 7}
    assert submission.stated["dossiers.late"].as_written == "0,03%"


def test_a_unit_merged_over_its_rows_counts_for_all_of_them(pack: RulePack) -> None:
    rows: list[list[Any]] = [
        ["Đơn vị", "Kỳ", "Chỉ tiêu", "Giá trị"],
        [DISTRICT, "2020-H1", "Hồ sơ tiếp nhận", 12],
        [None, None, "Văn bản đi", 7],
    ]
    found = values(book(rows, merged=("A2:A3", "B2:B3")), pack)
    assert found == {DISTRICT: {"dossiers.received_total": 12, "documents.outgoing": 7}}


def test_the_titles_name_the_unit_of_a_table_without_one(pack: RulePack) -> None:
    rows: list[list[Any]] = [
        ["UBND huyện Long Phú"],
        ["Từ ngày 01/01/2020 đến ngày 04/5/2020"],
        ["Chỉ tiêu", "Số liệu"],
        ["Hồ sơ tiếp nhận", 12],
    ]
    (submission,), _ = parse_workbook(book(rows), "a.xlsx", pack)
    assert (submission.unit, str(submission.period)) == (DISTRICT, "2020-H1")
    assert submission.data_window is not None
    assert submission.data_window.days == 125


def test_the_period_may_stand_in_the_name_of_the_file(pack: RulePack) -> None:
    rows: list[list[object]] = [["unit", "documents.outgoing"], [DISTRICT, 7]]
    (submission,), _ = parse_workbook(book(rows), "so-lieu-2020-H2.xlsx", pack)
    assert str(submission.period) == "2020-H2"


@pytest.mark.parametrize(("printed", "expected"), [(20, []), (21, [("workbook.broken_total", "C8")])])
def test_a_total_is_held_against_the_rows_above(
    pack: RulePack, printed: int, expected: list[tuple[str, str]]
) -> None:
    content = book([*WIDE, [None, "Tổng cộng", printed, 1500]])
    assert codes(content, pack) == expected
    assert len(values(content, pack)) == 2


@pytest.mark.parametrize(
    ("rows", "code", "cell"),
    [
        ([["unit", "documents.outgoing"], [DISTRICT, 7]], "workbook.no_period", ""),
        ([["unit", "period", "documents.outgoing"], [None, "2020-H1", 7]], "workbook.no_unit_in_row", "C2"),
        (
            [["unit", "period", "documents.outgoing"], ["xã Nào Đó", "2020-H1", 7]],
            "workbook.unknown_unit",
            "A2",
        ),
        (
            [["unit", "period", "documents.outgoing", "Văn bản đi"], [DISTRICT, "2020-H1", 7, 7]],
            "figures.csv.repeated_column",
            "D1",
        ),
        (
            [
                ["unit", "period", "indicator", "value"],
                [DISTRICT, "2020-H1", "documents.outgoing", 7],
                [DISTRICT, "2020-H1", "Văn bản đi", 8],
            ],
            "workbook.repeated_figure",
            "D3",
        ),
        (
            [
                ["unit", "period", "source", "indicator", "value"],
                [DISTRICT, "2020-H1", "a", "documents.outgoing", 7],
                [DISTRICT, "2020-H1", "b", "Hồ sơ tiếp nhận", 8],
            ],
            "workbook.conflict",
            "C3",
        ),
        (
            [["unit", "period", "indicator", "value"], [DISTRICT, "2020-H1", "x.y", 7]],
            "figures.unknown_indicator",
            "C2",
        ),
    ],
)
def test_what_a_table_lacks_is_said_with_its_cell(
    pack: RulePack, rows: list[list[Any]], code: str, cell: str
) -> None:
    assert (code, cell) in codes(book(rows), pack)


def test_a_sheet_without_a_table_is_named(pack: RulePack) -> None:
    submissions, (problem,) = parse_workbook(book(WIDE, [["lời nhắn"]]), "a.xlsx", pack)
    assert len(submissions) == 2
    assert (problem.code, problem.place.sheet) == ("workbook.sheet_passed_over", "S2")


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_table_with_names_is_read_from_csv_as_well(pack: RulePack, delimiter: str, encoding: str) -> None:
    lines = (("Đơn vị", "Kỳ", "Hồ sơ tiếp nhận"), ("huyện Long Phú", "2020-H1", "1.234"))
    content = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    (submission,), problems = parse_figures(content, "a.csv", pack)
    assert problems == ()
    assert dict(submission.values) == {"dossiers.received_total": 1234}
    place = submission.observations["dossiers.received_total"].place
    assert (place.line, place.column) == (2, 3)
