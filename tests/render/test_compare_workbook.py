"""The workbook of a comparison, read back."""

from __future__ import annotations

import io
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from compliance.model.comparison import Comparison, RateChange, TargetMove, VerdictChange, WindowChange
from compliance.model.staleness import Staleness
from compliance.pipeline import load_pack
from compliance.render.compare_workbook import render_compare_workbook

if TYPE_CHECKING:
    from openpyxl import Workbook

DISTRICT = "soc-trang/long-phu"
CHANGE = VerdictChange(
    id=f"DOC-01@{DISTRICT}@2020-H1",
    rule="DOC-01",
    title="=Văn bản điện tử",
    unit=DISTRICT,
    area="documents",
    kind="target",
    severity="must_explain",
    before="pass",
    after="fail",
    reason_after="lý do nay.",
)
RATE = RateChange(
    name="documents.electronic",
    label="Tỷ lệ văn bản điện tử",
    unit=DISTRICT,
    before=Fraction(250000, 6522),
    after=Fraction(273700, 6522),
    change=Fraction(23700, 6522),
)


def _book(**changes: Any) -> Workbook:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    given: dict[str, Any] = {
        "period_before": "2019-H2",
        "period_after": "2020-H1",
        "accepted_before": "accepted",
        "accepted_after": "explain",
        "new": (CHANGE,),
        "resolved": (),
        "persisting": (),
        "unverifiable": (),
        "rates": (RATE,),
    }
    result = Comparison.model_validate(given | changes)
    content = render_compare_workbook(compiled.pack, result, as_of=date(2020, 6, 30))
    return load_workbook(io.BytesIO(content))


def _rows(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]


def test_the_first_sheet_says_acceptance_then_and_now_and_counts_by_unit() -> None:
    book = _book()
    assert book.sheetnames == ["Tổng hợp", "Thay đổi", "Tỷ lệ"]
    rows = _rows(book, "Tổng hợp")
    assert rows[0][0] == "Thay đổi từ 6 tháng cuối năm 2019 đến 6 tháng đầu năm 2020"
    assert str(rows[1][0]).startswith(
        "Tiếp nhận: trước «Đủ điều kiện tiếp nhận», nay «Tiếp nhận kèm giải trình»."
    )
    assert rows[-1] == ("toàn huyện", 1, 0, 0, 0, 0)


def test_a_change_is_a_row_and_text_stays_text() -> None:
    put_right = CHANGE.model_copy(update={"before": "fail", "after": "pass"})
    (row,) = _rows(_book(new=(), resolved=(put_right,)), "Thay đổi")[1:]
    assert row[0] == "Đã khắc phục"
    assert row[5] == "=Văn bản điện tử"
    assert row[6:9] == ("không đạt", "đạt", "lý do nay.")


def test_what_fails_now_is_named_as_the_fault_that_it_is() -> None:
    (row,) = _rows(_book(), "Thay đổi")[1:]
    assert row[0] == "Phát hiện mới"
    assert row[5] == "Chưa đạt «=Văn bản điện tử»"


def test_a_percentage_is_a_number_at_the_decimals_at_which_its_change_adds_up() -> None:
    (row,) = _rows(_book(), "Tỷ lệ")[1:]
    assert row[2:] == (38.332, 41.966, 3.634, "tăng 3,634 điểm phần trăm")
    whole = RATE.model_copy(update={"before": Fraction(40), "after": Fraction(42), "change": Fraction(2)})
    assert _rows(_book(rates=(whole,)), "Tỷ lệ")[1][2:] == (40, 42, 2, "tăng 2 điểm phần trăm")
    assert _book(rates=(RATE,))["Tỷ lệ"]["C2"].number_format == "#,##0.000"


def test_no_points_stand_where_the_figures_contradict_others() -> None:
    name = f"DOS-03@{DISTRICT}@2019-H2"
    (row,) = _rows(_book(rates=(RATE.model_copy(update={"disputed_before": (name,)}),)), "Tỷ lệ")[1:]
    assert row[4] is None
    assert row[5] == (
        "không so sánh: số liệu trước mâu thuẫn nhau (DOS-03 của huyện Long Phú, 6 tháng cuối năm 2019)"
    )


def test_what_is_waived_is_marked_and_counted_apart() -> None:
    waived = CHANGE.model_copy(update={"before": "fail", "waived": True})
    book = _book(new=(), persisting=(CHANGE, waived), waived=1)
    rows = _rows(book, "Tổng hợp")
    assert "còn tồn tại 2, trong đó 1 đã được miễn trừ" in str(rows[1][0])
    assert rows[-2][-1] == "Trong đó được miễn trừ"
    assert rows[-1] == ("toàn huyện", 0, 2, 0, 0, 0, 1)
    assert [row[1] for row in _rows(book, "Thay đổi")[1:]] == [
        "phải giải trình",
        "phải giải trình, đã được miễn trừ",
    ]


def test_targets_and_windows_stand_where_there_are_any() -> None:
    move = TargetMove(rule="DOC-01", title="t", unit=DISTRICT, before="90%", after="95%")
    window = WindowChange(unit=DISTRICT, days_before=125, days_after=182)
    book = _book(targets=(move,), windows=(window,))
    assert _rows(book, "Mục tiêu")[1] == ("DOC-01", "t", "toàn huyện", "90%", "95%")
    assert any("trước 125 ngày, nay 182 ngày" in str(row[0]) for row in _rows(book, "Tổng hợp"))


@pytest.mark.parametrize("which", ["stale_before", "stale_after"])
def test_a_stale_run_is_said_to_be_one(which: str) -> None:
    reason = Staleness(reason="other_version", pack="p", version="1.0.0", now="p", now_version="1.1.0")
    lines = [str(row[0]) for row in _rows(_book(**{which: (reason,)}), "Tổng hợp")]
    begin = "Lần trước: " if which == "stale_before" else "Lần này: "
    assert any(line.startswith(begin) and "bản hiện hành là 1.1.0" in line for line in lines)


def test_nothing_changed_makes_a_workbook_too() -> None:
    assert len(_rows(_book(new=(), rates=()), "Thay đổi")) == 1
