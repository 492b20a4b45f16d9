"""What a claim carries: its passage, what was expected, why, and where."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from compliance.model.legal import Instrument
from compliance.model.report import Passage
from compliance.problems import Place
from compliance.proofreading import proofread

if TYPE_CHECKING:
    from compliance.model.claims import Claim


def only(text: str, verdict: str = "inconsistent") -> Claim:
    (claim,) = [claim for claim in proofread(text) if claim.verdict == verdict]
    return claim


def test_a_claim_tells_stated_expected_and_difference() -> None:
    claim = only("Có 45/50 vụ, đạt 95%.")
    assert (claim.stated, claim.expected, claim.difference) == ("95%", "90%", "5 điểm phần trăm")
    assert claim.quote == "45/50 vụ, đạt 95%"
    assert "45 / 50 = 90%" in claim.explanation


def test_offsets_count_the_text_in_nfc() -> None:
    text = "Co\u0301 45/50 vu\u0323, đạt 95%."
    claim = only(text)
    assert claim.start == 3


def test_the_figures_used_stand_with_their_places() -> None:
    passages = (
        Passage(start=0, end=22, place=Place("bao-cao.docx", paragraph=7)),
        Passage(start=23, end=80, place=Place("bao-cao.docx", paragraph=8)),
    )
    (claim,) = [
        c
        for c in proofread("Tiếp nhận 100 hồ sơ. \nCó 45/50 vụ, đạt 95%.", passages=passages)
        if c.kind == "ratio"
    ]
    assert claim.place == Place("bao-cao.docx", paragraph=8)
    assert claim.figures == ("45 (bao-cao.docx, đoạn 8)", "50 (bao-cao.docx, đoạn 8)")


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        (
            "Tổng số 21.035 hồ sơ (cấp huyện 2.399 hồ sơ, cấp xã 18.366 hồ sơ).",
            "Có thể hai chữ số liền nhau của 18.366 bị đảo.",
        ),
        ("Có 45/50 vụ, đạt 111,1%.", "Có thể tử số và mẫu số bị đảo: 50 / 45 thì khớp."),
        (
            "Có 125 hộ, gồm thành thị 70 hộ, nông thôn 50 hộ.",
            "Có thể sai một chữ số của 125.",
        ),
        (
            "Tiếp nhận 1.000 hồ sơ, đã giải quyết 900 hồ sơ (cấp huyện 400 hồ sơ, cấp xã 600 hồ sơ).",
            "Có thể phần chi tiết là của số 1.000, không phải của số này.",
        ),
        (
            "Tiếp nhận 120 đơn. Giải quyết 45/50 đơn, đạt 37,5%.",
            "Có thể tính nhầm trên mẫu số khác, cũng khớp với: 45 / 120.",
        ),
    ],
)
def test_the_likeliest_slip_is_named(text: str, slip: str) -> None:
    assert slip in only(text).explanation


def test_one_slip_is_marked_once() -> None:
    text = "Đã giải quyết 18.628 hồ sơ, gồm đúng hạn 18.621 hồ sơ (99,96%), trễ hạn 07 hồ sơ (0,03%)."
    wrong = [claim.kind for claim in proofread(text) if claim.verdict != "consistent"]
    assert wrong == ["ratio"]


PLAN = Instrument(
    key="long-phu/2020/09-kh-ubnd",
    kind="Kế hoạch",
    number="09/KH-UBND",
    title="ứng dụng công nghệ thông tin",
    issuer="UBND huyện Long Phú",
    issued=date(2020, 2, 4),
    in_force_from=date(2020, 2, 4),
    in_force_until=date(2020, 4, 8),
    grade="R",
)


def test_a_date_other_than_the_registers_is_a_claim() -> None:
    claims = proofread("Kế hoạch số 09/KH-UBND ngày 05/02/2020 của UBND huyện.", register=[PLAN])
    assert [(claim.verdict, claim.expected) for claim in claims] == [("inconsistent", "04/02/2020")]


def test_two_dates_are_one_claim_and_the_registers_date_is_not_held_against_them() -> None:
    text = "Kế hoạch số 09/KH-UBND ngày 05/02/2020. Kế hoạch số 09/KH-UBND ngày 06/02/2020."
    wrong = [claim for claim in proofread(text, register=[PLAN]) if claim.verdict == "inconsistent"]
    assert len(wrong) == 1


def test_a_text_no_longer_in_force_on_the_reports_date_is_a_claim() -> None:
    text = "Kế hoạch số 09/KH-UBND ngày 04/02/2020 của UBND huyện."
    wrong = [
        c
        for c in proofread(text, register=[PLAN], report_date=date(2020, 5, 21))
        if c.verdict == "inconsistent"
    ]
    assert ["hết hiệu lực" in claim.explanation for claim in wrong] == [True]
    assert all(
        c.verdict == "consistent" for c in proofread(text, register=[PLAN], report_date=date(2020, 3, 1))
    )


def test_claims_stand_in_the_order_of_the_text() -> None:
    starts = [
        claim.start for claim in proofread("Có 4/5 vụ, đạt 80%. Có 3/4 vụ, đạt 75%. Có 1/2 vụ, đạt 50%.")
    ]
    assert starts == sorted(starts)


def test_the_same_text_gives_the_same_claims() -> None:
    text = "Tổng số 21 hồ sơ (nam 12, nữ 9), đạt 84% kế hoạch (25 hồ sơ)."
    assert proofread(text) == proofread(text)
