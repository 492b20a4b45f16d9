"""What does the workbook say in which an office works through the findings of a check?

The summary first, the matrix of units and areas in colours and words, the findings with two columns that the
unit fills in, then the outcome of every rule, how often each rule came out how, and the manifest.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from compliance.messages import text
from compliance.model.findings import VERDICTS
from compliance.numerals import format_date
from compliance.render.summary import (
    build_matrix,
    compose_headline,
    indicator_label,
    period_label,
    unit_label,
    unit_name,
)
from compliance.render.suspects import compose_suspects
from compliance.render.workbook_styles import BODY, HEAD, TITLE, Book, height_of, sheet_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.model.check import Check, RuleTally, SubmissionResult
    from compliance.model.findings import Finding, Outcome
    from compliance.model.rulepack import Severity
    from compliance.problems import Place
    from compliance.render.workbook_styles import Sheet

_SEVERITIES: tuple[Severity, ...] = ("must_fix", "must_explain", "advisory")
_STATUSES = ("open", "doing", "fixed", "explained")
_CELL_KINDS = ("must_fix", "must_explain", "advisory", "no_data", "pass", "none")
_MATRIX_UNIT, _MATRIX_AREA = 28, 15
_SUMMARY = (("unit", 34), ("acceptance", 30), ("blocking", 14), ("to_explain", 16), ("missing", 56))
_FINDINGS = (
    ("id", 30),
    ("severity", 10),
    ("unit", 14),
    ("area", 14),
    ("rule", 12),
    ("message", 42),
    ("place", 22),
    ("fix", 34),
    ("suspects", 24),
    ("citation", 18),
    ("explanation", 20),
    ("status", 11),
)
_OUTCOMES = (
    ("rule", 26),
    ("title", 36),
    ("unit", 18),
    ("area", 16),
    ("kind", 10),
    ("severity", 12),
    ("outcome", 12),
    ("reason", 44),
    ("measured", 13),
    ("target", 13),
    ("difference", 13),
)
_RULES = (("rule", 34), ("title", 60), ("area", 26), ("kind", 14), ("severity", 16), ("findings", 12))
_VERDICT_WIDTH = 13
_MANIFEST = (("item", 30), ("name", 70), ("digest", 72))
_SMALL = 11
_PASSWORD = ""


@dataclass(frozen=True, slots=True)
class _Cell:
    """Words or a whole number, with the colours of a severity or verdict and a style of its own."""

    content: str | int
    kind: str = ""
    style: dict[str, Any] = field(default_factory=dict)


def render_findings_workbook(check: Check) -> bytes:
    """The workbook of a whole run, as an xlsx file."""
    created = datetime.combine(check.manifest.as_of, time())
    book = Book(text("workbook_out.title", period=period_label(check)), created)
    _write_summary(book, check)
    _write_matrix(book, check)
    _write_findings(book, check)
    _write_outcomes(book, check)
    _write_rules(book, check)
    _write_manifest(book, check)
    return book.finish()


def _sheet(book: Book, name: str) -> Sheet:
    return book.sheet(sheet_name(text(f"workbook_out.sheet.{name}"), set()))


def _titled(book: Book, sheet: Sheet, title: str, *, column: int = 0) -> None:
    book.write_text(sheet, 0, column, title, TITLE, {"text_wrap": False})
    sheet.set_row(0, 24)


def _write_table(
    book: Book,
    sheet: Sheet,
    top: int,
    columns: Sequence[tuple[str, float]],
    rows: Iterable[Sequence[_Cell]],
    *,
    size: int = 12,
) -> int:
    """A table with its heading in row `top`; the row after its last."""
    small = {"font_size": size}
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        book.write_text(sheet, top, column, text(f"workbook_out.column.{name}"), HEAD, small)
    sheet.set_row(top, 34)
    row = top
    for row, cells in enumerate(rows, top + 1):
        for column, cell in enumerate(cells):
            _write_cell(book, sheet, (row, column), cell, small)
        texts = [(str(cell.content), columns[column][1]) for column, cell in enumerate(cells)]
        sheet.set_row(row, height_of(*texts, size=size))
    return row + 1


def _write_cell(book: Book, sheet: Sheet, at: tuple[int, int], cell: _Cell, small: dict[str, Any]) -> None:
    if isinstance(cell.content, str):
        book.write_text(sheet, *at, cell.content, BODY, small, cell.style, kind=cell.kind)
        return
    style = (BODY, small, {"align": "right", "indent": 1}, cell.style)
    sheet.write_number(
        *at, cell.content, book.coloured(cell.kind, *style) if cell.kind else book.style(*style)
    )


# --- summary


def _write_summary(book: Book, check: Check) -> None:
    sheet = _sheet(book, "summary")
    width = sum(column_width for _, column_width in _SUMMARY)
    last = len(_SUMMARY) - 1
    acceptance, *lines = compose_headline(check)
    style = {"bold": True, "font_size": 14, "align": "left"}
    sheet.merge_range(0, 0, 0, last, "", book.coloured(check.accepted, BODY, style))
    book.write_text(sheet, 0, 0, acceptance, BODY, style, kind=check.accepted)
    sheet.set_row(0, height_of((acceptance, width), size=14) + 8)
    row = _write_counts(book, sheet, check, 2)
    row = _write_table(
        book, sheet, row + 1, _SUMMARY, (_unit_row(check, item) for item in _all_results(check))
    )
    if lines:
        book.write_text(sheet, row + 1, 0, text("workbook_out.details"), {"bold": True})
    for at, line in enumerate(lines, row + 2):
        sheet.merge_range(at, 0, at, last, "", book.style(BODY, {"border": 0}))
        book.write_text(sheet, at, 0, line, BODY, {"border": 0})
        sheet.set_row(at, height_of((line, width)))


def _write_counts(book: Book, sheet: Sheet, check: Check, row: int) -> int:
    found = Counter(finding.severity for finding in check.findings)
    for severity in _SEVERITIES:
        book.write_text(sheet, row, 0, text(f"severity.{severity}").capitalize(), BODY, kind=severity)
        style = book.style(BODY, {"align": "left", "bold": True})
        sheet.write_number(row, 1, found[severity], style)
        row += 1
    return row


def _all_results(check: Check) -> tuple[SubmissionResult | str, ...]:
    """Every submission, then the ids of the units that have not submitted."""
    return (*check.submissions, *check.not_submitted)


def _unit_row(check: Check, result: SubmissionResult | str) -> tuple[_Cell, ...]:
    if isinstance(result, str):
        words = text("workbook_out.not_submitted")
        return (_Cell(unit_label(check, result)), _Cell(words, "no_data"), _Cell(""), _Cell(""), _Cell(""))
    missing = ", ".join(indicator_label(check, name) for name in result.missing)
    return (
        _Cell(unit_label(check, result.unit)),
        _Cell(text(f"acceptance.{result.accepted}"), result.accepted),
        _Cell(len(result.blocking)),
        _Cell(len(result.to_explain)),
        _Cell(missing),
    )


# --- matrix


def _write_matrix(book: Book, check: Check) -> None:
    sheet = _sheet(book, "matrix")
    _titled(book, sheet, text("render.section.matrix"))
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
    for kind in _CELL_KINDS:
        row += 1
        book.write_text(sheet, row + 1, 0, text(f"workbook_out.legend_mark.{kind}"), BODY, kind=kind)
        book.write_text(sheet, row + 1, 1, text(f"workbook_out.legend.{kind}"), {"valign": "vcenter"})
    sheet.freeze_panes(2, 1)
    sheet.repeat_rows(1)


# --- findings


def _write_findings(book: Book, check: Check) -> None:
    sheet = _sheet(book, "findings")
    _titled(book, sheet, text("workbook_out.how_findings"), column=1)
    rows = [_finding_row(check, finding) for finding in _by_severity(check.findings)]
    end = _write_table(book, sheet, 1, _FINDINGS, rows, size=_SMALL)
    last = len(_FINDINGS) - 1
    if rows:
        choices = [text(f"workbook_out.status.{status}") for status in _STATUSES]
        sheet.data_validation(2, last, end - 1, last, {"validate": "list", "source": choices})
    else:
        book.write_text(sheet, 2, 1, text("render.none_found"), {"text_wrap": False})
    sheet.autofilter(1, 0, max(end - 1, 1), last)
    sheet.freeze_panes(2, 5)
    sheet.repeat_rows(1)
    sheet.print_area(0, 1, max(end - 1, 2), last)
    allowed = ("autofilter", "sort", "format_columns", "format_rows", "format_cells")
    sheet.protect(_PASSWORD, dict.fromkeys(allowed, True))


def _by_severity(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: _SEVERITIES.index(finding.severity))


def _finding_row(check: Check, finding: Finding) -> tuple[_Cell, ...]:
    areas = {area.id: area.title for area in check.pack.areas}
    severity = text(f"severity.{finding.severity}")
    if finding.waived:
        severity = text("workbook_out.waived", severity=severity)
    to_fill = {"locked": False, "bg_color": "#FFFFF0"}
    return (
        _Cell(finding.id, style={"num_format": "@"}),
        _Cell(severity, finding.severity),
        _Cell(unit_name(check, finding.unit)),
        _Cell(areas.get(finding.area, finding.area)),
        _Cell(finding.rule),
        _Cell(finding.message),
        _Cell("\n".join(_by_file_name(place) for place in finding.places)),
        _Cell(finding.fix),
        _Cell(compose_suspects(check, finding)),
        _Cell(finding.citation),
        _Cell("", style=to_fill),
        _Cell(text("workbook_out.status.open"), style=to_fill),
    )


def _by_file_name(place: Place) -> str:
    """The place without the folders of its file, which say nothing to the unit."""
    return str(replace(place, file=PurePath(place.file).name))


# --- every rule


def _write_outcomes(book: Book, check: Check) -> None:
    sheet = _sheet(book, "outcomes")
    end = _write_table(
        book, sheet, 0, _OUTCOMES, (_outcome_row(check, item) for item in check.outcomes), size=_SMALL
    )
    _finish_list(sheet, end, len(_OUTCOMES))


def _outcome_row(check: Check, outcome: Outcome) -> tuple[_Cell, ...]:
    quantities = (outcome.measured or outcome.stated, outcome.target or outcome.expected, outcome.difference)
    return (
        *_rule_cells(check, outcome.rule)[:2],
        _Cell(unit_name(check, outcome.unit)),
        *_rule_cells(check, outcome.rule)[2:],
        _Cell(text(f"verdict.{outcome.outcome}"), outcome.outcome),
        _Cell("\n".join(part for part in (outcome.reason, *outcome.assumptions) if part)),
        *(_Cell(quantity.text if quantity else "", style={"align": "right"}) for quantity in quantities),
    )


def _rule_cells(check: Check, rule_id: str) -> tuple[_Cell, ...]:
    """Id, title, area, kind and severity of a rule."""
    rule = check.pack.rule[rule_id]
    area = next((area.title for area in check.pack.areas if area.id == rule.area), rule.area)
    words = (rule.title, area, text(f"kind.{rule.kind}"), text(f"severity.{rule.severity}"))
    return (_Cell(rule_id), *map(_Cell, words))


def _write_rules(book: Book, check: Check) -> None:
    sheet = _sheet(book, "rules")
    columns = (*_RULES, *((f"verdict_{verdict}", float(_VERDICT_WIDTH)) for verdict in VERDICTS))
    found = Counter(finding.rule for finding in check.findings)
    rows = (_tally_row(check, tally, found[tally.rule]) for tally in check.manifest.rules)
    _finish_list(sheet, _write_table(book, sheet, 0, columns, rows, size=_SMALL), len(columns))


def _tally_row(check: Check, tally: RuleTally, findings: int) -> tuple[_Cell, ...]:
    counts = tuple(_Cell(tally.outcomes.get(verdict, 0)) for verdict in VERDICTS)
    return (*_rule_cells(check, tally.rule), _Cell(findings), *counts)


def _finish_list(sheet: Sheet, end: int, columns: int) -> None:
    sheet.autofilter(0, 0, max(end - 1, 1), columns - 1)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)


# --- manifest


def _write_manifest(book: Book, check: Check) -> None:
    sheet = _sheet(book, "manifest")
    manifest = check.manifest
    rows = [
        ("engine", manifest.engine, ""),
        ("as_of", format_date(manifest.as_of), ""),
        *(("pack", f"{stamp.id} {stamp.version}", stamp.digest) for stamp in manifest.packs),
        *(("input", stamp.file, stamp.digest) for stamp in manifest.inputs),
    ]
    if manifest.stale:
        rows.append(("stale", text("render.stale", pack=check.pack.header.id), ""))
    cells = [(text(f"workbook_out.manifest.{item}"), name, digest) for item, name, digest in rows]
    _write_table(book, sheet, 0, _MANIFEST, [tuple(map(_Cell, row)) for row in cells])
    sheet.freeze_panes(1, 0)
