"""What stands where in a file of nested values, before anybody knows what it means?

YAML and JSON are read into the same three nodes. A scalar stays the text that was written; whoever knows what
it should be reads it with `numerals`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compliance.problems import Place

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,17})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it was written; `plain` when it stands without quotes."""

    text: str
    plain: bool
    place: Place

    @property
    def is_null(self) -> bool:
        """Whether nothing was written: empty, `~` or `null` without quotes."""
        return self.plain and self.text in _NULL

    @property
    def is_blank(self) -> bool:
        """Whether nothing to be read was written: null, or quotes with white space."""
        return self.is_null or not self.text.strip()


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order of the file; no key twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place

    def get(self, key: str) -> Node | None:
        """The value of a key; None where the key is not there."""
        return next((node for name, node in self.entries if name.text == key), None)

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its place."""
        return next((name for name, _ in self.entries if name.text == key), None)

    def __iter__(self) -> Iterator[str]:
        """The keys in order."""
        return (name.text for name, _ in self.entries)


Node: TypeAlias = Scalar | Sequence | Mapping


def find(node: Node, path: Iterable[str | int]) -> Node:
    """The node at the end of a path of keys and indexes, or the last one on the way that there is.

    So the location in a validation error gives a place in the file.
    """
    for step in path:
        child: Node | None = None
        if isinstance(node, Mapping) and isinstance(step, str):
            child = node.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
            child = node.items[step]
        if child is None:
            return node
        node = child
    return node


def to_python(node: Node) -> object:
    """Plain values for a model: `true` and `false`, whole numbers and null as such, everything else as text.

    Decimals and dates stay text, so that no digit is lost; `07` and `1_000` are text as well.
    """
    match node:
        case Mapping():
            return {name.text: to_python(child) for name, child in node.entries}
        case Sequence():
            return [to_python(child) for child in node.items]
        case Scalar():
            return _plain_value(node) if node.plain else node.text


def _plain_value(scalar: Scalar) -> object:
    if scalar.is_null:
        return None
    if scalar.text in _TRUE or scalar.text in _FALSE:
        return scalar.text in _TRUE
    return int(scalar.text) if _INTEGER.fullmatch(scalar.text) else scalar.text
