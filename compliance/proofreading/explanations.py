"""How is a verdict told to the one who wrote the report?

Stated, computed, difference, figures used, likeliest slip.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import format_decimal, format_percent, format_points
from compliance.proofreading.nouns import noun_key
from compliance.proofreading.suspicions import find_suspicions
from compliance.proofreading.verdicts import Check, computed, printed_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.model.claims import ClaimVerdict
    from compliance.proofreading.figures import Figure

_MORE_DECIMALS, _MOST_DECIMALS = 2, 4
_PERCENT_FORMULAS = {"ratio", "rise", "fall", "rise_by", "fall_by", "complement", "excess"}


def write_value(check: Check, value: Fraction, *, decimals: int | None = None) -> str:
    """A value in the unit and the scale of the stated figure."""
    if check.stated.kind in {"percent", "points"}:
        places = decimals if decimals is not None else check.stated.decimals
        return format_percent(value, places, keep_zeros=decimals is None)
    factor = _scale_of(check.stated)
    places = decimals if decimals is not None else min(check.stated.decimals + _MORE_DECIMALS, _MOST_DECIMALS)
    return format_decimal(value / factor, places)


def _scale_of(figure: Figure) -> Fraction:
    """What `nghìn`, `triệu` or `tỷ` behind the number makes of it."""
    return printed_unit(figure) * 10**figure.decimals if figure.step else Fraction(1)


def write_expected(check: Check) -> str:
    """What the other figures make it, at the decimals of the stated one."""
    bounds = computed(check)
    if bounds is None:
        return ""
    if check.formula in {"not_over", "not_under"}:
        return text(f"proofreading.expected.{check.formula}", bound=write_figure_value(check))
    low, high = bounds
    if low == high:
        return _rounded(check, low)
    return text("proofreading.expected.between", low=_rounded(check, low), high=_rounded(check, high))


def write_figure_value(check: Check) -> str:
    """The bound of a check that sets one."""
    return write_value(check, check.operands[0].value, decimals=check.operands[0].decimals)


def _rounded(check: Check, value: Fraction) -> str:
    if check.stated.kind in {"percent", "points"}:
        return write_value(check, value)
    return write_value(check, value, decimals=max(check.stated.decimals, 0) if check.stated.step else None)


def write_difference(check: Check) -> str:
    """How far the stated figure is from what the others make it; empty where they leave a span."""
    bounds = computed(check)
    if bounds is None or bounds[0] != bounds[1] or check.formula in {"not_over", "not_under"}:
        return ""
    gap = check.stated.value - bounds[0]
    if check.stated.kind in {"percent", "points"}:
        return format_points(gap, min(check.stated.decimals + _MORE_DECIMALS, _MOST_DECIMALS))
    return write_value(check, gap)


def write_formula(check: Check, written: str) -> str:
    """The reckoning with its figures and its result: `7 / 18.628 = 0,0376%`."""
    names = [figure.quoted(written) for figure in check.operands]
    if check.formula == "product":
        names = [_with_unit(figure, name) for figure, name in zip(check.operands, names, strict=True)]
    bounds = computed(check)
    if bounds is None:
        return " / ".join(names)
    low, high = bounds
    precise = min(check.stated.decimals + _MORE_DECIMALS, _MOST_DECIMALS)
    result = write_value(check, low, decimals=precise)
    if low != high:
        result = text(
            "proofreading.expected.between", low=result, high=write_value(check, high, decimals=precise)
        )
    code = f"proofreading.formula.{check.formula}"
    if check.kind == "count":
        code = "proofreading.formula.count"
    joiner = " + " if check.formula in {"sum", "complement"} else " – "
    rest = joiner.join(names[1:]) if len(names) > 1 else ""
    if check.formula == "share":
        rest = f"({' + '.join(names)})"
    if check.formula == "parts":
        names, rest = [f"({' + '.join(names[1:])})"], names[0]
    return text(code, first=names[0], second=rest, all=joiner.join(names), result=result)


def _with_unit(figure: Figure, name: str) -> str:
    """A figure with what it counts: `18 kỳ`, `05 - 07 phút`."""
    unit = figure.unit or noun_key(figure.noun)
    return name if not unit or name.endswith(unit) else f"{name} {unit}"


def explain(check: Check, verdict: ClaimVerdict, nearby: Sequence[Figure], written: str) -> str:
    """The whole explanation of a verdict."""
    stated = check.stated.quoted(written)
    if check.formula in {"not_over", "not_under"}:
        key = "fits" if verdict == "consistent" else f"{check.kind}_{check.formula}"
        return text(
            f"proofreading.verdict.{key}",
            stated=stated,
            first=check.operands[0].quoted(written),
            formula=stated,
        )
    formula = write_formula(check, written)
    sentences = [
        text(
            f"proofreading.verdict.{_code(check, verdict)}",
            stated=stated,
            formula=formula,
            expected=write_expected(check),
            difference=write_difference(check) or text("proofreading.expected.span"),
            other=" / ".join(figure.quoted(written) for figure in check.fits_too),
            **_rate_words(check),
        )
    ]
    if verdict in {"inconsistent", "truncated"}:
        sentences += find_suspicions(check, nearby, written)
    for code, figures in check.notes:
        sentences.append(_note(code, figures, written))
    return " ".join(sentences)


def _code(check: Check, verdict: ClaimVerdict) -> str:
    """Which sentence tells a verdict: an undecided one says why it is."""
    if verdict != "undecided":
        return verdict
    if check.fits_too:
        return "open"
    return "unnamed_whole" if check.unnamed_whole else verdict


def _rate_words(check: Check) -> dict[str, str]:
    """What to call a rate whose whole is nowhere given, and what it counts."""
    if check.unnamed_whole is None:
        return {}
    part, noun = check.unnamed_whole
    return {"rate": text(f"proofreading.rate.{part}"), "noun": noun}


def _note(code: str, figures: Sequence[Figure], written: str) -> str:
    above, named, used = figures
    rate = format_percent(Fraction(100) * above.value / named.value) if named.value else ""
    return text(
        f"proofreading.note.{code}",
        above=above.quoted(written),
        named=named.quoted(written),
        used=used.quoted(written),
        rate=rate,
    )
