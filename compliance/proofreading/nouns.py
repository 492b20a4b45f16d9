"""What does a figure count, and do two figures count the same?"""

from __future__ import annotations

import re

from compliance.proofreading.lexicon import ANY_PERSON, ENDS_A_NOUN, NOT_A_NOUN, PERSONS, SINGLE

_WORDS = re.compile(
    r"[ ]{1,2}([^\W\d_]{1,14}(?:[-&.][^\W\d_]{1,8})?(?: [^\W\d_]{1,14}(?:[-&.][^\W\d_]{1,8})?){0,3})"
)


def is_same_noun(first: str, second: str) -> bool:
    """Whether two nouns name the same thing.

    An absent one fits any, `người` and `em` fit every kind of person.
    """
    if not first or not second:
        return True
    one, other = noun_key(first), noun_key(second)
    if "lượt" in {one, other}:
        return one.split(" ")[0] == other.split(" ")[0]
    return one == other or _is_person(one, other) or _is_person(other, one)


def _is_person(general: str, special: str) -> bool:
    return general in ANY_PERSON and special in PERSONS | ANY_PERSON


def noun_key(noun: str) -> str:
    """What is counted, without what tells which: `hộ` of `hộ nghèo`, `hồ sơ` of `hồ sơ đúng hạn`."""
    words = noun.split(" ")
    if words[0] in {"bộ", "lượt"} and words[1:3] == ["hồ", "sơ"]:
        return "hồ sơ"
    if words[0] == "lượt":
        return " ".join(words[:2])
    return words[0] if words[0] in SINGLE else " ".join(words[:2])


def noun_after(lower: str, end: int) -> str:
    """The words after a figure that name what it counts; empty when something else follows."""
    match = _WORDS.match(lower, end)
    if match is None:
        return ""
    kept: list[str] = []
    words = match[1].split(" ")
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word in NOT_A_NOUN or (word, following) in ENDS_A_NOUN:
            break
        kept.append(word)
    return " ".join(kept)
