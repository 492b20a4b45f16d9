"""Which neighbouring figures are one? Compound amounts, ranges and fractions."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.proofreading.lexicon import MONEY, SCALES
from compliance.proofreading.nouns import is_same_noun

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.proofreading.figures import Figure, FigureKind

_THOUSANDS = 3
_SCALE_WORD = re.compile(r"(nghìn tỷ|ngàn tỷ|nghìn|ngàn|vạn|triệu|tr|tỷ)\b")
_LOOK_BACK = 60
_LEAST_SCALE = 1_000
_RANGE_DASH = re.compile(r" ?- ?")
_RANGE_WORD = re.compile(r" (?:đến|tới) ")
_SLASH = re.compile(r" ?/ ?(?:tổng(?: số)? )?")


def join_compounds(lower: str, atoms: Iterable[Figure]) -> list[Figure]:
    """`4 triệu 180 nghìn` as one amount."""
    joined: list[Figure] = []
    for atom in atoms:
        last = joined[-1] if joined else None
        gap = lower[last.end : atom.start] if last else ""
        if (
            last
            and gap == " "
            and last.step >= _LEAST_SCALE
            and 1 < atom.step < last.step
            and not last.decimals
        ):
            joined[-1] = last._replace(
                end=atom.end, value=last.value + atom.value, step=atom.step, other=None
            )
        else:
            joined.append(atom)
    return joined


def join_ranges(lower: str, figures: Iterable[Figure]) -> list[Figure]:
    """`05 - 07 phút`, `80-90%`, `từ 5 đến 7 phút` as one figure each."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        if last and _is_range(lower, last, figure):
            last = scaled_like(lower, last, figure)
            joined[-1] = figure._replace(
                start=last.start,
                kind="range" if figure.kind == "number" else "percent",
                low=last.value,
                high=figure.value,
                decimals=max(last.decimals, figure.decimals),
                per="/".join(filter(None, (last.per, figure.per))),
                approximate=None,
            )
        else:
            joined.append(figure)
    return joined


def _is_range(lower: str, first: Figure, second: Figure) -> bool:
    gap = lower[first.end : second.start]
    same = (second.kind in (first.kind, "percent")) and first.kind in {"number", "percent"}
    plain = same and (not first.unit or first.unit == second.unit) and second.kind in {"number", "percent"}
    if not plain or first.low is not None or first.step > 1:
        return False
    if _RANGE_DASH.fullmatch(gap):
        return not first.noun or first.noun == second.noun
    opens = lower[max(0, first.start - 4) : first.start].endswith("từ ")
    return bool(_RANGE_WORD.fullmatch(gap)) and opens and not first.noun and first.value < second.value


def scaled_like(lower: str, first: Figure, second: Figure) -> Figure:
    """The first of two figures with the scale that only the second names: `1,4/1,5 triệu đồng`."""
    scale = _SCALE_WORD.search(lower, second.start, second.end)
    if scale is None or _SCALE_WORD.search(lower, first.start, first.end):
        return first
    if second.decimals and first.other is not None:
        first = first._replace(value=first.other, decimals=_THOUSANDS, other=None)
    factor = SCALES[scale[1]]
    return first._replace(
        value=first.value * factor, step=Fraction(factor, 10**first.decimals), unit=second.unit
    )


def join_fractions(lower: str, figures: Iterable[Figure]) -> list[Figure]:
    """`2.737/6.522 văn bản`, `2.737 văn bản/6.522 văn bản`, `2.737/tổng số 6.522 văn bản`."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        if last and figure.kind in {"number", "score"} and _is_fraction(lower, last, figure):
            kind: FigureKind = "score" if "score" in {figure.kind, last.kind} else "fraction"
            noun = figure.noun or last.noun
            last = scaled_like(lower, last, figure)
            joined[-1] = last._replace(
                kind=kind,
                end=figure.end,
                noun=noun,
                unit=figure.unit or last.unit,
                step=last.step or (Fraction(1) if figure.step == 1 else Fraction(0)),
                under=figure._replace(noun=noun),
                per=figure.per,
            )
        else:
            joined.append(figure)
    return joined


def _is_fraction(lower: str, first: Figure, second: Figure) -> bool:
    if (
        first.kind != "number"
        or first.under is not None
        or not second.value
        or second.start - first.end > _LOOK_BACK
    ):
        return False
    gap = lower[first.end : second.start]
    if "/" not in gap or "\n" in gap:
        return False
    if _SLASH.fullmatch(gap):
        return not first.unit or first.unit == second.unit
    words, _, rest = gap.partition("/")
    named = words.strip()
    if not named or rest.strip() not in {"", "tổng", "tổng số"} or re.search(r"[^\w ²³]", words):
        return False
    if first.unit:
        return (
            named in {first.unit, *(word for word, unit in MONEY.items() if unit == first.unit)}
            and first.unit == second.unit
        )
    sessions = "lượt" in {named, second.noun}
    return named == second.noun if sessions else is_same_noun(named, second.noun)
