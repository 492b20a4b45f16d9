from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import pytest

from compliance.model.named_checks import Cites

if TYPE_CHECKING:
    from compliance.model.findings import Outcome
    from tests.engine.conftest import Bench

PLAN = "h/2020/09-kh-ubnd"
FIRST, SECOND = date(2020, 2, 4), date(2020, 2, 2)
Question = Literal["one_date", "register_date", "in_force"]


def judged(
    bench: Bench, question: Question, *dates: date | None, others: tuple[Any, ...] = (), **known: Any
) -> Outcome:
    instruments = (bench.instrument(PLAN, **known), *others) if known else ()
    pack = bench.pack([], [bench.rule("C-1", Cites(cites=question))], instruments=instruments)
    cites = tuple(bench.cite(PLAN, dated, f"I.{number}") for number, dated in enumerate(dates, start=1))
    return bench.outcome(pack, bench.submission("d", {}, cites=cites, report_date=date(2020, 5, 21)))


def test_one_document_with_two_dates_is_one_outcome_about_the_document(bench: Bench) -> None:
    outcome = judged(bench, "one_date", FIRST, SECOND, issued=FIRST)
    assert outcome.id == f"C-1@d@2020-H1#{PLAN}"
    assert outcome.reason == (
        "Kế hoạch 09-KH-UBND được dẫn với 2 ngày khác nhau: 04/02/2020 (mục I.1); 02/02/2020 (mục I.2). "
        "Danh mục văn bản ghi ngày 04/02/2020."
    )


def test_each_passage_is_evidence(bench: Bench) -> None:
    operands = judged(bench, "one_date", FIRST, SECOND).operands
    assert [operand.value for operand in operands.values()] == ["2020-02-04", "2020-02-02"]


def test_the_same_date_twice_is_one_date(bench: Bench) -> None:
    assert judged(bench, "one_date", FIRST, FIRST).outcome == "pass"


def test_a_passage_without_date_contradicts_nothing(bench: Bench) -> None:
    assert judged(bench, "one_date", FIRST, None).outcome == "pass"


def test_a_document_never_dated_gives_no_verdict(bench: Bench) -> None:
    assert judged(bench, "one_date", None).outcome == "no_data"


def test_a_report_that_cites_nothing_is_not_applicable(bench: Bench) -> None:
    assert judged(bench, "one_date").outcome == "not_applicable"


def test_the_registers_date_is_not_held_against_a_document_with_two_dates(bench: Bench) -> None:
    assert judged(bench, "register_date", FIRST, SECOND, issued=FIRST).outcome == "not_applicable"


@pytest.mark.parametrize(("cited", "expected"), [(FIRST, "pass"), (SECOND, "fail")])
def test_a_single_date_is_compared_with_the_register(bench: Bench, cited: date, expected: str) -> None:
    assert judged(bench, "register_date", cited, issued=FIRST).outcome == expected


def test_a_document_that_the_register_lacks_gives_no_verdict(bench: Bench) -> None:
    assert judged(bench, "register_date", FIRST).reason_code == "cited_unknown"


def test_a_document_cited_without_date_is_not_compared(bench: Bench) -> None:
    assert judged(bench, "register_date", None, issued=FIRST).reason_code == "cited_undated"


def test_nobody_knows_whether_a_document_that_the_register_lacks_is_in_force(bench: Bench) -> None:
    assert judged(bench, "in_force", FIRST).reason_code == "cited_unknown"


def test_a_date_that_nobody_established_gives_no_verdict(bench: Bench) -> None:
    assert judged(bench, "register_date", FIRST, note="chưa rõ").reason_code == "register_undated"


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"in_force_from": date(2020, 5, 21)}, "in_force"),
        ({"in_force_from": date(2020, 5, 22)}, "not_yet_in_force"),
        ({"issued": date(2020, 5, 22)}, "not_yet_in_force"),
        ({"in_force_from": date(2010, 1, 1), "in_force_until": date(2020, 5, 21)}, "in_force"),
        ({"in_force_from": date(2010, 1, 1), "in_force_until": date(2020, 5, 20)}, "no_longer_in_force"),
        ({"in_force_until": date(2020, 5, 20)}, "no_longer_in_force"),
        ({"issued": date(2010, 1, 1)}, "force_unknown"),
        ({"in_force_from": date(2010, 1, 1), "replaced_by": "x/2020/1"}, "no_longer_in_force"),
        ({"in_force_from": date(2010, 1, 1), "replaced_by": "x/2020/2"}, "force_unknown"),
    ],
)
def test_force_is_that_of_the_report_date(bench: Bench, known: dict[str, Any], expected: str) -> None:
    others = (bench.instrument("x/2020/1", in_force_from=date(2020, 4, 9)), bench.instrument("x/2020/2"))
    assert judged(bench, "in_force", FIRST, others=others, **known).reason_code == expected


def test_a_text_that_was_not_read_says_so_with_its_end(bench: Bench) -> None:
    reason = judged(bench, "in_force", FIRST, grade="C", in_force_until=date(2020, 4, 8)).reason
    assert reason.endswith("(chưa đối chiếu được với văn bản gốc).")


def test_a_text_that_was_read_says_how_its_replacement_is_known(bench: Bench) -> None:
    known: dict[str, Any] = {"grade": "A", "replacement_grade": "C", "in_force_until": date(2020, 4, 8)}
    reason = judged(bench, "in_force", FIRST, **known).reason
    assert reason.endswith("(chưa đối chiếu được với văn bản gốc).")


def test_each_cited_document_has_its_own_outcome(bench: Bench) -> None:
    pack = bench.pack([], [bench.rule("C-1", Cites(cites="one_date"))])
    cites = (bench.cite("b/1", FIRST), bench.cite("a/1", FIRST))
    found = bench.evaluate(pack, bench.submission("d", {}, cites=cites))
    assert [outcome.subject for outcome in found] == ["a/1", "b/1"]
