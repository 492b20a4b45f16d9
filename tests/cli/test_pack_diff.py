"""`rules diff`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from compliance.pipeline import dataset

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


def test_what_a_pack_adds_to_the_one_above_is_listed(run: Command) -> None:
    ran = run("rules", "diff", "soc-trang-2020", "long-phu-2020", "--format", "json")
    added = [item["id"] for item in json.loads(ran.out)["differences"] if item["kinds"] == ["added"]]
    assert ran.code == 0
    assert "ONE-02" in added


def test_the_replay_stands_below(run: Command) -> None:
    reported = dataset("long-phu-2020-h1")
    ran = run(
        "rules", "diff", "long-phu-2020", "long-phu-2020", "--replay", reported, "--as-of", "2020-06-30"
    )
    assert "Hai bản không khác nhau." in ran.out
    assert "Thử trên 5 báo cáo đã có" in ran.out
    assert "Không kết luận nào khác đi." in ran.out


def test_an_unknown_pack_ends_with_2(run: Command, tmp_path: Path) -> None:
    ran = run("rules", "diff", "long-phu-2020", tmp_path / "khong-co")
    assert ran.code == 2
    assert "khong-co" in ran.err
