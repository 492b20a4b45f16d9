from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from compliance.model.findings import Quantity
from compliance.reporting.faults import find_contradictions, list_waived

if TYPE_CHECKING:
    from tests.reporting.conftest import Bench


def _percent(written: str, exact: Fraction) -> Quantity:
    return Quantity(exact=exact, text=written)


@pytest.mark.parametrize(
    ("stated", "expected", "right"),
    [("0,03%", "0,04%", "0,04%"), ("100%", "100%", "99,95%")],
)
def test_a_wrong_rate_is_told_with_the_right_one_and_its_formula(
    bench: Bench, stated: str, expected: str, right: str
) -> None:
    name = "RATE:dossiers.late:stated"
    bench.rule(name, "dossiers", "consistency", severity="must_fix", check={"stated": "dossiers.late"})
    bench.report("d")
    values = {"0,03%": Fraction(3, 100), "0,04%": Fraction(4, 100), "100%": Fraction(100)}
    formula = {"value": "1", "text": "…", "as_written": "", "derived_from": "7/18.628"}
    bench.add(
        name,
        "d",
        "fail",
        stated=_percent(stated, values[stated]),
        expected=_percent(expected, values[expected]),
        measured=_percent("99,95%", Fraction(9995, 100)),
        operands={"rate.dossiers.late": formula},
    )
    (topic,) = find_contradictions(bench.scope())
    assert topic.statement.text == (
        f"Tỷ lệ trễ hạn của huyện Long Phú ghi trong báo cáo là {stated}, tính lại là {right} (7/18.628)."
    )


def _contradict(bench: Bench, rule_id: str, units: tuple[str, ...], **more: Any) -> None:
    bench.rule(rule_id, "dossiers", "consistency", severity="must_fix", **more)
    for unit in units:
        bench.add(rule_id, unit, "fail", reason="lý do.")


def test_a_text_cited_wrongly_is_told_as_it_is(bench: Bench) -> None:
    bench.report("d")
    _contradict(bench, "REP-01", ("d",), check={"cites": "one_date"})
    assert find_contradictions(bench.scope())[0].statement.text == "Lý do."


def test_the_message_of_a_rule_comes_first(bench: Bench) -> None:
    bench.report("d")
    _contradict(bench, "DOS-03", ("d",), check="a.b == c.d", message="…")
    assert find_contradictions(bench.scope())[0].statement.text == "Sai lệch của DOS-03."


def test_many_contradictions_of_one_unit_are_counted_after_the_third(bench: Bench) -> None:
    bench.report("d")
    for number in range(5):
        _contradict(bench, f"DOS-{number}", ("d",), check="a.b == c.d")
    (topic,) = find_contradictions(bench.scope())
    assert topic.statement.text.endswith("Ngoài ra còn 2 nội dung khác.")
    assert len(topic.outcomes) == 5
    assert topic.statement.is_abridged
    (told,) = topic.statement.units
    assert told.found.count("Chưa bảo đảm yêu cầu") == 5
    action = bench.assess().tasks[0].action
    assert "Sửa cả 2 nội dung khác của huyện Long Phú" in action


def test_a_waived_contradiction_is_no_limitation_and_not_passed_over(bench: Bench) -> None:
    bench.balance_rule()
    bench.report("d")
    bench.add("DOS-03", "d", "fail", waived=True, reason="10 ≠ 9")
    scope = bench.scope()
    assert find_contradictions(scope) == ()
    assert list_waived(scope) == ("Huyện Long Phú: Yêu cầu DOS-03: 10 ≠ 9. Nội dung này được miễn trừ.",)


def test_what_cannot_be_computed_has_to_be_put_right_too(bench: Bench) -> None:
    bench.balance_rule()
    bench.report("d")
    bench.add("DOS-03", "d", "error", reason="không tính được.")
    (topic,) = find_contradictions(bench.scope())
    assert topic.statement.text == "Chưa bảo đảm yêu cầu «yêu cầu DOS-03»: không tính được."
