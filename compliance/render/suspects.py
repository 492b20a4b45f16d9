"""How does a reader read which figures of a finding may be wrong? In one sentence, the likeliest first."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from compliance.messages import text

if TYPE_CHECKING:
    from compliance.model.check import Check
    from compliance.model.findings import Finding, Suspect

_STATED = "stated."


def compose_suspects(check: Check, finding: Finding) -> str:
    """The suspects of a finding in one sentence; empty where there are none."""
    groups = [list(group) for _, group in groupby(finding.suspects, key=lambda suspect: suspect.group)]
    if not groups:
        return ""
    alternatives = text("suspect.or").join(
        text("suspect.and").join(_describe(check, finding, suspect) for suspect in group) for group in groups
    )
    if finding.more_suspects:
        alternatives = text("suspect.more", alternatives=alternatives)
    return text("suspect.label", alternatives=alternatives)


def _describe(check: Check, finding: Finding, suspect: Suspect) -> str:
    values = {
        "figure": _name(check, finding, suspect),
        "written": suspect.written,
        "should_be": suspect.should_be,
    }
    if not suspect.written:
        return text("suspect.missing", **values)
    sentence = text(f"suspect.{'determined' if suspect.should_be else 'undetermined'}", **values)
    return text("suspect.because", sentence=sentence, slip=suspect.slip) if suspect.slip else sentence


def _name(check: Check, finding: Finding, suspect: Suspect) -> str:
    """The figure, and its unit where it is not the finding's own."""
    name, pack = suspect.indicator, check.pack
    unit = text("suspect.of_unit", unit=pack.unit[suspect.unit].name) if suspect.unit != finding.unit else ""
    if name.startswith(_STATED):
        return text("suspect.stated", label=pack.rate[name.removeprefix(_STATED)].label, unit=unit)
    return text("suspect.figure", label=pack.indicator[name].label, unit=unit)
