"""Who would newly fail or pass on past submissions if one pack stood in the place of another?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authoring.diff import compare_packs
from compliance.engine.what_if import pair_outcome
from compliance.intake.limits import STANDARD
from compliance.model.comparison import AcceptanceChange, Replay
from compliance.pipeline import check, load_pack, read_submissions
from compliance.problems import is_usable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from compliance.model.check import Check
    from compliance.model.comparison import PackDifference, VerdictChange
    from compliance.model.findings import Outcome
    from compliance.model.rulepack import RulePack
    from compliance.problems import Problem

_FAILS = ("fail", "error")
_NOT_ASKED = (None, "not_applicable")


def compare_versions(
    old: str | Path,
    new: str | Path,
    replay: tuple[Path, ...] = (),
    *,
    as_of: date,
    large_files: int = 1,
) -> tuple[PackDifference | None, RulePack | None, tuple[Problem, ...]]:
    """What differs between two versions, tried on past submissions where there are any, and the new pack.

    `large_files` is by what factor files of submissions may be larger than is usual.
    """
    before, problems = load_pack(old)
    after, faults = load_pack(new)
    problems += tuple(fault for fault in faults if fault not in problems)
    if before is None or after is None:
        return None, None, problems
    result = compare_packs(before.pack, after.pack)
    if not replay:
        return result, after.pack, problems
    checks = []
    for compiled in (before, after):
        submissions, inputs, found = read_submissions(
            replay, compiled.pack, limits=STANDARD.times(large_files)
        )
        problems += tuple(problem for problem in found if problem not in problems)
        checks.append((compiled, submissions, inputs))
    if not is_usable(problems):
        return None, after.pack, problems
    replayed = compare_replays(
        *(check(compiled, read, as_of=as_of, inputs=inputs) for compiled, read, inputs in checks)
    )
    return result.model_copy(update={"replay": replayed}), after.pack, problems


def compare_replays(old: Check, new: Check) -> Replay:
    """Two checks of the same submissions under two packs side by side; a renamed rule keeps its verdicts."""
    changed = [change for change in _pair(old, new) if change.before != change.after]
    failing = tuple(change for change in changed if _fails_newly(change))
    passing = tuple(change for change in changed if _passes_newly(change))
    known = {change.id for change in (*failing, *passing)}
    return Replay(
        submissions=len(new.submissions),
        acceptance=tuple(_acceptance(old, new)),
        newly_failing=failing,
        newly_passing=passing,
        otherwise=tuple(change for change in changed if change.id not in known and _was_or_is_asked(change)),
    )


def _fails_newly(change: VerdictChange) -> bool:
    return change.after in _FAILS and change.before not in _FAILS


def _passes_newly(change: VerdictChange) -> bool:
    """A verdict that turns into a pass, or a failure that is gone because nobody asks any more."""
    if change.after == "pass":
        return change.before is not None
    return change.before in _FAILS and change.after in _NOT_ASKED


def _was_or_is_asked(change: VerdictChange) -> bool:
    """Whether a rule that speaks anew, or no more, has anything to say."""
    if change.before is None:
        return change.after == "no_data"
    return not (change.before in _NOT_ASKED and change.after in _NOT_ASKED)


def _pair(old: Check, new: Check) -> Iterator[VerdictChange]:
    """Each outcome with its fellow under the other pack, by the id that the new pack gives it."""
    before = {_name(new, outcome): outcome for outcome in old.outcomes}
    after = {outcome.id: outcome for outcome in new.outcomes}
    for name in dict.fromkeys((*after, *before)):
        pack = new.pack if name in after else old.pack
        yield pair_outcome(pack, name, before.get(name), after.get(name))


def _name(new: Check, outcome: Outcome) -> str:
    rule = new.pack.rule.get(outcome.rule)
    if rule is None or rule.id == outcome.rule:
        return outcome.id
    return rule.id + outcome.id.removeprefix(outcome.rule)


def _acceptance(old: Check, new: Check) -> Iterator[AcceptanceChange]:
    before = {(result.unit, result.period): result.accepted for result in old.submissions}
    for result in new.submissions:
        known = before.get((result.unit, result.period), result.accepted)
        if known != result.accepted:
            yield AcceptanceChange(
                unit=result.unit, period=result.period, before=known, after=result.accepted
            )
