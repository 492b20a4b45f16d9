"""How do the marks and values of a file, one after the other, become one tree of nodes?

The same for YAML and JSON: depth and size are bounded, a key stands once.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance.intake.nodes import Mapping, Node, Scalar, Sequence
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 24
"""Levels of nesting that a file may have."""
MOST_NODES = 200_000
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters, which could also write over a terminal, and halves of characters."""


class RefusedError(Exception):
    """The file cannot be read on. Carries the problem, and is caught where the file's reading began."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(slots=True)
class _Open:
    place: Place
    is_mapping: bool
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Assembly:
    """A tree that is being put together."""

    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    _stack: list[_Open] = field(default_factory=list)
    _count: int = 0

    def open(self, place: Place, *, is_mapping: bool) -> None:
        """A mapping or list begins.

        Raises:
            RefusedError: it lies too deep.
        """
        if len(self._stack) == DEEPEST:
            raise RefusedError(Problem("intake.too_deep", place, {"limit": DEEPEST}))
        self._stack.append(_Open(place, is_mapping))

    def add(self, node: Node) -> None:
        """A value is complete.

        Raises:
            RefusedError: the file has too many.
        """
        self._count += 1
        if self._count > MOST_NODES:
            raise RefusedError(Problem("intake.too_many", node.place, {"limit": MOST_NODES}))
        if self._stack:
            self._stack[-1].items.append(node)
        else:
            self.root = node

    def add_scalar(self, text: str, place: Place, *, plain: bool) -> None:
        """A single value is complete; it is kept in NFC.

        Raises:
            RefusedError: it holds characters that no text has, or the file has too many values.
        """
        if not text.isprintable() and _NO_TEXT.search(text):
            raise RefusedError(Problem("intake.character", place))
        self.add(Scalar(unicodedata.normalize("NFC", text), plain, place))

    def close(self) -> None:
        """The mapping or list begun last is complete."""
        opened = self._stack.pop()
        if opened.is_mapping:
            pairs = zip(opened.items[::2], opened.items[1::2], strict=True)
            self.add(Mapping(tuple(self._check_keys(pairs)), opened.place))
        else:
            self.add(Sequence(tuple(opened.items), opened.place))

    def _check_keys(self, pairs: Iterator[tuple[Node, Node]]) -> Iterator[tuple[Scalar, Node]]:
        first: dict[str, Place] = {}
        for key, node in pairs:
            if not isinstance(key, Scalar) or key.is_blank:
                self.problems.append(Problem("intake.key", key.place))
            elif key.plain and key.text == "<<":
                self.problems.append(Problem("intake.yaml.anchor", key.place))
            elif key.text in first:
                values = {"key": key.text, "line": first[key.text].line}
                self.problems.append(Problem("intake.duplicate_key", key.place, values))
            else:
                first[key.text] = key.place
                yield key, node
