"""Which findings does the workbook send to the units, and what have they and the inspector said of them?

The findings stand with columns that the unit fills in; what it filled in before is carried forward. Beside
them, where there are any, the explanations whose finding is gone, and the waivers.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.explanations import EXPLANATION_STATUSES
from compliance.numerals import format_date, format_decimal
from compliance.render.responses import say_waivers
from compliance.render.summary import unit_name
from compliance.render.suspects import compose_suspects
from compliance.render.workbook_tables import (
    SMALL,
    Cell,
    name_area,
    open_sheet,
    write_table,
    write_title,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.model.check import Check
    from compliance.model.explanations import AnsweredExplanation, Explanation
    from compliance.model.findings import Finding
    from compliance.model.rulepack import Severity
    from compliance.model.waivers import WaiverUse
    from compliance.problems import Place
    from compliance.render.workbook_styles import Book

_SEVERITIES: tuple[Severity, ...] = ("must_fix", "must_explain", "advisory")
_FINDINGS = (
    ("id", 30),
    ("severity", 11),
    ("unit", 14),
    ("area", 13),
    ("rule", 11),
    ("message", 40),
    ("place", 18),
    ("fix", 30),
    ("suspects", 22),
    ("citation", 18),
    ("explanation", 28),
    ("status", 11),
    ("by", 12),
    ("dated", 11),
)
_ANSWERED = (
    ("id", 30),
    ("unit", 18),
    ("rule", 16),
    ("title", 46),
    ("state", 20),
    ("explanation", 60),
    ("status", 14),
    ("by", 22),
    ("dated", 13),
)
_WAIVERS = (
    ("waiver", 12),
    ("rule", 16),
    ("scope", 26),
    ("mode", 12),
    ("tolerance", 10),
    ("reason_waived", 34),
    ("approver", 26),
    ("expires", 17),
    ("use", 34),
)
_TO_FILL = {"locked": False, "bg_color": "#FFFFF0"}
_PASSWORD = ""
_ALLOWED = ("autofilter", "sort", "format_columns", "format_rows", "format_cells")
_PLAIN_TEXT = {"num_format": "@"}


def write_findings(book: Book, check: Check) -> None:
    """The findings, the heaviest first; those waived at the end."""
    sheet = open_sheet(book, "findings")
    write_title(book, sheet, text("workbook_out.how_findings"), column=1)
    rows = [_finding_row(check, finding) for finding in _in_order(check.findings)]
    end = write_table(book, sheet, 1, _FINDINGS, rows, size=SMALL)
    last = len(_FINDINGS) - 1
    if rows:
        choices = [text(f"explanation.status.{status}") for status in EXPLANATION_STATUSES]
        status = [name for name, _ in _FINDINGS].index("status")
        sheet.data_validation(2, status, end - 1, status, {"validate": "list", "source": choices})
    else:
        book.write_text(sheet, 2, 1, text("render.none_found"), {"text_wrap": False})
    sheet.autofilter(1, 0, max(end - 1, 1), last)
    sheet.freeze_panes(2, 5)
    sheet.repeat_rows(1)
    sheet.print_area(0, 1, max(end - 1, 2), last)
    sheet.protect(_PASSWORD, dict.fromkeys(_ALLOWED, True))


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.waived, _SEVERITIES.index(finding.severity)))


def _finding_row(check: Check, finding: Finding) -> tuple[Cell, ...]:
    severity = text(f"severity.{finding.severity}")
    if finding.waived:
        severity = text("workbook_out.waived", severity=severity)
    return (
        Cell(finding.id, style=_PLAIN_TEXT),
        Cell(severity, "waived" if finding.waived else finding.severity),
        Cell(unit_name(check, finding.unit)),
        Cell(name_area(check, finding.area)),
        Cell(finding.rule),
        Cell("\n".join((finding.message, *say_waivers(finding)))),
        Cell("\n".join(_by_file_name(place) for place in finding.places)),
        Cell(finding.fix),
        Cell(compose_suspects(check, finding)),
        Cell(finding.citation),
        *_filled_in(finding.explanation),
    )


def _filled_in(explanation: Explanation | None) -> tuple[Cell, ...]:
    """What the unit has filled in, to go on from: explanation, status, by whom, when."""
    words = ("", text("explanation.status.open"), "", "")
    if explanation is not None:
        words = (
            explanation.text,
            text(f"explanation.status.{explanation.status}"),
            explanation.by,
            format_date(explanation.on) if explanation.on else "",
        )
    return tuple(Cell(word, style=_TO_FILL | _PLAIN_TEXT) for word in words)


def _by_file_name(place: Place) -> str:
    """The place without the folders of its file, which say nothing to the unit."""
    return str(replace(place, file=PurePath(place.file).name))


def write_answered(book: Book, check: Check) -> None:
    """Explanations whose finding is gone; no sheet where there are none.

    It is read back as the findings are, so that an explanation is there again should its finding return.
    """
    answered = check.explanations.answered if check.explanations else ()
    if not answered:
        return
    sheet = open_sheet(book, "answered")
    write_title(book, sheet, text("workbook_out.how_answered"), column=1)
    end = write_table(book, sheet, 1, _ANSWERED, [_answered_row(check, one) for one in answered], size=SMALL)
    sheet.autofilter(1, 0, end - 1, len(_ANSWERED) - 1)
    sheet.freeze_panes(2, 2)
    sheet.repeat_rows(1)
    sheet.print_area(0, 1, end - 1, len(_ANSWERED) - 1)


def _answered_row(check: Check, answered: AnsweredExplanation) -> tuple[Cell, ...]:
    return (
        Cell(answered.explanation.finding, style=_PLAIN_TEXT),
        Cell(unit_name(check, answered.unit)),
        Cell(answered.rule),
        Cell(answered.title),
        Cell(
            text(f"explanation.state.{answered.state}"), "pass" if answered.state == "resolved" else "no_data"
        ),
        *(replace(cell, style=_PLAIN_TEXT) for cell in _filled_in(answered.explanation)),
    )


def write_waivers(book: Book, check: Check) -> None:
    """Every waiver that was read, with what it did; no sheet where there are none."""
    if not check.waivers:
        return
    sheet = open_sheet(book, "waivers")
    write_title(book, sheet, text("workbook_out.how_waivers"))
    end = write_table(
        book, sheet, 1, _WAIVERS, [_waiver_row(check, use) for use in check.waivers], size=SMALL
    )
    sheet.autofilter(1, 0, end - 1, len(_WAIVERS) - 1)
    sheet.freeze_panes(2, 1)
    sheet.repeat_rows(1)


def _waiver_row(check: Check, use: WaiverUse) -> tuple[Cell, ...]:
    waiver = use.waiver
    units = ", ".join(unit_name(check, unit) for unit in waiver.units)
    approved = text("workbook_out.approved", approver=waiver.approver, day=format_date(waiver.approved_on))
    return (
        Cell(waiver.id),
        Cell(waiver.rule),
        Cell("; ".join(filter(None, (units, ", ".join(waiver.periods), waiver.subject)))),
        Cell(text(f"waiver.mode.{waiver.mode}")),
        Cell("" if waiver.tolerance is None else format_decimal(waiver.tolerance)),
        Cell(waiver.reason),
        Cell("\n".join(filter(None, (approved, waiver.document)))),
        Cell(format_date(waiver.expires) if waiver.expires else waiver.no_expiry_reason),
        Cell(use.words, "waived" if use.count("lifted") else "none"),
    )
