from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

from compliance.render.docx import render_assessment_docx

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from compliance.model.assessment import Assessment

AS_OF = date(2020, 6, 30)


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def document(assessment: Assessment) -> Document:
    return opened(render_assessment_docx(assessment, as_of=AS_OF))


def millimetres(length: int | None) -> int:
    return round((length or 0) / Mm(1))


def styled(document: Document, style: str) -> list[Paragraph]:
    return [each for each in document.paragraphs if each.style is not None and each.style.name == style]


def test_the_sections_are_those_of_the_report(document: Document) -> None:
    assert [each.text for each in styled(document, "Heading 2")] == ["Đánh giá chung"]
    assert [each.text for each in styled(document, "Heading 3")] == ["Ưu điểm", "Hạn chế"]
    assert [each.text for each in styled(document, "Heading 1")] == [
        "PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2020"
    ]


def test_each_statement_and_task_is_a_paragraph_of_a_list(document: Document, assessment: Assessment) -> None:
    statements = (*assessment.strengths, *assessment.limitations)
    assert [each.text for each in styled(document, "List Bullet")] == [each.text for each in statements]
    assert len(styled(document, "List Number")) == len(assessment.tasks)


def test_numbers_are_real_and_begin_with_four_and_two(document: Document) -> None:
    numbering = document.part.numbering_part.element
    starts = {}
    for level in numbering.iter(qn("w:lvl")):
        style = level.find(qn("w:pStyle"))
        starts[style.get(qn("w:val"))] = (
            level.find(qn("w:start")).get(qn("w:val")),
            level.find(qn("w:lvlText")).get(qn("w:val")),
        )
    assert starts["Heading1"] == ("2", "%1.")
    assert starts["Heading2"] == ("4", "%1.")
    assert starts["Heading3"] == ("1", "%1.%2.")
    assert starts["ListNumber"] == ("1", "%1.")
    assert not any(each.text[:1].isdigit() for each in styled(document, "Heading 3"))


def test_numbers_survive_a_paste_since_paragraphs_carry_their_list(document: Document) -> None:
    for style in ("Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number"):
        for paragraph in styled(document, style):
            properties = paragraph._p.pPr
            assert properties is not None
            assert properties.numPr is not None


def test_the_form_is_that_of_the_decree(document: Document) -> None:
    page = document.sections[0]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [millimetres(margin) for margin in margins] == [20, 20, 30, 15]
    assert (millimetres(page.page_width), millimetres(page.page_height)) == (210, 297)
    for name in ("Body Text", "List Bullet", "List Number"):
        style = document.styles[name]
        assert style.font.name == "Times New Roman"
        assert style.font.size == Pt(14)
        layout = style.paragraph_format
        assert layout.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
        assert abs(layout.first_line_indent - Cm(1)) < Pt(1)
        assert layout.space_after == Pt(6)


def test_every_script_of_every_style_in_use_is_times_new_roman(document: Document) -> None:
    for name in ("Normal", "Body Text", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number"):
        fonts = document.styles[name].element.rPr.rFonts
        scripts = {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert scripts == {"Times New Roman"}
        assert not [name for name in fonts.attrib if name.endswith("Theme")]


def test_the_page_number_is_centred_at_the_top_but_not_on_the_first_page(document: Document) -> None:
    page = document.sections[0]
    assert page.different_first_page_header_footer
    assert not page.first_page_header.paragraphs[0].text
    header = page.header.paragraphs[0]
    assert header.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert [each.text for each in header._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert header.runs[0].font.size == Pt(13)


def test_a_comment_carries_rule_figures_places_and_basis(document: Document) -> None:
    comment = next(each for each in document.comments if "2.737/6.522 = 41,97%" in each.text)
    lines = comment.text.split("\n")
    assert lines[0] == "Quy tắc: DOC-01"
    assert lines[2].startswith("Vị trí: long-phu-2020-h1/huyen.yaml, dòng 35")
    assert lines[3].startswith("Căn cứ: Nghị quyết số 17/NQ-CP")
    assert comment.author == "Tuân Thủ"


def test_every_sentence_has_its_comment(document: Document, assessment: Assessment) -> None:
    sentences = len(assessment.strengths) + len(assessment.limitations) + len(assessment.tasks)
    assert len(list(document.comments)) == sentences + bool(assessment.undecided)


def test_a_clean_file_has_no_comments_at_all(assessment: Assessment) -> None:
    content = render_assessment_docx(assessment, as_of=AS_OF, clean=True)
    assert not [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if "comments" in name]
    assert len(styled(opened(content), "List Number")) == len(assessment.tasks)


def test_the_tasks_stand_in_tables_too(document: Document, assessment: Assessment) -> None:
    first = document.tables[0]
    assert [cell.text for cell in first.rows[0].cells][:3] == ["TT", "Nhiệm vụ", "Chủ trì"]
    assert first.rows[0]._tr.trPr is not None
    assert first.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    groups = len({task.group for task in assessment.tasks})
    assert sum(len(table.rows) for table in document.tables[:groups]) == len(assessment.tasks) + groups
    task = assessment.tasks[0]
    assert [cell.text for cell in first.rows[1].cells][:2] == ["1", task.action]
    assert millimetres(document.sections[1].page_width) == 297


def test_without_tasks_there_is_no_table(assessment: Assessment) -> None:
    content = render_assessment_docx(assessment.model_copy(update={"tasks": ()}), as_of=AS_OF)
    assert not opened(content).tables
    assert len(opened(content).sections) == 1


def test_the_file_is_the_same_each_time(assessment: Assessment) -> None:
    first, second = (render_assessment_docx(assessment, as_of=AS_OF) for _ in range(2))
    assert first == second


def test_its_dates_are_those_of_the_run(document: Document) -> None:
    properties = document.core_properties
    assert properties.created == properties.modified == datetime(2020, 6, 30, tzinfo=UTC)
    assert {each.timestamp for each in document.comments} == {datetime(2020, 6, 30, tzinfo=UTC)}
    assert properties.author == "Tuân Thủ"
    assert properties.language == "vi-VN"
