from __future__ import annotations

from compliance.authoring import diff
from compliance.messages import catalogue
from compliance.model.check import PackStamp
from compliance.model.comparison import (
    AcceptanceChange,
    FieldDifference,
    ItemDifference,
    PackDifference,
    Replay,
    VerdictChange,
)
from compliance.pipeline import load_pack
from compliance.render.blocks import render_blocks_markdown
from compliance.render.pack_diff import compose_pack_diff_blocks

DISTRICT = "soc-trang/long-phu"
STAMP = PackStamp(id="long-phu-2020", version="1.0.0", digest="a")


def _page(*differences: ItemDifference, replay: Replay | None = None) -> str:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    result = PackDifference(
        old=STAMP,
        new=STAMP.model_copy(update={"version": "1.1.0"}),
        differences=differences,
        replay=replay,
    )
    return render_blocks_markdown(compose_pack_diff_blocks(compiled.pack, result))


def _item(**changes: object) -> ItemDifference:
    given = {"subject": "rule", "id": "DOS-07", "title": "Không trễ hạn", "kinds": ("added",)}
    return ItemDifference.model_validate(given | changes)


def test_packs_that_say_the_same_are_said_to() -> None:
    assert "Hai bản không khác nhau." in _page()


def test_each_kind_has_its_section_with_its_own_particulars() -> None:
    fields = (
        FieldDifference(field="severity", kind="tightened", before="advisory", after="must_fix"),
        FieldDifference(field="when", kind="loosened", before="", after="a.x > 0"),
    )
    page = _page(_item(kinds=("tightened", "loosened"), fields=fields))
    tightened, loosened = page.split("## Siết chặt (1)")[1].split("## Nới lỏng (1)")
    assert "mức độ «advisory» → «must_fix»" in tightened
    assert "điều kiện áp dụng «không có» → «a.x > 0»" in loosened
    assert "when" not in tightened


def test_a_withdrawal_is_said_with_its_reason_and_a_new_name_with_the_former() -> None:
    page = _page(
        _item(kinds=("withdrawn",), reason="hết hiệu lực"), _item(id="DOS-70", renamed_from="DOS-07")
    )
    assert "Lý do: hết hiệu lực" in page
    assert "(trước là DOS-07)" in page


def test_the_replay_names_who_newly_fails_by_which_rule() -> None:
    change = VerdictChange(
        id=f"DOS-07@{DISTRICT}@2020-H1",
        rule="DOS-07",
        title="Không trễ hạn",
        unit=DISTRICT,
        area="dossiers",
        kind="target",
        severity="must_explain",
        before="pass",
        after="fail",
        reason_after="7 hồ sơ.",
    )
    accepted = AcceptanceChange(unit=DISTRICT, period="2020-H1", before="accepted", after="explain")
    replay = Replay(
        submissions=1, acceptance=(accepted,), newly_failing=(change,), newly_passing=(), otherwise=()
    )
    page = _page(replay=replay)
    assert "## Mới không đạt (1)" in page
    assert "[DOS-07] Không trễ hạn (huyện Long Phú, 2020-H1): đạt → không đạt: 7 hồ sơ." in page
    assert "6 tháng đầu năm 2020: Đủ điều kiện tiếp nhận → Tiếp nhận kèm giải trình" in page


def test_every_particular_that_can_differ_has_a_name() -> None:
    fields = {*diff._ASKED, *diff._WORDING, "severity", "applies_to", "check", "citation", "tasks", "value"}
    assert [field for field in fields if f"pack_diff.name.{field}" not in catalogue()] == []
