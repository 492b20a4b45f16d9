"""`assess` with the half-year before and the same half of the year before."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from compliance.pipeline import dataset

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

REPORTED = dataset("long-phu-2020-h1")


def _earlier(folder: Path, period: str, electronic: str) -> Path:
    """The reported figures as if of another period, with other electronic documents of the district."""
    shutil.copytree(REPORTED, folder)
    for path in folder.glob("*.yaml"):
        written = path.read_text(encoding="utf-8").replace("2020-H1", period)
        written = written.replace('outgoing_electronic: "2.737"', f'outgoing_electronic: "{electronic}"')
        path.write_text(written, encoding="utf-8")
    return folder


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """44,46 % then, 41,97 % now."""
    return _earlier(tmp_path / "ky-truoc", "2019-H2", "2.900")


@pytest.fixture
def last_year(tmp_path: Path) -> Path:
    """38,33 % then, 41,97 % now."""
    return _earlier(tmp_path / "cung-ky", "2019-H1", "2.500")


FALL = "giảm 2,5 điểm phần trăm so với kỳ trước (6 tháng cuối năm 2019: 44,46%)"
RISE = "tăng 3,63 điểm phần trăm so với cùng kỳ năm trước (6 tháng đầu năm 2019: 38,33%)"


def test_a_fall_is_a_limitation_and_a_rise_a_strength_where_both_are_given(
    run: Command, before: Path, last_year: Path
) -> None:
    out = run(
        "assess",
        REPORTED,
        *("--previous", before, "--same-period-last-year", last_year),
        *("--as-of", "2020-06-30", "--format", "md"),
    ).out
    strengths, _, limitations = out.partition("Hạn chế")
    assert RISE in strengths
    assert FALL not in strengths
    assert FALL in limitations
    assert RISE not in limitations


@pytest.mark.parametrize("option", ["--previous", "--same-period-last-year"])
def test_what_is_not_given_is_not_spoken_of(run: Command, before: Path, last_year: Path, option: str) -> None:
    earlier = before if option == "--previous" else last_year
    out = run("assess", REPORTED, option, earlier, "--as-of", "2020-06-30", "--format", "md").out
    assert (FALL in out, RISE in out) == (option == "--previous", option != "--previous")
