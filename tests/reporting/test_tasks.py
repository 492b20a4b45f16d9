from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.model.named_checks import Submitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.model.assessment import Assessment
    from tests.reporting.conftest import Bench


def _documents(bench: Bench, unit: str, outgoing: int, electronic: int, **more: Any) -> None:
    bench.report(unit, documents__outgoing=outgoing, documents__outgoing_electronic=electronic, **more)


def _groups(assessment: Assessment) -> list[str]:
    return [task.group for task in assessment.tasks]


def test_what_is_to_be_put_right_comes_first_and_what_is_kept_last(bench: Bench) -> None:
    bench.electronic_rule()
    bench.late_rule()
    bench.balance_rule()
    bench.rule("ONL-01", "online", measure="online.share", at_least="online.share")
    _documents(
        bench, "d", 10, 1, online__dossiers=30, dossiers__received_total=100, dossiers__resolved_late=7
    )
    bench.compare("DOC-01", "d")
    bench.compare("ONL-01", "d", goal=20)
    bench.add("DOS-07", "d", "fail")
    bench.add("DOS-03", "d", "fail")
    assessment = bench.assess()
    assert _groups(assessment) == ["remedy", "remedy", "push", "keep"]
    assert [task.action for task in assessment.tasks][1:3] == ["Xin lỗi.", "Gửi văn bản điện tử."]


def test_targets_are_pushed_by_the_gap_relative_to_the_target(bench: Bench) -> None:
    bench.rule("ONL-01", "online", measure="online.share", at_least="online.share")
    bench.electronic_rule()
    _documents(bench, "d", 100, 42, online__dossiers=2, dossiers__received_total=100)
    bench.compare("DOC-01", "d", goal=90)
    bench.compare("ONL-01", "d", goal=20)
    first, second = bench.assess().tasks
    assert (first.gap, second.gap) == (Fraction(9, 10), Fraction(48, 90))


def test_a_common_target_comes_after_one_that_binds_the_unit_itself(bench: Bench) -> None:
    bench.rule("ONL-01", "online", measure="online.share", at_least="online.share")
    bench.electronic_rule()
    _documents(bench, "d", 100, 42, online__dossiers=2, dossiers__received_total=100)
    bench.compare("DOC-01", "d", goal=90)
    bench.compare("ONL-01", "d", goal=20, common="mục tiêu chung của tỉnh và cả nước")
    own, common = bench.assess().tasks
    assert own.why.startswith("Mục tiêu áp dụng cho chính đơn vị")
    assert own.why.endswith("phần còn thiếu bằng 53,33% mức phải đạt.")
    assert common.why.startswith("Mục tiêu chung của tỉnh và cả nước, xếp sau")


def test_equal_gaps_are_pushed_by_volume(bench: Bench) -> None:
    bench.rule("ONL-01", "online", measure="online.share", at_least="online.share")
    bench.electronic_rule()
    _documents(bench, "d", 10, 0, online__dossiers=0, dossiers__received_total=1000)
    bench.compare("DOC-01", "d", goal=50)
    bench.compare("ONL-01", "d", goal=50)
    assert [task.volume for task in bench.assess().tasks] == [500, 5]


def test_what_cannot_be_measured_is_pushed_last(bench: Bench) -> None:
    bench.rule("MAI-02", "dossiers", check="portal.hotline")
    bench.electronic_rule()
    _documents(bench, "d", 10, 8)
    bench.compare("DOC-01", "d")
    bench.add("MAI-02", "d", "fail")
    last = bench.assess().tasks[-1]
    assert last.action == "Tìm nguyên nhân, có biện pháp bảo đảm yêu cầu «yêu cầu MAI-02»."
    assert "không đo được phần còn thiếu" in last.why


def test_the_units_that_fall_short_lead_the_task_as_the_bodies_that_act(bench: Bench) -> None:
    bench.late_rule()
    for unit in ("d", "d/c/dn", "d/c/ph"):
        bench.report(unit, dossiers__resolved_late=1)
        bench.add("DOS-07", unit, "fail")
    (task,) = bench.assess().tasks
    assert task.lead == "UBND thị trấn Đại Ngãi và UBND xã Phú Hữu"
    assert task.due == date(2020, 7, 31)


def test_one_task_answers_what_a_rule_says_of_two_blocs(bench: Bench) -> None:
    bench.electronic_rule()
    bench.report("d")
    bench.add("DOC-01", "d", "no_data", reason_code="not_reported")
    for unit in ("d/a", "d/c"):
        _documents(bench, unit, 10, 5)
        bench.compare("DOC-01", unit)
    assessment = bench.assess()
    (task,) = assessment.tasks
    assert task.answers == tuple(limitation.id for limitation in assessment.limitations)
    assert task.volume == 8


def test_every_template_for_a_limitation_becomes_a_task(bench: Bench) -> None:
    templates = (bench.task(None, "Một."), bench.task("remedy", "Hai."), bench.task("keep", "Ba."))
    bench.electronic_rule(tasks=templates)
    _documents(bench, "d", 10, 5)
    bench.compare("DOC-01", "d")
    assert [(task.group, task.action) for task in bench.assess().tasks] == [
        ("remedy", "Hai."),
        ("push", "Một."),
    ]


def test_a_template_without_a_group_keeps_what_is_met(bench: Bench) -> None:
    bench.electronic_rule(tasks=(bench.task(None, "Một."), bench.task("push", "Hai.")))
    _documents(bench, "d", 10, 10)
    bench.compare("DOC-01", "d")
    assert [(task.group, task.action) for task in bench.assess().tasks] == [("keep", "Một.")]


def test_a_target_met_without_a_template_is_kept_in_plain_words(bench: Bench) -> None:
    bench.electronic_rule(tasks=())
    _documents(bench, "d", 10, 10)
    bench.compare("DOC-01", "d")
    (task,) = bench.assess().tasks
    assert task.expected == "Tỷ lệ văn bản điện tử đạt từ 90% trở lên."


def test_a_template_that_needs_a_missing_figure_gives_way_to_plain_words(bench: Bench) -> None:
    bench.electronic_rule(tasks=(bench.task("push", "Thêm {{ online.dossiers | so_luong }} hồ sơ."),))
    _documents(bench, "d", 10, 5)
    bench.compare("DOC-01", "d")
    (task,) = bench.assess().tasks
    assert task.action == "Tìm nguyên nhân, có biện pháp bảo đảm yêu cầu «yêu cầu DOC-01»."


def test_a_target_that_is_due_in_the_period_bounds_the_task(bench: Bench) -> None:
    bench.electronic_rule()
    _documents(bench, "d", 10, 5)
    bench.compare("DOC-01", "d", due=date(2020, 9, 1))
    assert bench.assess().tasks[0].due == date(2020, 9, 1)


def test_who_wrote_the_report_corrects_the_figures_of_another(bench: Bench) -> None:
    bench.balance_rule()
    bench.report("d")
    bench.report("d/c/ph", reported_by="d")
    bench.add("DOS-03", "d/c/ph", "fail")
    (task,) = bench.assess().tasks
    assert (task.lead, task.support) == ("UBND huyện Long Phú", "UBND xã Phú Hữu")
    assert task.why.startswith("Phải sửa thì báo cáo mới đủ điều kiện tiếp nhận")


def test_a_wrong_rate_is_to_be_the_figure_worked_out(bench: Bench) -> None:
    bench.rule(
        "RATE:dossiers.late:stated",
        "dossiers",
        "consistency",
        severity="must_fix",
        check={"stated": "dossiers.late"},
    )
    bench.report("d")
    expected = {"exact": Fraction(4, 100), "text": "0,04%"}
    bench.add("RATE:dossiers.late:stated", "d", "fail", expected=expected)
    wanted = "Báo cáo gửi lại có tỷ lệ khớp với số liệu (là 0,04% nếu số liệu gốc đúng)."
    assert bench.assess().tasks[0].expected == wanted


def test_units_that_have_not_submitted_lead_the_task_themselves(bench: Bench) -> None:
    bench.rule("REP-04", "report", "completeness", check=Submitted(submitted="children"))
    bench.report("d/c")
    operands = {
        unit: {"value": submitted, "text": unit, "as_written": ""}
        for unit, submitted in (("d/c/dn", "false"), ("d/c/ph", "false"), ("d/c/ld", "true"))
    }
    bench.add("REP-04", "d/c", "fail", operands=operands)
    (task,) = bench.assess().tasks
    assert task.lead == "UBND thị trấn Đại Ngãi và UBND xã Phú Hữu"


def test_who_lacks_required_figures_reports_them(bench: Bench) -> None:
    bench.report("d")
    bench.report("d/c/ph")
    bench.missing["d/c/ph"] = ("documents.outgoing",)
    (task,) = bench.assess().tasks
    assert (task.lead, task.action) == ("UBND xã Phú Hữu", "Báo cáo bổ sung tổng số văn bản đi.")


def test_a_dispute_that_no_statement_tells_of_has_a_task_of_its_own(bench: Bench) -> None:
    bench.late_rule()
    bench.report("d", dossiers__resolved_late=0)
    bench.add("DOS-07", "d", "pass", disputed_by=("DOS-99@d@2020-H1",))
    assessment = bench.assess()
    assert [task.answers for task in assessment.tasks] == [(assessment.limitations[0].id,)]


UNITS = ("d", "d/a", "d/c", "d/a/tp", "d/c/dn", "d/c/ph")
VERDICTS = st.sampled_from(("pass", "fail", "no_data", "not_applicable", "error"))


@st.composite
def _runs(draw: st.DrawFn) -> Callable[[Bench], None]:
    """Any verdicts of a few rules on any units, with or without templates, waivers and disputes."""
    units = draw(st.lists(st.sampled_from(UNITS), min_size=1, unique=True))
    groups = draw(st.lists(st.sampled_from((None, "remedy", "push", "keep")), max_size=3))
    verdicts = {
        (rule_id, unit): (draw(VERDICTS), draw(st.booleans()), draw(st.booleans()), draw(st.booleans()))
        for rule_id in ("DOC-01", "DOS-07", "DOS-03", "PLA-11")
        for unit in UNITS
    }
    missing = draw(st.lists(st.sampled_from(units), unique=True))

    def fill(bench: Bench) -> None:
        templates = tuple(bench.task(group) for group in groups)
        bench.electronic_rule(tasks=templates)
        bench.late_rule(tasks=templates)
        bench.balance_rule()
        bench.rule(
            "PLA-11", "online", "plausibility", severity="advisory", strength="Tăng.", limitation="Giảm."
        )
        for unit in units:
            _documents(bench, unit, 10, 5)
            if unit in missing:
                bench.missing[unit] = ("online.dossiers",)
        for (rule_id, unit), (verdict, waived, disputed, commended) in verdicts.items():
            more: dict[str, Any] = {"waived": waived, "commended": commended and rule_id == "DOC-01"}
            if disputed and rule_id != "DOS-03":
                more["disputed_by"] = (f"DOS-03@{unit}@2020-H1",)
            bench.add(rule_id, unit, verdict, reason="lý do.", **more)

    return fill


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(fill=_runs())
def test_every_limitation_is_answered_and_nothing_doubtful_praised(
    bench: Bench, fill: Callable[[Bench], None]
) -> None:
    run = type(bench)()
    fill(run)
    assessment = run.assess()
    answered = {statement for task in assessment.tasks for statement in task.answers}
    assert {limitation.id for limitation in assessment.limitations} <= answered
    ids = [statement.id for statement in (*assessment.strengths, *assessment.limitations)]
    assert len(ids) == len(set(ids))
    assert answered <= set(ids)
    outcome_of = run.check.outcome
    praised = [outcome_of[one] for strength in assessment.strengths for one in strength.outcomes]
    assert not any(outcome.disputed_by or outcome.waived for outcome in praised)
    assert all(outcome.outcome == "pass" or outcome.commended for outcome in praised)
    order = [("remedy", "push", "keep").index(task.group) for task in assessment.tasks]
    assert order == sorted(order)


@pytest.mark.parametrize("half", [1, 2])
def test_tasks_are_due_in_the_half_year_after_the_one_reported(bench: Bench, half: int) -> None:
    bench.electronic_rule()
    _documents(bench, "d", 10, 5)
    bench.compare("DOC-01", "d")
    if half == 2:
        period = bench.submissions[0].period.next
        bench.submissions[0] = bench.submissions[0].model_copy(update={"period": period})
        bench.outcomes[0] = bench.outcomes[0].model_copy(update={"period": str(period)})
    assert bench.assess().tasks[0].due == (date(2020, 12, 31) if half == 1 else date(2021, 6, 30))
