from __future__ import annotations

from fractions import Fraction

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
