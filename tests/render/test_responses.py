"""The words beside a finding: what its unit answers, what the inspector waives."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from compliance.model.explanations import AnsweredExplanation, Explanation, ExplanationTally
from compliance.model.waivers import AppliedWaiver
from compliance.render.responses import (
    list_answered,
    list_waivers,
    say_answer,
    say_explanation,
    say_responses,
)
from compliance.render.summary import build_matrix, compose_headline, group_findings

if TYPE_CHECKING:
    from compliance.model.check import Check

FINDING = "DOC-01@soc-trang/long-phu@2020-H1"


def explain(words: str = "Chờ cấp.", **more: object) -> Explanation:
    return Explanation.model_validate({"finding": FINDING, "text": words, **more})


def waive_first_to_explain(check: Check) -> Check:
    """The check as the engine leaves it when a waiver lifts one finding."""
    lifted = next(finding for finding in check.findings if finding.severity == "must_explain")
    applied = AppliedWaiver(waiver="MT-1", effect="lifted", words="được miễn trừ đến ngày 31/12/2020.")
    findings = tuple(
        finding.model_copy(update={"waived": True, "waivers": (applied,)}) if finding is lifted else finding
        for finding in check.findings
    )
    outcomes = tuple(
        outcome.model_copy(update={"waived": True}) if outcome.id == lifted.id else outcome
        for outcome in check.outcomes
    )
    return check.model_copy(update={"findings": findings, "outcomes": outcomes})


def test_an_explanation_is_said_with_status_author_and_day() -> None:
    explanation = explain(by="UBND xã", on=date(2020, 6, 12), status="doing")
    assert say_explanation(explanation) == (
        "Giải trình của đơn vị (đang xử lý; UBND xã; ngày 12/6/2020): Chờ cấp."
    )
    assert say_answer(explanation) == "Chờ cấp.\n(đang xử lý; UBND xã; ngày 12/6/2020)"


def test_a_status_alone_is_said_as_such() -> None:
    assert say_explanation(explain("", status="fixed")) == "Đơn vị ghi tình trạng: đã sửa"
    assert say_answer(explain("", status="fixed")) == "(đã sửa)"


def test_nothing_is_said_where_nothing_was_written(long_phu: Check) -> None:
    assert (say_explanation(None), say_answer(None)) == ("", "")
    assert say_responses(long_phu.findings[0]) == ()
    assert (list_answered(long_phu), list_waivers(long_phu)) == ((), ())


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("resolved", "đã khắc phục"),
        ("unverifiable", "chưa đủ số liệu để xét lại"),
        ("not_asked", "không còn áp dụng"),
        ("elsewhere", "không thuộc lần kiểm tra này"),
    ],
)
def test_an_explanation_whose_finding_is_gone_says_what_became_of_it(
    long_phu: Check, state: str, words: str
) -> None:
    answered = AnsweredExplanation.model_validate(
        {
            "explanation": explain(),
            "rule": "DOC-01",
            "title": "Văn bản điện tử",
            "unit": "soc-trang/long-phu",
            "period": "2020-H1",
            "state": state,
        }
    )
    tally = ExplanationTally(to_explain=9, explained=0, answered=(answered,))
    check = long_phu.model_copy(update={"explanations": tally})
    (line,) = list_answered(check)
    assert line == f"huyện Long Phú, [DOC-01] Văn bản điện tử: {words}. Giải trình đã ghi: Chờ cấp."
    assert list_answered(check, "soc-trang/long-phu/cap-xa") == ()


def test_what_is_waived_is_counted_apart_and_no_cell_of_the_matrix_calls_it_met(long_phu: Check) -> None:
    waived = waive_first_to_explain(long_phu)
    before, after = (
        {name: len(found) for name, found in group_findings(check)} for check in (long_phu, waived)
    )
    assert after == before | {"must_explain": before["must_explain"] - 1, "waived": 1}
    assert f"{after['must_explain']} nội dung phải giải trình" in compose_headline(waived)[0]
    assert compose_headline(waived)[1].startswith("Ngoài ra 1 phát hiện được miễn trừ")
    cells = [cell for _, row in build_matrix(waived) for cell in row if cell.kind == "waived"]
    assert [cell.words for cell in cells] == ["1 miễn trừ"]


@pytest.mark.parametrize(
    ("to_explain", "explained", "said"),
    [
        (9, 3, "Đã giải trình 3 trong 9 nội dung phải giải trình; còn 6 nội dung chưa có giải trình."),
        (9, 9, "Đã có giải trình cho cả 9 nội dung phải giải trình."),
        (0, 0, "Không có nội dung nào phải giải trình."),
    ],
)
def test_how_far_a_run_is_explained_is_said_second(
    long_phu: Check, to_explain: int, explained: int, said: str
) -> None:
    tally = ExplanationTally(to_explain=to_explain, explained=explained)
    assert compose_headline(long_phu.model_copy(update={"explanations": tally}))[1] == said
