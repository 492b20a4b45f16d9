"""Does one item of a pack say what its model asks, and if not, which key is wrong and where?

The models decide. Values reach them as JSON, so that they stay strict and yet take dates and decimals written
as text; whatever they refuse becomes a problem at the place of the key, in our own words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, TypeVar, get_args

from pydantic import ValidationError

from compliance.intake.nodes import Mapping, Scalar, Sequence, find, to_python
from compliance.intake.suggestions import hint, listed
from compliance.messages import text
from compliance.model.base import Model
from compliance.model.named_checks import Cites, DottedId, Peers, Present, Submitted, Together
from compliance.model.rulepack import Rule, RuleId, Target
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from compliance.intake.nodes import Node
    from compliance.problems import Place

Item = TypeVar("Item", bound=Model)
Path = tuple[int | str, ...]
"""Keys and positions from an item down to a value."""

NAMED_CHECKS: MappingOf[str, type[Model]] = {
    "present": Present,
    "together": Together,
    "cites": Cites,
    "submitted": Submitted,
    "peers": Peers,
}
"""The checks that a pack can name; the others are generated."""

_FILLED_IN = frozenset({"place", "generated", "pack", "digest"})
"""Fields that the program fills in; in a file they are unknown keys."""

_EXPECTED = {
    "string": "text",
    "tuple": "list",
    "model": "mapping",
    "mapping": "mapping",
    "date": "date",
    "decimal": "number",
    "finite": "number",
    "int": "count",
    "bool": "boolean",
}
"""What is asked for, by the first word of a model's error."""

_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Entry(Generic[Item]):
    """An item with the piece of YAML that it was read from."""

    item: Item
    node: Mapping

    def place(self, *path: int | str) -> Place:
        """Where a value below it stands; the nearest thing around it where the file leaves it out."""
        return find(self.node, path).place


def authored_fields(model: type[Model]) -> MappingOf[str, FieldInfo]:
    """The fields of a model that an author may write."""
    return {name: field for name, field in model.model_fields.items() if name not in _FILLED_IN}


def read_item(node: Node, model: type[Item], key: str) -> tuple[Entry[Item] | None, tuple[Problem, ...]]:
    """One item of a pack; `key` names the section that holds it."""
    if not isinstance(node, Mapping):
        return None, (wrong_type(node, key, "mapping"),)
    filled_in = tuple(_find_filled_in(node, model, ()))
    problems = [_unknown_key(path, node, model) for path in filled_in]
    problems += _find_unknown_check(node, model)
    try:
        item = model.model_validate_json(json.dumps(to_python(node)))
    except ValidationError as refused:
        problems += _explain_all(refused, node, model, said=filled_in)
        return None, tuple(problems)
    problems += [_bad_value(find(node, path), path) for path in _find_monstrous(item, ())]
    return (None if problems else Entry(_with_places(item, node), node)), tuple(problems)


def _with_places(item: Item, node: Mapping) -> Item:
    """The item told where it stands, and a target where each of its values stands."""
    known: dict[str, object] = {"place": node.place} if "place" in type(item).model_fields else {}
    if isinstance(item, Target):
        known["values"] = tuple(
            dated.model_copy(update={"place": find(node, ("values", place)).place})
            for place, dated in enumerate(item.values)
        )
    return item.model_copy(update=known)


def _find_filled_in(node: Node, model: type[Model], path: Path) -> Iterator[Path]:
    """Keys that are fields of the models and yet not the author's to fill in."""
    if isinstance(node, Sequence):
        for position, below in enumerate(node.items):
            yield from _find_filled_in(below, model, (*path, position))
    elif isinstance(node, Mapping):
        described = _model_at(model, path)
        theirs = _FILLED_IN & described.model_fields.keys() if described else frozenset[str]()
        yield from ((*path, key) for key in node if key in theirs)
        for name, below in node.entries:
            yield from _find_filled_in(below, model, (*path, name.text))


def _find_unknown_check(node: Mapping, model: type[Model]) -> Iterator[Problem]:
    """A check that is neither a text nor exactly one of the named ones."""
    check = node.get("check") if model is Rule else None
    if check is None or (isinstance(check, Scalar) and isinstance(to_python(check), str)):
        return
    keys = tuple(check) if isinstance(check, Mapping) else ()
    if len(keys) == 1 and keys[0] in NAMED_CHECKS:
        return
    written = listed(keys) if keys else _written(check)
    values = {"written": written, "hint": hint(written, NAMED_CHECKS), "known": listed(NAMED_CHECKS)}
    yield Problem("pack.unknown_check", check.place, values)


def _explain_all(
    refused: ValidationError, node: Mapping, model: type[Model], said: tuple[Path, ...]
) -> Iterator[Problem]:
    """Every error of the models, but for what has been `said`."""
    for error in refused.errors(include_url=False, include_input=False):
        path = _path_of(error["loc"], node)
        if path is not None and not any(path[: len(known)] == known for known in said):
            yield _explain(error, path, node, model)


def _path_of(loc: Path, node: Mapping) -> Path | None:
    """Where an error stands in the file. Of a named check only the errors of the one that was named count."""
    if loc[0] != "check":
        return loc
    check = node.get("check")
    keys = tuple(check) if isinstance(check, Mapping) else ()
    named = NAMED_CHECKS.get(keys[0]) if len(keys) == 1 else None
    return ("check", *loc[2:]) if named is not None and loc[1] == named.__name__ else None


def _explain(error: ErrorDetails, path: Path, node: Mapping, model: type[Model]) -> Problem:
    at, kind, key = find(node, path), error["type"], _key_of(path)
    if kind == "missing":
        return _missing(at, key, model, node)
    if kind == "extra_forbidden":
        return _unknown_key(path, node, model)
    if kind == "literal_error":
        known = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        values = {"written": _written(at), "hint": hint(_written(at), known), "known": listed(known)}
        return Problem("pack.not_one_of", at.place, {"key": key, **values})
    if kind == "string_pattern_mismatch":
        return _bad_form(at.place, key, _written(at), _FORMS.get(error["ctx"]["pattern"], "version"))
    expected = _EXPECTED.get(kind.split("_")[0])
    return wrong_type(at, key, expected) if expected else _bad_value(at, path)


def _missing(at: Node, key: str, model: type[Model], node: Mapping) -> Problem:
    if model is Target and key == "citation":
        return Problem("pack.target_without_citation", at.place, {"target": _written(find(node, ("id",)))})
    return Problem("pack.missing_key", at.place, {"key": key})


def _unknown_key(path: Path, node: Mapping, model: type[Model]) -> Problem:
    above, key, described = find(node, path[:-1]), _key_of(path), _model_at(model, path[:-1])
    named = above.key(key) if isinstance(above, Mapping) else None
    known = tuple(authored_fields(described)) if described else ()
    values = {"key": key, "hint": hint(key, known), "known": listed(known)}
    return Problem("pack.unknown_key", (named or above).place, values)


def _bad_form(place: Place, key: str, written: str, form: str) -> Problem:
    """A name that does not look as such a name must."""
    return Problem(
        "pack.bad_form", place, {"key": key, "written": written, "expected": text(f"pack.form.{form}")}
    )


def wrong_type(node: Node, key: str, expected: str) -> Problem:
    """A value of another kind than the key takes."""
    values = {"key": key, "written": _written(node), "expected": text(f"pack.expects.{expected}")}
    return Problem("pack.wrong_type", node.place, values)


def _bad_value(at: Node, path: Path) -> Problem:
    return Problem("pack.bad_value", at.place, {"key": _key_of(path), "written": _written(at)})


def _key_of(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _written(node: Node) -> str:
    """A value as a message quotes it."""
    if isinstance(node, Scalar):
        return node.text or text("pack.written.nothing")
    return text(f"pack.written.{'list' if isinstance(node, Sequence) else 'mapping'}")


def _model_at(model: type[Model], path: Path) -> type[Model] | None:
    """The model that describes the mapping at `path`."""
    found: type[Model] | None = model
    for step in path:
        if isinstance(step, int):
            continue
        field = found.model_fields.get(step) if found else None
        found = next(_models_in(field.annotation), None) if field else NAMED_CHECKS.get(step)
    return found


def _models_in(annotation: object) -> Iterator[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _find_monstrous(value: object, path: Path) -> Iterator[Path]:
    """Numbers that no law sets and that would keep exact arithmetic busy for ever: `1e999999`."""
    if isinstance(value, Decimal):
        digits, exponent = len(value.as_tuple().digits), value.as_tuple().exponent
        if digits > _MOST_DIGITS or not isinstance(exponent, int) or not -_MOST_DIGITS <= exponent <= 0:
            yield path
    elif isinstance(value, Model):
        for name in value.model_fields_set:
            yield from _find_monstrous(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for position, below in enumerate(value):
            yield from _find_monstrous(below, (*path, position))
    elif isinstance(value, MappingOf):
        for key, below in value.items():
            yield from _find_monstrous(below, (*path, key))


def _pattern(annotated: object) -> str:
    return str(get_args(annotated)[1].pattern)


_FORMS = {_pattern(DottedId): "dotted_id", _pattern(RuleId): "rule_id"}
