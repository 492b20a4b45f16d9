from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from compliance.engine.trace import trace_outcome
from compliance.model.rulepack import DatedValue, Target

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission
    from compliance.model.trace import Trace
    from tests.engine.conftest import Bench


def _trace(
    bench: Bench, pack: RulePack, *submissions: Submission, rule: str = "R-1", unit: str = "d"
) -> Trace:
    check = bench.check(pack, *submissions)
    (outcome,) = (found for found in check.outcomes if (found.rule, found.unit) == (rule, unit))
    finding = next((found for found in check.findings if found.id == outcome.id), None)
    return trace_outcome(bench.run(pack, *submissions), outcome, check.outcomes, finding)


def _target_pack(bench: Bench, **changes: Any) -> RulePack:
    old = bench.citation("ubnd/2018/1-kh", provision="Mục 1")
    new = bench.citation("ubnd/2020/2-kh")
    values = (
        DatedValue(
            effective_from=date(2020, 1, 1), value=Decimal(90), citation=new, checked_on=date(2020, 2, 1)
        ),
        DatedValue(
            effective_from=date(2018, 1, 1), value=Decimal(80), citation=old, checked_on=date(2020, 2, 1)
        ),
    )
    rule = bench.rule("R-1", kind="target", measure="a.share", at_least="a.goal", **changes)
    return bench.pack(
        ["a.part", "a.whole", "a.other"],
        [rule, bench.rule("R-2", "a.part <= a.whole"), bench.rule("R-3", "a.other >= 0")],
        rates=(bench.rate("a.share", "a.part", "a.whole"),),
        targets=(Target(id="a.goal", label="Mức", values=values),),
        instruments=(bench.instrument("ubnd/2018/1-kh"), bench.instrument("ubnd/2020/2-kh")),
    )


FIGURES = {"a.part": 40, "a.whole": 60, "a.other": 1}


def test_the_figures_stand_with_what_was_written(bench: Bench) -> None:
    trace = _trace(bench, _target_pack(bench), bench.submission("d", FIGURES))
    assert [(figure.name, figure.text, figure.as_written) for figure in trace.figures] == [
        ("a.part", "40 việc", "40"),
        ("a.whole", "60 việc", "60"),
    ]


def test_the_rate_stands_with_its_formula_and_its_exact_value(bench: Bench) -> None:
    trace = _trace(bench, _target_pack(bench), bench.submission("d", FIGURES))
    assert [(rate.text, rate.derived_from, rate.exact) for rate in trace.rates] == [
        ("66,67%", "40/60", "200/3")
    ]


def test_the_target_stands_with_its_dated_history_and_the_value_that_counted(bench: Bench) -> None:
    trace = _trace(bench, _target_pack(bench), bench.submission("d", FIGURES))
    assert [(value.value, value.effective_from.year, value.in_force) for value in trace.history] == [
        ("80%", 2018, False),
        ("90%", 2020, True),
    ]
    assert "1-KH" in trace.history[0].citation
    assert "2-KH" in trace.citation


def test_the_law_of_the_report_date_is_the_one_that_counted(bench: Bench) -> None:
    submission = bench.submission("d", FIGURES, report_date=date(2019, 6, 1))
    trace = _trace(bench, _target_pack(bench), submission)
    assert [value.in_force for value in trace.history] == [True, False]
    assert trace.law_date == date(2019, 6, 1)


def test_the_comparison_stands_with_its_values_put_in(bench: Bench) -> None:
    trace = _trace(bench, _target_pack(bench), bench.submission("d", FIGURES))
    assert trace.check.written == "a.share >= target.a.goal"
    assert trace.check.put_in == "40/60 = 66,67% ≥ 90%"


def test_who_else_uses_the_figures_is_told_with_the_figures_in_common(bench: Bench) -> None:
    trace = _trace(bench, _target_pack(bench), bench.submission("d", FIGURES))
    assert [(use.rule, use.figures) for use in trace.used_by] == [("R-2", ("PART", "WHOLE"))]


def test_a_parent_that_adds_up_its_units_uses_their_figures(bench: Bench) -> None:
    pack = bench.pack(
        [bench.indicator("a.whole", additive=("bloc",))],
        [
            bench.rule("R-1", "a.whole > 9"),
            bench.rule("R-2", "a.whole == children.sum.a.whole", applies_to=("bloc",)),
        ],
    )
    submissions = [bench.submission(f"d/x/{number}", {"a.whole": number}) for number in (1, 2, 3)]
    trace = _trace(bench, pack, bench.submission("d/x", {"a.whole": 6}), *submissions, unit="d/x/2")
    assert ("R-2", "d/x") in {(use.rule, use.unit) for use in trace.used_by}


def test_an_expression_stands_as_written_in_words_and_with_its_values(bench: Bench) -> None:
    pack = bench.pack(["a.part", "a.whole"], [bench.rule("R-1", "a.part <= a.whole", when="a.whole > 0")])
    trace = _trace(bench, pack, bench.submission("d", {"a.part": 70, "a.whole": 60}))
    assert trace.check.labelled == "«PART» ≤ «WHOLE»"
    assert trace.check.put_in == "70 ≤ 60"
    assert trace.condition is not None
    assert trace.condition.put_in == "60 > 0"
    assert trace.fix == "Sửa lại."


def test_a_figure_that_is_lacking_is_said_to_be(bench: Bench) -> None:
    pack = bench.pack(["a.part", "a.whole"], [bench.rule("R-1", "a.part <= a.whole")])
    trace = _trace(bench, pack, bench.submission("d", {"a.part": 70}))
    assert trace.outcome == "no_data"
    assert trace.check.put_in == "70 ≤ (chưa có)"
    assert trace.fix == ""


def test_an_assumption_is_told(bench: Bench) -> None:
    rule = bench.rule("R-1", "a.part <= a.whole", assume={"a.part": Decimal(0)})
    trace = _trace(bench, bench.pack(["a.part", "a.whole"], [rule]), bench.submission("d", {"a.whole": 6}))
    assert [figure.assumed for figure in trace.figures] == [True, False]
    assert len(trace.assumptions) == 1
