"""A folder of invented figures: complete or not there, and every file says what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest
import yaml

from compliance.authoring import invented_folder
from compliance.authoring.invented_faults import FAULTS
from compliance.authoring.invented_folder import Country, invent_ledger, invent_submissions
from compliance.authoring.invented_tables import TableSize
from compliance.model.submission import Period
from compliance.pipeline import load_pack, read_submissions

if TYPE_CHECKING:
    from pathlib import Path

PERIOD = Period(year=2020, half=2)
PACK = Country("long-phu-2020")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_gives_the_same_folder_to_the_byte(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        invent_ledger(PACK, PERIOD, folder, records=9_000, seed=3, faults=FAULTS)
    assert contents(folders[0]) == contents(folders[1])


def test_every_file_of_a_ledger_says_that_it_is_invented(tmp_path: Path) -> None:
    invent_ledger(Country("vietnam-2020", 120), PERIOD, tmp_path / "x", records=900, seed=3, faults=FAULTS)
    for path in (tmp_path / "x").rglob("*"):
        if path.suffix == ".parquet":
            said = duckdb.execute(
                "SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [str(path)]
            )
            assert dict(said.fetchall())["provenance"] == "synthetic"
        elif path.is_file():
            assert "synthetic" in path.read_text(encoding="utf-8")


def test_the_answers_name_each_fault_with_its_unit_and_what_is_to_be_found(tmp_path: Path) -> None:
    invented, _ = invent_ledger(PACK, PERIOD, tmp_path / "x", records=9_000, seed=3, faults=FAULTS)
    answers = yaml.safe_load((tmp_path / "x" / "loi-da-tao.yaml").read_text(encoding="utf-8"))["planted"]
    assert invented is not None
    assert [(item["fault"], item["unit"]) for item in answers] == [
        (item.fault, item.unit) for item in invented.planted
    ]
    assert all({"figures", "stated", "dossier"} & set(item) for item in answers)


def test_invented_units_come_with_a_pack_by_which_their_reports_are_read(tmp_path: Path) -> None:
    invent_ledger(Country("vietnam-2020", 120), PERIOD, tmp_path / "x", records=12_000, seed=3)
    compiled, problems = load_pack(tmp_path / "x" / "bo-quy-tac" / "gia-dinh-120")
    assert problems == ()
    assert compiled is not None
    submissions, _, problems = read_submissions([tmp_path / "x" / "so-lieu"], compiled.pack)
    assert problems == ()
    assert len(submissions) == 120
    assert sum(int(str(item.values["dossiers.received_total"])) for item in submissions) == 12_000


def test_a_pack_without_units_needs_a_number_of_them(tmp_path: Path) -> None:
    invented, problems = invent_ledger(Country("vietnam-2020"), PERIOD, tmp_path / "x", records=1, seed=0)
    assert invented is None
    assert [problem.code for problem in problems] == ["invent.no_units"]


def test_units_are_not_invented_for_a_pack_that_does_not_travel_with_the_program(tmp_path: Path) -> None:
    invent_ledger(Country("vietnam-2020", 2), PERIOD, tmp_path / "x", records=1, seed=0)
    country = Country(tmp_path / "x" / "bo-quy-tac" / "gia-dinh-2", 5)
    invented, problems = invent_submissions(country, TableSize(0, (PERIOD,)), tmp_path / "y")
    assert invented is None
    assert [problem.code for problem in problems] == ["invent.pack_elsewhere"]


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        invent_submissions(PACK, TableSize(0, (PERIOD,)), tmp_path / "x")
    assert contents(tmp_path / "x") == {"mine.txt": b"mine"}


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    invent_submissions(PACK, TableSize(0, (PERIOD,)), tmp_path / "x")
    assert set(contents(tmp_path / "x")) == {"README.md", "so-lieu.parquet", "so-lieu-sai.parquet"}


def test_what_breaks_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(invented_folder, "write_ledger", fail)
    with pytest.raises(OSError, match="No space left"):
        invent_ledger(PACK, PERIOD, tmp_path / "x", records=10, seed=0)
    assert list(tmp_path.iterdir()) == []
