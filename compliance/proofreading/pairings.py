"""Which two figures may a percentage stand for, and which do its words make sure?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.proofreading.breakdowns import find_breakdowns
from compliance.proofreading.lexicon import DURATIONS
from compliance.proofreading.nouns import is_same_noun, noun_key
from compliance.proofreading.parts import names_part_between, opens_list_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.proofreading.figures import Figure
    from compliance.proofreading.passages import Mention, Sentence

_LINK = re.compile(
    r"[\s\-=(:,]*(?:(?:và|đã|đều|cũng|tức|tương ứng|tương đương|đạt|chiếm|tỷ lệ|tỉ lệ|tỷ trọng|bằng|với|là|"
    r"được|hoàn thành|"
    r"khoảng|hơn|gần|trên|xấp xỉ|ước|đạt được|mức|chỉ|mới|hiện|thực hiện|nâng|lên|có|đến nay|tính ra|theo|~|"
    r"≈)[\s:(=]*){0,6}"
)
"""Words that hang a percentage on the figure before it, and nothing else."""
_NAMED_LINK = re.compile(r"(?:đạt|chiếm|tỷ lệ|bằng|tương đương|tương ứng|hoàn thành)")
_TO_PLAN = re.compile(
    r" ?(?:so với |so |trên |của )?(?:với )?(?:tổng )?(?:kế hoạch|chỉ tiêu|dự toán|kh\b|nghị quyết|nq\b|"
    r"mục tiêu|giao|tỉnh giao|huyện giao|"
    r"định mức|nhiệm vụ|pháp lệnh|hđnd|khgv|tổng vốn|vốn|tiến độ)"
)
_TO_BASE = re.compile(
    r" ?(?:so với |so )(?:với )?(?:cùng|năm|tháng|quý|kỳ|đầu|tuần|thời|giai|vụ|nhiệm|trước)|.{0,20}cùng kỳ"
)
_TO_TOTAL = re.compile(
    r" ?(?:so với |so |trên |trong |/ ?|của |trên tổng |)(?:tổng số|tổng|toàn bộ số|toàn|số)\b"
)
_OF_TOTAL_LEAD = re.compile(
    r"(?:trên|trong|/|so với|của) ?(?:tổng số|tổng|số)(?: [^\W\d_]{1,9}){0,4}(?: là)? *$"
)
_TAIL_ENDS = re.compile(
    r" ?(?:$|[,;.:)\n(\]]|và\b|so với|so\b|trên tổng|tổng số|trong tổng|số|cao|thấp|còn lại|\.|-|đồng thời|"
    r"nhưng)"
)
_WHOLE_LEAD = re.compile(
    r"tổng|kiểm tra|rà soát|tiếp nhận|thụ lý|gọi|trong số|\btrong \d*$|phải|được giao|đã nhận"
)
_WHOLE = 100
_ON_PAGE = 160
_FEW = 8


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures that a percentage may stand for."""

    above: Figure
    below: Figure
    sure: bool
    """Whether a mismatch may be held against the report."""
    linked: bool = False
    """Whether the percentage is said of the figure above and of nothing else."""
    of_list: bool = False
    """Whether the figure below is the whole that the list of the figure above belongs to by its words."""


def find_parents(sentence: Sentence, before: Sequence[Sentence]) -> dict[int, list[Mention]]:
    """For each part of a list in the sentence, the wholes it may belong to; the last list counts first."""
    parents: dict[int, list[Mention]] = {}
    for breakdown in reversed(find_breakdowns(sentence, before)):
        wholes = sorted(breakdown.wholes, key=lambda whole: bool(_OF_TOTAL_LEAD.search(whole.lead)))
        for part in breakdown.parts:
            for whole in wholes:
                if whole not in parents.setdefault(part.index, []):
                    parents[part.index].append(whole)
    return parents


def find_pairs(
    sentence: Sentence, before: Sequence[Sentence], mention: Mention, parents: dict[int, list[Mention]]
) -> Iterator[Pair]:
    """The pairings that the words allow, the likeliest first."""
    yield from _fraction_beside(sentence, mention)
    yield from _figures_behind(sentence, before, mention, parents)
    for rank, above in enumerate(_aboves(sentence, mention)):
        linked = rank == 0 and is_linked(mention, above)
        yield from _explicit_below(sentence, mention, above, linked=linked)
        yield from _whole_of(sentence, mention, above, parents, linked=linked)
        yield from _earlier(sentence, before, mention, above, linked=linked)


def is_linked(mention: Mention, above: Mention) -> bool:
    """Whether only linking words stand between a figure and its percentage."""
    clause = mention.clause
    if not _LINK.fullmatch(clause) and not _LINK.fullmatch(_without(clause, above.figure.noun)):
        return False
    if mention.bracket != above.bracket or "(" in mention.lead[-12:]:
        return True
    named = _NAMED_LINK.search(clause)
    apart = "," in mention.lead or ";" in mention.lead or not above.figure.noun
    return named is not None and (apart or named[0] != "đạt")


def _without(clause: str, noun: str) -> str:
    words = clause.strip()
    return words.removeprefix(noun) if noun else words


def _fraction_beside(sentence: Sentence, mention: Mention) -> Iterator[Pair]:
    """`X/Y hồ sơ, đạt P%` and `đạt P% (X/Y hồ sơ)`."""
    previous = _previous(sentence, mention)
    following = sentence.mentions[mention.index + 1] if mention.index + 1 < len(sentence.mentions) else None
    if (
        following
        and following.figure.kind == "fraction"
        and following.figure.under
        and len(following.lead) < _ON_PAGE
    ):
        beside = re.fullmatch(r"[^,;.()]{0,60}\(?[^,;.()]{0,30}", following.lead) and (
            "(" in following.lead or re.search(r"\b(?:với|tương ứng|là)\b|=", following.lead)
        )
        own_follows = (
            previous and previous.figure.kind == "fraction" and not re.match(r" ?\(", following.lead)
        )
        if beside and not own_follows:
            yield Pair(
                following.figure,
                following.figure.under,
                sure="(" in following.lead and not _TO_PLAN.match(mention.tail),
            )
    if previous and previous.figure.kind == "fraction" and previous.figure.under:
        if names_part_between(sentence, previous.figure, mention.figure):
            return
        lead = sentence.lower[previous.figure.end - sentence.start : mention.figure.start - sentence.start]
        if len(lead) < _ON_PAGE and ";" not in lead:
            # a bracket behind a comma is of what is named there: `11/11 xã chưa đạt, thấp nhất là A (5%)`
            is_apart = mention.bracket != previous.bracket and "," in lead
            named = re.fullmatch(r" [^\W\d_]{1,9}(?: [^\W\d_]{1,9}){0,3} ?\(?", lead)
            sure = named or (not is_apart and is_linked(mention, previous))
            yield Pair(previous.figure, previous.figure.under, sure=bool(sure))


def _figures_behind(
    sentence: Sentence, before: Sequence[Sentence], mention: Mention, parents: dict[int, list[Mention]]
) -> Iterator[Pair]:
    """`đạt P% (X trên tổng số Y)`, `P% (X hộ)`; in a list, `P% (X hộ)` is of the whole of the list."""
    behind = sentence.mentions[mention.index + 1 : mention.index + 3]
    if not behind or behind[0].figure.kind != "number" or not re.match(r" ?\(", behind[0].lead):
        return
    above = behind[0]
    if behind[1:] and _OF_TOTAL_LEAD.search(behind[1].lead) and _fits(above.figure, behind[1].figure):
        yield Pair(above.figure, behind[1].figure, sure=behind[1].bracket == above.bracket, linked=True)
    if above.role == "plain" and not _TO_PLAN.match(mention.tail):
        listed = list(_of_wholes(sentence, above, parents.get(mention.index, ()), sure=True))
        if listed:
            yield from listed
            return
        yield from _earlier(sentence, before, mention, above, linked=False)


def _previous(sentence: Sentence, mention: Mention) -> Mention | None:
    """The number or fraction before, over years and dates.

    From behind a bracket, the one before the bracket.
    """
    for candidate in reversed(sentence.mentions[: mention.index]):
        kind = candidate.figure.kind
        if kind == "percent" and candidate.bracket == mention.bracket:
            return None
        if (
            kind in {"number", "fraction"}
            and candidate.figure.unit not in DURATIONS
            and candidate.bracket in {mention.bracket, _around(sentence, mention.bracket)}
        ):
            return candidate
    return None


def _around(sentence: Sentence, bracket: int) -> int:
    return next((around for opens, _, around in sentence.brackets if opens == bracket), -1)


def _aboves(sentence: Sentence, mention: Mention) -> list[Mention]:
    """The figures that may stand above the line, the nearest first."""
    levels = {mention.bracket, _around(sentence, mention.bracket)}
    aboves = [
        candidate
        for candidate in reversed(sentence.mentions[: mention.index])
        if candidate.figure.kind == "number"
        and candidate.role == "plain"
        and candidate.bracket in levels
        and not candidate.figure.per
        and candidate.figure.unit not in DURATIONS
    ][:_FEW]
    if aboves and names_part_between(sentence, aboves[0].figure, mention.figure):
        return []
    return aboves


def _explicit_below(sentence: Sentence, mention: Mention, above: Mention, *, linked: bool) -> Iterator[Pair]:
    """A denominator that the words name: `trên tổng số Y`, `đạt P% kế hoạch (Y)`."""
    following = sentence.mentions[mention.index + 1] if mention.index + 1 < len(sentence.mentions) else None
    relation = _TO_PLAN.match(mention.tail) or _TO_TOTAL.match(mention.tail) or _TO_BASE.match(mention.tail)
    near = following is not None and re.fullmatch(r"[^;.,]{0,80}", following.lead) is not None
    if (
        following
        and relation
        and near
        and following.role != "change"
        and _fits(above.figure, following.figure)
    ):
        yield Pair(above.figure, following.figure, sure=linked)
    between = sentence.mentions[above.index + 1 : mention.index]
    for candidate in between:
        if _OF_TOTAL_LEAD.search(candidate.lead) and _fits(above.figure, candidate.figure):
            yield Pair(above.figure, candidate.figure, sure=True)
    if _TO_PLAN.match(mention.tail):
        for candidate in sentence.mentions[: mention.index]:
            if candidate.role == "plan" and candidate is not above and _fits(above.figure, candidate.figure):
                yield Pair(above.figure, candidate.figure, sure=linked)


def _fits(above: Figure, below: Figure) -> bool:
    return (
        below.kind == "number"
        and below.value > 0
        and above.unit == below.unit
        and is_same_noun(above.noun, below.noun)
    )


def _whole_of(
    sentence: Sentence, mention: Mention, above: Mention, parents: dict[int, list[Mention]], *, linked: bool
) -> Iterator[Pair]:
    """The whole that the figure is a part of."""
    if _TO_PLAN.match(mention.tail) or _TO_BASE.match(mention.tail):
        return
    ends = bool(_TAIL_ENDS.match(mention.tail)) or mention.figure.end == sentence.end
    wholes = parents.get(above.index, ())
    yield from _of_wholes(sentence, above, wholes, sure=linked and ends, linked=linked)


def _of_wholes(
    sentence: Sentence, above: Mention, wholes: Sequence[Mention], *, sure: bool, linked: bool = True
) -> Iterator[Pair]:
    """A part against each whole; of a fraction first what was done, then what was to be done."""
    nearest = wholes[0] if wholes else None
    for whole in wholes:
        done = whole.figure
        for below in (done, done.under) if done.under else (done,):
            if _fits(above.figure, below._replace(kind="number")) and below.value >= above.figure.value:
                named = sure and whole is nearest
                worded = named and opens_list_between(sentence, done, above.figure)
                yield Pair(above.figure, below, sure=named, linked=linked, of_list=worded)


def _earlier(
    sentence: Sentence, before: Sequence[Sentence], mention: Mention, above: Mention, *, linked: bool
) -> Iterator[Pair]:
    """Any figure before that counts the same and is not smaller, the nearest first.

    Sure where there is but one.
    """
    if _TO_PLAN.match(mention.tail) or _TO_BASE.match(mention.tail):
        return
    pool = [*reversed(sentence.mentions[: above.index])]
    pool += sentence.mentions[mention.index + 1 :]
    for earlier in reversed(before[-4:]):
        pool += reversed(earlier.mentions)
    pool = [
        candidate
        for candidate in pool[: 4 * _FEW]
        if candidate.role == "plain"
        and _fits(above.figure, candidate.figure)
        and candidate.figure.value >= above.figure.value
        and not candidate.figure.per
    ]
    ends = bool(_TAIL_ENDS.match(mention.tail)) and mention.figure.value != _WHOLE
    own = [m for m in pool if sentence.start <= m.figure.start < above.figure.start]
    whole = own[-1] if own and linked and ends else None
    if whole is not None and not _is_whole_of(sentence, whole, own, above):
        whole = None
    for candidate in pool:
        yield Pair(above.figure, candidate.figure, sure=candidate is whole, linked=linked and ends)


def _is_whole_of(sentence: Sentence, whole: Mention, own: Sequence[Mention], above: Mention) -> bool:
    """Whether the first of the figures before is worded as the whole of what follows, and is the largest."""
    named = bool(whole.figure.noun and above.figure.noun) or bool(above.figure.unit)
    largest = all(mention.figure.value <= whole.figure.value for mention in own)
    return named and largest and whole.bracket <= above.bracket and _is_general(sentence, whole)


def _is_general(sentence: Sentence, whole: Mention) -> bool:
    """Whether a figure is worded as a whole: by a bare noun or an act on all, without a share of its own."""
    following = sentence.mentions[whole.index + 1] if whole.index + 1 < len(sentence.mentions) else None
    if following and following.figure.kind == "percent" and is_linked(following, whole):
        return False
    return noun_key(whole.figure.noun) == whole.figure.noun or bool(_WHOLE_LEAD.search(whole.lead[-40:]))
