"""The JSON of an earlier check, as far as it is compared with."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from compliance.intake.kept_runs import is_kept_run, read_kept_run
from compliance.pipeline import Request, dataset, load_pack, run

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.model.check import Check
    from compliance.model.rulepack import RulePack


@pytest.fixture(scope="module")
def made() -> Check:
    result, _ = run(Request(paths=(dataset("long-phu-2020-h1"),), as_of=date(2020, 6, 30)))
    assert result is not None
    return result


@pytest.fixture(scope="module")
def pack() -> RulePack:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    return compiled.pack


def _keep(made: Check, path: Path, **changes: Any) -> Path:
    kept = path / "ket-qua.json"
    kept.write_text(json.dumps(json.loads(made.model_dump_json()) | changes), encoding="utf-8")
    return kept


def test_every_verdict_comes_back_with_its_reason(made: Check, pack: RulePack, tmp_path: Path) -> None:
    found, problems = read_kept_run(_keep(made, tmp_path), pack)
    assert problems == ()
    assert found is not None
    then = {outcome.id: (outcome.outcome, outcome.reason) for outcome in made.outcomes}
    assert {outcome.id: (outcome.outcome, outcome.reason) for outcome in found.check.outcomes} == then
    assert found.check.accepted == made.accepted
    assert found.check.manifest.packs == made.manifest.packs


def test_percentages_come_back_exactly(made: Check, pack: RulePack, tmp_path: Path) -> None:
    found, _ = read_kept_run(_keep(made, tmp_path), pack)
    assert found is not None
    measured = made.outcome["DOC-01@soc-trang/long-phu@2020-H1"].measured
    assert measured is not None
    assert found.percentages["soc-trang/long-phu", "documents.electronic"] == measured.exact


def test_only_the_json_of_a_check_is_a_kept_run(made: Check, tmp_path: Path) -> None:
    figures = tmp_path / "so-lieu.json"
    figures.write_text('{"format": 1, "figures": {}}', encoding="utf-8")
    broken = tmp_path / "hong.json"
    broken.write_text("{", encoding="utf-8")
    assert is_kept_run(_keep(made, tmp_path))
    assert not any(map(is_kept_run, (figures, broken, tmp_path, tmp_path / "khong-co.json")))


@pytest.mark.parametrize(
    "changes",
    [
        {"accepted": "perhaps"},
        {"submissions": {}},
        {"manifest": {"engine": "1"}},
        {"outcomes": [{"rule": "X"}]},
        {"outcomes": ["x"]},
        {"outcomes": None},
    ],
)
def test_what_is_no_run_of_ours_is_refused(
    made: Check, pack: RulePack, tmp_path: Path, changes: dict[str, Any]
) -> None:
    found, problems = read_kept_run(_keep(made, tmp_path, **changes), pack)
    assert found is None
    assert [problem.code for problem in problems] == ["kept_run.malformed"]
