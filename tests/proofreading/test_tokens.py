"""Each way of writing a figure, and each digit that is none."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from compliance.proofreading.folding import fold
from compliance.proofreading.tokens import scan

if TYPE_CHECKING:
    from compliance.proofreading.figures import Figure


def figures(text: str) -> list[Figure]:
    return list(scan(fold(text)))


def numbers(text: str) -> list[Fraction]:
    return [figure.value for figure in figures(text) if figure.kind in {"number", "percent"}]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("21.035 hồ sơ", "21035"),
        ("21,035 hồ sơ", "21035"),
        ("21 035 hồ sơ", "21035"),
        ("21\u00a0035 hồ sơ", "21035"),
        ("21035 hồ sơ", "21035"),
        ("07 hồ sơ", "7"),
        ("1.234.567,5 đồng", "2469135/2"),
        ("1,234,567 đồng", "1234567"),
        ("41,97%", "4197/100"),
        ("93.33%", "9333/100"),
        ("71, 45%", "1429/20"),
        ("38,2 %", "191/5"),
        ("2,5 phần trăm", "5/2"),
        ("3,27 ngàn lượt", "3270"),
        ("2,146 triệu lượt", "2146000"),
        ("4 triệu 180 nghìn đồng", "4180000"),
        ("1 tỷ 250 triệu đồng", "1250000000"),
        ("5,2 nghìn tỷ đồng", "5200000000000"),
        ("205 triệu đồng", "205000000"),
        ("mười hai cơ quan", "12"),
        ("hai mươi ba xã", "23"),
    ],
)
def test_a_number_is_read_as_it_is_written(text: str, value: str) -> None:
    assert numbers(text) == [Fraction(value)]


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 09/KH-UBND",
        "Nghị quyết 12.3/2024/NQ-HĐND",
        "Nghị định 64/2007/NĐ-CP",
        "Chỉ thị số 05-CT/TW",
        "Luật số 33/2014/QH13",
        "ngày 04/5/2020",
        "ngày 02 tháng 02 năm 2020",
        "2.1.2018",
        "10-2020",
        "giai đoạn 2016-2020",
        "quý II/2020",
        "dịp Lễ 30/4 và 01/5",
        "Điều 5 Luật Đất đai",
        "khoản 2 Điều 7",
        "mức độ 3, 4",
        "xếp thứ 3/11",
        "hạng 15/63",
        "đạt 85,5/100 điểm",
        "điện thoại 0299 3856 123",
        "tổng đài 1900 9095",
        "lúc 7 giờ 30 phút",
        "dịch Covid-19",
        "ISO 9001:2015",
        "thửa đất số 215",
        "2.1. Kết quả",
        "học sinh lớp 5",
    ],
)
def test_what_counts_nothing_is_no_number(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "above", "below"),
    [
        ("2.737/6.522 văn bản", 2737, 6522),
        ("2.737 văn bản/6.522 văn bản", 2737, 6522),
        ("2.737/tổng số 6.522 văn bản", 2737, 6522),
        ("05/11 xã, thị trấn", 5, 11),
        ("1,4/1,5 triệu đồng", 1_400_000, 1_500_000),
    ],
)
def test_a_fraction_has_two_halves(text: str, above: int, below: int) -> None:
    (fraction,) = [figure for figure in figures(text) if figure.kind == "fraction"]
    assert fraction.under is not None
    assert [fraction.value, fraction.under.value] == [above, below]


@pytest.mark.parametrize(
    "text", ["412 lượt/530 lượt người", "12 lớp/350 học viên", "30 phút/ngày", "5 triệu đồng/hộ"]
)
def test_a_pair_of_different_things_is_no_fraction(text: str) -> None:
    assert [figure for figure in figures(text) if figure.kind == "fraction"] == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("05 - 07 phút", 5, 7),
        ("từ 5 đến 7 phút", 5, 7),
        ("80-90%", 80, 90),
        ("2 - 5 triệu đồng", 2_000_000, 5_000_000),
    ],
)
def test_a_range_has_two_ends(text: str, low: int, high: int) -> None:
    (figure,) = figures(text)
    assert [figure.low, figure.high] == [low, high]


@pytest.mark.parametrize(
    ("words", "certainty"),
    [
        ("khoảng", "about"),
        ("khoản", "about"),
        ("ước đạt", "about"),
        ("hơn", "over"),
        ("trên", "over"),
        ("gần", "under"),
        ("là", None),
        ("cao hơn", None),
    ],
)
def test_certainty_is_that_of_the_word_before(words: str, certainty: str | None) -> None:
    (figure,) = figures(f"đạt {words} 200 phút")
    assert figure.approximate == certainty


def test_an_approximate_figure_reaches_ten_in_a_hundred() -> None:
    (about,) = figures("khoảng 200 phút")
    (over,) = figures("hơn 200 phút")
    assert list(about.bounds) == [180, 220]
    assert list(over.bounds) == [200, 220]


def test_a_rounded_amount_allows_half_of_its_last_place() -> None:
    (amount,) = figures("45,6 tỷ đồng")
    assert list(amount.bounds) == [45_550_000_000, 45_650_000_000]


def test_offsets_count_the_text_in_nfc() -> None:
    decomposed = "Tie\u0302\u0301p nha\u0323\u0302n 21.035 ho\u0302\u0300 so\u031b"
    folded = fold(decomposed)
    (figure,) = scan(folded)
    assert folded.text[figure.start : figure.end] == "21.035"
    assert figure.noun == "hồ sơ"
