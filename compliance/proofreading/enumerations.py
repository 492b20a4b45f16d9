"""Does a list of names hold as many as the report counts, and do digits and words give one number?"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.proofreading.number_words import SPELLED, read_number_words
from compliance.proofreading.verdicts import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.proofreading.figures import Figure
    from compliance.proofreading.folding import Folded
    from compliance.proofreading.passages import Mention, Sentence

_NAMED_WORDS = """
xã phường thị huyện quận ấp thôn khóm tỉnh phòng cơ đơn sở ban ngành trường trạm bộ lĩnh nội mô nghị chỉ
nhóm tổ tiêu hợp htx chợ cụm
"""
_NAMED = frozenset(_NAMED_WORDS.split())
"""First words of what is listed by name."""

_PLACES = frozenset(("xã", "phường", "thị", "huyện", "quận", "ấp", "thôn", "khóm", "tỉnh", "thành"))
_OPENS = re.compile(
    r"(?P<noun>(?: [^\W\d_]{1,10}|, [^\W\d_]{1,10}){1,9}?)(?: (?:sau|sau đây|là|đó là))? ?"
    r"(?P<mark>:|\((?:gồm|bao gồm|là)?:?|,? ?(?:gồm(?: có)?|bao gồm|đó là|cụ thể là|là)(?: các)?:?) ?"
)
_ITEM_END = re.compile(r"[,;]")
_LIST_END = re.compile(
    r"[.)\n:]|\s-\s| (?:đạt|chiếm|tăng|giảm|đã|được|có|còn|với|trong đó|để|nhằm|cho|tại|theo)\b"
)
_MORE = re.compile(r"\.\.\.|…|v\.v|\bvà các\b|\bvà một số\b|\bvà nhiều\b")
_JOINED = re.compile(r"^(?:thể thao|thương binh|du lịch|xã hội|ngoại vụ|lâm|ngư|thủy sản)\b")
_AND = re.compile(r" (?:và|cùng) | & ")
_MOST, _LONGEST_ITEM, _LONGEST_LIST, _FEWEST = 60, 70, 900, 2


def check_enumerations(sentence: Sentence, folded: Folded) -> Iterator[Check]:
    """One check for each count with its list of names, and for each count spelled out in brackets."""
    for mention in sentence.mentions:
        figure = mention.figure
        if (
            figure.kind != "number"
            or not figure.is_integral
            or figure.unit
            or mention.role not in {"plain", "limit"}
        ):
            continue
        spelled = SPELLED.match(folded.lower, figure.end)
        if spelled:
            words = figure._replace(
                start=spelled.start(), end=spelled.end(), value=Fraction(read_number_words(spelled))
            )
            yield _check(figure, words)
        elif _FEWEST <= figure.value <= _MOST:
            yield from _listed(sentence, mention, folded)


def _listed(sentence: Sentence, mention: Mention, folded: Folded) -> Iterator[Check]:
    figure = mention.figure
    opens = _OPENS.match(folded.lower, figure.end, min(sentence.end, figure.end + 90))
    if opens is None or opens["noun"].split()[0] not in _NAMED:
        return
    items, stop = _items(folded, opens.end(), sentence.end)
    if items is None or len(items) < _FEWEST:
        return
    least = len(items)
    most = least + sum(len(_AND.findall(item)) for item in items)
    names = all(item[:1].isupper() for item in items)
    count = figure.value
    if least <= count <= most:
        yield _check(figure, _counted(figure, opens.end(), stop, int(count), int(count)))
    elif names and (opens["noun"].split()[0] in _PLACES or "gồm" in opens["mark"] or opens["mark"] == ":"):
        yield _check(figure, _counted(figure, opens.end(), stop, least, most))


def _items(folded: Folded, start: int, end: int) -> tuple[list[str] | None, int]:
    """The names of a list and where it ends; None where it says itself that it goes on."""
    stop = min(end, start + _LONGEST_LIST)
    text = folded.plain[start:stop]
    finish = _LIST_END.search(folded.lower[start:stop])
    text = text[: finish.start()] if finish else text
    if _MORE.search(text.lower()) or (
        finish and folded.lower.startswith(("...", "…"), start + finish.start())
    ):
        return None, start
    items: list[str] = []
    for piece in re.split(r";", text) if ";" in text else re.split(r",", text):
        item = piece.strip(" -+\"'")
        if not item or len(item) > _LONGEST_ITEM or re.search(r"\d{2,}", item):
            break
        if (
            items
            and items[0][:1].isupper()
            and not item[:1].isupper()
            and not item.startswith(("và ", "xã ", "thị ", "phường ", "huyện "))
        ):
            break
        if items and _JOINED.match(item.lower()):
            items[-1] = f"{items[-1]}, {item}"
        else:
            items.append(item.removeprefix("và "))
    return items, start + len(text)


def _counted(figure: Figure, start: int, end: int, least: int, most: int) -> Figure:
    if least == most:
        return figure._replace(start=start, end=end, value=Fraction(least))
    return figure._replace(
        start=start, end=end, value=Fraction(least), low=Fraction(least), high=Fraction(most)
    )


def _check(stated: Figure, listed: Figure) -> Check:
    return Check(
        kind="count", formula="sum", stated=stated, operands=(listed,), start=stated.start, end=listed.end
    )
