"""The findings as a workbook: their order, what the unit may fill in, and that no text becomes a formula."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from compliance.render.findings_workbook import render_findings_workbook
from compliance.render.summary import build_matrix, compose_headline

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell

    from compliance.model.check import Check

EXPLANATION, STATUS, BY, DATED = 11, 12, 13, 14


@pytest.fixture(scope="module")
def book(many_units: Check) -> Workbook:
    return load_workbook(io.BytesIO(render_findings_workbook(many_units)))


def rows(book: Workbook, sheet: str, first: int) -> list[tuple[Cell | MergedCell, ...]]:
    return [row for row in book[sheet].iter_rows(min_row=first) if row[0].value is not None]


def test_the_sheets_stand_in_the_order_of_reading(book: Workbook) -> None:
    assert book.sheetnames == ["Tổng hợp", "Ma trận", "Phát hiện", "Kết quả", "Quy tắc", "Bản kê"]


def test_the_first_line_says_whether_it_is_accepted(book: Workbook, many_units: Check) -> None:
    assert book["Tổng hợp"]["A1"].value == compose_headline(many_units)[0]


def test_the_summary_counts_findings_by_severity(book: Workbook, many_units: Check) -> None:
    counted = {row[0].value: row[1].value for row in rows(book, "Tổng hợp", 3)[:3]}
    must_fix = sum(finding.severity == "must_fix" for finding in many_units.findings)
    assert counted["Phải sửa"] == must_fix
    assert sum(int(str(count)) for count in counted.values()) == len(many_units.findings)


def test_every_unit_has_its_acceptance(book: Workbook, many_units: Check) -> None:
    accepted = {row[0].value: row[1].value for row in rows(book, "Tổng hợp", 7)}
    labels = [many_units.pack.unit[result.unit].label for result in many_units.submissions]
    assert {label: accepted[label] for label in labels} == {
        many_units.pack.unit[result.unit].label: {
            "accepted": "Đủ điều kiện tiếp nhận",
            "explain": "Tiếp nhận kèm giải trình",
            "not_accepted": "Chưa đủ điều kiện tiếp nhận",
        }[result.accepted]
        for result in many_units.submissions
    }


def test_a_unit_that_has_not_submitted_is_named(many_units: Check) -> None:
    absent = many_units.model_copy(update={"not_submitted": ("soc-trang/long-phu/cap-huyen/phong-y-te",)})
    summary = load_workbook(io.BytesIO(render_findings_workbook(absent)))["Tổng hợp"]
    assert ("Phòng Y tế", "Chưa gửi số liệu") in [(row[0].value, row[1].value) for row in summary.iter_rows()]


def test_the_matrix_says_in_words_what_its_colours_say(book: Workbook, many_units: Check) -> None:
    shown = [[cell.value for cell in row[1:]] for row in rows(book, "Ma trận", 3)]
    expected = [[cell.words for cell in cells] for _, cells in build_matrix(many_units)]
    assert shown[: len(expected)] == expected
    colours = {row[0].value: row[0].fill.fgColor.rgb for row in rows(book, "Ma trận", 3)[len(expected) :]}
    assert len(set(colours.values())) == len(colours)


def test_findings_stand_in_the_order_of_severity(book: Workbook, many_units: Check) -> None:
    severities = [str(row[1].value) for row in rows(book, "Phát hiện", 3)]
    assert len(severities) == len(many_units.findings)
    order = ["phải sửa", "phải giải trình", "lưu ý"]
    assert severities == sorted(severities, key=order.index)


def test_a_finding_says_where_it_is_how_to_fix_it_and_its_basis(book: Workbook, many_units: Check) -> None:
    finding = next(one for one in many_units.findings if one.citation and one.places)
    row = next(row for row in rows(book, "Phát hiện", 3) if row[0].value == finding.id)
    assert row[5].value == finding.message
    assert row[7].value == finding.fix
    assert row[9].value == finding.citation
    assert f"dòng {finding.places[0].line}" in str(row[6].value)


def test_ids_are_text(book: Workbook) -> None:
    assert {row[0].data_type for row in rows(book, "Phát hiện", 3)} == {"s"}


def test_only_what_the_unit_answers_is_open(book: Workbook) -> None:
    sheet = book["Phát hiện"]
    first = rows(book, "Phát hiện", 3)[0]
    assert sheet.protection.sheet
    assert [cell.column for cell in first if not cell.protection.locked] == [EXPLANATION, STATUS, BY, DATED]
    assert first[STATUS - 1].value == "Chưa xử lý"


def test_findings_are_filtered_though_the_sheet_is_locked(book: Workbook, many_units: Check) -> None:
    sheet = book["Phát hiện"]
    assert sheet.auto_filter.ref == f"A2:N{len(many_units.findings) + 2}"
    assert not sheet.protection.autoFilter
    assert sheet.freeze_panes == "F3"


def test_every_outcome_is_listed(book: Workbook, many_units: Check) -> None:
    assert len(rows(book, "Kết quả", 3)) == len(many_units.outcomes)


def test_what_does_not_apply_waits_behind_a_filter_that_says_how_many_rows(
    book: Workbook, many_units: Check
) -> None:
    sheet = book["Kết quả"]
    hidden = [row for row in rows(book, "Kết quả", 3) if sheet.row_dimensions[int(row[0].row or 0)].hidden]
    aside = [outcome for outcome in many_units.outcomes if outcome.outcome == "not_applicable"]
    assert len(hidden) == len(aside)
    assert {row[3].value for row in hidden} == {"không áp dụng"}
    assert f"{len(aside)} dòng" in str(sheet["A1"].value)
    assert sheet.auto_filter.filterColumn[0].colId == 3


def test_every_list_repeats_its_heading_on_each_printed_page(book: Workbook) -> None:
    repeated = {name: book[name].print_title_rows for name in ("Ma trận", "Phát hiện", "Kết quả", "Quy tắc")}
    assert repeated == {"Ma trận": "$2:$2", "Phát hiện": "$2:$2", "Kết quả": "$2:$2", "Quy tắc": "$1:$1"}
    assert {book[name].page_setup.orientation for name in book.sheetnames} == {"landscape"}
    assert {
        (book[name].page_setup.fitToWidth, book[name].page_setup.fitToHeight) for name in book.sheetnames
    } <= {
        (1, 0),
        (None, 0),
    }


def test_rules_without_a_finding_are_listed(book: Workbook, many_units: Check) -> None:
    listed = {row[0].value: row[5].value for row in rows(book, "Quy tắc", 2)}
    assert listed.keys() == {tally.rule for tally in many_units.manifest.rules}
    assert 0 in listed.values()


def test_the_manifest_names_packs_and_inputs_with_their_digests(book: Workbook, many_units: Check) -> None:
    found = {row[1].value: row[2].value for row in rows(book, "Bản kê", 2)}
    stamps = many_units.manifest.inputs
    assert stamps
    assert all(found[stamp.file] == stamp.digest for stamp in stamps)


def test_a_run_without_findings_says_so(long_phu: Check) -> None:
    clean = long_phu.model_copy(update={"findings": ()})
    sheet = load_workbook(io.BytesIO(render_findings_workbook(clean)))["Phát hiện"]
    assert sheet["B3"].value == "Không có phát hiện nào."


@pytest.mark.parametrize("written", ["=1+1", "+84 299", "-5", "@SUM(A1)"])
def test_what_a_user_wrote_is_never_a_formula(long_phu: Check, written: str) -> None:
    first, *others = long_phu.findings
    spoilt = long_phu.model_copy(
        update={"findings": (first.model_copy(update={"message": written}), *others)}
    )
    sheet = load_workbook(io.BytesIO(render_findings_workbook(spoilt)))["Phát hiện"]
    found = next(row[5] for row in sheet.iter_rows(min_row=3) if row[5].value == written)
    assert found.data_type == "s"
    assert found.quotePrefix


def test_markup_in_labels_is_kept_as_text(hostile: Check) -> None:
    sheet = load_workbook(io.BytesIO(render_findings_workbook(hostile)))["Phát hiện"]
    assert "<script>" in str(sheet["C3"].value)


def test_equal_input_gives_equal_bytes(long_phu: Check) -> None:
    assert render_findings_workbook(long_phu) == render_findings_workbook(long_phu)
