from __future__ import annotations

from fractions import Fraction

import pytest

from compliance.model.comparison import Comparison, RateChange, TargetMove, VerdictChange, WindowChange
from compliance.pipeline import load_pack
from compliance.render.blocks import render_blocks_markdown
from compliance.render.compare import compose_compare_blocks

DISTRICT = "soc-trang/long-phu"


def _change(unit: str = DISTRICT, before: str = "pass", after: str = "fail") -> VerdictChange:
    return VerdictChange.model_validate(
        {
            "id": f"DOC-01@{unit}@2020-H1",
            "rule": "DOC-01",
            "title": "Văn bản điện tử",
            "unit": unit,
            "area": "documents",
            "kind": "target",
            "severity": "must_explain",
            "before": before,
            "after": after,
            "reason_before": "lý do trước.",
            "reason_after": "lý do nay.",
        }
    )


def _page(**changes: object) -> str:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    given = {
        "period_before": "2019-H2",
        "period_after": "2020-H1",
        "accepted_before": "explain",
        "accepted_after": "accepted",
        "new": (),
        "resolved": (),
        "persisting": (),
        "unverifiable": (),
    }
    result = Comparison.model_validate(given | changes)
    return render_blocks_markdown(compose_compare_blocks(compiled.pack, result))


def test_the_title_names_both_periods_and_the_first_line_acceptance_then_and_now() -> None:
    page = _page()
    assert page.startswith("# Thay đổi từ 6 tháng cuối năm 2019 đến 6 tháng đầu năm 2020\n")
    assert "Tiếp nhận: trước «Tiếp nhận kèm giải trình», nay «Đủ điều kiện tiếp nhận»." in page


def test_two_submissions_of_one_period_are_told_as_such() -> None:
    assert "hai lần gửi số liệu, 6 tháng đầu năm 2020" in _page(period_before="2020-H1")


def test_a_new_finding_stands_with_its_reason() -> None:
    page = _page(new=(_change(),))
    assert "## Phát hiện mới (1)" in page
    assert "(huyện Long Phú, phải giải trình): đạt → không đạt: lý do nay." in page


def test_what_persists_is_a_line_for_each_rule_with_its_units() -> None:
    units = (DISTRICT, f"{DISTRICT}/cap-xa")
    page = _page(persisting=tuple(_change(unit, before="fail") for unit in units))
    assert "[DOC-01] Chưa đạt «Văn bản điện tử»: 2 đơn vị: toàn huyện, cấp xã" in page


def test_rates_that_changed_stand_with_the_points_and_the_others_are_counted() -> None:
    rates = tuple(
        RateChange(
            name="documents.electronic",
            label="Điện tử",
            unit=DISTRICT,
            before=Fraction(before),
            after=Fraction(42),
            change=Fraction(42 - before),
        )
        for before in (40, 45, 42)
    )
    page = _page(rates=rates)
    assert "| toàn huyện | Điện tử | 40% | 42% | tăng 2 điểm phần trăm |" in page
    assert "giảm 3 điểm phần trăm" in page
    assert "1 tỷ lệ không đổi." in page


def test_moved_targets_and_other_windows_are_told() -> None:
    move = TargetMove(rule="DOC-01", title="Điện tử", unit=DISTRICT, before="80%", after="90%")
    window = WindowChange(unit=DISTRICT, days_before=184, days_after=125)
    page = _page(targets=(move,), windows=(window,))
    assert "[DOC-01] Điện tử (huyện Long Phú): 80% → 90%" in page
    assert "huyện Long Phú: trước 184 ngày, nay 125 ngày" in page


def _rate(before: Fraction, after: Fraction, **disputed: tuple[str, ...]) -> RateChange:
    return RateChange(
        name="documents.electronic",
        label="Điện tử",
        unit=DISTRICT,
        before=before,
        after=after,
        change=after - before,
        **disputed,
    )


def test_a_change_is_the_difference_of_the_percentages_beside_it() -> None:
    page = _page(rates=(_rate(Fraction(250000, 6522), Fraction(273700, 6522)),))
    assert "| 38,332% | 41,966% | tăng 3,634 điểm phần trăm |" in page
    page = _page(rates=(_rate(Fraction("10.004444"), Fraction("20.005555")),))
    assert "| 10% | 20,01% | tăng 10 điểm phần trăm (tính trên số chưa làm tròn) |" in page


OLD, NEW = f"DOS-03@{DISTRICT}@2019-H2", f"DOS-03@{DISTRICT}@2020-H1"


@pytest.mark.parametrize(
    ("disputed", "words"),
    [
        (
            {"disputed_before": (OLD,)},
            "trước mâu thuẫn nhau (DOS-03 của huyện Long Phú, 6 tháng cuối năm 2019)",
        ),
        ({"disputed_after": (NEW,)}, "nay mâu thuẫn nhau (DOS-03 của huyện Long Phú, 6 tháng đầu năm 2020)"),
        ({"disputed_before": (OLD,), "disputed_after": (NEW,)}, "trước và nay mâu thuẫn nhau (DOS-03 của"),
        ({"disputed_before": (OLD, OLD + "#1", OLD + "#2", OLD + "#3")}, "; còn 1 mâu thuẫn khác)"),
    ],
)
def test_a_change_between_disputed_figures_is_neither_a_rise_nor_a_fall(
    disputed: dict[str, tuple[str, ...]], words: str
) -> None:
    page = _page(rates=(_rate(Fraction(40), Fraction(42), **disputed),))
    assert "không so sánh: số liệu" in page
    assert words in page
    assert "điểm phần trăm" not in page


def test_what_a_waiver_lifts_is_marked_in_every_group_and_counted_apart() -> None:
    plain, waived = _change(before="fail"), _change(f"{DISTRICT}/cap-xa", before="fail")
    waived = waived.model_copy(update={"waived": True})
    page = _page(persisting=(plain, waived), waived=1)
    assert "2 đơn vị: toàn huyện, cấp xã (đã được miễn trừ)" in page
    assert "## Còn tồn tại (2, trong đó 1 đã được miễn trừ)" in page
    assert "còn tồn tại 2, trong đó 1 đã được miễn trừ; đã khắc phục 0" in page
    assert "Trong đó được miễn trừ" in page
    page = _page(new=(_change().model_copy(update={"waived": True}),), waived=1)
    assert "(huyện Long Phú, phải giải trình, đã được miễn trừ): đạt → không đạt" in page
    assert "miễn trừ" not in _page(persisting=(plain,))
