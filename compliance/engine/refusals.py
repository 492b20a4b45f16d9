"""Why can an expression not be used, where in it, and how is that said to the author of the pack?"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.model.rulepack import Rule

_SHOWN = 60
"""Characters of what was written that a message repeats."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing wrong with an expression: the message is `expression.<code>`, filled with `values`.

    `at` counts the characters before it.
    """

    code: str
    at: int
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def refuse(code: str, at: int, written: str, **values: object) -> Refusal:
    """A refusal that shows what was written, cut where it is long and escaped where it cannot be printed."""
    shown = written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"
    printable = shown if shown.isprintable() else ascii(shown)[1:-1]
    return Refusal(code, at, {"written": printable, **{name: str(value) for name, value in values.items()}})


def locate(expression: str, at: int) -> tuple[int, int]:
    """Line and column of a character of an expression, both from 1."""
    before = expression[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def report_refusal(rule: Rule, part: str, expression: str, refusal: Refusal) -> Problem:
    """The refusal as a problem of the pack: at the rule's place, with line and column in the expression."""
    line, column = locate(expression, refusal.at)
    where = {"rule": rule.id, "part": part, "line": line, "column": column}
    said = text("expression.where", **where)
    return Problem(f"expression.{refusal.code}", rule.place, {**refusal.values, **where, "where": said})
