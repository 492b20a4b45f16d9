"""Is a stated percentage that of the two figures it stands for?

Which two figures, the grammar says: a fraction beside it, a part and its whole, what was done and what was
planned. Where one pairing holds, that is the one meant, unless the list of the part is of another whole:
then the claim is undecided. Where none holds, the report is held to the pairing that its words make sure, or
to one that a slip of a digit explains; otherwise nothing is said.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.proofreading.change_rates import is_rate_of_change
from compliance.proofreading.nouns import is_same_noun
from compliance.proofreading.pairings import Pair, find_pairs, find_parents, is_linked
from compliance.proofreading.parts import find_joint_share, opens_part
from compliance.proofreading.verdicts import Check, computed, judge, printed_unit, swapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.proofreading.figures import Figure
    from compliance.proofreading.passages import Mention, Sentence


_FEWEST_LISTED = 3
_MOST_PAIRS = 24
_SWAPPABLE = 100
"""Two digits of a smaller figure change places too easily by chance."""
_NEAR = 3
"""A pairing that is not sure counts as meant when it misses by so many last digits."""


def check_ratios(sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Check]:
    """One check for each percentage whose two figures can be told."""
    parents = find_parents(sentence, before)
    open_: list[tuple[Mention, list[Pair]]] = []
    known: set[tuple[int, int]] = set()
    for mention in sentence.mentions:
        if mention.figure.kind != "percent" or mention.role == "change" or _is_base(mention):
            continue
        if is_rate_of_change(sentence, mention):
            continue
        pairs = list(find_pairs(sentence, before, mention, parents))[:_MOST_PAIRS]
        holding = next((pair for pair in pairs if _holds(mention.figure, pair)), None)
        if holding:
            known.add((holding.below.start, holding.below.end))
            yield _of_own_whole(mention, pairs, holding)
        else:
            open_.append((mention, pairs))
    for mention, pairs in open_:
        pair = _held_against(sentence, mention, pairs, known)
        if pair:
            yield _of_other_parts(sentence, mention, pair, parents)


def _of_own_whole(mention: Mention, pairs: Sequence[Pair], holding: Pair) -> Check:
    """The check of a pairing that holds, open where the list of its part is of a whole that stands nearer."""
    own = next((pair for pair in pairs if pair.of_list and pair.above == holding.above), None)
    if own is None or holding.below.start >= own.below.start:
        return _check(mention, holding)
    return replace(_check(mention, own), fits_too=(holding.above, holding.below))


def _of_other_parts(
    sentence: Sentence, mention: Mention, pair: Pair, parents: dict[int, list[Mention]]
) -> Check:
    """The check of a pairing that fails: of several parts together, or open where the next part fits."""
    joint = find_joint_share(sentence, mention, pair.above, parents)
    if joint is not None:
        return joint
    following = sentence.mentions[mention.index + 1 : mention.index + 2]
    for part in following:
        named = Pair(part.figure, pair.above, sure=False)
        if part.figure.kind == "number" and opens_part(part) and _holds(mention.figure, named):
            return replace(_check(mention, pair), fits_too=(part.figure, pair.above))
    return _check(mention, pair)


def _is_base(mention: Mention) -> bool:
    return mention.role == "base" and "so với" not in mention.lead


def _holds(stated: Figure, pair: Pair) -> bool:
    return judge(_bare(stated, pair)) == "consistent"


def _bare(stated: Figure, pair: Pair) -> Check:
    start = min(stated.start, pair.above.start, pair.below.start)
    end = max(stated.end, pair.above.end, pair.below.end)
    return Check(
        kind="ratio", formula="ratio", stated=stated, operands=(pair.above, pair.below), start=start, end=end
    )


def _check(mention: Mention, pair: Pair) -> Check:
    return _bare(mention.figure, pair)


def _held_against(
    sentence: Sentence, mention: Mention, pairs: Sequence[Pair], known: set[tuple[int, int]]
) -> Pair | None:
    """The pairing that a wrong percentage is held to; None where the words do not say."""
    if mention.role == "limit" or sentence.is_plan or mention.figure.approximate:
        return None
    for pair in pairs:
        if pair.sure or (pair.linked and (pair.below.start, pair.below.end) in known):
            return None if _is_of_a_rest(sentence, mention.figure, pair) else pair
    if "lần lượt" in sentence.lower or not mention.figure.decimals:
        return None
    near = [
        pair for pair in pairs if pair.below.start >= sentence.start and pair.above.start >= sentence.start
    ]
    return next((pair for pair in near if _misses_narrowly(mention.figure, pair)), None)


def _is_of_a_rest(sentence: Sentence, stated: Figure, pair: Pair) -> bool:
    """Whether it holds of the whole less something named beside it: `dự thi 1.120 em, vắng 5 em`."""
    rests = (
        pair.below._replace(value=pair.below.value - mention.figure.value)
        for mention in sentence.mentions
        if mention.figure.kind == "number"
        and mention.figure.unit == pair.below.unit
        and mention.figure != pair.above
    )
    return any(rest.value > 0 and _holds(stated, replace(pair, below=rest)) for rest in rests)


def _misses_narrowly(stated: Figure, pair: Pair) -> bool:
    bounds = computed(_bare(stated, pair))
    if bounds is None or bounds[0] != bounds[1]:
        return False
    unit = printed_unit(stated)
    if abs(bounds[0] - stated.value) <= _NEAR * unit and stated.decimals > 1:
        return True
    digits = Fraction(int((bounds[0] / unit) + Fraction(1, 2)))
    whole = int(stated.value / unit)
    return whole > _SWAPPABLE and any(other == digits for other in swapped(_scaled(stated, whole)))


def _scaled(figure: Figure, value: int) -> Figure:
    return figure._replace(value=Fraction(value))


def _siblings(sentence: Sentence, mention: Mention) -> tuple[Figure, ...]:
    """The figures of a list in which each is followed by its share: `giỏi 320 em (25,6%), khá 480 em (…)`."""
    found = [
        above
        for above, share in zip(sentence.mentions, sentence.mentions[1:], strict=False)
        if above.figure.kind == "number" and share.figure.kind == "percent" and is_linked(share, above)
    ]
    return (
        tuple(
            above.figure
            for above in found
            if above.role == "plain" and is_same_noun(above.figure.noun, found[0].figure.noun)
        )
        if any(above.index == mention.index - 1 for above in found)
        else ()
    )


def check_listed_shares(sentence: Sentence) -> Iterator[Check]:
    """Shares of a whole that the report does not give: the listed figures make it, if most shares say so."""
    for mention in sentence.mentions:
        figures = _siblings(sentence, mention) if mention.figure.kind == "percent" else ()
        if len(figures) < _FEWEST_LISTED:
            continue
        checks = [
            Check(
                kind="ratio",
                formula="share",
                stated=share.figure,
                operands=(above, *(f for f in figures if f is not above)),
                start=above.start,
                end=share.figure.end,
            )
            for above in figures
            for share in sentence.mentions
            if share.figure.start > above.end and _is_next(sentence, share, above)
        ]
        holding = sum(judge(check) == "consistent" for check in checks)
        if holding >= _FEWEST_LISTED and holding >= len(checks) - 1:
            yield from checks
        return


def _is_next(sentence: Sentence, share: Mention, above: Figure) -> bool:
    return (
        share.index > 0
        and sentence.mentions[share.index - 1].figure is above
        and share.figure.kind == "percent"
    )
