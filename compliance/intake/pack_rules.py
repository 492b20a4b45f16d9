"""Can a rule be decided as it stands?

It has one check over known names, a limit where it measures, tasks with a day, and sentences that can be
filled. Its expressions are the engine's matter.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from compliance.intake.pack_references import in_order
from compliance.intake.suggestions import hint, listed
from compliance.messages import text
from compliance.model.named_checks import Peers, Present, Together
from compliance.problems import Problem
from compliance.sentences import parse_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.intake.pack_chain import Chain
    from compliance.intake.pack_items import Entry
    from compliance.intake.pack_names import Names
    from compliance.model.rulepack import Rule

SENTENCE_NAMES = (
    "unit",
    "period",
    "next_period",
    "measured",
    "target",
    "due",
    "numerator",
    "denominator",
    "gap",
    "needed",
    "breakdown",
    "units",
    "expected",
    "stated",
    "difference",
    "period.days",
    "period.window_days",
)
"""What a rule's sentences may name beside indicators and rates."""

_LIMITS = ("at_least", "at_most")
_MEASURES = ("measure", "measures")
_RULE_SENTENCES = ("fix", "message", "strength", "limitation")
_TASK_SENTENCES = ("action", "lead", "support", "expected")
_COMMON_YEAR = 2019
"""A day that not every year has is no day of a task."""


def check_rules(chain: Chain, names: Names) -> Iterator[Problem]:
    """Every fault of the rules but in their expressions."""
    for entry in chain.rules:
        yield from _check_frame(entry, names)
        yield from _check_check(entry, names)
        yield from _check_limits(entry, names)
        yield from _check_tasks(entry, names)
        yield from _check_sentences(entry, names)


def _check_frame(entry: Entry[Rule], names: Names) -> Iterator[Problem]:
    rule = entry.item
    yield from names.refer("area", rule.area, "area", entry.place("area"))
    yield from in_order(entry, "effective_from", "effective_until")
    yield from names.cite(rule.citation, entry, "citation")
    for name in rule.assume:
        yield from names.refer("indicator", name, "assume", entry.place("assume", name))


def _check_check(entry: Entry[Rule], names: Names) -> Iterator[Problem]:
    """What is checked: an expression, a named check, or what a target measures; exactly one of them."""
    rule = entry.item
    given = [key for key in ("check", *_MEASURES) if getattr(rule, key)]
    if len(given) != 1:
        yield Problem("pack.one_check", entry.place(*given[:1]), {"rule": rule.id, "given": _given(given)})
    if isinstance(rule.check, Present | Together):
        key = "present" if isinstance(rule.check, Present) else "together"
        for place, name in enumerate(getattr(rule.check, key)):
            yield from names.refer("indicator", name, key, entry.place("check", key, place))
    if isinstance(rule.check, Peers):
        measure = rule.check.peers.measure
        yield from names.refer("measure", measure, "measure", entry.place("check", "peers", "measure"))


def _check_limits(entry: Entry[Rule], names: Names) -> Iterator[Problem]:
    """What is measured, and against which target."""
    rule = entry.item
    for key, name, path in _measures(rule):
        yield from names.refer("measure", name, key, entry.place(*path))
        indicator = names.indicators.get(name)
        if indicator is not None and indicator.type != "percent":
            yield Problem("pack.not_a_percentage", entry.place(*path), {"rule": rule.id, "written": name})
    given = [key for key in _LIMITS if getattr(rule, key)]
    for key in given:
        yield from names.refer("target", getattr(rule, key), key, entry.place(key))
    if not rule.all_measures:
        for key in (*given, *(("commend_at",) if rule.commend_at is not None else ())):
            yield Problem("pack.limit_without_measure", entry.place(key), {"rule": rule.id, "key": key})
    elif len(given) > 1 or (not given and rule.commend_at is None):
        place = entry.place(*(given[:1] or _MEASURES[:1]))
        yield Problem("pack.one_limit", place, {"rule": rule.id, "given": _given(given)})


def _measures(rule: Rule) -> Iterator[tuple[str, str, tuple[int | str, ...]]]:
    if rule.measure is not None:
        yield "measure", rule.measure, ("measure",)
    for place, name in enumerate(rule.measures):
        yield "measures", name, ("measures", place)


def _given(keys: list[str]) -> str:
    return listed(keys) or text("pack.written.no_key")


def _check_tasks(entry: Entry[Rule], names: Names) -> Iterator[Problem]:
    for place, task in enumerate(entry.item.tasks):
        if task.due != "period_end" and not _is_day_of_every_year(task.due):
            yield Problem("pack.bad_due", entry.place("tasks", place, "due"), {"written": task.due})
        yield from names.cite(task.citation, entry, "tasks", place, "citation")


def _is_day_of_every_year(written: str) -> bool:
    try:
        day = date.fromisoformat(f"{_COMMON_YEAR}-{written}")
    except ValueError:
        return False
    return written == f"{day:%m-%d}"


def _check_sentences(entry: Entry[Rule], names: Names) -> Iterator[Problem]:
    for key in _RULE_SENTENCES:
        yield from _check_sentence(entry, names, getattr(entry.item, key), key)
    for place, task in enumerate(entry.item.tasks):
        for key in _TASK_SENTENCES:
            yield from _check_sentence(entry, names, getattr(task, key), "tasks", place, key)


def _check_sentence(entry: Entry[Rule], names: Names, written: str, *path: int | str) -> Iterator[Problem]:
    sentence, faults = parse_sentence(written)
    for fault in faults:
        yield Problem(fault.code, entry.place(*path), fault.values)
    known = names.declared["measure"] | frozenset(SENTENCE_NAMES)
    for name in sorted(sentence.names - known - names.unreadable) if sentence else ():
        words = {"key": path[-1], "rule": entry.item.id, "written": name, "known": listed(SENTENCE_NAMES)}
        yield Problem(
            "pack.unknown_placeholder", entry.place(*path), {**words, "hint": hint(name, sorted(known))}
        )
