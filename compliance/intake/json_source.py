"""Which values does a JSON file hold, each with its line and column?

The standard parser says first whether the text is JSON at all; what it accepts is then split into tokens, for
their places and so that a number keeps the digits that were written.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from compliance.intake.assembly import DEEPEST, Assembly, RefusedError
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.intake.nodes import Node

_TOKEN = re.compile(r'[{}\[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}\[\],:"]+')


def parse_json(text: str, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Read one JSON document; `file` names it in places. Repeated keys are refused."""
    problem = _check_syntax(text, file)
    if problem is not None:
        return None, (problem,)
    assembly = Assembly()
    try:
        for token, place in _tokens(text, file):
            _take(token, place, assembly)
    except RefusedError as refused:
        return None, (*assembly.problems, refused.problem)
    return (None if assembly.problems else assembly.root), tuple(assembly.problems)


def _take(token: str, place: Place, assembly: Assembly) -> None:
    match token[0]:
        case "{" | "[" as bracket:
            assembly.open(place, is_mapping=bracket == "{")
        case "}" | "]":
            assembly.close()
        case '"':
            assembly.add_scalar(json.loads(token), place, plain=False)
        case "," | ":":
            pass
        case _:
            assembly.add_scalar(token, place, plain=True)


def _check_syntax(text: str, file: str) -> Problem | None:
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = Place(file, error.lineno, error.colno)
        lines = text.splitlines()
        excerpt = lines[error.lineno - 1].strip()[:60] if error.lineno <= len(lines) else ""
        return Problem("intake.json.syntax", place, {"excerpt": excerpt})
    except _ConstantError as constant:
        return Problem("intake.json.constant", _find(text, str(constant), file), {"written": str(constant)})
    except RecursionError:
        return Problem("intake.too_deep", Place(file), {"limit": DEEPEST})
    return None


class _ConstantError(ValueError):
    """A word that Python takes for a number and JSON does not have."""


def _refuse_constant(word: str) -> None:
    raise _ConstantError(word)


def _find(text: str, word: str, file: str) -> Place:
    return next((place for token, place in _tokens(text, file) if token == word), Place(file))


def _tokens(text: str, file: str) -> Iterator[tuple[str, Place]]:
    line, line_start, position = 1, 0, 0
    for match in _TOKEN.finditer(text):
        breaks = text.count("\n", position, match.start())
        if breaks:
            line += breaks
            line_start = text.rindex("\n", position, match.start()) + 1
        position = match.start()
        yield match.group(), Place(file, line, match.start() - line_start + 1)
