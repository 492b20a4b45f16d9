"""Which submissions files and folders hold, taken together."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compliance.intake import submissions as intake
from compliance.intake.packs import dataset_root, read_pack
from compliance.intake.submissions import read_submissions
from compliance.model.check import InputStamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission
    from compliance.problems import Problem

COMMUNE = "soc-trang/long-phu/cap-xa/xa-phu-huu"


def write(
    path: Path, unit: str = COMMUNE, resolved: int = 5, revision: int = 1, period: str = "2020-H1"
) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = (
        f"format: 1\nunit: {unit}\nperiod: {period}\nrevision: {revision}\n"
        f"figures: {{dossiers: {{resolved: {resolved}}}}}\n"
    )
    path.write_text(text, encoding="utf-8")
    return path


def units(submissions: tuple[Submission, ...]) -> list[str]:
    return [submission.unit.rsplit("/", 1)[-1] for submission in submissions]


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


def test_a_folder_is_read_with_its_subfolders_in_sorted_order(tmp_path: Path, pack: RulePack) -> None:
    write(tmp_path / "nop" / "b.yaml", "soc-trang/long-phu")
    write(tmp_path / "nop" / "a" / "z.yml", "soc-trang/long-phu/cap-xa")
    write(tmp_path / "nop" / "c.yaml")
    found, stamps, problems = read_submissions([tmp_path / "nop"], pack)
    assert problems == ()
    assert units(found) == ["cap-xa", "long-phu", "xa-phu-huu"]
    assert [stamp.file for stamp in stamps] == ["nop/a/z.yml", "nop/b.yaml", "nop/c.yaml"]


def test_a_stamp_has_the_digest_of_the_bytes_that_were_read(tmp_path: Path, pack: RulePack) -> None:
    path = write(tmp_path / "a.yaml")
    _, stamps, _ = read_submissions([path], pack)
    assert stamps == (InputStamp(file="a.yaml", digest=hashlib.sha256(path.read_bytes()).hexdigest()),)


def test_places_name_a_file_as_it_was_given_and_never_a_path_of_the_machine(
    tmp_path: Path, pack: RulePack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given = write(tmp_path / "nop" / "so-lieu" / "a.yaml").relative_to(tmp_path)
    for argument, name in [
        (given, "nop/so-lieu/a.yaml"),
        (given.parent, "nop/so-lieu/a.yaml"),
        (given.parent.resolve(), "so-lieu/a.yaml"),
        (given.resolve(), "a.yaml"),
    ]:
        (submission,), _, _ = read_submissions([argument], pack)
        assert submission.place.file == name


def test_a_file_that_is_given_twice_is_read_once(tmp_path: Path, pack: RulePack) -> None:
    path = write(tmp_path / "nop" / "a.yaml")
    found, stamps, problems = read_submissions(
        [path, path.parent, path.parent / ".." / "nop" / "a.yaml"], pack
    )
    assert (len(found), len(stamps), problems) == (1, 1, ())


def test_two_files_for_one_revision_are_an_error_that_names_both(tmp_path: Path, pack: RulePack) -> None:
    first, second = write(tmp_path / "a.yaml"), write(tmp_path / "b.yaml", resolved=6)
    _, _, (problem,) = read_submissions([first, second], pack)
    assert (problem.code, problem.weight) == ("figures.same_revision", "error")
    assert problem.place.file == "b.yaml"
    assert "a.yaml" in problem.what


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_the_highest_revision_counts_and_the_others_are_named(
    tmp_path: Path, pack: RulePack, order: tuple[int, ...]
) -> None:
    files = [write(tmp_path / f"{revision}.yaml", resolved=revision, revision=revision) for revision in order]
    (latest,), stamps, problems = read_submissions(files, pack)
    assert (latest.revision, latest.values["dossiers.resolved"]) == (3, 3)
    assert len(stamps) == 3
    assert {(problem.place.file, problem.weight) for problem in problems} == {
        ("1.yaml", "warning"),
        ("2.yaml", "warning"),
    }


def test_submissions_for_other_units_and_periods_stand_side_by_side(tmp_path: Path, pack: RulePack) -> None:
    files = [
        write(tmp_path / "a.yaml"),
        write(tmp_path / "b.yaml", period="2019-H2"),
        write(tmp_path / "c.yaml", "soc-trang/long-phu"),
    ]
    found, _, problems = read_submissions(files, pack)
    assert len(found) == 3
    assert problems == ()


def test_a_file_with_an_error_does_not_hide_the_others(tmp_path: Path, pack: RulePack) -> None:
    write(tmp_path / "nop" / "a.yaml")
    write(tmp_path / "nop" / "b.yaml", "soc-trang/long-phu", resolved=-5)
    (tmp_path / "nop" / "c.json").write_text("{", encoding="utf-8")
    found, _, problems = read_submissions([tmp_path / "nop", tmp_path / "none.yaml"], pack)
    assert units(found) == ["xa-phu-huu"]
    assert codes(problems) == ["numerals.negative", "intake.json.syntax", "intake.source.missing"]


def test_files_of_other_kinds_in_a_folder_are_named_not_passed_over_in_silence(
    tmp_path: Path, pack: RulePack
) -> None:
    write(tmp_path / "nop" / "a.yaml")
    for name in ("b.xls", "README.md", ".hidden.yaml", "~$a.yaml"):
        (tmp_path / "nop" / name).write_bytes(b"x")
    _, _, (problem,) = read_submissions([tmp_path / "nop"], pack)
    assert (problem.code, problem.place.file, problem.weight) == (
        "intake.source.skipped",
        "nop/b.xls",
        "warning",
    )


def test_a_file_of_another_kind_that_was_asked_for_is_an_error(tmp_path: Path, pack: RulePack) -> None:
    (tmp_path / "a.doc").write_bytes(b"x")
    _, _, problems = read_submissions([tmp_path / "a.doc", tmp_path / "khong-co"], pack)
    assert codes(problems) == ["intake.source.unknown_suffix", "intake.source.missing"]
    assert ".yaml" in problems[0].remedy


def test_a_folder_without_figures_is_an_error(tmp_path: Path, pack: RulePack) -> None:
    (tmp_path / "nop").mkdir()
    _, _, problems = read_submissions([tmp_path / "nop"], pack)
    assert codes(problems) == ["intake.source.no_files"]


def test_a_link_that_leads_round_in_a_folder_is_not_followed(tmp_path: Path, pack: RulePack) -> None:
    write(tmp_path / "nop" / "a.yaml")
    (tmp_path / "nop" / "round").symlink_to(tmp_path / "nop", target_is_directory=True)
    found, _, problems = read_submissions([tmp_path / "nop"], pack)
    assert len(found) == 1
    assert problems == ()


def test_a_link_that_leads_to_itself_is_told_as_unreadable(tmp_path: Path, pack: RulePack) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "a.yaml")
    _, _, problems = read_submissions([tmp_path / "a.yaml"], pack)
    assert codes(problems) == ["intake.source.unreadable"]


def test_a_subfolder_that_may_not_be_read_is_named(
    tmp_path: Path, pack: RulePack, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "nop" / "a.yaml")
    (tmp_path / "nop" / "kin").mkdir()
    iterate = Path.iterdir

    def refuse(folder: Path) -> Iterator[Path]:
        if folder.name == "kin":
            raise PermissionError
        return iterate(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    found, _, (problem,) = read_submissions([tmp_path / "nop"], pack)
    assert len(found) == 1
    assert (problem.code, problem.place.file) == ("intake.source.forbidden", "nop/kin")


@pytest.mark.parametrize("name", ["a" * 400, "a" * 400 + ".yaml", "a\x00.yaml"])
def test_an_argument_that_no_file_can_be_called_is_told_as_unreadable(
    tmp_path: Path, pack: RulePack, name: str
) -> None:
    _, _, problems = read_submissions([tmp_path / name], pack)
    assert codes(problems) == ["intake.source.unreadable"]


def test_a_reader_of_another_kind_of_file_is_one_more_entry(
    tmp_path: Path, pack: RulePack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_form(
        content: bytes, name: str, _pack: RulePack
    ) -> tuple[tuple[Submission, ...], tuple[Problem, ...]]:
        assert (content, name) == (b"x", "a.form")
        return (), ()

    monkeypatch.setattr(intake, "READERS", {**intake.READERS, ".form": read_form})
    (tmp_path / "a.form").write_bytes(b"x")
    _, stamps, problems = read_submissions([tmp_path / "a.form"], pack)
    assert (len(stamps), problems) == (1, ())


@pytest.mark.parametrize(("name", "count"), [("long-phu-2020-h1", 5), ("long-phu-2020-h1-units", 26)])
def test_the_datasets_that_travel_with_the_program_have_no_problem(name: str, count: int) -> None:
    pack, _ = read_pack("long-phu-2020")
    assert pack is not None
    found, stamps, problems = read_submissions([dataset_root() / name], pack)
    assert (len(found), len(stamps), problems) == (count, count, ())
