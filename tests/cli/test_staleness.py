"""A check under a pack that is no longer the newest says so, in every output."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import docx
import pytest

from compliance.intake.packs import pack_root
from compliance.pipeline import dataset

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

REPORTED = dataset("long-phu-2020-h1")


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The pack of Long Phú and all above it, as an earlier version."""
    root = tmp_path / "rules"
    shutil.copytree(pack_root(), root)
    for header in root.glob("*/pack.yaml"):
        written = header.read_text(encoding="utf-8")
        header.write_text(written.replace("version: 1.0.0", "version: 0.9.0"), encoding="utf-8")
    return root / "long-phu-2020"


@pytest.mark.parametrize("form", ["console", "md", "html"])
def test_it_is_said_in_words(run: Command, older: Path, form: str) -> None:
    out = run("check", REPORTED, "--pack", older, "--as-of", "2020-06-30", "--format", form).out
    assert "long-phu-2020 0.9.0 không còn là bản hiện hành" in " ".join(out.split())


def test_the_json_gives_the_reason(run: Command, older: Path) -> None:
    out = run("check", REPORTED, "--pack", older, "--as-of", "2020-06-30", "--format", "json").out
    manifest = json.loads(out)["manifest"]
    assert manifest["stale"] is True
    assert {(one["reason"], one["now_version"]) for one in manifest["stale_because"]} == {("newer", "1.0.0")}


def test_the_page_for_a_unit_says_it(run: Command, older: Path, tmp_path: Path) -> None:
    folder = tmp_path / "phieu"
    run("check", REPORTED, "--pack", older, "--as-of", "2020-06-30", "--format", "html", "--per-unit", folder)
    pages = [page.read_text(encoding="utf-8") for page in folder.glob("*.html")]
    assert pages
    assert all("không còn là bản hiện hành" in page for page in pages)


def test_the_packs_that_travel_with_the_program_are_the_newest_there_are(run: Command) -> None:
    out = run("check", REPORTED, "--as-of", "2020-06-30", "--format", "json").out
    assert json.loads(out)["manifest"]["stale"] is False


def test_the_way_to_a_verdict_says_it_too(run: Command, older: Path) -> None:
    out = run(
        "explain", "DOC-01@soc-trang/long-phu@2020-H1", REPORTED, "--pack", older, "--as-of", "2020-06-30"
    ).out
    assert "long-phu-2020 0.9.0 không còn là bản hiện hành" in " ".join(out.split())


@pytest.mark.parametrize("form", ["console", "md", "txt", "json"])
def test_the_assessment_says_it(run: Command, older: Path, form: str) -> None:
    out = run("assess", REPORTED, "--pack", older, "--as-of", "2020-06-30", "--format", form).out
    said = '"now_version": "1.0.0"' if form == "json" else "long-phu-2020 0.9.0 không còn là bản hiện hành"
    assert said in " ".join(out.split())


def test_the_assessment_in_word_says_it_in_its_first_comment(
    run: Command, older: Path, tmp_path: Path
) -> None:
    path = tmp_path / "danh-gia.docx"
    run("assess", REPORTED, "--pack", older, "--as-of", "2020-06-30", "-o", path)
    first = next(iter(docx.Document(str(path)).comments))
    assert "long-phu-2020 0.9.0 không còn là bản hiện hành" in first.text
