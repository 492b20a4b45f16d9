"""Which part of a whole is a percentage said of, where the part's own figure is not the nearest one?

`giải quyết 1.200 hồ sơ, trong đó đúng hạn đạt 95%` says nothing of 1.200 out of anything; `trước hạn 400 hồ
sơ, đúng hạn 740 hồ sơ, đạt 95%` may be said of both parts together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance.proofreading.lexicon import PART_OPENERS
from compliance.proofreading.verdicts import Check, judge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.proofreading.figures import Figure
    from compliance.proofreading.passages import Mention, Sentence

_OPENER = re.compile(rf"\b(?:{PART_OPENERS})\b")
_AMONG = re.compile(r"\btrong (?:số )?(?:đó|này)\b")
"""What opens a list of some parts, each with its share."""
_NAMELESS = re.compile(
    r"[\s\d%.,;:()\-–]|\b(?:và|đã|đều|cũng|tức|tương ứng|tương đương|đạt|chiếm|tỷ lệ|tỉ lệ|tỷ trọng|bằng|với|"
    r"là|được|có|khoảng|hơn|gần|trên|xấp xỉ|ước|mức|chỉ|mới|hiện|tính|ra|số|này)\b"
)
"""What hangs a percentage on a figure and names no part of it."""
_BRACKET = re.compile(r"\([^()]*\)")
_FEWEST = 2


def names_part_between(sentence: Sentence, before: Figure, share: Figure) -> bool:
    """Whether the words between a figure and a percentage open a list and name a part of the figure."""
    words = _BRACKET.sub("", sentence.lower[before.end - sentence.start : share.start - sentence.start])
    opener = next(reversed(list(_AMONG.finditer(words))), None)
    return opener is not None and bool(_NAMELESS.sub("", words[opener.end() :]))


def opens_list_between(sentence: Sentence, whole: Figure, part: Figure) -> bool:
    """Whether words, not only a bracket or a colon, make a figure a part of another."""
    first = max(whole.end - sentence.start, 0)
    return _OPENER.search(sentence.lower, first, part.start - sentence.start) is not None


def before_list(words: str) -> str:
    """The words up to where a list opens."""
    return _OPENER.split(words, maxsplit=1)[0]


def opens_part(mention: Mention) -> bool:
    """Whether a figure is the first of a list that the words before it open."""
    return _OPENER.search(mention.lead) is not None


def find_joint_share(
    sentence: Sentence, share: Mention, above: Figure, parents: Mapping[int, Sequence[Mention]]
) -> Check | None:
    """The check that a percentage is of several parts together, the last `above`, where that holds."""
    last = next((mention for mention in sentence.mentions if mention.figure == above), None)
    wholes = parents.get(last.index, ()) if last is not None else ()
    if last is None or not wholes:
        return None
    listed = [
        mention.figure
        for mention in sentence.mentions[: last.index + 1]
        if wholes[0] in parents.get(mention.index, ())
        and mention.bracket == last.bracket
        and (mention.figure.kind, mention.figure.unit) == ("number", above.unit)
    ]
    figures = (wholes[0].figure, *listed)
    check = Check(
        kind="ratio",
        formula="parts",
        stated=share.figure,
        operands=figures,
        start=min(figure.start for figure in figures),
        end=share.figure.end,
    )
    return check if len(listed) >= _FEWEST and judge(check) == "consistent" else None
