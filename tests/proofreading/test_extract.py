"""What a draft says of figures that are hard to place; that it never invents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.model.submission import Period
from compliance.pipeline import load_pack
from compliance.proofreading import extract

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack

DISTRICT = "soc-trang/long-phu"
COMMUNES = "soc-trang/long-phu/cap-xa"
HEAD = "Báo cáo 6 tháng đầu năm 2020\n"


@pytest.fixture(scope="module")
def pack() -> RulePack:
    compiled, problems = load_pack("long-phu-2020")
    assert compiled is not None, problems
    return compiled.pack


def values(text: str, pack: RulePack) -> dict[tuple[str, str], object]:
    draft = extract(HEAD + text, pack)
    return {(s.unit, name): value for s in draft.submissions for name, value in s.values.items()}


def test_a_level_in_brackets_is_a_bloc(pack: RulePack) -> None:
    found = values("Trong kỳ đã tiếp nhận 210 hồ sơ (cấp huyện 120 hồ sơ, cấp xã 90 hồ sơ).", pack)
    assert found == {
        (DISTRICT, "dossiers.received_total"): 210,
        ("soc-trang/long-phu/cap-huyen", "dossiers.received_total"): 120,
        (COMMUNES, "dossiers.received_total"): 90,
    }


def test_a_named_commune_is_a_unit(pack: RulePack) -> None:
    found = values("Hồ sơ giải quyết trễ hạn 05 hồ sơ (xã Tân Hưng 03 hồ sơ, xã Long Đức 02 hồ sơ).", pack)
    assert found[f"{COMMUNES}/xa-tan-hung", "dossiers.resolved_late"] == 3
    assert found[COMMUNES, "dossiers.resolved_late"] == 5


def test_a_figure_that_no_phrase_names_is_listed_with_the_reason(pack: RulePack) -> None:
    draft = extract(f"{HEAD}Hội nghị có 120 đại biểu tham dự.", pack)
    assert draft.submissions[0].observations == {}
    ((unplaced),) = draft.unplaced
    assert (unplaced.quote, unplaced.reason) == (
        "120",
        "Không xác định được chỉ tiêu hoặc đơn vị của số này.",
    )


def test_a_second_value_that_contradicts_the_first_is_said_and_not_kept(pack: RulePack) -> None:
    draft = extract(f"{HEAD}Tổng số văn bản đi là 650 văn bản.\nTổng số văn bản đi là 560 văn bản.", pack)
    assert draft.submissions[0].values["documents.outgoing"] == 650
    assert ["650 và 560" in note for note in draft.notes] == [True]


def test_plans_are_no_figures(pack: RulePack) -> None:
    text = f"{HEAD}II. Nhiệm vụ 6 tháng cuối năm\nTiếp nhận 500 hồ sơ; 100% máy tính nối mạng LAN."
    draft = extract(text, pack)
    assert draft.submissions[0].observations == {}


def test_required_indicators_that_the_report_lacks_are_listed(pack: RulePack) -> None:
    assert "dossiers.received_total" in extract(f"{HEAD}Không có số liệu.", pack).missing


def test_a_report_without_a_period_gives_no_submission_and_says_so(pack: RulePack) -> None:
    draft = extract("Tiếp nhận 500 hồ sơ.", pack)
    assert draft.submissions == ()
    assert "kỳ báo cáo" in draft.notes[0]


def test_the_period_may_be_given(pack: RulePack) -> None:
    (submission,) = extract(
        "Trong kỳ tiếp nhận 500 hồ sơ.", pack, period=Period(year=2020, half=2)
    ).submissions
    assert submission.period == Period(year=2020, half=2)


def test_values_keep_how_they_were_written_and_where(pack: RulePack) -> None:
    (submission,) = extract(f"{HEAD}Trong kỳ tiếp nhận 1.500 hồ sơ.", pack, source="bao-cao.txt").submissions
    seen = submission.observations["dossiers.received_total"]
    assert (seen.as_written, str(seen.place)) == ("1.500", "bao-cao.txt, đoạn 2")


def test_a_denial_is_no_yes(pack: RulePack) -> None:
    assert values("Huyện chưa công khai thông tin đường dây nóng.", pack) == {}
    assert values("Huyện đã công khai thông tin đường dây nóng.", pack) == {
        (DISTRICT, "portal.hotline_published"): True
    }


def stated(text: str, pack: RulePack) -> dict[str, str]:
    (submission,) = extract(HEAD + text, pack).submissions
    return {rate: known.as_written for rate, known in submission.stated.items()}


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        (
            "Tiếp nhận 1.300 hồ sơ, đã giải quyết 1.200 hồ sơ, trong đó đúng hạn đạt 95%.",
            {"dossiers.in_time": "95%"},
        ),
        (
            "Tiếp nhận 1.300 hồ sơ; đã giải quyết 1.200 hồ sơ, đạt 92,31%, trong đó đúng hạn đạt 95%.",
            {"dossiers.resolution": "92,31%", "dossiers.in_time": "95%"},
        ),
        (
            "Đã giải quyết 1.200 hồ sơ, trong đó đúng hạn là 95%, trễ hạn 5%.",
            {"dossiers.in_time": "95%", "dossiers.late": "5%"},
        ),
        (
            "Giải quyết 1.200 hồ sơ, trong đó đúng hạn 1.140 hồ sơ, đạt 95%, trễ hạn 60 hồ sơ, chiếm 5%.",
            {"dossiers.in_time": "95%", "dossiers.late": "5%"},
        ),
        (
            "Tỷ lệ giải quyết hồ sơ đạt 92,31% (1.200/1.300 hồ sơ), trong đó đúng hạn đạt 95%.",
            {"dossiers.resolution": "92,31%", "dossiers.in_time": "95%"},
        ),
        (
            "Đã giải quyết 1.200/1.300 hồ sơ, trong đó đúng hạn đạt 95%.",
            {"dossiers.in_time": "95%"},
        ),
        (
            "Số hồ sơ giải quyết; trong đó: đúng hạn 1.140 hồ sơ, chiếm tỷ lệ 95%.",
            {"dossiers.in_time": "95%"},
        ),
        ("Đã giải quyết 1.200 hồ sơ, trong đó hồ sơ đất đai đạt 93%.", {}),
    ],
)
def test_a_percentage_behind_a_whole_states_the_rate_of_its_own_part(
    text: str, rates: dict[str, str], pack: RulePack
) -> None:
    assert stated(text, pack) == rates


def test_a_fraction_behind_the_share_of_a_part_counts_that_part(pack: RulePack) -> None:
    text = "Tỷ lệ giải quyết đạt 92,31% (1.200/1.300 hồ sơ), trong đó đúng hạn đạt 95% (1.140/1.200 hồ sơ)."
    assert values(text, pack) == {
        (DISTRICT, "dossiers.received_total"): 1300,
        (DISTRICT, "dossiers.resolved"): 1200,
        (DISTRICT, "dossiers.resolved_in_time"): 1140,
    }


def test_beside_the_early_ones_those_in_time_are_those_of_the_day(pack: RulePack) -> None:
    text = "Đã giải quyết 1.200 hồ sơ, trong đó trước hạn 400 hồ sơ, đúng hạn 740 hồ sơ, đạt 95%."
    assert values(text, pack) == {
        (DISTRICT, "dossiers.resolved"): 1200,
        (DISTRICT, "dossiers.resolved_early"): 400,
        (DISTRICT, "dossiers.resolved_on_day"): 740,
    }
    assert stated(text, pack) == {}


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Đã giải quyết 1.200 hồ sơ, trong đó đúng hạn đạt 95% (1.140 hồ sơ).", 1140),
        ("Tỷ lệ giải quyết đúng hạn đạt 95% (tương ứng 1.140 hồ sơ).", 1140),
        ("Giải quyết 1.200 hồ sơ, trong đó đúng hạn đạt 100% (1.200 hồ sơ).", 1200),
        ("Giải quyết 1.200 hồ sơ, trong đó đúng hạn đạt 95% (1.200 hồ sơ).", None),
        ("Tỷ lệ giải quyết đúng hạn đạt 95% (còn 60 hồ sơ).", None),
        ("Tỷ lệ giải quyết đúng hạn đạt 95% (đất đai 300 hồ sơ).", None),
        ("Tỷ lệ giải quyết đúng hạn đạt 95% (1.140 hồ sơ, tăng 40 hồ sơ).", None),
        ("Tỷ lệ giải quyết đúng hạn đạt 95% (18 cơ quan).", None),
        ("Giải quyết 1.200 hồ sơ, trong đó trước hạn 400 hồ sơ, đúng hạn đạt 61,67% (740 hồ sơ).", None),
    ],
)
def test_a_bare_count_in_brackets_behind_a_stated_rate_is_what_the_rate_counts(
    text: str, counted: int | None, pack: RulePack
) -> None:
    assert values(text, pack).get((DISTRICT, "dossiers.resolved_in_time")) == counted
