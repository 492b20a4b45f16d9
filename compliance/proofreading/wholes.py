"""Is a percentage of a part held to a whole that it is not of, its own whole being nowhere named?

The rates of work in time and of late work are of the work done. `tiếp nhận 1.300 hồ sơ, giải quyết đúng hạn
1.140 hồ sơ, đạt 95%` gives what was received, not what was done: 95% may be right of a number that is not
there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from compliance.proofreading.nouns import is_same_noun, noun_key
from compliance.proofreading.parts import opens_list_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.proofreading.figures import Figure
    from compliance.proofreading.passages import Mention, Sentence
    from compliance.proofreading.verdicts import Check

Act = Literal["pending", "due", "done", ""]

_PARTS = {
    "in_time": re.compile(r"\b(?:đúng|trước|sớm) (?:thời )?(?:hạn|hẹn)\b"),
    "late": re.compile(r"\b(?:trễ|quá|chậm|muộn) (?:thời )?(?:hạn|hẹn)\b"),
}
_WORK = frozenset(("hồ sơ", "thủ tục", "tthc", "đơn", "phản ánh", "kiến nghị"))
"""What is received and then resolved within a time limit."""
_ACT = re.compile(
    r"(?P<pending>\b(?:đang|chưa|chờ)(?: được| trong thời hạn)? (?:giải quyết|xử lý|trả)\b|"
    r"\btồn\b|\bcòn lại\b)|"
    r"(?P<due>\b(?:phải|cần|để|thẩm quyền|yêu cầu|đề nghị) (?:giải quyết|xử lý)\b|\btiếp nhận\b|\bthụ lý\b|"
    r"\bnhận\b|\bnộp\b|\bgửi\b)|"
    r"(?P<done>\b(?:giải quyết|xử lý|trả|hoàn thành|hoàn tất)\b)"
)
_OFFICE = re.compile(r"\b(?:bộ phận|trung tâm|tổ) tiếp nhận (?:và |& ?)?trả kết quả\b")
"""A name that holds both acts and tells of neither."""
_OF_DUE = re.compile(r"\b(?:số|tổng|trên|so với)\b[^,;.(]{0,30}\b(?:tiếp nhận|thụ lý|nhận)\b")
_BREAK = re.compile(r"[,;.()]")
_MOST = Fraction(100)


def hold_open(check: Check, sentence: Sentence, before: Sequence[Sentence]) -> Check:
    """The check, open where it holds a rate to another whole than its own and nothing names its own.

    `before` are the sentences around whose figures count as given.
    """
    if check.kind != "ratio" or check.formula != "ratio" or check.fits_too or check.stated.value > _MOST:
        return check
    part, whole = check.operands
    mentions = [mention for near in (*before, sentence) for mention in near.mentions]
    found = {(mention.figure.start, mention.figure.end): mention for mention in mentions}
    places = [(figure.start, figure.end) for figure in (check.stated, part, whole)]
    if part.kind != "number" or whole.end > part.start or any(place not in found for place in places):
        return check
    share, above, below = (found[place] for place in places)
    named = _part_named(share, above)
    noun = noun_key(part.noun or whole.noun)
    if not named or noun not in _WORK or _is_said_of(share) or not _is_of_another(sentence, below, above):
        return check
    given = any(_is_done(mention, part) for mention in mentions if mention not in {share, above})
    return check if given else replace(check, unnamed_whole=(named, noun))


def _part_named(share: Mention, above: Mention) -> str:
    """Whether the words of a part make it work in time or late; that of work still pending is neither."""
    words = _words(above) + (f" {_BREAK.split(share.lead)[-1]}" if share.index < above.index else "")
    if _act_of(words) == "pending":
        return ""
    return next((part for part, pattern in _PARTS.items() if pattern.search(words)), "")


def _words(mention: Mention) -> str:
    """The words of a figure's own clause, on both sides of it."""
    return f"{_BREAK.split(mention.lead)[-1]} {_BREAK.split(mention.tail)[0]}"


def _is_said_of(share: Mention) -> bool:
    """Whether the words of a percentage name the whole that is not its own: `95% số hồ sơ tiếp nhận`."""
    return any(_OF_DUE.search(words) for words in (_BREAK.split(share.lead)[-1], _BREAK.split(share.tail)[0]))


def _is_of_another(sentence: Sentence, below: Mention, above: Mention) -> bool:
    """Whether a whole counts other work than what was done, or is not told and not divided by the words."""
    act = _act(below)
    return act == "due" or (not act and not opens_list_between(sentence, below.figure, above.figure))


def _is_done(mention: Mention, part: Figure) -> bool:
    """Whether a figure is all the work done that a part may be of."""
    figure = mention.figure
    return (
        figure.kind in {"number", "fraction"}
        and mention.role == "plain"
        and figure.unit == part.unit
        and is_same_noun(figure.noun, part.noun)
        and max(figure.value, figure.under.value if figure.under else figure.value) >= part.value
        and _act(mention) == "done"
        and not any(pattern.search(_words(mention)) for pattern in _PARTS.values())
    )


def _act(mention: Mention) -> Act:
    """What was done with what a figure counts, by the words before it, else by those behind."""
    return _act_of(_BREAK.split(mention.lead)[-1]) or _act_of(_BREAK.split(mention.tail)[0])


def _act_of(words: str) -> Act:
    """The act that some words name last."""
    last = next(reversed(list(_ACT.finditer(_OFFICE.sub(" ", words)))), None)
    acts: tuple[Act, ...] = ("pending", "due", "done")
    return next((act for act in acts if last is not None and last[act]), "")
