"""Is a stated rise or fall the distance between the two figures that it lies between?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance.proofreading.tokens import is_same_noun, noun_key
from compliance.proofreading.verdicts import Check, Formula, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.proofreading.figures import Figure
    from compliance.proofreading.passages import Mention, Sentence

_UP = re.compile(r"(?:tăng|nhiều hơn|cao hơn|vượt|dư)(?:(?!giảm|ít hơn|thấp hơn).){0,24}$")
_DOWN = re.compile(r"(?:giảm|ít hơn|thấp hơn|hụt)(?:(?!tăng|nhiều hơn|cao hơn).){0,24}$")
_BASE_BETWEEN = re.compile(r"so với|so cùng|cùng kỳ")
_SAME_LINK = re.compile(
    r"[^;.]{0,40}?(?:\(|,|tương ứng|tương đương|bằng|tức|hay|=|đạt tỷ lệ|tỷ lệ)[\s(]*(?:tương ứng|"
    r"tương đương|bằng|với|tức|là|"
    r"tăng|giảm|tỷ lệ|khoảng|=|\+|-|vượt| )*"
)
_FROM = re.compile(r"\btừ(?: mức| chỗ)?(?: khoảng)? *$")
_TO = re.compile(
    r"(?P<up>(?:tăng )?lên(?: thành)?|tăng lên|nâng lên)|(?P<down>(?:giảm )?xuống(?: còn)?|còn|giảm còn)"
)
_NEAR = 130
_COMPARABLE = {"number", "percent"}


def check_changes(sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Check]:
    """One check for each amount or rate of change whose two ends the sentence gives."""
    yield from _from_to(sentence)
    for mention in sentence.mentions:
        if mention.role == "change" and mention.figure.kind in {"number", "percent", "points"}:
            yield from _first(_checks_of(sentence, mention))
        elif mention.figure.kind == "times":
            yield from _first(_multiples(sentence, mention))
        elif mention.figure.kind == "percent":
            yield from _first(_rates_of(sentence, before, mention))


def _first(checks: Iterator[tuple[Check, bool]]) -> Iterator[Check]:
    """The first check that holds; else the first that the report may be held to."""
    held: Check | None = None
    for check, sure in checks:
        if judge(check) == "consistent":
            yield check
            return
        held = held or (check if sure else None)
    if held:
        yield held


def _direction(mention: Mention) -> str:
    words = mention.lead[-60:]
    if _UP.search(words):
        return "up"
    return "down" if _DOWN.search(words) else ""


def _checks_of(sentence: Sentence, change: Mention) -> Iterator[tuple[Check, bool]]:
    direction, figure = _direction(change), change.figure
    if not direction:
        return
    if figure.kind == "percent":
        yield from _excess_over_plan(sentence, change)
    for fraction in _fractions_near(sentence, change):
        yield from _against_fraction(change, fraction, direction)
    now, base = _now(sentence, change), _base(sentence, change)
    if now is None or base is None or base is now:
        return
    for formula in _formulas(change, now, direction):
        pair = (now.figure, base.figure)
        if formula == "difference" and direction == "down":
            pair = (base.figure, now.figure)
        sure = figure.approximate is None and not _is_doubtful(sentence, change, now)
        yield _check(change, formula, pair), sure


def _formulas(change: Mention, now: Mention, direction: str) -> tuple[Formula, ...]:
    rate: Formula = "rise" if direction == "up" else "fall"
    if change.figure.kind == "points":
        return ("difference",) if now.figure.kind == "percent" else ()
    if change.figure.kind == "percent":
        return ("difference", rate) if now.figure.kind == "percent" else (rate,)
    if now.figure.kind == "percent" or now.figure.unit != change.figure.unit:
        return ()
    return ("difference",) if is_same_noun(change.figure.noun, now.figure.noun) else ()


def _is_doubtful(sentence: Sentence, change: Mention, now: Mention) -> bool:
    """Whether several figures lie between, so that the change may belong to another one."""
    between = sentence.mentions[now.index + 1 : change.index]
    return any(
        m.figure.kind in {"number", "percent", "fraction"}
        and m.role == "plain"
        and m.bracket == change.bracket
        and (change.figure.kind != "number" or _fits(m.figure, change.figure))
        for m in between
    )


def _now(sentence: Sentence, change: Mention) -> Mention | None:
    """The figure that changed: the nearest before that counts the same."""
    for candidate in reversed(sentence.mentions[: change.index]):
        if (
            candidate.figure.kind not in _COMPARABLE
            or candidate.role not in {"plain", "limit"}
            or candidate.figure.per
        ):
            continue
        if change.figure.kind == "number" and (
            candidate.figure.kind != "number" or not _fits(candidate.figure, change.figure)
        ):
            continue
        if change.figure.kind == "points" and candidate.figure.kind != "percent":
            continue
        return candidate
    return None


def _base(sentence: Sentence, change: Mention) -> Mention | None:
    """The figure of the other period or of the plan: behind, in brackets or after `so với`; else before."""
    now = _now(sentence, change)
    if now is None:
        return None
    for candidate in sentence.mentions[change.index + 1 : change.index + 4]:
        between = sentence.lower[change.figure.end - sentence.start : candidate.figure.start - sentence.start]
        if ";" in between or len(between) > _NEAR:
            break
        if candidate.bracket not in {change.bracket, *_opened_after(sentence, change)}:
            continue
        if (
            candidate.role in {"base", "plan", "plain"}
            and _is_like(candidate, now)
            and _BASE_BETWEEN.search(between)
        ):
            return candidate
    for candidate in reversed(sentence.mentions[: now.index]):
        if candidate.role in {"base", "plan"} and _is_like(candidate, now):
            return candidate
    inner = sentence.mentions[now.index + 1 : change.index]
    return next((m for m in inner if m.role in {"base", "plan"} and _is_like(m, now)), None)


def _opened_after(sentence: Sentence, change: Mention) -> tuple[int, ...]:
    return tuple(opens for opens, _, _ in sentence.brackets if opens >= change.figure.end)


def _is_like(candidate: Mention, now: Mention) -> bool:
    return (
        candidate.figure.kind == now.figure.kind
        and (now.figure.kind == "percent" or _fits(candidate.figure, now.figure))
        and not candidate.figure.per
    )


def _fits(first: Figure, second: Figure) -> bool:
    return first.unit == second.unit and is_same_noun(first.noun, second.noun)


def _check(change: Mention, formula: Formula, operands: tuple[Figure, ...]) -> Check:
    spans = [change.figure, *operands]
    return Check(
        kind="change",
        formula=formula,
        stated=change.figure,
        operands=operands,
        start=min(f.start for f in spans),
        end=max(f.end for f in spans),
    )


def _fractions_near(sentence: Sentence, change: Mention) -> Iterator[Mention]:
    """`tăng 12 vụ (45/33 vụ)`, `45/33 vụ, tăng 12 vụ`."""
    if not re.search(r"cùng kỳ|so với|năm trước|kỳ trước|tháng trước|\(", sentence.lower):
        return
    for candidate in sentence.mentions[max(0, change.index - 1) : change.index + 3]:
        gap = abs(candidate.figure.start - change.figure.end)
        if (
            candidate.figure.kind == "fraction"
            and gap < _NEAR
            and (not change.figure.noun or _fits(candidate.figure, change.figure))
        ):
            yield candidate


def _against_fraction(change: Mention, fraction: Mention, direction: str) -> Iterator[tuple[Check, bool]]:
    under = fraction.figure.under
    if under is None or (change.figure.kind == "number" and change.figure.unit != fraction.figure.unit):
        return
    greater, less = sorted((fraction.figure, under), key=lambda figure: figure.value, reverse=True)
    beside = "(" in fraction.lead or change.index == fraction.index + 1
    if change.figure.kind == "number":
        yield (
            _check(change, "change", (fraction.figure, under)),
            beside and "cùng kỳ" in fraction.lead + fraction.tail + change.tail,
        )
    elif change.figure.kind == "percent":
        pair: tuple[Formula, tuple[Figure, Figure]] = (
            ("rise", (greater, less)) if direction == "up" else ("fall", (less, greater))
        )
        yield _check(change, *pair), False


def _excess_over_plan(sentence: Sentence, change: Mention) -> Iterator[tuple[Check, bool]]:
    """`đạt 112,5% kế hoạch, vượt 12,5%`."""
    previous = sentence.mentions[change.index - 1] if change.index else None
    if (
        previous
        and previous.figure.kind == "percent"
        and previous.figure.value >= 100
        and re.search(r"vượt[^,;]{0,20}$", change.lead)
    ):
        yield _check(change, "excess", (previous.figure,)), True


def _multiples(sentence: Sentence, mention: Mention) -> Iterator[tuple[Check, bool]]:
    """`gấp 2,5 lần so với cùng kỳ (40 vụ)`."""
    if "gấp" not in mention.lead[-20:]:
        return
    now = next(
        (
            m
            for m in reversed(sentence.mentions[: mention.index])
            if m.figure.kind == "number" and m.role == "plain"
        ),
        None,
    )
    base = sentence.mentions[mention.index + 1] if mention.index + 1 < len(sentence.mentions) else None
    if base is not None and base.figure.kind != "number":
        base = next(
            (
                m
                for m in sentence.mentions[mention.index + 1 : mention.index + 3]
                if m.figure.kind == "number"
            ),
            None,
        )
    if (
        now
        and base
        and _fits(now.figure, base.figure)
        and base.figure.value > 0
        and re.search(r"so với|cùng kỳ", base.lead + mention.tail)
    ):
        yield _check(mention, "times", (now.figure, base.figure)), True


def _rates_of(
    sentence: Sentence, before: Sequence[Sentence], mention: Mention
) -> Iterator[tuple[Check, bool]]:
    """The rate right behind an amount of change: `giảm 5 vụ (10%)`, of what there was before."""
    change = sentence.mentions[mention.index - 1] if mention.index else None
    if change is None or change.role != "change" or change.figure.kind != "number":
        return
    if not _SAME_LINK.fullmatch(mention.lead):
        return
    direction = _direction(change)
    if "bằng" in mention.lead and re.match(r" ?so\b", mention.tail):
        yield from _level_checks(sentence, change, mention, direction)
        return
    yield from _rate_checks(sentence, change, mention, direction)
    if _now(sentence, change) is None and before:
        yield from _since_sentence_before(before[-1], change, mention, direction)


def _level_checks(
    sentence: Sentence, change: Mention, level: Mention, direction: str
) -> Iterator[tuple[Check, bool]]:
    """`1.141 lượt, tăng 32 lượt, bằng 103% so với cùng kỳ`."""
    now = _now(sentence, change)
    if now is not None:
        formula: Formula = "level_up" if direction == "up" else "level_down"
        yield _check(level, formula, (change.figure, now.figure)), not _is_doubtful(sentence, change, now)


def _since_sentence_before(
    before: Sentence, change: Mention, rate: Mention, direction: str
) -> Iterator[tuple[Check, bool]]:
    """`Xảy ra 1.734 vụ. So với cùng kỳ giảm 400 vụ (-18,74%)`."""
    figures = [
        m.figure
        for m in before.mentions
        if m.figure.kind == "number"
        and m.role == "plain"
        and m.figure.noun
        and change.figure.noun
        and noun_key(m.figure.noun) == noun_key(change.figure.noun)
    ]
    formula: Formula = "rise_by" if direction == "up" else "fall_by"
    for figure in figures:
        yield _check(rate, formula, (change.figure, figure)), len(figures) == 1


def rate_of_change(sentence: Sentence, mention: Mention) -> bool:
    """Whether a percentage only says an amount of change once more."""
    change = sentence.mentions[mention.index - 1] if mention.index else None
    return bool(change and change.role == "change" and _SAME_LINK.fullmatch(mention.lead))


def _rate_checks(
    sentence: Sentence, change: Mention, rate: Mention, direction: str
) -> Iterator[tuple[Check, bool]]:
    base, now = _base(sentence, change), _now(sentence, change)
    for fraction in _fractions_near(sentence, rate):
        yield from _against_fraction(rate, fraction, direction)
    if base is not None and _fits(base.figure, change.figure):
        yield _check(rate, "ratio", (change.figure, base.figure)), True
    elif now is not None:
        formula: Formula = "rise_by" if direction == "up" else "fall_by"
        sure = not _is_doubtful(sentence, change, now) and bool(change.figure.noun or change.figure.unit)
        yield _check(rate, formula, (change.figure, now.figure)), sure


def _from_to(sentence: Sentence) -> Iterator[Check]:
    """`giảm từ A xuống còn B`, and the amount behind it."""
    for start, stop in zip(sentence.mentions, sentence.mentions[1:], strict=False):
        way = _TO.search(stop.clause[:60])
        if (
            not way
            or not _FROM.search(start.lead)
            or start.figure.kind != stop.figure.kind
            or start.figure.kind not in _COMPARABLE
        ):
            continue
        if start.figure.unit != stop.figure.unit or not is_same_noun(start.figure.noun, stop.figure.noun):
            continue
        up = way["up"] is not None
        yield Check(
            kind="change",
            formula="not_under" if up else "not_over",
            stated=stop.figure,
            operands=(start.figure,),
            start=start.figure.start,
            end=stop.figure.end,
        )
        yield from _amount_behind(sentence, start, stop, up=up)


def _amount_behind(sentence: Sentence, start: Mention, stop: Mention, *, up: bool) -> Iterator[Check]:
    behind = sentence.mentions[stop.index + 1 : stop.index + 3]
    change = next((m for m in behind if m.role == "change" and ";" not in m.lead), None)
    if change is None:
        return
    formulas = _formulas(change, stop, "up" if up else "down")
    pair = (stop.figure, start.figure)
    checks = (
        (_check(change, formula, pair if up or formula != "difference" else pair[::-1]), True)
        for formula in formulas
    )
    yield from _first(checks)
