"""`invent` as a user runs it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

PACK = ("--pack", "long-phu-2020")


def test_a_ledger_is_written_with_its_reports_and_reconcile_agrees(run: Command, tmp_path: Path) -> None:
    folder = tmp_path / "x"
    ran = run("invent", "ledger", *PACK, "--records", "5000", "--seed", "7", "-o", folder)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Đã lập 5.000 hồ sơ giả định của 23 đơn vị, tạo 0 lỗi.\n")
    agreed = run(
        "reconcile", folder / "so-ho-so", "--submissions", folder / "so-lieu", *PACK, "--as-of", "2020-07-10"
    )
    assert agreed.code == 0


def test_faults_are_planted_on_request_and_reconcile_ends_with_one(run: Command, tmp_path: Path) -> None:
    folder = tmp_path / "x"
    ran = run("invent", "ledger", *PACK, "--fault", "all", "-o", folder)
    assert ran.out.startswith("Đã lập 10.000 hồ sơ giả định của 23 đơn vị, tạo 10 lỗi.\n")
    differing = run(
        "reconcile", folder / "so-ho-so", "--submissions", folder / "so-lieu", *PACK, "--as-of", "2020-07-10"
    )
    assert differing.code == 1


def test_a_table_is_written_that_bulk_reads(run: Command, tmp_path: Path) -> None:
    folder = tmp_path / "x"
    ran = run(
        "invent", "submissions", *PACK, "--periods", "2", "--blank", "20", "--slipped", "50", "-o", folder
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Đã lập 46 báo cáo giả định của 23 đơn vị.\n")
    evaluated = run("bulk", folder / "so-lieu.parquet", *PACK, "-o", tmp_path / "out")
    assert evaluated.code == 0
    assert evaluated.out.startswith("Đã xét 46 báo cáo")


def test_quiet_says_nothing(run: Command, tmp_path: Path) -> None:
    ran = run("invent", "submissions", *PACK, "-q", "-o", tmp_path / "x")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_an_unknown_fault_is_refused_with_the_known_ones(run: Command, tmp_path: Path) -> None:
    ran = run("invent", "ledger", *PACK, "--fault", "typo", "-o", tmp_path / "x")
    assert ran.code == 2
    assert "«typo»" in ran.err
    assert "late_as_in_time" in ran.err


def test_a_cut_off_outside_the_period_is_refused(run: Command, tmp_path: Path) -> None:
    ran = run("invent", "ledger", *PACK, "--cut-off", "05/7/2020", "-o", tmp_path / "x")
    assert ran.code == 2
    assert "05/7/2020" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_is_refused(run: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    ran = run("invent", "submissions", *PACK, "-o", tmp_path)
    assert ran.code == 2
    assert str(tmp_path) in ran.err


def test_a_pack_without_units_is_said_with_what_to_do(run: Command, tmp_path: Path) -> None:
    ran = run("invent", "ledger", "--pack", "vietnam-2020", "-o", tmp_path / "x")
    assert ran.code == 2
    assert "--units" in ran.err


@pytest.mark.parametrize("command", ["ledger", "submissions"])
def test_without_duckdb_the_command_says_what_to_install(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    ran = run("invent", command, *PACK, "-o", tmp_path / "x")
    assert ran.code == 2
    assert "pip install 'tuan-thu[bulk]'" in ran.err
    assert list(tmp_path.iterdir()) == []
