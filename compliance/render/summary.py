"""What do the first lines of every output say, and what stands in the matrix of units and areas?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from compliance.messages import text
from compliance.model.submission import Period
from compliance.numerals import format_date
from compliance.render.staleness import compose_staleness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.model.check import Check, SubmissionResult
    from compliance.model.findings import Finding, Outcome

CellKind = Literal["must_fix", "must_explain", "advisory", "waived", "no_data", "pass", "none"]
_BY_WEIGHT: tuple[CellKind, ...] = ("must_fix", "must_explain", "advisory", "no_data", "waived", "pass")
"""A target that lacks its figures outweighs what passed; any other rule that lacks them does not. What is
waived is no pass."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The worst that one area of one unit came to, and how many outcomes came to it."""

    kind: CellKind
    count: int

    @property
    def words(self) -> str:
        """In words, since colour alone does not reach everybody."""
        return text(f"render.cell.{self.kind}", count=self.count)


def unit_label(check: Check, unit: str) -> str:
    """The label of a unit, or its id where the register lacks it."""
    return check.pack.unit[unit].label if unit in check.pack.unit else unit


def unit_name(check: Check, unit: str) -> str:
    """The short name of a unit for tables."""
    return check.pack.unit[unit].name if unit in check.pack.unit else unit


def indicator_label(check: Check, indicator: str) -> str:
    """The label of an indicator."""
    return check.pack.indicator[indicator].label if indicator in check.pack.indicator else indicator


def period_label(check: Check) -> str:
    """The period or periods of the run, in words."""
    periods = sorted({Period.parse(result.period) for result in check.submissions})
    return ", ".join(period.label for period in periods)


def compose_headline(check: Check) -> tuple[str, ...]:
    """Will it be accepted? The acceptance line, then what blocks, what is missing, who has not submitted."""
    lines = [_acceptance_line(check), *name_left_out(check), *_totals(check)]
    missing = sum(len(result.missing) for result in check.submissions)
    if missing:
        lines.append(text("render.missing_count", count=missing))
    if len(check.submissions) > 1:
        lines += _units_by_acceptance(check)
    lines += compose_staleness(check.manifest)
    lines += _blocking_lines(check)
    lines += [
        text(
            "render.missing",
            unit=unit_label(check, result.unit),
            indicators=", ".join(indicator_label(check, missing) for missing in result.missing),
        )
        for result in check.submissions
        if result.missing
    ]
    if check.not_submitted:
        names = "; ".join(unit_label(check, unit) for unit in check.not_submitted)
        code = "render.not_submitted_or_left_out" if check.left_out else "render.not_submitted"
        lines.append(text(code, count=len(check.not_submitted), units=names))
    faults = (problem for left in check.left_out for problem in left.problems)
    return (*lines, *faults, *_pinned_lines(check))


def _pinned_lines(check: Check) -> Iterable[str]:
    """The figures that the inspector vouches for, as they are written."""
    if not check.pinned:
        return ()
    figures = "; ".join(
        text("pin.figure", label=pin.label, unit=unit_name(check, pin.unit), written=pin.as_written)
        for pin in check.pinned
    )
    return (text("pin.headline", count=len(check.pinned), figures=figures),)


def name_left_out(check: Check) -> tuple[str, ...]:
    """Which files are left out, and what that leaves undecided; nothing where all were read."""
    if not check.left_out:
        return ()
    files = ", ".join(left.file for left in check.left_out)
    return (text("render.left_out", count=len(check.left_out), files=files),)


def count_waived(check: Check) -> int:
    """How many findings a waiver lifts."""
    return sum(finding.waived for finding in check.findings)


def _totals(check: Check) -> list[str]:
    """How many findings are waived, how many explained, and who has not explained yet."""
    lines = []
    if waived := count_waived(check):
        lines.append(text("waiver.count_waived", count=waived))
    if check.explanations is None:
        return lines
    tally = check.explanations
    counts = {"to_explain": tally.to_explain, "explained": tally.explained, "lacking": tally.lacking}
    if not tally.to_explain:
        return [*lines, text("explanation.none_to_explain")]
    code = "tally" if tally.lacking else "all_explained"
    lines.append(text(f"explanation.{code}", **counts))
    if tally.lacking and len(check.submissions) > 1:
        units = [
            text("explanation.lacking_unit", unit=unit_name(check, result.unit), count=lacking)
            for result in check.submissions
            if (lacking := len(result.to_explain) - len(result.explained))
        ]
        lines.append(text("explanation.lacking_units", units=", ".join(units)))
    return lines


def _acceptance_line(check: Check) -> str:
    weights = Counter(finding.severity for finding in check.findings if not finding.waived)
    counts = {severity: weights[severity] for severity in ("must_fix", "must_explain", "advisory")}
    acceptance = text(f"acceptance.{check.accepted}").upper()
    if len(check.submissions) == 1:
        unit = unit_label(check, check.submissions[0].unit)
        return text("render.headline", acceptance=acceptance, unit=unit, period=period_label(check), **counts)
    units = len(check.submissions)
    return text(
        "render.headline_many", acceptance=acceptance, units=units, period=period_label(check), **counts
    )


def _units_by_acceptance(check: Check) -> list[str]:
    named = {"not_accepted": "render.worst", "explain": "render.to_explain_units"}
    lines = []
    for acceptance, code in named.items():
        units = [
            unit_name(check, result.unit) for result in check.submissions if result.accepted == acceptance
        ]
        if units:
            lines.append(text(code, units=", ".join(units)))
    return lines


def _blocking_lines(check: Check) -> list[str]:
    blocking = [finding for finding in check.findings if finding.severity == "must_fix"]
    return [
        text(
            "render.blocking_item",
            number=number,
            unit=unit_label(check, finding.unit),
            message=finding.message,
        )
        for number, finding in enumerate(blocking, start=1)
    ]


def group_findings(check: Check) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """Findings by severity, the heaviest first, those waived as a last group; no group is empty."""
    groups: dict[str, list[Finding]] = {"must_fix": [], "must_explain": [], "advisory": [], "waived": []}
    for finding in check.findings:
        groups["waived" if finding.waived else finding.severity].append(finding)
    return tuple((name, tuple(findings)) for name, findings in groups.items() if findings)


def _why_undecided(check: Check, outcome: Outcome) -> str:
    """The reason as it stands in a list whose title already says that figures are lacking."""
    if outcome.reason_code == "no_previous" and not check.previous:
        return text("render.no_previous")
    bare = outcome.reason.removeprefix(text("outcome.missing", reasons="").rstrip(". "))
    return bare.lstrip()


@dataclass(frozen=True, slots=True)
class Undecided:
    """One reason why a unit could not be judged, with the rules that it stops."""

    unit: str
    reason: str
    rules: tuple[str, ...]


def group_undecided(check: Check, *, written_only: bool = False) -> tuple[Undecided, ...]:
    """What lacks figures, of the units that report for themselves, a group for each unit and reason.

    `written_only` leaves out the rules generated from indicators and rates.
    """
    own = {(item.unit, str(item.period)) for item in check.reported if item.is_own_report}
    groups: dict[tuple[str, str], list[str]] = {}
    for outcome in check.outcomes:
        left_out = written_only and check.pack.rule[outcome.rule].generated
        if outcome.outcome == "no_data" and (outcome.unit, outcome.period) in own and not left_out:
            groups.setdefault((outcome.unit, _why_undecided(check, outcome)), []).append(outcome.rule)
    return tuple(Undecided(unit, reason, tuple(rules)) for (unit, reason), rules in groups.items())


def build_matrix(check: Check) -> tuple[tuple[SubmissionResult, tuple[Cell, ...]], ...]:
    """A row for each submission with a cell for each area of the pack, in their orders."""
    found: dict[tuple[str, str, str], list[Outcome]] = {}
    for outcome in check.outcomes:
        found.setdefault((outcome.unit, outcome.period, outcome.area), []).append(outcome)
    return tuple(
        (
            result,
            tuple(_cell(found.get((result.unit, result.period, area.id), ())) for area in check.pack.areas),
        )
        for result in check.submissions
    )


def _cell(outcomes: Sequence[Outcome]) -> Cell:
    kinds = Counter(_kinds(outcomes))
    worst = next((kind for kind in _BY_WEIGHT if kinds[kind]), None)
    if worst is None:
        lacking = sum(outcome.outcome == "no_data" for outcome in outcomes)
        return Cell("no_data", lacking) if lacking else Cell("none", 0)
    return Cell(worst, kinds[worst])


def _kinds(outcomes: Iterable[Outcome]) -> Iterable[CellKind]:
    for outcome in outcomes:
        if outcome.waived:
            yield "waived"
        elif outcome.outcome in ("fail", "error"):
            yield outcome.severity
        elif outcome.outcome == "no_data" and outcome.kind == "target":
            yield "no_data"
        elif outcome.outcome == "pass":
            yield "pass"


def rules_without_finding(check: Check) -> tuple[str, ...]:
    """The rules that ran and found nothing."""
    found = {finding.rule for finding in check.findings}
    return tuple(tally.rule for tally in check.manifest.rules if tally.rule not in found)


def compose_tally(check: Check) -> tuple[str, ...]:
    """How the rules came out in all, and which pack they came from."""
    verdicts = Counter(outcome.outcome for outcome in check.outcomes)
    stamp = check.manifest.packs[-1]
    return (
        text(
            "render.tally",
            rules=len(check.manifest.rules),
            units=len(check.submissions),
            passed=verdicts["pass"],
            failed=verdicts["fail"],
            no_data=verdicts["no_data"],
            not_applicable=verdicts["not_applicable"],
            error=verdicts["error"],
        ),
        text(
            "render.pack",
            id=stamp.id,
            version=stamp.version,
            digest=stamp.digest[:12],
            as_of=format_date(check.manifest.as_of),
        ),
    )
