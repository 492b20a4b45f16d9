"""Was this file written by the program itself, by which command, and what is to be given instead?

A result, a workbook of findings or a file of answers among the figures is no submission; it is told by what
only such a file has, so that its reader is sent to the right command and not through a list of unknown keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.intake.nodes import Mapping
from compliance.messages import text
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from compliance.intake.grid import Sheet
    from compliance.intake.nodes import Node

_KEYS = {
    "check": ("manifest", "outcomes", "findings"),
    "assessment": ("strengths", "limitations", "tasks"),
    "comparison": ("persisting", "resolved", "unverifiable"),
    "what_if": ("accepted_before", "changed", "moved"),
    "needs": ("needs", "uncounted"),
    "trace": ("law_date", "outcome", "used_by"),
    "pack_diff": ("old", "new", "differences"),
    "reconciliation": ("verdict", "ledgers", "definitions"),
    "proofreading": ("claims", "slips"),
    "bulk": ("packs", "derived", "left_to_the_interpreter"),
    "explanations": ("explanations",),
    "waivers": ("waivers",),
    "pack": ("id", "jurisdiction", "effective_from"),
    "register": ("units",),
}
"""By kind, keys that together no submission has."""
_SHEETS = {
    "findings_workbook": tuple(f"workbook_out.sheet.{name}" for name in ("findings", "outcomes", "manifest")),
    "comparison": tuple(f"compare.sheet.{name}" for name in ("summary", "changes", "rates")),
    "reconciliation": tuple(f"reconcile.sheet.{name}" for name in ("units", "faults", "definitions")),
}
"""By kind, messages that name sheets which only such a workbook has together."""
_SUMMARY_COLUMNS = {"rule", "outcome", "reason_code", "submissions"}
_OF_BULK = ("run.json", "summary.csv", "outcomes.parquet")


def recognise_values(root: Node, file: str) -> Problem | None:
    """The problem of a YAML or JSON file that is none of figures; None where it may be one."""
    if not isinstance(root, Mapping):
        return None
    keys = {name.text for name, _ in root.entries}
    kind = next((kind for kind, own in _KEYS.items() if keys.issuperset(own)), None)
    return _say(kind, root.place, file) if kind else None


def recognise_table(written: str, file: str) -> Problem | None:
    """The problem of a CSV file that `bulk` wrote."""
    columns = written.partition("\n")[0].strip().split(",")
    return _say("bulk", Place(file, 1, 1), file) if _SUMMARY_COLUMNS.issubset(columns) else None


def recognise_sheets(sheets: Sequence[Sheet], file: str) -> Problem | None:
    """The problem of a workbook that the program wrote as a result."""
    titles = {sheet.title for sheet in sheets}
    kind = next((kind for kind, own in _SHEETS.items() if titles.issuperset(map(text, own))), None)
    return _say(kind, Place(file), file) if kind else None


def recognise_folder(folder: Path, children: Collection[Path], name: str) -> Problem | None:
    """The problem of a folder that `bulk` wrote."""
    names = {child.name for child in children}
    return _say("bulk", Place(name), folder.as_posix()) if names.issuperset(_OF_BULK) else None


def _say(kind: str, place: Place, file: str) -> Problem:
    return Problem(f"own_output.{kind}", place, {"file": file})
