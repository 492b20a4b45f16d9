"""`whatif` on the datasets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from compliance.pipeline import dataset

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

REPORTED = dataset("long-phu-2020-h1")
NEEDED = "documents.outgoing_electronic=5870"


def test_the_number_of_the_task_meets_the_target(run: Command) -> None:
    ran = run("whatif", REPORTED, "--as-of", "2020-06-30", "--set", NEEDED, "--format", "json")
    changed = {change["id"]: change["after"] for change in json.loads(ran.out)["changed"]}
    assert ran.code == 0
    assert changed["DOC-01@soc-trang/long-phu@2020-H1"] == "pass"


def test_one_document_less_does_not(run: Command) -> None:
    less = "documents.outgoing_electronic=5869"
    ran = run("whatif", REPORTED, "--as-of", "2020-06-30", "--set", less, "--format", "json")
    assert "DOC-01@soc-trang/long-phu@2020-H1" not in [c["id"] for c in json.loads(ran.out)["changed"]]


def test_without_a_figure_it_says_what_each_target_takes(run: Command) -> None:
    out = run("whatif", REPORTED, "--as-of", "2020-06-30", "--format", "md").out
    assert "cần thêm 3.133 văn bản điện tử" in out
    assert "cấp huyện 1.006, cấp xã 2.128" in out


@pytest.mark.parametrize("form", ["md", "html", "json"])
def test_it_is_written_to_a_file_in_the_format_of_its_suffix(run: Command, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"thu.{form}"
    ran = run("whatif", REPORTED, "--as-of", "2020-06-30", "--set", NEEDED, "-o", path)
    assert (ran.code, ran.out) == (0, "")
    assert "5.870/6.522" in path.read_text(encoding="utf-8")


def test_a_figure_that_cannot_be_read_ends_with_2(run: Command) -> None:
    ran = run("whatif", REPORTED, "--set", "documents.outgoin=5")
    assert ran.code == 2
    assert "documents.outgoing" in ran.err


def test_it_takes_the_options_of_a_check(run: Command) -> None:
    options = ("--expect", "all", "--large-files", "2", "--as-of", "2020-06-30", "--format", "json")
    assert run("whatif", REPORTED, *options).code == 0
    assert run("whatif", REPORTED, "--expect", "khong-co").code == 2
