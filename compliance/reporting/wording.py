"""How is a sentence of a rule filled with the figures of an outcome?

A sentence that needs a figure which the unit does not have is not said; the caller has a plainer one to put
in its place, since an assessment with a hole in it is worse than a short one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from compliance.messages import text, upper_first
from compliance.numerals import print_change
from compliance.reporting.breakdown import compose_breakdown
from compliance.reporting.changes import find_not_below
from compliance.reporting.shortfall import count_needed, find_goal, find_proportions
from compliance.sentences import MissingFigureError, parse_sentence

if TYPE_CHECKING:
    from compliance.model.findings import Outcome, Quantity
    from compliance.model.rulepack import Rule
    from compliance.reporting.scope import Scope
    from compliance.sentences import Sentence

_DECIMALS = 2
"""Of a percentage in a sentence, where nothing asks for more."""
Value = bool | int | Fraction | date | str | tuple[str, ...] | None


@cache
def _parse(template: str) -> Sentence | None:
    return parse_sentence(template)[0]


def names_in(template: str) -> frozenset[str]:
    """The names that a sentence uses."""
    sentence = _parse(template)
    return sentence.names if sentence else frozenset()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Fills the sentences of a rule from one of its outcomes."""

    scope: Scope
    rule: Rule
    outcome: Outcome
    unit: str
    """How the unit is named."""
    units: tuple[str, ...] = ()
    """Units below that the outcome names, each as it is to stand in a sentence."""

    def say(self, template: str) -> str | None:
        """The sentence filled in; None where there is none, or where a figure that it needs is missing."""
        sentence = _parse(template)
        if sentence is None:
            return None
        try:
            return (
                sentence.render({name: self._value(name) for name in sorted(sentence.names)}).strip() or None
            )
        except (MissingFigureError, TypeError):
            return None

    def _value(self, name: str) -> Value:
        if "." in name:
            return self._figure(name)
        if name in ("numerator", "denominator", "needed"):
            return self._count(name)
        own: dict[str, Value] = {
            "unit": self.unit,
            "units": self.units,
            "period": self.scope.period.label,
            "next_period": self.scope.period.next.label,
            "due": self.outcome.due,
            "measured": _plain(self.outcome.measured),
            "target": _plain(self.outcome.target),
            "expected": _plain(self.outcome.expected),
            "stated": _plain(self.outcome.stated),
            "difference": _size(self.outcome.difference),
            "gap": _size(self.outcome.difference),
            **self._change(),
        }
        return (
            compose_breakdown(self.scope, self.rule, self.outcome) if name == "breakdown" else own.get(name)
        )

    def _change(self) -> dict[str, Value]:
        """Both percentages and the points between them, where two decimals of each would not agree."""
        before, now = self.outcome.expected, self.outcome.measured
        if before is None or now is None or find_not_below(self.scope.pack, self.rule) is None:
            return {}
        printed = print_change(before.exact, now.exact)
        if before.exact == now.exact or (printed.agrees and printed.decimals == _DECIMALS):
            return {}
        return {
            "measured": printed.now,
            "expected": printed.before,
            "difference": printed.gap,
            "gap": printed.gap,
        }

    def _count(self, name: str) -> int | Fraction | None:
        proportions = find_proportions(self.scope.pack, self.rule)
        if len(proportions) != 1:
            return None
        figures, unit = self.scope.figures, self.outcome.unit
        part = figures.number(unit, proportions[0].numerator)
        whole = figures.number(unit, proportions[0].denominator)
        if name == "numerator":
            return _bare(part)
        if name == "denominator":
            return _bare(whole)
        goal = find_goal(self.scope.pack, self.rule, self.outcome)
        if part is None or whole is None or goal is None:
            return None
        return count_needed(part, whole, goal, at_most=self.rule.at_most is not None)

    def _figure(self, name: str) -> Value:
        """An indicator or a rate: as the outcome took it, else as the unit reported it."""
        operand = self.outcome.operands.get(name) or self.outcome.operands.get(f"rate.{name}")
        if operand is not None:
            return _read(operand.value)
        value = self.scope.figures.value(self.outcome.unit, name)
        return _bare(value) if isinstance(value, Fraction) else value


def _plain(quantity: Quantity | None) -> int | Fraction | None:
    return _bare(quantity.exact) if quantity is not None else None


def _size(quantity: Quantity | None) -> int | Fraction | None:
    return _bare(abs(quantity.exact)) if quantity is not None else None


def _bare(exact: Fraction | None) -> int | Fraction | None:
    """A whole number as an `int`."""
    return int(exact) if exact is not None and exact.denominator == 1 else exact


def _read(written: str) -> Value:
    """The exact value of an operand; a range has none."""
    if written in ("true", "false"):
        return written == "true"
    for read in (lambda: _bare(Fraction(written)), lambda: date.fromisoformat(written)):
        try:
            return read()
        except ValueError:
            continue
    return None


def as_sentence(words: str, *, capital: bool = True) -> str:
    """With a full stop last, and a capital first unless it stands after a colon."""
    words = words.strip()
    begun = upper_first(words) if capital else words
    return begun if words.endswith((".", "!", "?", "…")) else f"{begun}."


def label_with(label: str, sentence: str) -> str:
    """`Khối cấp xã: …`."""
    return text("assessment.labelled", label=upper_first(label), sentence=sentence)
