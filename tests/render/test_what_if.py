from __future__ import annotations

from fractions import Fraction

from compliance.model.comparison import Need, Needs, SetFigure, UnitNeed, VerdictChange, WhatIf
from compliance.pipeline import load_pack
from compliance.render.blocks import render_blocks_markdown
from compliance.render.what_if import compose_needs_blocks, compose_what_if_blocks

DISTRICT = "soc-trang/long-phu"
CHANGE = VerdictChange(
    id=f"DOC-01@{DISTRICT}@2020-H1",
    rule="DOC-01",
    title="Văn bản điện tử",
    unit=DISTRICT,
    area="documents",
    kind="target",
    severity="must_explain",
    before="fail",
    after="pass",
    reason_after="Đạt.",
)


def _what_if(result: WhatIf) -> str:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    return render_blocks_markdown(compose_what_if_blocks(compiled.pack, result))


def _result(**changes: object) -> WhatIf:
    figure = SetFigure(
        unit=DISTRICT, indicator="documents.outgoing_electronic", label="Điện tử", before="", after="9"
    )
    words = {
        "period": "2020-H1",
        "figures": (figure,),
        "accepted_before": "explain",
        "accepted_after": "accepted",
        "changed": (CHANGE,),
        "moved": (),
        "unchanged": 7,
    }
    return WhatIf.model_validate(words | changes)


def test_each_changed_verdict_is_said_before_and_after_with_its_reason() -> None:
    assert "[DOC-01] Văn bản điện tử (huyện Long Phú): không đạt → đạt: Đạt." in _what_if(_result())


def test_a_figure_that_was_not_reported_is_said_so() -> None:
    assert "«Điện tử»: chưa báo cáo → 9" in _what_if(_result())


def test_that_nothing_changes_is_said() -> None:
    assert "Không kết luận nào thay đổi." in _what_if(_result(changed=()))


def test_what_a_target_takes_is_said_with_its_pace_its_units_and_the_command() -> None:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    need = Need(
        outcome=CHANGE.id,
        rule="DOC-01",
        title="Văn bản điện tử",
        unit=DISTRICT,
        measured="41,97%",
        target="90%",
        direction="more",
        lacking=Fraction(3133),
        takes="cần thêm 3.133 văn bản điện tử",
        a_month=523,
        settings=(f"{DISTRICT}:documents.outgoing_electronic=5870",),
        mostly=(UnitNeed(unit=f"{DISTRICT}/cap-xa/xa-phu-huu", count=1200),),
    )
    page = render_blocks_markdown(
        compose_needs_blocks(compiled.pack, Needs(period="2020-H1", needs=(need,), uncounted=(CHANGE.id,)))
    )
    assert "bình quân mỗi tháng thêm 523" in page
    assert "Phần thiếu tập trung ở: Phú Hữu 1.200" in page or "xã Phú Hữu 1.200" in page
    assert "--set 'soc-trang/long-phu:documents.outgoing_electronic=5870'" in page
    assert "Chưa đạt nhưng không tính được khối lượng" in page
