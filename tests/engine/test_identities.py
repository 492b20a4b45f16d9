"""Which rules of a pack become identities between figures, and which of them are broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliance.engine.elimination import Row
from compliance.engine.evaluate import evaluate_runs
from compliance.engine.generate import generate_rules
from compliance.engine.identities import Identities, read_identities
from compliance.model.submission import Period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.model.rulepack import RulePack
    from compliance.model.submission import Submission
    from tests.engine.conftest import Bench

W, A, B = ("d", "a.w"), ("d", "a.a"), ("d", "a.b")


def read(bench: Bench, pack: RulePack, *submissions: Submission, **changes: Any) -> Identities:
    pinned: Iterable[tuple[str, str]] = changes.pop("pinned", ())
    run = bench.run(generate_rules(pack), *submissions, **changes)
    return read_identities(run, evaluate_runs((run,)), pinned)


def rows(identities: Identities, outcome: str) -> tuple[Row, ...]:
    return next(one.rows for one in identities.constraints if one.id.startswith(f"{outcome}@"))


def test_a_whole_is_the_sum_of_its_parts(bench: Bench) -> None:
    pack = bench.pack([bench.indicator("a.w", parts=("a.a", "a.b")), "a.a", "a.b"], [])
    identities = read(bench, pack, bench.submission(figures={"a.w": 9, "a.a": 2, "a.b": 3}))
    (constraint,) = identities.constraints
    assert constraint.is_broken
    assert constraint.rows == (Row({A: 1, B: 1, W: -1}, 0),)


def test_an_equality_that_a_pack_writes_is_one_too(bench: Bench) -> None:
    pack = bench.pack(["a.w", "a.a"], [bench.rule(check="a.w == 2 * a.a + 1")])
    identities = read(bench, pack, bench.submission(figures={"a.w": 5, "a.a": 2}))
    assert not identities.constraints[0].is_broken
    assert {frozenset(row.coefficients.items()) for row in rows(identities, "R-1")} in (
        {frozenset({(A, 2), (W, -1)})},
        {frozenset({(A, -2), (W, 1)})},
    )


def test_a_target_is_no_identity(bench: Bench) -> None:
    pack = bench.pack(["a.w"], [bench.rule(check="a.w == 0", kind="target")])
    assert read(bench, pack, bench.submission(figures={"a.w": 5})).constraints == ()


def test_a_bound_is_a_row_with_its_direction(bench: Bench) -> None:
    pack = bench.pack(["a.w", "a.a"], [bench.rule(check="a.w >= a.a")])
    identities = read(bench, pack, bench.submission(figures={"a.w": 1, "a.a": 2}))
    assert rows(identities, "R-1") == (Row({A: 1, W: -1}, 0, "<="),)


def test_a_stated_rate_is_the_interval_of_its_printed_decimals(bench: Bench) -> None:
    pack = bench.pack(["a.a", "a.b"], [], rates=(bench.rate("a.r", "a.a", "a.b"),))
    submission = bench.submission(figures={"a.a": 1, "a.b": 3}, stated={"a.r": "33,3%"})
    low, high = rows(read(bench, pack, submission), "RATE:a.r:stated")
    assert (low.sign, high.sign) == ("<=", "<")
    assert low.rests_on == frozenset({("d", "stated.a.r")})
    for numerator, denominator, inside in ((1, 3, True), (3325, 10_000, True), (3335, 10_000, False)):
        values = {A: numerator, B: denominator}
        assert (low.holds(values) and high.holds(values)) is inside


def test_a_stated_hundred_per_cent_is_exact(bench: Bench) -> None:
    pack = bench.pack(["a.a", "a.b"], [], rates=(bench.rate("a.r", "a.a", "a.b"),))
    submission = bench.submission(figures={"a.a": 3, "a.b": 3}, stated={"a.r": "100%"})
    (row,) = rows(read(bench, pack, submission), "RATE:a.r:stated")
    assert row.sign == "="
    assert not row.holds({A: 2_999, B: 3_000})


def test_a_parent_is_the_sum_of_the_units_below_and_one_without_a_report_is_unknown(bench: Bench) -> None:
    pack = bench.pack([bench.indicator("a.w", additive=("bloc",))], [])
    reports = [
        bench.submission(unit, {"a.w": value}) for unit, value in (("d/x", 9), ("d/x/1", 2), ("d/x/2", 3))
    ]
    identities = read(bench, pack, *reports)
    (row,) = rows(identities, "ROLLUP:a.w")
    assert row.coefficients == {("d/x", "a.w"): 1} | {(f"d/x/{place}", "a.w"): -1 for place in (1, 2, 3)}
    assert identities.cells["d/x/3", "a.w"].is_unknown


def test_a_parent_that_nobody_reported_is_made_of_the_units_below(bench: Bench) -> None:
    pack = bench.pack(
        [bench.indicator("a.w", additive=("bloc",)), "a.a"],
        [bench.rule(check="a.w == 7", applies_to=("bloc",))],
    )
    reports = [bench.submission(f"d/x/{place}", {"a.w": place}) for place in (1, 2, 3)]
    identities = read(bench, pack, *reports)
    assert identities.cells["d/x", "a.w"].is_unknown
    assert [len(row.coefficients) for row in identities.definitions] == [4]


def test_a_whole_that_nobody_reported_is_made_of_its_parts(bench: Bench) -> None:
    pack = bench.pack(
        [bench.indicator("a.w", parts=("a.a", "a.b")), "a.a", "a.b"], [bench.rule(check="a.w == 7")]
    )
    identities = read(bench, pack, bench.submission(figures={"a.a": 2, "a.b": 3}))
    assert identities.definitions == (Row({W: 1, A: -1, B: -1}, 0),)


def test_a_figure_of_another_period_is_not_doubted(bench: Bench) -> None:
    pack = bench.pack(["a.w", "a.a"], [bench.rule(check="a.w == previous.a.a")])
    before = bench.submission(figures={"a.a": 4}, period=Period(year=2019, half=2))
    identities = read(bench, pack, bench.submission(figures={"a.w": 5}), previous=(before,))
    assert identities.cells["d", "previous.a.a"].is_pinned


def test_a_figure_taken_as_zero_is_written_by_nobody(bench: Bench) -> None:
    pack = bench.pack([bench.indicator("a.w", parts=("a.a", "a.b"), assume_zero=("a.b",)), "a.a", "a.b"], [])
    cell = read(bench, pack, bench.submission(figures={"a.w": 5, "a.a": 5})).cells[B]
    assert (cell.value, cell.as_written) == (0, "")


def test_pinned_figures_are_named_by_whoever_asks(bench: Bench) -> None:
    pack = bench.pack([bench.indicator("a.w", parts=("a.a",)), "a.a"], [])
    identities = read(bench, pack, bench.submission(figures={"a.w": 9, "a.a": 2}), pinned=[W])
    assert identities.cells[W].is_pinned
    assert not identities.cells[A].is_pinned


def test_a_check_that_is_no_sum_is_tried_with_other_values(bench: Bench) -> None:
    pack = bench.pack(["a.w", "a.a", "a.b"], [bench.rule(check="low.a.w <= high.a.a * high.a.b")])
    identities = read(bench, pack, bench.submission(figures={"a.w": 99, "a.a": 9, "a.b": (5, 7)}))
    (constraint,) = identities.constraints
    assert constraint.keys == {W, A, B}
    assert constraint.condition is not None
    assert not constraint.condition({})
    assert constraint.condition({W: 63})


def test_a_rule_goes_where_its_condition_is_doubted(bench: Bench) -> None:
    pack = bench.pack(["a.w", "a.a"], [bench.rule(check="a.w == 0", when="a.a == 0")])
    (row,) = rows(read(bench, pack, bench.submission(figures={"a.w": 3, "a.a": 0})), "R-1")
    assert row.rests_on == frozenset({A})
