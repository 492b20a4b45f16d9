"""Which keys may stand in the files of a pack, and what does each mean?

The models are the format, so the page is made from them: their fields, their types, and the docstrings below
them.
"""

from __future__ import annotations

import ast
import inspect
import types
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from compliance.authoring.pages import Page, bullets, code, compose_page, table
from compliance.intake.pack_items import NAMED_CHECKS, authored_fields
from compliance.intake.pack_rules import SENTENCE_NAMES
from compliance.model.base import Model
from compliance.model.ledger_definitions import CHOICES, LedgerColumn, LedgerDefinition
from compliance.model.legal import Citation, Instrument
from compliance.model.named_checks import PeerMeasure, RollUp, Stated
from compliance.model.rulepack import (
    Approximation,
    Area,
    Change,
    DatedValue,
    Indicator,
    PackHeader,
    Rate,
    Rule,
    Target,
    TaskTemplate,
    Withdrawal,
)
from compliance.model.submission import Unit
from compliance.sentences import FILTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic.fields import FieldInfo

FORMAT_PAGE = "docs/pack-format.md"

_INTRODUCTION = """\
# The format of a pack

Made from the models by `compliance rules docs`; change the models, not this page.

A pack is a folder with a `pack.yaml` (`PackHeader`). Every other `*.yaml` in it may hold the lists `units`,
`indicators`, `rates`, `targets`, `rules`, `ledger_definitions` and `ledger_columns`; `cases/` holds the
cases of its rules ([cases.md](cases.md)). A pack below may restate a target, a definition or a column of a
ledger under the same id. The register of legal texts, `instruments.yaml` with the list `instruments`, stands
beside the packs.

Decimals have a dot and no thousands, dates are written `2020-12-31`, keys may not repeat, and a key that is
not listed here is refused."""

_FILES: tuple[tuple[str, tuple[type[Model], ...]], ...] = (
    ("`pack.yaml`", (PackHeader, Area, Approximation, Withdrawal, Change)),
    ("`units`", (Unit,)),
    ("`indicators`", (Indicator,)),
    ("`rates`", (Rate,)),
    ("`targets`", (Target, DatedValue)),
    ("`rules`", (Rule, TaskTemplate, *NAMED_CHECKS.values(), PeerMeasure)),
    ("`ledger_definitions`", (LedgerDefinition,)),
    ("`ledger_columns`", (LedgerColumn,)),
    ("`instruments` (in `instruments.yaml`)", (Instrument,)),
    ("Wherever a text is cited", (Citation,)),
)


def compose_format() -> Page:
    """The page on the format of packs."""
    return compose_page(FORMAT_PAGE, _compose())


def _compose() -> Iterator[str]:
    yield _INTRODUCTION
    for title, models in _FILES:
        yield f"## {title}"
        for model in models:
            yield f"### {model.__name__}"
            yield inspect.cleandoc(model.__doc__ or "")
            yield table(("key", "value", "needed", "meaning"), _rows(model))
            if model is LedgerDefinition:
                yield "The choices of each definition; what each means is its `wording`:"
                yield table(
                    ("id", "choices"),
                    ((code(name), ", ".join(map(code, known))) for name, known in CHOICES.items()),
                )
    yield "## Names in sentences"
    yield "Beside the id of every indicator and every rate:"
    yield bullets(map(code, SENTENCE_NAMES))
    yield f"Filters: {', '.join(map(code, FILTERS))}."


def _rows(model: type[Model]) -> Iterable[tuple[str, ...]]:
    for name, field in authored_fields(model).items():
        needed = "yes" if field.is_required() else "no"
        yield code(name), _say_type(field), needed, _docstrings(model).get(name, "")


def _say_type(field: FieldInfo) -> str:
    return _say(field.annotation)


def _say(annotation: Any) -> str:
    """A type as an author needs to know it."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation.__name__
    return _say_composed(get_origin(annotation), get_args(annotation))


def _say_composed(origin: Any, arguments: tuple[Any, ...]) -> str:
    if origin is Literal:
        return ", ".join(code(str(value)) for value in arguments)
    if origin in (Union, types.UnionType):
        known = (part for part in arguments if part not in (type(None), *_NEVER_WRITTEN))
        return " or ".join(dict.fromkeys(_say(part) for part in known))
    if origin is tuple:
        return f"list of {_say(arguments[0])}"
    if origin is Mapping:
        return f"{_say(arguments[0])} → {_say(arguments[1])}"
    return _say(arguments[0])


_NEVER_WRITTEN = (Stated, RollUp)
"""Checks of generated rules."""
_PLAIN: Mapping[Any, str] = {
    str: "text",
    int: "whole number",
    bool: "`true`, `false`",
    Decimal: "number",
    date: "date",
}


@cache
def _docstrings(model: type[Model]) -> Mapping[str, str]:
    """The docstring below each field of a model."""
    (definition,) = ast.parse(inspect.getsource(model)).body
    body = definition.body if isinstance(definition, ast.ClassDef) else []
    found: dict[str, str] = {}
    for field, below in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match below:
                case ast.Expr(value=ast.Constant(value=str(words))):
                    found[field.target.id] = " ".join(words.split())
    return found
