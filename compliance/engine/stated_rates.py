"""Is a rate that the unit wrote the exact one at its printed decimals, and if not, what else would it fit?

Right means right half-up: s - u/2 <= exact < s + u/2. A stated 100 % or 0 % that is only so by rounding is to
be explained. For a wrong rate every other denominator, and every other unit of the run, is tried; all that
fit are listed as possibilities, never as the cause.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.engine.derive import derive_rate
from compliance.engine.figures import show_percent
from compliance.engine.ruling import Ruling, rest_on, rule_on, withhold
from compliance.messages import text
from compliance.model.findings import Possibility, Quantity
from compliance.numerals import Printed, format_percent, format_points, is_right, is_truncated, round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compliance.engine.figures import Figure
    from compliance.engine.runs import Run
    from compliance.model.rulepack import Rate, Rule, Severity

_SHOWN = 5
"""Possibilities named in a reason; the outcome carries all, and the reason says how many more there are."""


def check_stated(run: Run, rule: Rule, unit: str, rate: Rate) -> Ruling:
    """The verdict on the stated rate of a unit."""
    submission = run.submission(unit)
    written = submission.stated.get(rate.id) if submission else None
    if written is None:
        return rule_on("not_applicable", "not_stated", label=rate.label)
    figures = (run.ledger.stated(unit, rate.id), run.ledger.rate(unit, rate.id))
    if figures[1].value is None:
        return withhold(figures)
    printed = Printed(written.value, written.decimals, written.as_written)
    ruling = _judge(run, rule, unit, rate, printed)
    return rest_on(_set_quantities(ruling, printed, figures[1]), figures)


def _judge(run: Run, rule: Rule, unit: str, rate: Rate, printed: Printed) -> Ruling:
    exact = run.ledger.rate(unit, rate.id)
    words = {
        "formula": _formula(exact, printed),
        "rounded": _rounded(printed, exact.exact),
        "stated": _written(printed),
    }
    if is_faithful(printed, exact.exact):
        return rule_on("pass", "stated_right", **words, denominator=_name_denominator(run, unit, rate))
    found = tuple(_find_possibilities(run, unit, rate, printed))
    if is_right(printed, exact.exact):
        ruling = rule_on("fail", "stated_by_rounding", **words)
        ruling = replace(ruling, severity=_milder(rule.severity))
    else:
        ruling = rule_on("fail", "stated_wrong", **words)
    return replace(ruling, possibilities=found, reason=ruling.reason + _name_possibilities(found, printed))


def is_faithful(printed: Printed, exact: Fraction) -> bool:
    """Right, and not a 0 % or 100 % that rounding made."""
    return is_right(printed, exact) and (printed.value not in (0, 100) or exact == printed.value)


def _milder(severity: Severity) -> Severity:
    return "must_explain" if severity == "must_fix" else severity


def _set_quantities(ruling: Ruling, printed: Printed, exact: Figure) -> Ruling:
    rounded = round_half_up(exact.exact, printed.decimals)
    gap = Fraction(printed.value) - Fraction(rounded)
    return replace(
        ruling,
        measured=exact.quantity,
        expected=Quantity(exact=Fraction(rounded), text=_rounded(printed, exact.exact)),
        stated=Quantity(exact=Fraction(printed.value), text=_written(printed)),
        difference=Quantity(exact=gap, text=format_points(gap)),
    )


def _rounded(printed: Printed, exact: Fraction) -> str:
    return format_percent(round_half_up(exact, printed.decimals), printed.decimals, keep_zeros=True)


def _written(printed: Printed) -> str:
    return format_percent(printed.value, printed.decimals, keep_zeros=True)


def _formula(rate: Figure, printed: Printed) -> str:
    """`7/18.628 ≈ 0,0376%`: two decimals more than were printed."""
    decimals = printed.decimals + 2
    exact = rate.exact
    sign = "=" if Fraction(round_half_up(exact, decimals)) == exact else "≈"
    limits = (Fraction(printed.value),)
    return f"{rate.derived_from} {sign} {show_percent(exact, apart_from=limits, decimals=decimals)}"


def _name_denominator(run: Run, unit: str, rate: Rate) -> str:
    """Which denominator it is, and what the rate would be on those that it is confused with."""
    if not rate.confused_with:
        return ""
    others = [
        text("outcome.on_other_denominator", label=_label(run, name), figure=show_percent(other.exact))
        for name in rate.confused_with
        if (other := _on(run, unit, rate, name)).value is not None
    ]
    wording = rate.wording or _label(run, rate.denominator)
    return text("outcome.denominator", wording=wording) + "".join(others)


def _label(run: Run, indicator: str) -> str:
    return run.pack.indicator[indicator].label


def _on(run: Run, unit: str, rate: Rate, denominator: str) -> Figure:
    """The rate of a unit, taken on another denominator."""
    return derive_rate(
        rate, run.ledger.indicator(unit, rate.numerator), run.ledger.indicator(unit, denominator)
    )


def _find_possibilities(run: Run, unit: str, rate: Rate, printed: Printed) -> Iterator[Possibility]:
    """The unit itself and those above, then digits cut off, then the other units of the run."""
    near = (unit, *run.register.ancestors(unit))
    far = [other for other in run.register.order if other not in near]
    yield from _fits(run, near, rate, printed)
    own = run.ledger.rate(unit, rate.id)
    if is_truncated(printed, own.exact) and not is_right(printed, own.exact):
        words = text("outcome.possibility_truncated", formula=_formula(own, printed))
        yield Possibility(
            numerator=rate.numerator, denominator=rate.denominator, unit=unit, text=words, truncated=True
        )
    yield from _fits(run, far, rate, printed)


def _fits(run: Run, units: Iterable[str], rate: Rate, printed: Printed) -> Iterator[Possibility]:
    for unit in units:
        if run.submission(unit) is None:
            continue
        for denominator in (rate.denominator, *rate.confused_with):
            figure = _on(run, unit, rate, denominator)
            if figure.value is None or not is_faithful(printed, figure.exact):
                continue
            words = text(
                "outcome.possibility",
                formula=_formula(figure, printed),
                unit=run.register.units[unit].name,
                denominator=_label(run, denominator),
            )
            yield Possibility(numerator=rate.numerator, denominator=denominator, unit=unit, text=words)


def _name_possibilities(found: tuple[Possibility, ...], printed: Printed) -> str:
    if not found:
        return ""
    named = "; ".join(possibility.text for possibility in found[:_SHOWN])
    if len(found) > _SHOWN:
        named = text("outcome.possibilities_more", named=named, count=len(found) - _SHOWN)
    return " " + text("outcome.possibilities", stated=_written(printed), named=named)
