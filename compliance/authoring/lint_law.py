"""Does the law that a pack cites carry what the pack makes of it?

How sure a text is limits how grave a rule on it may be; a text is cited while it is in force; two targets for
one measure agree; and a pack below does not loosen what binds above it.
"""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING, Literal

from compliance.engine.applicability import value_in_force
from compliance.model.submission import LEVELS
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from compliance.model.legal import Citation, Grade
    from compliance.model.rulepack import DatedValue, Kind, Rule, RulePack, Severity, Target
    from compliance.model.submission import Level
    from compliance.problems import Place

_GRADES: tuple[Grade, ...] = ("A", "B", "R", "C")
"""The surest first."""
_SEVERITIES: tuple[Severity, ...] = ("advisory", "must_explain", "must_fix")
"""The mildest first."""
_MOST: dict[Kind, dict[Grade, Severity]] = {
    "target": {"A": "must_explain", "B": "must_explain", "R": "must_explain", "C": "advisory"},
    "completeness": {"A": "must_fix", "B": "must_explain", "R": "must_explain", "C": "advisory"},
    "plausibility": {"A": "must_fix", "B": "must_explain", "R": "must_explain", "C": "advisory"},
    "consistency": dict.fromkeys(_GRADES, "must_fix"),
}
"""How grave a rule may be on a text of that grade. Contradictions need no law."""


def check_basis(pack: RulePack) -> Iterator[Problem]:
    """Rules graver than their least sure text allows, and targets on no text at all."""
    for rule in pack.rules:
        citations = [citation for citation, _, _ in _citations(pack, rule)]
        if rule.kind == "target" and not citations:
            yield Problem("lint.target_without_basis", rule.place, {"rule": rule.id})
        grades = [citation.grade for citation in citations]
        if not grades:
            continue
        grade = max(grades, key=_GRADES.index)
        most = _MOST[rule.kind][grade]
        if _SEVERITIES.index(rule.severity) > _SEVERITIES.index(most):
            words = {
                "rule": rule.id,
                "severity": rule.severity,
                "grade": grade,
                "most": most,
                "kind": rule.kind,
            }
            yield Problem("lint.too_grave", rule.place, words)


def check_in_force(pack: RulePack) -> Iterator[Problem]:
    """Texts cited for a day on which they were not in force, unless the citation says from when they bind."""
    for rule in pack.rules:
        for citation, day, place in chain(_citations(pack, rule), _task_citations(pack, rule)):
            yield from _check_citation(pack, rule.id, citation, day, place)


def _citations(pack: RulePack, rule: Rule) -> Iterator[tuple[Citation, date, Place]]:
    """The texts that a rule rests on, each with the day from which it is relied on."""
    if rule.citation is not None:
        yield rule.citation, rule.effective_from, rule.place
    for limit in (rule.at_least, rule.at_most):
        for dated in pack.target[limit].values if limit else ():
            yield dated.citation, dated.effective_from, dated.place


def _task_citations(pack: RulePack, rule: Rule) -> Iterator[tuple[Citation, date, Place]]:
    day = max(rule.effective_from, pack.header.effective_from)
    return ((task.citation, day, rule.place) for task in rule.tasks if task.citation is not None)


def _check_citation(
    pack: RulePack, rule: str, citation: Citation, day: date, place: Place
) -> Iterator[Problem]:
    instrument = pack.instrument[citation.instrument]
    words = {"rule": rule, "key": instrument.key, "day": day}
    begins = instrument.in_force_from or instrument.issued
    if instrument.in_force_until is not None and instrument.in_force_until < day:
        yield Problem("lint.no_longer_in_force", place, {**words, "until": instrument.in_force_until})
    elif citation.binding_from is None and begins is not None and begins > day:
        yield Problem("lint.not_yet_in_force", place, {**words, "begins": begins})
    if citation.binding_from is None:
        return
    if not citation.note or (begins is not None and citation.binding_from < begins):
        yield Problem("lint.binding_unexplained", place, {**words, "binding": citation.binding_from})


def check_targets_agree(pack: RulePack) -> Iterator[Problem]:
    """Two target rules that ask different things of one measure at one level on one day."""
    rules = [rule for rule in pack.rules if rule.all_measures and (rule.at_least or rule.at_most)]
    for first, second in combinations(rules, 2):
        if set(first.all_measures) & set(second.all_measures) and _disagree(pack, first, second):
            words = {"rule": second.id, "other": first.id, "measure": ", ".join(first.all_measures)}
            yield Problem("lint.targets_disagree", second.place, words)


def _disagree(pack: RulePack, first: Rule, second: Rule) -> bool:
    one, other = pack.target[_limit(first)], pack.target[_limit(second)]
    for level in (level for level in first.applies_to if level in second.applies_to):
        for day in sorted({dated.effective_from for dated in (*one.values, *other.values)}):
            known, asked = value_in_force(one, level, day), value_in_force(other, level, day)
            if known is not None and asked is not None and _contradict(first, known, second, asked):
                return True
    return False


def _limit(rule: Rule) -> str:
    return rule.at_least or rule.at_most or ""


def _contradict(first: Rule, known: DatedValue, second: Rule, asked: DatedValue) -> bool:
    if bool(first.at_least) == bool(second.at_least):
        return known.value != asked.value
    low, high = (known, asked) if first.at_least else (asked, known)
    return low.value > high.value


def check_not_loosened(pack: RulePack, above: RulePack) -> Iterator[Problem]:
    """Targets of the pack that ask less than a binding one above; a withdrawal says so itself."""
    gone = {withdrawal.id for withdrawal in pack.withdrawn}
    for target in pack.targets:
        higher = above.target.get(target.id)
        if higher is None or target.id in gone:
            continue
        for rule in (rule for rule in pack.rules if target.id in (rule.at_least, rule.at_most)):
            yield from _check_loosened(rule, target, higher, pack.header.effective_from)


def _check_loosened(rule: Rule, target: Target, higher: Target, start: date) -> Iterator[Problem]:
    changes = (dated.effective_from for dated in (*target.values, *higher.values))
    days = sorted({max(day, start) for day in changes})
    for level in (level for level in LEVELS if level in rule.applies_to):
        for day in days:
            bound, own = value_in_force(higher, level, day), value_in_force(target, level, day)
            how = _loosening(rule, bound, own)
            if bound is not None and how is not None:
                words = {"id": target.id, "level": level, "day": day, "above": bound.value}
                own_words = {"own": own.value if own else "–", "due": own.due if own and own.due else "–"}
                yield Problem(f"lint.{how}", own.place if own else target.place, {**words, **own_words})
                return


def _loosening(
    rule: Rule, bound: DatedValue | None, own: DatedValue | None
) -> Literal["target_loosened", "due_loosened"] | None:
    """How the value asks less than the one that binds; a common target of other levels does not bind."""
    if bound is None or bound.common:
        return None
    if own is None:
        return "target_loosened"
    if own.value < bound.value if rule.at_least else own.value > bound.value:
        return "target_loosened"
    later = own.due is not None and (bound.due is None or own.due > bound.due)
    return "due_loosened" if later and own.value == bound.value else None


def check_dates(pack: RulePack) -> Iterator[Problem]:
    """Rules that never apply while the pack does, and two values of a target from one day on."""
    for rule in pack.rules:
        ends, begins = pack.header.effective_until, pack.header.effective_from
        if (ends is not None and rule.effective_from > ends) or (
            rule.effective_until is not None and rule.effective_until < begins
        ):
            yield Problem("lint.never_in_time", rule.place, {"rule": rule.id})
    for target in pack.targets:
        for first, second in combinations(target.values, 2):
            if first.effective_from == second.effective_from and _share_level(first, second):
                words = {"id": target.id, "day": first.effective_from}
                yield Problem("lint.two_values", second.place, words)


def _share_level(first: DatedValue, second: DatedValue) -> bool:
    levels: set[Level] = set(first.levels or LEVELS)
    return bool(levels & set(second.levels or LEVELS))
