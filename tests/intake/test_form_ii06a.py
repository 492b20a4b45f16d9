"""Form II.06a by its structure: groups, sub-rows, totals in any place, and what stands in no column of it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from compliance.intake.packs import read_pack
from compliance.intake.sheet_figures import parse_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.model.rulepack import RulePack

COMMUNE = "soc-trang/long-phu/cap-xa/xa-phu-huu"
TITLES: list[list[Any]] = [["Đơn vị báo cáo: UBND xã Phú Hữu"], ["6 tháng đầu năm 2020"]]
HEADER: list[list[Any]] = [
    ["STT", "Lĩnh vực", "Hồ sơ tiếp nhận", None, "Hồ sơ đã giải quyết", None, "Hồ sơ đang giải quyết"],
    [None, None, "Tổng số", "Từ kỳ trước", "Tổng số", "Quá hạn", "Tổng số"],
]


@pytest.fixture(scope="module")
def full_pack() -> RulePack:
    pack, problems = read_pack("long-phu-2020")
    assert pack is not None, problems
    return pack


def book(*rows: Sequence[Any], titles: Sequence[Sequence[Any]] = TITLES, title: str = "S") -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    for row in (*titles, *rows):
        sheet.append(list(row))
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def figures(content: bytes, pack: RulePack, name: str = "a.xlsx") -> dict[str, dict[str, Any]]:
    submissions, problems = parse_workbook(content, name, pack)
    assert [str(problem) for problem in problems if problem.weight == "error"] == []
    return {
        found.unit: {key.split(".")[1]: value for key, value in found.values.items()} for found in submissions
    }


def codes(content: bytes, pack: RulePack) -> list[tuple[str, str]]:
    return [(problem.code, problem.place.cell) for problem in parse_workbook(content, "a.xlsx", pack)[1]]


ROWS: list[list[Any]] = [[1, "Hộ tịch", 10, 1, 9, 0, 1], [2, "Đất đai", 5, 0, 4, 1, 1]]
SUMS = {"received_total": 15, "carried_over": 1, "resolved": 13, "resolved_late": 1, "pending": 2}


@pytest.mark.parametrize(
    "rows",
    [
        [*ROWS, [None, "Tổng cộng", 15, 1, 13, 1, 2]],
        [[None, "TỔNG SỐ", 15, 1, 13, 1, 2], *ROWS],
        [["Tổng cộng", None, 15, 1, 13, 1, 2], *ROWS],
        ROWS,
        [["I", "Thuộc thẩm quyền", 15, 1, 13, 1, 2], *ROWS],
        [["I", "Thuộc thẩm quyền"], *ROWS, [None, "Cộng", 15, 1, 13, 1, 2]],
        [ROWS[0], [None, "Trong đó: trực tuyến", 3, 0, 3, 0, 0], ROWS[1]],
        [
            ROWS[0],
            [2, "Đất đai", 5, 0, 4, 1, 1],
            ["2.1", "Cấp mới", 3, 0, 3, 0, 0],
            ["2.2", "Khác", 2, 0, 1, 1, 1],
        ],
        [["I", "Hộ tịch", 10, 1, 9, 0, 1], ["II", "Đất đai", 5, 0, 4, 1, 1], [None, "Tổng", 15, 1, 13, 1, 2]],
        [
            ["I", "Một"],
            ROWS[0],
            [None, "Cộng", 10, 1, 9, 0, 1],
            ["II", "Hai"],
            ROWS[1],
            [None, "Cộng", 5, 0, 4, 1, 1],
            [None, "Tổng cộng", 15, 1, 13, 1, 2],
        ],
        [*ROWS, [None, None, "Phú Hữu, ngày 03 tháng 7 năm 2020"], [None, "NGƯỜI LẬP BIỂU", "CHỦ TỊCH"]],
    ],
)
def test_a_table_reads_to_the_sums_of_its_rows(full_pack: RulePack, rows: list[list[Any]]) -> None:
    content = book(*HEADER, *rows)
    assert figures(content, full_pack) == {COMMUNE: SUMS}
    assert codes(content, full_pack) == []


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ([*ROWS, [None, "Tổng cộng", 15, 1, 14, 1, 2]], "E7"),
        ([["I", "Nhóm", 15, 1, 13, 1, 3], *ROWS], "G5"),
        ([ROWS[0], [2, "Đất đai", 6, 0, 4, 1, 1], ["2.1", "Cấp mới", 5, 0, 4, 1, 1]], "C6"),
    ],
)
def test_a_broken_total_is_named_with_its_cell(full_pack: RulePack, rows: list[list[Any]], cell: str) -> None:
    assert codes(book(*HEADER, *rows), full_pack) == [("workbook.broken_total", cell)]


def test_a_blank_that_a_total_confirms_counts_as_nothing(full_pack: RulePack) -> None:
    rows = [[1, "Hộ tịch", 10, None, 9, 0, 1], ROWS[1], [None, "Tổng cộng", 15, 0, 13, 1, 2]]
    assert figures(book(*HEADER, *rows), full_pack)[COMMUNE]["carried_over"] == 0


def test_a_blank_that_nothing_confirms_leaves_the_figure_unreported(full_pack: RulePack) -> None:
    content = book(*HEADER, [1, "Hộ tịch", 10, None, 9, 0, 1], ROWS[1])
    assert "carried_over" not in figures(content, full_pack)[COMMUNE]
    assert codes(content, full_pack) == [("workbook.ii06a.blank", "B5")]


def test_a_column_without_any_figure_is_not_reported(full_pack: RulePack) -> None:
    rows = [[1, "Hộ tịch", 10, None, 9, 0, 1], [2, "Đất đai", 5, None, 4, 1, 1]]
    content = book(*HEADER, *rows)
    assert "carried_over" not in figures(content, full_pack)[COMMUNE]
    assert codes(content, full_pack) == []


def test_a_header_without_marks_is_understood(full_pack: RulePack) -> None:
    bare = [
        ["STT", "Linh vuc", "Ho so tiep nhan", None, "Ho so da giai quyet", None, "Ho so dang giai quyet"],
        [None, None, "Tong so", "Tu ky truoc", "Tong so", "Qua han", "Tong so"],
    ]
    assert figures(book(*bare, *ROWS), full_pack) == {COMMUNE: SUMS}


def test_the_body_that_receives_the_report_is_not_the_one_that_reports(full_pack: RulePack) -> None:
    titles = [*TITLES, ["Đơn vị nhận báo cáo: UBND xã Tân Hưng"]]
    assert set(figures(book(*HEADER, *ROWS, titles=titles), full_pack)) == {COMMUNE}


@pytest.mark.parametrize(("title", "name"), [("xã Phú Hữu", "a.xlsx"), ("S", "xa-phu-huu.xlsx")])
def test_the_unit_may_stand_in_the_name_of_the_sheet_or_file(
    full_pack: RulePack, title: str, name: str
) -> None:
    content = book(*HEADER, *ROWS, titles=TITLES[1:], title=title)
    assert set(figures(content, full_pack, name)) == {COMMUNE}


@pytest.mark.parametrize(
    ("rows", "titles", "code"),
    [
        ([*HEADER, *ROWS], TITLES[1:], "workbook.no_unit"),
        ([*HEADER, *ROWS], TITLES[:1], "workbook.no_period"),
        ([*HEADER, *ROWS], [TITLES[0], ["Quý I năm 2020"]], "workbook.no_period"),
        (HEADER, TITLES, "workbook.ii06a.no_rows"),
        (
            [HEADER[0], [None, None, "Tổng số", "Tổng số", "Tổng số", "Quá hạn", "Tổng số"], *ROWS],
            TITLES,
            "workbook.ii06a.twice",
        ),
        ([*HEADER, [1, "Hộ tịch", 10, 1, "#REF!", 0, 1]], TITLES, "workbook.error_cell"),
        ([*HEADER, [1, "Hộ tịch", 10.5, 1, 9, 0, 1]], TITLES, "numerals.fraction"),
        (
            [*HEADER, [1, "UBND xã Tân Hưng", 1, 0, 1, 0, 0], [2, "UBND xã Nào Đó", 1, 0, 1, 0, 0]],
            TITLES,
            "workbook.unknown_unit",
        ),
    ],
)
def test_what_keeps_the_form_from_being_read_is_said(
    full_pack: RulePack, rows: list[list[Any]], titles: list[list[Any]], code: str
) -> None:
    submissions, problems = parse_workbook(book(*rows, titles=titles), "a.xlsx", full_pack)
    assert submissions == ()
    assert code in [problem.code for problem in problems]


CELLS = st.one_of(
    st.none(),
    st.integers(-5, 10**16),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.sampled_from(
        [*HEADER[0], *HEADER[1], "Tổng cộng", "I", "1.1", "-", "=A1", "#N/A", "(1)", "21.035", "x"]
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, max_size=9), max_size=8))
def test_whatever_stands_below_the_header_gives_problems_and_never_a_crash(
    rows: list[list[Any]], full_pack: RulePack
) -> None:
    submissions, problems = parse_workbook(book(*HEADER, *rows), "a.xlsx", full_pack)
    assert submissions or problems
    assert all(str(problem) for problem in problems)
