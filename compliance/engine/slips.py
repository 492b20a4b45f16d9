"""Is the right number one slip of the pen away from the written one, and which slip is it?

Numbers are looked at by their digits, as they are typed: a rate of two decimals as its digits without the
comma.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

Slip = Literal["swapped", "doubled", "separator", "copied", "truncated", "extra", "missing", "digit"]
"""Two neighbouring digits swapped; one typed twice; a separator misread; a neighbour's figure copied; digits
cut off instead of rounded; a digit too many, too few, or wrong."""

_WEIGHTS: dict[Slip, int] = {
    "swapped": 4,
    "doubled": 4,
    "separator": 4,
    "truncated": 4,
    "copied": 5,
    "extra": 6,
    "missing": 6,
    "digit": 7,
}
"""The fewer numbers a slip could have made of the right one, the more it tells."""
_LONG = 3
"""From this many digits on a digit too many or too few tells more."""
_ONE_DIGIT = 10
_COPYABLE = 10
"""Below it equal figures are common."""
_THOUSANDS = (1_000, 1_000_000)

UNEXPLAINED = 8
"""How far-fetched a change is that no slip explains; two telling slips are as far-fetched as it."""


def find_slip(written: int, right: int, neighbours: Collection[int] = ()) -> Slip | None:
    """The slip that makes the right number the written one; the most telling where several do.

    Of two numbers of one digit nothing is said: every such pair differs in one digit.
    """
    if written == right or min(written, right) < 0:
        return None
    typed, meant = str(written), str(right)
    for slip in ("swapped", "doubled", "separator"):
        if written in _typed_instead(right, slip):
            return slip
    if written in neighbours and written >= _COPYABLE:
        return "copied"
    return _find_slip_of_one_digit(typed, meant)


def _find_slip_of_one_digit(typed: str, meant: str) -> Slip | None:
    if _is_without_one(typed, meant):
        return "extra"
    if _is_without_one(meant, typed):
        return "missing"
    if len(typed) == len(meant) > 1 and sum(map(str.__ne__, typed, meant)) == 1:
        return "digit"
    return None


def weigh_slip(slip: Slip | None, written: int, right: int) -> int:
    """How far-fetched it is that the right number was written so: 4 for a telling slip, 8 without any."""
    if slip is None:
        return _WEIGHTS["digit"] if max(written, right) < _ONE_DIGIT else UNEXPLAINED
    is_long = slip in {"extra", "missing"} and max(len(str(written)), len(str(right))) >= _LONG
    return _WEIGHTS[slip] - is_long


def propose(written: int, is_possible: Callable[[int], bool]) -> tuple[Slip, int] | None:
    """The one possible number that a telling slip, else any slip, would have turned into the written one."""
    for numbers in (_before_telling_slip(written), _before_any_slip(written)):
        found = sorted({number for number in numbers if number != written and is_possible(number)})
        if len(found) == 1:
            slip = find_slip(written, found[0])
            return None if slip is None else (slip, found[0])
        if found:
            return None
    return None


def _typed_instead(right: int, slip: Slip) -> set[int]:
    """What a slip makes of the right number."""
    digits = str(right)
    if slip == "swapped":
        return {int(text) for text in _swaps(digits)}
    if slip == "doubled":
        return {int(digits[: place + 1] + digits[place:]) for place in range(len(digits))} - {0}
    return {right * factor for factor in _THOUSANDS if right} | {
        right // factor for factor in _THOUSANDS if right and right % factor == 0
    }


def _swaps(digits: str) -> Iterator[str]:
    for place in range(len(digits) - 1):
        yield digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]


def _without_one(digits: str) -> Iterator[str]:
    return (digits[:place] + digits[place + 1 :] for place in range(len(digits)))


def _is_without_one(longer: str, shorter: str) -> bool:
    return len(longer) == len(shorter) + 1 and shorter in _without_one(longer)


def _before_telling_slip(written: int) -> Iterator[int]:
    digits = str(written)
    yield from map(int, _swaps(digits))
    for place in range(1, len(digits)):
        if digits[place] == digits[place - 1]:
            yield int(digits[:place] + digits[place + 1 :])
    for factor in _THOUSANDS:
        yield written * factor
        if written % factor == 0:
            yield written // factor


def _before_any_slip(written: int) -> Iterator[int]:
    digits = str(written)
    yield from (int(shorter) for shorter in _without_one(digits) if shorter)
    for place in range(len(digits) + 1):
        yield from (int(f"{digits[:place]}{digit}{digits[place:]}") for digit in range(10))
    for place in range(len(digits)):
        yield from (int(f"{digits[:place]}{digit}{digits[place + 1 :]}") for digit in range(10))
