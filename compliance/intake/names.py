"""Which unit, indicator or column does a heading name, however it is spelt?

Names are compared without capitals, marks and punctuation: `UBND XÃ PHÚ HỮU`, `Ubnd xã Phú-Hữu` and an export
that lost its marks name one unit. A name that fits two of them names none.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, TypeVar

from compliance.numerals import format_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compliance.model.rulepack import Indicator, Rate, RulePack
    from compliance.model.submission import Unit

_PERIOD_ID = re.compile(r"(?<!\d)(\d{4})[- ]?H([12])(?!\d)", re.ASCII | re.IGNORECASE)
_YEAR = re.compile(r"\d{4}", re.ASCII)

Thing = TypeVar("Thing")

_NOT_A_WORD = re.compile(r"[^0-9a-z]+")
_COMMITTEE = ("uy ban nhan dan ", "ubnd ")


def bare_words(written: str) -> str:
    """The words of a text, without capitals, marks and punctuation, one space between them."""
    decomposed = unicodedata.normalize("NFD", written.casefold().replace("đ", "d"))
    letters = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return _NOT_A_WORD.sub(" ", letters).strip()


def unit_names(pack: RulePack) -> dict[str, Unit]:
    """Every name of a unit in bare words that no other unit bears."""
    return _unambiguous((name, unit) for unit in pack.units for name in _names_of(unit))


def find_unit(written: str, pack: RulePack, names: Mapping[str, Unit]) -> Unit | None:
    """The unit of an id or a name."""
    return pack.unit.get(written.strip()) or names.get(bare_name(written))


def find_period(written: str) -> str:
    """The id of the half-year that a text names, `2020-H1` or `6 tháng đầu năm 2020`; empty for none."""
    named = _PERIOD_ID.search(written)
    if named is not None:
        return f"{named[1]}-H{named[2]}"
    words = bare_words(written)
    found = {
        f"{year}-H{half}"
        for year in _YEAR.findall(words)
        for half in (1, 2)
        if bare_words(format_period(int(year), half)) in words
    }
    return found.pop() if len(found) == 1 else ""


def item_names(pack: RulePack) -> dict[str, str]:
    """Ids of indicators and rates by their id and by their label in bare words."""
    items: tuple[Indicator | Rate, ...] = (*pack.indicators, *pack.rates)
    labelled = _unambiguous((bare_words(item.label), item.id) for item in items)
    return labelled | {item.id: item.id for item in items}


def bare_name(written: str) -> str:
    """A name of a unit in bare words, without the committee that leads it."""
    return _without_committee(bare_words(written))


def labels_of(unit: Unit) -> set[str]:
    """Every name that the register gives a unit, in bare words."""
    return {bare_name(name) for name in (unit.label, unit.short_label, *unit.phrases) if name}


def _names_of(unit: Unit) -> set[str]:
    return labels_of(unit) | {bare_name(unit.id.rsplit("/", 1)[-1])}


def _without_committee(words: str) -> str:
    """The unit without the committee that leads it."""
    for committee in _COMMITTEE:
        words = words.removeprefix(committee)
    return words


def _unambiguous(named: Iterable[tuple[str, Thing]]) -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    twice: set[str] = set()
    for name, thing in named:
        if found.setdefault(name, thing) != thing:
            twice.add(name)
    return {name: thing for name, thing in found.items() if name not in twice}
