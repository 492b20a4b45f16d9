"""Which names may an expression of a pack use, and what does each stand for?

Every name is a declared leaf: an indicator (`dossiers.resolved`), one of its bounds (`low.`, `high.`), a
rate, a stated rate, a target, any of these but targets of another period (`previous.`,
`same_period_last_year.`), a sum over the units right below (`children.sum.`), or something of the unit or the
period itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from compliance.engine.guard import LANGUAGE_WORDS, OPERATOR_WORDS, TRUTH_WORDS
from compliance.engine.refusals import refuse
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from compliance.engine.guard import Token
    from compliance.engine.refusals import Refusal
    from compliance.model.rulepack import Indicator, IndicatorType, Rate, RulePack, Target

ValueType = Literal["number", "boolean", "date", "text"]
LeafKind = Literal["figure", "bound", "rate", "stated", "target", "setting"]
"""A figure (the unit's, of another period, or summed over the units below); a bound of one; a rate
recomputed; a rate as stated; a target; something of the unit or the period itself."""

OTHER_PERIODS = ("previous", "same_period_last_year")
ROOTS = frozenset({"low", "high", "rate", "stated", "target", "children", "unit", "period", *OTHER_PERIODS})
"""First segments with a meaning of their own: no area can be called so."""

_TYPES: Mapping[IndicatorType, ValueType] = {
    "count": "number",
    "amount": "number",
    "percent": "number",
    "boolean": "boolean",
    "date": "date",
}
_SUMMED = ("count", "amount")


@dataclass(frozen=True, slots=True)
class DeclaredName:
    """One name that an expression may use."""

    name: str
    kind: LeafKind
    type: ValueType


def declare_names(pack: RulePack) -> Mapping[str, DeclaredName]:
    """Every name of the pack's language, by name."""
    leaves = [*_own_names(pack), *_target_names(pack), *_settings()]
    leaves += [
        DeclaredName(f"{period}.{leaf.name}", leaf.kind, leaf.type)
        for period in OTHER_PERIODS
        for leaf in _own_names(pack)
    ]
    leaves += [
        DeclaredName(f"children.sum.{indicator.id}", "figure", "number")
        for indicator in pack.indicators
        if indicator.type in _SUMMED
    ]
    return {leaf.name: leaf for leaf in leaves}


def _own_names(pack: RulePack) -> Iterator[DeclaredName]:
    """What a unit reports or what follows from it."""
    for indicator in pack.indicators:
        kind = _TYPES[indicator.type]
        yield DeclaredName(indicator.id, "figure", kind)
        if kind == "number":
            yield DeclaredName(f"low.{indicator.id}", "bound", kind)
            yield DeclaredName(f"high.{indicator.id}", "bound", kind)
    for rate in pack.rates:
        yield DeclaredName(f"rate.{rate.id}", "rate", "number")
        yield DeclaredName(f"stated.{rate.id}", "stated", "number")


def _target_names(pack: RulePack) -> Iterator[DeclaredName]:
    for target in pack.targets:
        yield DeclaredName(f"target.{target.id}", "target", "number")


def _settings() -> Iterator[DeclaredName]:
    yield DeclaredName("unit.level", "setting", "text")
    for name in ("unit.bodies", "period.days", "period.window_days"):
        yield DeclaredName(name, "setting", "number")


def check_names(tokens: Iterable[Token], declared: Mapping[str, DeclaredName]) -> Iterator[Refusal]:
    """Every name of an expression that is not exactly one declared name, with what was probably meant."""
    refused: set[str] = set()
    for token in tokens:
        if token.kind == "name" and token.text not in declared and token.text not in refused:
            refused.add(token.text)
            yield _refuse_name(token, declared)


def _refuse_name(token: Token, declared: Mapping[str, DeclaredName]) -> Refusal:
    written = token.text
    longer = sorted(name for name in declared if name.startswith(f"{written}."))
    if longer:
        return refuse("incomplete_name", token.at, written, near=", ".join(longer[:3]))
    shorter = next((name for name in declared if written.startswith(f"{name}.")), None)
    if shorter is not None:
        return refuse("attribute", token.at, written, name=shorter)
    if written.lower() in OPERATOR_WORDS | TRUTH_WORDS:
        return refuse("word_case", token.at, written, near=written.lower())
    near = get_close_matches(written, declared, n=3, cutoff=0.6)
    return refuse("unknown_name", token.at, written, near=", ".join(near) or "–")


def check_ids(pack: RulePack) -> tuple[Problem, ...]:
    """Every indicator, rate and target whose id the language cannot read."""
    named: list[Indicator | Rate | Target] = [*pack.indicators, *pack.rates, *pack.targets]
    problems = []
    for item in named:
        area, name = item.id.split(".")
        word = next((segment for segment in (area, name) if segment in LANGUAGE_WORDS), None)
        if word is None and item.id in pack.indicator and area in ROOTS:
            word = area
        if word is not None:
            problems.append(Problem("expression.reserved_id", item.place, {"written": item.id, "word": word}))
    return tuple(problems)
