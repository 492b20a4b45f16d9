"""Which records does a file of explanations or waivers hold, and what stands in each of their fields?

A file is a mapping with `format: 1` and one list. A record reads its own fields and gathers every problem on
the way, so that all of them are told at once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from compliance.intake.nodes import Mapping, Node, Scalar, Sequence
from compliance.intake.sections import read_day
from compliance.intake.sources import read_bytes
from compliance.intake.suggestions import hint, listed
from compliance.intake.values import missing_key, refuse_keys
from compliance.model.check import InputStamp
from compliance.model.submission import Period
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from typing import Literal

    from compliance.intake.limits import Limits
    from compliance.intake.values import Problems
    from compliance.model.rulepack import RulePack

YAML_SUFFIXES = (".yaml", ".yml")
LONGEST_TEXT = 4_000
"""Characters of an explanation or a reason: more than a page."""
_FORMAT = "1"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was read: what places call it, its bytes, its suffix."""

    name: str
    content: bytes
    suffix: str


def open_files(
    paths: Iterable[str | Path],
    suffixes: tuple[str, ...],
    kind: Literal["explanations", "waivers"],
    limits: Limits,
) -> tuple[tuple[Opened, ...], tuple[InputStamp, ...], Problems]:
    """Each file with one of the suffixes, once, and a stamp of it."""
    opened: list[Opened] = []
    problems: list[Problem] = []
    for path in dict.fromkeys(map(Path, paths)):
        name = path.name if path.is_absolute() else path.as_posix()
        suffix = PurePath(name).suffix.lower()
        content, faults = read_bytes(path, name=name, most=limits.file_bytes)
        problems += faults
        if content is not None and suffix not in suffixes:
            values = {"name": path.name, "known": listed(suffixes)}
            problems.append(Problem("records.other_suffix", Place(name), values))
        elif content is not None:
            opened.append(Opened(name, content, suffix))
    stamps = tuple(
        InputStamp(file=file.name, digest=hashlib.sha256(file.content).hexdigest(), kind=kind)
        for file in opened
    )
    return tuple(opened), stamps, tuple(problems)


def find_records(root: Node, key: str) -> tuple[tuple[Mapping, ...], Problems]:
    """The records of the list under `key`."""
    listing = root.get(key) if isinstance(root, Mapping) else None
    if not isinstance(root, Mapping) or not isinstance(listing, Sequence):
        place = listing.place if listing is not None else root.place
        return (), (Problem("records.not_a_list", place, {"key": key}),)
    problems = refuse_keys(root, ("format", key))
    version = root.get("format")
    if not isinstance(version, Scalar) or version.text != _FORMAT:
        written = version.text if isinstance(version, Scalar) else ""
        place = version.place if version is not None else root.place
        problems += (Problem("records.format", place, {"written": written}),)
    problems += tuple(
        Problem("records.not_a_record", item.place, {"key": key})
        for item in listing.items
        if not isinstance(item, Mapping)
    )
    return tuple(item for item in listing.items if isinstance(item, Mapping)), problems


@dataclass(slots=True)
class Record:
    """One record in the reading."""

    node: Mapping
    pack: RulePack
    problems: list[Problem] = field(default_factory=list)

    def refuse_others(self, known: tuple[str, ...]) -> None:
        """Take note of keys that no such record has."""
        self.problems += refuse_keys(self.node, known)

    def scalar(self, key: str, *, required: bool = False) -> Scalar | None:
        """What is written under a key; None where nothing is."""
        node = self.node.get(key)
        if node is None or (isinstance(node, Scalar) and node.is_blank):
            if required:
                self.problems.append(missing_key(self.node, key))
            return None
        if not isinstance(node, Scalar):
            self.problems.append(Problem("figures.single", node.place, {"key": key}))
            return None
        return node

    def words(self, key: str, *, required: bool = False) -> str:
        """The words under a key; empty where none are."""
        written = self.scalar(key, required=required)
        if written is None:
            return ""
        self.problems += check_length(written, key)
        return written.text.strip()

    def day(self, key: str, *, required: bool = False) -> date | None:
        """The date under a key."""
        day, faults = read_day(self.node.get(key), key)
        self.problems += faults
        if day is None and required and not faults:
            self.problems.append(missing_key(self.node, key))
        return day

    def choice(self, key: str, known: tuple[str, ...], default: str) -> str:
        """One of the words known; the default where nothing is written."""
        written = self.scalar(key)
        if written is None or written.text in known:
            return written.text if written else default
        values = {"key": key, "written": written.text, "hint": hint(written.text, known)}
        self.problems.append(Problem("records.one_of", written.place, values | {"known": listed(known)}))
        return default

    def rule(self, key: str) -> str:
        """The rule named under a key, under the name it has today; empty where there is none."""
        written = self.scalar(key, required=True)
        if written is None:
            return ""
        rule, problems = find_rule(written.text.strip(), written.place, self.pack)
        self.problems += problems
        return rule


def check_length(written: Scalar, key: str) -> Iterator[Problem]:
    """A problem where a text is longer than anybody reads."""
    if len(written.text) > LONGEST_TEXT:
        values = {"key": key, "count": len(written.text), "limit": LONGEST_TEXT}
        yield Problem("records.long_text", written.place, values)


def find_rule(written: str, place: Place, pack: RulePack) -> tuple[str, Problems]:
    """The id that a rule has today, by an id that it has or had; one that was withdrawn keeps its own."""
    if written in pack.rule:
        return pack.rule[written].id, ()
    if written in {withdrawn.id for withdrawn in pack.withdrawn}:
        return written, ()
    values = {"written": written, "pack": pack.header.id, "hint": hint(written, pack.rule)}
    return "", (Problem("records.unknown_rule", place, values),)


def check_period(written: str, place: Place) -> Iterator[Problem]:
    """A problem where this is no half-year."""
    try:
        Period.parse(written)
    except ValueError:
        yield Problem("figures.period", place, {"written": written})
