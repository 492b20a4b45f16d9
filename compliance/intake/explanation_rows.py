"""What has a unit filled in on the findings workbook that it was sent?

The columns are found by their headings, as the workbook writes them, in whatever order they stand; a row is
known by the id of its finding. So a workbook that was sorted, filtered, or saved by another program reads the
same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.intake.cell_nodes import plain_node
from compliance.intake.drafts import mapping
from compliance.intake.names import bare_words
from compliance.intake.nodes import Mapping, Scalar
from compliance.intake.suggestions import hint, listed
from compliance.messages import text
from compliance.model.explanations import EXPLANATION_STATUSES
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf
    from collections.abc import Sequence

    from compliance.intake.grid import Cell, Sheet
    from compliance.intake.values import Problems

_COLUMNS = {"finding": "id", "text": "explanation", "status": "status", "by": "by", "on": "dated"}
"""Fields of an explanation, by the column of the workbook that holds each."""
_LAST_HEADER_ROW = 40
_UNTOUCHED = "open"
"""The status that the workbook is sent with."""

Columns = dict[str, int]


def read_explanation_rows(sheets: Sequence[Sheet], file: str) -> tuple[tuple[Mapping, ...], Problems]:
    """A record for each row with an explanation or a status of the unit's own."""
    tables = [(sheet, *found) for sheet in sheets for found in [_find_header(sheet)] if found]
    if not tables:
        headings = {key: text(f"workbook_out.column.{_COLUMNS[key]}") for key in ("finding", "text")}
        values = {"id": headings["finding"], "text": headings["text"]}
        return (), (Problem("explanations.no_sheet", Place(file), values),)
    records: list[Mapping] = []
    problems: list[Problem] = []
    for sheet, header, columns in tables:
        for row, cells in sheet.rows.items():
            if row > header:
                record, faults = _read_row(cells, columns)
                problems += faults
                records += [record] if record is not None else []
    return tuple(records), tuple(problems)


def _find_header(sheet: Sheet) -> tuple[int, Columns] | None:
    """The row of the headings, and in which column each field stands."""
    headings = {bare_words(text(f"workbook_out.column.{name}")): key for key, name in _COLUMNS.items()}
    for row, cells in sheet.rows.items():
        columns = {
            headings[bare_words(cell.text)]: column
            for column, cell in cells.items()
            if bare_words(cell.text) in headings
        }
        if row <= _LAST_HEADER_ROW and {"finding", "text"} <= columns.keys():
            return row, columns
    return None


def _read_row(cells: MappingOf[int, Cell], columns: Columns) -> tuple[Mapping | None, Problems]:
    """The record of a row; None where the unit has filled in nothing."""
    problems: list[Problem] = []
    fields: dict[str, Scalar] = {}
    for key, column in columns.items():
        if column in cells:
            node, faults = plain_node(cells[column])
            problems += faults
            if node is not None:
                fields[key] = node
    status, faults = _read_status(fields.get("status"), has_text="text" in fields)
    problems += faults
    if status is None or problems:
        return None, tuple(problems)
    if "finding" not in fields:
        place = next(iter(fields.values())).place
        return None, (Problem("explanations.no_id", place),)
    fields["status"] = status
    return mapping(fields.items(), fields["finding"].place), ()


def _read_status(written: Scalar | None, *, has_text: bool) -> tuple[Scalar | None, Problems]:
    """The status by its word in the workbook; None where neither it nor the explanation was touched."""
    labels = {bare_words(text(f"explanation.status.{status}")): status for status in EXPLANATION_STATUSES}
    place = written.place if written else Place()
    if written is None or bare_words(written.text) == bare_words(text(f"explanation.status.{_UNTOUCHED}")):
        default = Scalar("explained" if written is None else _UNTOUCHED, plain=False, place=place)
        return (default if has_text else None), ()
    if bare_words(written.text) in labels:
        return Scalar(labels[bare_words(written.text)], plain=False, place=place), ()
    known = [text(f"explanation.status.{status}") for status in EXPLANATION_STATUSES]
    values = {"key": text("workbook_out.column.status"), "written": written.text}
    values |= {"hint": hint(written.text, known), "known": listed(known)}
    return None, (Problem("records.one_of", place, values),)
