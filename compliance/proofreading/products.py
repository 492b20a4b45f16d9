"""Does so many times so much make the total that a report gives?

Broadcasts and minutes, households and money, yields.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.proofreading.lexicon import CONVERSIONS
from compliance.proofreading.nouns import is_same_noun
from compliance.proofreading.verdicts import Check, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.proofreading.figures import Figure
    from compliance.proofreading.passages import Mention, Sentence

_TOTAL = re.compile(
    r"tổng|số tiền|trị giá|kinh phí|thời lượng|sản lượng|giá trị|thành tiền|với tổng|khối lượng|chi trả|"
    r"hỗ trợ"
)
_SURE_TOTAL = re.compile(r"tổng|sản lượng|thành tiền")
_REACH = 1
_MOST_PAIRS = 30


def check_products(
    sentence: Sentence, before: Sequence[Sentence], after: Sequence[Sentence]
) -> Iterator[Check]:
    """One check for each amount for one thing, with how many there are and what they make."""
    around = [*before[-_REACH:], sentence, *after[:_REACH]]
    for each in sentence.mentions:
        if (
            each.figure.kind not in {"number", "range"}
            or not each.figure.per
            or not (each.figure.unit or each.figure.noun)
        ):
            continue
        pool = [
            m for passage in around for m in passage.mentions if m.figure.kind == "number" and m is not each
        ]
        counts = [m for m in pool if _is_counted(m.figure, each.figure) and m.role in {"plain", "limit"}]
        totals = sorted(
            (m for m in pool if _is_total(m, each.figure)),
            key=lambda m: abs(m.figure.start - each.figure.start),
        )
        yield from _best(each, counts[:_MOST_PAIRS], totals[:1])


def _is_counted(figure: Figure, each: Figure) -> bool:
    """Whether a figure counts what the amount is for."""
    if figure.per:
        return False
    for per in each.per.split("/"):
        words = per.split(" ")
        if figure.unit and figure.unit == words[0]:
            return True
        if figure.noun and is_same_noun(figure.noun, per):
            return True
        if figure.noun and (
            figure.noun.split(" ")[: len(words)] == words or figure.noun.split(" ")[0] == per.split(" ")[0]
        ):
            return True
    return False


def _is_total(mention: Mention, each: Figure) -> bool:
    figure = mention.figure
    if figure.per or mention.role in {"base", "plan", "change"} or not _TOTAL.search(mention.lead[-60:]):
        return False
    return _scale(each, figure) is not None


def _scale(each: Figure, total: Figure) -> Fraction | None:
    if each.unit == total.unit and (each.unit or (each.noun and is_same_noun(each.noun, total.noun))):
        return Fraction(1)
    return CONVERSIONS.get((each.unit, total.unit))


def _best(each: Mention, counts: Sequence[Mention], totals: Sequence[Mention]) -> Iterator[Check]:
    """The pairing that holds.

    Else, where only one is possible and the words call it a total, the one that fails.
    """
    checks = [
        (count, total, _check(each, count, total))
        for count in counts
        for total in totals
        if count is not total
    ]
    for _, _, check in checks:
        if judge(check) == "consistent":
            yield check
            return
    if len(checks) == 1 and _SURE_TOTAL.search(checks[0][1].lead[-60:]) and "lũy kế" not in checks[0][1].lead:
        yield checks[0][2]


def _check(each: Mention, count: Mention, total: Mention) -> Check:
    figures = (count.figure, each.figure, total.figure)
    return Check(
        kind="quantity",
        formula="product",
        stated=total.figure,
        operands=(count.figure, each.figure),
        scale=_scale(each.figure, total.figure) or Fraction(1),
        start=min(f.start for f in figures),
        end=max(f.end for f in figures),
    )
