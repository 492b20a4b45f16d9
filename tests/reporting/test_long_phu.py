"""The real case: what the assessment of Long Phú, first half of 2020, must say and must not say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from compliance import pipeline
from compliance.sentences import parse_sentence

if TYPE_CHECKING:
    from compliance.model.assessment import Assessment, Task

SUBJECT = "soc-trang/long-phu"
START, END = date(2020, 7, 1), date(2020, 12, 31)


def _assess(name: str, unit: str | None = None) -> Assessment:
    request = pipeline.Request(paths=(pipeline.dataset(name),), as_of=date(2020, 6, 30))
    check, problems = pipeline.run(request)
    assert problems == ()
    assert check is not None
    return pipeline.assess(check, unit)


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return _assess("long-phu-2020-h1")


@pytest.fixture(scope="module")
def of_all_units() -> Assessment:
    return _assess("long-phu-2020-h1-units")


def _task(assessment: Assessment, answers: str) -> Task:
    return next(task for task in assessment.tasks if any(answers in one for one in task.answers))


def test_the_district_is_the_subject(assessment: Assessment) -> None:
    assert (assessment.unit, assessment.period) == (SUBJECT, "2020-H1")


@pytest.mark.parametrize(
    "words",
    [
        "một cửa điện tử đạt 100% (cấp huyện 100%, cấp xã 100%)",
        "390/390 thủ tục",
        "99,97%",
        "12/12 cơ quan, đơn vị của khối cấp huyện",
        "11/11 cơ quan, đơn vị của khối cấp xã",
        "hộp thư điện tử công vụ đạt 100%",
        "mức biểu dương do bộ quy tắc đặt, không phải mục tiêu của văn bản",
        "theo thông tin cung cấp, chưa đối chiếu văn bản gốc",
    ],
)
def test_strengths(assessment: Assessment, words: str) -> None:
    assert any(words in strength.text for strength in assessment.strengths)


@pytest.mark.parametrize(
    "words",
    [
        "41,97% (2.737/6.522 văn bản), trong đó cấp huyện 60,58%, cấp xã 21,48%",
        "thời hạn đến 31/12/2020",
        "174 văn bản",
        "93,64%",
        "thị trấn Đại Ngãi (1 hồ sơ) và xã Phú Hữu (6 hồ sơ)",
        "2,47%",
        "mục tiêu chung của tỉnh và cả nước",
        "6/264",
        "6/74",
        "khối cấp xã ghi trong báo cáo là 0,03%, tính lại là 0,04% (7/18.628)",
        "04/02/2020 (mục I.1); 02/02/2020 (mục II)",
        "90 đến 126",
    ],
)
def test_limitations(assessment: Assessment, words: str) -> None:
    assert any(words in limitation.text for limitation in assessment.limitations)


def test_what_was_not_reported_is_neither_praised_nor_blamed(assessment: Assessment) -> None:
    stated = (*assessment.strengths, *assessment.limitations)
    assert not any("LAN" in statement.text for statement in stated)
    assert any("LAN" in line and "chưa báo cáo" in line for line in assessment.undecided)


def test_corrections_come_first_then_electronic_documents(assessment: Assessment) -> None:
    groups = [task.group for task in assessment.tasks]
    first_push = assessment.tasks[groups.index("push")]
    assert first_push.answers == (f"documents:DOC-01:{SUBJECT}",)
    assert first_push.takes.startswith(
        "tính trên 6.522 văn bản đi của kỳ này, cần thêm 3.133 văn bản điện tử"
    )
    assert assessment.tasks[0].answers[0].startswith("dossiers:RATE:dossiers.late:stated:")
    assert assessment.tasks[1].answers == (f"report:REP-01:{SUBJECT}",)


def test_every_limitation_is_answered_within_the_second_half(assessment: Assessment) -> None:
    answered = {statement for task in assessment.tasks for statement in task.answers}
    assert {limitation.id for limitation in assessment.limitations} <= answered
    assert all(START <= task.due <= END for task in assessment.tasks)
    assert all(task.lead and task.action and task.expected and task.why for task in assessment.tasks)


def test_late_communes_lead_their_own_task(assessment: Assessment) -> None:
    assert _task(assessment, "DOS-07").lead == "UBND thị trấn Đại Ngãi và UBND xã Phú Hữu"


def test_a_legal_text_is_named_in_full_once_in_what_a_reader_reads(assessment: Assessment) -> None:
    statements = [statement.text for statement in (*assessment.strengths, *assessment.limitations)]
    tasks = [f"{task.action} {task.expected} {task.citation}" for task in assessment.tasks]
    read = "\n".join((*statements, *assessment.undecided, *tasks))
    for number in ("17/NQ-CP", "09/KH-UBND", "43/2011/NĐ-CP", "61/2018/NĐ-CP", "1007/QĐ-UBND"):
        assert read.count(f"số {number} ngày ") == 1, number


def test_of_many_units_the_assessment_stays_with_the_district(of_all_units: Assessment) -> None:
    assert of_all_units.unit == SUBJECT
    assert all(task.group != "remedy" or "DOS-07" in task.answers[0] for task in of_all_units.tasks)
    (documents,) = (one for one in of_all_units.limitations if one.area == "documents")
    assert (
        "Có 12/12 cơ quan thuộc khối cấp huyện và 11/11 xã, thị trấn chưa đạt, "
        "còn cách xa nhất là xã Châu Khánh (15,2%)" in documents.text
    )


def test_a_commune_leads_the_tasks_of_its_own_assessment() -> None:
    assessment = _assess("long-phu-2020-h1-units", f"{SUBJECT}/cap-xa/xa-phu-huu")
    assert {task.lead for task in assessment.tasks} == {"UBND xã Phú Hữu"}


def test_a_faulty_run_praises_nothing_that_is_disputed_and_answers_everything() -> None:
    assessment = _assess("long-phu-2020-h1-faulty")
    answered = {statement for task in assessment.tasks for statement in task.answers}
    assert {limitation.id for limitation in assessment.limitations} <= answered
    assert not any(one.rules == ("DOS-10",) for one in assessment.strengths)


@pytest.mark.parametrize(
    ("rule", "figures", "said"),
    [
        (
            "PLA-11",
            {"postal.total": 113, "gap": 13, "expected": 100},
            "113, tăng 13 hồ sơ so với kỳ trước (100)",
        ),
        ("PLA-11", {"postal.total": 113, "gap": 0, "expected": 113}, "113, bằng kỳ trước"),
        ("PLA-16", {"measured": 98, "gap": 0}, "98%, giữ nguyên so với kỳ trước"),
        ("PLA-16", {"measured": 98, "gap": 2}, "98%"),
    ],
)
def test_what_is_not_lower_than_before_is_told_with_its_figures(
    rule: str, figures: dict[str, int], said: str
) -> None:
    compiled, _ = pipeline.load_pack("long-phu-2020")
    assert compiled is not None
    sentence, _ = parse_sentence(compiled.pack.rule[rule].strength)
    assert sentence is not None
    assert sentence.render(figures).endswith(f" là {said}.")
