"""What the generated reference of packs says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from compliance.authoring.reference import compose_reference
from compliance.intake.packs import pack_root, read_pack

BAD = Path(__file__).resolve().parents[1] / "data" / "bad"


@pytest.fixture(scope="module")
def page() -> str:
    composed, problems = compose_reference()
    assert problems == ()
    assert composed is not None
    return composed.text


def test_every_written_rule_has_a_section_and_every_generated_one_a_row(page: str) -> None:
    pack, _ = read_pack("long-phu-2020")
    assert pack is not None
    assert [rule.id for rule in pack.rules if f"##### {rule.id}. {rule.title}\n" not in page] == []
    assert "| `RATE:dossiers.late:stated` |" in page


def test_every_indicator_rate_target_unit_and_instrument_has_a_row(page: str) -> None:
    pack, _ = read_pack("long-phu-2020")
    assert pack is not None
    named = [*pack.indicator, *pack.rate, *pack.target, *pack.unit, *pack.instrument]
    assert [name for name in named if f"\n| `{name}` |" not in page] == []


def test_every_definition_of_counting_has_a_row_and_an_assumption_says_so(page: str) -> None:
    pack, _ = read_pack("long-phu-2020")
    assert pack is not None
    for definition in pack.ledger_definitions:
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{definition.id}` |")]
        assert definition.wording in row
        assert ("giả định: " in row) == definition.assumption


def test_a_check_is_said_in_words_beside_its_expression(page: str) -> None:
    assert "«Tổng số hồ sơ tiếp nhận» = «Tổng số hồ sơ đã giải quyết» + " in page
    assert "`dossiers.received_total == dossiers.resolved + dossiers.pending" in page


def test_a_target_is_said_with_its_value_and_its_days(page: str) -> None:
    assert "từ 90% (từ 07/3/2019, thời hạn đến 31/12/2020) trở lên." in page


def test_a_legal_basis_is_said_with_how_sure_it_is(page: str) -> None:
    assert "Kế hoạch 09/KH-UBND; R: theo thông tin cung cấp, chưa đối chiếu văn bản gốc." in page


def test_two_runs_give_the_same_bytes(page: str) -> None:
    again, _ = compose_reference()
    assert again is not None
    assert again.text == page


def test_the_folder_of_packs_may_be_anywhere(page: str, tmp_path: Path) -> None:
    elsewhere = tmp_path / "rules"
    elsewhere.symlink_to(pack_root(), target_is_directory=True)
    again, _ = compose_reference(elsewhere)
    assert again is not None
    assert again.text == page


def test_no_reference_is_made_of_packs_that_cannot_be_read() -> None:
    page, problems = compose_reference(BAD / "packs")
    assert page is None
    assert problems


def test_a_withdrawn_rule_says_why_and_a_renamed_one_what_it_was_called(tmp_path: Path) -> None:
    shutil.copytree(BAD / "packs" / "sound", tmp_path / "sound")
    shutil.copy(BAD / "packs" / "instruments.yaml", tmp_path / "instruments.yaml")
    contents = tmp_path / "sound" / "contents.yaml"
    renamed = contents.read_text(encoding="utf-8") + "    aliases: [DOS-99]\n"
    contents.write_text(renamed, encoding="utf-8")
    below = tmp_path / "below"
    below.mkdir()
    header = (tmp_path / "sound" / "pack.yaml").read_text(encoding="utf-8").partition("areas:")[0]
    (below / "pack.yaml").write_text(
        header.replace("id: sound", "id: below")
        + "extends: sound\nchangelog: []\nwithdraws: [{id: DOC-01, reason: nơi này không có văn bản}]\n",
        encoding="utf-8",
    )
    page, problems = compose_reference(tmp_path)
    assert problems == ()
    assert page is not None
    assert "- Không áp dụng ở bộ quy tắc này: nơi này không có văn bản." in page.text
    assert "- Mã cũ: DOS-99." in page.text
