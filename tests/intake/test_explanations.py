"""Reading what units explain, from a file of their own and from the workbook that they filled in."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from compliance.intake.explanations import read_explanations
from compliance.pipeline import load_pack

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.intake.values import Problems
    from compliance.model.explanations import Explanation
    from compliance.model.rulepack import RulePack

FINDING = "DOC-01@soc-trang/long-phu/cap-xa@2020-H1"
OTHER = "REP-01@soc-trang/long-phu@2020-H1#long-phu/2020/09-kh-ubnd"
SOUND = f"""format: 1
explanations:
  - finding: {FINDING}
    text: Bốn xã chưa được cấp chữ ký số.
    status: doing
    by: UBND huyện
    on: 12/6/2020
  - {{finding: "{OTHER}", text: Gõ nhầm ngày.}}
"""
HEADINGS = (
    "Mã phát hiện",
    "Nội dung",
    "Giải trình của đơn vị",
    "Tình trạng",
    "Người giải trình",
    "Ngày giải trình",
)


@pytest.fixture(scope="module")
def pack() -> RulePack:
    compiled, problems = load_pack("long-phu-2020")
    assert compiled is not None, problems
    return compiled.pack


def read(folder: Path, pack: RulePack, *written: str | bytes) -> tuple[tuple[Explanation, ...], Problems]:
    paths = []
    for number, content in enumerate(written, start=1):
        paths.append(folder / f"giai-trinh-{number}{'.xlsx' if isinstance(content, bytes) else '.yaml'}")
        paths[-1].write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    explanations, _, problems = read_explanations(paths, pack)
    return explanations, problems


def codes(problems: Problems) -> list[str]:
    return [problem.code for problem in problems]


def filled_in(*rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    """A workbook as a unit may send it back: a title, the headings, rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Phát hiện"])
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_an_explanation_is_read_with_who_and_when(tmp_path: Path, pack: RulePack) -> None:
    (first, second), problems = read(tmp_path, pack, SOUND)
    assert problems == ()
    assert (first.finding, first.status, first.by, first.on) == (
        FINDING,
        "doing",
        "UBND huyện",
        date(2020, 6, 12),
    )
    assert (second.finding, second.text, second.status) == (OTHER, "Gõ nhầm ngày.", "explained")


@pytest.mark.parametrize("unit", ["cap-xa", "khối cấp xã", "Cấp xã"])
def test_the_unit_may_be_named_by_a_short_code_or_its_name(tmp_path: Path, pack: RulePack, unit: str) -> None:
    (explanation, _), problems = read(tmp_path, pack, SOUND.replace(FINDING, f"DOC-01@{unit}@2020-H1"))
    assert (explanation.finding, problems) == (FINDING, ())


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (FINDING, "DOC-01", "explanations.bad_id"),
        (FINDING, "DOC-01@@2020-H1", "explanations.bad_id"),
        (FINDING, "DOC-9@soc-trang/long-phu@2020-H1", "records.unknown_rule"),
        (FINDING, "DOC-01@soc-trang@2020-H1", "request.unknown_unit"),
        (FINDING, "DOC-01@Long Phú@2020-H1", "request.ambiguous_unit"),
        (FINDING, "DOC-01@soc-trang/long-phu@2020", "figures.period"),
        ("status: doing", "status: xong", "records.one_of"),
        ("on: 12/6/2020", "on: hôm qua", "numerals.not_a_date"),
        ("by: UBND huyện", "who: UBND huyện", "figures.unknown_key"),
        ("Bốn xã", "Bốn xã " + "rất " * 1_000, "records.long_text"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, pack: RulePack, old: str, new: str, code: str) -> None:
    assert old in SOUND
    (kept,), problems = read(tmp_path, pack, SOUND.replace(old, new))
    assert codes(problems) == [code]
    assert kept.finding == OTHER


def test_an_explained_finding_without_a_text_is_a_warning(tmp_path: Path, pack: RulePack) -> None:
    written = f"format: 1\nexplanations:\n  - finding: {FINDING}\n"
    (explanation,), (problem,) = read(tmp_path, pack, written)
    assert (explanation.text, problem.code, problem.weight) == ("", "explanations.no_text", "warning")


def test_two_that_differ_are_an_error_naming_both_places(tmp_path: Path, pack: RulePack) -> None:
    _, problems = read(tmp_path, pack, SOUND, SOUND.replace("Bốn", "Ba"))
    assert codes(problems) == ["explanations.twice"]
    assert "giai-trinh-2.yaml" in str(problems[0].place)
    assert "giai-trinh-1.yaml, dòng 3" in problems[0].what


def test_the_same_one_twice_is_one(tmp_path: Path, pack: RulePack) -> None:
    explanations, problems = read(tmp_path, pack, SOUND, SOUND)
    assert (len(explanations), problems) == (2, ())


def test_the_rows_that_a_unit_filled_in_are_read(tmp_path: Path, pack: RulePack) -> None:
    book = filled_in(
        (FINDING, "…", "Bốn xã chưa được cấp.", "Đã giải trình", "Ông A", date(2020, 6, 12)),
        (OTHER, "…", None, "Chưa xử lý"),
        ("DOS-01@soc-trang/long-phu@2020-H1", "…", None, "Đã sửa"),
        ("DOS-02@soc-trang/long-phu@2020-H1", "…", "Không có.", None),
    )
    explanations, problems = read(tmp_path, pack, book)
    assert problems == ()
    assert [(one.finding.split("@")[0], one.text, one.status) for one in explanations] == [
        ("DOC-01", "Bốn xã chưa được cấp.", "explained"),
        ("DOS-01", "", "fixed"),
        ("DOS-02", "Không có.", "explained"),
    ]
    assert (explanations[0].by, explanations[0].on) == ("Ông A", date(2020, 6, 12))
    assert explanations[0].place.cell == "A3"


def test_columns_may_stand_in_any_order_and_headings_in_any_spelling(tmp_path: Path, pack: RulePack) -> None:
    headings = ("tình trạng", "GIẢI TRÌNH CỦA ĐƠN VỊ", "Ma phat hien")
    explanations, problems = read(
        tmp_path, pack, filled_in(("đang xử lý", "Chờ cấp.", FINDING), headings=headings)
    )
    assert problems == ()
    assert [(one.finding, one.status) for one in explanations] == [(FINDING, "doing")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ((None, "…", "Chờ cấp.", "Đang xử lý"), "explanations.no_id"),
        ((FINDING, "…", "Chờ cấp.", "Xong rồi"), "records.one_of"),
        (("DOC-01", "…", "Chờ cấp.", "Đã sửa"), "explanations.bad_id"),
        ((FINDING, "…", "=1/0", "Đã sửa"), "workbook.uncalculated"),
        ((FINDING, "…", "#REF!", "Đã sửa"), "workbook.error_cell"),
        ((FINDING, "…", "Chờ cấp.", "Đã sửa", "", "hôm qua"), "numerals.not_a_date"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_cell(
    tmp_path: Path, pack: RulePack, row: tuple[Any, ...], code: str
) -> None:
    explanations, problems = read(tmp_path, pack, filled_in(row))
    assert explanations == ()
    assert codes(problems) == [code]
    assert problems[0].place.cell.endswith("3")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (filled_in(headings=("Đơn vị", "Chỉ tiêu", "Giá trị")), "explanations.no_sheet"),
        (b"PK\x03\x04 cut", "workbook.door.truncated"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook.door.old_format"),
    ],
)
def test_a_workbook_that_is_no_findings_workbook_is_told_as_such(
    tmp_path: Path, pack: RulePack, content: bytes, code: str
) -> None:
    explanations, problems = read(tmp_path, pack, content)
    assert explanations == ()
    assert codes(problems) == [code]


def test_an_explanation_that_begins_like_a_formula_stays_text(tmp_path: Path, pack: RulePack) -> None:
    book = filled_in((FINDING, "…", "- chờ cấp chữ ký số", "Đang xử lý"))
    ((explanation,), _) = read(tmp_path, pack, book)
    assert explanation.text == "- chờ cấp chữ ký số"
