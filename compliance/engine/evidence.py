"""Which figures does an outcome give as its evidence, in exact text, and which did it assume?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.base import exact_text
from compliance.model.findings import Operand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.engine.figures import Figure, Value


def compose_operand(figure: Figure) -> Operand:
    """The figure as the evidence of an outcome."""
    return Operand(
        value=_exact(figure),
        text=figure.phrase,
        as_written=figure.as_written,
        place=figure.place,
        assumed=figure.assumed,
        derived_from=figure.derived_from,
    )


def _exact(figure: Figure) -> str:
    if figure.value is None:
        return f"{_written(figure.low)}..{_written(figure.high)}"
    return _written(figure.value)


def _written(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else exact_text(value)


def gather_operands(figures: Iterable[Figure]) -> dict[str, Operand]:
    """The figures that have a value or a range, each followed by what it was worked out from.

    A bound of a figure stands there as the figure itself, with its range.
    """
    operands: dict[str, Operand] = {}
    for figure in figures:
        is_bound = figure.name.startswith(("low.", "high."))
        if not is_bound and (figure.value is not None or figure.low is not None):
            operands.setdefault(figure.name, compose_operand(figure))
        operands |= {
            name: operand for name, operand in gather_operands(figure.sources).items() if name not in operands
        }
    return operands


def gather_assumptions(figures: Iterable[Figure]) -> tuple[str, ...]:
    """Every assumption that the figures rest on, each once."""
    found: dict[str, None] = {}
    for figure in figures:
        if figure.assumed:
            found[text("derivation.assumed", label=figure.label, value=figure.phrase)] = None
        found |= dict.fromkeys(gather_assumptions(figure.sources))
    return tuple(found)
