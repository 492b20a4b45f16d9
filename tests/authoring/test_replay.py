"""Past submissions under one version of a pack and under another."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

from compliance.authoring.replay import compare_versions
from compliance.intake.packs import pack_root
from compliance.pipeline import dataset

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.model.comparison import PackDifference

DISTRICT = "soc-trang/long-phu"
AS_OF = date(2020, 6, 30)


def _edit(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """A copy of the packs that travel with the program, one sentence of it changed."""
    root = tmp_path / "rules"
    shutil.copytree(pack_root(), root)
    path = root / file
    written = path.read_text(encoding="utf-8")
    assert old in written
    path.write_text(written.replace(old, new, 1), encoding="utf-8")
    return root / "long-phu-2020"


def _compare(new: Path, *replay: Path) -> PackDifference:
    result, _, problems = compare_versions("long-phu-2020", new, replay, as_of=AS_OF)
    assert problems == ()
    assert result is not None
    return result


def test_a_lower_target_lets_units_pass_by_that_rule(tmp_path: Path) -> None:
    new = _edit(tmp_path, "vietnam-2020/documents.yaml", "value: 90\n", "value: 40\n")
    replay = _compare(new, dataset("long-phu-2020-h1")).replay
    assert replay is not None
    assert {(change.rule, change.unit) for change in replay.newly_passing} == {
        ("DOC-01", DISTRICT),
        ("DOC-01", f"{DISTRICT}/cap-huyen"),
    }
    assert replay.newly_failing == ()
    assert [(change.unit, change.after) for change in replay.acceptance] == [
        (f"{DISTRICT}/cap-huyen", "accepted")
    ]


def test_a_higher_target_makes_nobody_pass(tmp_path: Path) -> None:
    new = _edit(tmp_path, "vietnam-2020/documents.yaml", "value: 90\n", "value: 95\n")
    replay = _compare(new, dataset("long-phu-2020-h1")).replay
    assert replay is not None
    assert (replay.newly_failing, replay.newly_passing, replay.otherwise) == ((), (), ())


def test_a_stricter_check_makes_units_fail_by_that_rule(tmp_path: Path) -> None:
    milder = _edit(
        tmp_path, "vietnam-2020/dossiers.yaml", "dossiers.resolved_late == 0", "dossiers.resolved_late <= 7"
    )
    reported = (dataset("long-phu-2020-h1"),)
    result, _, _ = compare_versions(milder, "long-phu-2020", reported, as_of=AS_OF)
    assert result is not None
    assert result.replay is not None
    assert {change.rule for change in result.replay.newly_failing} == {"DOS-07"}
    assert DISTRICT in {change.unit for change in result.replay.newly_failing}


def test_a_renamed_rule_keeps_its_verdicts(tmp_path: Path) -> None:
    new = _edit(
        tmp_path, "vietnam-2020/dossiers.yaml", "  - id: DOS-07\n", "  - id: DOS-70\n    aliases: [DOS-07]\n"
    )
    shutil.move(
        new.parent / "vietnam-2020" / "cases" / "DOS-07.yaml",
        new.parent / "vietnam-2020" / "cases" / "DOS-70.yaml",
    )
    result = _compare(new, dataset("long-phu-2020-h1"))
    assert [(item.id, item.renamed_from) for item in result.differences] == [("DOS-70", "DOS-07")]
    assert result.replay is not None
    assert (result.replay.newly_failing, result.replay.newly_passing, result.replay.otherwise) == ((), (), ())


def test_without_submissions_nothing_is_tried() -> None:
    result, _, _ = compare_versions("soc-trang-2020", "long-phu-2020", as_of=AS_OF)
    assert result is not None
    assert result.replay is None


def test_a_pack_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    result, _, problems = compare_versions("long-phu-2020", tmp_path / "khong-co", as_of=AS_OF)
    assert result is None
    assert problems != ()
