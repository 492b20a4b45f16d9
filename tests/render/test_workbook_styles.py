"""Text stays text, sheets are named as programs allow, rows are high enough for their text."""

from __future__ import annotations

import io
from datetime import datetime

from openpyxl import load_workbook

from compliance.render.workbook_styles import MAX_TEXT, Book, height_of, lines_needed, sheet_name

CREATED = datetime(2020, 6, 30)  # noqa: DTZ001 - a workbook keeps a time without a zone


def test_a_text_longer_than_a_cell_is_cut_and_said_to_be() -> None:
    book = Book("x", CREATED)
    book.write_text(book.sheet("s"), 0, 0, "a" * (MAX_TEXT + 1))
    shown = str(load_workbook(io.BytesIO(book.finish())).worksheets[0]["A1"].value)
    assert len(shown) == MAX_TEXT
    assert shown.endswith("xem đầy đủ trong kết quả dạng json)")


def test_control_characters_do_not_break_the_file() -> None:
    book = Book("x", CREATED)
    book.write_text(book.sheet("s"), 0, 0, "a\x00\x0bb")
    assert load_workbook(io.BytesIO(book.finish())).worksheets[0]["A1"].value is not None


def test_a_sheet_is_named_without_marks_that_programs_refuse() -> None:
    assert sheet_name("Thu/chi: [2020]*?", set()) == "Thu chi   2020"


def test_a_sheets_name_is_cut_and_stays_unique() -> None:
    taken: set[str] = set()
    title = "Tiếp nhận, giải quyết hồ sơ thủ tục hành chính"
    names = [sheet_name(title, taken) for _ in range(3)]
    assert len({name.casefold() for name in names}) == 3
    assert all(len(name) <= 31 for name in names)


def test_a_long_text_makes_a_higher_row() -> None:
    assert lines_needed("một dòng", 40) == 1
    assert lines_needed("a\nb", 40) == 2
    assert height_of(("x" * 200, 20.0)) > height_of(("x", 20.0))


def test_no_row_is_higher_than_programs_allow() -> None:
    assert height_of(("x" * 100_000, 10.0)) == 409
