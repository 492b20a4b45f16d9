"""The invented tables of form II.06a, each in another layout, read to the figures they were made from."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compliance.intake.packs import read_pack
from compliance.intake.submissions import read_submissions

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack

DATASET = Path(__file__).resolve().parents[2] / "datasets" / "ii06a-variants"


def _maker() -> Any:
    source = Path(__file__).with_name("make_ii06a_variants.py")
    spec = importlib.util.spec_from_file_location("make_ii06a_variants", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


MAKER = _maker()


@pytest.fixture(scope="module")
def pack() -> RulePack:
    pack, problems = read_pack("long-phu-2020")
    assert pack is not None, problems
    return pack


@pytest.mark.parametrize("name", sorted(MAKER.EXPECTED))
def test_a_variant_reads_to_its_figures(name: str, pack: RulePack) -> None:
    submissions, _, _ = read_submissions([DATASET / name], pack)
    found = {
        submission.unit: {key.split(".")[1]: value for key, value in submission.values.items()}
        for submission in submissions
    }
    assert found == MAKER.EXPECTED[name]


@pytest.mark.parametrize("name", sorted(MAKER.EXPECTED))
def test_a_variant_says_what_period_it_is_for(name: str, pack: RulePack) -> None:
    submissions, _, _ = read_submissions([DATASET / name], pack)
    assert {str(submission.period) for submission in submissions} == {"2020-H1"}


@pytest.mark.parametrize("name", sorted(set(MAKER.EXPECTED) - {"xuat-csv.csv"}))
def test_only_the_broken_totals_are_reported_each_with_its_cell(name: str, pack: RulePack) -> None:
    _, _, problems = read_submissions([DATASET / name], pack)
    assert {problem.code for problem in problems} <= {"workbook.broken_total"}
    assert tuple(problem.place.cell for problem in problems) == MAKER.BROKEN.get(name, ())


def test_a_broken_total_is_not_used(pack: RulePack) -> None:
    (submission,), _, problems = read_submissions([DATASET / "tong-sai.xlsx"], pack)
    assert submission.observations["dossiers.resolved"].value == 1428
    assert submission.observations["dossiers.resolved"].place.cell == "G11:G13"
    assert "1.438" in problems[0].what
    assert "lệch 10" in problems[0].what


def test_the_variants_together_are_read_without_a_clash(pack: RulePack) -> None:
    submissions, _, problems = read_submissions([DATASET], pack)
    assert len(submissions) == sum(map(len, MAKER.EXPECTED.values()))
    assert all(problem.weight == "warning" for problem in problems)


def test_the_script_writes_the_files_that_are_kept() -> None:
    assert {name: (DATASET / name).read_bytes() for name in MAKER.EXPECTED} == MAKER.build()
