"""Do shares of one whole make one hundred, and can each percentage and each range be at all?"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.proofreading.breakdowns import find_breakdowns
from compliance.proofreading.nouns import is_same_noun
from compliance.proofreading.verdicts import Check, Formula, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.proofreading.figures import Figure
    from compliance.proofreading.passages import Mention, Sentence

_OPPOSITES = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (
            r"(?<!không )(?<!chưa )(?:đúng hạn|trước hạn|đúng thời hạn|đúng hẹn)",
            r"trễ|quá hạn|chậm|không đúng hạn",
        ),
        (r"\bnam\b(?! )|\bnam\b(?= (?:giới|chiếm|đạt|là))", r"\bnữ\b"),
        (r"thành thị|đô thị", r"nông thôn"),
        (r"(?<!không )(?<!chưa )hài lòng", r"(?:không|chưa) hài lòng"),
        (r"(?<!không )(?<!chưa )hoàn thành", r"(?:không|chưa) hoàn thành"),
        (r"(?<!không )(?<!chưa )\bđạt (?:chuẩn|yêu cầu)", r"(?:không|chưa) đạt"),
        (r"trực tuyến", r"trực tiếp"),
        (r"trong hạn", r"quá hạn"),
        (r"đồng ý|tán thành", r"không (?:đồng ý|tán thành)"),
        (r"tín nhiệm cao", r"tín nhiệm thấp"),
        (r"đã (?:giải quyết|xử lý)", r"(?:chưa|đang) (?:giải quyết|xử lý)"),
        (r"", r"còn lại"),
    )
)
_NEVER_OVER = re.compile(
    r"chiếm|đúng hạn|trễ hạn|quá hạn|hộ nghèo|cận nghèo|hài lòng|che phủ|suy dinh dưỡng|(?:giải quyết|"
    r"xử lý) đạt tỷ lệ|tỷ lệ nữ"
)
_MAY_BE_OVER = re.compile(r"so với|kế hoạch|chỉ tiêu|dự toán|tăng|vượt|bằng|giao|cùng kỳ|nghị quyết")
_WHOLE = Fraction(100)
_PLAUSIBLE_GAP = 5
"""Opposite shares that miss one hundred by more may leave out a third kind."""
_FEWEST = 2


def check_shares(sentence: Sentence, _before: Sequence[Sentence]) -> Iterator[Check]:
    """Complements, percentages over one hundred, backward ranges, parts greater than their whole."""
    yield from _complements(sentence)
    for mention in sentence.mentions:
        if mention.figure.kind == "percent" and mention.role == "plain" and _is_impossible(mention):
            yield _bound(mention.figure, "not_over", (_hundred(mention.figure),))
        elif mention.figure.low is not None and mention.figure.high is not None and mention.figure.unit:
            yield from _backwards(mention)
    yield from _greater_parts(sentence)


def _hundred(figure: Figure) -> Figure:
    return figure._replace(value=_WHOLE, step=Fraction(0), decimals=0, low=None, high=None, approximate=None)


def _is_impossible(mention: Mention) -> bool:
    words = mention.lead[-60:]
    clause = re.split(r"[;.]", words)[-1]
    return (
        mention.figure.value > _WHOLE
        and mention.figure.low is None
        and bool(_NEVER_OVER.search(clause))
        and not _MAY_BE_OVER.search(words + mention.tail[:30])
    )


def _bound(stated: Figure, formula: Formula, operands: tuple[Figure, ...]) -> Check:
    spans = [stated, *operands]
    return Check(
        kind="range",
        formula=formula,
        stated=stated,
        operands=operands,
        start=min(f.start for f in spans),
        end=max(f.end for f in spans),
    )


def _backwards(mention: Mention) -> Iterator[Check]:
    figure = mention.figure
    if figure.low is not None and figure.high is not None and figure.low > figure.high:
        low = figure._replace(value=figure.low, low=None, high=None)
        high = figure._replace(value=figure.high, low=None, high=None)
        yield _bound(high, "not_under", (low,))


def _complements(sentence: Sentence) -> Iterator[Check]:
    """Runs of percentages whose words name a thing and its opposite."""
    shares = [
        m
        for m in sentence.mentions
        if m.figure.kind == "percent" and m.role == "plain" and m.figure.low is None
    ]
    used: set[int] = set()
    for first, mention in enumerate(shares):
        run = [m for m in shares[first:] if m.bracket == mention.bracket][:6]
        if len(run) < _FEWEST or mention.index in used:
            continue
        check = _complement_of(run)
        if check:
            used.update(m.index for m in run if check.start <= m.figure.start < check.end)
            yield check


def _complement_of(run: Sequence[Mention]) -> Check | None:
    """The run that makes one hundred; else the pair of opposites that fails to."""
    for count in range(_FEWEST, len(run) + 1):
        check = _complement_check(run[:count])
        if _names_opposites(run[:count]) and judge(check) == "consistent":
            return check
    pair = run[:_FEWEST]
    if len(run) > _FEWEST or not _names_opposites(pair) or any(m.figure.approximate for m in pair):
        return None
    total = sum(m.figure.value for m in pair)
    return _complement_check(pair) if abs(total - _WHOLE) <= _PLAUSIBLE_GAP else None


def _names_opposites(run: Sequence[Mention]) -> bool:
    first, last = run[0], run[-1]
    one, other = _label(first), _label(last)
    return any(
        (a.search(one) and b.search(other)) or (b.search(one) and a.search(other) and b.pattern != "còn lại")
        for a, b in _OPPOSITES
    )


def _label(mention: Mention) -> str:
    """The words that name a share: before it, or behind it where nothing stands before."""
    clause = re.split(r"[,;:(]", mention.lead)[-1]
    words = re.sub(r"\b(?:chiếm|đạt|tỷ lệ|là|có|và)\b|[\s\-]", " ", clause).strip()
    return clause if words else mention.tail[:30]


def _complement_check(run: Sequence[Mention]) -> Check:
    figures = [m.figure for m in run]
    return Check(
        kind="complement",
        formula="complement",
        stated=figures[-1],
        operands=tuple(figures[:-1]),
        start=figures[0].start,
        end=figures[-1].end,
    )


def _greater_parts(sentence: Sentence) -> Iterator[Check]:
    """`Có 45 hồ sơ, trong đó 50 hồ sơ đúng hạn`."""
    for breakdown in find_breakdowns(sentence, ()):
        if not sentence.lower[breakdown.start - sentence.start :].startswith("trong đó"):
            continue
        part = breakdown.parts[0]
        whole = breakdown.wholes[0]
        figure = part.figure
        alike = (
            figure.kind == whole.figure.kind == "number" and figure.unit == whole.figure.unit and figure.noun
        )
        exact = (
            figure.approximate is None
            and whole.figure.approximate is None
            and whole.role == part.role == "plain"
        )
        if (
            (
                alike
                and exact
                and is_same_noun(figure.noun, whole.figure.noun)
                and whole.figure.noun
                and not figure.per
            )
            and figure.value > max(w.figure.value for w in breakdown.wholes)
            and figure.other is None
        ):
            yield _bound(figure, "not_over", (whole.figure,))
