"""Does the rate behind a change say the same? `giảm 5 vụ (10%)`, `tăng 32 lượt, bằng 103% so với cùng kỳ`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance.proofreading.change_ends import (
    against_fraction,
    base_of,
    change_check,
    counts_alike,
    current_of,
    direction_of,
    fractions_near,
    is_doubtful,
)
from compliance.proofreading.nouns import noun_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.proofreading.passages import Mention, Sentence
    from compliance.proofreading.verdicts import Check, Formula

_SAME_LINK = re.compile(
    r"[^;.]{0,40}?(?:\(|,|tương ứng|tương đương|bằng|tức|hay|=|đạt tỷ lệ|tỷ lệ)[\s(]*(?:tương ứng|"
    r"tương đương|bằng|với|tức|là|"
    r"tăng|giảm|tỷ lệ|khoảng|=|\+|-|vượt| )*"
)


def check_rates_of(
    sentence: Sentence, before: Sequence[Sentence], mention: Mention
) -> Iterator[tuple[Check, bool]]:
    """The rate right behind an amount of change: `giảm 5 vụ (10%)`, of what there was before."""
    change = sentence.mentions[mention.index - 1] if mention.index else None
    if change is None or change.role != "change" or change.figure.kind != "number":
        return
    if not _SAME_LINK.fullmatch(mention.lead):
        return
    direction = direction_of(change)
    if "bằng" in mention.lead and re.match(r" ?so\b", mention.tail):
        yield from _level_checks(sentence, change, mention, direction)
        return
    yield from _rate_checks(sentence, change, mention, direction)
    if current_of(sentence, change) is None and before:
        yield from _since_sentence_before(before[-1], change, mention, direction)


def _level_checks(
    sentence: Sentence, change: Mention, level: Mention, direction: str
) -> Iterator[tuple[Check, bool]]:
    """`1.141 lượt, tăng 32 lượt, bằng 103% so với cùng kỳ`."""
    now = current_of(sentence, change)
    if now is not None:
        formula: Formula = "level_up" if direction == "up" else "level_down"
        yield (
            change_check(level, formula, (change.figure, now.figure)),
            not is_doubtful(sentence, change, now),
        )


def _since_sentence_before(
    before: Sentence, change: Mention, rate: Mention, direction: str
) -> Iterator[tuple[Check, bool]]:
    """`Xảy ra 1.734 vụ. So với cùng kỳ giảm 400 vụ (-18,74%)`."""
    figures = [
        m.figure
        for m in before.mentions
        if m.figure.kind == "number"
        and m.role == "plain"
        and m.figure.noun
        and change.figure.noun
        and noun_key(m.figure.noun) == noun_key(change.figure.noun)
    ]
    formula: Formula = "rise_by" if direction == "up" else "fall_by"
    for figure in figures:
        yield change_check(rate, formula, (change.figure, figure)), len(figures) == 1


def is_rate_of_change(sentence: Sentence, mention: Mention) -> bool:
    """Whether a percentage only says an amount of change once more."""
    change = sentence.mentions[mention.index - 1] if mention.index else None
    return bool(change and change.role == "change" and _SAME_LINK.fullmatch(mention.lead))


def _rate_checks(
    sentence: Sentence, change: Mention, rate: Mention, direction: str
) -> Iterator[tuple[Check, bool]]:
    base, now = base_of(sentence, change), current_of(sentence, change)
    for fraction in fractions_near(sentence, rate):
        yield from against_fraction(rate, fraction, direction)
    if base is not None and counts_alike(base.figure, change.figure):
        yield change_check(rate, "ratio", (change.figure, base.figure)), True
    elif now is not None:
        formula: Formula = "rise_by" if direction == "up" else "fall_by"
        sure = not is_doubtful(sentence, change, now) and bool(change.figure.noun or change.figure.unit)
        yield change_check(rate, formula, (change.figure, now.figure)), sure
