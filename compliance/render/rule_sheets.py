"""How did every rule come out on every unit, and what was the run made from?

The outcomes of rules that do not apply are in the list and hidden by its filter: they are half of it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.findings import VERDICTS
from compliance.numerals import format_date
from compliance.render.staleness import compose_staleness
from compliance.render.summary import unit_name
from compliance.render.workbook_styles import NOTE
from compliance.render.workbook_tables import SMALL, Cell, name_area, open_sheet, write_table

if TYPE_CHECKING:
    from compliance.model.check import Check, RuleTally
    from compliance.model.findings import Outcome, Verdict
    from compliance.render.workbook_styles import Book, Sheet

_OUTCOMES = (
    ("rule", 20),
    ("unit", 18),
    ("title", 48),
    ("outcome", 12),
    ("reason", 50),
    ("measured", 10),
    ("target", 10),
    ("difference", 11),
    ("area", 40),
    ("kind", 14),
    ("severity", 16),
)
_PRINTED = 8
"""Columns of the outcomes that go on paper; the others are there to filter by."""
_HIDDEN: Verdict = "not_applicable"
_DENSE = 9
_RULES = (("rule", 34), ("title", 60), ("area", 26), ("kind", 14), ("severity", 16), ("findings", 12))
_VERDICT_WIDTH = 13
_MANIFEST = (("item", 30), ("name", 70), ("digest", 72))


def write_outcomes(book: Book, check: Check) -> None:
    """Every outcome, those that do not apply behind the filter; how many these are is said."""
    sheet = open_sheet(book, "outcomes")
    hidden = frozenset(place for place, outcome in enumerate(check.outcomes) if outcome.outcome == _HIDDEN)
    words = {"count": len(hidden), "verdict": text(f"verdict.{_HIDDEN}")}
    book.write_text(sheet, 0, 0, text("workbook_out.hidden", **words), NOTE, {"text_wrap": False})
    rows = (_outcome_row(check, item) for item in check.outcomes)
    end = write_table(book, sheet, 1, _OUTCOMES, rows, size=_DENSE, hidden=hidden)
    sheet.autofilter(1, 0, max(end - 1, 2), len(_OUTCOMES) - 1)
    shown = [text(f"verdict.{verdict}") for verdict in VERDICTS if verdict != _HIDDEN]
    sheet.filter_column_list([name for name, _ in _OUTCOMES].index("outcome"), shown)
    sheet.freeze_panes(2, 2)
    sheet.repeat_rows(1)
    sheet.print_area(0, 0, max(end - 1, 2), _PRINTED - 1)


def _outcome_row(check: Check, outcome: Outcome) -> tuple[Cell, ...]:
    rule = check.pack.rule[outcome.rule]
    quantities = (outcome.measured or outcome.stated, outcome.target or outcome.expected, outcome.difference)
    verdict = text(f"verdict.{outcome.outcome}")
    return (
        Cell(outcome.rule),
        Cell(unit_name(check, outcome.unit)),
        Cell(rule.title),
        Cell(
            text("workbook_out.waived", severity=verdict) if outcome.waived else verdict,
            "waived" if outcome.waived else outcome.outcome,
        ),
        Cell("\n".join(part for part in (outcome.reason, *outcome.assumptions) if part)),
        *(Cell(quantity.text if quantity else "", style={"align": "right"}) for quantity in quantities),
        Cell(name_area(check, outcome.area)),
        Cell(text(f"kind.{outcome.kind}")),
        Cell(text(f"severity.{outcome.severity}")),
    )


def write_rules(book: Book, check: Check) -> None:
    """How often each rule came out how."""
    sheet = open_sheet(book, "rules")
    waived = (
        (("waived", float(_VERDICT_WIDTH)),) if any(tally.waived for tally in check.manifest.rules) else ()
    )
    verdicts = tuple((f"verdict_{verdict}", float(_VERDICT_WIDTH)) for verdict in VERDICTS)
    columns = (*_RULES, *waived, *verdicts)
    found = Counter(finding.rule for finding in check.findings)
    rows = (
        _tally_row(check, tally, (found[tally.rule], *(tally.waived for _ in waived)))
        for tally in check.manifest.rules
    )
    end = write_table(book, sheet, 0, columns, rows, size=SMALL)
    _finish_list(sheet, end, len(columns))


def _tally_row(check: Check, tally: RuleTally, findings: tuple[int, ...]) -> tuple[Cell, ...]:
    rule = check.pack.rule[tally.rule]
    return (
        Cell(tally.rule),
        Cell(rule.title),
        Cell(name_area(check, rule.area)),
        Cell(text(f"kind.{rule.kind}")),
        Cell(text(f"severity.{rule.severity}")),
        *map(Cell, findings),
        *(Cell(tally.outcomes.get(verdict, 0)) for verdict in VERDICTS),
    )


def _finish_list(sheet: Sheet, end: int, columns: int) -> None:
    sheet.autofilter(0, 0, max(end - 1, 1), columns - 1)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)


def write_manifest(book: Book, check: Check) -> None:
    """What the run was made from."""
    sheet = open_sheet(book, "manifest")
    manifest = check.manifest
    rows = [
        ("engine", manifest.engine, ""),
        ("as_of", format_date(manifest.as_of), ""),
        *(("pack", f"{stamp.id} {stamp.version}", stamp.digest) for stamp in manifest.packs),
        *((_input_kind(stamp.kind), stamp.file, stamp.digest) for stamp in manifest.inputs),
        *(("stale", sentence, "") for sentence in compose_staleness(manifest)),
    ]
    cells = [(text(f"workbook_out.manifest.{item}"), name, digest) for item, name, digest in rows]
    write_table(book, sheet, 0, _MANIFEST, [tuple(map(Cell, row)) for row in cells])
    sheet.freeze_panes(1, 0)


def _input_kind(kind: str) -> str:
    return "input" if kind == "figures" else kind
