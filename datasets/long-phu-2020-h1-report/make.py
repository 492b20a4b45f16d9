"""Write the Word and PDF files of this report from its text: `python make.py`. The PDF needs LibreOffice."""  # noqa: INP001 - a tool beside its data

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

HERE = Path(__file__).parent
_DATE = datetime(2020, 5, 21, tzinfo=UTC)
_HEADING = re.compile(r"(?:[IVX]+|\d+)\. ")
_HEAD_LINES = 7
"""Issuer, motto, place and date, and the title stand centred."""


def write_docx(source: Path, target: Path) -> None:
    """The report in Times New Roman 14 on A4, its items as a list."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    for number, line in enumerate(source.read_text(encoding="utf-8").splitlines()):
        if line.startswith("- "):
            document.add_paragraph(line.removeprefix("- "), style="List Bullet")
            continue
        paragraph = document.add_paragraph()
        paragraph.add_run(line).bold = number < _HEAD_LINES or bool(_HEADING.match(line))
        if number < _HEAD_LINES:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.core_properties.created = document.core_properties.modified = _DATE
    document.core_properties.title = "Báo cáo ứng dụng công nghệ thông tin 6 tháng đầu năm 2020"
    document.save(str(target))


def write_pdf(source: Path) -> None:
    """The Word file as PDF, beside it."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("LibreOffice (soffice) is needed for the PDF")
    command = [office, "--headless", "--convert-to", "pdf", "--outdir", str(source.parent), str(source)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own file, no shell


if __name__ == "__main__":
    write_docx(HERE / "bao-cao.txt", HERE / "bao-cao.docx")
    write_pdf(HERE / "bao-cao.docx")
