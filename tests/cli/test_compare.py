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


def _before(folder: Path, stated: str) -> Path:
    """The district in the half-year before, with other electronic documents and what it stated of them."""
    folder.mkdir()
    written = (REPORTED / "huyen.yaml").read_text(encoding="utf-8").replace("2020-H1", "2019-H2")
    written = written.replace('outgoing_electronic: "2.737"', 'outgoing_electronic: "2.500"')
    written = written.replace('signed: "2.563"', 'signed: "2.341"')
    written = written.replace("electronic: 41,97%", f"electronic: {stated}")
    (folder / "huyen.yaml").write_text(written, encoding="utf-8")
    return folder


def test_the_half_year_before_is_compared_in_points_that_add_up(run: Command, tmp_path: Path) -> None:
    before = _before(tmp_path / "truoc", "38,33%")
    ran = run("compare", before, REPORTED, "--as-of", "2020-06-30", "--format", "md")
    assert "6 tháng cuối năm 2019" in ran.out
    assert "| 38,332% | 41,966% | tăng 3,634 điểm phần trăm |" in ran.out


@pytest.mark.parametrize("options", [(), ("--unit", "soc-trang/long-phu")])
def test_a_rise_since_figures_that_contradict_each_other_is_none(
    run: Command, tmp_path: Path, options: tuple[str, ...]
) -> None:
    before = _before(tmp_path / "truoc", "30%")
    ran = run("compare", before, REPORTED, *options, "--as-of", "2020-06-30", "--format", "md")
    row = next(line for line in ran.out.splitlines() if "38,332%" in line)
    assert "không so sánh: số liệu trước mâu thuẫn nhau (RATE:documents.electronic:stated của huyện" in row
    ran = run("compare", before, REPORTED, *options, "--as-of", "2020-06-30", "--format", "json")
    (rate,) = [
        rate
        for rate in json.loads(ran.out)["rates"]
        if rate["name"] == "documents.electronic" and rate["unit"] == "soc-trang/long-phu"
    ]
    assert rate["disputed_before"] == ["RATE:documents.electronic:stated@soc-trang/long-phu@2019-H2"]
    assert rate["change"] == "3950/1087"


@pytest.fixture
def waived(tmp_path: Path) -> Path:
    """A decision on the electronic documents of the bloc of the district's offices."""
    path = tmp_path / "mien-tru.yaml"
    path.write_text(
        """format: 1
waivers:
  - id: MT-01
    rule: DOC-01
    scope: {units: [soc-trang/long-phu/cap-huyen], periods: [2020-H1]}
    reason: phần mềm mới triển khai
    approver: Chánh Văn phòng
    approved_on: 01/6/2020
    expires: 31/12/2020
    mode: lift
""",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("form", ["console", "md", "html"])
def test_a_persisting_finding_that_is_waived_is_marked_and_counted_apart(
    run: Command, waived: Path, form: str
) -> None:
    options = ("--as-of", "2020-06-30", "--format", form)
    with_waiver = " ".join(run("compare", REPORTED, REPORTED, "--waivers", waived, *options).out.split())
    assert "cấp huyện (đã được miễn trừ)" in with_waiver
    assert ", trong đó 1 đã được miễn trừ; đã khắc phục 0" in with_waiver
    assert "miễn trừ" not in run("compare", REPORTED, REPORTED, *options).out


def test_the_json_of_a_comparison_marks_what_is_waived(run: Command, waived: Path) -> None:
    options = ("--waivers", waived, "--as-of", "2020-06-30", "--format", "json")
    result = json.loads(run("compare", REPORTED, REPORTED, *options).out)
    (change,) = [change for change in result["persisting"] if change["waived"]]
    assert change["id"] == "DOC-01@soc-trang/long-phu/cap-huyen@2020-H1"
    assert "MT-01" in change["reason_after"]
    assert result["waived"] == 1


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


def test_it_is_written_as_a_workbook(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "thay-doi.xlsx"
    assert run("compare", FAULTY, UNITS, "--as-of", "2020-06-30", "-o", path).code == 0
    assert path.read_bytes().startswith(b"PK")
    assert run("compare", REPORTED, REPORTED, "--format", "xlsx").code == 2


def test_the_kept_json_of_a_check_stands_for_its_figures(run: Command, tmp_path: Path) -> None:
    kept = tmp_path / "ky-truoc.json"
    run("check", FAULTY, "--as-of", "2020-06-30", "-o", kept, "-q")
    options = ("--as-of", "2020-06-30", "--format", "json")
    of_figures = json.loads(run("compare", FAULTY, UNITS, *options).out)
    of_kept = json.loads(run("compare", kept, UNITS, *options).out)
    for group in ("new", "resolved", "persisting", "unverifiable", "not_asked"):
        assert of_kept[group] == of_figures[group]
    assert of_kept["rates"] != []
    assert of_kept["stale_before"] == []


@pytest.mark.parametrize("form", ["console", "md", "html", "json"])
def test_a_kept_run_under_an_older_pack_is_marked_in_every_format(
    run: Command, tmp_path: Path, form: str
) -> None:
    kept = tmp_path / "ky-truoc.json"
    run("check", REPORTED, "--as-of", "2020-06-30", "-o", kept, "-q")
    older = kept.read_text(encoding="utf-8").replace('"version": "1.0.0"', '"version": "0.9.0"')
    kept.write_text(older, encoding="utf-8")
    out = run("compare", kept, REPORTED, "--as-of", "2020-06-30", "--format", form).out
    assert "other_version" in out if form == "json" else "0.9.0, bản hiện hành là" in " ".join(out.split())


def test_a_json_that_is_no_whole_run_is_refused(run: Command, tmp_path: Path) -> None:
    kept = tmp_path / "ky-truoc.json"
    kept.write_text('{"manifest": {}, "outcomes": []}', encoding="utf-8")
    ran = run("compare", kept, REPORTED)
    assert ran.code == 2
    assert "ky-truoc.json" in ran.err


def test_one_unit_may_be_looked_at_alone(run: Command) -> None:
    out = run(
        "compare", FAULTY, UNITS, "--unit", "soc-trang/long-phu", "--as-of", "2020-06-30", "--format", "json"
    ).out
    result = json.loads(out)
    changes = [*result["resolved"], *result["persisting"], *result["new"]]
    assert {change["unit"] for change in (*changes, *result["rates"])} == {"soc-trang/long-phu"}


def test_a_period_that_is_not_the_one_asked_for_is_said_of_checks_only(run: Command) -> None:
    checked = run("check", REPORTED, "--same-period-last-year", REPORTED, "--as-of", "2020-06-30")
    assert "2019-H1" in checked.err
    assert run("compare", REPORTED, REPORTED, "--as-of", "2020-06-30").err == ""


@pytest.mark.parametrize("unit", ["cap-xa", "khối cấp xã"])
def test_a_unit_named_by_a_short_code_or_its_name_is_the_same_one(
    run: Command, tmp_path: Path, unit: str
) -> None:
    kept = tmp_path / "ky-truoc.json"
    run("check", REPORTED, "--as-of", "2020-06-30", "-q", "-o", kept)
    for before in (REPORTED, kept):
        words = ("compare", before, FAULTY, "--as-of", "2020-06-30", "--format", "json", "--unit")
        whole = json.loads(run(*words, "soc-trang/long-phu/cap-xa").out)
        assert whole["new"] != []
        assert json.loads(run(*words, unit).out) == whole
