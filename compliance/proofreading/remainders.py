"""Is what a report says is left what is left?

Received less resolved is pending; had less lost is what remains.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.proofreading.breakdowns import find_breakdowns, parts_of
from compliance.proofreading.nouns import is_same_noun
from compliance.proofreading.verdicts import Check, judge, swapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.proofreading.figures import Figure
    from compliance.proofreading.passages import Mention, Sentence

_REST = re.compile(
    r"(?:còn lại|\btồn\b(?! tại)|tồn đọng|(?:hiện |nay |số )?còn(?= *(?:là|khoảng|hơn|gần)? *$)|còn nợ|"
    r"còn tồn|còn dư|kết dư|"
    r"\b(?:đang|chưa)(?: được)? (?:trong |tiếp tục )?(?:giải quyết|xử lý|xem xét|thụ lý|thực hiện|hạn|"
    r"tiến hành|xác minh|thi hành|"
    r"điều tra|thẩm định|hoàn thành|đến hạn|xong|trả|giải ngân|sử dụng|thu|nộp|cấp|đạt|quá trình))"
)
_LEFT = re.compile(r"\b(?:còn|tồn)\b")
"""Words that hold a remainder to figures a sentence away."""
_NOT_LEFT = re.compile(
    r"đã và đang|lũy kế|tổng|trong đó|tỷ lệ|giảm còn|xuống còn|chỉ còn|rút còn|bên cạnh|vẫn còn|ngoài ra|"
    r"cùng kỳ"
)
_INTAKE = re.compile(
    r"tổng|tiếp nhận|nhận|thụ lý|phải |đầu (?:năm|kỳ)|dự toán|kế hoạch|được giao|được cấp|toàn (?:huyện|xã|"
    r"tỉnh|thành phố)|có"
)
_DONE = re.compile(
    r"giải quyết|xử lý|hoàn thành|\btrả\b|thực hiện|\bchi\b|sử dụng|giải ngân|\bbán\b|thi hành|\bxong\b|đã|"
    r"thoát|giảm|thu được|"
    r"xét xử|thẩm định|cấp|kết thúc|xóa|chuyển"
)
_BEHIND = re.compile(r"[,;:.(]")
_FEWEST = 2
"""A whole and what was done."""
_MOST_DONE = 4


def check_remainders(sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Check]:
    """One check for each figure that names what is left, and for its breakdown by level."""
    breakdowns = list(find_breakdowns(sentence, before))
    taken = {part.index for breakdown in breakdowns for part in _inner_parts(breakdown.parts)}
    listed = {
        part.index
        for breakdown in breakdowns
        for part in parts_of(breakdown.parts, breakdown.wholes[0].figure)
    }
    for mention in sentence.mentions:
        words = mention.clause[-70:]
        cue = _REST.search(words) or _REST.search(_BEHIND.split(mention.tail)[0][:40])
        if mention.figure.kind != "number" or mention.role in {"change", "limit", "base"} or not cue:
            continue
        if _NOT_LEFT.search(words) or mention.index in taken:
            continue
        row = _row(sentence, before, mention)
        check = _balance(mention, row, sentence.start)
        if check and (mention.index not in listed or judge(check) == "consistent"):
            yield check
            yield from _by_level(sentence, before, check)


def _inner_parts(parts: Sequence[Mention]) -> Iterator[Mention]:
    """Parts inside a bracket: they divide a figure and do not follow from the figures outside."""
    return (part for part in parts if part.bracket >= 0)


def _row(sentence: Sentence, before: Sequence[Sentence], last: Mention) -> list[Mention]:
    """The figures before it that count the same, in order; brackets and parts of `trong đó` are left out."""
    row: list[Mention] = []
    for earlier in (*before[-2:], sentence):
        parts = {
            part.index
            for breakdown in find_breakdowns(earlier, ())
            if earlier.lower[breakdown.start - earlier.start :].startswith("trong")
            for part in breakdown.parts
            if _before_semicolon(earlier, breakdown.start, part)
        }
        row += [
            mention
            for mention in earlier.mentions
            if mention.bracket == last.bracket
            and mention.index not in parts
            and mention is not last
            and (earlier is not sentence or mention.index < last.index)
            and mention.figure.kind == "number"
            and mention.role in {"plain", "change", "plan", "base"}
            and not mention.figure.per
            and mention.figure.unit == last.figure.unit
            and is_same_noun(mention.figure.noun, last.figure.noun)
        ]
    return row[-2 * _MOST_DONE :]


def _before_semicolon(sentence: Sentence, start: int, part: Mention) -> bool:
    return ";" not in sentence.lower[start - sentence.start : part.figure.start - sentence.start]


def _balance(last: Mention, row: Sequence[Mention], start_of_sentence: int) -> Check | None:
    """The whole less what was done, where it makes what is left.

    The one that fails only where it is plain.
    """
    for first in range(len(row) - 2, -1, -1):
        for stop in range(first + 2, len(row) + 1):
            for start in range(first + 1, stop):
                if stop - start > _MOST_DONE:
                    continue
                check = _difference(row[first], row[start:stop], last)
                if judge(check) == "consistent":
                    return check
    own = [mention for mention in row if mention.figure.start >= start_of_sentence]
    if len(own) < _FEWEST and not _LEFT.search(last.clause):
        return None
    return _failed_balance(last, own if len(own) >= _FEWEST else row)


def _failed_balance(last: Mention, row: Sequence[Mention]) -> Check | None:
    if len(row) < _FEWEST or any(mention.figure.approximate for mention in (*row, last)):
        return None
    start = max((index for index, m in enumerate(row[:-1]) if "tổng" in m.lead), default=0)
    whole, done = row[start], row[start + 1 :]
    told = (_INTAKE.search(whole.lead[-60:]) or whole.index == 0) and all(
        _DONE.search(mention.lead) for mention in done
    )
    if not told or whole.figure.value < max(mention.figure.value for mention in done):
        return None
    check = _difference(whole, done, last)
    if len(done) == 1:
        return check
    gap = (
        whole.figure.value - sum((mention.figure.value for mention in done), Fraction(0)) - last.figure.value
    )
    slips = any(last.figure.value + gap == other for other in swapped(last.figure))
    return check if slips else None


def _difference(whole: Mention, done: Sequence[Mention], last: Mention) -> Check:
    figures = (whole.figure, *(mention.figure for mention in done))
    return Check(
        kind="difference",
        formula="difference",
        stated=last.figure,
        operands=figures,
        start=whole.figure.start,
        end=last.figure.end,
    )


_LEVEL = re.compile(r"cấp (?:tỉnh|huyện|xã|thành phố|trung ương)|khối [^\W\d_]+(?: [^\W\d_]+)?")


def _by_level(sentence: Sentence, before: Sequence[Sentence], check: Check) -> Iterator[Check]:
    """The same balance for each level that all of its figures are broken down by."""
    levels = [_levels_of(figure, (*before[-2:], sentence)) for figure in (*check.operands, check.stated)]
    for level in levels[-1]:
        figures = [found.get(level) for found in levels]
        if all(figures):
            *operands, stated = [figure for figure in figures if figure]
            yield Check(
                kind="difference",
                formula="difference",
                stated=stated,
                operands=tuple(operands),
                start=operands[0].start,
                end=stated.end,
            )


def _levels_of(figure: Figure, sentences: Sequence[Sentence]) -> dict[str, Figure]:
    """The figures of the bracket right behind a figure, by level."""
    for sentence in sentences:
        if not sentence.start <= figure.start < sentence.end:
            continue
        opens = next((opens for opens, _, _ in sentence.brackets if opens >= figure.end), None)
        if opens is None or any(figure.end < m.figure.end <= opens for m in sentence.mentions):
            return {}
        inside = [m for m in sentence.mentions if m.bracket == opens and m.figure.kind == "number"]
        return {level[0]: m.figure for m in inside if (level := _LEVEL.search(m.lead))}
    return {}
