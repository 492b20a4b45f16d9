"""`compare` on the datasets."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from compliance.pipeline import dataset

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

REPORTED = dataset("long-phu-2020-h1")
FAULTY = dataset("long-phu-2020-h1-faulty")
UNITS = dataset("long-phu-2020-h1-units")
LATE = "RATE:dossiers.late:stated@soc-trang/long-phu/cap-xa@2020-H1"


def test_errors_that_were_put_right_are_resolved(run: Command) -> None:
    ran = run("compare", FAULTY, UNITS, "--as-of", "2020-06-30", "--format", "json")
    result = json.loads(ran.out)
    assert ran.code == 0
    assert len(result["resolved"]) > 20
    assert {change["after"] for change in result["resolved"]} == {"pass"}


def test_a_corrected_and_resubmitted_file_lists_its_finding_as_resolved(run: Command, tmp_path: Path) -> None:
    shutil.copytree(REPORTED, tmp_path / "nop-lai")
    path = tmp_path / "nop-lai" / "cap-xa.yaml"
    written = path.read_text(encoding="utf-8")
    assert "0,03%" in written
    path.write_text(written.replace("0,03%", "0,04%"), encoding="utf-8")
    ran = run("compare", REPORTED, tmp_path / "nop-lai", "--as-of", "2020-06-30", "--format", "json")
    result = json.loads(ran.out)
    assert LATE in [change["id"] for change in result["resolved"]]
    assert result["new"] == []


def test_the_half_year_before_is_compared_in_points(run: Command, tmp_path: Path) -> None:
    shutil.copytree(REPORTED, tmp_path / "truoc")
    for path in (tmp_path / "truoc").glob("*.yaml"):
        written = path.read_text(encoding="utf-8").replace("2020-H1", "2019-H2")
        written = written.replace('outgoing_electronic: "2.737"', 'outgoing_electronic: "2.500"')
        path.write_text(written, encoding="utf-8")
    ran = run("compare", tmp_path / "truoc", REPORTED, "--as-of", "2020-06-30", "--format", "md")
    assert "6 tháng cuối năm 2019" in ran.out
    assert "| 38,33% | 41,97% | tăng 3,63 điểm phần trăm |" in ran.out


@pytest.mark.parametrize("form", ["console", "md", "html", "json"])
def test_every_format_names_what_is_resolved(run: Command, form: str) -> None:
    out = run("compare", FAULTY, UNITS, "--as-of", "2020-06-30", "--format", form).out
    assert "DOS-03" in out


def test_figures_that_cannot_be_read_end_with_2(run: Command, tmp_path: Path) -> None:
    ran = run("compare", tmp_path / "khong-co", UNITS)
    assert ran.code == 2
    assert "khong-co" in ran.err


def test_it_is_written_to_word_and_never_to_the_terminal(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "thay-doi.docx"
    assert run("compare", REPORTED, REPORTED, "--as-of", "2020-06-30", "-o", path).code == 0
    assert path.read_bytes().startswith(b"PK")
    assert run("compare", REPORTED, REPORTED, "--format", "docx").code == 2
