"""A share behind `trong đó` is held to its own part and its own whole, or to nothing."""

from __future__ import annotations

import pytest

from compliance.proofreading import proofread


def ratios(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Stated, verdict and figures of each ratio; a wrong reading that agrees by chance is seen too."""
    return [
        (claim.stated, claim.verdict, tuple(figure.split(" (")[0] for figure in claim.figures))
        for claim in proofread(text)
        if claim.kind == "ratio"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Đã tiếp nhận 1.300 hồ sơ. Đã giải quyết 1.200 hồ sơ, trong đó đúng hạn đạt 92,3%.",
        "Tiếp nhận 1.300 hồ sơ, giải quyết 1.200 hồ sơ, trong đó hồ sơ đúng hạn chiếm 92,31%, trễ hạn 7,69%.",
        "Kết quả đã giải quyết 1.200/1.300 hồ sơ, trong đó đúng hạn đạt 92,31%.",
        "Đã giải quyết được 1.200 trên tổng số 1.300 hồ sơ, trong đó đúng hạn đạt 92,31%.",
    ],
)
def test_a_share_of_an_unnamed_part_is_not_taken_for_that_of_its_whole(text: str) -> None:
    assert ratios(text) == []


def test_the_figures_of_a_fraction_are_both_wholes_what_was_done_first() -> None:
    text = "Đã giải quyết 1.200/1.300 hồ sơ, trong đó đúng hạn 1.140 hồ sơ, đạt {}."
    assert ratios(text.format("95%")) == [("95%", "consistent", ("1.140", "1.200"))]
    assert ratios(text.format("93%")) == [("93%", "inconsistent", ("1.140", "1.200"))]


def test_a_figure_in_brackets_behind_its_share_is_of_the_whole_of_the_list() -> None:
    text = "Đã giải quyết 1.200 hồ sơ, trong đó đúng hạn 95% (1.140 hồ sơ), trễ hạn 5% (60 hồ sơ)."
    assert ratios(text) == [
        ("95%", "consistent", ("1.140", "1.200")),
        ("5%", "consistent", ("60", "1.200")),
    ]


def test_the_innermost_list_is_the_one_meant() -> None:
    text = "Giải quyết 1.200 hồ sơ, trong đó trễ hạn 100 hồ sơ, trong đó có xin lỗi 95 hồ sơ, đạt 90%."
    assert ("90%", "inconsistent", ("95", "100")) in ratios(text)


def test_parts_named_one_after_the_other_may_share_one_percentage() -> None:
    text = "Đã giải quyết 1.200 hồ sơ, trong đó trước hạn 400 hồ sơ, đúng hạn 740 hồ sơ, đạt 95%."
    assert ratios(text) == [("95%", "consistent", ("1.200", "400", "740"))]
    (claim,) = [claim for claim in proofread(text) if claim.kind == "ratio"]
    assert claim.explanation == "Khớp: (400 + 740) / 1.200 = 95%; báo cáo ghi 95%."


def test_a_share_that_fits_another_whole_than_its_list_is_undecided_and_says_so() -> None:
    text = "Tiếp nhận 1.300 hồ sơ, giải quyết 1.200 hồ sơ, trong đó đúng hạn 1.140 hồ sơ, đạt 87,69%."
    (claim,) = [claim for claim in proofread(text) if claim.kind == "ratio"]
    assert (claim.verdict, claim.difference) == ("undecided", "")
    assert claim.explanation == (
        "Chưa kết luận được: báo cáo ghi 87,69%; theo cách đặt câu thì 1.140 / 1.200 = 95%, nhưng số đã ghi "
        "lại khớp với 1.140 / 1.300. Cần ghi rõ tỷ lệ tính trên số nào."
    )


def test_a_share_before_the_part_that_it_fits_is_undecided() -> None:
    text = "Tiếp nhận 1.300 hồ sơ, giải quyết 1.200 hồ sơ, đạt 95%, trong đó đúng hạn 1.140 hồ sơ."
    (claim,) = [claim for claim in proofread(text) if claim.kind == "ratio"]
    assert claim.verdict == "undecided"
    assert "khớp với 1.140 / 1.200" in claim.explanation
