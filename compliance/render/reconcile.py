"""What does a reader see of a ledger held against what the units reported?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import format_count
from compliance.render.blocks import Block, Bullets, Grid, Heading, Paragraph, section
from compliance.render.reconcile_coverage import say_coverage
from compliance.render.reconcile_words import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compliance.model.reconciliation import Reconciliation

SCREEN_ROWS, PAGE_ROWS = 10, 200
"""How many records of a kind a screen and a page list; the workbook and JSON list all that were kept."""


def compose_reconciliation_blocks(result: Reconciliation, *, is_page: bool) -> Iterator[Block]:
    """The verdict, the units, what differs, what cannot be, who is late, and how it was counted.

    A page has the counts of every column too, and more records of each kind than a screen.
    """
    reader, rows = Reader(result), PAGE_ROWS if is_page else SCREEN_ROWS
    yield Heading(reader.title, 1)
    yield Paragraph(reader.headline)
    yield from map(Paragraph, reader.staleness)
    yield from _coverage(result)
    yield from _units(reader)
    yield from _differences(reader)
    yield from _rates(reader, only_wrong=not is_page)
    if is_page:
        yield from _columns(reader)
    yield from section(_section("missing"), reader.missing())
    yield from _faults(reader, rows)
    yield from _late(reader, rows)
    yield from _definitions(reader, is_page=is_page)
    yield Heading(_section("made"))
    made = reader.made() if is_page else reader.short_made()
    yield Bullets(tuple(f"{name}: {value}" for name, value in made))


def column_titles(*names: str) -> tuple[str, ...]:
    """The headings of a table."""
    return tuple(text(f"reconcile.column.{name}") for name in names)


def _section(name: str) -> str:
    return text(f"reconcile.section.{name}")


def _table(names: tuple[str, ...], rows: Iterable[tuple[str, ...]], *numbers: str) -> Grid:
    places = frozenset(names.index(name) for name in numbers)
    return Grid(column_titles(*names), tuple(rows), places)


def _coverage(result: Reconciliation) -> Iterator[Block]:
    lead, *kinds = tuple(say_coverage(result)) or ("",)
    if lead:
        yield Paragraph(lead)
        yield Bullets(tuple(kinds))


def _units(reader: Reader) -> Iterator[Block]:
    yield Heading(_section("units"))
    counts = ("records", "late", "overdue", "faults")
    names = ("unit", "cut_off", "records", "verdict", "late", "overdue", "faults")
    yield _table(names, map(reader.unit, reader.result.units), *counts)
    remarks = tuple(reader.remarks())
    if remarks:
        yield Bullets(remarks)


def _differences(reader: Reader) -> Iterator[Block]:
    rows = tuple(
        (reader.name(unit.unit), *reader.column(unit, column))
        for unit in reader.result.units
        for column in unit.columns
        if column.verdict == "differ"
    )
    if rows:
        yield Heading(_section("differences"))
        names = ("unit", "column", "indicator", "expected", "reported", "difference", "note")
        yield _table(names, rows, "expected", "reported", "difference")


def _rates(reader: Reader, *, only_wrong: bool) -> Iterator[Block]:
    rows = tuple(
        (reader.name(unit.unit), *reader.rate(rate))
        for unit in reader.result.units
        for rate in unit.rates
        if rate.verdict == "differ" or (rate.stated is not None and not only_wrong)
    )
    if rows:
        yield Heading(_section("rates"))
        yield _table(("unit", "rate", "exact", "stated", "verdict"), rows, "exact", "stated")


def _columns(reader: Reader) -> Iterator[Block]:
    units = reader.result.units
    indicators = tuple(dict.fromkeys(column.indicator for unit in units for column in unit.columns))
    titles = (reader.number(name) or reader.label(name) for name in indicators)
    rows = tuple((reader.name(unit.unit), *map(reader.cell, unit.columns)) for unit in units)
    yield Heading(_section("columns"))
    yield Grid((*column_titles("unit"), *titles), rows, frozenset(range(1, len(indicators) + 1)))


def _faults(reader: Reader, rows: int) -> Iterator[Block]:
    """The kinds of records that cannot be with how they are counted, then the records."""
    faults = reader.result.faults
    yield Heading(_section("faults"))
    if not faults:
        yield Paragraph(text("reconcile.none_faulty"))
        return
    yield Paragraph(text("reconcile.faulty_lead"))
    yield _table(("fault", "count", "treatment"), map(reader.fault, faults), "count")
    for fault in faults:
        yield Heading(reader.definition(fault.fault).label, 3)
        names = ("unit", "dossier", "received", "due", "resolved", "channel", "result", "times")
        yield _table(names, map(reader.record, fault.records[:rows]), "times")
        yield from _capped(rows, fault.count, len(fault.records))


def _late(reader: Reader, rows: int) -> Iterator[Block]:
    """The dossiers that are late, the longest first; those resolved, then those pending."""
    result = reader.result
    yield Heading(_section("late"))
    if not result.late_resolved and not result.late_pending:
        yield Paragraph(text("reconcile.none_late"))
        return
    yield Paragraph(reader.late_lead)
    resolved = [dossier for dossier in result.late if dossier.resolved is not None]
    pending = [dossier for dossier in result.late if dossier.resolved is None]
    for count, late in ((result.late_resolved, resolved), (result.late_pending, pending)):
        if count:
            names = ("unit", "dossier", "field", "procedure", "due", "resolved", "state", "days")
            yield _table(names, map(reader.dossier, late[:rows]), "days")
            yield from _capped(rows, count, len(late))


def _capped(rows: int, count: int, kept: int) -> Iterator[Block]:
    """How many of how many are listed, where not all are."""
    shown = min(rows, kept)
    if shown < count:
        more = text("reconcile.capped_more") if kept > shown else ""
        words = {"shown": format_count(shown), "count": format_count(count), "more": more}
        yield Paragraph(text("reconcile.capped", **words))


def _definitions(reader: Reader, *, is_page: bool) -> Iterator[Block]:
    yield Heading(_section("definitions"))
    yield Paragraph(reader.definitions_lead)
    if not is_page:
        yield Bullets(tuple(reader.short_definitions()))
        return
    rows = ((item.label, item.wording, reader.basis(item)) for item in reader.result.definitions)
    yield _table(("definition", "wording", "basis"), rows)
