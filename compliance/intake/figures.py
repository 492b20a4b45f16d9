"""Which submissions does a file of figures hold, be it YAML, JSON or CSV?"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from compliance.intake.csv_figures import parse_csv
from compliance.intake.json_source import parse_json
from compliance.intake.nodes import Node, Sequence
from compliance.intake.own_outputs import recognise_table, recognise_values
from compliance.intake.sources import decode, read_bytes
from compliance.intake.submission_nodes import read_submission
from compliance.intake.suggestions import listed
from compliance.intake.yaml_source import parse_yaml
from compliance.problems import Place, Problem, is_usable

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.intake.values import Notation, Problems
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission

SUFFIXES = (".yaml", ".yml", ".json", ".csv")


def read_figures(
    path: Path, pack: RulePack, *, name: str | None = None
) -> tuple[tuple[Submission, ...], Problems]:
    """The submissions of a file; `name` is what places call it.

    A file with an error in it gives those of its submissions that have none.
    """
    content, problems = read_bytes(path, name=name)
    if content is None:
        return (), problems
    return parse_figures(content, name or path.as_posix(), pack)


def parse_figures(content: bytes, name: str, pack: RulePack) -> tuple[tuple[Submission, ...], Problems]:
    """The submissions in the bytes of a file; the suffix of its name says what it holds."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        values = {"suffix": suffix or name, "known": listed(SUFFIXES)}
        return (), (Problem("intake.source.unknown_suffix", Place(name), values),)
    text, problems = decode(content, name, takes_code_page=suffix == ".csv")
    if text is None:
        return (), problems
    nodes, faults = _parse(text, name, suffix, pack)
    problems += faults
    notation: Notation = "json" if suffix == ".json" else "vietnamese"
    found = [read_submission(node, pack, notation) for node in nodes]
    submissions = tuple(submission for submission, _ in found if submission is not None)
    problems += tuple(problem for _, faults in found for problem in faults)
    return (submissions if is_usable(problems) else ()), problems


def _parse(text: str, name: str, suffix: str, pack: RulePack) -> tuple[tuple[Node, ...], Problems]:
    """The nodes that should be submissions: the whole file, or the items of its list."""
    if suffix == ".csv":
        own = recognise_table(text, name)
        return ((), (own,)) if own else parse_csv(text, name, pack)
    node, problems = parse_json(text, name) if suffix == ".json" else parse_yaml(text, name)
    if node is None:
        return (), problems
    own = recognise_values(node, name)
    if own is not None:
        return (), (*problems, own)
    nodes = node.items if isinstance(node, Sequence) else (node,)
    return nodes, problems if nodes else (Problem("intake.nothing", node.place),)
