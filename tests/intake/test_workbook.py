"""What a cell of a workbook says: numbers, percentages, dates, errors, ranges, each with its place."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from compliance.intake.limits import STANDARD
from compliance.intake.sheet_figures import parse_workbook
from compliance.intake.workbook import read_sheets
from compliance.model.submission import Interval
from compliance.numerals import format_count

if TYPE_CHECKING:
    from compliance.intake.grid import Cell
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Observation
    from compliance.problems import Problem

UNIT = "soc-trang/long-phu/cap-xa"


def workbook(*rows: list[Any], formats: dict[str, str] | None = None) -> bytes:
    """A workbook with one sheet of rows; number formats by cell."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "S"
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def cell(value: Any, number_format: str = "General") -> Cell:
    sheets, problems = read_sheets(workbook([value], formats={"A1": number_format}), "a.xlsx", STANDARD)
    assert problems == ()
    assert sheets is not None
    return sheets[0].cells[1, 1]


def read(
    pack: RulePack, item: str, value: Any, number_format: str = "General"
) -> tuple[Observation | None, tuple[Problem, ...]]:
    """The value of an indicator, written beside its id."""
    content = workbook(["unit", "period", item], [UNIT, "2020-H1", value], formats={"C2": number_format})
    submissions, problems = parse_workbook(content, "a.xlsx", pack)
    return (submissions[0].observations.get(item) if submissions else None), problems


@pytest.mark.parametrize(
    ("value", "number_format", "kind", "text"),
    [
        (21035, "General", "number", "21.035"),
        (21035, "#,##0", "number", "21.035"),
        (21035.0, "General", "number", "21.035"),
        (1234.5, "0", "number", "1.234,5"),
        (0.1 + 0.2, "General", "number", "0,3"),
        (-5, "General", "number", "-5"),
        (0.9333, "0.00%", "percent", "93,33%"),
        (0.9333, "0%", "percent", "93%"),
        (14 / 15, "0.00%", "percent", "93,33%"),
        (1, "0%", "percent", "100%"),
        (1, "0.00%", "percent", "100,00%"),
        (0.995, "0.##%", "percent", "99,5%"),
        (0.995, '0.0"% đạt"', "number", "0,995"),
        (93.33, "0.00", "number", "93,33"),
        (datetime(2020, 5, 4), "dd/mm/yyyy", "date", "2020-05-04"),  # noqa: DTZ001
        (date(2020, 5, 4), "dd/mm/yyyy", "date", "2020-05-04"),
        (True, "General", "boolean", "có"),
        ("#DIV/0!", "General", "error", "#DIV/0!"),
        ("  21.035 ", "@", "text", "21.035"),
        ("=1+1", "General", "uncalculated", "="),
        (1e30, "General", "text", "1E+30"),
    ],
)
def test_a_cell_becomes_the_text_that_its_reader_sees(
    value: Any, number_format: str, kind: str, text: str
) -> None:
    found = cell(value, number_format)
    assert (found.kind, found.text) == (kind, text)
    assert str(found.place) == "a.xlsx, trang tính «S», ô A1"


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_a_whole_number_is_read_exactly(number: int) -> None:
    assert cell(number).text == format_count(number)


@given(st.integers(min_value=0, max_value=10_000))
def test_a_percentage_is_exact_at_its_printed_decimals(hundredths: int) -> None:
    found = cell(float(Decimal(hundredths) / 10_000), "0.00%")
    assert found.text == f"{hundredths // 100},{hundredths % 100:02d}%"
    assert found.stored == ""


@pytest.mark.parametrize(
    ("item", "value", "number_format", "expected"),
    [
        ("dossiers.resolved", 21035, "General", 21035),
        ("dossiers.resolved", "21.035", "@", 21035),
        ("dossiers.resolved", "07", "@", 7),
        ("one_stop.coverage", 0.9333, "0.00%", Decimal("93.33")),
        ("one_stop.coverage", 93.33, "General", Decimal("93.33")),
        ("one_stop.coverage", "93,33", "@", Decimal("93.33")),
        ("one_stop.coverage", "93,33%", "@", Decimal("93.33")),
        ("portal.hotline_published", "có", "@", True),
        ("portal.hotline_published", False, "General", False),
        ("communication.minutes_each", "5 - 7", "@", Interval(low=5, high=7)),
        ("report.signed_on", "04/5/2020", "@", date(2020, 5, 4)),
        ("report.signed_on", date(2020, 5, 4), "dd/mm/yyyy", date(2020, 5, 4)),
    ],
)
def test_a_figure_is_read_as_number_or_as_text(
    pack: RulePack, item: str, value: Any, number_format: str, expected: Any
) -> None:
    observation, problems = read(pack, item, value, number_format)
    assert [problem for problem in problems if problem.weight == "error"] == []
    assert observation is not None
    assert observation.value == expected
    assert (observation.place.sheet, observation.place.cell) == ("S", "C2")


@pytest.mark.parametrize(
    ("words", "reach"),
    [("khoảng 200", "about"), ("hơn 200", "over"), ("gần 200", "under"), ("~200 phút", "about")],
)
def test_an_approximate_figure_is_written_in_words(pack: RulePack, words: str, reach: str) -> None:
    observation, problems = read(pack, "communication.minutes_total", words)
    assert problems == ()
    assert observation is not None
    assert (observation.value, observation.approximate) == (200, reach)


@pytest.mark.parametrize(
    ("item", "value", "number_format", "code"),
    [
        ("dossiers.resolved", "#REF!", "General", "workbook.error_cell"),
        ("dossiers.resolved", "=SUM(A1:A2)", "General", "workbook.uncalculated"),
        ("dossiers.resolved", 21.035, "General", "workbook.ambiguous"),
        ("dossiers.resolved", 12.5, "General", "numerals.fraction"),
        ("dossiers.resolved", -1, "General", "numerals.negative"),
        ("dossiers.resolved", 0.5, "0%", "workbook.percent_as_number"),
        ("dossiers.resolved", 10**16, "General", "numerals.too_long"),
        ("dossiers.resolved", "khoảng 200 - 300", "@", "workbook.approximate"),
        ("dossiers.resolved", "chưa có", "@", "numerals.not_a_number"),
        ("communication.minutes_each", date(2020, 7, 5), "d-mmm", "workbook.date_as_number"),
        ("one_stop.coverage", 9333, "General", "figures.percent_over_100"),
        ("one_stop.coverage", 1.5, "0%", "figures.percent_over_100"),
        ("dossiers.resolvd", 5, "General", "workbook.unknown_column"),
    ],
)
def test_what_cannot_be_a_figure_is_said_with_its_cell(
    pack: RulePack, item: str, value: Any, number_format: str, code: str
) -> None:
    content = workbook(
        ["unit", "period", item, "documents.outgoing"],
        [UNIT, "2020-H1", value, 1],
        formats={"C2": number_format},
    )
    submissions, (problem,) = parse_workbook(content, "a.xlsx", pack)
    assert submissions == ()
    assert problem.code == code
    assert problem.place.cell == ("C1" if code == "workbook.unknown_column" else "C2")
    assert problem.what
    assert problem.remedy


def test_a_display_that_hides_digits_is_said_and_what_is_shown_counts(pack: RulePack) -> None:
    observation, (problem,) = read(pack, "one_stop.coverage", 0.9565, "0%")
    assert observation is not None
    assert observation.value == 96
    assert (problem.code, problem.weight) == ("workbook.shown_rounded", "warning")
    assert "95,65%" in problem.what


def test_a_share_of_one_is_asked_about(pack: RulePack) -> None:
    observation, (problem,) = read(pack, "one_stop.coverage", 0.9333)
    assert observation is not None
    assert observation.value == Decimal("0.9333")
    assert (problem.code, problem.weight) == ("workbook.share_of_one", "warning")


def test_an_empty_cell_is_not_a_zero(pack: RulePack) -> None:
    content = workbook(
        ["unit", "period", "dossiers.resolved", "documents.outgoing"], [UNIT, "2020-H1", None, 5]
    )
    (submission,), _ = parse_workbook(content, "a.xlsx", pack)
    assert set(submission.values) == {"documents.outgoing"}


def test_a_workbook_without_a_table_says_so(pack: RulePack) -> None:
    _, (problem,) = parse_workbook(workbook(["ghi chú"], ["xin chào"]), "a.xlsx", pack)
    assert problem.code == "workbook.no_table"


def test_an_empty_workbook_says_so(pack: RulePack) -> None:
    _, (problem,) = parse_workbook(workbook(), "a.xlsx", pack)
    assert problem.code == "intake.nothing"
