"""`assess` with the half-year before and the same half of the year before."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from compliance.pipeline import dataset

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

REPORTED = dataset("long-phu-2020-h1")


def _earlier(folder: Path, period: str, electronic: str, stated: str) -> Path:
    """The reported figures of the district as if of another period, with other electronic documents."""
    folder.mkdir()
    written = (REPORTED / "huyen.yaml").read_text(encoding="utf-8").replace("2020-H1", period)
    written = written.replace('outgoing_electronic: "2.737"', f'outgoing_electronic: "{electronic}"')
    written = written.replace('signed: "2.563"', 'signed: "2.000"').replace("    share: 93,64%\n", "")
    written = written.replace("  signatures:\n\ncites", "\ncites")
    written = written.replace("electronic: 41,97%", f"electronic: {stated}")
    (folder / "huyen.yaml").write_text(written, encoding="utf-8")
    return folder


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """44,46 % then, 41,97 % now: 2,5 points, which the two decimals do not yield."""
    return _earlier(tmp_path / "ky-truoc", "2019-H2", "2.900", "44,46%")


@pytest.fixture
def last_year(tmp_path: Path) -> Path:
    """38,33 % then, 41,97 % now: 3,63 points, which the two decimals do not yield."""
    return _earlier(tmp_path / "cung-ky", "2019-H1", "2.500", "38,33%")


FALL = "giảm 2,499 điểm phần trăm so với kỳ trước (6 tháng cuối năm 2019: 44,465%)"
RISE = "tăng 3,634 điểm phần trăm so với cùng kỳ năm trước (6 tháng đầu năm 2019: 38,332%)"


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


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """38,33 % then, which the report of then states as 30 %."""
    return _earlier(tmp_path / "cung-ky-sai", "2019-H1", "2.500", "30%")


@pytest.mark.parametrize("form", ["console", "md", "json"])
def test_a_rise_since_figures_that_contradict_each_other_is_no_strength_and_that_is_said(
    run: Command, wrong: Path, form: str
) -> None:
    options = ("--same-period-last-year", wrong, "--as-of", "2020-06-30", "--format", form)
    out = " ".join(run("assess", REPORTED, *options).out.split())
    assert "38,33" not in out
    assert (
        "Chưa so sánh được với cùng kỳ năm trước (6 tháng đầu năm 2019): tỷ lệ văn bản đi gửi dưới dạng"
        in out
    )
    assert "(RATE:documents.electronic:stated, huyện Long Phú)" in out


def test_the_json_of_a_check_carries_the_contradictions_and_what_rests_on_them(
    run: Command, wrong: Path, tmp_path: Path
) -> None:
    shutil.copytree(wrong, tmp_path / "ky-truoc-sai")
    path = tmp_path / "ky-truoc-sai" / "huyen.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("2019-H1", "2019-H2"), encoding="utf-8")
    options = ("--previous", path.parent, "--as-of", "2020-06-30", "--format", "json")
    result = json.loads(run("check", REPORTED, *options).out)
    stated = "RATE:documents.electronic:stated@soc-trang/long-phu@2019-H2"
    assert stated in [one["id"] for one in result["earlier_contradictions"]]
    (steady,) = [one for one in result["outcomes"] if one["rule"] == "PLA-08" and one["unit"].count("/") == 1]
    assert steady["outcome"] == "pass"
    assert steady["earlier_disputed_by"] == [stated]
    explained = run("explain", "PLA-08@soc-trang/long-phu@2020-H1", REPORTED, *options[:4]).out
    assert stated in " ".join(explained.split())
