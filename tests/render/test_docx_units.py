"""The annex that lists, unit by unit, what one sentence says of many."""

from __future__ import annotations

from typing import Any

import docx

from compliance.model.assessment import NamedUnit, Statement
from compliance.render.docx_units import UnitTables


def _statement(name: str, *found: str, **more: Any) -> Statement:
    units = tuple(
        NamedUnit(unit=f"d/c/{place}", label=f"xã {place}", found=words) for place, words in enumerate(found)
    )
    known = {"area": "documents", "text": "…", "rules": (), "outcomes": (), "is_abridged": True}
    return Statement.model_validate(
        {"id": name, "title": f"Nội dung {name}", "units": units, **known, **more}
    )


def _rows(tables: UnitTables) -> list[list[list[str]]]:
    document = docx.Document()
    tables.add(document)
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def test_short_figures_of_several_sentences_share_a_table() -> None:
    (table,) = _rows(UnitTables.of([_statement("A", "10%", "20%"), _statement("B", "30%")]))
    assert table == [
        ["TT", "Đơn vị", "Nội dung A", "Nội dung B"],
        ["1", "Xã 0", "10%", "30%"],
        ["2", "Xã 1", "20%", "–"],
    ]


def test_what_takes_a_sentence_has_a_table_of_its_own() -> None:
    long = "không khớp, 52 ≠ 47 + 8 + 0 = 55, chênh lệch 3 hồ sơ"
    tables = UnitTables.of([_statement("A", long), _statement("B", "30%")])
    assert [len(table) for table in tables.tables] == [1, 1]
    assert _rows(tables)[0] == [["TT", "Đơn vị", "Số liệu và sai lệch"], ["1", "Xã 0", long]]


def test_a_sentence_refers_to_its_table_by_number() -> None:
    tables = UnitTables.of([_statement("A", "x" * 50), _statement("B", "30%")], first=3)
    assert tables.refer_to("A") == "(Phụ lục, biểu 3)"
    assert tables.refer_to("A", "B") == "(Phụ lục, biểu 3, 4)"
    assert tables.refer_to("C") == ""


def test_sentences_that_say_all_need_no_annex() -> None:
    tables = UnitTables.of([_statement("A", "10%", is_abridged=False)])
    document = docx.Document()
    tables.add(document)
    assert len(document.sections) == 1
    assert not document.tables


def test_what_is_no_part_of_the_report_is_not_called_its_annex() -> None:
    tables = UnitTables.of([_statement("A", "10%")], first=2, of_annex=True)
    document = docx.Document()
    tables.add(document)
    assert tables.refer_to("A") == "(chi tiết ở biểu 2)"
    assert document.paragraphs[1].text == "CHI TIẾT THEO ĐƠN VỊ CỦA NỘI DUNG PHẢI XỬ LÝ"
