"""Which values does a YAML file hold, each with its line and column?

Only the part of YAML that a form needs: mappings, lists, scalars. Anchors, aliases, merge keys, tags and
several documents are refused, keys may not repeat, depth and size are bounded. Nothing is converted (see
`nodes`).
"""

from __future__ import annotations

import yaml

from compliance.intake.assembly import DEEPEST, Assembly, RefusedError
from compliance.intake.json_source import parse_json
from compliance.intake.nodes import Mapping, Node, Scalar, Sequence, find, to_python
from compliance.problems import Place, Problem

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "find", "parse_json", "parse_yaml", "to_python"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_LONGEST_QUOTE = 60
_SYNTAX = (
    ("colon", ("mapping values are not allowed",)),
    ("unclosed", ("end of stream", "unexpected end", "',' or '}'", "',' or ']'", "expected ',' or")),
    (
        "indentation",
        ("expected <block end>", "did not find expected key", "'-' indicator", "block collection"),
    ),
    ("character", ("control characters", "special characters", "cannot start any token", "invalid leading")),
)
"""What the parsers of PyYAML (in C and in Python) say of the commonest slips."""
_TOO_DEEP = "maximum nesting depth"
"""Of the parser in C since PyYAML 6.0.4, which looks ahead past the depth that is refused here."""


def parse_yaml(text: str, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Read one YAML document; `file` names it in places.

    The node is None when the text is no YAML, is empty or uses what is refused.
    """
    assembly = Assembly()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            _take(event, assembly, file)
    except RefusedError as refused:
        return None, (*assembly.problems, refused.problem)
    except yaml.YAMLError as error:
        return None, (*assembly.problems, _explain_syntax(error, text, file))
    root = assembly.root
    if root is None or (isinstance(root, Scalar) and root.is_blank):
        return None, (Problem("intake.nothing", Place(file)),)
    return (None if assembly.problems else root), tuple(assembly.problems)


def _take(event: yaml.Event, assembly: Assembly, file: str) -> None:
    mark = event.start_mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    _refuse_extras(event, place, is_second=assembly.root is not None)
    match event:
        case yaml.MappingStartEvent():
            assembly.open(place, is_mapping=True)
        case yaml.SequenceStartEvent():
            assembly.open(place, is_mapping=False)
        case yaml.ScalarEvent():
            assembly.add_scalar(event.value, place, plain=not event.style)
        case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
            assembly.close()


def _refuse_extras(event: yaml.Event, place: Place, *, is_second: bool) -> None:
    """What YAML offers and a form does not need."""
    code = ""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
        code = "anchor"
    elif getattr(event, "tag", None) is not None:
        code = "tag"
    elif isinstance(event, yaml.DocumentStartEvent) and is_second:
        code = "documents"
    if code:
        raise RefusedError(Problem(f"intake.yaml.{code}", place))


def _explain_syntax(error: yaml.YAMLError, text: str, file: str) -> Problem:
    said = " ".join(str(getattr(error, part, "") or "") for part in ("context", "problem", "reason"))
    code = next((code for code, words in _SYNTAX if any(word in said for word in words)), "syntax")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        place = Place(file, text.count("\n", 0, getattr(error, "position", None) or 0) + 1)
    else:
        place = Place(file, mark.line + 1, mark.column + 1)
    if _TOO_DEEP in said:
        return Problem("intake.too_deep", place, {"limit": DEEPEST})
    written = _line(text, place.line)
    if "\t" in written[: len(written) - len(written.lstrip())]:
        code = "tab"
    return Problem(f"intake.yaml.{code}", place, {"excerpt": _quote(written)})


def _line(text: str, number: int) -> str:
    """The line of that number, or the last one before it on which something stands."""
    lines = text.splitlines()[:number]
    return next((line for line in reversed(lines) if line.strip()), "")


def _quote(line: str) -> str:
    words = "".join(character for character in line.strip() if character.isprintable())
    return words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE]}…"
