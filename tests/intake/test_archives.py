"""What an archive of files gives, and what is said of the rest of it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from compliance.intake.archives import unpack
from compliance.intake.limits import STANDARD
from compliance.intake.submissions import read_submissions

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.model.rulepack import RulePack

TEXT = "format: 1\nunit: soc-trang/long-phu/{unit}\nperiod: 2020-H1\nfigures:\n  dossiers: {{resolved: 5}}\n"


def archive(files: dict[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return written.getvalue()


def test_the_files_of_an_archive_are_read_like_those_of_a_folder(tmp_path: Path, pack: RulePack) -> None:
    path = tmp_path / "a.zip"
    files = {
        "x/b.yaml": TEXT.format(unit="cap-xa"),
        "a.yaml": TEXT.format(unit="cap-xa/xa-phu-huu"),
        "README.md": "words",
    }
    path.write_bytes(archive(dict(files)))
    submissions, stamps, problems = read_submissions([path], pack)
    assert problems == ()
    assert [submission.place.file for submission in submissions] == ["a.zip/a.yaml", "a.zip/x/b.yaml"]
    assert [stamp.file for stamp in stamps] == ["a.zip"]


def test_two_submissions_for_one_unit_and_period_name_both(tmp_path: Path, pack: RulePack) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(archive({name: TEXT.format(unit="cap-xa") for name in ("a.yaml", "b.yaml")}))
    _, _, (problem,) = read_submissions([path], pack)
    assert problem.code == "figures.same_revision"
    assert problem.place.file == "a.zip/b.yaml"
    assert "a.zip/a.yaml" in problem.what


def test_an_archive_in_an_archive_and_a_kind_that_is_not_read_are_named(
    tmp_path: Path, pack: RulePack
) -> None:
    path = tmp_path / "a.zip"
    files: dict[str, str | bytes] = {"b.zip": b"PK", "c.pdf": b"%PDF", "__MACOSX/d.yaml": "x", ".e.yaml": "x"}
    path.write_bytes(archive({"a.yaml": TEXT.format(unit="cap-xa"), **files}))
    submissions, _, problems = read_submissions([path], pack)
    assert len(submissions) == 1
    assert [(problem.code, problem.place.file) for problem in problems] == [
        ("workbook.archive.nested", "a.zip/b.zip"),
        ("intake.source.skipped", "a.zip/c.pdf"),
    ]


@pytest.mark.parametrize("name", ["xã Phú Hữu.yaml", "Đại Ngãi/số liệu.yaml"])
def test_a_vietnamese_name_is_read_whether_or_not_it_says_how_it_is_written(name: str) -> None:
    marked = io.BytesIO()
    with zipfile.ZipFile(marked, "w") as target:
        target.writestr(name, "x")
    found = [inside for inside, _, _ in unpack(marked.getvalue(), "a.zip", STANDARD)]
    unmarked = marked.getvalue().replace(b"\x00\x08\x00\x00", b"\x00\x00\x00\x00")
    assert found == [f"a.zip/{name}"]
    assert [inside for inside, _, _ in unpack(unmarked, "a.zip", STANDARD)] == found
