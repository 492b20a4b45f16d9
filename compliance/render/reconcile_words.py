"""In which words is a ledger held against the reports told: its verdict, its rows, its definitions?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.submission import Period
from compliance.numerals import format_count, format_date, format_difference, format_percent, round_half_up
from compliance.render.staleness import say_reasons

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from compliance.model.ledger_definitions import LedgerDefinition
    from compliance.model.reconciliation import (
        FaultyRecord,
        LateDossier,
        LedgerFault,
        ReconciledColumn,
        ReconciledRate,
        ReconciledUnit,
        Reconciliation,
    )

_RATE_DECIMALS = 4


def show_day(day: date | None) -> str:
    """A date as it is written; nothing for none."""
    return format_date(day) if day is not None else ""


def show_count(number: int | None) -> str:
    """A count; nothing for none."""
    return format_count(number) if number is not None else ""


def show_difference(number: int | None) -> str:
    """A difference with its sign; nothing for none."""
    return format_difference(number) if number is not None else ""


@dataclass(frozen=True, slots=True)
class Reader:
    """A result in a reader's words: each row of each table, and the sentences beside them."""

    result: Reconciliation

    @property
    def title(self) -> str:
        """The title, with the period in words."""
        return text("reconcile.title", period=Period.parse(self.result.period).label)

    @property
    def headline(self) -> str:
        """The verdict, and how much differs."""
        units = self.result.units
        columns = [(unit.unit, one) for unit in units for one in unit.columns if one.verdict == "differ"]
        return text(
            f"reconcile.headline.{self.result.verdict}",
            units=len(units),
            records=format_count(self.result.records),
            different=format_count(len(columns)),
            differing=len({unit for unit, _ in columns}),
            rates=sum(rate.verdict == "differ" for unit in units for rate in unit.rates),
            faults=format_count(sum(fault.count for fault in self.result.faults)),
        )

    @property
    def staleness(self) -> tuple[str, ...]:
        """That the pack is not one in force, where it is not."""
        return say_reasons(self.result.stale_because)

    def name(self, unit: str) -> str:
        """The label of a unit; an unknown one as the ledger writes it."""
        known = self.result.pack.unit.get(unit)
        return known.label if known is not None else unit

    def label(self, indicator: str) -> str:
        """The label of a column."""
        return self.result.pack.indicator[indicator].label

    def number(self, indicator: str) -> str:
        """The number of a column in the form; nothing where it has none."""
        return self.result.pack.indicator[indicator].column

    def definition(self, name: str) -> LedgerDefinition:
        """The definition of that id."""
        return next(item for item in self.result.definitions if item.id == name)

    def unit(self, unit: ReconciledUnit) -> tuple[str, ...]:
        """One unit: its cut-off, records, verdict, late dossiers and records that cannot be."""
        counts = {column.indicator: column.expected for column in unit.columns}
        return (
            self.name(unit.unit),
            self.cut_off(unit),
            format_count(unit.records),
            self.verdict(unit),
            show_count(counts.get("dossiers.resolved_late")),
            show_count(counts.get("dossiers.pending_overdue")),
            format_count(sum(unit.faults.values())),
        )

    def cut_off(self, unit: ReconciledUnit) -> str:
        """The last day counted."""
        return show_day(unit.cut_off) or text("reconcile.several_cut_offs")

    def verdict(self, unit: ReconciledUnit) -> str:
        """Whether a unit agrees, or how much differs."""
        columns = sum(column.verdict == "differ" for column in unit.columns)
        rates = sum(rate.verdict == "differ" for rate in unit.rates)
        said = [text("reconcile.differing_columns", count=columns)] if columns else []
        said += [text("reconcile.differing_rates", count=rates)] if rates else []
        return ", ".join(said) or text(f"reconcile.verdict.{unit.verdict}")

    def remarks(self) -> Iterator[str]:
        """What stands beside the counts of the widest units: later records, or without a due day."""
        if self.result.before_period:
            yield text("reconcile.before_period", count=format_count(self.result.before_period))
        known = {unit.unit for unit in self.result.units}
        for unit in self.result.units:
            if self.result.pack.unit[unit.unit].parent in known:
                continue
            words = {"unit": self.name(unit.unit), "day": self.cut_off(unit)}
            if unit.after_cut_off:
                yield text("reconcile.after_cut_off", count=format_count(unit.after_cut_off), **words)
            if unit.resolved_without_due or unit.pending_without_due:
                yield text(
                    "reconcile.without_due",
                    resolved=format_count(unit.resolved_without_due),
                    pending=format_count(unit.pending_without_due),
                    **words,
                )

    def column(self, unit: ReconciledUnit, column: ReconciledColumn) -> tuple[str, ...]:
        """One column: its number and label, counted, reported, difference, note."""
        derived = text("reconcile.derived", formula=column.derived_from) if column.derived_from else ""
        if derived and unit.added_up:
            derived = text("reconcile.added_up")
        return (
            self.number(column.indicator),
            self.label(column.indicator),
            show_count(column.expected),
            show_count(column.reported),
            show_difference(column.difference),
            derived or column.reason,
        )

    def rate(self, rate: ReconciledRate) -> tuple[str, ...]:
        """One rate: its label, the exact one with its fraction, the stated one, the verdict."""
        verdict = text(f"reconcile.verdict.{rate.verdict}")
        if rate.exact is None:
            exact = text("reconcile.no_rate")
        else:
            exact = text(
                "reconcile.rate_sum",
                numerator=format_count(rate.numerator),
                denominator=format_count(rate.denominator),
                sign="=" if round_half_up(rate.exact, _RATE_DECIMALS) == rate.exact else "≈",
                share=format_percent(rate.exact, _RATE_DECIMALS),
            )
        return (
            self.result.pack.rate[rate.rate].label,
            exact,
            rate.stated or "",
            f"{verdict} ({text('reconcile.truncated')})" if rate.truncated else verdict,
        )

    def cell(self, column: ReconciledColumn) -> str:
        """One count in the table of all columns; with what was reported where that is another."""
        if column.expected is None or column.verdict == "agree":
            return show_count(column.expected) or "–"
        if column.reported is None:
            return text("reconcile.not_reported", expected=format_count(column.expected))
        return text(
            "reconcile.cell_differs",
            expected=format_count(column.expected),
            reported=format_count(column.reported),
            difference=show_difference(column.difference),
        )

    def missing(self) -> Iterator[str]:
        """The columns without anything to compare, by unit, with the reasons."""
        for unit in self.result.units:
            reasons = [column.reason for column in unit.columns if column.verdict == "no_data"]
            is_whole = len(reasons) == len(unit.columns) and len(set(reasons)) == 1
            if reasons:
                words = {"unit": self.name(unit.unit), "reasons": "; ".join(dict.fromkeys(reasons))}
                yield text("reconcile.missing_whole" if is_whole else "reconcile.missing", **words)

    def fault(self, fault: LedgerFault) -> tuple[str, ...]:
        """One kind: its label, how many, and how they are counted."""
        definition = self.definition(fault.fault)
        mark = f" ({text('reconcile.assumption', reason=definition.reason)})" if definition.assumption else ""
        return (definition.label, format_count(fault.count), f"{definition.wording}{mark}")

    def record(self, record: FaultyRecord) -> tuple[str, ...]:
        """One record as the ledger writes it."""
        return (
            self.name(record.unit),
            record.dossier,
            show_day(record.received) or record.unreadable.get("received", ""),
            show_day(record.due) or record.unreadable.get("due", ""),
            show_day(record.resolved) or record.unreadable.get("resolved", ""),
            self._meaning("channel", record.channel),
            self._meaning("result", record.result),
            format_count(record.times),
        )

    def _meaning(self, column: str, written: str) -> str:
        """A word of the program's own in the pack's first word for it; any other as the ledger writes it."""
        columns = (item for item in self.result.pack.ledger_columns if item.id == column)
        return next((item.values[written][0] for item in columns if item.values.get(written)), written)

    def dossier(self, dossier: LateDossier) -> tuple[str, ...]:
        """One late dossier with its days."""
        return (
            self.name(dossier.unit),
            dossier.dossier,
            dossier.field,
            dossier.procedure,
            show_day(dossier.due),
            show_day(dossier.resolved),
            text(f"reconcile.state.{'pending' if dossier.resolved is None else 'resolved'}"),
            format_count(dossier.days),
        )

    @property
    def late_lead(self) -> str:
        """How many are late, and how days are counted."""
        return text(
            "reconcile.late_lead",
            resolved=format_count(self.result.late_resolved),
            pending=format_count(self.result.late_pending),
        )

    @property
    def definitions_lead(self) -> str:
        """Which packs define how to count."""
        packs = ", ".join(f"{pack.id} {pack.version}" for pack in self.result.packs)
        return text("reconcile.definitions_lead", packs=packs)

    def short_definitions(self) -> Iterator[str]:
        """The same, without reasons and provisions."""
        for item in self.result.definitions:
            wording = item.wording.rstrip(".")
            if item.citation is None:
                said = text("reconcile.assumed", wording=wording)
            else:
                instrument = self.result.pack.instrument[item.citation.instrument].name
                said = text("reconcile.resting", wording=wording, instrument=instrument)
            yield f"{item.label}: {said}."

    def basis(self, definition: LedgerDefinition) -> str:
        """The text that a definition rests on, or that it is an assumption and why."""
        citation = definition.citation
        if citation is None:
            return text("reconcile.assumption", reason=definition.reason)
        instrument = self.result.pack.instrument[citation.instrument].name
        binding = citation.binding_from
        return text(
            "reconcile.citation",
            instrument=instrument,
            provision=f", {citation.provision}" if citation.provision else "",
            grade=text(f"grade.{citation.grade}"),
            binding=text("reconcile.binding_from", day=format_date(binding)) if binding else "",
        )

    def made(self) -> Iterator[tuple[str, str]]:
        """What the result was made from."""
        result, words = self.result, "reconcile.made"
        for ledger in result.ledgers:
            size = text(f"{words}.size", name=ledger.file, size=format_count(ledger.size))
            yield text(f"{words}.ledger"), f"{size}; {text(f'{words}.digest', digest=ledger.digest)}"
        for stamp in result.inputs:
            yield text(f"{words}.input"), f"{stamp.file}; {text(f'{words}.digest', digest=stamp.digest)}"
        for pack in result.packs:
            digest = text(f"{words}.digest", digest=pack.digest)
            yield text(f"{words}.pack"), f"{pack.id} {pack.version}; {digest}"
        yield from self._ran()

    def short_made(self) -> Iterator[tuple[str, str]]:
        """The same, without digests and with the submissions only counted."""
        words = "reconcile.made"
        for ledger in self.result.ledgers:
            yield (
                text(f"{words}.ledger"),
                text(f"{words}.size", name=ledger.file, size=format_count(ledger.size)),
            )
        yield text(f"{words}.input"), text(f"{words}.files", count=len(self.result.inputs))
        yield from self._ran()

    def _ran(self) -> Iterator[tuple[str, str]]:
        words = "reconcile.made"
        yield text(f"{words}.engine"), self.result.engine
        yield text(f"{words}.version"), self.result.version
        yield text(f"{words}.as_of"), format_date(self.result.as_of)
