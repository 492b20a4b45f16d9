from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from compliance.engine.evidence import gather_assumptions
from compliance.model.submission import Period

if TYPE_CHECKING:
    from compliance.engine.ledger import Ledger
    from tests.engine.conftest import Bench

BEFORE = Period(year=2019, half=2)


@pytest.fixture
def ledger(bench: Bench) -> Any:
    """A ledger over dossier-like indicators, from the figures of the district."""

    def keep(figures: dict[str, Any], **changes: Any) -> Ledger:
        pack = bench.pack(
            [
                bench.indicator("a.pending", parts=("a.in_time", "a.overdue"), assume_zero=("a.overdue",)),
                "a.in_time",
                "a.overdue",
                bench.indicator("a.carried", opening_of="a.pending"),
                bench.indicator("a.bodies", from_register="bodies"),
                bench.indicator("a.share", type="percent", unit_of_measure="%"),
            ],
            [],
            rates=(bench.rate("a.rate", "a.in_time", "a.pending"),),
        )
        return bench.run(pack, bench.submission("d", figures), **changes).ledger

    return keep


def test_a_reported_whole_is_not_worked_out(ledger: Any) -> None:
    figure = ledger({"a.pending": 9, "a.in_time": 4, "a.overdue": 1}).indicator("d", "a.pending")
    assert (figure.value, figure.derived_from) == (9, "")


def test_a_whole_is_worked_out_from_its_parts(ledger: Any) -> None:
    figure = ledger({"a.in_time": 4, "a.overdue": 1}).indicator("d", "a.pending")
    assert (figure.value, figure.derived_from) == (5, "tổng các phần: 4 (IN_TIME) + 1 (OVERDUE)")


def test_a_part_taken_as_nought_is_an_assumption(ledger: Any) -> None:
    figure = ledger({"a.in_time": 486}).indicator("d", "a.pending")
    assert figure.value == 486
    assert gather_assumptions([figure]) == ("«OVERDUE» không được báo cáo, tạm tính là 0 việc",)


def test_a_whole_of_assumed_parts_alone_is_missing(ledger: Any) -> None:
    assert ledger({}).indicator("d", "a.pending").lack == "not_reported"


def test_a_part_that_may_not_be_assumed_leaves_the_whole_missing(ledger: Any) -> None:
    assert ledger({"a.overdue": 1}).indicator("d", "a.pending").value is None


def test_an_approximate_part_is_not_taken_as_nought(ledger: Any, bench: Bench) -> None:
    figures = {"a.in_time": 4, "a.overdue": bench.observe("a.overdue", 5, approximate="about")}
    assert ledger(figures).indicator("d", "a.pending").value is None


def test_an_approximate_whole_is_worked_out_and_keeps_its_range(ledger: Any, bench: Bench) -> None:
    about = bench.observe("a.pending", 100, approximate="about")
    figure = ledger({"a.pending": about, "a.in_time": 98, "a.overdue": 0}).indicator("d", "a.pending")
    assert (figure.value, figure.low, figure.high) == (98, 90, 110)


def test_the_opening_balance_is_what_was_pending_before(ledger: Any, bench: Bench) -> None:
    before = bench.submission("d", {"a.in_time": 30}, period=BEFORE)
    figure = ledger({}, previous=(before,)).indicator("d", "a.carried")
    assert (figure.value, figure.derived_from) == (30, "bằng «PENDING, 6 tháng cuối năm 2019»: 30")


def test_without_the_period_before_the_opening_balance_is_missing(ledger: Any) -> None:
    assert ledger({}).indicator("d", "a.carried").lack == "not_reported"


def test_the_submission_of_another_period_is_no_opening_balance(ledger: Any, bench: Bench) -> None:
    other = bench.submission("d", {"a.in_time": 30}, period=Period(year=2019, half=1))
    assert ledger({}, previous=(other,)).indicator("d", "a.carried").value is None


def test_bodies_are_counted_from_the_register(ledger: Any) -> None:
    assert ledger({}).indicator("d", "a.bodies").value == 4


def test_a_reported_count_of_bodies_goes_before_the_register(ledger: Any) -> None:
    assert ledger({"a.bodies": 3}).indicator("d", "a.bodies").value == 3


def test_a_unit_without_submission_has_no_figures(ledger: Any) -> None:
    assert ledger({}).indicator("d/h", "a.pending").lack == "no_submission"


def test_a_rate_is_an_exact_fraction_in_points(ledger: Any) -> None:
    figure = ledger({"a.in_time": 1, "a.overdue": 2}).rate("d", "a.rate")
    assert (figure.value, figure.derived_from) == (Fraction(100, 3), "1/3")


def test_a_rate_says_which_operand_is_missing(ledger: Any) -> None:
    assert ledger({"a.pending": 2}).rate("d", "a.rate").why_lacking == "chưa báo cáo «IN_TIME»"


def test_a_rate_over_nothing_is_missing(ledger: Any) -> None:
    figure = ledger({"a.pending": 0, "a.in_time": 0}).rate("d", "a.rate")
    assert figure.lack == "zero_denominator"


def test_a_percentage_is_read_in_points(ledger: Any) -> None:
    figure = ledger({"a.share": Decimal("93.33")}).indicator("d", "a.share")
    assert (figure.phrase, figure.exact) == ("93,33%", Fraction(9333, 100))


def test_of_two_revisions_the_later_counts(bench: Bench) -> None:
    first, second = (bench.submission("d", {"a.x": value}, revision=value) for value in (1, 2))
    run = bench.run(bench.pack(["a.x"], []), second, first)
    assert run.ledger.indicator("d", "a.x").value == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("unit.level", "district"), ("unit.bodies", 4), ("period.days", 182), ("low.a.share", Decimal(5))],
)
def test_every_name_of_the_language_has_its_figure(ledger: Any, name: str, value: object) -> None:
    assert ledger({"a.share": Decimal(5)}).named("d", name).value == value


def test_a_stated_rate_is_shown_with_the_zeros_that_were_printed(bench: Bench) -> None:
    pack = bench.pack(["a.part", "a.whole"], [], rates=(bench.rate("a.rate", "a.part", "a.whole"),))
    kept = bench.run(pack, bench.submission("d", {}, stated={"a.rate": "94,60%"})).ledger
    assert kept.stated("d", "a.rate").phrase == "94,60%"
