"""Slips of the pen, and what is none."""

from __future__ import annotations

import pytest

from compliance.model.report import Passage
from compliance.problems import Place
from compliance.proofreading import find_slips


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("Tiếp nhận 21 hồ sơ hồ sơ.", "doubled_word", "hồ sơ hồ sơ"),
        ("Tiếp nhận 21 hồ sơ sơ.", "doubled_word", "sơ sơ"),
        ("Đối với các các xã.", "doubled_word", "các các"),
        ("Có khoản 250.000 lượt người nghe.", "misspelling", "khoản"),
        ("Noi nhận:", "misspelling", "Noi nhận"),
        ("Phòng đã sử lý 12 hồ sơ.", "misspelling", "sử lý"),
        ("Tổng số tiếp nhận là hồ sơ.", "missing_figure", "Tổng số tiếp nhận là hồ sơ"),
        ("Tỷ lệ đúng hạn đạt … %.", "missing_figure", "đạt … %"),
        ("Kinh phí thực hiện là 205.", "missing_figure", "205"),
        ("Đạt 45,2%, 46,1% và 93.3%.", "mixed_separators", "93.3%"),
        ("Thu 1.250.000 đồng, 2.300.000 đồng, chi 1,200,000 đồng.", "mixed_separators", "1,200,000"),
    ],
)
def test_a_slip_is_marked(text: str, kind: str, quote: str) -> None:
    assert (kind, quote) in [(slip.kind, slip.quote) for slip in find_slips(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Đơn vị luôn luôn chấp hành, ngày ngày thi đua, người người hưởng ứng.",
        "Theo khoản 2 Điều 7 và khoản 15 Điều 3 của Luật.",
        "Xã Long Phú Phú Hữu",
        "Kinh phí thực hiện là 205 triệu đồng.",
        "Tổng số hồ sơ tiếp nhận là 21.035 hồ sơ, đạt 41,97%.",
        "Nơi nhận: các ngành, các cấp.",
        "Đến ngày chốt số liệu không có hồ sơ nào quá hạn.",
    ],
)
def test_sound_words_are_not_marked(text: str) -> None:
    assert find_slips(text) == ()


def test_what_was_probably_meant_is_said() -> None:
    (slip,) = find_slips("Noi nhận:")
    assert "«Nơi nhận»" in slip.explanation


def test_a_slip_carries_its_place() -> None:
    passages = (Passage(start=0, end=9, place=Place("bao-cao.docx", paragraph=12)),)
    (slip,) = find_slips("Noi nhận:", passages=passages)
    assert slip.place.paragraph == 12
