"""Do the items of a list that runs over several paragraphs make the total in its head?

The head ends with a colon; its items begin with one and the same mark. Only a list whose every item counts
what the head counts is summed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance.proofreading.breakdowns import Breakdown
from compliance.proofreading.nouns import is_same_noun
from compliance.proofreading.totals import check_breakdown
from compliance.proofreading.verdicts import Check, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.proofreading.passages import Mention, Paragraph, Reading, Sentence

_HEAD_END = re.compile(r"(?:trong đó|gồm|bao gồm|cụ thể|như sau|sau|chia ra|gồm có|đó)?[^\w]{0,3}:\s*$")
_SURE_END = re.compile(r"(?:gồm|bao gồm|chia ra|cụ thể|cụ thể như sau|trong đó|gồm có)[^\w]{0,3}:?\s*$")
_FEWEST, _MOST_ITEMS, _MOST_WHOLES = 2, 60, 3


def check_lists(reading: Reading) -> Iterator[tuple[Check, Sentence]]:
    """One sum for each head with its items, with the sentence of the head."""
    for index, head in enumerate(reading.paragraphs):
        if not head.sentences or not _HEAD_END.search(
            reading.folded.lower, max(head.start, head.end - 40), head.end
        ):
            continue
        items = _items(reading.paragraphs, index)
        if len(items) < _FEWEST:
            continue
        sentence = next((s for s in reversed(head.sentences) if s.mentions), None)
        if sentence is not None:
            yield from ((check, sentence) for check in _check(reading, head, sentence, items))


def head_of(paragraphs: Sequence[Paragraph], index: int) -> Paragraph | None:
    """The paragraph that an item of a list stands under; None for a paragraph that is no item."""
    item = paragraphs[index]
    if not item.marker:
        return None
    for earlier in reversed(paragraphs[max(0, index - _MOST_ITEMS) : index]):
        if _kind(earlier.marker) != _kind(item.marker):
            return earlier
    return None


def _items(paragraphs: Sequence[Paragraph], head: int) -> list[Paragraph]:
    """The paragraphs after a head that share one kind of mark; deeper ones in between are passed over."""
    first = paragraphs[head + 1] if head + 1 < len(paragraphs) else None
    if first is None or not first.marker or _kind(first.marker) == _kind(paragraphs[head].marker):
        return []
    items: list[Paragraph] = []
    for paragraph in paragraphs[head + 1 : head + 1 + 2 * _MOST_ITEMS]:
        if _kind(paragraph.marker) == _kind(first.marker):
            items.append(paragraph)
        elif not paragraph.marker or _kind(paragraph.marker) == _kind(paragraphs[head].marker):
            break
    return items


def _kind(marker: str) -> str:
    return re.sub(r"[a-zđ](?=[.)])", "a", re.sub(r"\d+", "1", marker)) if marker else ""


def _check(
    reading: Reading, head: Paragraph, sentence: Sentence, items: Sequence[Paragraph]
) -> Iterator[Check]:
    parts = [_first(item) for item in items]
    named = [part for part in parts if part is not None]
    wholes = [
        m for m in sentence.mentions if m.figure.kind == "number" and m.bracket < 0 and m.role == "plain"
    ]
    for whole in wholes[: -_MOST_WHOLES - 1 : -1]:
        alike = [
            part
            for part in named
            if part.figure.unit == whole.figure.unit and is_same_noun(part.figure.noun, whole.figure.noun)
        ]
        if len(alike) < _FEWEST:
            continue
        sure = len(alike) == len(items) and bool(
            _SURE_END.search(reading.folded.lower[head.start : head.end].rstrip(" :"))
        )
        breakdown = Breakdown(
            (whole,), tuple(alike), "complete" if sure else "likely", whole.figure.start, alike[-1].figure.end
        )
        check = check_breakdown(breakdown, whole.figure, [part.figure for part in alike], alike)
        if check and (sure or judge(check) == "consistent"):
            yield check
            return


def _first(item: Paragraph) -> Mention | None:
    """The first number of an item."""
    return next(
        (
            m
            for sentence in item.sentences
            for m in sentence.mentions
            if m.figure.kind == "number" and m.role == "plain"
        ),
        None,
    )
