"""What the program wrote itself, given as figures, is called by its name with what is to be given instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.intake.grid import Sheet
from compliance.intake.own_outputs import (
    recognise_folder,
    recognise_sheets,
    recognise_table,
    recognise_values,
)
from compliance.intake.submissions import read_submissions
from compliance.intake.yaml_source import parse_yaml
from compliance.problems import Place

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.model.rulepack import RulePack


def _sheets(*titles: str) -> list[Sheet]:
    return [Sheet(title, Place("ket-qua.xlsx", sheet=title), {}) for title in titles]


@pytest.mark.parametrize(
    ("titles", "code"),
    [
        (("Tổng hợp", "Ma trận", "Phát hiện", "Kết quả", "Bản kê"), "own_output.findings_workbook"),
        (("Tổng hợp", "Thay đổi", "Tỷ lệ"), "own_output.comparison"),
        (("Tổng hợp", "Đối chiếu", "Bản ghi bất hợp lý", "Cách đếm"), "own_output.reconciliation"),
    ],
)
def test_a_workbook_is_told_by_sheets_that_only_it_has_together(titles: tuple[str, ...], code: str) -> None:
    problem = recognise_sheets(_sheets(*titles), "ket-qua.xlsx")
    assert problem is not None
    assert problem.code == code


@pytest.mark.parametrize(
    "titles", [("Tổng hợp", "Thay đổi"), ("Tổng hợp", "Phát hiện"), ("Biểu II.06a", "Phát hiện"), ()]
)
def test_a_workbook_of_figures_is_left_to_its_readers(titles: tuple[str, ...]) -> None:
    assert recognise_sheets(_sheets(*titles), "so-lieu.xlsx") is None


@pytest.mark.parametrize("written", ["format: 1\nunit: a\nfigures: {}\n", "- 1\n", "outcomes: []\n", "abc\n"])
def test_what_may_be_figures_is_left_to_their_reader(written: str) -> None:
    root, _ = parse_yaml(written, "so-lieu.yaml")
    assert root is not None
    assert recognise_values(root, "so-lieu.yaml") is None


def test_a_table_of_figures_is_left_to_its_reader() -> None:
    assert recognise_table("unit,period,indicator,value\n", "so-lieu.csv") is None


def test_the_folder_of_bulk_is_one_problem_and_none_of_its_files_is_read(
    tmp_path: Path, pack: RulePack
) -> None:
    folder = tmp_path / "ket-qua"
    (folder / "outcomes.parquet").mkdir(parents=True)
    (folder / "outcomes.parquet" / "part-00000.parquet").write_bytes(b"PAR1")
    (folder / "run.json").write_text("{}", encoding="utf-8")
    (folder / "summary.csv").write_text("rule\n", encoding="utf-8")
    for path in (folder, tmp_path):
        submissions, stamps, problems = read_submissions([path], pack)
        assert (submissions, stamps) == ((), ())
        assert [problem.code for problem in problems] == ["own_output.bulk"]


def test_a_folder_that_lacks_one_of_them_is_not_of_bulk(tmp_path: Path) -> None:
    assert recognise_folder(tmp_path, [tmp_path / "run.json", tmp_path / "summary.csv"], "ket-qua") is None
