"""Files that cannot be read are left out where that is asked for, and never in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.intake.keep_going import read_around_faults
from compliance.intake.limits import STANDARD
from compliance.pipeline import load_pack

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.intake.keep_going import Figures
    from compliance.model.check import LeftOut

COMPILED, _ = load_pack("long-phu-2020")
GOOD = """\
format: 1
unit: soc-trang/long-phu/cap-xa/{name}
period: 2020-H1
provenance: reported
figures:
  portal: {{articles: 3}}
"""
BROKEN = "format: 1\nunit: [soc-trang\n"


def read(folder: Path, *, keep_going: bool) -> tuple[Figures, tuple[LeftOut, ...]]:
    assert COMPILED is not None
    return read_around_faults([folder], COMPILED.pack, keep_going=keep_going, limits=STANDARD)


def write(folder: Path, **files: str) -> Path:
    for name, words in files.items():
        (folder / f"{name}.yaml").write_text(words, encoding="utf-8")
    return folder


def codes(figures: Figures) -> list[tuple[str, str]]:
    return [(problem.code, problem.weight) for problem in figures[2]]


def test_a_broken_file_is_left_out_with_what_is_wrong_in_it(tmp_path: Path) -> None:
    folder = write(tmp_path, a=GOOD.format(name="xa-tan-hung"), b=BROKEN)
    figures, left_out = read(folder, keep_going=True)
    assert [submission.unit.rpartition("/")[2] for submission in figures[0]] == ["xa-tan-hung"]
    assert [stamp.file.rpartition("/")[2] for stamp in figures[1]] == ["a.yaml"]
    assert "error" not in dict(codes(figures)).values()
    (left,) = left_out
    assert left.file.endswith("/b.yaml")
    assert left.problems
    assert left.problems[0].startswith(left.file)


def test_without_the_wish_nothing_is_left_out_and_the_wish_is_offered(tmp_path: Path) -> None:
    figures, left_out = read(write(tmp_path, a=GOOD.format(name="xa-tan-hung"), b=BROKEN), keep_going=False)
    assert left_out == ()
    found = codes(figures)
    assert ("intake.source.keep_going", "warning") in found
    assert any(weight == "error" for _, weight in found)


def test_where_no_file_can_be_read_nothing_is_left_out_nor_offered(tmp_path: Path) -> None:
    for keep_going in (True, False):
        figures, left_out = read(write(tmp_path, b=BROKEN), keep_going=keep_going)
        assert left_out == ()
        assert "intake.source.keep_going" not in dict(codes(figures))
        assert "error" in dict(codes(figures)).values()


def test_a_file_with_one_wrong_submission_is_left_out_whole(tmp_path: Path) -> None:
    head = "Đơn vị,Kỳ,Chỉ tiêu,Giá trị\n"
    rows = "soc-trang/long-phu/cap-xa/{},2020-H1,portal.articles,{}\n"
    both = head + rows.format("xa-phu-huu", "3") + rows.format("xa-tan-hung", "ba mươi")
    (tmp_path / "hai.csv").write_text(both, encoding="utf-8")
    figures, left_out = read(write(tmp_path, a=GOOD.format(name="xa-long-duc")), keep_going=True)
    assert [submission.unit.rpartition("/")[2] for submission in figures[0]] == ["xa-long-duc"]
    assert len(left_out) == 1


def test_two_files_for_one_unit_still_end_the_run(tmp_path: Path) -> None:
    one = GOOD.format(name="xa-tan-hung")
    figures, left_out = read(write(tmp_path, a=one, b=one), keep_going=True)
    assert left_out == ()
    assert ("figures.same_revision", "error") in codes(figures)
