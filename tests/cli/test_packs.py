"""`template` and `rules …`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from compliance.pipeline import dataset, load_pack, read_submissions

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

COMMUNE = "soc-trang/long-phu/cap-xa/xa-phu-huu"


@pytest.mark.parametrize("form", ["yaml", "csv", "xlsx"])
def test_an_empty_form_is_read_as_a_submission_that_reports_nothing(
    run: Command, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"phu-huu.{form}"
    ran = run("template", "--unit", COMMUNE, "--period", "2020-H1", "-o", path)
    assert ran.code == 0
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    submissions, _, problems = read_submissions([path], compiled.pack)
    assert [str(problem) for problem in problems if problem.weight == "error"] == []
    assert [dict(submission.observations) for submission in submissions] in ([], [{}])


def test_a_filled_in_yaml_form_is_read_with_its_figures(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "phu-huu.yaml"
    run("template", "--unit", COMMUNE, "--period", "2020-H1", "-o", path)
    form = path.read_text(encoding="utf-8")
    filled = form.replace("    outgoing:  #", "    outgoing: 1.246  #")
    assert filled != form
    path.write_text(filled, encoding="utf-8")
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    (submission,), _, _ = read_submissions([path], compiled.pack)
    assert submission.values["documents.outgoing"] == 1246
    assert submission.data_window is not None
    assert submission.data_window.start == date(2020, 1, 1)


def test_forms_for_all_units_land_in_one_folder(run: Command, tmp_path: Path) -> None:
    run("template", "--all", "--format", "csv", "-o", tmp_path)
    assert len(list(tmp_path.glob("*.csv"))) == 26


def test_the_form_shows_the_figures_of_the_last_period_before_its_own(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "phu-huu.xlsx"
    before = dataset("long-phu-2020-h1-units")
    ran = run("template", "--unit", COMMUNE, "--period", "2020-H2", "--previous", before, "-o", path)
    assert ran.code == 0
    shown = [
        row[6].value
        for sheet in load_workbook(path)
        for row in sheet.iter_rows(max_col=7)
        if row[0].value == "documents.outgoing"
    ]
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    submissions, _, _ = read_submissions([before / "xa-phu-huu.yaml"], compiled.pack)
    assert shown == [submissions[0].values["documents.outgoing"]]


def test_a_form_is_made_for_a_unit_named_by_the_end_of_its_id(run: Command, tmp_path: Path) -> None:
    assert run("template", "--unit", COMMUNE.rsplit("/", 1)[-1], "-o", tmp_path / "x.yaml").code == 0
    assert f"unit: {COMMUNE}" in (tmp_path / "x.yaml").read_text(encoding="utf-8")


def test_a_form_for_no_unit_is_refused_with_the_units_known(run: Command, tmp_path: Path) -> None:
    ran = run("template", "-o", tmp_path / "x.yaml")
    assert ran.code == 2
    assert COMMUNE in ran.err


@pytest.mark.parametrize("form", ["yaml", "csv", "xlsx"])
def test_a_form_that_stands_there_is_not_replaced_unasked(run: Command, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"phu-huu.{form}"
    path.write_text("filled in", encoding="utf-8")
    ran = run("template", "--unit", COMMUNE, "-o", path)
    assert (ran.code, ran.out) == (2, "")
    assert f"Đã có tệp {path}" in ran.err
    assert "--overwrite" in ran.err
    assert path.read_text(encoding="utf-8") == "filled in"
    assert run("template", "--unit", COMMUNE, "-o", path, "--overwrite").code == 0
    assert path.read_bytes() != b"filled in"


def test_forms_for_all_are_not_written_where_one_of_them_stands(run: Command, tmp_path: Path) -> None:
    standing = tmp_path / f"{COMMUNE.replace('/', '__')}.csv"
    standing.write_text("filled in", encoding="utf-8")
    (tmp_path / "so-lieu.csv").write_text("another file", encoding="utf-8")
    words = ("template", "--all", "--format", "csv", "-o", tmp_path)
    ran = run(*words)
    assert ran.code == 2
    assert str(standing) in ran.err
    assert sorted(tmp_path.iterdir()) == sorted([standing, tmp_path / "so-lieu.csv"])
    assert run(*words, "--overwrite").code == 0
    assert "và 25 tệp khác" in run(*words).err
    assert (tmp_path / "so-lieu.csv").read_text(encoding="utf-8") == "another file"


def test_every_rule_is_listed(run: Command) -> None:
    out = run("rules", "list").out
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    assert "DOS-03" in out
    assert f"{sum(not rule.generated for rule in compiled.pack.rules)} quy tắc viết tay" in out


def test_a_rule_shows_its_check_its_target_and_how_sure_it_is(run: Command) -> None:
    out = " ".join(run("rules", "show", "ONE-02").out.split())
    assert "one_stop.entered ≥ target.one_stop.entered" in out
    assert "theo thông tin cung cấp, chưa đối chiếu văn bản gốc" in out


def test_a_rule_unknown_by_its_id_is_suggested(run: Command) -> None:
    ran = run("rules", "show", "DOS-33")
    assert ran.code == 2
    assert "DOS-03" in ran.err


def test_the_packs_that_travel_with_the_program_have_no_fault(run: Command) -> None:
    assert run("rules", "lint").code == 0


def test_every_rule_has_its_cases_and_they_pass(run: Command) -> None:
    ran = run("rules", "test")
    assert ran.code == 0
    assert "(độ phủ 100%)" in ran.out
