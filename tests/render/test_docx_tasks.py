"""The tables of tasks: a table for each group, no column without content."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import docx

from compliance.model.assessment import Task
from compliance.render.docx_tasks import add_task_tables

if TYPE_CHECKING:
    from docx.table import Table


def _task(group: str = "remedy", **more: str) -> Task:
    return Task.model_validate(
        {
            "group": group,
            "action": "Sửa số liệu.",
            "lead": "Phòng Tư pháp",
            "due": date(2020, 7, 15),
            "expected": "Số liệu khớp nhau.",
            "why": "",
            **more,
        }
    )


def _tables(*tasks: Task) -> list[Table]:
    document = docx.Document()
    add_task_tables(document, tasks)
    return document.tables


def _cells(table: Table, row: int) -> list[str]:
    return [cell.text for cell in table.rows[row].cells]


def test_a_column_that_nobody_fills_is_left_out() -> None:
    (table,) = _tables(_task())
    assert _cells(table, 0) == ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Kết quả cần đạt"]


def test_a_column_that_few_fill_stands_below_its_neighbour() -> None:
    (table,) = _tables(_task(), _task(), _task(support="Phòng Nội vụ", citation="Kế hoạch 09/KH-UBND"))
    assert _cells(table, 0) == ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Kết quả cần đạt"]
    assert _cells(table, 1)[2] == "Phòng Tư pháp"
    assert _cells(table, 3)[2] == "Phòng Tư pháp\nPhối hợp: Phòng Nội vụ"
    assert _cells(table, 3)[4] == "Số liệu khớp nhau.\nCăn cứ: Kế hoạch 09/KH-UBND"


def test_a_column_that_half_fill_stands_for_itself() -> None:
    (table,) = _tables(_task(), _task(support="Phòng Nội vụ"))
    assert _cells(table, 0)[3] == "Phối hợp"


def test_each_group_has_a_table_and_the_numbers_count_on() -> None:
    remedy, keep = _tables(_task(), _task(), _task("keep"))
    assert [_cells(remedy, row)[0] for row in (1, 2)] == ["1", "2"]
    assert _cells(keep, 1)[0] == "3"


def test_what_it_takes_stands_with_what_is_expected() -> None:
    (table,) = _tables(_task(takes="cần thêm 3 mục"))
    assert _cells(table, 1)[-1] == "Số liệu khớp nhau. Khối lượng: cần thêm 3 mục."


def test_without_tasks_there_is_no_page_laid_across() -> None:
    document = docx.Document()
    add_task_tables(document, ())
    assert len(document.sections) == 1
