"""What does the workbook say in which an office works through the findings of a check?

The summary first, the matrix of units and areas in colours and words, the findings with the columns that the
unit fills in, explanations and waivers, then the outcome of every rule, how often each came out how, and the
manifest.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.render.finding_sheets import write_answered, write_findings, write_waivers
from compliance.render.rule_sheets import write_manifest, write_outcomes, write_rules
from compliance.render.summary import (
    build_matrix,
    compose_headline,
    count_waived,
    indicator_label,
    period_label,
    unit_label,
    unit_name,
)
from compliance.render.workbook_styles import BODY, HEAD, Book, height_of
from compliance.render.workbook_tables import Cell, open_sheet, write_table, write_title

if TYPE_CHECKING:
    from compliance.model.check import Check, SubmissionResult
    from compliance.render.workbook_styles import Sheet

_COUNTED = ("must_fix", "must_explain", "advisory", "waived")
_CELL_KINDS = ("must_fix", "must_explain", "advisory", "waived", "no_data", "pass", "none")
_MATRIX_UNIT, _MATRIX_AREA = 28, 15
_SUMMARY = (("unit", 34), ("acceptance", 30), ("blocking", 14), ("to_explain", 16), ("missing", 56))
_EXPLAINED = (
    ("unit", 34),
    ("acceptance", 30),
    ("blocking", 14),
    ("to_explain", 16),
    ("explained", 16),
    ("waived", 14),
    ("missing", 44),
)
"""The summary where explanations or waivers were read."""


def render_findings_workbook(check: Check) -> bytes:
    """The workbook of a whole run, as an xlsx file."""
    created = datetime.combine(check.manifest.as_of, time())
    book = Book(text("workbook_out.title", period=period_label(check)), created)
    _write_summary(book, check)
    _write_matrix(book, check)
    write_findings(book, check)
    write_answered(book, check)
    write_waivers(book, check)
    write_outcomes(book, check)
    write_rules(book, check)
    write_manifest(book, check)
    return book.finish()


def _has_responses(check: Check) -> bool:
    return check.explanations is not None or bool(check.waivers)


def _write_summary(book: Book, check: Check) -> None:
    sheet = open_sheet(book, "summary")
    columns = _EXPLAINED if _has_responses(check) else _SUMMARY
    width = sum(column_width for _, column_width in columns)
    last = len(columns) - 1
    acceptance, *lines = compose_headline(check)
    style = {"bold": True, "font_size": 14, "align": "left"}
    sheet.merge_range(0, 0, 0, last, "", book.coloured(check.accepted, BODY, style))
    book.write_text(sheet, 0, 0, acceptance, BODY, style, kind=check.accepted)
    sheet.set_row(0, height_of((acceptance, width), size=14) + 8)
    row = _write_counts(book, sheet, check, 2)
    row = write_table(book, sheet, row + 1, columns, (_unit_row(check, item) for item in _all_results(check)))
    if lines:
        book.write_text(sheet, row + 1, 0, text("workbook_out.details"), {"bold": True})
    for at, line in enumerate(lines, row + 2):
        sheet.merge_range(at, 0, at, last, "", book.style(BODY, {"border": 0}))
        book.write_text(sheet, at, 0, line, BODY, {"border": 0})
        sheet.set_row(at, height_of((line, width)))


def _write_counts(book: Book, sheet: Sheet, check: Check, row: int) -> int:
    found = Counter("waived" if finding.waived else finding.severity for finding in check.findings)
    for severity in _COUNTED:
        if severity == "waived" and not found["waived"]:
            continue
        book.write_text(sheet, row, 0, text(f"severity.{severity}").capitalize(), BODY, kind=severity)
        style = book.style(BODY, {"align": "left", "bold": True})
        sheet.write_number(row, 1, found[severity], style)
        row += 1
    return row


def _all_results(check: Check) -> tuple[SubmissionResult | str, ...]:
    """Every submission, then the ids of the units that have not submitted."""
    return (*check.submissions, *check.not_submitted)


def _unit_row(check: Check, result: SubmissionResult | str) -> tuple[Cell, ...]:
    if isinstance(result, str):
        words = text("workbook_out.not_submitted")
        left_empty = len(_EXPLAINED if _has_responses(check) else _SUMMARY) - 2
        return (Cell(unit_label(check, result)), Cell(words, "no_data"), *([Cell("")] * left_empty))
    missing = ", ".join(indicator_label(check, name) for name in result.missing)
    responses = (Cell(len(result.explained)), Cell(len(result.waived))) if _has_responses(check) else ()
    return (
        Cell(unit_label(check, result.unit)),
        Cell(text(f"acceptance.{result.accepted}"), result.accepted),
        Cell(len(result.blocking)),
        Cell(len(result.to_explain)),
        *responses,
        Cell(missing),
    )


def _write_matrix(book: Book, check: Check) -> None:
    sheet = open_sheet(book, "matrix")
    write_title(book, sheet, text("render.section.matrix"))
    book.write_text(sheet, 1, 0, text("workbook_out.column.unit"), HEAD)
    sheet.set_column(0, 0, _MATRIX_UNIT)
    sheet.set_column(1, len(check.pack.areas), _MATRIX_AREA)
    titles = [(area.title, float(_MATRIX_AREA - 3)) for area in check.pack.areas]
    for column, (title, _) in enumerate(titles, 1):
        book.write_text(sheet, 1, column, title, HEAD)
    sheet.set_row(1, height_of(*titles))
    row = 1
    for row, (result, cells) in enumerate(build_matrix(check), 2):
        name = unit_name(check, result.unit)
        book.write_text(sheet, row, 0, name, BODY, kind=result.accepted)
        for column, cell in enumerate(cells, 1):
            book.write_text(sheet, row, column, cell.words, BODY, {"align": "center"}, kind=cell.kind)
        sheet.set_row(row, height_of((name, _MATRIX_UNIT)))
    for kind in (kind for kind in _CELL_KINDS if kind != "waived" or count_waived(check)):
        row += 1
        book.write_text(sheet, row + 1, 0, text(f"workbook_out.legend_mark.{kind}"), BODY, kind=kind)
        book.write_text(sheet, row + 1, 1, text(f"workbook_out.legend.{kind}"), {"valign": "vcenter"})
    sheet.freeze_panes(2, 1)
    sheet.repeat_rows(1)
