"""Is a target met, by how much is it missed, and what does the law of that day say?

Decided on exact fractions. Where the denominator is not settled a rule has several measures, and a verdict
stands only where all agree. A level that the pack itself commends makes no verdict.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.engine.applicability import value_in_force
from compliance.engine.figures import show_gap, show_like
from compliance.engine.operands import assume_for
from compliance.engine.ruling import Ruling, rest_on, rule_on, withhold
from compliance.messages import text
from compliance.model.findings import Quantity
from compliance.numerals import format_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from compliance.engine.figures import Figure
    from compliance.engine.runs import Run
    from compliance.model.rulepack import DatedValue, Rule


def check_target(run: Run, rule: Rule, unit: str) -> Ruling:
    """The verdict of a target rule on a unit that it concerns."""
    figures = [assume_for(rule, run.ledger.measure(unit, name)) for name in rule.all_measures]
    day = run.ledger.law_date(unit)
    limit = rule.at_least or rule.at_most
    level = run.register.units[unit].level
    dated = value_in_force(run.pack.target[limit], level, day) if limit else None
    complete = all(figure.value is not None for figure in figures)
    if limit and dated is None:
        ruling = rule_on("not_applicable", "no_target", label=figures[0].label)
    elif not complete:
        ruling = withhold(figures)
    elif dated is None:
        ruling = rule_on("not_applicable", "no_target", label=figures[0].label)
    else:
        ruling = _compare(rule, figures, dated, day)
    if complete:
        ruling = _commend(rule, figures, _set_measured(ruling, figures))
    return rest_on(_set_target(ruling, figures[0], dated), figures)


def _set_target(ruling: Ruling, figure: Figure, dated: DatedValue | None) -> Ruling:
    if dated is None:
        return ruling
    goal = Quantity(exact=Fraction(dated.value), text=show_like(figure, Fraction(dated.value)))
    return replace(ruling, target=goal, due=dated.due, citation=dated.citation, common=dated.common)


def _set_measured(ruling: Ruling, figures: Sequence[Figure]) -> Ruling:
    if len(figures) == 1:
        return replace(ruling, measured=figures[0].quantity)
    return replace(ruling, measures={_bare(figure): figure.quantity for figure in figures})


def _bare(figure: Figure) -> str:
    return figure.name.removeprefix("rate.")


def _meets(rule: Rule, figure: Figure, goal: Fraction) -> bool:
    return figure.exact <= goal if rule.at_most else figure.exact >= goal


def _commend(rule: Rule, figures: Sequence[Figure], ruling: Ruling) -> Ruling:
    """A strength by the pack's own level, said to be no target of any text; the verdict stays."""
    if rule.commend_at is None:
        return ruling
    level = Fraction(rule.commend_at)
    if not all(_meets(rule, figure, level) for figure in figures):
        return ruling
    words = {"measured": _measured(figures, level), "level": show_like(figures[0], level)}
    return replace(ruling, commended=True, reason=f"{ruling.reason} {text('outcome.commended', **words)}")


def _compare(rule: Rule, figures: Sequence[Figure], dated: DatedValue, day: date) -> Ruling:
    goal = Fraction(dated.value)
    met = [_meets(rule, figure, goal) for figure in figures]
    words = {
        "measured": _measured(figures, goal),
        "bound": text(f"outcome.word.{'at_most' if rule.at_most else 'at_least'}"),
        "target": show_like(figures[0], goal),
    }
    if any(met) and not all(met):
        return rule_on("no_data", "denominator_unsettled", **words)
    if all(met):
        return rule_on("pass", "met" if len(figures) == 1 else "met_by_all", **words)
    return _miss(figures, dated, day, words)


def _miss(figures: Sequence[Figure], dated: DatedValue, day: date, words: dict[str, str]) -> Ruling:
    goal = Fraction(dated.value)
    gap = figures[0].exact - goal
    due = format_date(dated.due) if dated.due else ""
    words = {**words, "gap": show_gap(figures[0], abs(gap)), "due": due}
    code = _name_miss(dated.due, day)
    if len(figures) > 1:
        return rule_on("fail", f"{code}_by_all", **words)
    difference = Quantity(exact=gap, text=show_gap(figures[0], gap))
    return replace(rule_on("fail", code, **words), difference=difference)


def _name_miss(due: date | None, day: date) -> str:
    if due is None:
        return "missed"
    return "not_yet_reached" if day <= due else "missed_overdue"


def _measured(figures: Sequence[Figure], goal: Fraction) -> str:
    """Each measure with its formula; several are told apart by their labels."""
    shown = [_with_formula(figure, goal) for figure in figures]
    if len(figures) == 1:
        return shown[0]
    return "; ".join(
        text("outcome.labelled", label=figure.label, figure=words)
        for figure, words in zip(figures, shown, strict=True)
    )


def _with_formula(figure: Figure, goal: Fraction) -> str:
    shown = show_like(figure, figure.exact, apart_from=(goal,))
    if figure.name.startswith("rate."):
        return text("outcome.with_formula", figure=shown, formula=figure.derived_from)
    return shown
