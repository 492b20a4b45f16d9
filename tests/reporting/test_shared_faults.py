"""What several units have wrong is said once, and nothing that was found of any of them is lost."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from compliance import pipeline
from compliance.reporting.judgements import is_judged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.engine.expressions import CompiledPack
    from compliance.model.assessment import Assessment
    from compliance.model.check import Check
    from compliance.model.findings import Finding
    from compliance.model.submission import Submission
    from tests.reporting.conftest import Bench

AS_OF = date(2020, 6, 30)
COMMUNES = ("d/c/dn", "d/c/ph", "d/c/ld")
PLANTED = (
    "dossiers.pending",
    "dossiers.resolved_late",
    "postal.total",
    "documents.outgoing",
    "documents.outgoing_electronic",
    "signatures.signed",
    "online.dossiers",
    "one_stop.procedures_entered",
)


def _contradict(bench: Bench, rule: str, units: Sequence[str], **more: object) -> None:
    bench.rule(rule, "dossiers", "consistency", severity="must_fix", check="a.b == c.d", **more)
    for unit in units:
        bench.add(rule, unit, "fail", reason=f"lý do của {unit}.")


def test_one_rule_of_two_units_is_one_statement_with_what_each_has_wrong(bench: Bench) -> None:
    for unit in ("d", "d/c/ph", "d/a/tp"):
        bench.report(unit)
    _contradict(bench, "DOS-03", ("d/c/ph", "d/a/tp"))
    (limitation,) = bench.assess().limitations
    assert limitation.text == (
        "Chưa bảo đảm yêu cầu «yêu cầu DOS-03» tại Phòng Tư pháp và UBND xã Phú Hữu. "
        "Phòng Tư pháp: lý do của d/a/tp; UBND xã Phú Hữu: lý do của d/c/ph."
    )
    assert [one.unit for one in limitation.units] == ["d/a/tp", "d/c/ph"]
    assert not limitation.is_abridged


def test_one_rule_of_many_units_is_one_statement_and_one_task(bench: Bench) -> None:
    units = (*COMMUNES, "d/a/tp")
    for unit in ("d", *units):
        bench.report(unit)
    _contradict(bench, "DOS-03", units)
    assessment = bench.assess()
    (limitation,) = assessment.limitations
    assert limitation.id == "dossiers:DOS-03:d/a/tp#units"
    assert limitation.is_abridged
    assert limitation.text == (
        "Chưa bảo đảm yêu cầu «yêu cầu DOS-03» tại Phòng Tư pháp, UBND thị trấn Đại Ngãi, "
        "UBND xã Phú Hữu và UBND xã Long Đức."
    )
    assert [one.found for one in limitation.units] == [f"lý do của {unit}" for unit in ("d/a/tp", *COMMUNES)]
    (task,) = assessment.tasks
    assert task.answers == (limitation.id,)
    assert task.units == ("d/a/tp", *COMMUNES)
    assert task.action == (
        "Sửa số liệu của 4 đơn vị chủ trì để bảo đảm yêu cầu «yêu cầu DOS-03». Xem lại số liệu."
    )
    assert task.lead == "Phòng Tư pháp, UBND thị trấn Đại Ngãi, UBND xã Phú Hữu và UBND xã Long Đức"


def test_the_report_that_gives_a_sum_leads_and_its_own_units_only_help_where_they_do_not(
    bench: Bench,
) -> None:
    bench.report("d")
    bench.report("d/c", reported_by="d")
    bench.report("d/a/tp")
    _contradict(bench, "DOS-03", ("d/c", "d/a/tp"))
    (task,) = bench.assess().tasks
    assert task.lead == "UBND huyện Long Phú và Phòng Tư pháp"
    assert task.support == "các đơn vị thuộc khối cấp xã"


def test_many_units_with_different_faults_in_one_area_share_a_statement_and_have_a_task_each(
    bench: Bench,
) -> None:
    units = (*COMMUNES, "d/a/tp")
    for unit in ("d", *units):
        bench.report(unit)
    for number, unit in enumerate(units):
        _contradict(bench, f"DOS-{number}", (unit,))
    assessment = bench.assess()
    (limitation,) = assessment.limitations
    assert limitation.id == "dossiers:DOS-0:d#below"
    assert limitation.text == (
        "Số liệu của 4 đơn vị về hồ sơ còn nội dung phải sửa hoặc giải trình: "
        "Phòng Tư pháp, thị trấn Đại Ngãi, xã Phú Hữu và xã Long Đức."
    )
    assert limitation.units[0].found == "Chưa bảo đảm yêu cầu «yêu cầu DOS-3»: lý do của d/a/tp."
    assert len(limitation.outcomes) == 4
    assert {task.answers for task in assessment.tasks} == {(limitation.id,)}
    assert len(assessment.tasks) == 4


def test_rules_that_weigh_differently_are_told_apart(bench: Bench) -> None:
    for unit in ("d", "d/c/ph", "d/c/dn"):
        bench.report(unit)
    _contradict(bench, "DOS-03", ("d/c/ph",))
    bench.add("DOS-03", "d/c/dn", "fail", reason="khác.", severity="must_explain")
    assert len(bench.assess().limitations) == 2


@cache
def _compiled() -> CompiledPack:
    found, problems = pipeline.load_pack("long-phu-2020")
    assert found is not None, problems
    return found


@cache
def _reported() -> tuple[Submission, ...]:
    folder = pipeline.dataset("long-phu-2020-h1-units")
    found, _, problems = pipeline.read_submissions([folder], _compiled().pack)
    assert not problems
    return found


def _plant(submission: Submission, name: str, by: int | None) -> Submission:
    """The figure larger or smaller, or left out."""
    observations = dict(submission.observations)
    observation = observations.get(name)
    if observation is None or not isinstance(observation.value, int):
        return submission
    if by is None:
        del observations[name]
    else:
        value = max(observation.value + by, 0)
        observations[name] = observation.model_copy(update={"value": value, "as_written": str(value)})
    return submission.model_copy(update={"observations": observations})


errors = st.lists(
    st.tuples(
        st.sampled_from(PLANTED),
        st.sampled_from((3, -2, 900, None)),
        st.frozensets(st.integers(0, 25), min_size=1, max_size=26),
    ),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
)
@given(planted=errors)
def test_every_finding_of_every_unit_stands_in_one_limitation_and_is_put_right_by_a_task(
    planted: list[tuple[str, int | None, frozenset[int]]],
) -> None:
    submissions = list(_reported())
    for name, by, places in planted:
        for place in places:
            submissions[place] = _plant(submissions[place], name, by)
    _assert_that_nothing_is_lost(pipeline.check(_compiled(), tuple(submissions), as_of=AS_OF))


def test_the_errors_planted_in_the_dataset_are_all_told_and_put_right() -> None:
    folder = pipeline.dataset("long-phu-2020-h1-faulty")
    submissions, _, _ = pipeline.read_submissions([folder], _compiled().pack)
    _assert_that_nothing_is_lost(pipeline.check(_compiled(), submissions, as_of=AS_OF))


def _assert_that_nothing_is_lost(check: Check) -> None:
    assessment = pipeline.assess(check)
    limitations = Counter(
        name
        for one in assessment.limitations
        for name in {*one.outcomes, *(name for unit in one.units for name in unit.outcomes)}
    )
    tasks = Counter(name for task in assessment.tasks for name in task.outcomes)
    disputed_by = {outcome.id: outcome.disputed_by for outcome in check.outcomes}
    for finding in _told(check):
        if finding.kind == "target" and disputed_by[finding.id]:
            told = sum(limitations[name] for name in (finding.id, *disputed_by[finding.id]))
            assert told >= 1, finding.id
            continue
        assert limitations[finding.id] == 1, finding.id
        assert tasks[finding.id] == 1 if finding.kind != "target" else tasks[finding.id] >= 1, finding.id
    _assert_that_what_is_lacking_is_told(check, assessment)


def _told(check: Check) -> list[Finding]:
    """What the assessment has to tell of: targets, and what keeps a report from being accepted as it is."""
    return [
        finding
        for finding in check.findings
        if not finding.waivers
        and (is_judged(check.pack.rule[finding.rule]) or finding.severity != "advisory")
    ]


def _assert_that_what_is_lacking_is_told(check: Check, assessment: Assessment) -> None:
    lacking = {one.unit for one in check.submissions if one.missing}
    answered = Counter(
        unit for task in assessment.tasks if ":required:" in " ".join(task.answers) for unit in task.units
    )
    assert answered == Counter(lacking)
