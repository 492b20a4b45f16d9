"""Which submissions does a CSV table hold?

Two shapes. Long: a row for each figure, with the columns `unit`, `indicator`, `value` and, if wished,
`approximate`. Wide: a row for each unit, a column for each indicator. Both may have the columns of
`SUBMISSION_COLUMNS`; an id that names a rate gives a stated rate. The period may stand in the file's name
(`so-lieu-2020-H1.csv`). Cells are in Vietnamese notation. What is read goes on as the same nodes as YAML; in
places the column is the column of the table.

A table with other headings, or with lines above it, is read as a sheet is: by the names of its columns.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance.intake.drafts import Draft, with_reach
from compliance.intake.grid import Cell, Sheet
from compliance.intake.nodes import Node, Scalar
from compliance.intake.sheet_figures import read_sheet
from compliance.intake.suggestions import hint, listed
from compliance.intake.table_columns import LONG_COLUMNS, NOTE_COLUMNS, SUBMISSION_COLUMNS
from compliance.problems import Place, Problem, is_usable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.model.rulepack import RulePack

    Row = tuple[int, list[str]]

_DELIMITERS = (";", "\t", ",")
_PERIOD_IN_NAME = re.compile(r"(?<!\d)(\d{4}-H[12])(?!\d)", re.ASCII)


def parse_csv(text: str, file: str, pack: RulePack) -> tuple[tuple[Node, ...], tuple[Problem, ...]]:
    """The submissions of a table as nodes: one for each unit, period and revision, as first met."""
    rows, problems = _read_rows(text, file)
    if problems or not rows:
        return (), problems or (Problem("intake.nothing", Place(file)),)
    header = [cell.strip().casefold() for cell in rows[0][1]]
    problems = tuple(_check_header(header, Place(file, rows[0][0]), pack))
    if problems:
        found = _read_as_sheet(text, file, pack)
        has_ids = bool({"unit", "indicator"} & set(header))
        return found if found and (is_usable(found[1]) or not has_ids) else ((), problems)
    table = _Table(file, tuple(header), pack)
    for row in rows[1:]:
        table.add(*row)
    return table.finish()


def _read_as_sheet(
    text: str, file: str, pack: RulePack
) -> tuple[tuple[Node, ...], tuple[Problem, ...]] | None:
    """The submissions of a table that is known by its headings; None where no delimiter makes it one."""
    for delimiter in _DELIMITERS:
        rows, _ = _read_rows(text, file, delimiter)
        cells = {
            (line, column): Cell(cell.strip(), "text", Place(file, line, column))
            for line, row in rows
            for column, cell in enumerate(row, start=1)
            if cell.strip()
        }
        found = read_sheet(Sheet("", Place(file), cells), pack)
        if found is not None:
            return found
    return None


def _read_rows(text: str, file: str, delimiter: str = "") -> tuple[list[Row], tuple[Problem, ...]]:
    """Every row that is not blank, with the line on which it begins."""
    lines = io.StringIO(text, newline="")
    first = text.lstrip("\r\n").split("\n", 1)[0].strip()
    chosen = first[4:5] if first.lower().startswith("sep=") and len(first) == len("sep=;") else ""
    reader = csv.reader(lines, delimiter=delimiter or chosen or _guess_delimiter(first), strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        return [], (Problem("figures.csv.quotes", Place(file, line)),)
    return rows[1:] if chosen else rows, ()


def _guess_delimiter(header: str) -> str:
    """The one that splits the header into most cells; the semicolon when none does."""
    return max(_DELIMITERS, key=header.count)


def _check_header(header: Sequence[str], place: Place, pack: RulePack) -> Iterator[Problem]:
    is_long = "indicator" in header or "value" in header
    needed = ("unit", "indicator", "value") if is_long else ("unit",)
    known = (
        *SUBMISSION_COLUMNS,
        *NOTE_COLUMNS,
        *(LONG_COLUMNS if is_long else (*pack.indicator, *pack.rate)),
    )
    for column, name in enumerate(header, start=1):
        at = Place(place.file, place.line, column)
        if name and name in header[: column - 1]:
            yield Problem("figures.csv.repeated_column", at, {"written": name})
        elif name and name not in known:
            yield Problem("figures.csv.unknown_column", at, {"written": name, "hint": hint(name, known)})
    for name in needed:
        if name not in header:
            yield Problem("figures.csv.missing_column", place, {"key": name, "known": listed(needed)})


@dataclass(slots=True)
class _Table:
    """The rows of a file, gathered by unit, period and revision."""

    file: str
    header: tuple[str, ...]
    pack: RulePack
    drafts: dict[tuple[str, str, str], Draft] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, cells: Sequence[str]) -> None:
        """Take in one row."""
        if any(cell.strip() for cell in cells[len(self.header) :]):
            values = {"count": len(cells), "columns": len(self.header)}
            self.problems.append(Problem("figures.csv.too_many_cells", Place(self.file, line), values))
            return
        row = {
            name: Scalar(cell.strip(), plain=False, place=Place(self.file, line, column))
            for column, (name, cell) in enumerate(zip(self.header, cells, strict=False), start=1)
            if name and cell.strip()
        }
        if "unit" not in row:
            self.problems.append(Problem("figures.csv.no_unit", Place(self.file, line)))
            return
        draft = self._draft(row, Place(self.file, line))
        if "value" in self.header:
            self._take_long(row, draft, line)
        else:
            self._take_wide(row, draft)

    def _draft(self, row: dict[str, Scalar], place: Place) -> Draft:
        self._settle_period(row, place)
        unit, period, revision = (
            row[key].text if key in row else "" for key in ("unit", "period", "revision")
        )
        draft = self.drafts.setdefault((unit, period, revision), Draft(place))
        for key in SUBMISSION_COLUMNS:
            written, before = row.get(key), draft.fields.get(key)
            if written is not None and before is not None and written.text != before.text:
                values = {
                    "key": key,
                    "written": written.text,
                    "before": before.text,
                    "line": before.place.line,
                }
                self.problems.append(Problem("figures.csv.conflict", written.place, values))
            elif written is not None and before is None:
                draft.fields[key] = written
        return draft

    def _settle_period(self, row: dict[str, Scalar], place: Place) -> None:
        """Without a period in the row, the one in the file's name counts."""
        named = _PERIOD_IN_NAME.search(self.file)
        if "period" not in row and named is not None:
            row["period"] = Scalar(named[1], plain=False, place=place)
        elif "period" not in row and not any(
            found.code == "figures.csv.no_period" for found in self.problems
        ):
            self.problems.append(Problem("figures.csv.no_period", place))

    def _take_long(self, row: dict[str, Scalar], draft: Draft, line: int) -> None:
        indicator, value, reach = (row.get(column) for column in LONG_COLUMNS)
        if indicator is None:
            self.problems.append(Problem("figures.csv.no_indicator", Place(self.file, line)))
        elif value is not None:
            self._put(draft, indicator.text, indicator, with_reach(value, reach))

    def _take_wide(self, row: dict[str, Scalar], draft: Draft) -> None:
        for name, value in row.items():
            if name not in SUBMISSION_COLUMNS and name not in NOTE_COLUMNS:
                self._put(draft, name, value, value)

    def _put(self, draft: Draft, name: str, key: Scalar, value: Node) -> None:
        if name in draft.figures:
            values = {"written": name, "line": draft.figures[name][0].place.line}
            self.problems.append(Problem("figures.csv.repeated_figure", key.place, values))
        elif name.count(".") != 1:
            values = {"written": name, "hint": hint(name, (*self.pack.indicator, *self.pack.rate))}
            self.problems.append(Problem("figures.unknown_indicator", key.place, values))
        else:
            draft.figures[name] = (key, value)

    def finish(self) -> tuple[tuple[Node, ...], tuple[Problem, ...]]:
        """The gathered submissions; a unit without any figure has not submitted, which is said."""
        filled = []
        for (unit, period, _), draft in self.drafts.items():
            if draft.figures and period:
                filled.append(draft.submission(self.pack))
            elif not draft.figures and not self.problems:
                values = {"unit": self.pack.unit[unit].label if unit in self.pack.unit else unit}
                self.problems.append(Problem("figures.csv.blank_unit", draft.place, values, weight="warning"))
        if not filled and not self.problems:
            self.problems.append(Problem("intake.nothing", Place(self.file)))
        return tuple(filled), tuple(self.problems)
