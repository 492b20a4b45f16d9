"""A rate whose own whole is nowhere given is not held to another one."""

from __future__ import annotations

import pytest

from compliance.proofreading import proofread


def verdicts(text: str) -> list[tuple[str, str]]:
    return [(claim.stated, claim.verdict) for claim in proofread(text) if claim.kind == "ratio"]


RECEIVED = "Trong kỳ tiếp nhận 1.300 hồ sơ, giải quyết đúng hạn 1.140 hồ sơ, đạt {}."


def test_a_rate_in_time_beside_what_was_received_is_undecided_and_says_both() -> None:
    (claim,) = proofread(RECEIVED.format("95%"))
    assert (claim.verdict, claim.difference) == ("undecided", "")
    assert claim.explanation == (
        "Chưa kết luận được: báo cáo ghi 95%; tính trên số đã nêu thì 1.140 / 1.300 = 87,69%, nhưng tỷ lệ "
        "giải quyết đúng hạn phải tính trên số hồ sơ đã giải quyết, mà đoạn này không nêu số đó. Cần ghi rõ "
        "số hồ sơ đã giải quyết."
    )


def test_a_late_rate_is_of_the_work_done_too() -> None:
    (claim,) = proofread("Tiếp nhận 40 đơn, giải quyết trễ hạn 4 đơn, chiếm 12,5%.")
    assert claim.verdict == "undecided"
    assert "tỷ lệ giải quyết trễ hạn phải tính trên số đơn đã giải quyết" in claim.explanation


def test_it_agrees_where_it_fits_the_whole_that_stands_there() -> None:
    (claim,) = proofread(RECEIVED.format("87,69%"))
    assert claim.verdict == "consistent"
    assert claim.explanation == "Khớp: 1.140 / 1.300 = 87,6923%; báo cáo ghi 87,69%."


def test_no_whole_at_all_makes_a_rate_over_one_hundred() -> None:
    assert verdicts(RECEIVED.format("105%")) == [("105%", "inconsistent")]


@pytest.mark.parametrize(
    "text",
    [
        "Đã giải quyết 1.200 hồ sơ. Tiếp nhận 1.300 hồ sơ, giải quyết đúng hạn 1.140 hồ sơ, đạt 91%.",
        "Tiếp nhận 1.300 hồ sơ, đã giải quyết 1.200 hồ sơ, đúng hạn 1.140 hồ sơ, đạt 91%.",
        "Số hồ sơ đã giải quyết: 1.300 hồ sơ, đúng hạn 1.140 hồ sơ, đạt 91%.",
        "Có 1.300 hồ sơ, trong đó đúng hạn 1.140 hồ sơ, đạt 91%.",
        "Tiếp nhận 1.300 hồ sơ, đúng hạn 1.140 hồ sơ, đạt 91% trên tổng số 1.300 hồ sơ tiếp nhận.",
        "Tiếp nhận 1.300 hồ sơ, đang giải quyết quá hạn 1.140 hồ sơ, chiếm 91%.",
        "Tiếp nhận 1.300 hồ sơ, nộp trực tuyến 1.140 hồ sơ, chiếm 91%.",
    ],
)
def test_where_its_whole_is_given_or_the_words_say_which_nothing_changes(text: str) -> None:
    assert verdicts(text) == [("91%", "inconsistent")]
