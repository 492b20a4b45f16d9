"""A report in Word, PDF or plain text, with places; and what is not opened."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.intake.docx_text import MalformedError, read_paragraphs
from compliance.intake.pdf_text import drop_running_heads, join_lines
from compliance.intake.report_text import read_report
from compliance.problems import Place

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as WordDocument

    from compliance.model.report import ReportText

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: WordDocument, folder: Path) -> Path:
    path = folder / "bao-cao.docx"
    document.save(str(path))
    return path


def read(path: Path) -> ReportText:
    report, problems = read_report(path, name=path.name)
    assert report is not None, problems
    return report


def refused(path: Path) -> str:
    report, problems = read_report(path, name=path.name)
    assert report is None
    (problem,) = problems
    assert problem.what
    assert problem.remedy
    return problem.code


def zipped(folder: Path, **parts: bytes) -> Path:
    path = folder / "bao-cao.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return path


def test_paragraphs_stand_on_lines_with_their_number(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Tiếp nhận 21.035 hồ sơ.")
    document.add_paragraph("")
    document.add_paragraph("Đạt 41,97%.")
    report = read(saved(document, tmp_path))
    assert report.text == "Tiếp nhận 21.035 hồ sơ.\nĐạt 41,97%."
    assert [passage.place for passage in report.passages] == [
        Place("bao-cao.docx", paragraph=1),
        Place("bao-cao.docx", paragraph=3),
    ]


def test_a_passage_is_the_stretch_of_its_paragraph(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Một.")
    document.add_paragraph("Hai.", style="List Bullet")
    report = read(saved(document, tmp_path))
    assert report.text == "Một.\n- Hai."
    assert [report.text[passage.start : passage.end] for passage in report.passages] == ["Một.", "Hai."]


def test_the_cells_of_a_row_stand_on_one_line(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    for row, words in enumerate((("Đơn vị", "Hồ sơ"), ("Phú Hữu", "06"))):
        for cell, word in enumerate(words):
            table.cell(row, cell).text = word
    assert read(saved(document, tmp_path)).text == "Đơn vị | Hồ sơ\nPhú Hữu | 06"


def test_tracked_changes_count_as_accepted(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Có ")
    for kind, tag, words in (("del", "delText", "12"), ("ins", "t", "21")):
        mark = (
            f'<w:{kind} {nsdecls("w")} w:id="1" w:author="a"><w:r><w:{tag}>{words}</w:{tag}></w:r></w:{kind}>'
        )
        paragraph._p.append(parse_xml(mark))
    paragraph.add_run(" hồ sơ.")
    assert read(saved(document, tmp_path)).text == "Có 21 hồ sơ."


def test_a_text_box_is_a_paragraph_of_its_own_and_read_once(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    body = (
        f'<w:document {WORD} xmlns:mc="{compatibility}"><w:body><w:p><w:r><w:t>Ngoài</w:t></w:r><w:r>'
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        "</w:r></w:p></w:body></w:document>"
    )
    assert read(zipped(tmp_path, document=body.encode())).text == "Ngoài\nTrong khung"


def test_footnotes_stand_at_the_end(tmp_path: Path) -> None:
    def part(root: str, words: str) -> bytes:
        return f"<w:{root} {WORD}><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:{root}>".encode()

    path = zipped(tmp_path, document=part("document", "Thân"), footnotes=part("footnotes", "Chú thích"))
    assert read(path).text == "Thân\nChú thích"


def test_the_text_is_in_nfc(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph(unicodedata.normalize("NFD", "Tiếp nhận hồ sơ"))
    assert read(saved(document, tmp_path)).text == "Tiếp nhận hồ sơ"


def test_plain_text_and_markdown_have_lines(tmp_path: Path) -> None:
    for suffix in ("txt", "md"):
        path = tmp_path / f"bao-cao.{suffix}"
        path.write_text("Một\n\nHai\n", encoding="utf-8")
        assert [str(passage.place) for passage in read(path).passages] == [
            f"bao-cao.{suffix}, dòng 1",
            f"bao-cao.{suffix}, dòng 3",
        ]


def test_running_heads_and_page_numbers_are_dropped() -> None:
    pages = [
        [f"UBND huyện {number}", "Nội dung", f"Đoạn {number} của báo cáo", f"- {number} -"]
        for number in (1, 2, 3)
    ]
    kept = drop_running_heads(pages)
    assert kept[1] == ["Nội dung", "Đoạn 2 của báo cáo"] or kept[1] == []


def test_a_page_number_alone_is_dropped_and_a_figure_is_not() -> None:
    assert drop_running_heads([["Tiếp nhận 21 hồ sơ", "12"]]) == [["Tiếp nhận 21 hồ sơ"]]


def test_lines_of_a_page_join_to_paragraphs() -> None:
    lines = ["Trong kỳ đã tiếp nhận 21.035", "hồ sơ, đạt 41,97%.", "- Khoản mục mới"]
    assert join_lines(lines) == ["Trong kỳ đã tiếp nhận 21.035 hồ sơ, đạt 41,97%.", "- Khoản mục mới"]


def test_hyphenation_at_a_lines_end_is_undone() -> None:
    assert join_lines(["Cổng thông tin điện tử, inter-", "net."]) == ["Cổng thông tin điện tử, internet."]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", b"", "intake.source.empty"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"x" * 600, "report_text.docx.old_format"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "report_text.docx.encrypted",
        ),
        ("a.docx", b"no archive", "report_text.docx.not_word"),
        ("a.docx", b"PK\x03\x04 cut off", "report_text.docx.truncated"),
        ("a.doc", b"x", "report_text.docx.old_format"),
        ("a.rtf", b"{}", "report_text.unknown_suffix"),
        ("a.pdf", b"no pdf", "report_text.pdf.unreadable"),
        ("a.pdf", b"%PDF-1.7 broken", "report_text.pdf.unreadable"),
        ("a.txt", b"  \n ", "intake.source.empty"),
        ("a.txt", b"\xff\xfe\x00", "intake.source.utf16"),
    ],
)
def test_what_is_no_report_is_refused_with_a_reason(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refused(path) == code


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    assert refused(tmp_path / "khong-co.docx") == "intake.source.missing"


def test_an_archive_without_a_document_is_no_word_file(tmp_path: Path) -> None:
    assert refused(zipped(tmp_path)) == "report_text.docx.not_word"


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    assert refused(zipped(tmp_path, document=b"<w>" + b" " * 20_000_000)) == "report_text.docx.ratio"


@pytest.mark.parametrize(
    "xml",
    [
        b"<w:p>",
        b'<!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>',
        b"<a>" * 300 + b"</a>" * 300,
    ],
)
def test_xml_that_is_none_or_declares_entities_or_is_too_deep_is_malformed(
    tmp_path: Path, xml: bytes
) -> None:
    assert refused(zipped(tmp_path, document=xml)) == "report_text.docx.malformed"


def test_a_document_without_words_is_said(tmp_path: Path) -> None:
    assert refused(saved(Document(), tmp_path)) == "report_text.no_text"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_report_or_a_reason(tmp_path: Path, content: bytes) -> None:
    for suffix in ("docx", "pdf", "txt"):
        path = tmp_path / f"a.{suffix}"
        path.write_bytes(content)
        report, problems = read_report(path)
        assert (report is None) == bool(problems)


@given(st.text(alphabet="<>/wpt&; \n=\"'", max_size=200))
def test_any_xml_is_read_or_malformed(xml: str) -> None:
    try:
        read_paragraphs(xml.encode())
    except MalformedError:
        return


def test_every_passage_of_a_word_file_is_its_own_text(tmp_path: Path) -> None:
    document = Document()
    for words in ("Một", "", "Hai", "Ba"):
        document.add_paragraph(words)
    buffer = io.BytesIO()
    document.save(buffer)
    path = tmp_path / "a.docx"
    path.write_bytes(buffer.getvalue())
    report = read(path)
    assert [report.text[p.start : p.end] for p in report.passages] == ["Một", "Hai", "Ba"]
