from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from compliance.model.findings import Quantity
from compliance.model.legal import Citation
from compliance.model.submission import Observation

if TYPE_CHECKING:
    from tests.reporting.conftest import Bench

PLAN_09 = Citation(instrument="long-phu/2020/09-kh-ubnd", grade="R")


def _documents(bench: Bench, unit: str, outgoing: int, electronic: int, **more: Any) -> None:
    bench.report(unit, documents__outgoing=outgoing, documents__outgoing_electronic=electronic, **more)


def test_the_subject_is_the_widest_unit_of_the_run(bench: Bench) -> None:
    bench.electronic_rule()
    for unit in ("d/c", "d/c/ph", "d"):
        _documents(bench, unit, 10, 10)
        bench.compare("DOC-01", unit)
    assessment = bench.assess()
    assert assessment.unit == "d"
    assert [statement.id for statement in assessment.strengths] == ["documents:DOC-01:d"]


def test_without_a_unit_above_them_each_unit_is_assessed_by_name(bench: Bench) -> None:
    bench.electronic_rule()
    for unit, electronic in (("d/c/ph", 10), ("d/c/dn", 5)):
        _documents(bench, unit, 10, electronic)
        bench.compare("DOC-01", unit)
    assessment = bench.assess()
    assert assessment.unit == "d/c/dn, d/c/ph"
    assert assessment.strengths[0].text.startswith("UBND xã Phú Hữu: Văn bản điện tử đạt 100%.")
    assert assessment.limitations[0].text.startswith("UBND thị trấn Đại Ngãi: Văn bản điện tử mới đạt 50%.")


def test_the_unit_asked_for_is_the_subject(bench: Bench) -> None:
    bench.electronic_rule()
    for unit in ("d", "d/c/ph"):
        _documents(bench, unit, 10, 10)
        bench.compare("DOC-01", unit)
    assessment = bench.assess("d/c/ph")
    assert (assessment.unit, [one.id for one in assessment.strengths]) == (
        "d/c/ph",
        ["documents:DOC-01:d/c/ph"],
    )


def test_a_unit_that_the_pack_does_not_know_is_a_mistake_of_the_caller(bench: Bench) -> None:
    _documents(bench, "d", 10, 10)
    with pytest.raises(ValueError, match="unknown unit: nowhere"):
        bench.assess("nowhere")


def test_a_check_of_nothing_cannot_be_assessed(bench: Bench) -> None:
    with pytest.raises(ValueError, match="no submission"):
        bench.assess()


def test_statements_stand_in_the_order_of_the_areas(bench: Bench) -> None:
    bench.electronic_rule()
    bench.late_rule()
    _documents(bench, "d", 10, 1, dossiers__resolved_late=7)
    bench.compare("DOC-01", "d")
    bench.add("DOS-07", "d", "fail")
    assert [one.area for one in bench.assess().limitations] == ["dossiers", "documents"]


def test_a_legal_text_is_named_in_full_once_then_by_type_and_number(bench: Bench) -> None:
    bench.electronic_rule()
    bench.rule("SIG-01", "signatures", check="signatures.signed > 0", strength="Đã ký số.")
    _documents(bench, "d", 10, 10, signatures__signed=1)
    bench.compare("DOC-01", "d")
    bench.add("SIG-01", "d", "pass", citation=Citation(instrument="chinh-phu/2019/17-nq-cp", grade="B"))
    first, second = bench.assess().strengths
    full = "Nghị quyết số 17/NQ-CP ngày 07/3/2019 của Chính phủ về phát triển Chính phủ điện tử"
    assert first.text == f"Văn bản điện tử đạt 100%. Mục tiêu 90% theo {full}."
    assert second.text == "Đã ký số. Căn cứ: Nghị quyết 17/NQ-CP."
    assert {task.citation for task in bench.assess().tasks} == {"Nghị quyết 17/NQ-CP"}


def test_how_sure_a_target_is_stands_in_a_sentence(bench: Bench) -> None:
    bench.electronic_rule()
    _documents(bench, "d", 10, 10)
    bench.compare("DOC-01", "d", citation=PLAN_09)
    (strength,) = bench.assess().strengths
    assert strength.text.endswith("năm 2020 (theo thông tin cung cấp, chưa đối chiếu văn bản gốc).")
    assert strength.grade == "R"


def test_without_sentences_of_its_own_a_rule_is_told_in_plain_words(bench: Bench) -> None:
    bench.electronic_rule(strength="", limitation="", tasks=())
    for unit, electronic in (("d", 95), ("d/c/ph", 50)):
        _documents(bench, unit, 100, electronic)
    bench.compare("DOC-01", "d")
    bench.compare("DOC-01", "d/c/ph", due=date(2020, 12, 31))
    (met,) = bench.assess().strengths
    (missed,) = bench.assess("d/c/ph").limitations
    assert met.text.startswith("Tỷ lệ văn bản điện tử là 95%, đạt mục tiêu. Mục tiêu 90% theo Nghị quyết")
    assert missed.text.startswith(
        "Tỷ lệ văn bản điện tử mới là 50%, thấp hơn mục tiêu 90%, thời hạn đến 31/12/2020."
    )


def test_a_target_that_the_sentence_gives_is_not_repeated(bench: Bench) -> None:
    bench.electronic_rule(limitation="Mới đạt {{ measured | ty_le }}, mục tiêu {{ target | ty_le }}.")
    _documents(bench, "d", 10, 5)
    bench.compare("DOC-01", "d")
    (limitation,) = bench.assess().limitations
    assert limitation.text.startswith("Mới đạt 50%, mục tiêu 90%. Mục tiêu này theo Nghị quyết số 17/NQ-CP")


def test_a_doubtful_text_that_the_sentence_names_is_said_to_be_doubtful(bench: Bench) -> None:
    bench.electronic_rule(strength="Đạt mục tiêu của Kế hoạch 09/KH-UBND ngày 04/02/2020.")
    _documents(bench, "d", 10, 10)
    bench.compare("DOC-01", "d", citation=PLAN_09)
    (strength,) = bench.assess().strengths
    assert strength.text == (
        "Đạt mục tiêu của Kế hoạch 09/KH-UBND ngày 04/02/2020. "
        "Nội dung này theo thông tin cung cấp, chưa đối chiếu văn bản gốc."
    )


def test_a_target_met_may_be_nearer_still_than_before(bench: Bench) -> None:
    bench.electronic_rule()
    bench.report_before("d", documents__outgoing=100, documents__outgoing_electronic=92)
    _documents(bench, "d", 100, 95)
    bench.compare("DOC-01", "d")
    (strength,) = bench.assess().strengths
    assert "Tỷ lệ này tăng 3 điểm phần trăm so với kỳ trước (6 tháng cuối năm 2019: 92%)." in strength.text


def test_a_common_target_is_said_to_be_one(bench: Bench) -> None:
    bench.electronic_rule()
    _documents(bench, "d", 10, 1)
    bench.compare("DOC-01", "d", common="mục tiêu chung của tỉnh và cả nước")
    (limitation,) = bench.assess().limitations
    assert "Mức 90% là mục tiêu chung của tỉnh và cả nước. Mục tiêu 90% theo Nghị quyết" in limitation.text


def test_a_level_that_the_pack_commends_is_a_strength_and_said_to_be_no_target(bench: Bench) -> None:
    bench.electronic_rule(at_least=None, commend_at=Decimal(99))
    _documents(bench, "d", 100, 99)
    measured = Quantity(exact=Fraction(99), text="99%")
    bench.add("DOC-01", "d", "not_applicable", reason_code="no_target", commended=True, measured=measured)
    (strength,) = bench.assess().strengths
    assert strength.text.endswith(
        "Mức từ 99% trở lên là mức biểu dương do bộ quy tắc đặt, không phải mục tiêu của văn bản."
    )


def test_what_is_disputed_is_not_praised_but_to_be_judged_after_correction(bench: Bench) -> None:
    bench.late_rule()
    bench.balance_rule()
    bench.report("d", dossiers__resolved_late=0)
    contradiction = bench.add("DOS-03", "d", "fail", reason="10 ≠ 9.")
    bench.add("DOS-07", "d", "pass", disputed_by=(contradiction.id,))
    assessment = bench.assess()
    assert assessment.strengths == ()
    disputed, wrong = assessment.limitations
    assert "của huyện Long Phú cho đến khi sửa xong số liệu đang mâu thuẫn: yêu cầu DOS-07." in disputed.text
    assert wrong.text == "Chưa bảo đảm yêu cầu «yêu cầu DOS-03»: 10 ≠ 9."
    (correction,) = assessment.tasks
    assert correction.answers == (wrong.id, disputed.id)


def test_a_strength_of_another_kind_of_rule_does_not_rest_on_contradicted_figures(bench: Bench) -> None:
    bench.balance_rule()
    bench.rule("PLA-11", "online", "plausibility", check="a.b >= c.d", strength="Không giảm.")
    for unit in ("d", "d/c/ph"):
        bench.report(unit)
    operands = {"dossiers.resolved": {"value": "7", "text": "7", "as_written": "7"}}
    bench.add("DOS-03", "d/c/ph", "fail", operands=operands)
    bench.add("PLA-11", "d", "pass", operands=operands)
    assessment = bench.assess()
    assert assessment.strengths == ()
    wrong, disputed = assessment.limitations
    assert [task.answers for task in assessment.tasks] == [(wrong.id, disputed.id)]


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"waived": True}, "Yêu cầu DOS-07: nội dung này được miễn trừ."),
        (
            {"assumptions": ("«hồ sơ trễ hạn» tạm tính là 0",)},
            "Yêu cầu DOS-07: chưa ghi nhận là ưu điểm, vì «hồ sơ trễ hạn» tạm tính là 0.",
        ),
    ],
)
def test_what_is_waived_or_assumed_is_not_praised(bench: Bench, more: dict[str, object], line: str) -> None:
    bench.late_rule()
    bench.report("d", dossiers__resolved_late=0)
    bench.add("DOS-07", "d", "pass", **more)
    assessment = bench.assess()
    assert assessment.strengths == ()
    assert assessment.undecided == (line,)


def test_a_waived_shortfall_is_stated_with_its_figure_and_its_target(bench: Bench) -> None:
    bench.late_rule()
    bench.report("d", dossiers__resolved_late=0)
    figures = {
        "measured": {"exact": Fraction(4197, 100), "text": "41,97%"},
        "target": {"exact": Fraction(90), "text": "90%"},
    }
    bench.add("DOS-07", "d", "fail", waived=True, **figures)
    assert bench.assess().undecided == (
        "Yêu cầu DOS-07: kỳ này là 41,97%, mục tiêu là 90%, chưa đạt. Nội dung này được miễn trừ.",
    )


def test_an_approximate_figure_is_not_praised(bench: Bench) -> None:
    bench.late_rule()
    about = Observation(
        indicator="dossiers.resolved_late", value=1, as_written="khoảng 1", approximate="about"
    )
    bench.report("d", dossiers__resolved_late=about)
    operand = {"value": "0.9", "text": "0,9", "as_written": "khoảng 1"}
    bench.add("DOS-07", "d", "pass", operands={"low.dossiers.resolved_late": operand})
    assessment = bench.assess()
    assert assessment.strengths == ()
    assert "gần đúng" in assessment.undecided[0]


def test_a_figure_not_reported_is_neither_praised_nor_blamed(bench: Bench) -> None:
    bench.rule(
        "MAI-01", "mailbox", title="Mọi người dùng hộp thư", measure="mailbox.share", at_least="mailbox.share"
    )
    bench.report("d")
    bench.add("MAI-01", "d", "no_data", reason_code="not_reported")
    assessment = bench.assess()
    assert (assessment.strengths, assessment.limitations) == ((), ())
    assert assessment.undecided == ("Mọi người dùng hộp thư: chưa báo cáo tỷ lệ dùng hộp thư công vụ.",)
    (task,) = assessment.tasks
    assert task.action == "Thống kê để báo cáo bổ sung: tỷ lệ dùng hộp thư công vụ."


def test_a_subject_without_a_verdict_is_judged_by_its_blocs(bench: Bench) -> None:
    bench.electronic_rule()
    bench.report("d")
    _documents(bench, "d/a", 10, 10)
    _documents(bench, "d/c", 10, 5)
    bench.add("DOC-01", "d", "no_data", reason_code="not_reported")
    bench.compare("DOC-01", "d/a")
    bench.compare("DOC-01", "d/c")
    assessment = bench.assess()
    assert assessment.strengths[0].text.startswith("Khối cấp huyện: Văn bản điện tử đạt 100%.")
    assert assessment.limitations[0].text.startswith("Khối cấp xã: Văn bản điện tử mới đạt 50%.")
    assert assessment.undecided == ()


def test_an_unsettled_denominator_is_left_open_for_the_subject(bench: Bench) -> None:
    bench.electronic_rule()
    _documents(bench, "d", 10, 9)
    _documents(bench, "d/a", 10, 10)
    bench.add("DOC-01", "d", "no_data", reason_code="denominator_unsettled", reason="chưa rõ mẫu số nào.")
    bench.compare("DOC-01", "d/a")
    assessment = bench.assess()
    assert assessment.strengths == ()
    assert assessment.undecided == ("Yêu cầu DOC-01: chưa rõ mẫu số nào.",)


def test_units_below_that_fall_short_are_named_with_their_figures(bench: Bench) -> None:
    bench.late_rule()
    for unit, late in (("d", 7), ("d/c/dn", 1), ("d/c/ph", 6)):
        bench.report(unit, dossiers__resolved_late=late)
        bench.add("DOS-07", unit, "fail", measured=Quantity(exact=Fraction(late), text=f"{late} hồ sơ"))
    (limitation,) = bench.assess().limitations
    assert "tại thị trấn Đại Ngãi (1 hồ sơ) và xã Phú Hữu (6 hồ sơ)." in limitation.text


def test_a_target_that_the_subject_meets_and_a_unit_below_misses_is_both(bench: Bench) -> None:
    bench.electronic_rule(title="Văn bản đi là điện tử")
    for unit, electronic in (("d", 95), ("d/c/ph", 50)):
        _documents(bench, unit, 100, electronic)
        bench.compare("DOC-01", unit)
    assessment = bench.assess()
    assert assessment.strengths[0].id == "documents:DOC-01:d"
    (below,) = assessment.limitations
    assert below.text.startswith(
        "Còn 1/3 xã, thị trấn có tỷ lệ văn bản điện tử thấp hơn mục tiêu 90%: xã Phú Hữu (50%)."
    )
    assert assessment.tasks[0].answers == (below.id,)


def test_a_rise_since_the_period_before_is_a_strength_even_where_the_target_is_missed(bench: Bench) -> None:
    bench.electronic_rule()
    bench.report_before("d", documents__outgoing=100, documents__outgoing_electronic=30)
    _documents(bench, "d", 100, 42)
    bench.compare("DOC-01", "d")
    assessment = bench.assess()
    assert assessment.strengths[0].text == (
        "Tỷ lệ văn bản điện tử là 42%, tăng 12 điểm phần trăm so với kỳ trước (6 tháng cuối năm 2019: 30%), "
        "tuy chưa đạt mức phải đạt."
    )
    assert len(assessment.limitations) == 1


def test_a_fall_since_the_period_before_is_not_praised(bench: Bench) -> None:
    bench.electronic_rule()
    bench.report_before("d", documents__outgoing=100, documents__outgoing_electronic=99)
    _documents(bench, "d", 100, 95)
    bench.compare("DOC-01", "d")
    (strength,) = bench.assess().strengths
    assert "6 tháng cuối năm 2019" not in strength.text


def test_a_required_figure_that_is_missing_is_a_limitation_of_its_unit(bench: Bench) -> None:
    bench.report("d")
    bench.missing["d"] = ("documents.outgoing", "dossiers.resolved")
    (limitation,) = bench.assess().limitations
    assert limitation.id == "dossiers:required:d"
    assert limitation.text.startswith(
        "Huyện Long Phú chưa báo cáo tổng số văn bản đi; tổng số hồ sơ đã giải quyết;"
    )


def test_contradictions_of_one_area_and_unit_are_one_statement(bench: Bench) -> None:
    bench.balance_rule()
    bench.rule("DOS-04", "dossiers", "consistency", severity="must_explain", check="a.b == c.d")
    bench.report("d")
    bench.report("d/c", reported_by="d")
    for rule_id in ("DOS-03", "DOS-04"):
        bench.add(rule_id, "d/c", "fail", reason="khác nhau.")
    assessment = bench.assess()
    (limitation,) = assessment.limitations
    assert limitation.text == (
        "Khối cấp xã: Chưa bảo đảm yêu cầu «yêu cầu DOS-03»: khác nhau. "
        "Chưa bảo đảm yêu cầu «yêu cầu DOS-04»: khác nhau."
    )
    assert [task.lead for task in assessment.tasks] == ["UBND huyện Long Phú"]


def test_an_advisory_on_the_figures_is_no_limitation(bench: Bench) -> None:
    bench.balance_rule(severity="advisory")
    bench.report("d")
    bench.add("DOS-03", "d", "fail")
    assert bench.assess().limitations == ()


def test_the_same_check_gives_the_same_assessment(bench: Bench) -> None:
    bench.electronic_rule()
    bench.late_rule()
    _documents(bench, "d", 10, 1, dossiers__resolved_late=7)
    bench.compare("DOC-01", "d")
    bench.add("DOS-07", "d", "fail")
    assert bench.assess().model_dump_json() == bench.assess().model_dump_json()


def test_every_task_is_due_in_the_next_half_year(bench: Bench) -> None:
    bench.electronic_rule()
    bench.balance_rule()
    _documents(bench, "d", 10, 1)
    bench.compare("DOC-01", "d")
    bench.add("DOS-03", "d", "fail")
    assert [task.due for task in bench.assess().tasks] == [date(2020, 7, 15), date(2020, 12, 31)]
