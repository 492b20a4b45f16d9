from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from compliance.engine.citations import compose_citation
from compliance.model.legal import Citation
from compliance.model.named_checks import Present, RollUp, Stated, Submitted
from compliance.model.submission import DataWindow
from compliance.problems import Place

if TYPE_CHECKING:
    from compliance.model.findings import Finding
    from tests.engine.conftest import Bench

LAW = Citation(instrument="cp/2019/17-nq-cp", grade="B")


def found(bench: Bench, figures: dict[str, Any], check: Any = "a.x == a.y", **rule: Any) -> Finding:
    pack = bench.pack(["a.x", "a.y", "a.z"], [bench.rule(check=check, **rule)])
    (finding,) = bench.check(pack, bench.submission("d", figures)).findings
    return finding


def test_without_a_sentence_of_its_own_a_finding_says_title_and_reason(bench: Bench) -> None:
    finding = found(bench, {"a.x": 3, "a.y": 1}, title="Hai số bằng nhau")
    assert finding.message == "Chưa đúng yêu cầu «Hai số bằng nhau»: không khớp, 3 ≠ 1, chênh lệch 2 việc."
    assert finding.id == "R-1@d@2020-H1"


def test_the_rules_own_sentence_is_filled_with_the_figures(bench: Bench) -> None:
    message = (
        "Tại {{ unit }} chênh {{ difference | so_luong }} việc trong {{ period }}, {{ a.x | so_luong }}."
    )
    finding = found(bench, {"a.x": 1_000, "a.y": 3_000}, message=message)
    assert finding.message == "Tại huyện Đông chênh 2.000 việc trong 6 tháng đầu năm 2020, 1.000."


def test_how_to_put_it_right_can_name_figures_too(bench: Bench) -> None:
    fix = "Sửa {{ a.x | so_luong }}{% if a.z %} và {{ a.z | so_luong }}{% endif %}."
    assert found(bench, {"a.x": 1, "a.y": 2}, fix=fix).fix == "Sửa 1."


def test_a_figure_that_a_sentence_prints_and_nobody_reported_is_said_to_be_missing(bench: Bench) -> None:
    fix = "Sửa {{ a.z | so_luong }}."
    assert found(bench, {"a.x": 1, "a.y": 2}, fix=fix).fix == "Sửa (chưa có số liệu)."


def test_a_sentence_can_name_the_days_that_the_data_cover(bench: Bench) -> None:
    window = DataWindow(start=date(2020, 1, 1), end=date(2020, 5, 4))
    message = "Mới phủ {{ period.window_days | so_luong }}/{{ period.days | so_luong }} ngày."
    pack = bench.pack([], [bench.rule(check="period.window_days >= period.days", message=message)])
    check = bench.check(pack, bench.submission("d", {}, data_window=window))
    assert check.findings[0].message == "Mới phủ 125/182 ngày."


def test_what_only_a_rate_has_is_missing_elsewhere(bench: Bench) -> None:
    fix = "{% if numerator %}tử{% endif %}{% if denominator %}mẫu{% endif %}{% if needed %}cần{% endif %}"
    assert (
        found(bench, {"a.x": 1, "a.y": 2}, fix=f"Sửa{fix}{{% if breakdown %}}!{{% endif %}}.").fix == "Sửa."
    )


def test_a_range_is_printed_as_it_is(bench: Bench) -> None:
    finding = found(bench, {"a.x": 1, "a.y": 2, "a.z": (5, 7)}, fix="Sửa {{ a.z | so_luong }}.")
    assert finding.fix == "Sửa 5 đến 7."


def test_assumptions_are_printed_with_the_finding(bench: Bench) -> None:
    finding = found(bench, {"a.x": 3}, assume={"a.y": Decimal(0)})
    assert finding.message.endswith("Khi tính, «Y» không được báo cáo, tạm tính là 0 việc.")


def test_places_are_those_of_the_figures_each_once(bench: Bench) -> None:
    here, there = Place(file="a.yaml", line=3), Place(file="a.yaml", line=4)
    figures = {
        "a.x": bench.observe("a.x", 1, place=here),
        "a.y": bench.observe("a.y", 2, place=there),
    }
    assert found(bench, figures, "a.x == a.y + a.x").places == (here, there)


def test_where_nothing_is_reported_the_submission_is_the_place(bench: Bench) -> None:
    pack = bench.pack(["a.x"], [bench.rule(check=Present(present=("a.x",)))])
    check = bench.check(pack, bench.submission("d", {}, place=Place(file="d.yaml")))
    assert check.findings[0].places == (Place(file="d.yaml"),)


def test_a_wrong_stated_rate_names_the_rate(bench: Bench) -> None:
    pack = bench.pack(
        ["a.x", "a.y"],
        [bench.rule("RATE:a.rate:stated", Stated(stated="a.rate"))],
        rates=(bench.rate("a.rate", "a.x", "a.y", label="Tỷ lệ trễ hạn"),),
    )
    report = bench.submission("d", {"a.x": 1, "a.y": 2}, stated={"a.rate": "51%"})
    assert (
        bench.check(pack, report)
        .findings[0]
        .message.startswith("«Tỷ lệ trễ hạn» ghi trong báo cáo không đúng với số liệu: 1/2 = 50%")
    )


def test_a_broken_roll_up_names_the_indicator(bench: Bench) -> None:
    indicator = bench.indicator("a.x", additive=("bloc",), label="Hồ sơ")
    pack = bench.pack([indicator], [bench.rule("ROLLUP:a.x", RollUp(rollup="a.x"))])
    reports = [bench.submission("d/h", {"a.x": 1}), bench.submission("d/h/a", {"a.x": 2})]
    assert (
        bench.check(pack, *reports)
        .findings[0]
        .message.startswith("«Hồ sơ» không bằng tổng của các đơn vị cấp dưới")
    )


def test_the_units_below_that_fail_the_same_rule_are_named(bench: Bench) -> None:
    rule = bench.rule(check="a.x == 0", message="Có {{ a.x | so_luong }} tại {{ units | danh_sach_don_vi }}.")
    late = {"d": 7, "d/x": 7, "d/x/1": 1, "d/x/2": 0, "d/x/3": 6}
    reports = [bench.submission(unit, {"a.x": value}) for unit, value in late.items()]
    findings = bench.check(bench.pack(["a.x"], [rule]), *reports).findings
    assert findings[0].message == "Có 7 tại xã Một và xã Ba."


def test_units_that_have_not_submitted_are_named(bench: Bench) -> None:
    rule = bench.rule(check=Submitted(submitted="children"), message="Thiếu {{ units | danh_sach_don_vi }}.")
    check = bench.check(bench.pack([], [rule]), bench.submission("d/x", {}), expected=("d/x/1", "d/x/3"))
    assert check.findings[0].message == "Thiếu xã Một và xã Ba."


def test_a_target_offers_its_particulars_to_sentences(bench: Bench) -> None:
    message = (
        "{{ measured | ty_le }}/{{ target | ty_le }}, hạn {{ due | ngay }}, "
        "{{ numerator | so_luong }}/{{ denominator | so_luong }}, "
        "cần {{ needed | so_luong }}, thiếu {{ gap | ty_le }}; {{ breakdown }}; {{ next_period }}."
    )
    pack = bench.pack(
        ["a.x", "a.y"],
        [bench.rule(kind="target", measure="a.rate", at_least="a.goal", message=message)],
        rates=(bench.rate("a.rate", "a.x", "a.y"),),
        targets=(bench.target("a.goal", "90", LAW, due=date(2020, 12, 31)),),
    )
    figures = {"d": (2_737, 6_522), "d/h": (2_070, 3_417), "d/x": (667, 3_105)}
    reports = [bench.submission(unit, {"a.x": x, "a.y": y}) for unit, (x, y) in figures.items()]
    assert bench.check(pack, *reports).findings[0].message == (
        "41,97%/90%, hạn 31/12/2020, 2.737/6.522, cần 3.133, thiếu 48,03%; "
        "cấp huyện 60,58%, cấp xã 21,48%; 6 tháng cuối năm 2020."
    )


@pytest.mark.parametrize("verdict", ["pass", "no_data", "not_applicable"])
def test_what_did_not_fail_is_no_finding(bench: Bench, verdict: str) -> None:
    figures = {"a.x": 1, "a.y": 1} if verdict == "pass" else {}
    when = "unit.level == 'commune'" if verdict == "not_applicable" else None
    pack = bench.pack(["a.x", "a.y"], [bench.rule(check="a.x == a.y", when=when)])
    check = bench.check(pack, bench.submission("d", figures))
    assert (check.outcomes[0].outcome, check.findings) == (verdict, ())


@pytest.mark.parametrize(
    ("grade", "ending"),
    [
        ("A", "của UBND"),
        ("B", "của UBND"),
        ("R", "của UBND (theo thông tin cung cấp, chưa đối chiếu văn bản gốc)"),
        ("C", "của UBND (chưa đối chiếu được với văn bản gốc)"),
    ],
)
def test_the_legal_basis_says_how_sure_it_is(bench: Bench, grade: str, ending: str) -> None:
    pack = bench.pack([], [], instruments=(bench.instrument("h/2020/09-kh-ubnd", issued=date(2020, 2, 4)),))
    said = compose_citation(pack, bench.citation("h/2020/09-kh-ubnd", grade=grade))
    assert said == f"Kế hoạch 09-KH-UBND ngày 04/02/2020 {ending}"


def test_the_legal_basis_names_its_provision_and_since_when_it_binds(bench: Bench) -> None:
    pack = bench.pack([], [], instruments=(bench.instrument("vp/2020/01"),))
    citation = bench.citation("vp/2020/01", provision="Biểu II.06a", binding_from=date(2020, 12, 15))
    assert compose_citation(pack, citation, "mục tiêu chung") == (
        "Biểu II.06a, Kế hoạch 01 của UBND (mục tiêu chung; bắt buộc áp dụng từ 15/12/2020)"
    )


def test_a_rule_that_needs_no_law_has_no_legal_basis(bench: Bench) -> None:
    assert compose_citation(bench.pack([], []), None) == ""
