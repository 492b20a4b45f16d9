"""The form as a workbook: what is in it, that only its cells to fill in are open, and that it computes."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from compliance.model.submission import CitedDocument, Interval, Observation, Period, StatedRate, Submission
from compliance.pipeline import dataset, read_submissions
from compliance.render.template_text import asked_indicators
from compliance.render.template_workbook import render_template_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from compliance.model.base import Scalar
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Approximate

DISTRICT, COMMUNE = "soc-trang/long-phu", "soc-trang/long-phu/cap-xa/xa-phu-huu"
HALF = Period(year=2020, half=1)


def report(unit: str = COMMUNE, period: Period = HALF, **figures: Scalar | Interval) -> Submission:
    observations = {
        name.replace("__", "."): Observation(
            indicator=name.replace("__", "."), value=value, as_written=str(value)
        )
        for name, value in figures.items()
    }
    return Submission(
        unit=unit, period=period, reported_by=unit, provenance="reported", observations=observations
    )


def form(pack: RulePack, unit: str = COMMUNE, **options: Submission | None) -> Workbook:
    return load_workbook(io.BytesIO(render_template_workbook(pack, pack.unit[unit], HALF, **options)))


def row_of(book: Workbook, key: str) -> tuple[Worksheet, int]:
    return next(
        (sheet, row[0].row or 0)
        for sheet in book.worksheets
        for row in sheet.iter_rows(max_col=1)
        if row[0].value == key
    )


def cell(book: Workbook, key: str, column: str) -> Cell | MergedCell:
    sheet, row = row_of(book, key)
    return sheet.cell(row, "ABCDEFGH".index(column) + 1)


def test_every_figure_asked_of_the_unit_has_a_row(pack: RulePack) -> None:
    book = form(pack)
    asked = [item for item in pack.indicators if "commune" in item.levels and item.from_register is None]
    assert [cell(book, item.id, "B").value for item in asked] == [item.label for item in asked]


def test_the_unit_and_the_period_are_filled_in(pack: RulePack) -> None:
    book = form(pack)
    assert cell(book, "unit", "C").value == pack.unit[COMMUNE].label
    assert cell(book, "period", "C").value == "6 tháng đầu năm 2020"


def test_a_hidden_sheet_says_which_pack_unit_and_period_it_was_made_for(pack: RulePack) -> None:
    sheet = form(pack)["_tuan_thu"]
    stamp = {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2)}
    assert sheet.sheet_state == "veryHidden"
    assert stamp["pack"] == "long-phu-2020"
    assert stamp["digest"] == pack.header.digest
    assert (stamp["unit"], stamp["period"], stamp["format"]) == (COMMUNE, "2020-H1", "1")


def test_only_cells_to_fill_in_are_open(pack: RulePack) -> None:
    book = form(pack)
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert not cell(book, "dossiers.resolved", "D").protection.locked
    assert not cell(book, "stated:dossiers.in_time", "D").protection.locked
    assert all(cell(book, "dossiers.resolved", column).protection.locked for column in "ABCEFGH")
    assert cell(book, "unit", "C").protection.locked


def test_a_sheet_is_unlocked_without_a_password(pack: RulePack) -> None:
    assert all(not sheet.protection.password for sheet in form(pack).worksheets)


def test_a_note_says_why_a_figure_is_asked(pack: RulePack) -> None:
    note = cell(form(pack), "dossiers.received_total", "B").comment
    assert note is not None
    assert "DOS-03" in note.text


def validation(book: Workbook, key: str) -> tuple[str, str, str]:
    sheet, row = row_of(book, key)
    found = next(one for one in sheet.data_validations.dataValidation if f"D{row}" in str(one.sqref))
    return str(found.type), str(found.formula1), str(found.error)


def test_a_count_takes_whole_numbers_from_0_and_words(pack: RulePack) -> None:
    kind, formula, error = validation(form(pack), "dossiers.resolved")
    row = row_of(form(pack), "dossiers.resolved")[1]
    assert kind == "custom"
    assert formula == (
        f"OR(ISTEXT(D{row}),AND(ISNUMBER(D{row}),D{row}>=0,D{row}<=1000000000,D{row}=INT(D{row})))"
    )
    assert "số nguyên từ 0 đến 1.000.000.000" in error


def test_a_percentage_lies_between_0_and_100(pack: RulePack) -> None:
    assert ">=0" in validation(form(pack), "one_stop.coverage")[1]
    assert "<=100" in validation(form(pack), "one_stop.coverage")[1]


def test_yes_or_no_is_chosen_from_a_list(pack: RulePack) -> None:
    kind, choices, _ = validation(form(pack, DISTRICT), "portal.hotline_published")
    assert (kind, choices) == ("list", '"có,không"')


def test_last_periods_figure_stands_beside(pack: RulePack) -> None:
    before = report(period=HALF.previous, dossiers__resolved=321)
    assert cell(form(pack, previous=before), "dossiers.resolved", "G").value == 321
    assert cell(form(pack, previous=before), "dossiers.resolved", "D").value is None


def test_the_column_of_the_last_period_is_hidden_where_nothing_stands_in_it(pack: RulePack) -> None:
    sheet, _ = row_of(form(pack), "dossiers.resolved")
    assert sheet.column_dimensions["G"].hidden


@pytest.mark.parametrize(
    ("approximate", "shown"), [("about", "khoảng 200"), ("over", "trên 200"), ("under", "dưới 200")]
)
def test_an_approximate_figure_is_written_in_words(
    pack: RulePack, approximate: Approximate, shown: str
) -> None:
    name = "communication.listeners"
    about = Observation(indicator=name, value=200, as_written="", approximate=approximate)
    filled = report(DISTRICT).model_copy(update={"observations": {name: about}})
    assert cell(form(pack, DISTRICT, filled=filled), name, "D").value == shown


def test_a_range_is_written_with_a_dash(pack: RulePack) -> None:
    filled = report(DISTRICT, communication__minutes_each=Interval(low=5, high=7))
    assert cell(form(pack, DISTRICT, filled=filled), "communication.minutes_each", "D").value == "5 - 7"


def test_a_stated_rate_keeps_its_decimals(pack: RulePack) -> None:
    name = "dossiers.in_time"
    stated = StatedRate.model_validate(
        {"rate": name, "value": 93, "decimals": 2, "as_written": "93,00%"}, strict=False
    )
    filled = report().model_copy(update={"stated": {name: stated}})
    assert cell(form(pack, filled=filled), f"stated:{name}", "D").value == "93,00%"


def test_what_a_user_wrote_is_never_a_formula(pack: RulePack) -> None:
    filled = report().model_copy(update={"source": '=HYPERLINK("http://evil","x")'})
    found = cell(form(pack, filled=filled), "source", "C")
    assert found.data_type == "s"
    assert found.quotePrefix


def test_no_document_is_listed_that_was_issued_after_the_period(pack: RulePack) -> None:
    listed = {row[0].value for sheet in form(pack).worksheets for row in sheet.iter_rows(max_col=1)}
    assert "long-phu/2020/09-kh-ubnd" in listed
    assert not {"chinh-phu/2025/118-nd-cp", "chinh-phu/2022/42-nd-cp"} & listed


def test_a_document_that_was_cited_all_the_same_stays_in_the_form(pack: RulePack) -> None:
    late = "chinh-phu/2025/118-nd-cp"
    cited = CitedDocument(instrument=late, dated=date(2025, 6, 9), where="I.1")
    filled = report().model_copy(update={"cites": (cited,)})
    assert cell(form(pack, filled=filled), late, "C").value is not None


def test_equal_input_gives_equal_bytes(pack: RulePack) -> None:
    first, second = (render_template_workbook(pack, pack.unit[COMMUNE], HALF) for _ in range(2))
    assert first == second


def test_a_form_holds_no_macro_no_link_and_no_connection(pack: RulePack) -> None:
    """Nothing that a spreadsheet program warns of on opening."""
    body = render_template_workbook(pack, pack.unit[DISTRICT], HALF)
    names = zipfile.ZipFile(io.BytesIO(body)).namelist()
    assert not [name for name in names if "vba" in name or "external" in name or "connection" in name]


@pytest.mark.parametrize("name", ["long-phu-2020-h1", "long-phu-2020-h1-faulty"])
def test_a_filled_form_reads_as_the_submission_it_was_filled_with(
    pack: RulePack, tmp_path: Path, name: str
) -> None:
    submissions, _, _ = read_submissions((dataset(name),), pack)
    for number, submission in enumerate(submissions):
        path = tmp_path / f"{number}.xlsx"
        unit = pack.unit[submission.unit]
        path.write_bytes(render_template_workbook(pack, unit, submission.period, filled=submission))
    again, _, problems = read_submissions((tmp_path,), pack)
    assert problems == ()
    assert sorted(map(contents, again)) == sorted(map(contents, submissions))


def contents(submission: Submission) -> str:
    """All that a submission says, without its places and its spelling."""
    head = submission.model_dump(exclude={"observations", "stated", "cites", "place"})
    return repr(
        (
            {**head, "area_windows": sorted(dict(submission.area_windows).items())},
            sorted((one.indicator, one.value, one.approximate) for one in submission.observations.values()),
            sorted((one.rate, one.value, one.decimals) for one in submission.stated.values()),
            sorted((one.instrument, str(one.dated), one.where) for one in submission.cites),
        )
    )


def results(book: Workbook) -> list[str]:
    """What the checks of the sheet of dossiers show, from the heading on."""
    sheet, _ = row_of(book, "dossiers.resolved")
    return [str(row[0].value or "") for row in sheet.iter_rows(min_row=4, min_col=3, max_col=3)]


@pytest.fixture(scope="module")
def recalculated(pack: RulePack, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """A form with a wrong balance, its figures typed into an empty form, computed by LibreOffice."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("forms")
    book = form(pack)
    figures = {"received_total": 100, "resolved": 90, "resolved_in_time": 88, "resolved_late": 2}
    for name, figure in (figures | {"pending_in_time": 7}).items():
        sheet, row = row_of(book, f"dossiers.{name}")
        sheet[f"D{row}"] = figure
    book.save(folder / "form.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), str(folder / "form.xlsx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return load_workbook(folder / "out" / "form.xlsx", data_only=True)


def test_libreoffice_finds_the_broken_balance(recalculated: Workbook) -> None:
    assert "Lệch 3 (vế trái lớn hơn)" in results(recalculated)


def test_libreoffice_finds_what_agrees(recalculated: Workbook) -> None:
    assert results(recalculated).count("Khớp") == 5


def test_libreoffice_settles_a_whole_from_its_parts(recalculated: Workbook) -> None:
    assert cell(recalculated, "dossiers.pending", "H").value == 7
    assert cell(recalculated, "dossiers.received_online", "H").value in {None, ""}


def test_libreoffice_counts_what_is_blank_and_what_is_off(pack: RulePack, recalculated: Workbook) -> None:
    required = sum("commune" in item.required for item in pack.indicators)
    sheet = recalculated.worksheets[0]
    shown = {row[1].value: row[2].value for row in sheet.iter_rows(max_col=3)}
    assert shown["Chỉ tiêu bắt buộc còn trống"] == required - 5
    assert shown["Phép đối chiếu bị lệch"] == 1


def test_dates_are_real_dates(pack: RulePack) -> None:
    filled = report().model_copy(update={"report_date": date(2020, 5, 21)})
    found = cell(form(pack, filled=filled), "report_date", "C")
    assert found.number_format == "dd/mm/yyyy"
    assert str(found.value).startswith("2020-05-21")


AMOUNTS = st.one_of(
    st.integers(0, 10**9),
    st.tuples(st.integers(0, 500), st.integers(501, 10**6)).map(
        lambda ends: Interval(low=ends[0], high=ends[1])
    ),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(unit=st.sampled_from(["", "/cap-xa", "/cap-xa/xa-phu-huu"]), drawn=st.data())
def test_any_figures_come_back_as_they_were(
    pack: RulePack, tmp_path: Path, unit: str, drawn: st.DataObject
) -> None:
    of = pack.unit[DISTRICT + unit]
    names = [item.id for item in asked_indicators(pack, of) if item.maximum == 10**9]
    figures = drawn.draw(st.dictionaries(st.sampled_from(names), AMOUNTS, min_size=1, max_size=12))
    reach = drawn.draw(st.sampled_from([None, "about", "over", "under"]))
    filled = report(of.id, HALF, **{name.replace(".", "__"): value for name, value in figures.items()})
    first, one = next(iter(filled.observations.items()))
    if reach and not isinstance(one.value, Interval):
        changed = {**filled.observations, first: one.model_copy(update={"approximate": reach})}
        filled = filled.model_copy(update={"observations": changed})
    path = tmp_path / "form.xlsx"
    path.write_bytes(render_template_workbook(pack, of, HALF, filled=filled))
    (again,), _, problems = read_submissions((path,), pack)
    assert [problem for problem in problems if problem.weight == "error"] == []
    assert contents(again) == contents(filled)
