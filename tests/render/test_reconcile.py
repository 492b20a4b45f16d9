"""A ledger held against the reports, as its readers see it."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from compliance.engine.staleness import find_ended
from compliance.reconcile_pipeline import Bounds, reconcile
from compliance.render.blocks import Block, Bullets, Grid, Heading, Paragraph, render_blocks_markdown
from compliance.render.reconcile import compose_reconciliation_blocks
from compliance.render.reconcile_words import Reader
from compliance.render.reconcile_workbook import render_reconciliation_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook
    from syrupy.assertion import SnapshotAssertion

    from compliance.model.reconciliation import Reconciliation

COMMUNE = "soc-trang/long-phu/cap-xa/xa-phu-huu"
REPORT = f"""\
format: 1
unit: {COMMUNE}
period: 2020-H1
provenance: reported
figures:
  dossiers: {{received_online: 2, received_direct: 1, carried_over: 0, resolved: 3, resolved_late: 1}}
stated:
  dossiers: {{in_time: "66,6%"}}
"""
ROWS = (
    f"=1+1,{COMMUNE},online,2020-02-03,2020-02-10,2020-02-10,resolved",
    f"H2,{COMMUNE},online,2020-02-03,2020-02-10,2020-02-13,resolved",
    f"H3,{COMMUNE},direct,2020-02-03,2020-02-10,2020-02-11,resolved",
    f"H4,{COMMUNE},direct,2020-02-03,,,",
    f"H5,{COMMUNE},fax,2020-02-03,2020-02-10,2020-02-09,resolved",
    "H6,xã Không Có,direct,2020-02-03,2020-02-10,2020-02-09,resolved",
)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Reconciliation:
    folder: Path = tmp_path_factory.mktemp("so")
    heads = "dossier,unit,channel,received,due,resolved,result"
    (folder / "so.csv").write_text("\n".join((heads, *ROWS)), encoding="utf-8")
    (folder / "phu-huu.yaml").write_text(REPORT, encoding="utf-8")
    found, problems = reconcile(
        [folder / "so.csv"],
        [folder / "phu-huu.yaml"],
        "long-phu-2020",
        as_of=date(2020, 7, 1),
        bounds=Bounds(listed=1),
    )
    assert found is not None, problems
    return found


def page(result: Reconciliation) -> list[Block]:
    return list(compose_reconciliation_blocks(result, is_page=True))


def below(blocks: list[Block], heading: str) -> list[Block]:
    titles = [block.words if isinstance(block, Heading) else "" for block in blocks]
    return blocks[titles.index(heading) + 1 :]


def test_the_first_line_gives_the_verdict_and_how_much_differs(result: Reconciliation) -> None:
    assert page(result)[1] == Paragraph(
        "CÓ CHÊNH LỆCH – 3 đơn vị, 6 hồ sơ trong sổ: 4 cột chênh lệch ở 1 đơn vị, 1 tỷ lệ ghi chưa đúng, "
        "2 lượt bản ghi bất hợp lý."
    )


def test_a_unit_with_only_a_wrong_rate_is_not_among_those_with_differing_columns(
    result: Reconciliation,
) -> None:
    (commune,) = (unit for unit in result.units if unit.unit == COMMUNE)
    only_rate = commune.model_copy(update={"unit": COMMUNE.replace("phu-huu", "tan-hung"), "columns": ()})
    both = result.model_copy(update={"units": (commune, only_rate)})
    headline = page(both)[1]
    assert isinstance(headline, Paragraph)
    assert "4 cột chênh lệch ở 1 đơn vị, 2 tỷ lệ ghi chưa đúng" in headline.words


def test_a_difference_has_its_column_its_sign_and_how_the_report_came_by_it(result: Reconciliation) -> None:
    grid = below(page(result), "Chênh lệch")[0]
    assert isinstance(grid, Grid)
    whole = grid.rows[0]
    assert whole[:6] == ("UBND xã Phú Hữu", "3", "Tổng số hồ sơ tiếp nhận", "5", "3", "−2")
    assert whole[6].startswith("số báo cáo được suy ra")


def test_words_of_the_program_are_shown_in_those_of_the_pack_and_others_as_written(
    result: Reconciliation,
) -> None:
    reader = Reader(result)
    record = result.faults[0].records[0].model_copy(update={"channel": "online", "result": "resolved"})
    assert reader.record(record)[5:7] == ("Trực tuyến", "Đã giải quyết")
    written = record.model_copy(update={"channel": "fax", "result": "Xong"})
    assert reader.record(written)[5:7] == ("fax", "Xong")


def test_a_rate_is_shown_with_its_fraction(result: Reconciliation) -> None:
    grid = below(page(result), "Tỷ lệ tính lại từ sổ")[0]
    assert isinstance(grid, Grid)
    assert grid.rows[0][2:4] == ("2/4 = 50%", "66,6%")


def test_what_is_not_reported_is_named_with_the_reason(result: Reconciliation) -> None:
    bullets = below(page(result), "Chưa so sánh được")[0]
    assert isinstance(bullets, Bullets)
    assert any("Hồ sơ trả lại hoặc do người nộp rút" in item for item in bullets.items)


def test_a_shortened_list_says_of_how_many_it_is(result: Reconciliation) -> None:
    assert Paragraph("Liệt kê 1 trong số 2.") in below(page(result), "Hồ sơ trễ hạn")


def test_every_definition_is_shown_and_assumptions_are_marked(result: Reconciliation) -> None:
    for is_page in (True, False):
        shown = render_blocks_markdown(compose_reconciliation_blocks(result, is_page=is_page))
        for definition in result.definitions:
            line = next(
                line
                for line in shown.splitlines()
                if definition.label in line and definition.wording[:-1] in line
            )
            assert ("giả định" in line) == definition.assumption


def test_the_whole_page_reads_so(result: Reconciliation, golden: SnapshotAssertion) -> None:
    words = render_blocks_markdown(page(result))
    assert "\n".join(line for line in words.splitlines() if "SHA-256" not in line) == golden


@pytest.fixture(scope="module")
def book(result: Reconciliation) -> Workbook:
    return load_workbook(io.BytesIO(render_reconciliation_workbook(result)))


def test_the_sheets_stand_in_the_order_of_reading(book: Workbook) -> None:
    assert book.sheetnames == [
        "Tổng hợp",
        "Đối chiếu",
        "Tỷ lệ",
        "Hồ sơ trễ hạn",
        "Bản ghi bất hợp lý",
        "Chi tiết bất hợp lý",
        "Cách đếm",
        "Nguồn",
    ]


def test_counts_are_numbers_and_every_column_of_every_unit_has_a_row(
    book: Workbook, result: Reconciliation
) -> None:
    rows = [
        row for row in book["Đối chiếu"].iter_rows(min_row=4, values_only=True) if row[0] == "UBND xã Phú Hữu"
    ]
    assert len(rows) == len(result.units[-1].columns)
    assert rows[0][3:6] == (5, 3, -2)


def test_a_number_of_a_dossier_never_becomes_a_formula(result: Reconciliation) -> None:
    late = result.late[0].model_copy(update={"dossier": "=1+1"})
    spoilt = result.model_copy(update={"late": (late,)})
    cell = load_workbook(io.BytesIO(render_reconciliation_workbook(spoilt)))["Hồ sơ trễ hạn"]["B4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_pack_that_is_no_longer_in_force_is_said_below_the_verdict(result: Reconciliation) -> None:
    assert not result.stale_because
    ended = find_ended(result.pack.header, date(2026, 1, 1))
    told = page(result.model_copy(update={"stale_because": ended}))[2]
    assert isinstance(told, Paragraph)
    assert "long-phu-2020" in told.words
