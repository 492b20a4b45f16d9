"""What does the workbook say in which an office follows up what changed since another check?

A summary by unit first, then every change with its group, rule and unit to be filtered, then the percentages,
and the targets that moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import print_change, round_half_up
from compliance.render.compare import (
    GROUPS,
    columns_of,
    compose_stale,
    compose_summary,
    count_by_unit,
    is_disputed,
    name_change,
    reason_of,
    say_points,
    say_severity,
    say_window,
    title_of,
)
from compliance.render.what_if import say_verdict
from compliance.render.workbook_styles import BODY, HEAD, TITLE, Book, height_of, sheet_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from compliance.model.comparison import Comparison, VerdictChange
    from compliance.model.rulepack import RulePack
    from compliance.render.workbook_styles import Sheet

_CHANGES = (
    ("group", 18),
    ("severity", 14),
    ("unit", 20),
    ("area", 20),
    ("rule", 12),
    ("title", 34),
    ("before", 14),
    ("after", 14),
    ("reason", 48),
    ("explanation", 40),
)
_RATES = (("unit", 30), ("rate", 62), ("before", 14), ("after", 14), ("points", 16), ("change", 34))
_TARGETS = (("rule", 16), ("title", 60), ("unit", 30), ("before", 20), ("after", 20))
_KIND_OF_GROUP = {
    "new": "fail",
    "persisting": "must_explain",
    "resolved": "pass",
    "unverifiable": "no_data",
    "not_asked": "none",
    "waived": "waived",
}
_POINTS = {"align": "right", "indent": 1}
_COUNT = {"num_format": '#,##0;-#,##0;"–"', "align": "center"}


@dataclass(frozen=True, slots=True)
class _Cell:
    """Words, a count, or percent points, with the colours of a kind."""

    content: str | int | Fraction
    kind: str = ""
    decimals: int = 2
    """Of percent points."""


def render_compare_workbook(pack: RulePack, result: Comparison, *, as_of: date) -> bytes:
    """The workbook of a comparison, as an xlsx file; `as_of` is written into it in place of the clock."""
    book = Book(title_of(result), datetime.combine(as_of, time()))
    _write_summary(book, pack, result)
    changes = [(group, change) for group in GROUPS for change in getattr(result, group)]
    _write_sheet(book, "changes", _CHANGES, (_change(pack, group, change) for group, change in changes))
    _write_sheet(book, "rates", _RATES, _rates(pack, result))
    if result.targets:
        _write_sheet(book, "targets", _TARGETS, _targets(pack, result))
    return book.finish()


def _write_summary(book: Book, pack: RulePack, result: Comparison) -> None:
    sheet = book.sheet(_name("summary"))
    columns = (("unit", 44), *((column, 18) for column in columns_of(result)))
    last = len(columns) - 1
    width = sum(column_width for _, column_width in columns)
    windows = tuple(say_window(pack, window) for window in result.windows)
    if windows:
        windows = (f"{text('compare.section.windows')}:", *windows)
    lines = (title_of(result), compose_summary(result), *compose_stale(result), *windows)
    for row, line in enumerate(lines):
        style = TITLE if row == 0 else {"valign": "top", "text_wrap": True}
        sheet.merge_range(row, 0, row, last, "", book.style(style))
        book.write_text(sheet, row, 0, line, style)
        sheet.set_row(row, height_of((line, width), size=14 if row == 0 else 12))
    units = ((unit, counts) for unit, counts in count_by_unit(pack, result))
    rows = [
        (
            _Cell(unit),
            *(_Cell(count, _KIND_OF_GROUP[column] if count else "") for column, count in counts.items()),
        )
        for unit, counts in units
    ]
    _write_table(book, sheet, len(lines) + 1, columns, rows)


def _write_sheet(
    book: Book, name: str, columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[_Cell]]
) -> None:
    sheet = book.sheet(_name(name))
    below = _write_table(book, sheet, 0, columns, rows)
    sheet.autofilter(0, 0, max(below - 1, 0), len(columns) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _name(sheet: str) -> str:
    return sheet_name(text(f"compare.sheet.{sheet}"), set())


def _write_table(
    book: Book, sheet: Sheet, top: int, columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[_Cell]]
) -> int:
    """A table with its heading in row `top`; the row after its last."""
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        book.write_text(sheet, top, column, text(f"compare.column.{name}"), HEAD)
    sheet.set_row(top, 34)
    row = top
    for row, cells in enumerate(rows, top + 1):
        for column, cell in enumerate(cells):
            _write_cell(book, sheet, (row, column), cell)
        sheet.set_row(row, height_of(*((str(cell.content), columns[at][1]) for at, cell in enumerate(cells))))
    return row + 1


def _write_cell(book: Book, sheet: Sheet, at: tuple[int, int], cell: _Cell) -> None:
    if isinstance(cell.content, str):
        book.write_text(sheet, *at, cell.content, BODY, kind=cell.kind)
        return
    is_count = isinstance(cell.content, int)
    points = {**_POINTS, "num_format": f"#,##0.{'0' * cell.decimals}"}
    style = (BODY, _COUNT if is_count else points)
    exact = Fraction(cell.content)
    number = cell.content if isinstance(cell.content, int) else Fraction(round_half_up(exact, cell.decimals))
    sheet.write_number(*at, number, book.coloured(cell.kind, *style) if cell.kind else book.style(*style))


def _change(pack: RulePack, group: str, change: VerdictChange) -> tuple[_Cell, ...]:
    areas = {area.id: area.title for area in pack.areas}
    return (
        _Cell(text(f"compare.group.{group}"), _KIND_OF_GROUP[group]),
        _Cell(say_severity(change), "waived" if change.waived else change.severity),
        _Cell(pack.unit[change.unit].name if change.unit in pack.unit else change.unit),
        _Cell(areas.get(change.area, change.area)),
        _Cell(change.rule),
        _Cell(name_change(pack, change)),
        _Cell(say_verdict(change.before)),
        _Cell(say_verdict(change.after)),
        _Cell(reason_of(group, change)),
        _Cell(change.explanation),
    )


def _rates(pack: RulePack, result: Comparison) -> Iterable[tuple[_Cell, ...]]:
    """No points stand where the figures contradict others, so that nothing is added up from them."""
    for rate in result.rates:
        decimals = print_change(rate.before, rate.after).decimals
        yield (
            _Cell(pack.unit[rate.unit].name),
            _Cell(rate.label),
            _Cell(rate.before, decimals=decimals),
            _Cell(rate.after, decimals=decimals),
            _Cell("") if is_disputed(rate) else _Cell(rate.change, decimals=decimals),
            _Cell(say_points(pack, rate)),
        )


def _targets(pack: RulePack, result: Comparison) -> Iterable[tuple[_Cell, ...]]:
    for move in result.targets:
        unit = pack.unit[move.unit].name if move.unit in pack.unit else move.unit
        yield tuple(_Cell(words) for words in (move.rule, move.title, unit, move.before, move.after))
