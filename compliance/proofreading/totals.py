"""Do the parts that a report lists make the whole that it names?

A whole is the figure before `trong đó`, `gồm`, a colon or a bracket; its parts stand behind. How far a list of parts
goes, prose does not say: whichever beginning of it makes the whole is accepted. A mismatch is held against the report
only where the words say that the list is complete, or where one slip of a digit explains it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from compliance.proofreading.lexicon import PART_OPENERS
from compliance.proofreading.tokens import is_same_noun, noun_key
from compliance.proofreading.verdicts import Check, swapped

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
_SENTENCE_HEAD = 12
_FEWEST, _MOST_PARTS, _MOST_WHOLES = 2, 40, 4
_NEAR_OVER, _NEAR_UNDER = Fraction(1, 20), Fraction(1, 1000)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole that may be any of a few figures, and the list behind it."""

    wholes: tuple[Mention, ...]
    parts: tuple[Mention, ...]
    completeness: Completeness
    start: int
    end: int


def find_breakdowns(sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Breakdown]:
    """Every list of parts in a sentence."""
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


def check_totals(sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Check]:
    """Sums of parts, for numbers and for both halves of fractions."""
    for breakdown in find_breakdowns(sentence, before):
        mixed = _mixed(breakdown)
        if mixed:
            yield mixed
            continue
        kinds = {part.figure.kind for part in breakdown.parts}
        found = next(
            (
                check
                for whole in breakdown.wholes
                if whole.figure.kind in kinds | {"number"}
                for check in [_check_whole(breakdown, whole)]
                if check
            ),
            None,
        )
        yield from found or ()
    yield from _total_last(sentence)


def _check_whole(breakdown: Breakdown, whole: Mention) -> list[Check]:
    if whole.figure.kind == "fraction":
        parts = [part for part in breakdown.parts if part.figure.kind == "fraction"]
        if len(parts) < _FEWEST or not all(
            is_same_noun(part.figure.noun, whole.figure.noun) for part in parts
        ):
            return []
        halves = (
            (whole.figure, [part.figure for part in parts]),
            (whole.figure.under, [part.figure.under for part in parts]),
        )
        return [
            check
            for total, figures in halves
            if total
            for check in [check_breakdown(breakdown, total, [figure for figure in figures if figure], parts)]
            if check
        ]
    parts = parts_of(breakdown.parts, whole.figure)
    if len(parts) < _FEWEST:
        return _check_upper_halves(breakdown, whole.figure)
    check = check_breakdown(breakdown, whole.figure, [part.figure for part in parts], parts)
    return [check] if check else []


def _mixed(breakdown: Breakdown) -> Check | None:
    """`11 đơn vị (09 xã và 02 thị trấn)`: parts of other names, accepted only where they make the whole."""
    figures = [part.figure for part in breakdown.parts]
    whole = breakdown.wholes[0].figure
    nouns = {noun_key(figure.noun) for figure in figures if figure.noun}
    plain = all(f.kind == "number" and f.is_integral and not f.unit and f.noun for f in (whole, *figures))
    if not plain or len(figures) < _FEWEST or len(nouns) < _FEWEST or breakdown.completeness == "some":
        return None
    if whole.value != sum(figure.value for figure in figures):
        return None
    return _sum_check(breakdown, whole, figures)


def _check_upper_halves(breakdown: Breakdown, whole: Figure) -> list[Check]:
    """A whole before fractions: `519 hồ sơ (đất đai 498/1.327, xây dựng 21/36)` sums what stands above."""
    parts = [part for part in breakdown.parts if part.figure.kind == "fraction"]
    if not all(is_same_noun(part.figure.noun, whole.noun) for part in parts):
        return []
    check = check_breakdown(breakdown, whole, [part.figure for part in parts], parts)
    return [check] if check else []


def parts_of(mentions: Sequence[Mention], whole: Figure) -> list[Mention]:
    """Those that count what the whole counts, as far as the list goes; what a part itself divides into is left out."""
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


def check_breakdown(
    breakdown: Breakdown, whole: Figure, figures: list[Figure], parts: Sequence[Mention]
) -> Check | None:
    """The sum that holds for some beginning of the list, or else the one that fails if it may be held against it."""
    if len(figures) < _FEWEST:
        return None
    low, high = whole.bounds
    running_low, running_high = Fraction(0), Fraction(0)
    for count, figure in enumerate(figures, start=1):
        figure_low, figure_high = figure.bounds
        running_low, running_high = running_low + figure_low, running_high + figure_high
        if count >= _FEWEST and running_low <= high and low <= running_high:
            return _sum_check(breakdown, whole, figures[:count])
    if any(figure.approximate for figure in (whole, *figures)) or not _is_held(
        breakdown, whole, figures, parts
    ):
        return None
    return _sum_check(breakdown, whole, figures)


def _is_held(
    breakdown: Breakdown, whole: Figure, figures: Sequence[Figure], parts: Sequence[Mention]
) -> bool:
    """Whether a mismatch tells of a slip rather than of a list that names only some parts."""
    if breakdown.completeness == "some" or max(figures, key=lambda figure: figure.value).value > whole.value:
        return False
    if breakdown.completeness == "complete" and len(parts) == len(breakdown.parts):
        return True
    total = sum((figure.value for figure in figures), Fraction(0))
    gap = total - whole.value
    if any(
        total - figure.value + other == whole.value
        for figure in figures
        if figure.value >= 100
        for other in swapped(figure)
    ):
        return True
    if any(other == total for other in swapped(whole) if whole.value >= 100):
        return True
    if gap > 0:
        return gap <= whole.value * _NEAR_OVER
    return -gap <= whole.value * _NEAR_UNDER and -gap < min(figure.value for figure in figures)


def _sum_check(breakdown: Breakdown, whole: Figure, figures: Sequence[Figure]) -> Check:
    ends = max(figure.end for figure in figures)
    return Check(
        kind="sum",
        formula="sum",
        stated=whole,
        operands=tuple(figures),
        start=whole.start,
        end=max(ends, whole.end),
    )


_TOTAL = re.compile(
    r"(?:tổng cộng|tổng số|cộng|tổng|lũy kế|cộng chung|cả hai|tất cả)(?: [^\W\d_]{1,8}){0,7}:? *(?:là|có|"
    r"lên)? *$"
)


def _total_last(sentence: Sentence) -> Iterator[Check]:
    """`A 10 hộ, B 5 hộ; tổng cộng 15 hộ`, and sums written out: `8 + 105 = 113`."""
    for mention in sentence.mentions:
        if mention.figure.kind != "number" or mention.index < _FEWEST or mention.role != "plain":
            continue
        written_out = mention.lead.strip() == "="
        if not written_out and not _TOTAL.search(mention.lead):
            continue
        parts = _run_before(sentence, mention, written_out=written_out)
        running = Fraction(0)
        for count, part in enumerate(parts, start=1):
            running += part.value
            if count >= _FEWEST and running == mention.figure.value:
                parts = parts[:count]
                break
        else:
            if not written_out and not mention.lead.lstrip(" ,;.").startswith("tổng cộng"):
                continue
        if len(parts) >= _FEWEST:
            operands = tuple(reversed(parts))
            yield Check(
                kind="sum",
                formula="sum",
                stated=mention.figure,
                operands=operands,
                start=operands[0].start,
                end=mention.figure.end,
            )


def _run_before(sentence: Sentence, last: Mention, *, written_out: bool) -> list[Figure]:
    """The figures right before, the nearest first, that count the same."""
    run: list[Figure] = []
    for mention in reversed(sentence.mentions[: last.index]):
        figure = mention.figure
        fits = figure.kind == "number" and figure.unit == last.figure.unit and mention.bracket == last.bracket
        if not fits or not is_same_noun(figure.noun, last.figure.noun) or mention.role != "plain":
            if written_out:
                break
            continue
        run.append(figure)
        if len(run) == _MOST_PARTS or (written_out and "+" not in mention.lead):
            break
    return run
