"""How is a report divided? Paragraphs, sentences and brackets, and each figure with the words around it."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from compliance.proofreading.folding import Folded, fold
from compliance.proofreading.tokens import scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.proofreading.figures import Figure, Role

_MARKER = re.compile(
    r"[ >#]{0,8}([-+*•–]|\d{1,2}(?:\.\d{1,2}){0,4}[.)]?(?= )|[a-zđ][.)](?= )|[ivxIVX]{1,5}\.(?= ))?"
)
_SENTENCE_END = re.compile(
    r"(?<![.\s(][A-ZĐ])(?<![\s.(][A-ZĐ][A-Za-zđ])(?<![\s.(]Th[A-Z])[.!?…]{1,3}[\"')]?\s{1,4}(?=[\"'(]?(?:[^\W\d_]|\d))"
)
_SOFT_LINE = 60
"""A line at least so long that ends without a stop and goes on in lower case was broken by its page."""

_CHANGE = re.compile(
    r"(?:tăng|giảm|tăng/giảm|nhiều hơn|ít hơn|cao hơn|thấp hơn|vượt|hụt|tăng lên|giảm đi|chênh lệch)"
    r"(?: thêm| được| khoảng| hơn| gần| trên| là| nhẹ| mạnh| lên| đi| sâu| bình quân| ước| đều| \(|\(|\+|"
    r"-)* ?$"
)
_BASE = re.compile(
    r"cùng kỳ|cùng thời điểm|cùng thời gian|(?:năm|kỳ|tháng|quý|tuần|năm học) trước(?! chuyển| tồn)|"
    r"(?<!tháng )đầu năm(?! \d)|"
    r"đầu kỳ|"
    r"so với|kỳ báo cáo trước|năm ngoái|giai đoạn trước|nhiệm kỳ trước|bình quân chung|mức bình quân"
)
_PLAN = re.compile(
    r"kế hoạch|dự toán|chỉ tiêu|nghị quyết|\bkh\b|mục tiêu|được giao|giao năm|tỉnh giao|huyện giao|"
    r"trên giao|theo giao"
)
_LIMIT = re.compile(
    r"(?:ít nhất|tối thiểu|tối đa|không quá|không dưới|không vượt quá|không thấp hơn|không cao hơn|phấn đấu|"
    r"từ|"
    r"mục tiêu|yêu cầu|quy định|chỉ tiêu|phải đạt|bảo đảm|đảm bảo|dự kiến|duy trì|(?<!cấp )dưới|"
    r"phấn đấu đạt|ngưỡng|định mức|mức)"
    r"(?: là| đạt| tối thiểu| từ| trên| khoảng| ít nhất| tỷ lệ| có)* ?$"
)
_LIMIT_AFTER = re.compile(r" ?(?:[^\W\d_]{1,9} ){0,2}trở (?:lên|xuống)")
_BREAK = re.compile(r"[,;:()]")
_DATING = frozenset(("year", "month", "date"))
"""Figures that only date the words around another."""
_DEEPEST = 6
_MOST_FIGURES = 150
"""A sentence with more figures is a table or noise, not prose."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure in its sentence."""

    figure: Figure
    index: int
    lead: str
    """The folded words since the figure before, or since the sentence began."""
    tail: str
    """The folded words up to the next figure, or to the sentence's end."""
    bracket: int
    """Where the innermost bracket around it opens; -1 outside all."""
    role: Role

    @property
    def clause(self) -> str:
        """The last stretch of its lead without a comma, colon or bracket."""
        return _BREAK.split(self.lead)[-1]


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence with its figures."""

    start: int
    end: int
    lower: str
    """Its own words, folded; position 0 is `start`."""
    mentions: tuple[Mention, ...]
    brackets: tuple[tuple[int, int, int], ...]
    """Opening, closing and enclosing bracket (-1 for none) of each pair, as offsets in the text."""

    def bracket_at(self, position: int) -> int:
        """The innermost bracket around a position of the text; -1 outside all."""
        around = [opens for opens, closes, _ in self.brackets if opens < position <= closes]
        return max(around, default=-1)

    @cached_property
    def is_plan(self) -> bool:
        """Whether it tells what is to be done, not what was done: its percentages are targets."""
        return bool(_INTENT.match(self.lower))


_INTENT = re.compile(
    r"[\s\-+*•\d.)a-z]{0,6}\b(?:phấn đấu|mục tiêu|tiếp tục|duy trì|đẩy mạnh|tăng cường|bảo đảm|đảm bảo|"
    r"chỉ tiêu|phương hướng|"
    r"nhiệm vụ|nâng tỷ lệ|đến (?:hết |cuối )?năm \d{4}|dự kiến|yêu cầu|đề nghị|kiến nghị|"
    r"trong thời gian tới)\b"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `marker` is what its line begins with (`-`, `+`, `1.`), empty for plain text."""

    start: int
    end: int
    marker: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Reading:
    """A whole text, read: folded, with its figures and paragraphs."""

    folded: Folded
    figures: tuple[Figure, ...]
    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each figure begins."""
        return tuple(figure.start for figure in self.figures)

    @cached_property
    def paragraph_starts(self) -> tuple[int, ...]:
        """Where each paragraph begins."""
        return tuple(paragraph.start for paragraph in self.paragraphs)

    @property
    def sentences(self) -> Iterator[tuple[Sentence, Sequence[Sentence]]]:
        """Each sentence with those before it in its paragraph."""
        for paragraph in self.paragraphs:
            for index, sentence in enumerate(paragraph.sentences):
                yield sentence, paragraph.sentences[:index]


def read(text: str) -> Reading:
    """Read a text in full."""
    folded = fold(text)
    figures = scan(folded)
    starts = [figure.start for figure in figures]
    paragraphs = []
    for start, end in _paragraph_spans(folded):
        inside = figures[bisect_left(starts, start) : bisect_left(starts, end)]
        marker = _MARKER.match(folded.plain, start, end)
        sentences = tuple(_sentences(folded, inside, start, end))
        paragraphs.append(Paragraph(start, end, (marker and marker[1]) or "", sentences))
    return Reading(folded, figures, tuple(paragraphs))


def _paragraph_spans(folded: Folded) -> Iterator[tuple[int, int]]:
    """Lines, with those joined that only the page's width broke."""
    start, position, text = 0, 0, folded.plain
    while position < len(text):
        stop = text.find("\n", position)
        stop = len(text) if stop < 0 else stop
        if not _goes_on(text, position, stop):
            if text[start:stop].strip():
                yield start, stop
            start = stop + 1
        position = stop + 1
    if text[start:].strip() and start < len(text):
        yield start, len(text)


def _goes_on(text: str, start: int, stop: int) -> bool:
    line = text[start:stop].rstrip()
    following = text[stop + 1 : stop + 2]
    if len(line) < _SOFT_LINE or not following or line[-1] in ".;:!?":
        return False
    return following.islower() or following.isdigit() or following == "("


def _sentences(folded: Folded, figures: Sequence[Figure], start: int, end: int) -> Iterator[Sentence]:
    inside = [(figure.start, figure.end) for figure in figures]
    cuts = [start]
    for match in _SENTENCE_END.finditer(folded.plain, start, end):
        following = folded.plain[match.end()]
        if not following.islower() and not any(opens < match.end() <= closes for opens, closes in inside[:0]):
            cuts.append(match.end())
    cuts.append(end)
    first = 0
    for opens, closes in itertools.pairwise(cuts):
        last = first
        while last < len(figures) and figures[last].start < closes:
            last += 1
        yield _sentence(folded, figures[first:last], opens, closes)
        first = last


def _sentence(folded: Folded, figures: Sequence[Figure], start: int, end: int) -> Sentence:
    brackets = _brackets(folded.lower, start, end)
    prose = figures if len(figures) <= _MOST_FIGURES else ()
    mentions = []
    for index, figure in enumerate(prose):
        before = prose[index - 1].end if index else start
        dated = next((f.end for f in reversed(prose[:index]) if f.kind not in _DATING), start)
        after = prose[index + 1].start if index + 1 < len(prose) else end
        lead, tail = folded.lower[before : figure.start], folded.lower[figure.end : after]
        around = max((opens for opens, closes, _ in brackets if opens < figure.start <= closes), default=-1)
        mentions.append(
            Mention(
                figure, index, lead, tail, around, _role(figure, folded.lower[dated : figure.start], tail)
            )
        )
    return Sentence(start, end, folded.lower[start:end], tuple(mentions), brackets)


def _brackets(lower: str, start: int, end: int) -> tuple[tuple[int, int, int], ...]:
    stack: list[int] = []
    pairs: list[tuple[int, int, int]] = []
    for match in _BRACKET.finditer(lower, start, end):
        if match[0] in "([":
            stack.append(match.start())
            if len(stack) > _DEEPEST:
                return ()
        elif stack:
            opens = stack.pop()
            pairs.append((opens, match.start(), stack[-1] if stack else -1))
    pairs += [(opens, end, -1) for opens in stack]
    return tuple(sorted(pairs))


_BRACKET = re.compile(r"[()\[\]]")


def _role(figure: Figure, lead: str, tail: str) -> Role:
    """What its words make of a figure."""
    near = lead[-60:]
    if _CHANGE.search(near):
        return "change"
    if figure.kind in {"percent", "number", "range"} and (_LIMIT.search(near) or _LIMIT_AFTER.match(tail)):
        return "limit"
    *_, clause = [part for part in _BREAK.split(near) if part.strip()] or [""]
    if near.rstrip().endswith(",") or near.rstrip().endswith(";"):
        clause = ""
    if _BASE.search(clause):
        return "base"
    if _PLAN.search(clause) and figure.kind != "percent":
        return "plan"
    return "plain"
