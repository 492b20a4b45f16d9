"""Waivers come out as in a public test suite: waiver × expiry × run × what the check came to by itself.

How its words map to ours. `run: true` (the control is run although it is waived) is a waiver that only notes:
the finding counts as before; so is `run: default`, a waiver that does not say. `run: false` is a waiver that
lifts; the check is made all the same, and where theirs is `skipped` ours stays a failure, marked waived, that
counts for nothing. Expiry `none` is `expires: null` with a reason; `past` is the day before the run; the
three kinds of `future` are a later day, written as a date, in quotes, and in Vietnamese notation.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import compliance
from compliance.model.submission import Observation

if TYPE_CHECKING:
    from compliance.engine.expressions import CompiledPack
    from compliance.model.submission import Submission

CASES = json.loads((Path(__file__).parent / "data/cases/waiver_matrix.json").read_text("utf-8"))
AS_OF = date(2020, 6, 30)
UNIT = "soc-trang/long-phu/cap-huyen"
FINDING = f"DOC-01@{UNIT}@2020-H1"
EXPIRES = {
    "none": "expires: null\n    no_expiry_reason: theo quy định riêng",
    "past": "expires: 2020-06-29",
    "future": "expires: 2020-12-31",
    "future(Z time)": 'expires: "2020-12-31"',
    "future(string)": "expires: 31/12/2020",
}
MODES = {True: "mode: note", False: "mode: lift", "default": ""}


@pytest.fixture(scope="module")
def compiled() -> CompiledPack:
    loaded, problems = compliance.load_pack("long-phu-2020")
    assert loaded is not None, problems
    return loaded


@pytest.fixture(scope="module")
def reported(compiled: CompiledPack) -> Submission:
    """The bloc's figures, which miss the target of electronic documents."""
    path = Path(__file__).parents[1] / "datasets/long-phu-2020-h1/cap-huyen.yaml"
    (submission,), _, problems = compliance.read_submissions([path], compiled.pack)
    assert problems == ()
    return submission


def reaching_the_target(submission: Submission) -> Submission:
    """The same with every document sent electronically."""
    every = submission.observations["documents.outgoing"]
    name = "documents.outgoing_electronic"
    sent = Observation(indicator=name, value=every.value, as_written=every.as_written)
    return submission.model_copy(update={"observations": {**submission.observations, name: sent}})


def write(folder: Path, waiver: dict[str, Any]) -> Path:
    path = folder / "mien-tru.yaml"
    path.write_text(
        f"""format: 1
waivers:
  - id: MT-1
    rule: DOC-01
    scope: {{units: [{UNIT}], periods: [2020-H1]}}
    reason: phần mềm mới triển khai
    approver: Chánh Văn phòng
    approved_on: 2020-06-01
    {EXPIRES[waiver["expiry"]]}
    {MODES[waiver["run"]]}
""",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_waiver_comes_out_as_in_the_matrix(
    case: dict[str, Any], compiled: CompiledPack, reported: Submission, tmp_path: Path
) -> None:
    paths = [write(tmp_path, case["waiver"])] if case["waiver"] else []
    waivers, _, problems = compliance.read_waivers(paths, compiled.pack)
    assert problems == ()
    submission = reported if case["underlying"] == "fail" else reaching_the_target(reported)

    check = compliance.check(compiled, [submission], as_of=AS_OF, waivers=waivers)

    outcome, (result,) = check.outcome[FINDING], check.submissions
    counts = FINDING in result.to_explain
    came_to = {
        "passed": outcome.outcome == "pass" and not counts,
        "failed": outcome.outcome == "fail" and counts,
        "skipped": outcome.outcome == "fail" and not counts and FINDING in result.waived,
    }
    assert came_to == {name: name == case["expect"] for name in came_to}
    assert outcome.waived == case["waived"]
