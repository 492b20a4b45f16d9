"""Our own form: filled, saved again by other programs, moved about, it reads to the same submission."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from compliance.intake.packs import dataset_root, read_pack
from compliance.intake.sheet_figures import parse_workbook
from compliance.intake.submissions import read_submissions
from compliance.model.submission import Interval, Observation, Period, StatedRate, Submission
from compliance.render.template_workbook import render_template_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl import Workbook

    from compliance.model.rulepack import Indicator, RulePack
    from compliance.model.submission import Approximate

COMMUNE = "soc-trang/long-phu/cap-xa/xa-phu-huu"
PERIOD = Period(year=2020, half=1)
DATASETS = ("long-phu-2020-h1", "long-phu-2020-h1-units", "long-phu-2020-h1-faulty")


@pytest.fixture(scope="module")
def full_pack() -> RulePack:
    pack, problems = read_pack("long-phu-2020")
    assert pack is not None, problems
    return pack


def form(pack: RulePack, filled: Submission | None = None, unit: str = COMMUNE) -> bytes:
    return render_template_workbook(pack, pack.unit[unit], PERIOD, filled=filled)


def meaning(submission: Submission) -> dict[str, Any]:
    """A submission without its places and without how its numbers were typed."""
    said = submission.model_dump(exclude={"place", "observations", "stated", "cites"})
    return said | {
        "observations": {
            name: (found.value, found.approximate) for name, found in submission.observations.items()
        },
        "stated": {name: (rate.value, rate.decimals) for name, rate in submission.stated.items()},
        "cites": sorted((item.instrument, str(item.dated), item.where) for item in submission.cites),
    }


def read_one(content: bytes, pack: RulePack) -> Submission:
    submissions, problems = parse_workbook(content, "a.xlsx", pack)
    assert [str(problem) for problem in problems if problem.weight == "error"] == []
    (submission,) = submissions
    return submission


def changed(content: bytes, change: Callable[[Workbook], object]) -> bytes:
    """The form opened and saved again, with something changed."""
    book = load_workbook(io.BytesIO(content))
    change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def sample(pack: RulePack) -> Submission:
    found, _, _ = read_submissions([dataset_root() / DATASETS[1] / "xa-phu-huu.yaml"], pack)
    return found[0]


@pytest.mark.parametrize("name", DATASETS)
def test_a_filled_form_reads_to_the_submission_that_filled_it(name: str, full_pack: RulePack) -> None:
    submissions, _, _ = read_submissions([dataset_root() / name], full_pack)
    for submission in submissions:
        read = read_one(form(full_pack, submission, submission.unit), full_pack)
        assert meaning(read) == meaning(submission)


REACHES: tuple[Approximate, ...] = ("about", "over", "under")


def _observations(indicator: Indicator) -> st.SearchStrategy[Observation]:
    most = int(min(indicator.maximum or 10**12, 10**12))
    least = int(indicator.minimum or 0)
    numbers: st.SearchStrategy[Any] = st.integers(min_value=least, max_value=most)
    if indicator.type == "boolean":
        numbers = st.booleans()
    elif indicator.type in {"percent", "amount"}:
        numbers = st.integers(least * 100, most * 100).map(lambda number: Decimal(number).scaleb(-2))
    plain = numbers.map(lambda value: Observation(indicator=indicator.id, value=value, as_written=""))
    if indicator.type != "count":
        return plain
    ranges = st.tuples(numbers, numbers).filter(lambda ends: ends[0] < ends[1])
    return st.one_of(
        plain,
        ranges.map(
            lambda ends: Observation(
                indicator=indicator.id, value=Interval(low=ends[0], high=ends[1]), as_written=""
            )
        ),
        st.tuples(numbers, st.sampled_from(REACHES)).map(
            lambda pair: Observation(
                indicator=indicator.id, value=pair[0], approximate=pair[1], as_written=""
            )
        ),
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_invented_unit_reads_to_what_filled_its_form(data: st.DataObject, full_pack: RulePack) -> None:
    asked = [item for item in full_pack.indicators if "commune" in item.levels and not item.from_register]
    chosen = data.draw(st.lists(st.sampled_from(asked), unique_by=lambda item: item.id, min_size=1))
    submission = Submission(
        unit=COMMUNE,
        period=PERIOD,
        reported_by=COMMUNE,
        provenance="synthetic",
        source="số liệu thử",
        report_date=data.draw(st.dates(date(2020, 6, 1), date(2020, 12, 31))),
        observations={item.id: data.draw(_observations(item)) for item in chosen},
        stated={
            "dossiers.in_time": StatedRate(
                rate="dossiers.in_time", value=Decimal("99.90"), decimals=2, as_written="99,90%"
            )
        },
    )
    assert meaning(read_one(form(full_pack, submission), full_pack)) == meaning(submission)


def test_a_form_with_its_sheets_in_another_order_reads_the_same(full_pack: RulePack) -> None:
    filled = sample(full_pack)

    def reverse(book: Workbook) -> None:
        book._sheets.reverse()  # type: ignore[attr-defined]

    assert meaning(read_one(changed(form(full_pack, filled), reverse), full_pack)) == meaning(filled)


def test_rows_and_columns_put_in_move_the_values_and_not_the_meaning(full_pack: RulePack) -> None:
    filled = sample(full_pack)

    def move(book: Workbook) -> None:
        for sheet in book.worksheets:
            for area in list(sheet.merged_cells.ranges):
                sheet.unmerge_cells(str(area))  # openpyxl leaves ranges behind when it moves cells
            sheet.insert_rows(1, 3)
            sheet.insert_cols(1)

    assert meaning(read_one(changed(form(full_pack, filled), move), full_pack)) == meaning(filled)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_form_saved_again_by_libreoffice_reads_the_same(full_pack: RulePack, tmp_path: Path) -> None:
    filled = sample(full_pack)
    (tmp_path / "form.xlsx").write_bytes(form(full_pack, filled))
    subprocess.run(
        [
            *("soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"),
            *("--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), str(tmp_path / "form.xlsx")),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    saved = (tmp_path / "saved" / "form.xlsx").read_bytes()
    assert meaning(read_one(saved, full_pack)) == meaning(filled)


def test_an_empty_form_is_read_and_said_to_be_empty(full_pack: RulePack) -> None:
    submissions, problems = parse_workbook(form(full_pack), "a.xlsx", full_pack)
    assert [submission.unit for submission in submissions] == [COMMUNE]
    assert [(problem.code, problem.weight) for problem in problems] == [
        ("figures.nothing_reported", "warning")
    ]


def _set(book: Workbook, key: str, offset: int, value: str | None) -> None:
    """Write beside the cell that holds a key."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == key:
                    sheet.cell(cell.row, cell.column + offset).value = value


@pytest.mark.parametrize(
    ("key", "offset", "value", "code", "weight"),
    [
        ("unit", 2, "UBND xã Tân Thạnh", "workbook.form.other_unit", "error"),
        ("period", 2, "6 tháng cuối năm 2020", "workbook.form.other_period", "error"),
        ("format", 1, "9", "workbook.form.format", "error"),
        ("pack", 1, "ca-mau-2020", "workbook.form.other_pack", "warning"),
        ("version", 1, "0.0.1", "workbook.form.other_version", "warning"),
        ("digest", 1, "x", "workbook.form.changed_pack", "warning"),
        ("dossiers.resolved", 3, "#DIV/0!", "workbook.error_cell", "error"),
        ("dossiers.resolved", 3, "khoảng 5 đến 7 việc", "workbook.approximate", "error"),
        ("dossiers.resolved", 0, "dossiers.withdrawn_rule", "workbook.form.unknown_key", "error"),
        ("stated:dossiers.in_time", 0, "stated:dossiers.nothing", "workbook.form.unknown_key", "error"),
        ("dossiers.resolved_late", 0, "dossiers.resolved", "workbook.repeated_figure", "error"),
        ("window_from", 2, None, "workbook.missing_field", "error"),
    ],
)
def test_what_is_wrong_with_a_form_is_said_at_its_cell(
    full_pack: RulePack, key: str, offset: int, value: str | None, code: str, weight: str
) -> None:
    content = changed(form(full_pack, sample(full_pack)), lambda book: _set(book, key, offset, value))
    submissions, problems = parse_workbook(content, "a.xlsx", full_pack)
    found = {problem.code: problem for problem in problems}
    assert code in found
    assert found[code].weight == weight
    assert found[code].place.cell
    assert bool(submissions) == (weight == "warning")


def test_a_document_added_by_hand_is_cited_by_its_name(full_pack: RulePack) -> None:
    instrument = full_pack.instruments[0]

    def add(book: Workbook) -> None:
        sheet = next(sheet for sheet in book.worksheets if _holds(sheet, instrument.key))
        sheet.append([None, instrument.name, date(2006, 6, 29), "I.2"])

    found = read_one(changed(form(full_pack, sample(full_pack)), add), full_pack)
    assert (instrument.key, date(2006, 6, 29), "I.2") in [
        (item.instrument, item.dated, item.where) for item in found.cites
    ]


def _holds(sheet: Any, key: str) -> bool:
    return any(cell.value == key for row in sheet.iter_rows() for cell in row)
