"""How does a reader read which figures of a finding may be wrong? In one sentence, the likeliest first."""

from __future__ import annotations

from functools import reduce
from itertools import groupby
from typing import TYPE_CHECKING

from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.model.check import Check
    from compliance.model.findings import Finding, Suspect

_STATED = "stated."


def compose_suspects(check: Check, finding: Finding) -> str:
    """The suspects of a finding in one sentence; empty where there are none."""
    groups = [list(group) for _, group in groupby(finding.suspects, key=lambda suspect: suspect.group)]
    if not groups:
        return text("suspect.all_pinned") if _all_pinned(check, finding) else ""
    described = [[_describe(check, finding, suspect) for suspect in group] for group in groups]
    alternatives = _join("or", [_join("and", group) for group in described])
    if finding.more_suspects:
        alternatives = text("suspect.more", alternatives=alternatives)
    return text("suspect.label", alternatives=alternatives)


def _all_pinned(check: Check, finding: Finding) -> bool:
    """Whether every reported figure that the finding rests on is vouched for."""
    outcome = check.outcome.get(finding.id)
    if not check.pinned or finding.kind != "consistency" or outcome is None:
        return False
    vouched = {(pin.unit, pin.indicator) for pin in check.pinned}
    operands = (name.partition("@") for name, operand in outcome.operands.items() if operand.as_written)
    about = {(unit or finding.unit, name) for name, _, unit in operands}
    return bool(about) and about <= vouched


def _join(how: str, sentences: Sequence[str]) -> str:
    return reduce(lambda first, second: text(f"suspect.{how}", first=first, second=second), sentences)


def describe_suspect(check: Check, suspect: Suspect) -> str:
    """One suspect with its unit, what is written, and what it should be where that is determined."""
    return _describe(check, None, suspect)


def _describe(check: Check, finding: Finding | None, suspect: Suspect) -> str:
    values = {
        "figure": _name(check, finding, suspect),
        "written": suspect.written,
        "should_be": suspect.should_be,
    }
    if not suspect.written:
        return text("suspect.missing", **values)
    sentence = text(f"suspect.{'determined' if suspect.should_be else 'undetermined'}", **values)
    return text("suspect.because", sentence=sentence, slip=suspect.slip) if suspect.slip else sentence


def _name(check: Check, finding: Finding | None, suspect: Suspect) -> str:
    """The figure, and its unit where it is not that of a finding."""
    name, pack = suspect.indicator, check.pack
    is_stated = name.startswith(_STATED)
    label = pack.rate[name.removeprefix(_STATED)].label if is_stated else pack.indicator[name].label
    code = "suspect.stated" if is_stated else "suspect.figure"
    if finding is not None and suspect.unit == finding.unit:
        return text(code, label=label)
    return text(f"{code}_of_unit", label=label, unit=pack.unit[suspect.unit].name)
