"""Figures of a draft report: few as a sentence, many that divide over units as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.render.draft_figures import FigureTable, ResultFigures

if TYPE_CHECKING:
    from compliance.model.check import Check

DISTRICT = "soc-trang/long-phu"


def _figures(check: Check, unit: str, *below: str) -> ResultFigures:
    reported = {submission.unit: submission for submission in check.reported}
    return ResultFigures(check, reported[unit], [reported[each] for each in below])


def _of_the_district(check: Check) -> ResultFigures:
    return _figures(check, DISTRICT, f"{DISTRICT}/cap-huyen", f"{DISTRICT}/cap-xa")


def test_many_figures_of_several_units_are_a_table(many_units: Check) -> None:
    table = _of_the_district(many_units).compose("dossiers")
    assert isinstance(table, FigureTable)
    assert table.titles == ("Chỉ tiêu", "ĐVT", "Toàn huyện", "Cấp huyện", "Cấp xã")
    assert table.rows[0] == ("Tổng số hồ sơ tiếp nhận", "hồ sơ", "21.035", "2.399", "18.636")


def test_few_figures_are_a_sentence(many_units: Check) -> None:
    words = _of_the_district(many_units).compose("mailbox")
    assert isinstance(words, str)
    assert words.endswith("100%, trong đó cấp huyện 100%, cấp xã 100%.")


def test_figures_of_one_unit_are_a_sentence_however_many(many_units: Check) -> None:
    assert isinstance(_figures(many_units, DISTRICT).compose("dossiers"), str)


def test_the_columns_of_many_units_would_not_fit_a_page(many_units: Check) -> None:
    below = [each.unit for each in many_units.reported if each.unit.startswith(f"{DISTRICT}/cap-xa/")]
    assert isinstance(_figures(many_units, f"{DISTRICT}/cap-xa", *below).compose("dossiers"), str)


def test_every_part_of_a_sum_is_a_row_of_its_own(many_units: Check) -> None:
    table = _of_the_district(many_units).compose("online")
    assert isinstance(table, FigureTable)
    own = {row[0]: row[2] for row in table.rows}
    assert own["Hồ sơ trực tuyến lĩnh vực đất đai"] == "498"
    assert own["Tổng số hồ sơ lĩnh vực đất đai"] == "1.327"
    assert own["Tỷ lệ hồ sơ trực tuyến lĩnh vực đất đai"] == "37,53% (498/1.327)"


def test_an_area_without_figures_says_nothing(many_units: Check) -> None:
    assert _of_the_district(many_units).compose("nothing") == ""
