"""Which waivers has the inspector written down, and is every one of them complete?

A YAML file: `format: 1` and a list `waivers`. Nothing is left to be guessed: each names its rule, units,
periods, reason and approver, and either the day it expires or why it never does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compliance.intake.limits import STANDARD
from compliance.intake.nodes import Mapping, Scalar, Sequence
from compliance.intake.records import (
    YAML_SUFFIXES,
    Record,
    check_period,
    find_records,
    open_files,
)
from compliance.intake.sources import decode
from compliance.intake.unit_choice import name_unit
from compliance.intake.values import missing_key, refuse_keys
from compliance.intake.yaml_source import parse_yaml
from compliance.model.waivers import WAIVER_MODES, Waiver
from compliance.numerals import Fault, format_date, parse_amount
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal
    from pathlib import Path

    from compliance.intake.limits import Limits
    from compliance.intake.nodes import Node
    from compliance.intake.values import Problems
    from compliance.model.check import InputStamp
    from compliance.model.rulepack import RulePack

WAIVER_SUFFIXES = YAML_SUFFIXES
_KEYS = (
    "id",
    "rule",
    "scope",
    "reason",
    "approver",
    "document",
    "tolerance",
    "approved_on",
    "expires",
    "no_expiry_reason",
    "mode",
)
_OF_TOLERANCE = {
    "numerals.percent": "waivers.tolerance_percent",
    "numerals.negative": "waivers.tolerance_negative",
    "numerals.dot_decimal": "numerals.dot_decimal",
}
"""What is said of a tolerance in place of what is said of a reported figure."""
_OF_FILE = {"intake.yaml.syntax": "waivers.syntax", "intake.nothing": "waivers.nothing"}
"""What is said of the file in place of what is said of a form."""
_SCOPE_KEYS = ("units", "periods", "subject")


def read_waivers(
    paths: Iterable[str | Path], pack: RulePack, *, limits: Limits = STANDARD
) -> tuple[tuple[Waiver, ...], tuple[InputStamp, ...], Problems]:
    """Every sound waiver of the files, a stamp of each file read, and all problems."""
    waivers: dict[str, Waiver] = {}
    files, stamps, found = open_files(paths, WAIVER_SUFFIXES, "waivers", limits)
    problems = list(found)
    for file in files:
        written, faults = decode(file.content, file.name)
        root, doubts = parse_yaml(written, file.name) if written is not None else (None, ())
        records, flaws = find_records(root, "waivers") if root is not None else ((), ())
        problems += (*faults, *map(_of_file, doubts), *flaws)
        for node in records:
            waiver, refusals = _read_waiver(node, pack)
            problems += refusals
            if waiver is not None and waivers.setdefault(waiver.id, waiver) is not waiver:
                values = {"id": waiver.id, "other": str(waivers[waiver.id].place)}
                problems.append(Problem("waivers.duplicate", waiver.place, values))
    return tuple(waivers.values()), stamps, tuple(problems)


def _read_waiver(node: Mapping, pack: RulePack) -> tuple[Waiver | None, Problems]:
    record = Record(node, pack)
    record.refuse_others(_KEYS)
    identity = record.words("id", required=True)
    rule = record.rule("rule")
    units, periods, subject = _read_scope(record)
    reason, approver = record.words("reason", required=True), record.words("approver", required=True)
    document, no_expiry_reason = record.words("document"), record.words("no_expiry_reason")
    tolerance = _read_tolerance(record)
    mode = record.choice("mode", WAIVER_MODES, "note")
    approved_on, expires = record.day("approved_on", required=True), record.day("expires")
    record.problems += _check_expiry(node, identity, no_expiry_reason)
    if expires and approved_on and expires < approved_on:
        values = {"id": identity, "expires": format_date(expires), "approved_on": format_date(approved_on)}
        record.problems.append(Problem("waivers.expires_first", node.place, values))
    if record.problems or approved_on is None:
        return None, tuple(record.problems)
    return Waiver(
        id=identity,
        rule=rule,
        units=units,
        periods=periods,
        subject=subject,
        reason=reason,
        approver=approver,
        document=document,
        tolerance=tolerance,
        approved_on=approved_on,
        expires=expires,
        no_expiry_reason=no_expiry_reason,
        mode="lift" if mode == "lift" else "note",
        place=node.place,
    ), ()


def _check_expiry(node: Mapping, identity: str, no_expiry_reason: str) -> Problems:
    """That it never expires is written out with its reason, and not together with a day."""
    expires = node.get("expires")
    if expires is None:
        return (missing_key(node, "expires"),)
    is_null = isinstance(expires, Scalar) and expires.is_blank
    if is_null and not no_expiry_reason:
        return (Problem("waivers.no_expiry", expires.place, {"id": identity}),)
    if not is_null and no_expiry_reason:
        return (Problem("waivers.both_expiries", expires.place, {"id": identity}),)
    return ()


def _of_file(problem: Problem) -> Problem:
    return replace(problem, code=_OF_FILE.get(problem.code, problem.code))


def _read_tolerance(record: Record) -> Decimal | None:
    written = record.scalar("tolerance")
    if written is None:
        return None
    amount = parse_amount(written.text)
    if isinstance(amount, Fault):
        code = _OF_TOLERANCE.get(amount.code, "waivers.tolerance")
        record.problems.append(Problem(code, written.place, amount.values))
        return None
    return amount


def _read_scope(record: Record) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The units and periods, both named one by one, and the subject if the waiver is about one only."""
    scope = record.node.get("scope")
    if not isinstance(scope, Mapping):
        place = scope.place if scope is not None else record.node.place
        record.problems.append(Problem("waivers.scope", place))
        return (), (), ""
    record.problems += refuse_keys(scope, _SCOPE_KEYS)
    units, periods = _read_names(scope.get("units")), _read_names(scope.get("periods"))
    if not units or not periods:
        record.problems.append(Problem("waivers.scope", scope.place))
    named = [name_unit(record.pack, unit.text, unit.place) for unit in units]
    record.problems += [problem for _, problems in named for problem in problems]
    for period in periods:
        record.problems += check_period(period.text, period.place)
    within = Record(scope, record.pack)
    subject = within.words("subject")
    record.problems += within.problems
    return tuple(dict.fromkeys(unit for unit, _ in named if unit)), _texts(periods), subject


def _read_names(node: Node | None) -> tuple[Scalar, ...]:
    """The names of a list; none where it is no list of names."""
    if not isinstance(node, Sequence) or not all(isinstance(item, Scalar) for item in node.items):
        return ()
    return tuple(item for item in node.items if isinstance(item, Scalar) and not item.is_blank)


def _texts(names: Iterable[Scalar]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.text.strip() for name in names))
