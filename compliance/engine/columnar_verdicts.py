"""How does a plan say how a rule comes out on a row: in cases, of which the first that holds decides?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.engine.columnar_terms import Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.engine.columnar_operands import Operand
    from compliance.engine.columnar_terms import ColumnNode
    from compliance.model.findings import Verdict


@dataclass(frozen=True, slots=True)
class Code:
    """An outcome with its reason code."""

    outcome: Verdict
    reason: str


Case = tuple["ColumnNode", Code]
"""A condition of the row, and how the rule comes out where it holds."""
Cases = tuple[list[Case], Code]
"""Cases in their order, and how the rule comes out where none holds."""


@dataclass(frozen=True, slots=True)
class RulePlan:
    """A rule as cases: the first whose condition holds decides, `otherwise` where none does."""

    rule: str
    cases: tuple[Case, ...]
    otherwise: Code
    on_absent: bool = False
    """Whether it speaks of a unit that has no row, too."""


NO_TARGET = Code("not_applicable", "no_target")
DERIVED_UNIT: Case = (Column("is_derived"), Code("not_applicable", "derived_unit"))
"""A parent that was derived from the units below it is not held against them."""


def lack_cases(operand: Operand) -> Iterator[Case]:
    """The cases in which the operand is missing."""
    for condition, lack in operand.lacks:
        yield condition, Code("no_data", lack)
