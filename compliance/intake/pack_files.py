"""What stands in the files of one pack, and in the register of legal texts beside it?

Every file is read and every item tried, so that all faults of a pack are told at once. Nothing is compared
here: what one item says of another is the matter of `pack_references`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Generic

from compliance.intake.nodes import Mapping, Scalar, Sequence
from compliance.intake.pack_items import Entry, Item, read_item, wrong_type
from compliance.intake.sources import read_text
from compliance.intake.suggestions import hint, listed
from compliance.intake.yaml_source import parse_yaml
from compliance.model.ledger_definitions import LedgerColumn, LedgerDefinition
from compliance.model.legal import Instrument
from compliance.model.rulepack import Indicator, PackHeader, Rate, Rule, Target
from compliance.model.submission import Unit
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from compliance.intake.nodes import Node

HEADER = "pack.yaml"
REGISTER = "instruments.yaml"
SECTIONS = ("units", "indicators", "rates", "targets", "rules", "ledger_definitions", "ledger_columns")
_OTHER_SUFFIXES = (".yml", ".json")


@dataclass(frozen=True, slots=True)
class Folder:
    """A pack's folder, and how messages name it."""

    path: Path
    label: str

    def beside(self, name: str) -> Folder:
        """What of that name stands beside it."""
        return Folder(self.path.parent / name, (PurePosixPath(self.label).parent / name).as_posix())


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    text: str
    root: Mapping | None
    """None where the text is no mapping of sections; that has been said."""


@dataclass(frozen=True, slots=True)
class _Section(Generic[Item]):
    entries: tuple[Entry[Item], ...]
    unreadable: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RegisterSource:
    """The register of legal texts beside a pack; empty where there is none."""

    file: _File
    instruments: tuple[Entry[Instrument], ...] = ()
    unreadable: frozenset[str] = frozenset()

    @property
    def complete(self) -> bool:
        """Whether the file could be read as far as its items."""
        return self.file.root is not None or not self.file.text


@dataclass(frozen=True, slots=True)
class PackSource:
    """One pack's own files, each item with its place."""

    header: Entry[PackHeader]
    units: tuple[Entry[Unit], ...]
    indicators: tuple[Entry[Indicator], ...]
    rates: tuple[Entry[Rate], ...]
    targets: tuple[Entry[Target], ...]
    rules: tuple[Entry[Rule], ...]
    ledger_definitions: tuple[Entry[LedgerDefinition], ...]
    ledger_columns: tuple[Entry[LedgerColumn], ...]
    unreadable: frozenset[str]
    """Ids of the items that were refused: what names them is not at fault."""
    complete: bool
    """Whether every file could be read as far as its items."""


def read_register(path: Path, label: str) -> tuple[RegisterSource, tuple[Problem, ...]]:
    """The register of legal texts at `path`."""
    if not path.is_file():
        return RegisterSource(_File(path.name, "", None)), ()
    file, problems = _read_file(path, label)
    section = _read_section((file,), "instruments", Instrument)
    problems += tuple(_find_unknown_sections(file, ("instruments",))) + section.problems
    return RegisterSource(file, section.entries, section.unreadable), problems


def read_source(folder: Folder, register: RegisterSource) -> tuple[PackSource | None, tuple[Problem, ...]]:
    """The items of a pack; None where the pack has no usable `pack.yaml`."""
    if not (folder.path / HEADER).is_file():
        return None, (Problem("pack.no_header", Place(file=folder.label), {"folder": folder.label}),)
    files, problems = _read_files(folder)
    header, faults = _read_header(files, folder, register)
    contents = tuple(file for file in files if file.name != HEADER)
    units = _read_section(contents, "units", Unit)
    indicators = _read_section(contents, "indicators", Indicator)
    rates = _read_section(contents, "rates", Rate)
    targets = _read_section(contents, "targets", Target)
    rules = _read_section(contents, "rules", Rule)
    definitions = _read_section(contents, "ledger_definitions", LedgerDefinition)
    columns = _read_section(contents, "ledger_columns", LedgerColumn)
    sections = (units, indicators, rates, targets, rules, definitions, columns)
    problems += faults + tuple(problem for section in sections for problem in section.problems)
    if header is None:
        return None, problems
    source = PackSource(
        header=header,
        units=units.entries,
        indicators=indicators.entries,
        rates=rates.entries,
        targets=targets.entries,
        rules=tuple(_belonging_to(header.item.id, rule) for rule in rules.entries),
        ledger_definitions=definitions.entries,
        ledger_columns=columns.entries,
        unreadable=frozenset().union(*(section.unreadable for section in sections)),
        complete=all(file.root is not None for file in files),
    )
    return source, problems


def _belonging_to(pack: str, rule: Entry[Rule]) -> Entry[Rule]:
    return replace(rule, item=rule.item.model_copy(update={"pack": pack}))


def _read_files(folder: Folder) -> tuple[tuple[_File, ...], tuple[Problem, ...]]:
    """The pack's files, in the order of their names."""
    files, problems = [], list(_find_other_suffixes(folder))
    for path in sorted(folder.path.glob("*.yaml")):
        file, faults = _read_file(path, f"{folder.label}/{path.name}")
        files.append(file)
        problems += faults
        if path.name != HEADER:
            problems += _find_unknown_sections(file, SECTIONS)
    return tuple(files), tuple(problems)


def _find_other_suffixes(folder: Folder) -> Iterator[Problem]:
    for path in sorted(folder.path.iterdir()):
        if path.suffix in _OTHER_SUFFIXES:
            yield Problem("pack.other_suffix", Place(file=f"{folder.label}/{path.name}"), {"name": path.name})


def _read_file(path: Path, label: str) -> tuple[_File, tuple[Problem, ...]]:
    text, problems = read_text(path, name=label)
    if text is None:
        return _File(path.name, "", None), problems
    root, faults = parse_yaml(text, label)
    problems += faults
    if root is not None and not isinstance(root, Mapping):
        problems += (wrong_type(root, path.name, "mapping"),)
    return _File(path.name, text, root if isinstance(root, Mapping) else None), problems


def _find_unknown_sections(file: _File, known: tuple[str, ...]) -> Iterator[Problem]:
    for key, _ in file.root.entries if file.root is not None else ():
        if key.text not in known:
            values = {"key": key.text, "hint": hint(key.text, known), "known": listed(known)}
            yield Problem("pack.unknown_key", key.place, values)


def _read_header(
    files: tuple[_File, ...], folder: Folder, register: RegisterSource
) -> tuple[Entry[PackHeader] | None, tuple[Problem, ...]]:
    root = next(file.root for file in files if file.name == HEADER)
    if root is None:
        return None, ()
    entry, problems = read_item(root, PackHeader, HEADER)
    if entry is None:
        return None, problems
    name = folder.path.resolve().name
    if entry.item.id != name:
        values = {"id": entry.item.id, "folder": name}
        problems += (Problem("pack.id_differs", entry.place("id"), values),)
    digest = _digest((*files, register.file))
    return replace(entry, item=entry.item.model_copy(update={"digest": digest})), problems


def _digest(files: tuple[_File, ...]) -> str:
    """SHA-256 over the names and texts of the files; of the register too, since the results rest on it."""
    digest = sha256()
    for file in files:
        normalized = file.text.replace("\r\n", "\n").encode()
        digest.update(f"{file.name} {len(normalized)}\n".encode() + normalized)
    return digest.hexdigest()


def _read_section(files: tuple[_File, ...], key: str, model: type[Item]) -> _Section[Item]:
    """The items of every list of that name, in the order of the files."""
    nodes, problems = _find_items(files, key)
    entries: list[Entry[Item]] = []
    unreadable: set[str] = set()
    for node in nodes:
        entry, faults = read_item(node, model, key)
        problems += faults
        if entry is None:
            unreadable |= _id_of(node)
        else:
            entries.append(entry)
    return _Section(tuple(entries), frozenset(unreadable), problems)


def _find_items(files: tuple[_File, ...], key: str) -> tuple[tuple[Node, ...], tuple[Problem, ...]]:
    nodes: tuple[Node, ...] = ()
    problems: tuple[Problem, ...] = ()
    for file in files:
        section = file.root.get(key) if file.root is not None else None
        if isinstance(section, Sequence):
            nodes += tuple(section.items)
        elif section is not None:
            problems += (wrong_type(section, key, "list"),)
    return nodes, problems


def _id_of(node: Node) -> set[str]:
    """The name of an item that was refused, where it has one."""
    named = (node.get("id") or node.get("key")) if isinstance(node, Mapping) else None
    return {named.text} if isinstance(named, Scalar) else set()
