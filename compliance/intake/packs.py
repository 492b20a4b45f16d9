"""Which rule packs are there, and what does one say together with all that it extends?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from compliance.intake.nodes import to_python
from compliance.intake.pack_chain import Chain, join_chain
from compliance.intake.pack_files import HEADER, REGISTER, Folder, read_register, read_source
from compliance.intake.pack_names import gather_names
from compliance.intake.pack_references import check_references
from compliance.intake.pack_rules import check_rules
from compliance.intake.sources import read_text
from compliance.intake.suggestions import hint, listed
from compliance.intake.yaml_source import parse_yaml
from compliance.model.rulepack import RulePack
from compliance.problems import Problem, is_usable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compliance.intake.pack_files import PackSource, RegisterSource
    from compliance.intake.pack_items import Entry, Item

_PACKAGE = Path(__file__).resolve().parents[1]

Problems = tuple[Problem, ...]


def pack_root() -> Path:
    """The folder of the packs that travel with the program."""
    return _travelling("rules")


def dataset_root() -> Path:
    """The folder of the datasets that travel with the program."""
    return _travelling("datasets")


def _travelling(name: str) -> Path:
    """Beside the package in a checkout; inside it once installed, where what stands beside is others' own."""
    checkout = _PACKAGE.parent
    return checkout / name if (checkout / "pyproject.toml").is_file() else _PACKAGE / name


def available_packs(root: Path | None = None) -> tuple[str, ...]:
    """The ids of the packs in a folder, in alphabetical order; by default of those that travel with us."""
    return tuple(sorted(header.parent.name for header in (root or pack_root()).glob(f"*/{HEADER}")))


def final_packs() -> tuple[str, ...]:
    """The ids of the packs that travel with us and that no other extends; only their headers are read."""
    names = available_packs()
    extended = {_extended_by(pack_root() / name / HEADER) for name in names}
    return tuple(name for name in names if name not in extended)


def _extended_by(header: Path) -> object:
    source, _ = read_text(header)
    root = parse_yaml(source, header.name)[0] if source is not None else None
    fields = to_python(root) if root is not None else None
    return fields.get("extends") if isinstance(fields, dict) else None


def find_pack(written: str | Path | Folder) -> Folder:
    """The folder of a pack named by its id, or by a path; it need not exist."""
    if isinstance(written, Folder):
        return written
    path = Path(written)
    if isinstance(written, str) and path.name == written and not path.is_dir():
        return _travelling_pack(written)
    return Folder(path.resolve(), path.as_posix() if path.name else path.resolve().name)


def _travelling_pack(name: str) -> Folder:
    return Folder(pack_root() / name, f"{pack_root().name}/{name}")


def read_pack(written: str | Path | Folder) -> tuple[RulePack | None, Problems]:
    """The pack of that id, or in that folder, with all that it extends; written rules only.

    None where any file of the chain has an error. Problems are in the order of their places.
    """
    folder = find_pack(written)
    if not folder.path.is_dir():
        known = available_packs()
        words = {"written": folder.path.name, "hint": hint(folder.path.name, known), "known": listed(known)}
        return None, (Problem("pack.unknown", values=words),)
    sources, registers, problems = _read_chain(folder)
    chain = None
    if sources:
        chain, faults = join_chain(sources, registers)
        problems += faults
        if all(source.complete for source in sources) and all(register.complete for register in registers):
            names = gather_names(chain)
            problems += (*check_references(chain, names), *check_rules(chain, names))
    problems = tuple(sorted(problems, key=lambda problem: (problem.place, problem.code)))
    return (_build(chain) if chain and is_usable(problems) else None), problems


def _read_chain(
    folder: Folder,
) -> tuple[tuple[PackSource, ...], tuple[RegisterSource, ...], Problems]:
    """The packs up to the one that extends nothing, the most general first; none where the chain breaks."""
    sources: dict[Path, PackSource] = {}
    registers: dict[Path, RegisterSource] = {}
    problems: Problems = ()
    following: Folder | None = folder
    while following is not None:
        path, beside = following.path.resolve(), following.beside(REGISTER)
        if beside.path.resolve() not in registers:
            registers[beside.path.resolve()], faults = read_register(beside.path, beside.label)
            problems += faults
        source, faults = read_source(following, registers[beside.path.resolve()])
        problems += faults
        if source is None:
            return (), (), problems
        sources[path] = source
        following, fault = _follow(following, source, sources)
        if fault is not None:
            return (), (), (*problems, fault)
    return tuple(reversed(sources.values())), tuple(reversed(registers.values())), problems


def _follow(
    folder: Folder, source: PackSource, read: Mapping[Path, PackSource]
) -> tuple[Folder | None, Problem | None]:
    """The pack that a pack extends: beside it, else among those that travel with the program."""
    name, place = source.header.item.extends, source.header.place("extends")
    if name is None:
        return None, None
    near, travelling = available_packs(folder.path.parent), available_packs()
    if name not in (*near, *travelling):
        known = sorted({*near, *travelling})
        words = {"written": name, "hint": hint(name, known), "known": listed(known)}
        return None, Problem("pack.unknown_parent", place, {"pack": source.header.item.id, **words})
    parent = folder.beside(name) if name in near else _travelling_pack(name)
    if parent.path.resolve() in read:
        circle = [*(above.header.item.id for above in read.values()), name]
        return None, Problem("pack.cycle", place, {"chain": " → ".join(circle[circle.index(name) :])})
    return parent, None


def _build(chain: Chain) -> RulePack:
    headers = tuple(entry.item for entry in chain.headers)
    order = {area.id: place for place, area in enumerate(chain.areas)}
    rules = sorted((entry.item for entry in chain.rules), key=lambda rule: order[rule.area])
    return RulePack(
        header=headers[-1],
        chain=headers,
        areas=chain.areas,
        approximation=chain.approximation,
        units=_items(chain.units),
        instruments=_items(chain.instruments),
        indicators=_items(chain.indicators),
        rates=_items(chain.rates),
        targets=_items(chain.targets),
        rules=tuple(rules),
        withdrawn=chain.withdrawn,
        ledger_definitions=_items(chain.ledger_definitions),
        ledger_columns=_items(chain.ledger_columns),
    )


def _items(entries: Iterable[Entry[Item]]) -> tuple[Item, ...]:
    return tuple(entry.item for entry in entries)
