"""Where does a report divide a whole into parts, and does it promise to name them all?

A whole is the figure before `trong đó`, `gồm`, a colon or a bracket; its parts stand behind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from compliance.proofreading.lexicon import PART_OPENERS
from compliance.proofreading.nouns import is_same_noun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.proofreading.figures import Figure
    from compliance.proofreading.passages import Mention, Sentence

Completeness = Literal["complete", "likely", "some"]
_OPENER = re.compile(rf"(?P<word>\b(?:{PART_OPENERS})\b)(?P<rest>[^\d]{{0,24}})|(?P<bracket>\()|(?P<colon>:)")
_SOME = re.compile(
    r"trong đó,? (?:có|riêng|chủ yếu|nổi bật|điển hình|tiêu biểu|đáng chú ý|nhiều nhất|phần lớn|cao nhất|"
    r"đa số)|"
    r"chủ yếu|điển hình|tiêu biểu|nhất là|đáng chú ý|\bnhư\b|\briêng\b|\.\.\.|…|v\.v|\bvà các\b|một số|"
    r"nổi bật"
)
_ENDS = re.compile(
    r"(?:^|[,;.)]|\bvà) *(?:ngoài ra|bên cạnh đó|đồng thời|so với|qua đó|kết quả|lũy kế|từ đó|tổng|cùng kỳ|"
    r"nâng|đến nay|"
    r"hiện nay|tính đến|bình quân|kinh phí|với số tiền|tồn\b|còn tồn|chuyển kỳ sau|đang giải quyết|"
    r"đã giải quyết)"
)
_PARTITIONS = tuple(
    tuple(re.compile(words) for words in group)
    for group in (
        (r"cấp huyện|khối huyện|^ *huyện|các phòng|cơ quan", r"cấp xã|khối xã|^ *xã|các xã|xã, thị trấn"),
        (r"cấp tỉnh|^ *tỉnh", r"cấp huyện|^ *huyện", r"cấp xã|^ *xã"),
        (r"cấp tỉnh", r"cấp huyện"),
        (r"\bnam\b", r"\bnữ\b"),
        (r"đúng hạn|trước hạn|đúng thời hạn|đúng hẹn", r"trễ|quá hạn|chậm|không đúng hạn"),
        (r"trước hạn|sớm hạn", r"đúng hạn", r"trễ|quá hạn|chậm"),
        (r"trước hạn|sớm hạn", r"đúng hạn"),
        (r"trong hạn|chưa đến hạn|còn hạn", r"quá hạn|trễ"),
        (r"trực tiếp", r"trực tuyến|qua mạng"),
        (r"thành thị|đô thị", r"nông thôn"),
        (r"khiếu nại", r"tố cáo", r"kiến nghị|phản ánh"),
        (r"kỳ trước|tồn", r"trong kỳ|mới|tiếp nhận"),
        (r"ngân sách (?:nhà nước|trung ương|tỉnh|huyện)", r"xã hội hóa|đối ứng|nhân dân|ngân sách"),
        (r"đạt", r"không đạt|chưa đạt"),
        (r"thường xuyên", r"đầu tư"),
    )
)
_MOST_PARTS, _MOST_WHOLES = 40, 4
_SENTENCE_HEAD = 12
_REMEMBERED = 64
"""Several checks ask for the lists of the same sentence, one after the other."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole that may be any of a few figures, and the list behind it."""

    wholes: tuple[Mention, ...]
    parts: tuple[Mention, ...]
    completeness: Completeness
    start: int
    end: int


def find_breakdowns(sentence: Sentence, before: Sequence[Sentence]) -> tuple[Breakdown, ...]:
    """Every list of parts in a sentence; its whole may stand at the end of the sentence before."""
    return _breakdowns(sentence, before[-1] if before else None)


@lru_cache(maxsize=_REMEMBERED)
def _breakdowns(sentence: Sentence, earlier: Sentence | None) -> tuple[Breakdown, ...]:
    before = (earlier,) if earlier is not None else ()
    return tuple(_found_breakdowns(sentence, before))


def _found_breakdowns(sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Breakdown]:
    for match in _OPENER.finditer(sentence.lower):
        opens = sentence.start + match.start()
        region = _region(sentence, match)
        if region is None:
            continue
        level, inner, start, end = region
        wholes = _wholes(sentence, before, level, opens)
        parts = [
            mention
            for mention in sentence.mentions
            if start <= mention.figure.start < end and mention.bracket == inner
        ]
        if wholes and parts:
            words = sentence.lower[match.start() : end - sentence.start]
            yield Breakdown(tuple(wholes), tuple(parts), _completeness(match, words, parts), opens, end)


def _region(sentence: Sentence, match: re.Match[str]) -> tuple[int, int, int, int] | None:
    """The bracket in which the whole stands, that of the parts, and where the list begins and ends."""
    opens = sentence.start + match.start()
    if match["bracket"]:
        pair = next(
            ((start, end, around) for start, end, around in sentence.brackets if start == opens), None
        )
        return (pair[2], opens, opens + 1, pair[1]) if pair else None
    level = sentence.bracket_at(opens)
    closes = next((end for start, end, _ in sentence.brackets if start == level), sentence.end)
    if level >= 0 and not any(m.bracket == level and m.figure.end <= opens for m in sentence.mentions):
        return None
    return level, level, sentence.start + match.end(), closes


def _wholes(sentence: Sentence, before: Sequence[Sentence], level: int, opens: int) -> list[Mention]:
    """The figures that the list may belong to, the likeliest first."""
    here = [m for m in sentence.mentions if m.figure.end <= opens and m.bracket == level and _can_be_whole(m)]
    if (
        not here
        and level < 0
        and before
        and opens - sentence.start <= _SENTENCE_HEAD
        and sentence.lower[opens - sentence.start] != ":"
    ):
        here = [m for m in before[-1].mentions if m.bracket < 0 and _can_be_whole(m)]
    return here[: -_MOST_WHOLES - 1 : -1]


def _can_be_whole(mention: Mention) -> bool:
    return (
        mention.figure.kind in {"number", "fraction"}
        and mention.role in {"plain", "change"}
        and mention.figure.value > 0
    )


def _completeness(match: re.Match[str], words: str, parts: Sequence[Mention]) -> Completeness:
    """Whether the words promise the whole list."""
    if _SOME.search(words[:400]):
        return "some"
    if _is_partition(parts):
        return "complete"
    opener = match["word"] or ""
    if match["bracket"]:
        inside = re.match(rf"\( ?({PART_OPENERS})\b", words)
        opener = inside[1] if inside else ""
    if opener.startswith(("gồm", "bao gồm", "chia", "được chia", "phân theo")):
        return "complete"
    return "likely"


def _is_partition(parts: Sequence[Mention]) -> bool:
    """Whether the labels name a division that leaves nothing out."""
    labels = [
        f"{part.clause} {part.tail[:40]}" if not part.clause.strip(" -") else part.clause for part in parts
    ]
    if any("còn lại" in label for label in labels):
        return True
    return any(
        len(labels) == len(group)
        and all(any(word.search(label) for label in labels) for word in group)
        and all(any(word.search(label) for word in group) for label in labels)
        for group in _PARTITIONS
    )


def parts_of(mentions: Sequence[Mention], whole: Figure) -> list[Mention]:
    """Those that count what the whole counts, as far as the list goes.

    What a part itself divides into is left out.
    """
    parts: list[Mention] = []
    nested = False
    for mention in mentions[:_MOST_PARTS]:
        if parts and _ENDS.search(mention.lead):
            break
        if ";" in mention.lead or "\n" in mention.lead:
            nested = False
        if parts and re.search(r"trong đó|gồm|riêng", mention.lead):
            nested = True
        figure = mention.figure
        fits = figure.kind == "number" and figure.unit == whole.unit and is_same_noun(figure.noun, whole.noun)
        if fits and not nested and mention.role == "plain" and not figure.per:
            parts.append(mention)
    return parts
