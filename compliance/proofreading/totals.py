"""Do the parts that a report lists make the whole that it names?

A whole is the figure before `trong đó`, `gồm`, a colon or a bracket; its parts stand behind. How far a list
of parts goes, prose does not say: whichever beginning of it makes the whole is accepted. A mismatch is held
against the report only where the words say that the list is complete, or where one slip of a digit explains
it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.proofreading.breakdowns import find_breakdowns, parts_of
from compliance.proofreading.nouns import is_same_noun, noun_key
from compliance.proofreading.verdicts import Check, swapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.proofreading.breakdowns import Breakdown
    from compliance.proofreading.figures import Figure
    from compliance.proofreading.passages import Mention, Sentence


_FEWEST, _MOST_PARTS = 2, 40
_SWAPPABLE = 100
"""Two digits of a smaller figure change places too easily by chance."""
_NEAR = Fraction(1, 1000)


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
    return _sum_check(whole, figures)


def _check_upper_halves(breakdown: Breakdown, whole: Figure) -> list[Check]:
    """A whole before fractions: `519 hồ sơ (đất đai 498/1.327, xây dựng 21/36)` sums what stands above."""
    parts = [part for part in breakdown.parts if part.figure.kind == "fraction"]
    if not all(is_same_noun(part.figure.noun, whole.noun) for part in parts):
        return []
    check = check_breakdown(breakdown, whole, [part.figure for part in parts], parts)
    return [check] if check else []


def check_breakdown(
    breakdown: Breakdown, whole: Figure, figures: list[Figure], parts: Sequence[Mention]
) -> Check | None:
    """The sum that holds for some beginning of the list, or else the one held against the report."""
    if len(figures) < _FEWEST:
        return None
    low, high = whole.bounds
    running_low, running_high = Fraction(0), Fraction(0)
    for count, figure in enumerate(figures, start=1):
        figure_low, figure_high = figure.bounds
        running_low, running_high = running_low + figure_low, running_high + figure_high
        if count >= _FEWEST and running_low <= high and low <= running_high:
            return _sum_check(whole, figures[:count])
    if any(figure.approximate for figure in (whole, *figures)) or not _is_held(
        breakdown, whole, figures, parts
    ):
        return None
    return _sum_check(whole, figures)


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
        if figure.value >= _SWAPPABLE
        for other in swapped(figure)
    ):
        return True
    if any(other == total for other in swapped(whole) if whole.value >= _SWAPPABLE):
        return True
    return abs(gap) <= whole.value * _NEAR and abs(gap) < min(figure.value for figure in figures)


def _sum_check(whole: Figure, figures: Sequence[Figure]) -> Check:
    ends = max(figure.end for figure in figures)
    return Check(
        kind="sum",
        formula="sum",
        stated=whole,
        operands=tuple(figures),
        start=whole.start,
        end=max(ends, whole.end),
    )


_IN_ALL = re.compile(r"[,;.] *tổng cộng")
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
            if not written_out and not _IN_ALL.search(mention.lead):
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
