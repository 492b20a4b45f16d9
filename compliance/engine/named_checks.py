"""Are figures reported, reported together, handed in by everybody, and like those of the peers?

What an expression cannot say. The other named checks have their own modules: `cited_documents`,
`stated_rates`, `rollup`.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from compliance.engine.figures import show_gap, show_like, show_value
from compliance.engine.ruling import Ruling, rest_on, rule_on, withhold
from compliance.messages import text
from compliance.model.findings import Operand, Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.engine.figures import Figure
    from compliance.engine.runs import Run
    from compliance.model.named_checks import PeerMeasure


def is_reported(run: Run, unit: str, name: str) -> bool:
    """Whether the unit gave the indicator, or all the parts that make it, with nothing assumed."""
    submission = run.submission(unit)
    if submission is not None and name in submission.observations:
        return True
    figure = run.ledger.indicator(unit, name)
    indicator = run.pack.indicator[name]
    if indicator.from_register is not None:
        return figure.value is not None
    parts = figure.sources if indicator.parts else ()
    return bool(parts) and not any(part.assumed for part in parts)


def check_present(run: Run, unit: str, names: Sequence[str]) -> Ruling:
    """Whether every indicator is reported."""
    figures = [run.ledger.indicator(unit, name) for name in names]
    absent = [figure.label for figure in figures if not is_reported(run, unit, figure.name)]
    if absent:
        return rest_on(rule_on("fail", "not_present", labels="; ".join(absent)), figures)
    return rest_on(rule_on("pass", "present"), figures)


def check_together(run: Run, unit: str, names: Sequence[str]) -> Ruling:
    """Whether the indicators are reported all or none."""
    figures = [run.ledger.indicator(unit, name) for name in names]
    given = [figure.label for figure in figures if is_reported(run, unit, figure.name)]
    absent = [figure.label for figure in figures if not is_reported(run, unit, figure.name)]
    if given and absent:
        words = {"given": "; ".join(given), "absent": "; ".join(absent)}
        return rest_on(rule_on("fail", "not_together", **words), figures)
    return rest_on(rule_on("pass", "together"), figures)


def check_submitted(run: Run, unit: str) -> Ruling:
    """Whether every unit right below that is due has submitted."""
    due = [child for child in run.register.children(unit) if child in run.expected]
    if not due:
        return rule_on("not_applicable", "none_due")
    absent = [child for child in due if run.submission(child) is None]
    operands = {
        child: Operand(
            value="false" if child in absent else "true",
            text=run.register.units[child].label,
            as_written="",
        )
        for child in due
    }
    words = {"count": len(absent), "due": len(due), "units": run.register.names(absent)}
    ruling = (
        rule_on("fail", "not_submitted", **words) if absent else rule_on("pass", "all_submitted", **words)
    )
    return replace(ruling, operands=operands)


def check_peers(run: Run, unit: str, peers: PeerMeasure) -> Ruling:
    """Whether the unit is near the median of its peers, itself included."""
    own = run.ledger.measure(unit, peers.measure)
    if own.value is None:
        return withhold([own])
    known = [
        figure.exact
        for peer in run.register.peers(unit)
        if (figure := run.ledger.measure(peer, peers.measure)).value is not None
    ]
    if len(known) < peers.min_units:
        return rest_on(rule_on("no_data", "few_peers", count=len(known), needed=peers.min_units), [own])
    middle = Fraction(median(known))
    return _measure_distance(own, middle, peers, len(known))


def _measure_distance(own: Figure, middle: Fraction, peers: PeerMeasure, count: int) -> Ruling:
    gap = own.exact - middle
    in_points = own.measure == "percent"
    if in_points:
        far = abs(gap) > Fraction(peers.threshold)
    else:
        low, high = sorted((own.exact, middle))
        far = high > low * Fraction(peers.threshold)
    words = {
        "label": own.label,
        "own": own.phrase,
        "median": show_like(own, middle),
        "count": count,
        "threshold": show_gap(own, Fraction(peers.threshold)) if in_points else _times(peers),
    }
    ruling = rule_on("fail", "far_from_peers", **words) if far else rule_on("pass", "near_peers", **words)
    difference = Quantity(exact=gap, text=show_gap(own, gap))
    expected = Quantity(exact=middle, text=show_like(own, middle))
    return replace(rest_on(ruling, [own]), measured=own.quantity, expected=expected, difference=difference)


def _times(peers: PeerMeasure) -> str:
    return text("outcome.word.times", factor=show_value(peers.threshold, "amount"))
