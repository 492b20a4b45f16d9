"""Do the packs say what is right, beyond what can be read?

What makes a pack unreadable is told when it is read. The rest is told here, each check a small function from
a pack to problems: see `lint_usage`, `lint_law`, `lint_rules`. A pack is looked at together with those beside
it, since a national indicator may be read by the rule of a district.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.authoring.case_files import FOLDER, read_cases
from compliance.authoring.lint_law import (
    check_basis,
    check_dates,
    check_in_force,
    check_not_loosened,
    check_targets_agree,
)
from compliance.authoring.lint_rules import check_changelog, check_levels, check_reuse, check_tasks
from compliance.authoring.lint_usage import find_unused, gather_usage
from compliance.engine.expressions import compile_pack
from compliance.engine.generate import generate_rules
from compliance.intake.pack_files import HEADER, REGISTER, Folder
from compliance.intake.packs import available_packs, find_pack, read_pack
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from compliance.engine.expressions import CompiledPack
    from compliance.model.rulepack import RulePack

CHECKS: tuple[Callable[[RulePack], Iterator[Problem]], ...] = (
    check_basis,
    check_in_force,
    check_targets_agree,
    check_dates,
    check_tasks,
    check_levels,
    check_reuse,
)
"""The checks that need nothing but the pack."""


@dataclass(frozen=True, slots=True)
class _Member:
    """A pack with its folder, compiled."""

    folder: Folder
    compiled: CompiledPack

    @property
    def pack(self) -> RulePack:
        return self.compiled.pack


def lint_contents(packs: Iterable[str | Path]) -> tuple[Problem, ...]:
    """Every fault of the packs and of their case files, in the order of their places."""
    folders = [find_pack(name) for name in packs]
    problems: list[Problem] = []
    members: list[_Member] = []
    for folder in folders:
        member, faults = _open(folder)
        problems += faults
        members += [member] if member is not None else []
    families = {root: _family(root) for root in dict.fromkeys(folder.path.parent for folder in folders)}
    for member in members:
        problems += _lint(member, families[member.folder.path.parent])
    known = {(problem.place, problem.code, problem.what): problem for problem in problems}
    return tuple(known[key] for key in sorted(known))


def _open(folder: Folder) -> tuple[_Member | None, tuple[Problem, ...]]:
    pack, problems = read_pack(folder)
    if pack is None:
        return None, problems
    compiled, faults = compile_pack(generate_rules(pack))
    return (_Member(folder, compiled) if compiled is not None else None), problems + faults


def _family(root: Path) -> tuple[_Member, ...]:
    """The usable packs of a folder."""
    opened = (_open(Folder(root / name, name))[0] for name in available_packs(root))
    return tuple(member for member in opened if member is not None)


def _lint(member: _Member, family: tuple[_Member, ...]) -> Iterator[Problem]:
    pack = member.pack
    for check in CHECKS:
        yield from check(pack)
    usage = gather_usage(other.compiled for other in (*family, member))
    yield from (problem for problem in find_unused(pack, usage) if _stands_in(member.folder, problem.place))
    yield from check_changelog(pack, f"{member.folder.label}/{HEADER}")
    above = next((other.pack for other in family if other.pack.header.id == pack.header.extends), None)
    if above is not None:
        yield from check_not_loosened(pack, above)
    yield from _check_cases(member)


def _stands_in(folder: Folder, place: Place) -> bool:
    """Whether a place is in the pack's own files or in the register beside them."""
    return place.file.rpartition("/")[0] == folder.label or place.file == folder.beside(REGISTER).label


def _check_cases(member: _Member) -> Iterator[Problem]:
    """Case files that cannot be read, and written rules of the pack's own without one."""
    cases, problems = read_cases(member.folder, member.pack.rule)
    yield from problems
    tried = {case.rule for case in cases}
    for rule in member.pack.rules:
        if rule.pack == member.pack.header.id and not rule.generated and not tried & {rule.id, *rule.aliases}:
            file = f"{member.folder.label}/{FOLDER}/{rule.id}.yaml"
            yield Problem("cases.no_file", Place(file=file), {"rule": rule.id})
