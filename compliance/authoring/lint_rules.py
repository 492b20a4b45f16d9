"""Is a pack complete as its readers need it: tasks, levels, a changelog, ids that are never used again?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.engine.applicability import value_in_force
from compliance.intake.suggestions import hint
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.model.rulepack import PackHeader, Rule, RulePack
    from compliance.model.submission import Level


def check_tasks(pack: RulePack) -> Iterator[Problem]:
    """Limitations that no task answers: one to keep what is met does not."""
    for rule in pack.rules:
        if rule.limitation and all(task.group == "keep" for task in rule.tasks):
            yield Problem("lint.limitation_without_task", rule.place, {"rule": rule.id})


def check_levels(pack: RulePack) -> Iterator[Problem]:
    """Target rules at levels that do not report the measure, or that no value of the target binds."""
    for rule in pack.rules:
        for level in rule.applies_to:
            yield from _check_measured(pack, rule, level)
            yield from _check_bound(pack, rule, level)


def _check_measured(pack: RulePack, rule: Rule, level: Level) -> Iterator[Problem]:
    for name in rule.all_measures:
        reported = pack.rate[name].levels if name in pack.rate else pack.indicator[name].levels
        if level not in reported:
            words = {"rule": rule.id, "level": level, "measure": name}
            yield Problem("lint.not_measured", rule.place, words)


def _check_bound(pack: RulePack, rule: Rule, level: Level) -> Iterator[Problem]:
    limit = rule.at_least or rule.at_most
    target = pack.target[limit] if limit else None
    if target is None or not target.values:
        return
    last = max(dated.effective_from for dated in target.values)
    if value_in_force(target, level, last) is None:
        yield Problem("lint.never_binds", rule.place, {"rule": rule.id, "level": level, "target": target.id})


def check_changelog(pack: RulePack, file: str) -> Iterator[Problem]:
    """A version that the changelog lacks, and changes of unknown rules; `file` is the `pack.yaml`."""
    header = pack.header
    if header.version not in {change.version for change in header.changelog}:
        yield Problem("lint.version_unlogged", Place(file=file), {"version": header.version})
    known = {*pack.rule, *(withdrawal.id for withdrawal in pack.withdrawn)}
    gone = _withdrawn_in_changelog(header)
    for change in header.changelog:
        for rule in change.rules:
            if rule not in known | gone:
                words = {"version": change.version, "rule": rule, "hint": hint(rule, known)}
                yield Problem("lint.change_of_unknown", Place(file=file), words)


def check_reuse(pack: RulePack) -> Iterator[Problem]:
    """Rules under an id that the changelog of their pack once withdrew."""
    for header in pack.chain:
        gone = _withdrawn_in_changelog(header) - {withdrawal.id for withdrawal in header.withdraws}
        for rule in pack.rules:
            if rule.pack == header.id and gone & {rule.id, *rule.aliases}:
                yield Problem("lint.id_reused", rule.place, {"rule": rule.id, "pack": header.id})


def _withdrawn_in_changelog(header: PackHeader) -> set[str]:
    return {rule for change in header.changelog if change.kind == "withdrawn" for rule in change.rules}
