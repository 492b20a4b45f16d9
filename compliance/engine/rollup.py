"""Does a parent's figure agree with its units, and what is a parent without a submission?

Per indicator, over the units right below: equality where all report it, "at least" where some do. A bloc or a
district that has not submitted is derived where every unit right below has.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.engine.derive import sum_exactly
from compliance.engine.exact import sticky_decimal
from compliance.engine.figures import show_value
from compliance.engine.ledger import Ledger
from compliance.engine.ruling import Ruling, rest_on, rule_on, withhold
from compliance.messages import text
from compliance.model.submission import Observation, Submission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.engine.figures import Figure
    from compliance.engine.register import Register
    from compliance.engine.runs import Run
    from compliance.model.findings import Verdict
    from compliance.model.rulepack import Indicator, RulePack
    from compliance.model.submission import Period


def derive_parents(
    pack: RulePack, register: Register, period: Period, submissions: Sequence[Submission]
) -> tuple[Submission, ...]:
    """The submissions of one period, and one for each parent without one whose units all have one."""
    known = {submission.unit: submission for submission in submissions}
    for parent in register.parents_lowest_first():
        children = register.children(parent)
        if parent not in known and all(child in known for child in children):
            below = [known[child] for child in children]
            known[parent] = _derive_parent(pack, parent, Ledger(pack, register, period, below))
    return tuple(known.values())


def is_derived_parent(submission: Submission | None) -> bool:
    """Whether `derive_parents` made it: derived, and nobody's report."""
    return submission is not None and submission.provenance == "derived" and not submission.reported_by


def _derive_parent(pack: RulePack, parent: str, below: Ledger) -> Submission:
    level = below.register.units[parent].level
    sums = {
        indicator.id: below.children_sum(parent, indicator.id)
        for indicator in pack.indicators
        if level in indicator.additive
    }
    reports = list(below.submissions.values())
    windows = {report.data_window for report in reports}
    dates = [report.report_date for report in reports if report.report_date is not None]
    return Submission(
        unit=parent,
        period=below.period,
        data_window=windows.pop() if len(windows) == 1 else None,
        report_date=max(dates, default=None),
        reported_by="",
        provenance="derived",
        source=text("derivation.parent", count=len(reports)),
        observations={
            name: _observe(name, figure) for name, figure in sums.items() if figure.value is not None
        },
    )


def _observe(name: str, figure: Figure) -> Observation:
    exact = figure.exact
    value = exact.numerator if figure.measure == "count" else sticky_decimal(exact)
    return Observation(indicator=name, value=value, as_written="", derived_from=figure.derived_from)


def check_rollup(run: Run, unit: str, indicator: Indicator) -> Ruling:
    """The verdict on one indicator of a parent against the units right below."""
    if is_derived_parent(run.submission(unit)):
        return rule_on("not_applicable", "derived_unit")
    children = run.ledger.children_figures(unit, indicator.id)
    if not children:
        return rule_on("not_applicable", "no_children_report", label=indicator.label)
    whole = run.ledger.indicator(unit, indicator.id)
    absent = [child for child, figure in children.items() if figure.value is None]
    if whole.value is None or len(absent) == len(children):
        summed = run.ledger.children_sum(unit, indicator.id)
        return withhold([whole] if whole.value is None else [summed])
    return _compare(run, whole, children, absent)


def _compare(run: Run, whole: Figure, children: Mapping[str, Figure], absent: Sequence[str]) -> Ruling:
    parts = [figure for figure in children.values() if figure.value is not None]
    total = Fraction(sum_exactly(parts))
    gap = whole.exact - total
    words = {
        "whole": whole.number,
        "total": _total(parts, total),
        "gap": show_value(abs(gap), whole.measure),
        "reporting": len(parts),
        "units": len(children),
        "absent": run.register.names(absent),
    }
    ruling = rule_on(*_decide(gap, partial=bool(absent)), **words)
    expected = replace(whole, value=total).quantity
    difference = replace(whole, value=gap).quantity
    return replace(
        rest_on(ruling, (whole, *parts)), measured=whole.quantity, expected=expected, difference=difference
    )


def _total(parts: Sequence[Figure], total: Fraction) -> str:
    shown = show_value(total, parts[0].measure)
    return shown if len(parts) == 1 else f"{' + '.join(part.number for part in parts)} = {shown}"


def _decide(gap: Fraction, *, partial: bool) -> tuple[Verdict, str]:
    if partial:
        return ("pass", "rollup_at_least") if gap >= 0 else ("fail", "rollup_exceeded")
    return ("pass", "rollup_equal") if gap == 0 else ("fail", "rollup_unequal")
