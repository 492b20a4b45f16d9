"""`check`, `assess` and `demo` on the datasets, as their users type them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from compliance.pipeline import dataset

if TYPE_CHECKING:
    from tests.cli.conftest import Command

REPORTED = dataset("long-phu-2020-h1")
UNITS = dataset("long-phu-2020-h1-units")
ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "docs" / "schema"


def test_the_reported_figures_are_not_accepted(run: Command) -> None:
    ran = run("check", REPORTED, "--as-of", "2020-06-30")
    assert ran.code == 1
    assert ran.out.startswith("CHƯA ĐỦ ĐIỀU KIỆN TIẾP NHẬN")


def test_acceptance_heads_what_check_writes_and_is_the_exit_code_of_an_assessment(
    run: Command, tmp_path: Path
) -> None:
    run("check", REPORTED, "-q", "-o", tmp_path / "x.md")
    assert (tmp_path / "x.md").read_text(encoding="utf-8").startswith("# CHƯA ĐỦ ĐIỀU KIỆN TIẾP NHẬN")
    assert json.loads(run("check", REPORTED, "--format", "json").out)["accepted"] == "not_accepted"
    assessed = run("assess", REPORTED, "--format", "md")
    assert assessed.code == run("check", REPORTED, "-q").code == 1
    assert assessed.out.startswith("## 4. Đánh giá chung")


def test_the_first_lines_name_the_two_figures_that_block(run: Command) -> None:
    out = run("check", REPORTED, "--as-of", "2020-06-30", "--format", "md").out
    first = out.split("\n## ", 1)[0]
    assert "04/02/2020" in first
    assert "02/02/2020" in first
    assert "7/18.628" in first
    assert "7/20.549" in first
    assert "7/21.035" in first


def test_the_units_that_add_up_need_no_correction(run: Command) -> None:
    ran = run("check", UNITS, "--as-of", "2020-06-30", "--format", "json")
    result = json.loads(ran.out)
    assert ran.code == 1
    assert result["accepted"] == "explain"
    assert [finding for finding in result["findings"] if finding["severity"] == "must_fix"] == []


def test_the_units_that_have_not_submitted_are_named(run: Command) -> None:
    ran = run("check", REPORTED, "--expect", "commune", "--as-of", "2020-06-30")
    assert "Chưa gửi số liệu (9)" in ran.out


def test_two_runs_give_the_same_bytes(run: Command, tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        run("check", REPORTED, "--as-of", "2020-06-30", "-q", "-o", tmp_path / name)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_findings_are_written_as_a_workbook_by_the_files_suffix(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "ket-qua.xlsx"
    assert run("check", REPORTED, "--as-of", "2020-06-30", "-q", "-o", path).code == 1
    assert str(load_workbook(path)["Tổng hợp"]["A1"].value).startswith("CHƯA ĐỦ ĐIỀU KIỆN TIẾP NHẬN")


def test_a_workbook_is_not_written_to_the_terminal(run: Command) -> None:
    assert run("check", REPORTED, "--format", "xlsx").code == 2


def test_the_json_of_a_check_keeps_to_its_published_schema(run: Command) -> None:
    schema = json.loads((SCHEMAS / "check.schema.json").read_text(encoding="utf-8"))
    result = json.loads(run("check", REPORTED, "--as-of", "2020-06-30", "--format", "json").out)
    assert list(Draft202012Validator(schema).iter_errors(result)) == []


def test_the_json_of_an_assessment_keeps_to_its_published_schema(run: Command) -> None:
    schema = json.loads((SCHEMAS / "assessment.schema.json").read_text(encoding="utf-8"))
    result = json.loads(run("assess", REPORTED, "--as-of", "2020-06-30", "--format", "json").out)
    assert list(Draft202012Validator(schema).iter_errors(result)) == []


def test_exact_numbers_are_strings_in_json(run: Command) -> None:
    result = json.loads(run("check", REPORTED, "--as-of", "2020-06-30", "--format", "json").out)
    shares = [
        outcome["measured"]["exact"]
        for outcome in result["outcomes"]
        if outcome["rule"] == "DOC-01" and outcome["unit"] == "soc-trang/long-phu"
    ]
    assert shares == ["136850/3261"]


def test_quiet_prints_nothing(run: Command) -> None:
    ran = run("check", REPORTED, "--as-of", "2020-06-30", "--quiet")
    assert (ran.code, ran.out, ran.err) == (1, "", "")


def test_the_assessment_says_what_it_takes(run: Command) -> None:
    out = run("assess", REPORTED, "--as-of", "2020-06-30", "--format", "txt").out
    assert "tính trên 6.522 văn bản đi của kỳ này, cần thêm 3.133 văn bản điện tử" in out


def test_a_unit_can_be_checked_by_itself(run: Command) -> None:
    unit = "soc-trang/long-phu/cap-xa/xa-phu-huu"
    ran = run("check", UNITS, "--unit", unit, "--as-of", "2020-06-30", "--format", "json")
    result = json.loads(ran.out)
    assert {submission["unit"] for submission in result["submissions"]} == {unit}
    assert {outcome["unit"] for outcome in result["outcomes"]} == {unit}


def test_a_unit_can_be_named_by_the_end_of_its_id(run: Command) -> None:
    ran = run("check", UNITS, "--unit", "xa-phu-huu", "--as-of", "2020-06-30", "--format", "json")
    found = {submission["unit"] for submission in json.loads(ran.out)["submissions"]}
    assert found == {"soc-trang/long-phu/cap-xa/xa-phu-huu"}


def test_the_demonstration_writes_every_output_and_ends_well(run: Command, tmp_path: Path) -> None:
    ran = run("demo", "-o", tmp_path)
    assert ran.code == 0
    assert {"ket-qua.json", "ket-qua.md", "danh-gia.md", "danh-gia.txt"} <= {
        path.name for path in tmp_path.iterdir()
    }


def test_the_demonstration_loses_no_file_to_a_reader_that_closes_early(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "cli.py"), "demo", "-o", str(tmp_path / "ket-qua")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        said = running.stderr.read().decode()
    assert "Traceback" not in said
    assert {"ket-qua.html", "danh-gia.docx", "don-vi"} <= {
        path.name for path in (tmp_path / "ket-qua").iterdir()
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check",), "chưa ghi"),
        (("check", "khong-co"), "khong-co"),
        (("check", REPORTED, "--pack", "long-phu-2021"), "long-phu-2020"),
        (("check", REPORTED, "--period", "2019-H2"), "2020-H1"),
        (("check", REPORTED, "--period", "nửa đầu"), "nửa đầu"),
        (("check", REPORTED, "--unit", "soc-trang/long-pu"), "soc-trang/long-phu"),
        (("check", REPORTED, "--expect", "xa-phu-hu"), "xa-phu-huu"),
        (("check", REPORTED, "--as-of", "hôm qua"), "hôm qua"),
        (("check", REPORTED, "--format", "pptx"), "pptx"),
        (("chek", REPORTED), "chek"),
        (("check", REPORTED, "--nope"), "--nope"),
    ],
)
def test_wrong_usage_is_said_in_vietnamese_and_ends_with_2(
    run: Command, arguments: tuple[str | Path, ...], said: str
) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_an_output_that_cannot_be_written_loses_nothing(run: Command, tmp_path: Path) -> None:
    (tmp_path / "ket-qua.json").mkdir()
    ran = run("check", REPORTED, "-q", "-o", tmp_path / "ket-qua.json")
    assert ran.code == 2
    assert "ket-qua.json" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["ket-qua.json"]


def test_a_fault_of_the_program_ends_with_3_and_no_traceback(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compliance.pipeline.run", lambda *_: 1 / 0)
    ran = run("check", REPORTED)
    assert ran.code == 3
    assert "ZeroDivisionError" in ran.err
    assert "Traceback" not in ran.err


@pytest.fixture
def folder_with_a_broken_file(tmp_path: Path) -> Path:
    folder = tmp_path / "so-lieu"
    shutil.copytree(UNITS, folder)
    (folder / "xa-phu-huu.yaml").write_text("format: 1\nunit: [xa\n", encoding="utf-8")
    return folder


def test_a_broken_file_ends_the_run_and_says_how_to_go_on(
    run: Command, folder_with_a_broken_file: Path
) -> None:
    ran = run("check", folder_with_a_broken_file, "--as-of", "2020-06-30")
    assert (ran.code, ran.out) == (2, "")
    assert "thêm --keep-going" in " ".join(ran.err.split())


@pytest.mark.parametrize("form", ["console", "md", "html", "json", "xlsx"])
def test_every_output_names_the_file_that_is_left_out(
    run: Command, folder_with_a_broken_file: Path, tmp_path: Path, form: str
) -> None:
    options = ("--as-of", "2020-06-30", "--keep-going")
    kept = ("-o", tmp_path / f"kq.{form}", "-q") if form == "xlsx" else ("--format", form)
    ran = run("check", folder_with_a_broken_file, *options, *kept)
    assert ran.code == 2
    if form == "json":
        result = json.loads(ran.out)
        assert result["accepted"] == "not_accepted"
        assert [left["file"] for left in result["left_out"]] == ["so-lieu/xa-phu-huu.yaml"]
        return
    said = ran.out
    if form == "xlsx":
        rows = load_workbook(tmp_path / "kq.xlsx").worksheets[0].iter_rows(values_only=True)
        said = " ".join(str(cell) for row in rows for cell in row if cell)
    assert "Đã bỏ qua 1 tệp không đọc được: so-lieu/xa-phu-huu.yaml" in " ".join(said.split())


def test_the_pages_of_units_name_it_too(
    run: Command, folder_with_a_broken_file: Path, tmp_path: Path
) -> None:
    options = ("--as-of", "2020-06-30", "--keep-going", "-q", "--format", "html")
    run("check", folder_with_a_broken_file, *options, "--per-unit", tmp_path / "don-vi")
    pages = sorted((tmp_path / "don-vi").glob("*.html"))
    assert pages
    assert all("so-lieu/xa-phu-huu.yaml" in page.read_text(encoding="utf-8") for page in pages)


def test_a_unit_whose_file_is_left_out_is_not_said_to_have_sent_nothing(
    run: Command, folder_with_a_broken_file: Path
) -> None:
    options = ("--as-of", "2020-06-30", "--keep-going", "--expect", "xa-phu-huu")
    said = " ".join(run("check", folder_with_a_broken_file, *options).out.split())
    assert "Chưa có số liệu đọc được (1)" in said
    assert "Chưa gửi số liệu" not in said
