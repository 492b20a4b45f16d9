"""What a user reads who typed a command wrong: where, what is wrong, what to do; never English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from compliance.pipeline import dataset

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

REPORTED = str(dataset("long-phu-2020-h1"))
ENGLISH = re.compile(
    r"\b(?:the|such|Missing|Got|Usage|Options|Error|Invalid|requires|argument|directory|Try)\b"
)

WRONG = {
    ("chek", REPORTED): "compliance: không có lệnh «chek». Có phải «check»? ",
    ("rules", "lst"): "compliance rules: không có lệnh «lst». Có phải «list»? ",
    ("--",): "compliance: chưa ghi tên lệnh. Hãy chạy compliance --help",
    ("check",): "compliance check: chưa ghi ĐƯỜNG-DẪN…. Hãy gõ: compliance check ĐƯỜNG-DẪN…. ",
    ("compare", "truoc"): "compliance compare: chưa ghi MỚI. Hãy gõ: compliance compare CŨ MỚI. ",
    ("bulk", "bang.csv"): "compliance bulk: thiếu tùy chọn -o, --output THƯ-MỤC. ",
    ("check", "--perid", "2020-H1", REPORTED): "không có tùy chọn «--perid». Có phải «--period»? ",
    ("check", "-previous", REPORTED): "không có tùy chọn «-previous». Có phải «--previous»? ",
    ("check", "-z", REPORTED): "không có tùy chọn «-z». Hãy chạy compliance check --help ",
    ("check", REPORTED, "--pack"): "sau --pack chưa có giá trị. Hãy gõ: --pack MÃ. ",
    ("check", REPORTED, "--quiet=3"): "tùy chọn --quiet không kèm giá trị. Hãy chỉ gõ --quiet. ",
    ("check", REPORTED, "--large-files", "nhiều"): "«nhiều» không dùng được cho --large-files N. ",
    ("check", REPORTED, "--large-files", "500"): "Hãy ghi một số nguyên từ 1 đến 100. ",
    ("invent", "ledger", "-o", "so", "--seed", "-1"): "Hãy ghi một số nguyên từ 0 trở lên. ",
    ("check", REPORTED, "-o", "1.html", "-o", "2.xlsx"): "tùy chọn -o, --output TỆP chỉ ghi một lần, "
    "đang có «1.html», «2.xlsx». Hãy giữ một giá trị; ",
    ("check", "--period=2020-H1", REPORTED, "--period", "2020-H2"): "đang có «2020-H1», «2020-H2». ",
    ("template", "-oa.csv", "--output", "b.csv"): "compliance template: tùy chọn -o, --output ",
    ("rules", "show", "DOC-01", "--pack", "a", "--pack", "b"): "tùy chọn --pack MÃ chỉ ghi một lần, ",
    ("rules", "show", "DOC-01", "DOC-02"): "thừa «DOC-02». Hãy gõ: compliance rules show MÃ; ",
    ("check", "khong-co"): "Không tìm thấy tệp hoặc thư mục «khong-co».",
}


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_command_typed_wrong_is_refused_with_what_to_do(run: Command, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert WRONG[words] in f"{ran.err.strip()} "
    assert ENGLISH.search(ran.err) is None


def test_what_may_be_repeated_still_may(run: Command) -> None:
    """Values of an option that takes several, switches, a word after a bare `--`, and the help."""
    words = ("--previous", REPORTED, "--previous", REPORTED, "-q", "--quiet")
    assert run("check", *words, "--as-of", "2020-06-30", REPORTED).code == 1
    assert "Không tìm thấy" in run("check", "-o", "a.html", "--", REPORTED, "-o").err
    assert run("check", "-o", "1.html", "-o", "2.html", "--help").code == 0


@pytest.mark.parametrize("words", [(), ("rules",), ("invent",)])
def test_a_group_without_a_command_shows_which_it_has(run: Command, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert "Lệnh:" in ran.err


@pytest.mark.parametrize(
    "words", [(), ("check",), ("rules", "lint"), ("invent", "ledger"), ("bulk",), ("reconcile",)]
)
def test_the_help_is_vietnamese(run: Command, words: tuple[str, ...]) -> None:
    ran = run(*words, "--help")
    assert ran.code == 0
    assert ran.out.startswith("Cách gõ: compliance")
    assert "Hiện trang hướng dẫn này rồi dừng." in ran.out
    assert ENGLISH.search(ran.out) is None


def test_the_help_of_an_option_says_bounds_and_default(run: Command) -> None:
    words = " ".join(run("check", "--help").out.split())
    assert "[mặc định: 1; từ 1 đến 100]" in words
    assert "ĐƯỜNG-DẪN… Tệp hoặc thư mục số liệu. [bắt buộc]" in words


def test_a_place_that_cannot_be_written_is_refused_in_vietnamese(run: Command, tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("", encoding="utf-8")
    ran = run("check", REPORTED, "-q", "-o", tmp_path / "tep" / "ket-qua.json")
    assert ran.code == 2
    assert "một phần của đường dẫn là tệp, không phải thư mục" in ran.err
