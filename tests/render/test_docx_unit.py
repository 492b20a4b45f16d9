from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import docx

from compliance.render.docx_unit import render_unit_docx
from compliance.render.unit_page import UnitPage, compose_unit_pages

if TYPE_CHECKING:
    from docx.document import Document

    from compliance.model.check import Check

DUE = date(2020, 7, 15)


def pages(check: Check) -> dict[str, UnitPage]:
    return {page.unit.rsplit("/", 1)[-1]: page for page in compose_unit_pages(check, DUE)}


def opened(page: UnitPage) -> Document:
    return docx.Document(io.BytesIO(render_unit_docx(page)))


def words(document: Document) -> str:
    return "\n".join(each.text for each in document.paragraphs)


def test_every_submission_gets_its_page(many_units: Check) -> None:
    assert len(pages(many_units)) == len(many_units.submissions)


def test_the_page_says_the_result_and_the_day(long_phu: Check) -> None:
    text = words(opened(pages(long_phu)["cap-xa"]))
    assert "Kết quả: Chưa đủ điều kiện tiếp nhận." in text
    assert "gửi lại chậm nhất ngày 15/7/2020" in text


def test_what_to_correct_stands_with_its_place_and_how(long_phu: Check) -> None:
    table = opened(pages(long_phu)["cap-xa"]).tables[0]
    number, what, where, how = (cell.text for cell in table.rows[1].cells)
    assert number == "1"
    assert "7/18.628 = 0,0376%" in what or "7/18.628 ≈ 0,0376%" in what
    assert what.endswith("[RATE:dossiers.late:stated]")
    assert where == "cap-xa.yaml: dòng 42; dòng 25; dòng 23"
    assert how.startswith("Tính lại tỷ lệ này")


def test_what_to_explain_leaves_room_for_the_answer(long_phu: Check) -> None:
    table = opened(pages(long_phu)["cap-xa"]).tables[1]
    assert [cell.text for cell in table.rows[0].cells][-1] == "Giải trình của đơn vị"
    assert {row.cells[-1].text for row in table.rows[1:]} == {""}


def test_what_is_accepted_is_named(many_units: Check) -> None:
    text = words(opened(pages(many_units)["xa-phu-huu"]))
    assert "Các lĩnh vực không có nội dung phải sửa hoặc giải trình: Hệ thống một cửa điện tử" in text


def test_a_missing_figure_is_asked_for(many_units: Check) -> None:
    text = words(opened(pages(many_units)["phong-giao-duc-dao-tao"]))
    assert "Số liệu bắt buộc còn thiếu (1)" in text
    assert "Văn bản điện tử đã ký số" in text


def test_the_reporter_is_asked_where_the_figures_are_an_excerpt(long_phu: Check) -> None:
    page = pages(long_phu)["cap-xa"]
    assert page.reporter == "huyện Long Phú"
    assert page.request.startswith("Đề nghị huyện Long Phú ")


def test_an_accepted_unit_is_asked_nothing(long_phu: Check) -> None:
    accepted = tuple(
        each.model_copy(update={"accepted": "accepted", "blocking": (), "to_explain": ()})
        for each in long_phu.submissions
    )
    check = long_phu.model_copy(update={"submissions": accepted, "findings": ()})
    text = words(opened(pages(check)["long-phu"]))
    assert "Số liệu của huyện Long Phú đã được tiếp nhận, không phải gửi lại." in text
    assert text.count("Không có.") == 2


def test_file_names_are_safe_and_differ(many_units: Check) -> None:
    stems = [page.file_stem for page in pages(many_units).values()]
    assert len(set(stems)) == len(stems)
    assert not any("/" in stem for stem in stems)


def test_the_page_is_the_same_each_time(long_phu: Check) -> None:
    page = pages(long_phu)["cap-xa"]
    assert render_unit_docx(page) == render_unit_docx(page)
