"""What does a check look like as one page that opens offline, and as a page for each unit?

One file without anything from elsewhere: a content security policy lets only this style and this script run.
Whatever people wrote is escaped by the templates.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from markupsafe import Markup

from compliance.messages import text
from compliance.model.submission import Period
from compliance.render.causes import compose_causes
from compliance.render.markdown import render_assessment_text
from compliance.render.rate_bars import build_bars
from compliance.render.responses import list_answered, list_waivers, say_responses
from compliance.render.summary import (
    build_matrix,
    compose_headline,
    compose_tally,
    group_undecided,
    indicator_label,
    period_label,
    rules_without_finding,
    unit_label,
    unit_name,
)
from compliance.render.suspects import compose_suspects
from compliance.render.templating import fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.model.assessment import Assessment
    from compliance.model.check import Check, SubmissionResult
    from compliance.model.findings import Finding
    from compliance.render.unit_page import UnitPage

_ANCHORS = ("ma-tran", "ty-le", "don-vi", "quy-tac", "danh-gia", "nhiem-vu")
"""Sections of the page, by the fragment that leads to each."""

_HEADLINE = 6
"""Lines of the headline in the open; how many more there are is said."""

View = dict[str, object]


def render_check_html(check: Check, assessment: Assessment) -> str:
    """The whole result on one page: acceptance, matrix, rates, findings, assessment and tasks."""
    anchors = {(result.unit, result.period): f"dv-{n}" for n, result in enumerate(check.submissions, start=1)}
    units = [_unit(check, result, anchors[result.unit, result.period]) for result in check.submissions]
    tasks_title = text("render.section.tasks", period=Period.parse(assessment.period).next.label)
    aimed, free = build_bars(check)
    whole = render_assessment_text(assessment)
    before, _, tasks = whole.partition(tasks_title)
    return _fill(
        "page.html.j2",
        script=True,
        period=period_label(check),
        accepted=check.accepted,
        headline=compose_headline(check),
        shown=_HEADLINE,
        anchors=_ANCHORS,
        areas=check.pack.areas,
        matrix=list(zip(units, (cells for _, cells in build_matrix(check)), strict=True)),
        aimed=aimed,
        free=free,
        units=units,
        causes=compose_causes(check),
        answered=list_answered(check),
        waivers=list_waivers(check),
        rules=_rules(check, {unit: anchor for (unit, _), anchor in anchors.items()}),
        undecided=[(unit_name(check, group.unit), group) for group in group_undecided(check)],
        assessment=assessment,
        tasks_title=tasks_title,
        copied_assessment=before.strip() + "\n",
        copied_tasks=tasks_title + tasks,
        tally=compose_tally(check),
        silent=rules_without_finding(check),
    )


def render_unit_html(page: UnitPage) -> str:
    """The page sent back to one unit."""
    return _fill("unit.html.j2", script=False, page=page)


def _fill(template: str, *, script: bool, **values: object) -> str:
    style, code = _asset("page.css"), _asset("page.js")
    return fill(
        template,
        style=style,
        style_hash=_hash(style),
        script=code if script else "",
        script_hash=_hash(code),
        **values,
    )


@cache
def _asset(name: str) -> Markup:
    """A style or a script of ours, which goes into the page as it is."""
    source = resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")
    return Markup(source)  # noqa: S704 - a file of this package, nothing that a user wrote


def _hash(source: str) -> str:
    """The digest by which a content security policy knows a style or a script."""
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _unit(check: Check, result: SubmissionResult, anchor: str) -> View:
    period = f"@{result.unit}@{result.period}"
    own = [finding for finding in check.findings if finding.id.split("#", maxsplit=1)[0].endswith(period)]
    return {
        "anchor": anchor,
        "name": unit_name(check, result.unit),
        "label": unit_label(check, result.unit),
        "accepted": result.accepted,
        "missing": [indicator_label(check, name) for name in result.missing],
        "findings": [_finding(check, one, f"{anchor}-{n}") for n, one in enumerate(own, start=1)],
    }


def _finding(check: Check, finding: Finding, anchor: str) -> View:
    return {
        "anchor": anchor,
        "severity": finding.severity,
        "message": finding.message,
        "fix": finding.fix,
        "places": finding.places,
        "citation": finding.citation,
        "rule": finding.rule,
        "title": finding.title,
        "waived": finding.waived,
        "responses": say_responses(finding),
        "suspects": compose_suspects(check, finding),
    }


def _rules(check: Check, anchors: Mapping[str, str]) -> list[View]:
    """The rules with findings, in the pack's order, each with the units that it found something about."""
    found: dict[str, dict[str, str]] = {}
    for finding in check.findings:
        units = found.setdefault(finding.rule, {})
        units[unit_name(check, finding.unit)] = anchors.get(finding.unit, "don-vi")
    return [
        {
            "id": rule.id,
            "title": rule.title,
            "severity": rule.severity,
            "units": [(anchor, name) for name, anchor in found[rule.id].items()],
        }
        for rule in check.pack.rules
        if rule.id in found
    ]
