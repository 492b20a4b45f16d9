"""What does a check or an assessment look like as Markdown, and the assessment as plain text to paste?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.model.submission import Period
from compliance.render.causes import compose_causes
from compliance.render.responses import list_answered, list_waivers, say_responses
from compliance.render.staleness import say_reasons
from compliance.render.summary import (
    build_matrix,
    compose_headline,
    compose_tally,
    group_findings,
    group_undecided,
    rules_without_finding,
    unit_label,
    unit_name,
)
from compliance.render.suspects import compose_suspects
from compliance.render.templating import fill

if TYPE_CHECKING:
    from compliance.model.assessment import Assessment
    from compliance.model.check import Check


def render_check_markdown(check: Check) -> str:
    """The whole result of a check: acceptance, matrix, findings, what is undecided, tally."""
    return fill(
        "check.md.j2",
        headline=compose_headline(check),
        causes=compose_causes(check),
        areas=check.pack.areas,
        matrix=[(unit_name(check, result.unit), cells) for result, cells in build_matrix(check)],
        groups=[
            (severity, [(unit_label(check, finding.unit), finding) for finding in findings])
            for severity, findings in group_findings(check)
        ],
        suspects={finding.id: compose_suspects(check, finding) for finding in check.findings},
        responses={finding.id: say_responses(finding) for finding in check.findings},
        answered=list_answered(check),
        waivers=list_waivers(check),
        undecided=[(unit_name(check, group.unit), group) for group in group_undecided(check)],
        tally=compose_tally(check),
        silent=rules_without_finding(check),
    )


def render_assessment_markdown(assessment: Assessment) -> str:
    """The assessment and its tasks."""
    return fill(
        "assessment.md.j2",
        assessment=assessment,
        stale=say_reasons(assessment.stale_because),
        next_period=Period.parse(assessment.period).next.label,
    )


def render_assessment_text(assessment: Assessment) -> str:
    """The same as plain text."""
    return fill(
        "assessment.txt.j2",
        assessment=assessment,
        stale=say_reasons(assessment.stale_because),
        next_period=Period.parse(assessment.period).next.label,
    )
