"""What headings and words of a ledger mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.intake.ledger_words import find_meaning, find_unit_id, match_headings
from compliance.intake.packs import read_pack

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack

NEEDED = ["Mã hồ sơ", "Đơn vị", "Hình thức tiếp nhận", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày trả kết quả"]


@pytest.fixture(scope="module")
def pack() -> RulePack:
    read, problems = read_pack("long-phu-2020")
    assert read is not None, problems
    return read


def test_a_heading_is_known_by_id_label_or_another_name_however_spelt(pack: RulePack) -> None:
    written = ["dossier", "ĐƠN VỊ", "hinh thuc nop", "Ngày nhận", "Hạn trả", "Ngày có kết quả", "trang-thai"]
    found, problems = match_headings(written, pack, "so.csv")
    assert problems == ()
    assert found == dict(
        zip(("dossier", "unit", "channel", "received", "due", "resolved", "result"), written, strict=True)
    )


def test_a_heading_that_means_nothing_is_no_fault(pack: RulePack) -> None:
    found, problems = match_headings([*NEEDED, "Kết quả", "STT", "Ghi chú"], pack, "so.csv")
    assert problems == ()
    assert found is not None
    assert set(found.values()) == {*NEEDED, "Kết quả"}


def test_missing_and_repeated_columns_are_all_said_with_what_stands_there(pack: RulePack) -> None:
    found, problems = match_headings([*NEEDED, "Số hồ sơ"], pack, "so.csv")
    assert found is None
    assert [(problem.code, problem.values["column"]) for problem in problems] == [
        ("reconcile.missing_column", "result"),
        ("reconcile.repeated_column", "dossier"),
    ]
    assert "Hình thức tiếp nhận" in problems[0].what


@pytest.mark.parametrize(
    ("column", "written", "meaning"),
    [
        ("channel", "Trực tuyến", "online"),
        ("channel", "BUU CHINH CONG ICH", "postal"),
        ("channel", "direct", "direct"),
        ("channel", "fax", None),
        ("result", "Rút hồ sơ", "withdrawn"),
        ("result", "đã trả kết quả", "resolved"),
        ("result", "Từ chối", None),
    ],
)
def test_a_word_means_what_the_pack_says(
    pack: RulePack, column: str, written: str, meaning: str | None
) -> None:
    assert find_meaning(column, pack)(written) == meaning


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("soc-trang/long-phu/cap-xa/xa-phu-huu", "soc-trang/long-phu/cap-xa/xa-phu-huu"),
        ("UBND xã Phú Hữu", "soc-trang/long-phu/cap-xa/xa-phu-huu"),
        ("xa-phu-huu", "soc-trang/long-phu/cap-xa/xa-phu-huu"),
        ("Long Phú", None),
        ("", None),
    ],
)
def test_a_unit_is_known_by_its_id_its_label_or_a_name_that_no_other_bears(
    pack: RulePack, written: str, unit: str | None
) -> None:
    assert find_unit_id(pack)(written) == unit
