"""What changed between two checks, for each unit and rule: findings, rates, targets?

Outcomes of two periods belong together by rule, unit and subject. A finding whose figures are now lacking is
not resolved, nor is one that passes on fewer figures than it failed on: it has become unverifiable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.compare_rates import compare_rates
from compliance.engine.resolution import name_lost
from compliance.engine.what_if import add_waivers, pair_outcome
from compliance.messages import text
from compliance.model.comparison import Comparison, TargetMove, WindowChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from compliance.model.check import Check
    from compliance.model.comparison import VerdictChange
    from compliance.model.findings import Outcome

_FOUND = ("fail", "error")
_DECIDED = ("pass", "fail", "error")
_Key = tuple[str, str, str]
_Pair = tuple["Outcome | None", "Outcome | None"]


def compare_checks(
    old: Check, new: Check, percentages_before: Mapping[tuple[str, str], Fraction] | None = None
) -> Comparison:
    """The later check against the earlier, in the later one's order; a renamed rule is the same rule.

    `percentages_before`, by unit and name, stand in where the figures of the earlier check are not at hand.
    """
    pairs = _pair(old, new)
    written = {**_explanations(old), **_explanations(new)}
    waived = {finding.id: finding for finding in new.findings if finding.waivers}
    changes = tuple(
        add_waivers(_change(old, new, pair), waived.get(pair[1].id) if pair[1] else None).model_copy(
            update={"explanation": _written(written, pair), "waived": pair[1] is not None and pair[1].waived}
        )
        for pair in pairs.values()
    )
    groups: dict[str, list[VerdictChange]] = {}
    for change in changes:
        groups.setdefault(_group(change), []).append(change)
    return Comparison(
        period_before=_periods(old),
        period_after=_periods(new),
        accepted_before=old.accepted,
        accepted_after=new.accepted,
        new=tuple(groups.get("new", ())),
        resolved=tuple(groups.get("resolved", ())),
        persisting=tuple(groups.get("persisting", ())),
        unverifiable=tuple(groups.get("unverifiable", ())),
        not_asked=tuple(groups.get("not_asked", ())),
        waived=sum(change.waived for name in ("new", "persisting") for change in groups.get(name, ())),
        rates=tuple(compare_rates(old, new, percentages_before)),
        targets=tuple(_targets(new, pairs)),
        windows=tuple(_windows(old, new)),
        stale_before=old.manifest.stale_because,
        stale_after=new.manifest.stale_because,
    )


def _explanations(check: Check) -> dict[str, str]:
    """What units wrote, by the id of the finding, whether it still is one or not."""
    of_findings = [finding.explanation for finding in check.findings if finding.explanation]
    answered = check.explanations.answered if check.explanations else ()
    every = (*of_findings, *(one.explanation for one in answered))
    return {explanation.finding: explanation.text for explanation in every}


def _written(written: Mapping[str, str], pair: _Pair) -> str:
    """What was written about the later outcome, else about the earlier."""
    before, after = pair
    return next((written[one.id] for one in (after, before) if one and written.get(one.id)), "")


def _periods(check: Check) -> str:
    return ", ".join(sorted({result.period for result in check.submissions}))


def _pair(old: Check, new: Check) -> Mapping[_Key, _Pair]:
    before = {_key(new, outcome): outcome for outcome in old.outcomes}
    after = {_key(new, outcome): outcome for outcome in new.outcomes}
    return {key: (before.get(key), after.get(key)) for key in dict.fromkeys((*after, *before))}


def _key(new: Check, outcome: Outcome) -> _Key:
    rule = new.pack.rule.get(outcome.rule)
    return (rule.id if rule else outcome.rule, outcome.unit, outcome.subject)


def _change(old: Check, new: Check, pair: _Pair) -> VerdictChange:
    before, after = pair
    known = after or before
    name = known.id if known else ""
    change = pair_outcome(new.pack if after else old.pack, name, before, after)
    if after is None and change.unit not in {item.unit for item in new.reported}:
        return change.model_copy(update={"after": "no_data", "reason_after": text("compare.not_submitted")})
    if before and after and change.before in _FOUND and change.after == "pass":
        lost = name_lost(new.pack, before, after, new.reported)
        if lost:
            reason = text("compare.lost_figures", labels="; ".join(lost), reason=after.reason)
            return change.model_copy(update={"after": "no_data", "reason_after": reason})
        if after.disputed_by:
            rules = ", ".join(dict.fromkeys(one.partition("@")[0] for one in after.disputed_by))
            reason = text("compare.disputed_figures", rules=rules, reason=after.reason)
            return change.model_copy(update={"after": "no_data", "reason_after": reason})
    return change


def _group(change: VerdictChange) -> str:
    """Which of the groups a change belongs to; empty where nothing needs to be said."""
    was_found, is_found = change.before in _FOUND, change.after in _FOUND
    if is_found:
        return "persisting" if was_found else "new"
    if change.after == "no_data":
        return "unverifiable" if change.before in _DECIDED else ""
    if was_found:
        return "resolved" if change.after == "pass" else "not_asked"
    return ""


def _targets(new: Check, pairs: Mapping[_Key, _Pair]) -> Iterator[TargetMove]:
    for before, after in pairs.values():
        if before is None or after is None or before.target is None or after.target is None:
            continue
        if before.target.exact != after.target.exact:
            title = new.pack.rule[after.rule].title
            yield TargetMove(
                rule=after.rule,
                title=title,
                unit=after.unit,
                before=before.target.text,
                after=after.target.text,
            )


def _windows(old: Check, new: Check) -> Iterator[WindowChange]:
    then = {item.unit: item.data_window for item in old.reported}
    for item in new.reported:
        before, after = then.get(item.unit), item.data_window
        if before is not None and after is not None and before.days != after.days:
            yield WindowChange(unit=item.unit, days_before=before.days, days_after=after.days)
