"""Which cases has an author written for a rule?

A case is a small submission with the outcome that the rule must give; `docs/cases.md` describes the format.
Its figures stay as they were written until the case is run: they are read as those of any submission.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field, JsonValue

from compliance.intake.nodes import Mapping, Node, Scalar, Sequence
from compliance.intake.pack_items import read_item, wrong_type
from compliance.intake.sources import read_text
from compliance.intake.suggestions import hint
from compliance.intake.yaml_source import parse_yaml
from compliance.model.base import Model, ReadOnly
from compliance.model.submission import Level
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from compliance.intake.pack_files import Folder

FOLDER = "cases"
Expected = Literal["pass", "fail", "no_data", "not_applicable"]
"""What a case can ask for; that an expression cannot be computed is no outcome to ask for."""
Figures = ReadOnly[str, JsonValue]


class CaseForm(Model):
    """The fields of a case (see `docs/cases.md`)."""

    expect: Expected
    level: Level | None = None
    unit: str | None = None
    period: str | None = None
    report_date: str | None = None
    data_window: Figures | None = None
    reported_by: Literal["parent"] | None = None
    figures: Figures = Field(default_factory=dict)
    stated: Figures = Field(default_factory=dict)
    cites: tuple[JsonValue, ...] = ()
    previous: Figures = Field(default_factory=dict)
    same_period_last_year: Figures = Field(default_factory=dict)
    children: Figures = Field(default_factory=dict)
    peers: Figures = Field(default_factory=dict)
    due: tuple[str, ...] = ()
    submitted: tuple[str, ...] = ()
    measured: JsonValue = None
    target: JsonValue = None
    expected: JsonValue = None
    difference: JsonValue = None
    reason: str | None = None
    assumed: tuple[str, ...] | None = None
    commended: bool | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a rule, with the piece of YAML that it was read from."""

    rule: str
    name: str
    form: CaseForm
    node: Mapping
    automatic: bool = False

    @property
    def place(self) -> Place:
        """Where it stands; nowhere for an automatic one."""
        return self.node.place

    def entries(self, key: str) -> tuple[tuple[str, Node], ...]:
        """The names of one of its mappings with what stands under each."""
        below = self.node.get(key)
        return tuple((name.text, node) for name, node in below.entries) if isinstance(below, Mapping) else ()

    def written(self, key: str) -> str:
        """What is written under a key, as it is written; nothing where nothing is."""
        below = self.node.get(key)
        return below.text if isinstance(below, Scalar) and not below.is_null else ""


def read_cases(folder: Folder, rules: Iterable[str]) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """The written cases of a pack, in the order of its files; `rules` are the ids that it knows."""
    known = tuple(rules)
    cases: tuple[Case, ...] = ()
    problems: tuple[Problem, ...] = ()
    for path in sorted((folder.path / FOLDER).glob("*.yaml")):
        label = f"{folder.label}/{FOLDER}/{path.name}"
        if path.stem not in known:
            values = {"name": path.name, "hint": hint(path.stem, known)}
            problems += (Problem("cases.unknown_rule", Place(file=label), values),)
            continue
        found, faults = _read_file(path, label)
        cases += found
        problems += faults
    return cases, problems


def compose_case(rule: str, name: str, fields: MappingOf[str, object]) -> Case:
    """An automatic case, from plain values."""
    return Case(rule, name, CaseForm.model_validate(fields), mapping_of(fields, Place()), automatic=True)


def mapping_of(fields: MappingOf[str, object], place: Place) -> Mapping:
    """Plain values or nodes as if they were written in a file at `place`."""
    return Mapping(
        tuple(
            (Scalar(key, plain=True, place=place), _node_of(value, place)) for key, value in fields.items()
        ),
        place,
    )


def _node_of(value: object, place: Place) -> Node:
    match value:
        case Scalar() | Sequence() | Mapping():
            return value
        case MappingOf():
            return mapping_of(value, place)
        case tuple() | list():
            return Sequence(tuple(_node_of(below, place) for below in value), place)
    return Scalar(str(value), plain=False, place=place)


def _read_file(path: Path, label: str) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    text, problems = read_text(path, name=label)
    root, faults = parse_yaml(text, label) if text is not None else (None, ())
    problems += faults
    if root is None:
        return (), problems
    if not isinstance(root, Mapping):
        return (), (*problems, wrong_type(root, path.name, "mapping"))
    cases: list[Case] = []
    for name, node in root.entries:
        entry, refused = read_item(node, CaseForm, name.text)
        problems += refused
        if entry is not None:
            case = Case(path.stem, name.text, entry.item, entry.node)
            problems += tuple(_find_contradictions(case, name))
            cases.append(case)
    return tuple(cases), problems


def _find_contradictions(case: Case, name: Scalar) -> Iterator[Problem]:
    if not f"{case.name}_".startswith(f"{case.form.expect}_"):
        yield Problem("cases.name_differs", name.place, {"case": case.name, "expect": case.form.expect})
    if case.form.unit is not None and case.form.level is not None:
        yield Problem("cases.unit_and_level", case.place, {"case": case.name})
