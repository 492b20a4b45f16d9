"""Each result that a command writes, given to `check` or `assess` as figures, is called what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.pipeline import dataset

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

REPORTED = dataset("long-phu-2020-h1")
AS_OF = ("--as-of", "2020-06-30")

WRITTEN: dict[str, tuple[tuple[str | Path, ...], str]] = {
    "check.json": (("check", REPORTED, *AS_OF, "-q"), "kết quả của lệnh check"),
    "check.xlsx": (("check", REPORTED, *AS_OF, "-q"), "bảng tính phát hiện do lệnh check"),
    "check.html": (("check", REPORTED, *AS_OF, "-q"), "là trang kết quả"),
    "assess.json": (("assess", REPORTED, *AS_OF), "phần đánh giá do lệnh assess"),
    "assess.docx": (("assess", REPORTED, *AS_OF), "là báo cáo bằng lời hoặc kết quả"),
    "compare.json": (("compare", REPORTED, REPORTED, *AS_OF), "kết quả của lệnh compare"),
    "compare.xlsx": (("compare", REPORTED, REPORTED, *AS_OF), "kết quả của lệnh compare"),
    "needs.json": (("whatif", REPORTED, *AS_OF), "khối lượng cần làm do lệnh whatif"),
    "set.json": (
        ("whatif", REPORTED, *AS_OF, "--set", "documents.outgoing=6000"),
        "kết quả thử của lệnh whatif",
    ),
    "explain.json": (("explain", "DOC-01@cap-xa", REPORTED, *AS_OF), "lời giải thích do lệnh explain"),
    "diff.json": (("rules", "diff", "vietnam-2020", "soc-trang-2020"), "kết quả của lệnh rules diff"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_result_given_as_figures_is_called_what_it_is(run: Command, tmp_path: Path, name: str) -> None:
    words, said = WRITTEN[name]
    path = tmp_path / name
    run(*words, "-o", path)
    assert path.exists()
    for command in ("check", "assess"):
        ran = run(command, path)
        assert ran.code == 2
        assert said in " ".join(ran.err.split())
        assert ran.err.count("không phải số liệu") == 1
        assert "Không có mục" not in ran.err


def test_the_findings_workbook_is_sent_to_where_explanations_are_taken(run: Command, tmp_path: Path) -> None:
    run("check", REPORTED, *AS_OF, "-q", "-o", tmp_path / "ket-qua.xlsx")
    assert "--explanations ket-qua.xlsx" in " ".join(run("check", tmp_path / "ket-qua.xlsx").err.split())
