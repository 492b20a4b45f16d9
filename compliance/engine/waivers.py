"""Which findings does a waiver lift, and what is said of those that it does not?

A waiver holds from the day it was approved to the day it expires, judged by the day of the run. It never
lifts what must be fixed, what could not be computed, or a figure that misses by more than it tolerates. What
it lifts keeps its outcome and is marked beside it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from compliance.messages import text
from compliance.model.waivers import WAIVER_EFFECTS, AppliedWaiver, WaiverUse
from compliance.numerals import format_date, format_decimal
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from compliance.model.findings import Outcome
    from compliance.model.waivers import Waiver, WaiverEffect

_Submitted = tuple[str, str]
"""Unit and period."""


@dataclass(frozen=True, slots=True)
class Waived:
    """The outcomes with those marked that a waiver lifts, and what came of every waiver."""

    outcomes: tuple[Outcome, ...]
    applied: Mapping[str, tuple[AppliedWaiver, ...]]
    """By the id of a finding, the strongest first."""
    uses: tuple[WaiverUse, ...]


def apply_waivers(
    waivers: Sequence[Waiver],
    outcomes: Iterable[Outcome],
    submitted: Collection[_Submitted],
    *,
    as_of: date,
) -> Waived:
    """Hold each waiver against each failure of its rule, unit and period.

    `submitted` are the units and periods of the run: a waiver for none of them is not called unused.
    """
    by_rule: dict[str, list[Waiver]] = defaultdict(list)
    for waiver in waivers:
        by_rule[waiver.rule].append(waiver)
    marked: list[Outcome] = []
    applied: dict[str, tuple[AppliedWaiver, ...]] = {}
    for outcome in outcomes:
        found = tuple(_apply(by_rule.get(outcome.rule, ()), outcome, as_of))
        if found:
            applied[outcome.id] = found
        is_lifted = any(one.effect == "lifted" for one in found)
        marked.append(outcome.model_copy(update={"waived": True}) if is_lifted else outcome)
    uses = tuple(
        describe_use(waiver, _effects_of(waiver, applied), submitted, as_of=as_of) for waiver in waivers
    )
    return Waived(tuple(marked), applied, uses)


def _effects_of(
    waiver: Waiver, applied: Mapping[str, tuple[AppliedWaiver, ...]]
) -> tuple[tuple[str, WaiverEffect], ...]:
    return tuple(
        (finding, one.effect)
        for finding, found in applied.items()
        for one in found
        if one.waiver == waiver.id
    )


def _apply(waivers: Iterable[Waiver], outcome: Outcome, as_of: date) -> list[AppliedWaiver]:
    if outcome.outcome not in ("fail", "error"):
        return []
    found = [
        AppliedWaiver(waiver=waiver.id, effect=effect, words=_say(waiver, outcome, effect))
        for waiver in waivers
        if _covers(waiver, outcome)
        for effect in [_effect(waiver, outcome, as_of)]
    ]
    return sorted(found, key=lambda one: WAIVER_EFFECTS.index(one.effect))


def _covers(waiver: Waiver, outcome: Outcome) -> bool:
    return (
        outcome.unit in waiver.units
        and outcome.period in waiver.periods
        and waiver.subject in ("", outcome.subject)
    )


def _effect(waiver: Waiver, outcome: Outcome, as_of: date) -> WaiverEffect:
    if outcome.severity == "must_fix":
        return "must_fix"
    if outcome.outcome == "error":
        return "not_computed"
    return (
        _lapse(waiver, as_of) or _excess(waiver, outcome) or ("lifted" if waiver.mode == "lift" else "noted")
    )


def _lapse(waiver: Waiver, as_of: date) -> Literal["not_yet", "expired"] | None:
    """Why it is not in force on the day; it still is on the day that it expires."""
    if as_of < waiver.approved_on:
        return "not_yet"
    return "expired" if waiver.expires is not None and waiver.expires < as_of else None


def _excess(waiver: Waiver, outcome: Outcome) -> Literal["unmeasured", "beyond_tolerance"] | None:
    """Why the figure is not within what is tolerated."""
    if waiver.tolerance is None:
        return None
    if outcome.difference is None:
        return "unmeasured"
    return "beyond_tolerance" if abs(outcome.difference.exact) > Fraction(waiver.tolerance) else None


def _say(waiver: Waiver, outcome: Outcome, effect: WaiverEffect) -> str:
    return text(
        f"waiver.effect.{effect}",
        until=_until(waiver),
        source=_source(waiver),
        reason=waiver.reason.rstrip(". "),
        approved_on=format_date(waiver.approved_on),
        expires=format_date(waiver.expires) if waiver.expires else "",
        tolerance="" if waiver.tolerance is None else format_decimal(waiver.tolerance),
        difference=outcome.difference.text.lstrip("-") if outcome.difference else "",
    )


def _until(waiver: Waiver) -> str:
    if waiver.expires is None:
        return text("waiver.no_expiry", reason=waiver.no_expiry_reason.rstrip(". "))
    return text("waiver.until", expires=format_date(waiver.expires))


def _source(waiver: Waiver) -> str:
    """By whose decision, and in which paper."""
    code = "waiver.source_document" if waiver.document else "waiver.source"
    approved_on = format_date(waiver.approved_on)
    return text(code, document=waiver.document, approver=waiver.approver, approved_on=approved_on)


def describe_use(
    waiver: Waiver,
    effects: tuple[tuple[str, WaiverEffect], ...],
    submitted: Collection[_Submitted],
    *,
    as_of: date,
) -> WaiverUse:
    """What came of a waiver, by what it did to which findings; the rest as in `apply_waivers`."""
    state = _lapse(waiver, as_of) or "in_force"
    concerns = any((unit, period) in submitted for unit in waiver.units for period in waiver.periods)
    return WaiverUse(
        waiver=waiver,
        in_force=state == "in_force",
        concerns_run=concerns,
        effects=effects,
        words=text(
            f"waiver.use.{state}",
            until=_until(waiver),
            expires=format_date(waiver.expires) if waiver.expires else "",
            approved_on=format_date(waiver.approved_on),
            effects=_say_effects([effect for _, effect in effects], concerns=concerns),
        ),
    )


def _say_effects(effects: Sequence[WaiverEffect], *, concerns: bool) -> str:
    if not effects:
        return text("waiver.unused" if concerns else "waiver.elsewhere")
    counted = [(effect, effects.count(effect)) for effect in WAIVER_EFFECTS if effect in effects]
    return "; ".join(text(f"waiver.count.{effect}", count=count) for effect, count in counted)


def warn_of_waivers(uses: Iterable[WaiverUse]) -> tuple[Problem, ...]:
    """What the inspector has to hear: waivers refused, expired, or without a finding to speak of."""
    return tuple(
        Problem(code, use.waiver.place, values, weight="warning")
        for use in uses
        for code, values in _warnings(use)
    )


def _warnings(use: WaiverUse) -> Iterator[tuple[str, dict[str, object]]]:
    named: dict[str, object] = {"id": use.waiver.id, "rule": use.waiver.rule}
    if refused := use.count("must_fix"):
        yield "waivers.must_fix", named | {"count": refused}
    if (resurfaced := use.count("expired")) and use.waiver.expires:
        yield "waivers.expired", named | {"count": resurfaced, "expires": format_date(use.waiver.expires)}
    if not use.effects and use.concerns_run:
        yield "waivers.unused", named
