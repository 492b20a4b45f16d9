from __future__ import annotations

from datetime import date

from compliance.model.trace import SharedUse, Trace, TracedExpression, TracedFigure, TracedTarget
from compliance.pipeline import load_pack
from compliance.problems import Place
from compliance.render.blocks import render_blocks_markdown
from compliance.render.trace import compose_trace_blocks

DISTRICT = "soc-trang/long-phu"


def _page(**changes: object) -> str:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    given = {
        "id": f"DOC-01@{DISTRICT}@2020-H1",
        "rule": "DOC-01",
        "title": "Văn bản điện tử",
        "unit": DISTRICT,
        "period": "2020-H1",
        "severity": "must_explain",
        "law_date": date(2020, 5, 21),
        "outcome": "fail",
        "reason": "chưa đạt.",
        "figures": (),
        "check": TracedExpression(written="a >= b"),
    }
    return render_blocks_markdown(compose_trace_blocks(compiled.pack, Trace.model_validate(given | changes)))


def test_the_verdict_stands_first() -> None:
    lines = _page().splitlines()
    assert lines[0] == "# Vì sao có kết luận: [DOC-01] Văn bản điện tử"
    assert lines[2] == ("huyện Long Phú, 6 tháng đầu năm 2020: không đạt (mức phải giải trình): chưa đạt.")


def test_a_pass_over_disputed_figures_says_so_beside_the_verdict() -> None:
    page = _page(outcome="pass", disputed_by=(f"DOC-02@{DISTRICT}@2020-H1",))
    assert "6 tháng đầu năm 2020: đạt, số liệu đang có sai lệch (mức phải giải trình)" in page
    assert "Kết luận: đạt, số liệu đang có sai lệch" in page


def test_a_figure_stands_with_how_it_was_written_and_where() -> None:
    figure = TracedFigure(
        name="a.x", label="Hồ sơ", text="7 hồ sơ", as_written="07", place=Place("huyen.yaml", 12)
    )
    assert "- «Hồ sơ»: 7 hồ sơ; ghi là 07; tại huyen.yaml, dòng 12" in _page(figures=(figure,))


def test_an_assumed_figure_is_said_to_be_no_report() -> None:
    figure = TracedFigure(name="a.x", label="Hồ sơ", text="0 hồ sơ", assumed=True)
    assert "«Hồ sơ»: 0 hồ sơ; giả định, đơn vị không báo cáo" in _page(figures=(figure,))


def test_the_value_that_counted_is_marked_in_the_history() -> None:
    value = TracedTarget(
        value="90%",
        effective_from=date(2019, 3, 7),
        due=date(2020, 12, 31),
        citation="Nghị quyết 17/NQ-CP",
        checked_on=date(2020, 1, 1),
        in_force=True,
    )
    page = _page(history=(value,))
    assert "90%, có hiệu lực từ 07/3/2019, thời hạn 31/12/2020, áp dụng cho mọi cấp" in page
    assert "Đây là mức đang xét." in page


def test_other_users_of_the_figures_stand_in_a_table() -> None:
    use = SharedUse(id="x", rule="SIG-02", title="Ký số", unit=DISTRICT, outcome="pass", figures=("Văn bản",))
    assert "| SIG-02 | toàn huyện | đạt | Văn bản |" in _page(used_by=(use,))


def test_that_nothing_else_uses_them_is_said() -> None:
    assert "Không kết quả nào khác dùng những số liệu này." in _page()
