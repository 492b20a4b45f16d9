"""A proofread report on the screen, as a page and as comments in a copy of the Word file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from docx import Document
from rich.console import Console

from compliance.intake.packs import dataset_root
from compliance.intake.report_text import read_report
from compliance.model.claims import Proofreading
from compliance.proofreading import find_slips, proofread
from compliance.render.docx_comments import render_docx_comments
from compliance.render.proofread_console import render_proofreading
from compliance.render.proofread_html import render_proofreading_html
from compliance.render.proofread_marks import build_marks, cut_at_marks

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from compliance.model.report import ReportText

OWN = dataset_root() / "long-phu-2020-h1-report" / "bao-cao.docx"


def proofreading_of(report: ReportText) -> Proofreading:
    claims = proofread(report.text, passages=report.passages)
    slips = find_slips(report.text, passages=report.passages)
    return Proofreading(source=report.source, claims=claims, slips=slips)


def read(path: Path) -> tuple[ReportText, Proofreading]:
    report, problems = read_report(path, name=path.name)
    assert report is not None, problems
    return report, proofreading_of(report)


@pytest.fixture(scope="module")
def own() -> tuple[ReportText, Proofreading]:
    return read(OWN)


def test_the_screen_shows_each_passage_with_its_reason(
    own: tuple[ReportText, Proofreading], golden: SnapshotAssertion
) -> None:
    report, result = own
    console = Console(width=80, file=io.StringIO(), no_color=True)
    with console.capture() as shown:
        console.print(render_proofreading(result, report.text))
    assert shown.get() == golden


def test_a_report_without_faults_says_so() -> None:
    console = Console(width=80, file=io.StringIO())
    with console.capture() as shown:
        console.print(render_proofreading(Proofreading(source="a.txt", claims=()), "Có 4/5 vụ."))
    assert "Không có phát hiện nào." in shown.get()


def test_the_page_holds_the_whole_text_and_runs_nothing(own: tuple[ReportText, Proofreading]) -> None:
    report, result = own
    page = render_proofreading_html(result, report.text)
    assert "Quản lý văn bản và điều hành" in page
    assert page.count("<mark") >= 7
    assert "<script" not in page
    assert "0,0376%" in page


def test_what_a_report_says_is_escaped() -> None:
    hostile = "Có 45/50 vụ, đạt <script>alert(1)</script> 95%."
    result = Proofreading(source="<b>.txt", claims=proofread(hostile))
    page = render_proofreading_html(result, hostile)
    assert "<script>alert" not in page
    assert "<b>.txt" not in page


def test_segments_cut_at_marks_give_the_text_back() -> None:
    text = "Có 45/50 vụ, đạt 95%; hồ sơ hồ sơ."
    marks = build_marks(Proofreading(source="a", claims=proofread(text), slips=find_slips(text)))
    assert "".join(segment.words for segment in cut_at_marks(text, 0, marks)) == text
    assert len(marks) == 2


def test_the_copy_carries_a_comment_at_each_passage(own: tuple[ReportText, Proofreading]) -> None:
    report, result = own
    copied = Document(io.BytesIO(render_docx_comments(OWN.read_bytes(), report, result)))
    comments = [comment.text for comment in copied.comments]
    assert len(comments) == 1 + len(build_marks(result))
    assert any("7 / 18.628 = 0,0376%" in comment for comment in comments)


def test_the_copy_says_what_the_original_says(own: tuple[ReportText, Proofreading], tmp_path: Path) -> None:
    report, result = own
    path = tmp_path / OWN.name
    path.write_bytes(render_docx_comments(OWN.read_bytes(), report, result))
    assert read(path)[0].text == report.text


def test_the_same_input_gives_the_same_comments(own: tuple[ReportText, Proofreading]) -> None:
    report, result = own
    first, second = (
        Document(io.BytesIO(render_docx_comments(OWN.read_bytes(), report, result))) for _ in range(2)
    )
    assert first.part._comments_part.blob == second.part._comments_part.blob
    assert b"w:date" not in first.part._comments_part.blob


def test_a_comment_begins_and_ends_with_its_passage(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Có ")
    paragraph.add_run("45/50").bold = True
    paragraph.add_run(" vụ, đạt 95%, còn lại đang xem xét.")
    path = tmp_path / "a.docx"
    document.save(str(path))
    report, result = read(path)
    copied = Document(io.BytesIO(render_docx_comments(path.read_bytes(), report, result)))
    xml = copied.paragraphs[0]._p.xml
    inside = xml[xml.index('commentRangeStart w:id="1"') : xml.index('commentRangeEnd w:id="1"')]
    assert [words in inside for words in ("45/50", "95%", "Có ", "còn lại")] == [True, True, False, False]
