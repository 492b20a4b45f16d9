"""What a file of figures says, in each of its notations and forms."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.intake.figures import parse_figures, read_figures
from compliance.model.submission import DataWindow, Interval, Observation, Period, StatedRate
from compliance.problems import Place

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission
    from compliance.problems import Problem

WHOLE = """\
format: 1
unit: soc-trang/long-phu/cap-xa
period: 2020-H1
data_window: {from: 2020-01-01, to: 04/5/2020}
report_date: 2020-05-21
reported_by: soc-trang/long-phu
provenance: reported
source: Báo cáo tháng 5
revision: 2
figures:
  dossiers: {received_total: "18.636", resolved: 18.628, resolved_late: 07}
  communication: {minutes_each: [05, 07], minutes_total: {value: 200, approximate: about}}
  portal: {hotline_published: có}
  one_stop: {coverage: 100%}
stated:
  dossiers: {late: "0,03%"}
cites:
  - {instrument: long-phu/2020/09-kh-ubnd, date: 2020-02-04, place: I.1}
  - {instrument: long-phu/2020/09-kh-ubnd}
"""
HEAD = "format: 1\nunit: soc-trang/long-phu\nperiod: 2020-H1\n"


def read_one(text: str, pack: RulePack, name: str = "so-lieu.yaml") -> Submission:
    submissions, problems = parse_figures(text.encode(), name, pack)
    assert [str(problem) for problem in problems] == []
    (submission,) = submissions
    return submission


def read_value(written: str, indicator: str, pack: RulePack) -> Observation:
    area, name = indicator.split(".")
    submission = read_one(f"{HEAD}figures:\n  {area}:\n    {name}: {written}\n", pack)
    return submission.observations[indicator]


def problems_of(text: str, pack: RulePack, name: str = "so-lieu.yaml") -> tuple[Problem, ...]:
    return parse_figures(text.encode(), name, pack)[1]


def as_json(**figures: Any) -> str:
    return json.dumps(
        {"format": 1, "unit": "soc-trang/long-phu", "period": "2020-H1", "figures": figures}, indent=1
    )


def test_a_whole_submission_is_read_as_it_is_written(pack: RulePack) -> None:
    submission = read_one(WHOLE, pack)
    assert submission.unit == "soc-trang/long-phu/cap-xa"
    assert submission.period == Period(year=2020, half=1)
    assert submission.data_window == DataWindow(start=date(2020, 1, 1), end=date(2020, 5, 4))
    assert submission.report_date == date(2020, 5, 21)
    assert submission.reported_by == "soc-trang/long-phu"
    assert not submission.is_own_report
    assert (submission.provenance, submission.source, submission.revision) == (
        "reported",
        "Báo cáo tháng 5",
        2,
    )
    assert submission.values == {
        "dossiers.received_total": 18636,
        "dossiers.resolved": 18628,
        "dossiers.resolved_late": 7,
        "communication.minutes_each": Interval(low=5, high=7),
        "communication.minutes_total": 200,
        "portal.hotline_published": True,
        "one_stop.coverage": Decimal(100),
    }
    assert [(cited.dated, cited.where) for cited in submission.cites] == [
        (date(2020, 2, 4), "I.1"),
        (None, ""),
    ]


def test_a_value_keeps_how_it_was_written_how_sure_it_is_and_where_it_stands(pack: RulePack) -> None:
    observations = read_one(WHOLE, pack).observations
    assert observations["dossiers.resolved_late"] == Observation(
        indicator="dossiers.resolved_late", value=7, as_written="07", place=Place("so-lieu.yaml", 11, 73)
    )
    assert observations["communication.minutes_total"].approximate == "about"
    assert observations["communication.minutes_each"].as_written == "05 - 07"
    assert read_one(WHOLE, pack).stated["dossiers.late"] == StatedRate(
        rate="dossiers.late",
        value=Decimal("0.03"),
        decimals=2,
        as_written="0,03%",
        place=Place("so-lieu.yaml", 16, 20),
    )


def test_what_is_left_out_has_its_usual_value(pack: RulePack) -> None:
    submission = read_one(HEAD + "figures: {dossiers: {resolved: 5}}\n", pack)
    assert submission.is_own_report
    assert submission.provenance == "reported"
    assert submission.revision == 1
    assert submission.report_date is None
    assert submission.data_window is None
    assert submission.law_date == date(2020, 6, 30)


def test_a_value_left_empty_is_not_reported_and_not_zero(pack: RulePack) -> None:
    blank = """\
report_date:
source: ~
figures:
  dossiers: {resolved: , received_total: "", resolved_late: 0}
  budget:
stated:
cites: []
data_window:
"""
    submission = read_one(HEAD + blank, pack)
    assert submission.values == {"dossiers.resolved_late": 0}


def test_areas_may_have_their_own_data_windows(pack: RulePack) -> None:
    windows = "data_window:\n  dossiers: {from: 2020-01-01, to: 2020-05-04}\n  postal:\n"
    submission = read_one(HEAD + windows + "figures: {dossiers: {resolved: 5}}\n", pack)
    assert submission.window("dossiers") == DataWindow(start=date(2020, 1, 1), end=date(2020, 5, 4))
    assert submission.window("postal") is None


@pytest.mark.parametrize(
    ("written", "indicator", "value"),
    [
        ("21.035", "dossiers.resolved", 21035),
        ('"21.035"', "dossiers.resolved", 21035),
        ("21 035", "dossiers.resolved", 21035),
        ("1.234,5", "budget.spent", Decimal("1234.5")),
        ("99,5", "one_stop.coverage", Decimal("99.5")),
        ("93.33%", "one_stop.coverage", Decimal("93.33")),
        ("x", "portal.hotline_published", True),
        ("false", "portal.hotline_published", False),
        ("21/5/2020", "report.signed_on", date(2020, 5, 21)),
        ("05 - 07", "communication.minutes_each", Interval(low=5, high=7)),
        ("{low: 5, high: 7}", "communication.minutes_each", Interval(low=5, high=7)),
        ("[5, 5]", "communication.minutes_each", 5),
        ('["1,5", 2]', "budget.spent", Interval(low=Decimal("1.5"), high=Decimal(2))),
        ("{value: 21.035}", "dossiers.resolved", 21035),
    ],
)
def test_yaml_values_are_in_vietnamese_notation(
    written: str, indicator: str, value: object, pack: RulePack
) -> None:
    assert read_value(written, indicator, pack).value == value


@pytest.mark.parametrize("reach", ["about", "over", "under"])
def test_a_figure_may_be_approximate(reach: str, pack: RulePack) -> None:
    observation = read_value(f"{{value: 200, approximate: {reach}}}", "communication.news_items", pack)
    assert (observation.value, observation.approximate) == (200, reach)


def test_json_number_tokens_are_in_json_notation_and_texts_in_vietnamese(pack: RulePack) -> None:
    text = as_json(
        dossiers={"resolved": 21035, "received_total": "21.035"},
        budget={"spent": 205.125},
        one_stop={"coverage": 93.333},
        portal={"hotline_published": True},
        communication={"minutes_each": [5, 7], "minutes_total": {"value": 200, "approximate": "about"}},
        documents={"outgoing": None},
    )
    assert read_one(text, pack, "so-lieu.json").values == {
        "dossiers.resolved": 21035,
        "dossiers.received_total": 21035,
        "budget.spent": Decimal("205.125"),
        "one_stop.coverage": Decimal("93.333"),
        "portal.hotline_published": True,
        "communication.minutes_each": Interval(low=5, high=7),
        "communication.minutes_total": 200,
    }


def test_a_percentage_in_json_keeps_its_printed_decimals(pack: RulePack) -> None:
    text = as_json(dossiers={"resolved": 5})[:-1] + ', "stated": {"dossiers": {"late": 3.030}}}'
    stated = read_one(text, pack, "so-lieu.json").stated["dossiers.late"]
    assert (stated.value, stated.decimals) == (Decimal("3.03"), 3)


def test_one_file_may_hold_several_submissions(pack: RulePack) -> None:
    text = "- {format: 1, unit: soc-trang/long-phu, period: 2020-H1, figures: {dossiers: {resolved: 5}}}\n"
    submissions, problems = parse_figures((text + text.replace("H1", "H2")).encode(), "a.yaml", pack)
    assert [str(submission.period) for submission in submissions] == ["2020-H1", "2020-H2"]
    assert problems == ()


def test_all_problems_of_a_file_are_told_at_once_in_the_order_of_what_is_read(pack: RulePack) -> None:
    text = """\
format: 1
unit: soc-trang/long-phu
period: 2020
figures:
  dossiers: {resolved: "21,035", resolved_late: -1}
  one_stop: {coverage: 101%}
stated: {dossiers: {late: nhiều}}
cites: [{instrument: long-phu/2020/09-kh-ubnd, date: 31/02/2020}]
"""
    assert [(problem.place.line, problem.code) for problem in problems_of(text, pack)] == [
        (3, "figures.period"),
        (5, "numerals.ambiguous"),
        (5, "numerals.negative"),
        (6, "figures.percent_over_100"),
        (7, "numerals.not_a_number"),
        (8, "numerals.no_such_day"),
    ]


def test_a_numerator_over_its_denominator_is_left_to_the_rules(pack: RulePack) -> None:
    text = HEAD + "figures: {documents: {outgoing: 5, outgoing_electronic: 6}}\n"
    assert read_one(text, pack).values["documents.outgoing_electronic"] == 6


def test_a_figure_of_another_level_is_kept_and_warned_of(pack: RulePack) -> None:
    text = HEAD.replace("long-phu", "long-phu/cap-xa") + "figures: {budget: {spent: 205}}\n"
    (submission,), (warning,) = parse_figures(text.encode(), "a.yaml", pack)
    assert submission.values == {"budget.spent": Decimal(205)}
    assert warning.weight == "warning"


def test_a_document_that_the_register_lacks_is_kept_and_warned_of(pack: RulePack) -> None:
    text = HEAD + "figures: {dossiers: {resolved: 5}}\ncites: [{instrument: long-phu/2020/10-kh-ubnd}]\n"
    (submission,), (warning,) = parse_figures(text.encode(), "a.yaml", pack)
    assert submission.cites[0].instrument == "long-phu/2020/10-kh-ubnd"
    assert warning.weight == "warning"


def test_a_file_is_read_from_where_it_lies_under_the_name_it_is_given(tmp_path: Path, pack: RulePack) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    (submission,), problems = read_figures(path, pack, name="nộp/a.yaml")
    assert submission.place.file == "nộp/a.yaml"
    assert problems == ()
    assert read_figures(tmp_path / "b.yaml", pack)[1][0].code == "intake.source.missing"
    assert read_figures(path.rename(tmp_path / "a.txt"), pack)[1][0].code == "intake.source.unknown_suffix"


def test_decomposed_vietnamese_is_composed_at_the_border(pack: RulePack) -> None:
    text = HEAD + "source: Ba\u0301o ca\u0301o\nfigures: {portal: {hotline_published: co\u0301}}\n"
    submission = read_one(text, pack)
    assert submission.source == "Báo cáo"
    assert submission.values == {"portal.hotline_published": True}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["format", "unit", "period", "figures", "stated", "cites", "data_window", "dossiers"]
                )
                | st.sampled_from(
                    ["resolved", "late", "value", "approximate", "low", "high", "instrument", "from"]
                )
                | st.text(max_size=4),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_no_json_makes_the_reader_raise(pack: RulePack, content: object) -> None:
    submissions, problems = parse_figures(json.dumps(content).encode(), "a.json", pack)
    assert submissions or problems
    assert all(str(problem) for problem in problems)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=60) | st.text(alphabet="format: 1unit\n\t-{}[]\"'&*!|>%,#;", max_size=60))
@pytest.mark.parametrize("suffix", [".yaml", ".json", ".csv"])
def test_no_bytes_make_the_reader_raise(pack: RulePack, suffix: str, content: bytes | str) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    submissions, problems = parse_figures(raw, f"a{suffix}", pack)
    assert submissions or problems
    assert all(str(problem) for problem in problems)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (HEAD + "figures: {one_stop: {coverage: 0.93}}\n", "a.yaml"),
        (HEAD + "figures: {one_stop: {coverage: '0,93'}}\n", "a.yaml"),
        (HEAD + "figures: {dossiers: {resolved: 5}}\nstated: {dossiers: {late: '0,03'}}\n", "a.yaml"),
        (as_json(one_stop={"coverage": 0.9333}), "a.json"),
    ],
)
def test_a_percentage_of_at_most_one_without_its_sign_is_asked_about(
    text: str, name: str, pack: RulePack
) -> None:
    (submission,), (warning,) = parse_figures(text.encode(), name, pack)
    assert (warning.code, warning.weight) == ("figures.share_of_one", "warning")
    assert all(value <= 1 for value in submission.values.values() if isinstance(value, Decimal))


def test_a_percentage_of_at_most_one_with_its_sign_is_taken_as_it_is(pack: RulePack) -> None:
    assert read_one(HEAD + "figures: {one_stop: {coverage: 0.93%}}\n", pack).values == {
        "one_stop.coverage": Decimal("0.93")
    }


def test_a_dotted_share_with_four_decimals_is_asked_about_and_never_guessed(pack: RulePack) -> None:
    (problem,) = problems_of(HEAD + "figures: {one_stop: {coverage: 0.9333}}\n", pack)
    assert problem.code == "figures.share_or_points"
    assert (problem.values["share"], problem.values["points"]) == ("93,33", "0,9333")


def test_an_amount_beyond_its_range_that_fits_in_dong_is_asked_about(pack: RulePack) -> None:
    (problem,) = problems_of(HEAD + "figures: {budget: {spent: '845.500.000'}}\n", pack)
    assert (problem.code, problem.values["likely"]) == ("figures.in_dong", "845,5")


def test_an_amount_beyond_its_range_even_in_dong_is_only_too_large(pack: RulePack) -> None:
    (problem,) = problems_of(HEAD + "figures: {budget: {spent: '845.500.000.000.000'}}\n", pack)
    assert problem.code == "figures.above"
