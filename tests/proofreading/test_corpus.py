"""Every claim of the corpus is found with its verdict, and nothing else raises an alarm.

The cases stand in `tests/data/claims/`, by subject; a case with `trap` must stay silent.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from compliance.proofreading import proofread

CORPUS = Path(__file__).parents[1] / "data" / "claims"
ALARMS = {"inconsistent", "truncated"}


def _cases() -> list[dict[str, Any]]:
    return [
        {"subject": path.stem, "number": number} | case
        for path in sorted(CORPUS.glob("*.yaml"))
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), start=1)
    ]


CASES = _cases()


def _expected(case: dict[str, Any]) -> set[tuple[str, ...]]:
    return {tuple(part.strip() for part in claim.split("|")) for claim in case.get("claims", ())}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['subject']}-{case['number']}")
def test_a_case_gives_its_claims_and_no_other_alarm(case: dict[str, Any]) -> None:
    found = {(claim.kind, claim.stated, claim.verdict) for claim in proofread(case["text"])}
    expected = _expected(case)
    assert expected <= found
    assert {claim for claim in found if claim[2] in ALARMS} <= expected


def test_the_corpus_is_as_large_as_the_benchmark_says() -> None:
    assert sum(len(_expected(case)) for case in CASES) >= 300
    assert sum("trap" in case for case in CASES) >= 100
