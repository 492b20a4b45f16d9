"""What did an earlier run say, as its JSON was kept?

Only what a later run is compared with is taken from it: acceptance, the verdict of every rule on every unit,
percentages, and the packs it was made with. Figures and places stay where they are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from pydantic import ValidationError

from compliance.intake.sources import read_text
from compliance.model.check import Check, Manifest, SubmissionResult
from compliance.model.findings import Outcome
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from compliance.model.rulepack import RulePack

_TOP = ("format", "accepted", "submissions", "manifest", "outcomes")
_SUBMISSION = ("unit", "period", "accepted")
_MANIFEST = ("engine", "packs", "inputs", "as_of", "stale", "stale_because")
_OUTCOME = (
    "rule",
    "kind",
    "severity",
    "area",
    "unit",
    "period",
    "subject",
    "outcome",
    "reason_code",
    "reason",
    "target",
)
_OPERAND = ("value", "text", "as_written", "assumed")


@dataclass(frozen=True, slots=True)
class KeptRun:
    """An earlier run, as far as it is compared with."""

    check: Check
    """Without findings, submissions and places; its pack is the one of today."""
    percentages: Mapping[tuple[str, str], Fraction]
    """By unit and rate, or unit and indicator, in points."""


def is_kept_run(path: Path) -> bool:
    """Whether the file is the JSON of a check, rather than figures."""
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    source, _ = read_text(path)
    try:
        root = json.loads(source or "")
    except ValueError:
        return False
    return isinstance(root, dict) and {"manifest", "outcomes"} <= root.keys()


def read_kept_run(path: Path, pack: RulePack) -> tuple[KeptRun | None, tuple[Problem, ...]]:
    """The run that the file keeps; what is not a run of ours is a problem.

    `pack` names units, rules and areas for readers, and says which figures are percentages.
    """
    source, problems = read_text(path)
    if source is None:
        return None, problems
    try:
        root = json.loads(source)
        check = _read_check(root, pack)
        found = dict(_percentages(root["outcomes"], pack))
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError):
        return None, (Problem("kept_run.malformed", Place(path.name)),)
    return KeptRun(check, found), ()


def _read_check(root: Mapping[str, object], pack: RulePack) -> Check:
    kept = {name: root[name] for name in _TOP}
    manifest = Manifest.model_validate_json(_some(kept["manifest"], _MANIFEST, rules=[]))
    submissions = (
        SubmissionResult.model_validate_json(_some(one, _SUBMISSION)) for one in _list(kept["submissions"])
    )
    outcomes = (
        Outcome.model_validate_json(_some(one, _OUTCOME, operands=_operands(_mapping(one))))
        for one in _list(kept["outcomes"])
    )
    return Check.model_validate(
        {
            "format": kept["format"],
            "accepted": kept["accepted"],
            "submissions": tuple(submissions),
            "manifest": manifest,
            "outcomes": tuple(outcomes),
            "findings": (),
            "pack": pack,
            "reported": (),
        }
    )


def _operands(outcome: Mapping[str, object]) -> Mapping[str, object]:
    """What each figure beneath an outcome was, without where it stood."""
    operands = _mapping(outcome.get("operands", {}))
    return {
        name: {part: value for part, value in _mapping(operand).items() if part in _OPERAND}
        for name, operand in operands.items()
    }


def _some(item: object, names: Iterable[str], **more: object) -> str:
    """The named particulars of an object, as JSON again."""
    known = _mapping(item)
    return json.dumps({name: known[name] for name in names if name in known} | more)


def _percentages(
    outcomes: Iterable[Mapping[str, object]], pack: RulePack
) -> Iterator[tuple[tuple[str, str], Fraction]]:
    for outcome in outcomes:
        for written, operand in _mapping(outcome.get("operands", {})).items():
            name = written.removeprefix("rate.")
            indicator = pack.indicator.get(name)
            if name in pack.rate or (indicator is not None and indicator.type == "percent"):
                value = _mapping(operand).get("value")
                if isinstance(value, str) and value:
                    yield (str(outcome["unit"]), name), Fraction(value)


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value
