"""What does a reader get to read? Every sentence of the program, by its code, from `vi.yaml`.

Part of the common ground with `problems` and `numerals`: every layer may use it. Sentences about a rule stand
in its pack, not here.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping


class UnknownMessageError(KeyError):
    """A code that the catalogue lacks, or a value that its sentence needs and did not get."""


@cache
def catalogue() -> Mapping[str, str]:
    """Every sentence by its dotted code (`intake.yaml.duplicate_key.what`), in the order of the file."""
    source = resources.files(__package__).joinpath("vi.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(_flatten("", yaml.load(source, Loader=loader)))  # noqa: S506 - both are safe loaders


def _flatten(prefix: str, node: object) -> list[tuple[str, str]]:
    if not isinstance(node, dict):
        return [(prefix, str(node).strip())]
    return [
        pair
        for key, child in node.items()
        for pair in _flatten(f"{prefix}.{key}" if prefix else str(key), child)
    ]


def text(code: str, /, **values: object) -> str:
    """The sentence of `code` with `values` put in.

    Raises:
        UnknownMessageError: the catalogue has no such code, or the sentence names a value not given.
    """
    try:
        return catalogue()[code].format_map(values)
    except KeyError as missing:
        raise UnknownMessageError(code, str(missing)) from None


def lower_first(words: str) -> str:
    """To stand inside a sentence; what begins with an abbreviation stays as it is."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def upper_first(words: str) -> str:
    """To begin a sentence."""
    return words[:1].upper() + words[1:]
