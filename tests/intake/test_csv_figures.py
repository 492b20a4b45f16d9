"""Which submissions a CSV table holds, in either of its shapes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from compliance.intake.figures import parse_figures
from compliance.model.submission import DataWindow, Interval
from compliance.problems import Place

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission

LONG = """\
unit;period;indicator;value;label;required
soc-trang/long-phu;2020-H1;dossiers.resolved;21.035;Hồ sơ đã giải quyết;Bắt buộc
soc-trang/long-phu;2020-H1;documents.electronic;41,97%;;
soc-trang/long-phu;2020-H1;budget.spent;;;
soc-trang/long-phu/cap-xa;2020-H1;dossiers.resolved;18628;;

soc-trang/long-phu;2020-H1;communication.minutes_each;05 - 07;;
"""
WIDE = """\
unit;period;data_from;data_to;report_date;reported_by;dossiers.resolved;dossiers.late
soc-trang/long-phu;2020-H1;01/01/2020;04/5/2020;21/5/2020;;21.035;0,03%
soc-trang/long-phu/cap-xa;2020-H1;;;;soc-trang/long-phu;18.628;
"""


def read(text: str, pack: RulePack, name: str = "so-lieu.csv") -> tuple[Submission, ...]:
    submissions, problems = parse_figures(text.encode(), name, pack)
    assert [str(problem) for problem in problems] == []
    return submissions


def test_a_long_table_has_a_row_for_each_figure(pack: RulePack) -> None:
    district, bloc = read(LONG, pack)
    assert district.values == {
        "dossiers.resolved": 21035,
        "communication.minutes_each": Interval(low=5, high=7),
    }
    assert district.stated["documents.electronic"].as_written == "41,97%"
    assert bloc.values == {"dossiers.resolved": 18628}


def test_a_wide_table_has_a_row_for_each_unit(pack: RulePack) -> None:
    district, bloc = read(WIDE, pack)
    assert district.values == {"dossiers.resolved": 21035}
    assert district.stated["dossiers.late"].value == Decimal("0.03")
    assert district.data_window == DataWindow(start=date(2020, 1, 1), end=date(2020, 5, 4))
    assert district.report_date == date(2020, 5, 21)
    assert bloc.reported_by == "soc-trang/long-phu"
    assert bloc.data_window is None


def test_the_place_of_a_figure_is_its_line_and_the_column_of_the_table(pack: RulePack) -> None:
    district, bloc = read(LONG, pack)
    assert bloc.observations["dossiers.resolved"].place == Place("so-lieu.csv", 5, 4)
    assert district.observations["communication.minutes_each"].place == Place("so-lieu.csv", 7, 4)


def test_a_cell_of_several_lines_does_not_shift_the_places_below(pack: RulePack) -> None:
    text = (
        "unit;period;source;dossiers.resolved\n"
        'soc-trang/long-phu;2020-H1;"Báo cáo\ntháng 5";5\n'
        "soc-trang/long-phu/cap-xa;2020-H1;;6\n"
    )
    assert [submission.place.line for submission in read(text, pack)] == [2, 4]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_found_from_the_header(delimiter: str, pack: RulePack) -> None:
    text = LONG.replace(";", delimiter).replace("41,97%", '"41,97%"')
    assert len(read(text, pack)) == 2


@pytest.mark.parametrize("first", ["\ufeff", "sep=;\n", "\ufeffsep=;\r\n", "\n;;;;;\n"])
def test_what_spreadsheets_write_before_the_header_is_passed_over(first: str, pack: RulePack) -> None:
    assert len(read(first + LONG, pack)) == 2


def test_line_ends_of_any_system_are_read(pack: RulePack) -> None:
    assert read(LONG.replace("\n", "\r\n"), pack) == read(LONG, pack)


def test_column_names_may_be_in_capitals(pack: RulePack) -> None:
    assert len(read(LONG.replace("unit;period;indicator;value", "Unit;PERIOD; Indicator ;Value"), pack)) == 2


def test_a_column_says_that_a_figure_is_approximate(pack: RulePack) -> None:
    text = (
        "unit;period;indicator;value;approximate\n"
        "soc-trang/long-phu;2020-H1;communication.news_items;200;over\n"
    )
    (district,) = read(text, pack)
    assert district.observations["communication.news_items"].approximate == "over"


def test_the_period_may_stand_in_the_name_of_the_file(pack: RulePack) -> None:
    text = "unit;dossiers.resolved\nsoc-trang/long-phu;5\n"
    (district,) = read(text, pack, "so-lieu-2019-H2.csv")
    assert str(district.period) == "2019-H2"


def test_revisions_of_a_unit_in_one_table_are_kept_apart(pack: RulePack) -> None:
    text = (
        "unit;period;revision;dossiers.resolved\n"
        "soc-trang/long-phu;2020-H1;1;5\n"
        "soc-trang/long-phu;2020-H1;2;6\n"
    )
    assert [(item.revision, item.values["dossiers.resolved"]) for item in read(text, pack)] == [
        (1, 5),
        (2, 6),
    ]


def test_a_unit_whose_form_is_blank_has_not_submitted(pack: RulePack) -> None:
    text = LONG + "soc-trang/long-phu/cap-xa/xa-phu-huu;2020-H1;dossiers.resolved;;;\n"
    submissions, (warning,) = parse_figures(text.encode(), "a.csv", pack)
    assert len(submissions) == 2
    assert warning.weight == "warning"
    assert "xã Phú Hữu" in warning.what


def test_all_problems_of_a_table_are_told_at_once(pack: RulePack) -> None:
    text = (
        "unit;period;indicator;value\n"
        "soc-trang/long-ph;2020-H1;dossiers.resolved;5\n"
        "soc-trang/long-phu;2020-H1;dossiers.resolved;21,035\n"
        "soc-trang/long-phu;2020-H1;dossiers.resolved_late;-\n"
        ";2020-H1;dossiers.resolved;5\n"
    )
    _, problems = parse_figures(text.encode(), "a.csv", pack)
    assert {(problem.place.line, problem.code) for problem in problems} == {
        (2, "figures.unknown_unit"),
        (3, "numerals.ambiguous"),
        (4, "numerals.dash"),
        (5, "figures.csv.no_unit"),
    }
