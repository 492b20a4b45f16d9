"""What have the units written about their findings, in the findings workbook or in a file of their own?

Both give the same explanations, by the stable id of the finding. Two different ones for one finding are an
error, since nobody could say which one is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.intake.explanation_rows import read_explanation_rows
from compliance.intake.limits import STANDARD
from compliance.intake.records import (
    YAML_SUFFIXES,
    Record,
    check_period,
    find_records,
    find_rule,
    open_files,
)
from compliance.intake.sheet_figures import WORKBOOK_SUFFIXES
from compliance.intake.sources import decode
from compliance.intake.unit_choice import name_unit
from compliance.intake.workbook import read_sheets
from compliance.intake.yaml_source import parse_yaml
from compliance.messages import text
from compliance.model.explanations import EXPLANATION_STATUSES, Explanation
from compliance.problems import Place, Problem, is_usable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from compliance.intake.limits import Limits
    from compliance.intake.records import Opened
    from compliance.intake.values import Problems
    from compliance.model.check import InputStamp
    from compliance.model.rulepack import RulePack

EXPLANATION_SUFFIXES = (*WORKBOOK_SUFFIXES, *YAML_SUFFIXES)
_KEYS = ("finding", "text", "status", "by", "on")
_PARTS_OF_AN_ID = 3


def read_explanations(
    paths: Iterable[str | Path], pack: RulePack, *, limits: Limits = STANDARD
) -> tuple[tuple[Explanation, ...], tuple[InputStamp, ...], Problems]:
    """Every explanation of the files, each finding once, a stamp of each file read, and all problems."""
    explanations: dict[str, Explanation] = {}
    files, stamps, found = open_files(paths, EXPLANATION_SUFFIXES, "explanations", limits)
    problems = list(found)
    for file in files:
        records, faults = _read_file(file, pack, limits)
        problems += faults
        for record in records:
            explanation, refusals = _read_explanation(record)
            problems += refusals
            if explanation is not None:
                first = explanations.setdefault(explanation.finding, explanation)
                problems += _compare(first, explanation)
    return tuple(explanations.values()), stamps, tuple(problems)


def _read_file(file: Opened, pack: RulePack, limits: Limits) -> tuple[tuple[Record, ...], Problems]:
    if file.suffix in WORKBOOK_SUFFIXES:
        sheets, problems = read_sheets(file.content, file.name, limits)
        nodes, faults = read_explanation_rows(sheets, file.name) if sheets is not None else ((), ())
    else:
        written, problems = decode(file.content, file.name)
        root, doubts = parse_yaml(written, file.name) if written is not None else (None, ())
        problems += doubts
        nodes, faults = find_records(root, "explanations") if root is not None else ((), ())
    return tuple(Record(node, pack) for node in nodes), (*problems, *faults)


def _read_explanation(record: Record) -> tuple[Explanation | None, Problems]:
    record.refuse_others(_KEYS)
    finding = _read_finding(record)
    words = record.words("text")
    status = record.choice("status", EXPLANATION_STATUSES, "explained")
    by, on = record.words("by"), record.day("on")
    if not is_usable(tuple(record.problems)):
        return None, tuple(record.problems)
    known = next(one for one in EXPLANATION_STATUSES if one == status)
    explanation = Explanation(
        finding=finding, text=words, status=known, by=by, on=on, place=record.node.place
    )
    if known == "explained" and not words:
        label = text(f"explanation.status.{known}")
        values = {"finding": finding, "status": label}
        record.problems.append(Problem("explanations.no_text", record.node.place, values, weight="warning"))
    return explanation, tuple(record.problems)


def _read_finding(record: Record) -> str:
    """The id of the finding, its rule under the name it has today, its unit by the whole id."""
    written = record.scalar("finding", required=True)
    if written is None:
        return ""
    head, mark, subject = written.text.strip().partition("#")
    parts = head.split("@")
    if len(parts) != _PARTS_OF_AN_ID or not all(parts):
        values = {"written": written.text.strip()}
        record.problems.append(Problem("explanations.bad_id", written.place, values))
        return ""
    rule, faults = find_rule(parts[0], written.place, record.pack)
    record.problems += faults
    unit, unknown = name_unit(record.pack, parts[1], written.place)
    record.problems += unknown
    record.problems += check_period(parts[2], written.place)
    return f"{rule}@{unit}@{parts[2]}{mark}{subject}"


def _compare(first: Explanation, second: Explanation) -> Problems:
    """The problem of two explanations that say different things about one finding."""
    if first.model_copy(update={"place": Place()}) == second.model_copy(update={"place": Place()}):
        return ()
    values = {"finding": second.finding, "other": str(first.place)}
    return (Problem("explanations.twice", second.place, values),)
