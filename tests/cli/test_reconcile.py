"""`reconcile` from the command line: exit codes, formats, wrong usage."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from compliance.engine import columnar_engines

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

COMMUNE = "soc-trang/long-phu/cap-xa/xa-phu-huu"
HEADS = "dossier,unit,channel,received,due,resolved,result"
GOOD = f"H1,{COMMUNE},online,2020-02-03,2020-02-10,2020-02-10,resolved"
REPORT = f"""\
format: 1
unit: {COMMUNE}
period: 2020-H1
provenance: reported
figures:
  dossiers: {{received_total: 1}}
"""


@pytest.fixture
def arguments(tmp_path: Path) -> tuple[str | Path, ...]:
    (tmp_path / "so.csv").write_text(f"{HEADS}\n{GOOD}\n", encoding="utf-8")
    (tmp_path / "phu-huu.yaml").write_text(REPORT, encoding="utf-8")
    options = ("--pack", "long-phu-2020", "--as-of", "2020-07-01")
    return ("reconcile", tmp_path / "so.csv", "--submissions", tmp_path / "phu-huu.yaml", *options)


def test_it_ends_with_0_where_all_agrees(run: Command, arguments: tuple[str | Path, ...]) -> None:
    ran = run(*arguments)
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[1].startswith("KHỚP – 3 đơn vị, 1 hồ sơ trong sổ")


def test_it_ends_with_0_where_the_ledger_holds_one_unit_of_a_district(
    run: Command, arguments: tuple[str | Path, ...], tmp_path: Path
) -> None:
    words = REPORT.replace(COMMUNE, "soc-trang/long-phu").replace("total: 1", "total: 10012")
    (tmp_path / "huyen.yaml").write_text(words, encoding="utf-8")
    ran = run(*arguments, "--submissions", tmp_path / "huyen.yaml")
    assert (ran.code, ran.err) == (0, "")
    assert "10.011" not in ran.out
    assert "huyện Long Phú: sổ không có hồ sơ của Văn phòng HĐND và UBND huyện" in " ".join(ran.out.split())


def test_it_ends_with_1_where_a_record_cannot_be(
    run: Command, arguments: tuple[str | Path, ...], tmp_path: Path
) -> None:
    with (tmp_path / "so.csv").open("a", encoding="utf-8") as ledger:
        ledger.write("H2,nơi khác,online,2020-02-03,,,\n")
    assert run(*arguments).code == 1


def test_it_ends_with_2_and_says_all_that_is_wrong(
    run: Command, arguments: tuple[str | Path, ...], tmp_path: Path
) -> None:
    (tmp_path / "so.csv").write_text("dossier,unit\n1,2\n", encoding="utf-8")
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.err.count("Sổ hồ sơ không có cột") == 5


@pytest.mark.parametrize("form", ["json", "md", "html", "xlsx"])
def test_a_file_has_the_format_of_its_suffix(
    run: Command, arguments: tuple[str | Path, ...], tmp_path: Path, form: str
) -> None:
    path = tmp_path / "kq" / f"ket-qua.{form}"
    assert run(*arguments, "-o", path).code == 0
    assert path.read_bytes().startswith({"xlsx": b"PK", "json": b"{", "md": b"#", "html": b"<!DOCTYPE"}[form])


def test_json_has_exact_numbers_the_definitions_and_what_it_was_made_from(
    run: Command, arguments: tuple[str | Path, ...]
) -> None:
    found = json.loads(run(*arguments, "--format", "json").out)
    assert found["verdict"] == "agree"
    assert len(found["definitions"]) == 23
    assert [len(stamp["digest"]) for stamp in (*found["ledgers"], *found["inputs"], *found["packs"])] == [
        64
    ] * 5
    assert found["as_of"] == "2020-07-01"
    assert "pack" not in found


def test_quiet_says_it_by_the_exit_code_alone(run: Command, arguments: tuple[str | Path, ...]) -> None:
    ran = run(*arguments, "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--engine", "excel"), "duckdb"),
        (("--memory", "nhiều"), "2GB"),
        (("--format", "docx"), "xlsx"),
        (("--format", "xlsx"), "-o"),
    ],
)
def test_wrong_usage_says_what_would_be_right(
    run: Command, arguments: tuple[str | Path, ...], option: tuple[str, str], said: str
) -> None:
    ran = run(*arguments, *option)
    assert ran.code == 2
    assert said in ran.err


def test_without_the_extra_it_says_which_to_install(
    run: Command, arguments: tuple[str | Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(package: str) -> object:
        raise ImportError(package)

    monkeypatch.setattr(columnar_engines, "import_module", refuse)
    ran = run(*arguments)
    assert ran.code == 2
    assert "pip install 'tuan-thu[bulk]'" in ran.err


@pytest.mark.parametrize("form", ["console", "md", "html", "json"])
def test_every_format_says_how_many_units_have_no_records_and_what_to_do(
    run: Command, arguments: tuple[str | Path, ...], form: str
) -> None:
    said = " ".join(run(*arguments, "--format", form).out.split())
    if form == "json":
        assert [unit["standing"] for unit in json.loads(said)["unrecorded"]] == ["open"] * 22
    else:
        assert "Sổ không có hồ sơ nào của 22 đơn vị" in said
        assert "chạy lại với --covers" in said


def test_units_may_be_said_to_be_covered_by_id_or_name(
    run: Command, arguments: tuple[str | Path, ...]
) -> None:
    ran = run(*arguments, "--covers", "agency", "--covers", "xa-tan-hung, xã Long Phú", "--format", "json")
    standings = [unit["standing"] for unit in json.loads(ran.out)["unrecorded"]]
    assert (standings.count("covered"), standings.count("open")) == (14, 8)


def test_the_workbook_says_so_above_its_units(
    run: Command, arguments: tuple[str | Path, ...], tmp_path: Path
) -> None:
    run(*arguments, "-o", tmp_path / "kq.xlsx")
    said = load_workbook(tmp_path / "kq.xlsx").worksheets[0]["A2"].value
    assert "Sổ không có hồ sơ nào của 22 đơn vị" in str(said)
