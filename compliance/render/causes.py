"""Which one figure may be behind several findings? One cause, many consequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.render.summary import unit_name
from compliance.render.suspects import describe_suspect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.model.check import Check
    from compliance.model.findings import Finding, Suspect


def group_by_cause(findings: Iterable[Finding]) -> tuple[tuple[Suspect, tuple[Finding, ...]], ...]:
    """Findings whose likeliest explanation is the same single figure, in the order of the first of each.

    A figure that stands alone behind one finding only is no group.
    """
    groups: dict[tuple[str, str, str], list[tuple[Suspect, Finding]]] = {}
    for finding in findings:
        top = [suspect for suspect in finding.suspects if suspect.group == 1]
        if len(top) == 1:
            (suspect,) = top
            key = (suspect.unit, suspect.indicator, suspect.should_be)
            groups.setdefault(key, []).append((suspect, finding))
    return tuple(
        (group[0][0], tuple(finding for _, finding in group)) for group in groups.values() if len(group) > 1
    )


def compose_causes(check: Check, findings: Iterable[Finding] | None = None) -> tuple[str, ...]:
    """A sentence for each such figure, with the findings it may be behind; of all findings by default."""
    given = check.findings if findings is None else findings
    return tuple(
        text(
            "suspect.cause",
            suspect=describe_suspect(check, suspect),
            count=len(group),
            findings="; ".join(
                text("suspect.consequence", rule=finding.rule, unit=unit_name(check, finding.unit))
                for finding in group
            ),
        )
        for suspect, group in group_by_cause(given)
    )
