"""How does a ledger run through an engine, from its files to the counts, the late dossiers and the faults?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from compliance.engine.columnar_failures import library_errors
from compliance.engine.dossier_counting import Judge, tally
from compliance.engine.dossier_files import unreadable
from compliance.engine.dossier_scan import MOST_GROUPS, Ledger, TooManyGroupsError, find_repeats
from compliance.engine.dossier_situations import UNREADABLE, WRITTEN, Calendar, Situation
from compliance.engine.ledger_coverage import Coverage
from compliance.engine.reconcile import Comparison, CutOffs
from compliance.model.ledger_definitions import FAULTS
from compliance.model.reconciliation import FaultyRecord, LateDossier, LedgerFault
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from compliance.engine.columnar_engines import Engine
    from compliance.engine.dossier_counting import Choices, Key, Tallies, Words
    from compliance.engine.dossier_ledger import Frame
    from compliance.engine.dossier_scan import Repeats, Row
    from compliance.engine.runs import Run
    from compliance.model.ledger_definitions import FaultId
    from compliance.model.reconciliation import ReconciledUnit, UnrecordedUnit

Problems = tuple[Problem, ...]
_LATE = ("resolved_late", "pending_overdue")
_MOST_GATHERED = 5_000_000
"""Records to be listed from that are put aside; beyond it each list reads the ledger again."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a ledger came to."""

    units: tuple[ReconciledUnit, ...]
    unrecorded: tuple[UnrecordedUnit, ...]
    records: int
    before_period: int
    late_resolved: int
    late_pending: int
    late: tuple[LateDossier, ...]
    faults: tuple[LedgerFault, ...]


def count_ledger(
    engine: Engine,
    frames: Sequence[Any],
    run: Run,
    words: Words,
    *,
    listed: int,
    progress: Callable[[str], None],
    covers: Collection[str] = (),
) -> tuple[Counted | None, Problems]:
    """Count the ledger by the definitions of the run's pack and hold it against the run's figures.

    `covers` are units whose dossiers are all in the ledger, even where it has no record of them.
    """
    choices: Choices = {item.id: item.choice for item in run.pack.ledger_definitions}
    cut_offs = CutOffs(run, choices["cut_off"])
    calendar = Calendar.of(run.ledger.period, cut_offs.all())
    if calendar.days[0] < calendar.start:
        values = {"day": calendar.days[0].isoformat(), "period": run.ledger.period.label}
        return None, (Problem("reconcile.window_before_period", values=values),)
    try:
        ledger = Ledger.open(engine, engine.union(frames), calendar)
        counting = _Counting(ledger, Judge(calendar, choices, words), cut_offs, listed, frozenset(covers))
        return counting.run(progress)
    except TooManyGroupsError:
        return None, (Problem("reconcile.too_many_words", values={"limit": MOST_GROUPS}),)
    except library_errors() as refusal:
        return None, (unreadable("", refusal),)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The keys whose records are listed, by the column or the fault that they are listed for."""

    late: Mapping[str, list[Key]]
    faults: Mapping[FaultId, list[Key]]


@dataclass(frozen=True, slots=True)
class _Counting:
    ledger: Ledger
    judge: Judge
    cut_offs: CutOffs
    listed: int
    covers: frozenset[str]

    def run(self, progress: Callable[[str], None]) -> tuple[Counted | None, Problems]:
        """Count, look for repeated dossiers, compare, list."""
        progress("counting")
        groups = self.ledger.count()
        if not groups:
            return None, (Problem("reconcile.empty"),)
        names = {key[0]: self.judge.words.find_unit(key[0]) or key[0] for key in groups}
        progress("repeats")
        repeats = find_repeats(self.ledger, names, most=self.listed)
        counts = groups if repeats is None else self._once(groups, repeats)
        tallies = _with_repeats(tally(counts, self.judge), groups, repeats, self.judge)
        progress("listing")
        place = {unit: self._place(unit) for unit in map(self.judge.words.find_unit, names) if unit}
        wanted = self._choose(groups, counts, place)
        gathered = self._gather(wanted, groups)
        coverage = self._coverage(tallies)
        units = Comparison(self.cut_offs.run, tallies, self.judge.calendar, self.cut_offs, coverage).units()
        return Counted(
            units=units,
            unrecorded=coverage.name_unrecorded(unit.unit for unit in units),
            records=sum(groups.values()),
            before_period=tallies.before_period,
            late_resolved=sum(tallies.columns[item]["resolved_late"] for item in place.items()),
            late_pending=sum(tallies.columns[item]["pending_overdue"] for item in place.items()),
            late=tuple(
                dossier
                for column in _LATE
                for dossier in self._late(wanted.late[column], repeats, column, gathered)
            ),
            faults=tuple(self._faults(wanted.faults, repeats, tallies, gathered)),
        ), ()

    def _choose(
        self, groups: Mapping[Key, int], counts: Mapping[Key, int], place: Mapping[str, int]
    ) -> _Wanted:
        """The keys to be listed, in one pass over all; without a due day there are no days to list."""
        wanted = _Wanted({column: [] for column in _LATE}, {fault: [] for fault in FAULTS})
        for key in groups:
            judged = self.judge.judge(key)
            for fault in judged.faults:
                wanted.faults[fault].append(key)
            columns = judged.columns[place[judged.unit]] if judged.unit is not None and key in counts else ()
            for column in _LATE:
                if column in columns and Situation.decode(key[3], self.judge.calendar).due > 0:
                    wanted.late[column].append(key)
        return wanted

    def _gather(self, wanted: _Wanted, groups: Mapping[Key, int]) -> Frame:
        """The records to be listed from, put aside so that the ledger is read once for all lists.

        Where they are very many, the ledger itself.
        """
        keys = {key for chosen in (*wanted.late.values(), *wanted.faults.values()) for key in chosen}
        if not keys or sum(groups[key] for key in keys) > _MOST_GATHERED:
            return self.ledger.rows
        return self.ledger.gather(keys)

    def _once(self, groups: Mapping[Key, int], repeats: Repeats) -> Mapping[Key, int]:
        """The counts with every dossier of a unit once, where the definitions say so."""
        if self.judge.choices["repeated_in_unit"] != "once":
            return groups
        counts = Counter(groups)
        counts.subtract(repeats.groups)
        counts.update(repeats.once)
        return +counts

    def _coverage(self, tallies: Tallies) -> Coverage:
        run = self.cut_offs.run
        is_whole = self.judge.choices["unit_without_records"] == "zero"
        return Coverage(run, tallies.records, frozenset(run.register.units) if is_whole else self.covers)

    def _place(self, unit: str) -> int:
        return self.judge.calendar.days.index(self.cut_offs.of(unit))

    def _late(
        self, keys: Sequence[Key], repeats: Repeats | None, column: str, gathered: Frame
    ) -> Iterable[LateDossier]:
        """The dossiers of one late column, the longest first."""
        once = repeats is not None and self.judge.choices["repeated_in_unit"] == "once"
        rows = self.ledger.list_rows(
            keys,
            most=self.listed,
            order="resolved" if column == "resolved_late" else "due",
            rows=repeats.keep_once(gathered) if repeats is not None and once else gathered,
        )
        for row in rows:
            unit = self.judge.words.find_unit(row["unit"]) or ""
            is_pending = column == "pending_overdue"
            until = self.cut_offs.of(unit) if is_pending else row["resolved"]
            yield LateDossier(
                unit=unit,
                dossier=row["dossier"] or "",
                field=row["field"] or "",
                procedure=row["procedure"] or "",
                received=row["received"],
                due=row["due"],
                resolved=None if is_pending else row["resolved"],
                days=(until - row["due"]).days,
            )

    def _faults(
        self,
        keys: Mapping[FaultId, Sequence[Key]],
        repeats: Repeats | None,
        tallies: Tallies,
        gathered: Frame,
    ) -> Iterable[LedgerFault]:
        counts = sum(tallies.faults.values(), Counter[str]())
        for fault in FAULTS:
            if not counts[fault]:
                continue
            if repeats is not None and fault in {"repeated_in_unit", "repeated_across_units"}:
                rows = repeats.in_unit_rows if fault == "repeated_in_unit" else repeats.across_rows
                records = [_repeated(fault, row) for row in rows]
            else:
                rows = self.ledger.list_rows(keys[fault], most=self.listed, rows=gathered)
                records = [_faulty(fault, row) for row in rows]
            yield LedgerFault(fault=fault, count=counts[fault], records=tuple(records))


def _with_repeats(
    tallies: Tallies, groups: Mapping[Key, int], repeats: Repeats | None, judge: Judge
) -> Tallies:
    """The tallies with every record of the ledger, and with the repeated dossiers among the faults."""
    records: Counter[str] = Counter()
    for key, count in groups.items():
        records[judge.words.find_unit(key[0]) or ""] += count
    faults = {unit: Counter(counts) for unit, counts in tallies.faults.items()}
    if repeats is not None:
        named: dict[FaultId, Mapping[str, int]] = {
            "repeated_in_unit": repeats.in_unit,
            "repeated_across_units": repeats.across,
        }
        for fault, counts in named.items():
            for written, count in counts.items():
                unit = judge.words.find_unit(written) or ""
                faults.setdefault(unit, Counter())[fault] += count
    return replace(tallies, records=records, faults=faults)


def _faulty(fault: FaultId, row: Row) -> FaultyRecord:
    return FaultyRecord(
        fault=fault,
        unit=row["unit"],
        dossier=row["dossier"] or "",
        received=row["received"],
        due=row["due"],
        resolved=row["resolved"],
        channel=row["channel"],
        result=row["result"],
        unreadable={
            name: row[f"{name}{WRITTEN}"]
            for name in UNREADABLE
            if row[name] is None and (row[f"{name}{WRITTEN}"] or "").strip()
        },
    )


def _repeated(fault: FaultId, row: Row) -> FaultyRecord:
    return FaultyRecord(
        fault=fault,
        unit=row["known"],
        dossier=row["dossier"],
        received=None,
        due=None,
        resolved=None,
        channel="",
        result="",
        times=row["times"],
    )
