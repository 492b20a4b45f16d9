"""Which columns hold the figure behind a name that a rule uses, and when is it missing?

The columns, beside those of the table: `x` is an indicator as resolved (reported, else derived), `raw:x` as
reported, `base:x` as resolved without the period before where that differs; `printed:r` is the unit of the
last printed digit of the stated rate `r`; `previous.` and `same_period_last_year.` before a column are that
column of the other period; `children.sum:x`, `children.given:x` and `children.other:x` say of the units right
below their sum, how many have a figure, and how many of these stand at a level that need not report it;
`children.reports` how many have a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from compliance.engine.columnar_needs import Needs
from compliance.engine.columnar_order import with_opening
from compliance.engine.columnar_terms import (
    LIMIT,
    Column,
    Constant,
    DoesNotFitError,
    Operation,
    Ratio,
    Term,
    both,
    either,
    fill,
    given,
    missing,
)
from compliance.engine.names import OTHER_PERIODS
from compliance.model.submission import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.engine.columnar_terms import ColumnNode
    from compliance.model.rulepack import Indicator, RulePack

DECIMALS = {"count": 0, "amount": 6, "percent": 6}
"""Digits behind the point that a column keeps; a figure with more is refused when a table is read."""
MOST_STATED = 1_000
"""Percent points beyond which no stated rate is taken from a table."""
PRINTED_UNITS = (1, 10 ** DECIMALS["percent"])
"""The unit of the last printed digit of a stated rate: a millionth to a whole point."""
MOST_CHILDREN = 10_000
"""Units right below one; a register with more is refused."""
_MOST_UNDECLARED = 10**12
_MOST_DAYS = 4_000_000
_MOST_BODIES = 10_000_000
_DAYS = (181, 184)

Range = tuple[int, int]


class BeyondColumnsError(ValueError):
    """The columnar engine cannot say this; `code` names the reason, `subject` what it is about."""

    def __init__(self, code: str, subject: str = "") -> None:
        super().__init__(code, subject)
        self.code = code
        self.subject = subject


@dataclass(frozen=True, slots=True)
class Operand:
    """The figure behind a name."""

    name: str
    value: Term | Ratio | ColumnNode
    lacks: tuple[tuple[ColumnNode, str], ...] = ()
    """When it is missing, and for which reason; the first that holds counts."""
    circular: ColumnNode | None = None
    """When it rests on nothing but the other figures of the rule."""


def declared_range(indicator: Indicator, shrink: int = 1) -> Range:
    """The least and the greatest value that a column of the indicator may hold, scaled; both over `shrink`.

    Raises:
        BeyondColumnsError: the pack declares no range.
        DoesNotFitError: the range is too wide for a sum over the units right below.
    """
    if indicator.minimum is None or indicator.maximum is None:
        raise BeyondColumnsError("no_range", indicator.id)
    factor = Decimal(10 ** DECIMALS[indicator.type]) / shrink
    low, high = int(indicator.minimum * factor), int(indicator.maximum * factor)
    widest = MOST_CHILDREN * max(abs(low), abs(high))
    if widest > LIMIT:
        raise DoesNotFitError(str(widest))
    return low, high


def table_range(indicator: Indicator) -> Range:
    """The range that a table is held to: the declared one, or a wide one where none can be used."""
    try:
        return declared_range(indicator)
    except (BeyondColumnsError, DoesNotFitError):
        return -_MOST_UNDECLARED, _MOST_UNDECLARED


class Operands:
    """The operands of a pack's rules; remembers what they need."""

    def __init__(self, pack: RulePack, shrink: int = 1) -> None:
        self.pack = pack
        self.needs = Needs()
        self.on_absent = False
        """Whether the rule at hand speaks of units without a row too."""
        self._opening = with_opening(pack)
        self._shrink = shrink

    def named(self, name: str, others: frozenset[str], assume: Mapping[str, Decimal]) -> Operand:
        """The operand of a name beside the other names of its rule, with the rule's assumptions.

        Raises:
            BeyondColumnsError: no column can hold it.
        """
        operand = self._named(name, others)
        if name not in assume:
            return operand
        if not isinstance(operand.value, Term):
            raise BeyondColumnsError("assumed", name)
        return Operand(name, fill(operand.value, assume[name]), (), operand.circular)

    def _named(self, name: str, others: frozenset[str]) -> Operand:
        head, _, rest = name.partition(".")
        if head in OTHER_PERIODS:
            return self._of_other_period(head, rest, others)
        if head == "target":
            self.needs.targets.add(rest)
            column = Column(name)
            return Operand(name, self._target_term(rest), ((missing(column), "no_target"),))
        if head == "children":
            return self._children_sum(name, rest.removeprefix("sum."))
        if head in ("unit", "period"):
            return self._setting(name)
        return self._own(name, "", others)

    def _own(self, name: str, relation: str, others: frozenset[str]) -> Operand:
        """A figure that a unit reports or that follows from it, of its own row or of another period's."""
        head, _, rest = name.partition(".")
        full = relation + name
        if head == "stated":
            self.needs.stated.add(rest)
            column = self._column(name, relation)
            value = Term(column, DECIMALS["percent"], 0, MOST_STATED * 10 ** DECIMALS["percent"])
            return Operand(full, value, ((missing(column), "not_stated"),))
        if head == "rate":
            return self._rate(full, rest, relation)
        if head in ("low", "high"):
            operand = self._indicator(rest, relation, frozenset())
            return Operand(full, operand.value, operand.lacks)
        return self._indicator(name, relation, others)

    def _indicator(self, name: str, relation: str, others: frozenset[str]) -> Operand:
        column = self._resolved(name, relation)
        value: Term | ColumnNode = column
        if self.pack.indicator[name].type in DECIMALS:
            value = self.number(name, column)
        lacks = (*self._lack_of_row(relation, missing(column)), (missing(column), "not_reported"))
        return Operand(relation + name, value, lacks, self._circular(name, relation, others))

    def _lack_of_row(self, relation: str, untold: ColumnNode) -> tuple[tuple[ColumnNode, str], ...]:
        """That a figure of the row itself is missing because there is none."""
        if relation or not self.on_absent:
            return ()
        return ((both(untold, Column("is_absent")), "no_submission"),)

    def number(self, name: str, column: ColumnNode) -> Term:
        """The column as a number within the declared range of the indicator."""
        indicator = self.pack.indicator[name]
        return Term(column, DECIMALS[indicator.type], *declared_range(indicator, self._shrink))

    def _resolved(self, name: str, relation: str) -> Column:
        self.needs.indicators.add(name)
        base = f"base:{name}" if relation and name in self._opening else name
        return self._column(base, relation)

    def _column(self, name: str, relation: str) -> Column:
        if relation:
            self.needs.other_periods[relation.removesuffix(".")].add(name)
        return Column(relation + name)

    def _rate(self, full: str, rate: str, relation: str) -> Operand:
        declared = self.pack.rate[rate]
        names = (declared.numerator, declared.denominator)
        if any(self.pack.indicator[name].type not in DECIMALS for name in names):
            raise BeyondColumnsError("measure_type", rate)
        columns = [self._resolved(name, relation) for name in names]
        numerator, denominator = (
            self.number(name, column) for name, column in zip(names, columns, strict=True)
        )
        if denominator.low < 0:
            raise BeyondColumnsError("negative_denominator", declared.denominator)
        untold = either(*map(missing, columns))
        lacks = (
            *self._lack_of_row(relation, untold),
            (untold, "not_reported"),
            (Operation("==", (columns[1], Constant(0))), "zero_denominator"),
        )
        return Operand(full, Ratio(numerator, denominator), lacks)

    def _of_other_period(self, relation: str, name: str, others: frozenset[str]) -> Operand:
        operand = self._own(name, f"{relation}.", others)
        absent = missing(self._column("unit", f"{relation}."))
        return Operand(
            operand.name, operand.value, ((absent, "no_previous"), *operand.lacks), operand.circular
        )

    def _circular(self, name: str, relation: str, others: frozenset[str]) -> ColumnNode | None:
        """When the figure is derived and all that it is derived from stands in the same rule."""
        indicator = self.pack.indicator[name]
        if indicator.parts:
            unnamed = [part for part in indicator.parts if relation + part not in others]
            if not set(unnamed) <= set(indicator.assume_zero):
                return None
            untold = [missing(self._resolved(part, relation)) for part in unnamed]
        elif not relation and indicator.opening_of and f"previous.{indicator.opening_of}" in others:
            untold = []
        else:
            return None
        raw = self._column(f"raw:{name}", relation)
        return both(missing(raw), given(self._resolved(name, relation)), *untold)

    def _children_sum(self, name: str, indicator: str) -> Operand:
        expected, count = self.children_counts(indicator)
        summed = Column(f"children.sum:{indicator}")
        low, high = declared_range(self.pack.indicator[indicator], self._shrink)
        bounds = (MOST_CHILDREN * min(0, low), MOST_CHILDREN * max(0, high))
        value = Term(summed, DECIMALS[self.pack.indicator[indicator].type], *bounds)
        none = Operation("==", (expected, Constant(0)))
        partial = Operation("<", (count, expected))
        return Operand(name, value, ((none, "no_children"), (partial, "children")))

    def children_counts(self, indicator: str) -> tuple[ColumnNode, ColumnNode]:
        """How many units right below could report the indicator, and how many have a figure of it."""
        self.needs.children.add(indicator)
        self.needs.indicators.add(indicator)
        if set(LEVELS) <= set(self.pack.indicator[indicator].levels):
            return Column("children"), Column(f"children.given:{indicator}")
        expected: ColumnNode = Column(f"children.other:{indicator}")
        for level in self.pack.indicator[indicator].levels:
            expected = Operation("+", (expected, Column(f"children.{level}")))
        return expected, Column(f"children.given:{indicator}")

    def printed_unit(self, rate: str) -> Term:
        """The unit of the last digit with which a stated rate was printed."""
        self.needs.printed.add(rate)
        return Term(Column(f"printed:{rate}"), DECIMALS["percent"], *PRINTED_UNITS)

    def reported(self, name: str) -> ColumnNode:
        """Whether the unit gave the indicator, or all the parts that make it, with nothing assumed."""
        indicator = self.pack.indicator[name]
        resolved = self._resolved(name, "")
        if indicator.from_register is not None:
            return given(resolved)
        own = given(Column(f"raw:{name}"))
        if not indicator.parts:
            return own
        return either(own, both(*(given(self._resolved(part, "")) for part in indicator.parts)))

    def reports_below(self) -> tuple[ColumnNode, ColumnNode]:
        """How many units stand right below, and how many of them have a row, derived ones included."""
        self.needs.reports_below = True
        return Column("children"), Column("children.reports")

    def _setting(self, name: str) -> Operand:
        column = Column(name)
        if name == "unit.level":
            return Operand(name, column)
        if name == "unit.bodies":
            return Operand(name, Term(column, 0, 0, _MOST_BODIES))
        if name == "period.days":
            return Operand(name, Term(column, 0, *_DAYS))
        lacks = ((missing(column), "no_window"),)
        return Operand(name, Term(column, 0, -_MOST_DAYS, _MOST_DAYS), lacks)

    def _target_term(self, target: str) -> Term:
        factor = 10 ** DECIMALS["percent"]
        values = [dated.value * factor for dated in self.pack.target[target].values]
        if any(value != int(value) for value in values):
            raise BeyondColumnsError("decimals", target)
        whole = [int(value) for value in values]
        return Term(
            Column(f"target.{target}"), DECIMALS["percent"], min(whole, default=0), max(whole, default=0)
        )
