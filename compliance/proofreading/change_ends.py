"""Between which two figures does a rise or a fall lie?

What changed, and what it was before or was planned to be.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance.proofreading.nouns import is_same_noun
from compliance.proofreading.verdicts import Check, Formula

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.proofreading.figures import Figure
    from compliance.proofreading.passages import Mention, Sentence

_UP = re.compile(r"(?:tăng|nhiều hơn|cao hơn|vượt)(?:(?!giảm|ít hơn|thấp hơn).){0,24}$")
_DOWN = re.compile(r"(?:giảm|ít hơn|thấp hơn|hụt)(?:(?!tăng|nhiều hơn|cao hơn).){0,24}$")
_BASE_BETWEEN = re.compile(r"so với|so cùng|cùng kỳ")
_NEAR = 130
COMPARABLE = {"number", "percent"}


def direction_of(mention: Mention) -> str:
    """`up`, `down`, or empty where the words before the figure do not say."""
    words = mention.lead[-60:]
    if _UP.search(words):
        return "up"
    return "down" if _DOWN.search(words) else ""


def is_doubtful(sentence: Sentence, change: Mention, now: Mention) -> bool:
    """Whether several figures lie between, so that the change may belong to another one."""
    between = sentence.mentions[now.index + 1 : change.index]
    return any(
        m.figure.kind in {"number", "percent", "fraction"}
        and m.role == "plain"
        and m.bracket == change.bracket
        and (change.figure.kind != "number" or counts_alike(m.figure, change.figure))
        for m in between
    )


def current_of(sentence: Sentence, change: Mention) -> Mention | None:
    """The figure that changed: the nearest before that counts the same."""
    for candidate in reversed(sentence.mentions[: change.index]):
        if (
            candidate.figure.kind not in COMPARABLE
            or candidate.role not in {"plain", "limit"}
            or candidate.figure.per
        ):
            continue
        if change.figure.kind == "number" and (
            candidate.figure.kind != "number" or not counts_alike(candidate.figure, change.figure)
        ):
            continue
        if change.figure.kind == "points" and candidate.figure.kind != "percent":
            continue
        return candidate
    return None


def base_of(sentence: Sentence, change: Mention) -> Mention | None:
    """The figure of the other period or of the plan: behind, in brackets or after `so với`; else before."""
    now = current_of(sentence, change)
    if now is None:
        return None
    for candidate in sentence.mentions[change.index + 1 : change.index + 4]:
        between = sentence.lower[change.figure.end - sentence.start : candidate.figure.start - sentence.start]
        if ";" in between or len(between) > _NEAR:
            break
        if candidate.bracket not in {change.bracket, *_opened_after(sentence, change)}:
            continue
        if (
            candidate.role in {"base", "plan", "plain"}
            and _is_like(candidate, now)
            and _BASE_BETWEEN.search(between)
        ):
            return candidate
    for candidate in reversed(sentence.mentions[: now.index]):
        if candidate.role in {"base", "plan"} and _is_like(candidate, now):
            return candidate
    inner = sentence.mentions[now.index + 1 : change.index]
    return next((m for m in inner if m.role in {"base", "plan"} and _is_like(m, now)), None)


def _opened_after(sentence: Sentence, change: Mention) -> tuple[int, ...]:
    return tuple(opens for opens, _, _ in sentence.brackets if opens >= change.figure.end)


def _is_like(candidate: Mention, now: Mention) -> bool:
    return (
        candidate.figure.kind == now.figure.kind
        and (now.figure.kind == "percent" or counts_alike(candidate.figure, now.figure))
        and not candidate.figure.per
    )


def counts_alike(first: Figure, second: Figure) -> bool:
    """Whether two figures have one unit and one noun."""
    return first.unit == second.unit and is_same_noun(first.noun, second.noun)


def change_check(change: Mention, formula: Formula, operands: tuple[Figure, ...]) -> Check:
    """The check of a change against its two ends."""
    spans = [change.figure, *operands]
    return Check(
        kind="change",
        formula=formula,
        stated=change.figure,
        operands=operands,
        start=min(f.start for f in spans),
        end=max(f.end for f in spans),
    )


def fractions_near(sentence: Sentence, change: Mention) -> Iterator[Mention]:
    """`tăng 12 vụ (45/33 vụ)`, `45/33 vụ, tăng 12 vụ`."""
    if not re.search(r"cùng kỳ|so với|năm trước|kỳ trước|tháng trước|\(", sentence.lower):
        return
    for candidate in sentence.mentions[max(0, change.index - 1) : change.index + 3]:
        gap = abs(candidate.figure.start - change.figure.end)
        if (
            candidate.figure.kind == "fraction"
            and gap < _NEAR
            and (not change.figure.noun or counts_alike(candidate.figure, change.figure))
        ):
            yield candidate


def against_fraction(change: Mention, fraction: Mention, direction: str) -> Iterator[tuple[Check, bool]]:
    """A change against the two halves of a fraction such as `45/33 vụ`, and whether a mismatch counts."""
    under = fraction.figure.under
    if under is None or (change.figure.kind == "number" and change.figure.unit != fraction.figure.unit):
        return
    greater, less = sorted((fraction.figure, under), key=lambda figure: figure.value, reverse=True)
    beside = "(" in fraction.lead or change.index == fraction.index + 1
    if change.figure.kind == "number":
        yield (
            change_check(change, "change", (fraction.figure, under)),
            beside and "cùng kỳ" in fraction.lead + fraction.tail + change.tail,
        )
    elif change.figure.kind == "percent":
        pair: tuple[Formula, tuple[Figure, Figure]] = (
            ("rise", (greater, less)) if direction == "up" else ("fall", (less, greater))
        )
        yield change_check(change, *pair), False
