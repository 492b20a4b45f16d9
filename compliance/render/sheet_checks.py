"""Which checks of a pack can the cells of a form make themselves, while the clerk still types?

Sums of figures on both sides of `==`, `<=` or `>=`: the parts of an indicator, part and whole of a rate, the
balance of a form. A check says nothing until every figure it needs is there, and treats what is not reported
as the engine does: a sum of reported parts stands for its whole, what the rule assumes stands for a blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from compliance.messages import text
from compliance.numerals import format_decimal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date

    from compliance.model.rulepack import Indicator, Rule, RulePack
    from compliance.model.submission import Level

Sign = Literal["==", "<=", ">="]
_COMPARISON = re.compile(r"([^<>=!]+)(==|<=|>=)([^<>=!]+)")
_TERM = re.compile(r"(?:(\d+) *\* *)?([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)")
_SIGNS: Mapping[str, Sign] = {"==": "==", "<=": "<=", ">=": ">="}
_SHOWN: Mapping[Sign, str] = {"==": "=", "<=": "≤", ">=": "≥"}

Side = tuple[tuple[int, str], ...]
"""Factors and indicators, to be added up."""


@dataclass(frozen=True, slots=True)
class SheetCheck:
    """A comparison of sums of figures that a formula can say."""

    rule: Rule
    left: Side
    sign: Sign
    right: Side
    assumed: frozenset[str]
    """Indicators that count as 0 when left blank."""
    as_typed: frozenset[str]
    """Indicators whose own cell must be filled in: a whole is not held against the sum that stands for it."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every indicator it compares, in order."""
        return tuple(dict.fromkeys(name for _, name in self.left + self.right))

    def words(self, pack: RulePack) -> str:
        """The comparison as a clerk reads it."""
        sides = [
            " + ".join(_times(factor, pack.indicator[name].label) for factor, name in side)
            for side in (self.left, self.right)
        ]
        return f"{sides[0]} {_SHOWN[self.sign]} {sides[1]}"


def _times(factor: int, label: str) -> str:
    return label if factor == 1 else f"{factor} × {label}"


def sheet_checks(pack: RulePack, level: Level, asked: Collection[str], day: date) -> tuple[SheetCheck, ...]:
    """The checks in force on the day among figures that a unit of this level is asked for."""
    found = (_as_sheet_check(rule, asked) for rule in pack.rules if _is_arithmetic(rule, level, day))
    return tuple(check for check in found if check is not None)


def _is_arithmetic(rule: Rule, level: Level, day: date) -> bool:
    in_force = rule.effective_from <= day and (rule.effective_until is None or day <= rule.effective_until)
    unconditional = rule.when is None and all(value == 0 for value in rule.assume.values())
    weighty = rule.kind == "consistency" and rule.severity != "advisory"
    return in_force and unconditional and weighty and level in rule.applies_to


def _as_sheet_check(rule: Rule, asked: Collection[str]) -> SheetCheck | None:
    compared = _COMPARISON.fullmatch(rule.check) if isinstance(rule.check, str) else None
    if compared is None:
        return None
    left, right = _side(compared[1], asked), _side(compared[3], asked)
    if not left or not right:
        return None
    whole = {rule.id.removeprefix("PARTS:")} if rule.id.startswith("PARTS:") else set()
    return SheetCheck(rule, left, _SIGNS[compared[2]], right, frozenset(rule.assume), frozenset(whole))


def _side(written: str, asked: Collection[str]) -> Side | None:
    terms = [_TERM.fullmatch(part.strip()) for part in written.split("+")]
    known = [(int(term[1] or 1), term[2]) for term in terms if term is not None and term[2] in asked]
    return tuple(known) if len(known) == len(terms) else None


class Formulas:
    """The formulas of a form, whose cells stand where `typed` (by hand) and `settled` (worked out) say."""

    def __init__(self, typed: Callable[[str], str], settled: Callable[[str], str]) -> None:
        """Both give the absolute address of an indicator's cell."""
        self._typed = typed
        self._settled = settled

    def settle(self, indicator: Indicator, parts: tuple[str, ...]) -> str:
        """The figure as typed; where left blank the sum of its parts; else empty."""
        typed = self._typed(indicator.id)
        if not parts:
            return f'=IF(ISNUMBER({typed}),{typed},"")'
        side = tuple((1, part) for part in parts)
        ready = self._ready(parts, frozenset(indicator.assume_zero), frozenset())
        return f'=IF(ISNUMBER({typed}),{typed},IF(AND({typed}="",{ready}),{self._sum(side)},""))'

    def verdict(self, check: SheetCheck) -> str:
        """Empty while figures are lacking, else in words whether and how far it is off."""
        ready = self._ready(check.names, check.assumed, check.as_typed)
        gap = f"ROUND({self._sum(check.left)}-({self._sum(check.right)}),6)"
        size = f"FIXED(ABS({gap}),IF({gap}=INT({gap}),0,2))"
        match = f'"{text("form.check.match")}"'
        above, below = (
            f'"{text("form.check.off")} "&{size}&" ({text(f"form.check.{side}")})"'
            for side in ("above", "below")
        )
        wrong = {"==": f"IF({gap}>0,{above},{below})", "<=": above, ">=": below}[check.sign]
        return f'=IF({ready},IF({gap}{check.sign.replace("==", "=")}0,{match},{wrong}),"")'

    def _sum(self, side: Side) -> str:
        return "+".join(
            f"N({self._settled(name)})" if factor == 1 else f"{factor}*N({self._settled(name)})"
            for factor, name in side
        )

    def _ready(self, names: Iterable[str], assumed: frozenset[str], as_typed: frozenset[str]) -> str:
        needed = [self._settled(name) for name in names if name not in assumed]
        tests = [f"COUNT({','.join(needed)})={len(needed)}"] if needed else []
        tests += [f"ISNUMBER({self._typed(name)})" for name in sorted(as_typed)]
        tests += [
            f'OR({self._typed(name)}="",ISNUMBER({self._settled(name)}))' for name in names if name in assumed
        ]
        return f"AND({','.join(tests)})"


class Figures:
    """What the formulas come to, for programs that show a workbook without computing it."""

    def __init__(self, typed: Mapping[str, Fraction | None], parts: Mapping[str, Indicator]) -> None:
        """`typed` has each filled cell: its number, or None for words. `parts` has the asked indicators."""
        self.typed = typed
        self._asked = parts

    def settled(self, name: str) -> Fraction | None:
        """The figure as typed or the sum of its parts; None where neither is there."""
        if name in self.typed:
            return self.typed[name]
        indicator = self._asked[name]
        if not indicator.parts or not all(part in self._asked for part in indicator.parts):
            return None
        return self._sum(tuple((1, part) for part in indicator.parts), frozenset(indicator.assume_zero))

    def verdict(self, check: SheetCheck) -> str:
        """What the formula of the check shows."""
        left, right = self._sum(check.left, check.assumed), self._sum(check.right, check.assumed)
        if left is None or right is None or any(self.typed.get(name) is None for name in check.as_typed):
            return ""
        gap = left - right
        if {"==": gap == 0, "<=": gap <= 0, ">=": gap >= 0}[check.sign]:
            return text("form.check.match")
        decimals = 0 if gap.denominator == 1 else 2
        side = text("form.check.above" if gap > 0 else "form.check.below")
        return f"{text('form.check.off')} {format_decimal(abs(gap), decimals)} ({side})"

    def _sum(self, side: Side, assumed: frozenset[str]) -> Fraction | None:
        total = Fraction(0)
        for factor, name in side:
            figure = self.settled(name)
            if figure is None and not (name in assumed and name not in self.typed):
                return None
            total += factor * (figure or Fraction(0))
        return total
