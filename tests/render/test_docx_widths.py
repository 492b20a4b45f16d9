"""Columns as wide as their content asks for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compliance.render.docx_widths import fit_widths

LONG = "đối chiếu số liệu với sổ theo dõi rồi gửi lại báo cáo " * 5


def test_the_column_with_the_longest_words_is_the_widest() -> None:
    widths = fit_widths(("TT", "Nhiệm vụ", "Thời hạn"), [("1", LONG, "15/7/2020")], 267)
    assert sum(widths) == 267
    assert widths[1] > widths[2] > widths[0]


def test_short_content_does_not_fill_the_page() -> None:
    assert sum(fit_widths(("TT", "Đơn vị"), [("1", "xã Phú Hữu")], 165)) < 60


def test_a_column_is_no_narrower_than_its_longest_word() -> None:
    widths = fit_widths(("TT", "Căn cứ", "Nhiệm vụ"), [("1", "01/2020/TT-VPCP-01", LONG * 9)], 165)
    assert widths[1] >= len("01/2020/TT-VPCP-01") * 2.1


def test_words_too_long_for_the_page_give_way_in_proportion() -> None:
    widths = fit_widths(("A", "B"), [("x" * 100, "y" * 100)], 165)
    assert sum(widths) <= 165
    assert widths[0] == widths[1]


@given(st.lists(st.lists(st.text(max_size=80), min_size=3, max_size=3), max_size=6))
def test_a_table_is_never_wider_than_the_page(rows: list[list[str]]) -> None:
    widths = fit_widths(("A", "B", "C"), rows, 165)
    assert sum(widths) <= 165
    assert min(widths) > 0
