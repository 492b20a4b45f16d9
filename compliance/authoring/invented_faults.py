"""Which faults can be planted in an invented ledger or in the reports of it, and what must then be found?

Each fault is planted alone in a unit that has no other. Those in reports change figures and leave the ledger
right. Those in the ledger are records that cannot be, chosen so that a count by the default definitions stays
the same: what must be found is the record.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, get_args

from compliance.authoring.invented_draws import Draws
from compliance.authoring.invented_ledger import Amendment, LedgerRow, first_row
from compliance.authoring.invented_submissions import state_rate
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from compliance.authoring.invented_plan import Entry, LedgerPlan, Standing, UnitPlan
    from compliance.authoring.invented_submissions import Report

ReportFault = Literal[
    "late_as_in_time",
    "digits_swapped",
    "neighbour_copied",
    "carried_over_left_out",
    "rate_on_received",
]
"""In a report: a late dossier counted in time; two digits of a total swapped; the figure of the unit below
copied; dossiers carried over not reported; the on-time rate worked out on dossiers received."""
RecordFault = Literal[
    "repeated_in_unit",
    "resolved_before_received",
    "due_before_received",
    "unknown_unit",
    "out_of_period",
]
"""In the ledger, by the names that a pack's definitions give to records that cannot be."""
FaultName = ReportFault | RecordFault
REPORT_FAULTS: tuple[ReportFault, ...] = get_args(ReportFault)
RECORD_FAULTS: tuple[RecordFault, ...] = get_args(RecordFault)
FAULTS: tuple[FaultName, ...] = (*REPORT_FAULTS, *RECORD_FAULTS)

_IN_TIME, _RECEIVED, _RESOLVED = "dossiers.in_time", "dossiers.received_total", "dossiers.resolved"
_ENTRIES: tuple[Entry, ...] = ("online", "direct")
_NO_UNIT = "don-vi-khong-ro"


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault that was planted: what a comparison of ledger and reports must say."""

    fault: FaultName
    unit: str
    figures: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """By indicator what is reported, and what the ledger gives."""
    stated: tuple[str, str] | None = None
    """The on-time rate as reported, and as it is."""
    dossier: str = ""
    """The record that cannot be."""


@dataclass(slots=True)
class _Ground:
    """What faults are planted in."""

    database: Any
    plan: LedgerPlan
    reports: dict[str, Report]
    replaced: list[LedgerRow] = field(default_factory=list)
    added: list[LedgerRow] = field(default_factory=list)

    def row(self, unit: UnitPlan, standing: Standing) -> LedgerRow | None:
        """A record of that standing, received in the period."""
        cells = (cell for cell in unit.cells if cell.standing == standing and cell.entry in _ENTRIES)
        cell = next(cells, None)
        return None if cell is None else first_row(self.database, self.plan, unit, cell)


def plant_faults(
    names: Sequence[FaultName], database: Any, plan: LedgerPlan, reports: Sequence[Report]
) -> tuple[tuple[Report, ...], Amendment, tuple[Planted, ...], tuple[Problem, ...]]:
    """Plant each fault once: the reports, the ledger's changes, what was planted, and what had no place."""
    ground = _Ground(database, plan, {report.unit.id: report for report in reports})
    planted: list[Planted] = []
    problems: list[Problem] = []
    for name in names:
        used = {item.unit for item in planted}
        tried = (_plant(ground, name, unit) for unit in _candidates(plan, name, used))
        found = next((item for item in tried if item is not None), None)
        if found is None:
            problems.append(Problem("invent.no_place", values={"fault": name}))
        else:
            planted.append(found)
    amendment = Amendment(tuple(ground.replaced), tuple(ground.added))
    return tuple(ground.reports.values()), amendment, tuple(planted), tuple(problems)


def _candidates(plan: LedgerPlan, name: FaultName, used: set[str]) -> Iterator[UnitPlan]:
    """The units without a fault, from a drawn one on."""
    start = Draws(plan.seed).between(name, 0, 0, len(plan.units) - 1)
    yield from (unit for unit in (*plan.units[start:], *plan.units[:start]) if unit.unit not in used)


def _plant(ground: _Ground, name: FaultName, unit: UnitPlan) -> Planted | None:
    """Plant a fault in a unit, where it can have it."""
    if name in _IN_RECORDS:
        dossier = _IN_RECORDS[name].plant(ground, unit)
        return None if dossier is None else Planted(name, unit.unit, dossier=dossier)
    report = ground.reports[unit.unit]
    if name == "rate_on_received":
        return _state_on_received(ground, report)
    changed = _IN_REPORTS[name](ground, report)
    if not changed or not changed.keys() <= report.figures.keys():
        return None
    figures = {**report.figures, **changed}
    ground.reports[unit.unit] = replace(report, figures=figures, stated=_restate(report, figures))
    return Planted(name, unit.unit, {key: (value, report.figures[key]) for key, value in changed.items()})


def _restate(report: Report, figures: Mapping[str, int]) -> dict[str, str]:
    """The rates as the unit would work them out on its own figures."""
    numerators = {_IN_TIME: "dossiers.resolved_in_time", "dossiers.late": "dossiers.resolved_late"}
    return {rate: state_rate(figures[numerators[rate]], figures[_RESOLVED]) for rate in report.stated}


def _count_late_in_time(_: _Ground, report: Report) -> dict[str, int]:
    figures = report.figures
    if not figures.get("dossiers.resolved_late"):
        return {}
    moved = {"dossiers.resolved_late": -1, "dossiers.resolved_on_day": 1, "dossiers.resolved_in_time": 1}
    return {name: figures[name] + change for name, change in moved.items()}


def _swap_digits(_: _Ground, report: Report) -> dict[str, int]:
    """The last two neighbouring digits that differ; the first digit stays one."""
    digits = str(report.figures[_RECEIVED])
    for place in range(len(digits) - 2, -1, -1):
        swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        if swapped != digits and swapped[0] != "0":
            return {_RECEIVED: int(swapped)}
    return {}


def _copy_neighbour(ground: _Ground, report: Report) -> dict[str, int]:
    """The figure of the unit that stands next in the register."""
    column = "dossiers.received_direct"
    units = list(ground.reports)
    neighbour = ground.reports[units[(units.index(report.unit.id) + 1) % len(units)]]
    copied = neighbour.figures[column]
    return {} if copied == report.figures[column] else {column: copied}


def _leave_out_carried(_: _Ground, report: Report) -> dict[str, int]:
    carried = report.figures["dossiers.carried_over"]
    if not carried:
        return {}
    return {"dossiers.carried_over": 0, _RECEIVED: report.figures[_RECEIVED] - carried}


def _state_on_received(ground: _Ground, report: Report) -> Planted | None:
    figures, right = report.figures, report.stated.get(_IN_TIME)
    wrong = state_rate(figures["dossiers.resolved_in_time"], figures[_RECEIVED] or 1)
    if right is None or wrong == right:
        return None
    ground.reports[report.unit.id] = replace(report, stated={**report.stated, _IN_TIME: wrong})
    return Planted("rate_on_received", report.unit.id, stated=(wrong, right))


_IN_REPORTS: Mapping[FaultName, Callable[[_Ground, Report], dict[str, int]]] = {
    "late_as_in_time": _count_late_in_time,
    "digits_swapped": _swap_digits,
    "neighbour_copied": _copy_neighbour,
    "carried_over_left_out": _leave_out_carried,
}


@dataclass(frozen=True, slots=True)
class _RecordFault:
    """A record of one standing, and what becomes of it."""

    standing: Standing
    change: Callable[[LedgerRow, LedgerPlan], LedgerRow]
    is_added: bool
    """The changed record stands beside the one it was made from, not in its place."""

    def plant(self, ground: _Ground, unit: UnitPlan) -> str | None:
        """Change a record of a unit; its dossier, or None where the unit has none of that standing."""
        row = ground.row(unit, self.standing)
        if row is None:
            return None
        changed = self.change(row, ground.plan)
        if self.is_added:
            ground.added.append(replace(changed, key=ground.plan.records + len(ground.added)))
        else:
            ground.replaced.append(changed)
        return changed.dossier


def _repeat(row: LedgerRow, _: LedgerPlan) -> LedgerRow:
    return row


def _resolve_too_soon(row: LedgerRow, _: LedgerPlan) -> LedgerRow:
    """A dossier resolved early stays so when its day of resolution is moved before its reception."""
    return replace(row, resolved=row.received - timedelta(days=3))


def _promise_too_soon(row: LedgerRow, _: LedgerPlan) -> LedgerRow:
    """A late dossier stays late when it is due yet earlier."""
    return replace(row, due=row.received - timedelta(days=2))


def _misname_unit(row: LedgerRow, _: LedgerPlan) -> LedgerRow:
    unit = f"{row.unit.rpartition('/')[0]}/{_NO_UNIT}"
    return replace(row, dossier=f"{row.dossier}-K", unit=unit)


def _receive_too_late(row: LedgerRow, plan: LedgerPlan) -> LedgerRow:
    day = plan.period.end + timedelta(days=10)
    return replace(row, dossier=f"{row.dossier}-S", received=day, due=day + timedelta(days=15))


_IN_RECORDS: Mapping[FaultName, _RecordFault] = {
    "repeated_in_unit": _RecordFault("early", _repeat, is_added=True),
    "resolved_before_received": _RecordFault("early", _resolve_too_soon, is_added=False),
    "due_before_received": _RecordFault("late", _promise_too_soon, is_added=False),
    "unknown_unit": _RecordFault("early", _misname_unit, is_added=True),
    "out_of_period": _RecordFault("pending_in_time", _receive_too_late, is_added=True),
}
