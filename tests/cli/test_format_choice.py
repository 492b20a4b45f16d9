"""Which file a command writes: by its suffix or `--format`; of one that it does not write, who does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.cli.format_choice import FORMATS
from compliance.pipeline import dataset

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

REPORTED = dataset("long-phu-2020-h1")


def test_word_from_check_is_sent_to_the_commands_that_write_it(run: Command, tmp_path: Path) -> None:
    ran = run("check", REPORTED, "-o", tmp_path / "ket-qua.docx")
    assert ran.code == 2
    assert "Lệnh check không ghi tệp đuôi «.docx»." in ran.err
    assert "với đuôi: .json, .md, .html, .xlsx." in ran.err
    assert "Tệp .docx do các lệnh sau ghi: compliance assess, compliance compare, " in ran.err
    assert "--per-unit THƯ-MỤC" in ran.err


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [
        (("assess", REPORTED), "x.xlsx", "Tệp .xlsx do các lệnh sau ghi: compliance check, "),
        (("assess", REPORTED), "x.doc", "Tệp .docx do các lệnh sau ghi: compliance assess, "),
        (("explain", "DOC-01", REPORTED), "x.xls", "Tệp .xlsx do các lệnh sau ghi: compliance check, "),
        (("rules", "diff", "a", "b"), "x.txt", "Tệp .txt do các lệnh sau ghi: compliance assess."),
        (("whatif", REPORTED), "x.pptx", "với đuôi: .md, .html, .docx, .json."),
        (("template", "--unit", "xa-phu-huu"), "x.docx", "với đuôi: .yaml, .csv, .xlsx."),
    ],
)
def test_a_file_that_a_command_does_not_write_is_refused_with_those_that_are_written(
    run: Command, tmp_path: Path, words: tuple[str | Path, ...], name: str, said: str
) -> None:
    ran = run(*words, "-o", tmp_path / name)
    assert ran.code == 2
    assert said in ran.err
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("command", ["check", "whatif"])
def test_a_file_without_a_suffix_is_asked_for_one(run: Command, tmp_path: Path, command: str) -> None:
    ran = run(command, REPORTED, "-o", tmp_path / "ket-qua")
    assert ran.code == 2
    assert "ở dạng nào. Hãy đặt tên tệp với đuôi: " in ran.err
    assert not (tmp_path / "ket-qua").exists()


def test_a_format_that_a_command_does_not_write_is_refused(run: Command) -> None:
    ran = run("check", REPORTED, "--format", "docx")
    assert ran.code == 2
    assert "Lệnh check không ghi dạng «docx»." in ran.err


@pytest.mark.parametrize("command", FORMATS)
def test_the_help_of_a_command_names_the_suffixes_that_it_writes(run: Command, command: str) -> None:
    suffixes = ", ".join(f".{form}" for form in FORMATS[command] if form != "console")
    assert f"{suffixes}]" in " ".join(run(*command.split(), "--help").out.split())
