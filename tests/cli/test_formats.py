"""Which file each option writes, as its users type it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx

from compliance.pipeline import dataset

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

REPORTED = dataset("long-phu-2020-h1")
AS_OF = ("--as-of", "2020-06-30")


def comments(path: Path) -> int:
    return len(list(docx.Document(io.BytesIO(path.read_bytes())).comments))


def test_a_page_is_chosen_by_its_suffix(run: Command, tmp_path: Path) -> None:
    ran = run("check", REPORTED, *AS_OF, "-q", "-o", tmp_path / "ket-qua.html")
    assert ran.code == 1
    page = (tmp_path / "ket-qua.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "Sao chép nhiệm vụ" in page


def test_an_assessment_in_word_has_comments_unless_it_is_to_be_clean(run: Command, tmp_path: Path) -> None:
    run("assess", REPORTED, *AS_OF, "-o", tmp_path / "danh-gia.docx")
    run("assess", REPORTED, *AS_OF, "--clean", "-o", tmp_path / "sach.docx")
    assert comments(tmp_path / "danh-gia.docx") > 20
    assert comments(tmp_path / "sach.docx") == 0


def test_a_whole_draft_is_written_on_demand(run: Command, tmp_path: Path) -> None:
    run("assess", REPORTED, *AS_OF, "--full", "-o", tmp_path / "du-thao.docx")
    document = docx.Document(io.BytesIO((tmp_path / "du-thao.docx").read_bytes()))
    assert "BÁO CÁO" in [paragraph.text for paragraph in document.paragraphs]


def test_a_draft_of_several_units_asks_for_one(run: Command, tmp_path: Path) -> None:
    units = [REPORTED / "thi-tran-dai-ngai.yaml", REPORTED / "xa-phu-huu.yaml"]
    ran = run("assess", *units, *AS_OF, "--full", "-o", tmp_path / "du-thao.docx")
    assert ran.code == 2
    assert "Hãy chọn bằng --unit" in ran.err
    assert not (tmp_path / "du-thao.docx").exists()


def test_word_is_not_printed_on_the_terminal(run: Command) -> None:
    ran = run("assess", REPORTED, *AS_OF, "--format", "docx")
    assert ran.code == 2
    assert "phải ghi ra tệp" in ran.err


def test_a_page_for_each_unit_is_word_or_html(run: Command, tmp_path: Path) -> None:
    word = run("check", REPORTED, *AS_OF, "-q", "--per-unit", tmp_path / "word")
    run("check", REPORTED, *AS_OF, "-q", "--per-unit", tmp_path / "web", "--format", "html")
    assert word.code == 1
    for folder, suffix in (("word", "docx"), ("web", "html")):
        names = sorted(path.name for path in (tmp_path / folder).iterdir())
        assert len(names) == 5
        assert names[-1] == f"soc-trang__long-phu__cap-xa__xa-phu-huu_2020-H1.{suffix}"


def test_the_demonstration_writes_every_output(run: Command, tmp_path: Path) -> None:
    run("demo", "-o", tmp_path)
    written = {path.name for path in tmp_path.iterdir()}
    assert {
        "ket-qua.html",
        "ket-qua.json",
        "ket-qua.md",
        "danh-gia.docx",
        "danh-gia.txt",
        "du-thao-bao-cao.docx",
        "don-vi",
    } <= written
