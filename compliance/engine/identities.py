"""Which identities hold between the figures of a run, and which of them are broken?

A constraint is one rule on one unit: its linear rows where it has any (sums of parts, balances, roll-ups, a
stated rate as an interval by its printed decimals, a bound), else a condition that is tried. A figure that
nobody wrote is unknown; one that follows from others brings its own identity.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.engine.arithmetic import compare_sides, is_met_by_rounding
from compliance.engine.cells import OTHER_PERIODS, STATED, Cells
from compliance.engine.elimination import Row
from compliance.engine.expressions import EvaluationError
from compliance.engine.linear import linear_bound, linear_form
from compliance.model.named_checks import RollUp, Stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from compliance.engine.cells import Cell
    from compliance.engine.elimination import Key, Number, Sign
    from compliance.engine.exact import Value
    from compliance.engine.expressions import Expression
    from compliance.engine.runs import Run
    from compliance.model.findings import Outcome
    from compliance.model.rulepack import Rate, Rule
    from compliance.model.submission import StatedRate

_BOUNDS = ("low.", "high.")
_SUM = "children.sum."
_WHOLE_PERCENTS = (0, 100)


@dataclass(frozen=True, slots=True)
class Constraint:
    """A rule on a unit, as far as localization understands it."""

    id: str
    """The outcome's."""
    is_broken: bool
    rows: tuple[Row, ...] = ()
    condition: Callable[[Mapping[Key, Number]], bool] | None = None
    """What must hold where it is not linear; it takes values for `keys` that differ from the written."""
    keys: frozenset[Key] = frozenset()
    """Every figure whose change can mend it."""


@dataclass(frozen=True, slots=True)
class Identities:
    """All constraints of a run with the figures that they speak of."""

    cells: Mapping[Key, Cell]
    constraints: tuple[Constraint, ...]
    definitions: tuple[Row, ...]
    """What an unwritten figure is made of."""


def read_identities(run: Run, outcomes: Iterable[Outcome], pinned: Iterable[Key] = ()) -> Identities:
    """The identities of one run, from the outcomes of its period; `pinned` figures are not doubted."""
    return _Reader(run, frozenset(pinned)).read(outcomes)


class _Reader:
    """Collects cells and constraints, each once."""

    def __init__(self, run: Run, pinned: frozenset[Key]) -> None:
        self._run = run
        self._cells = Cells(run, pinned)

    def read(self, outcomes: Iterable[Outcome]) -> Identities:
        constraints = [
            constraint
            for outcome in outcomes
            if outcome.period == str(self._run.ledger.period) and not outcome.subject
            for constraint in self._read_outcome(outcome)
        ]
        return Identities(self._cells.known, tuple(constraints), tuple(self._cells.definitions))

    def _read_outcome(self, outcome: Outcome) -> Iterator[Constraint]:
        rule = self._run.pack.rule[outcome.rule]
        decided = outcome.outcome in ("pass", "fail")
        undecided = outcome.outcome == "no_data" and rule.when is None and self._run.submission(outcome.unit)
        if rule.kind != "consistency" or not (decided or undecided):
            return
        rows = tuple(self._rows(rule, outcome.unit))
        condition = None
        keys = frozenset[tuple[str, str]]().union(*(row.keys for row in rows))
        if not rows and decided:
            condition, keys = self._condition(rule, outcome.unit)
        is_open = any(self._cells.known[key].is_unknown for key in keys)
        if keys and (decided or is_open):
            yield Constraint(outcome.id, outcome.outcome == "fail", rows, condition, keys)

    def _rows(self, rule: Rule, unit: str) -> Iterator[Row]:
        match rule.check:
            case Stated(stated=rate):
                yield from self._stated_rows(self._run.pack.rate[rate], unit)
            case RollUp(rollup=indicator):
                yield from self._cells.sum_row(unit, indicator)
            case str():
                yield from self._expression_rows(rule, unit)

    def _stated_rows(self, rate: Rate, unit: str) -> Iterator[Row]:
        """The interval s - u/2 ≤ 100 n/d < s + u/2; a printed 0 % or 100 % is exact."""
        submission = self._run.submission(unit)
        written = submission.stated.get(rate.id) if submission else None
        if written is None:
            return
        numerator, denominator = self._cells.at(unit, rate.numerator), self._cells.at(unit, rate.denominator)
        rests_on = frozenset({self._cells.stated(unit, written)})
        for limit, sign in _limits(written):
            side = -1 if sign == "<" else 1
            scaled = {
                numerator: -side * 100 * limit.denominator,
                denominator: side * limit.numerator,
            }
            yield Row({key: value for key, value in scaled.items() if value}, 0, sign, rests_on)

    def _expression_rows(self, rule: Rule, unit: str) -> Iterator[Row]:
        expression = self._run.compiled.expressions[rule.id]
        condition = self._run.compiled.conditions.get(rule.id)
        rests_on = frozenset[tuple[str, str]]()
        if condition is not None:
            if not all(map(self._is_known, condition.names)):
                return
            rests_on = frozenset(self._cells.at(unit, name) for name in condition.names)
        equality, bound = (
            linear_form(expression.tree, self._is_known),
            linear_bound(expression.tree, self._is_known),
        )
        if equality is not None and not self._is_off_by_rounding(expression, unit):
            yield self._row(unit, equality.coefficients, equality.constant, "=", rests_on)
        elif bound is not None:
            yield self._row(unit, bound.coefficients, bound.constant, "<" if bound.strict else "<=", rests_on)

    def _is_off_by_rounding(self, expression: Expression, unit: str) -> bool:
        """Whether printed percentages miss the equality by what their rounding explains: nothing to mend."""
        figures = {name: self._run.ledger.named(unit, name) for name in expression.names}
        sides = compare_sides(expression.tree, figures)
        return sides is not None and not sides.holds and is_met_by_rounding(expression.tree, figures)

    def _row(
        self, unit: str, names: Mapping[str, int], constant: int, sign: Sign, rests_on: frozenset[Key]
    ) -> Row:
        coefficients: dict[Key, int] = {}
        for name, factor in names.items():
            for key in self._expand(unit, name):
                coefficients[key] = coefficients.get(key, 0) + factor
        present = {key: factor for key, factor in coefficients.items() if factor}
        return Row(present, constant, sign, rests_on)

    def _expand(self, unit: str, name: str) -> Iterator[Key]:
        if not name.startswith(_SUM):
            yield self._cells.at(unit, name)
            return
        indicator = name.removeprefix(_SUM)
        yield from (
            self._cells.at(child, indicator) for child in self._run.ledger.children_figures(unit, indicator)
        )

    def _is_known(self, name: str) -> bool:
        """Whether a name stands for one number that somebody wrote, or for a sum of such."""
        for prefix in (*OTHER_PERIODS, _SUM):
            name = name.removeprefix(prefix)
        if name.startswith(STATED):
            return name.removeprefix(STATED) in self._run.pack.rate
        indicator = self._run.pack.indicator.get(name)
        return indicator is not None and indicator.type in ("count", "amount", "percent")

    def _condition(
        self, rule: Rule, unit: str
    ) -> tuple[Callable[[Mapping[Key, Number]], bool] | None, frozenset[Key]]:
        """A check that is no linear row: tried as it stands, with other values put in."""
        if not isinstance(rule.check, str):
            return None, frozenset()
        expressions = [self._run.compiled.expressions[rule.id]]
        condition = self._run.compiled.conditions.get(rule.id)
        if condition is not None:
            expressions.append(condition)
        names = frozenset[str]().union(*(expression.names for expression in expressions))
        if not all(self._is_known(_bare(name)) and not name.startswith(_SUM) for name in names):
            return None, frozenset()
        keys = {name: self._cells.at(unit, _bare(name)) for name in sorted(names)}
        figures = {name: self._run.ledger.named(unit, name, rule.area).value for name in names}
        known = {name: value for name, value in figures.items() if value is not None}
        if len(known) < len(names):
            return None, frozenset()
        return _try(expressions, keys, known), frozenset(keys.values())


def _bare(name: str) -> str:
    for prefix in _BOUNDS:
        name = name.removeprefix(prefix)
    return name


def _limits(written: StatedRate) -> Iterator[tuple[Fraction, Sign]]:
    """What the exact rate equals; or what is at most the rate (`<=`), and what is above it (`<`)."""
    if written.value in _WHOLE_PERCENTS:
        yield Fraction(written.value), "="
        return
    half = Fraction(1, 2 * 10**written.decimals)
    yield Fraction(written.value) - half, "<="
    yield Fraction(written.value) + half, "<"


def _try(
    expressions: list[Expression], keys: Mapping[str, Key], known: Mapping[str, Value]
) -> Callable[[Mapping[Key, Number]], bool]:
    """Whether the check holds, or its rule does not apply, with other values; not where it has no result."""
    check, *conditions = expressions

    def holds(values: Mapping[Key, Number]) -> bool:
        named = {name: values.get(keys[name], known[name]) for name in known}
        try:
            return not all(one.holds(named) for one in conditions) or check.holds(named)
        except EvaluationError:
            return False

    return holds
