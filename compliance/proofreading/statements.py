"""What does a report say yes to? Indicators of yes or no are named by their phrases alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance.proofreading.vocabulary import Vocabulary, closeness, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.model.rulepack import RulePack
    from compliance.proofreading.passages import Reading

_DENIED = re.compile(
    r"\b(?:chưa|không|cần|phải|sẽ)\b|^\W*(?:đề nghị|kiến nghị|tiếp tục|đẩy mạnh|tăng cường)\b"
)
_CLAUSE = re.compile(r"[^;:.]+")
_BRACKETED = re.compile(r"\([^()]{1,12}\)")


def find_statements(reading: Reading, pack: RulePack) -> Iterator[tuple[str, tuple[int, int]]]:
    """Indicator and span of each clause that says yes; a denial or a plan says nothing."""
    phrases = [p for p in Vocabulary(pack).indicators if pack.indicator[p.subject].type == "boolean"]
    found: set[str] = set()
    for sentence, _ in reading.sentences:
        if sentence.is_plan:
            continue
        for clause in _CLAUSE.finditer(sentence.lower):
            words = words_of(_BRACKETED.sub(" ", clause[0]))
            for phrase in phrases:
                named = phrase.subject not in found and closeness_anywhere(phrase.words, words)
                if named and not _DENIED.search(clause[0]):
                    found.add(phrase.subject)
                    start = sentence.start + clause.start()
                    yield phrase.subject, (start, start + len(clause[0]))


def closeness_anywhere(phrase: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether a phrase stands in a clause in its order, however interrupted within reason."""
    return any(
        closeness(phrase, words[start:], before=False) > 0
        for start, word in enumerate(words)
        if word == phrase[0]
    )
