"""Is a stated rise or fall the distance between the two figures that it lies between?"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from compliance.proofreading.change_ends import (
    COMPARABLE,
    against_fraction,
    base_of,
    change_check,
    counts_alike,
    current_of,
    direction_of,
    fractions_near,
    is_doubtful,
)
from compliance.proofreading.change_rates import check_rates_of
from compliance.proofreading.nouns import is_same_noun
from compliance.proofreading.verdicts import Check, Formula, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.proofreading.passages import Mention, Sentence

_WHOLE = 100
_FROM = re.compile(r"\btừ(?: mức| chỗ)?(?: khoảng)? *$")
_TO = re.compile(
    r"(?P<up>(?:tăng )?lên(?: thành)?|tăng lên|nâng lên)|(?P<down>(?:giảm )?xuống(?: còn)?|còn|giảm còn)"
)


def check_changes(sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Check]:
    """One check for each amount or rate of change whose two ends the sentence gives."""
    yield from _from_to(sentence)
    for mention in sentence.mentions:
        if mention.role == "change" and mention.figure.kind in {"number", "percent", "points"}:
            yield from _first(_checks_of(sentence, mention))
        elif mention.figure.kind == "times":
            yield from _first(_multiples(sentence, mention))
        elif mention.figure.kind == "percent":
            yield from _first(check_rates_of(sentence, before, mention))


def _first(checks: Iterator[tuple[Check, bool]]) -> Iterator[Check]:
    """The first check that holds; else the first that the report may be held to."""
    held: Check | None = None
    for check, sure in checks:
        if judge(check) == "consistent":
            yield check
            return
        held = held or (check if sure else None)
    if held:
        yield held


def _checks_of(sentence: Sentence, change: Mention) -> Iterator[tuple[Check, bool]]:
    direction, figure = direction_of(change), change.figure
    if not direction:
        return
    if figure.kind == "percent":
        yield from _excess_over_plan(sentence, change)
    for fraction in fractions_near(sentence, change):
        yield from against_fraction(change, fraction, direction)
    now, base = current_of(sentence, change), base_of(sentence, change)
    if now is None or base is None or base is now:
        return
    for formula in _formulas(change, now, direction):
        pair = (now.figure, base.figure)
        if formula == "difference" and direction == "down":
            pair = (base.figure, now.figure)
        sure = figure.approximate is None and not is_doubtful(sentence, change, now)
        yield change_check(change, formula, pair), sure


def _formulas(change: Mention, now: Mention, direction: str) -> tuple[Formula, ...]:
    rate: Formula = "rise" if direction == "up" else "fall"
    if change.figure.kind == "points":
        return ("difference",) if now.figure.kind == "percent" else ()
    if change.figure.kind == "percent":
        return ("difference", rate) if now.figure.kind == "percent" else (rate,)
    if now.figure.kind == "percent" or now.figure.unit != change.figure.unit:
        return ()
    return ("difference",) if is_same_noun(change.figure.noun, now.figure.noun) else ()


def _excess_over_plan(sentence: Sentence, change: Mention) -> Iterator[tuple[Check, bool]]:
    """`đạt 112,5% kế hoạch, vượt 12,5%`."""
    previous = sentence.mentions[change.index - 1] if change.index else None
    if (
        previous
        and previous.figure.kind == "percent"
        and previous.figure.value >= _WHOLE
        and re.search(r"vượt[^,;]{0,20}$", change.lead)
    ):
        yield change_check(change, "excess", (previous.figure,)), True


def _multiples(sentence: Sentence, mention: Mention) -> Iterator[tuple[Check, bool]]:
    """`gấp 2,5 lần so với cùng kỳ (40 vụ)`."""
    if "gấp" not in mention.lead[-20:]:
        return
    now = next(
        (
            m
            for m in reversed(sentence.mentions[: mention.index])
            if m.figure.kind == "number" and m.role == "plain"
        ),
        None,
    )
    base = sentence.mentions[mention.index + 1] if mention.index + 1 < len(sentence.mentions) else None
    if base is not None and base.figure.kind != "number":
        base = next(
            (
                m
                for m in sentence.mentions[mention.index + 1 : mention.index + 3]
                if m.figure.kind == "number"
            ),
            None,
        )
    if (
        now
        and base
        and counts_alike(now.figure, base.figure)
        and base.figure.value > 0
        and re.search(r"so với|cùng kỳ", base.lead + mention.tail)
    ):
        yield change_check(mention, "times", (now.figure, base.figure)), True


def _from_to(sentence: Sentence) -> Iterator[Check]:
    """`giảm từ A xuống còn B`, and the amount behind it or before its bracket."""
    ends = [mention for mention in sentence.mentions if mention.figure.kind in COMPARABLE]
    for start, stop in pairwise(ends):
        way = _TO.search(stop.clause[:60])
        if (
            not way
            or not _FROM.search(start.lead)
            or start.figure.kind != stop.figure.kind
            or start.figure.kind not in COMPARABLE
        ):
            continue
        if start.figure.unit != stop.figure.unit or not is_same_noun(start.figure.noun, stop.figure.noun):
            continue
        up = way["up"] is not None
        yield Check(
            kind="change",
            formula="not_under" if up else "not_over",
            stated=stop.figure,
            operands=(start.figure,),
            start=start.figure.start,
            end=stop.figure.end,
        )
        yield from _amount_behind(sentence, start, stop, up=up)


def _amount_behind(sentence: Sentence, start: Mention, stop: Mention, *, up: bool) -> Iterator[Check]:
    near = [m for m in sentence.mentions[stop.index + 1 : stop.index + 3] if ";" not in m.lead]
    if start.index and re.search(r"\( ?từ *$", start.lead):
        near.append(sentence.mentions[start.index - 1])
    change = next((m for m in near if m.role == "change"), None)
    if change is None:
        return
    formulas = _formulas(change, stop, "up" if up else "down")
    pair = (stop.figure, start.figure)
    checks = (
        (change_check(change, formula, pair if up or formula != "difference" else pair[::-1]), True)
        for formula in formulas
    )
    yield from _first(checks)
