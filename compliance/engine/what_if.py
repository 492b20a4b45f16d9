"""Which verdicts change when a reported figure is replaced by another?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.comparison import SetFigure, VerdictChange, WhatIf
from compliance.numerals import format_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.model.check import Check
    from compliance.model.comparison import Setting
    from compliance.model.findings import Finding, Outcome
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Observation, Submission


def replace_figures(submissions: Iterable[Submission], settings: Iterable[Setting]) -> tuple[Submission, ...]:
    """The submissions with the figures put in; a setting for a unit without a submission changes nothing."""
    put_in: dict[str, dict[str, object]] = {}
    for setting in settings:
        put_in.setdefault(setting.unit, {})[setting.observation.indicator] = setting.observation
    return tuple(
        submission.model_copy(update={"observations": {**submission.observations, **put_in[submission.unit]}})
        if submission.unit in put_in
        else submission
        for submission in submissions
    )


def compose_what_if(before: Check, after: Check, settings: Sequence[Setting]) -> WhatIf:
    """The verdicts of two checks over one pack and period side by side, those of written rules first."""
    pairs = pair_outcomes(before.pack, before.outcomes, after.outcomes)
    waived = {finding.id: finding for finding in after.findings if finding.waivers}
    pairs = (add_waivers(pair, waived.get(pair.id)) for pair in pairs)
    changes = tuple(sorted(pairs, key=lambda change: before.pack.rule[change.rule].generated))
    moved = tuple(
        change
        for change in changes
        if change.before == change.after and _rests_on_another(before, after, change.id)
    )
    changed = tuple(change for change in changes if change.before != change.after)
    return WhatIf(
        period=", ".join(sorted({result.period for result in after.submissions})),
        figures=tuple(_name_figure(before, setting) for setting in settings),
        accepted_before=before.accepted,
        accepted_after=after.accepted,
        changed=changed,
        moved=moved,
        unchanged=len(changes) - len(changed) - len(moved),
    )


def add_waivers(change: VerdictChange, finding: Finding | None) -> VerdictChange:
    """The change, with the waivers that speak of the later outcome beside its reason."""
    if finding is None:
        return change
    beside = (text("waiver.beside", waiver=one.waiver, words=one.words) for one in finding.waivers)
    return change.model_copy(update={"reason_after": " ".join((change.reason_after, *beside))})


def _rests_on_another(before: Check, after: Check, outcome: str) -> bool:
    """Whether a decided outcome of a written rule has other numbers than it had."""
    old, new = before.outcome[outcome], after.outcome[outcome]
    if new.outcome not in ("pass", "fail") or before.pack.rule[new.rule].generated:
        return False
    return (old.measured, old.measures, old.difference) != (new.measured, new.measures, new.difference)


def _name_figure(before: Check, setting: Setting) -> SetFigure:
    observation = setting.observation
    reported = (item.observations for item in before.reported if item.unit == setting.unit)
    old = next((figures.get(observation.indicator) for figures in reported), None)
    return SetFigure(
        unit=setting.unit,
        indicator=observation.indicator,
        label=before.pack.indicator[observation.indicator].label,
        before=old.as_written if old else "",
        after=_write(observation),
    )


def _write(observation: Observation) -> str:
    """The figure as a reader reads it: a count with its thousands set off, all else as it was written."""
    value = observation.value
    if isinstance(value, int) and not isinstance(value, bool):
        return format_count(value)
    return observation.as_written


def pair_outcomes(
    pack: RulePack, before: Iterable[Outcome], after: Iterable[Outcome]
) -> Iterable[VerdictChange]:
    """Each outcome of either run with its fellow of the other, by id; the later run's order first."""
    old = {outcome.id: outcome for outcome in before}
    new = {outcome.id: outcome for outcome in after}
    for name in dict.fromkeys((*new, *old)):
        yield pair_outcome(pack, name, old.get(name), new.get(name))


def pair_outcome(pack: RulePack, name: str, before: Outcome | None, after: Outcome | None) -> VerdictChange:
    """One outcome before and after, under the given id.

    Raises:
        ValueError: neither is given.
    """
    known = after or before
    if known is None:
        raise ValueError(name)
    return VerdictChange(
        id=name,
        rule=known.rule,
        title=pack.rule[known.rule].title if known.rule in pack.rule else known.rule,
        unit=known.unit,
        area=known.area,
        kind=known.kind,
        severity=known.severity,
        before=before.outcome if before else None,
        after=after.outcome if after else None,
        reason_before=before.reason if before else "",
        reason_after=after.reason if after else "",
    )
