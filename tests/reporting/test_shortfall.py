from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.reporting.shortfall import (
    Proportion,
    Shortfall,
    compose_takes,
    count_needed,
    find_proportions,
    measure_rate,
    measure_shortfall,
    name_counted,
    name_measure,
)

if TYPE_CHECKING:
    from tests.reporting.conftest import Bench

COUNTS = st.integers(0, 10**9).map(Fraction)


def test_the_count_needed_is_rounded_up() -> None:
    assert count_needed(Fraction(2737), Fraction(6522), Fraction(90), at_most=False) == 3133


@given(numerator=COUNTS, denominator=COUNTS, goal=st.decimals(0, 100, places=2).map(Fraction))
def test_the_count_needed_is_the_smallest_that_reaches_the_goal(
    numerator: Fraction, denominator: Fraction, goal: Fraction
) -> None:
    needed = count_needed(numerator, denominator, goal, at_most=False)
    assert (numerator + needed) * 100 >= goal * denominator
    assert needed == 0 or (numerator + needed - 1) * 100 < goal * denominator


@given(numerator=COUNTS, denominator=COUNTS, goal=st.decimals(0, 100, places=2).map(Fraction))
def test_where_little_is_asked_it_is_the_smallest_that_must_go(
    numerator: Fraction, denominator: Fraction, goal: Fraction
) -> None:
    excess = count_needed(numerator, denominator, goal, at_most=True)
    assert (numerator - excess) * 100 <= goal * denominator
    assert excess == 0 or (numerator - excess + 1) * 100 > goal * denominator


def test_what_it_takes_names_the_counts_and_each_bloc(bench: Bench) -> None:
    rule = bench.electronic_rule()
    for unit, outgoing, electronic in (("d", 6522, 2737), ("d/a", 3417, 2070), ("d/c", 3105, 667)):
        bench.report(unit, documents__outgoing=outgoing, documents__outgoing_electronic=electronic)
    outcome = bench.compare("DOC-01", "d")
    assert compose_takes(bench.scope(), rule, [outcome]) == (
        "tính trên 6.522 văn bản đi của kỳ này, cần thêm 3.133 văn bản điện tử "
        "(tính riêng và làm tròn lên cho từng khối: cấp huyện 1.006, cấp xã 2.128)"
    )


def test_blocs_are_told_apart_only_where_all_of_them_fall_short(bench: Bench) -> None:
    rule = bench.electronic_rule()
    for unit, outgoing, electronic in (("d", 200, 100), ("d/a", 100, 95), ("d/c", 100, 5)):
        bench.report(unit, documents__outgoing=outgoing, documents__outgoing_electronic=electronic)
    outcome = bench.compare("DOC-01", "d")
    takes = "tính trên 200 văn bản đi của kỳ này, cần thêm 80 văn bản điện tử"
    assert compose_takes(bench.scope(), rule, [outcome]) == takes


def test_what_several_units_need_is_told_apart_by_their_names(bench: Bench) -> None:
    rule = bench.electronic_rule()
    for unit in ("d/a", "d/c"):
        bench.report(unit, documents__outgoing=10, documents__outgoing_electronic=8)
    outcomes = [bench.compare("DOC-01", unit) for unit in ("d/a", "d/c")]
    takes = compose_takes(bench.scope(), rule, outcomes)
    assert takes.startswith(
        "cấp huyện: tính trên 10 văn bản đi của kỳ này, cần thêm 1 văn bản điện tử; cấp xã: "
    )


def test_what_must_go_is_said_where_little_is_asked(bench: Bench) -> None:
    rule = bench.rule("DOS-08", "dossiers", measure="dossiers.late", at_most="dossiers.late")
    bench.report("d", dossiers__resolved=1000, dossiers__resolved_late=7)
    outcome = bench.compare("DOS-08", "d", goal=0)
    assert compose_takes(bench.scope(), rule, [outcome]) == (
        "tính trên 1.000 hồ sơ đã giải quyết của kỳ này, phải bớt 7 hồ sơ giải quyết trễ hạn"
    )


def test_a_percentage_without_counts_takes_points(bench: Bench) -> None:
    rule = bench.rule("MAI-01", "mailbox", measure="mailbox.share", at_least="mailbox.share")
    bench.report("d", mailbox__share=Decimal("87.5"))
    outcome = bench.add(
        "MAI-01",
        "d",
        "fail",
        measured={"exact": Fraction(175, 2), "text": "87,5%"},
        target={"exact": Fraction(100), "text": "100%"},
        difference={"exact": Fraction(-25, 2), "text": "-12,5 điểm phần trăm"},
    )
    scope = bench.scope()
    assert compose_takes(scope, rule, [outcome]) == "cần tăng thêm 12,5 điểm phần trăm"
    assert measure_shortfall(scope, rule, outcome) == Shortfall(gap=Fraction(1, 8), volume=0)


def test_a_count_that_must_equal_another_is_a_proportion_of_which_all_is_asked(bench: Bench) -> None:
    rule = bench.rule("SIG-02", "signatures", check="signatures.signed >= documents.outgoing_electronic")
    bench.report("d", signatures__signed=2563, documents__outgoing_electronic=2737)
    outcome = bench.add("SIG-02", "d", "fail")
    scope = bench.scope()
    assert find_proportions(scope.pack, rule) == (
        Proportion("signatures.signed", "documents.outgoing_electronic"),
    )
    assert measure_shortfall(scope, rule, outcome) == Shortfall(gap=Fraction(174, 2737), volume=174)
    assert name_measure(scope.pack, rule) == "Tỷ lệ văn bản ký số"
    assert compose_takes(scope, rule, [outcome]) == (
        "tính trên 2.737 văn bản điện tử của kỳ này, cần thêm 174 văn bản điện tử đã ký số"
    )


@pytest.mark.parametrize(
    "check",
    [
        "signatures.signed > documents.outgoing",
        "signatures.signed >= 5",
        "signatures.signed >= target.signatures",
        "signatures.signed >= documents.outgoing and signatures.signed > 0",
    ],
)
def test_another_comparison_is_no_proportion(bench: Bench, check: str) -> None:
    rule = bench.rule("SIG-02", "signatures", check=check)
    assert find_proportions(bench.pack, rule) == ()
    assert name_measure(bench.pack, rule) == "Yêu cầu SIG-02"


def test_the_nearest_reading_counts_where_the_denominator_is_open(bench: Bench) -> None:
    rule = bench.rule(
        "ONL-02", "online", measures=("documents.electronic", "online.share"), at_least="online.level4"
    )
    bench.report(
        "d",
        documents__outgoing=264,
        documents__outgoing_electronic=6,
        dossiers__received_total=74,
        online__dossiers=6,
    )
    outcome = bench.add("ONL-02", "d", "fail", target={"exact": Fraction(30), "text": "30%"})
    scope = bench.scope()
    shortfall = measure_shortfall(scope, rule, outcome)
    assert shortfall == Shortfall(gap=1 - Fraction(6, 74) * 100 / 30, volume=17)
    assert measure_rate(scope.pack, scope.figures, rule, "d") is None
    assert "cần thêm 74 văn bản điện tử; hoặc tính trên 74 hồ sơ tiếp nhận" in compose_takes(
        scope, rule, [outcome]
    )


def test_a_comparison_of_two_numbers_is_measured_by_its_difference(bench: Bench) -> None:
    rule = bench.rule("POR-01", "mailbox", check="a.b >= target.c")
    bench.report("d")
    outcome = bench.add(
        "POR-01",
        "d",
        "fail",
        expected={"exact": Fraction(10), "text": "10"},
        difference={"exact": Fraction(-3), "text": "-3"},
    )
    assert measure_shortfall(bench.scope(), rule, outcome) == Shortfall(gap=Fraction(3, 10), volume=3)


def test_a_target_of_nothing_at_all_cannot_be_missed(bench: Bench) -> None:
    rule = bench.electronic_rule()
    bench.report("d", documents__outgoing=10, documents__outgoing_electronic=5)
    outcome = bench.compare("DOC-01", "d", goal=0)
    assert measure_shortfall(bench.scope(), rule, outcome) == Shortfall(gap=Fraction(0), volume=0)
    assert compose_takes(bench.scope(), rule, [outcome]) == ""


def test_how_many_more_of_a_number_are_asked_is_said_with_its_unit(bench: Bench) -> None:
    rule = bench.rule("POR-01", "mailbox", check="a.b >= target.c")
    bench.report("d")
    short = bench.add("POR-01", "d", "fail", difference={"exact": Fraction(-3), "text": "-3 mục"})
    assert compose_takes(bench.scope(), rule, [short]) == "cần thêm 3 mục"


def test_where_a_number_has_to_be_nothing_there_is_none_to_add(bench: Bench) -> None:
    rule = bench.late_rule()
    bench.report("d")
    late = bench.add("DOS-07", "d", "fail", difference={"exact": Fraction(7), "text": "7 hồ sơ"})
    assert compose_takes(bench.scope(), rule, [late]) == ""


def test_counts_that_are_missing_take_nothing(bench: Bench) -> None:
    rule = bench.electronic_rule()
    bench.report("d")
    target = {"exact": Fraction(90), "text": "90%"}
    outcome = bench.add("DOC-01", "d", "fail", target=target)
    assert compose_takes(bench.scope(), rule, [outcome]) == ""
    assert measure_shortfall(bench.scope(), rule, outcome) == Shortfall(gap=None, volume=0)


def test_what_is_yes_or_no_has_no_gap(bench: Bench) -> None:
    rule = bench.rule("POR-02", "mailbox", check="portal.hotline")
    bench.report("d")
    assert measure_shortfall(bench.scope(), rule, bench.add("POR-02", "d", "fail")) == Shortfall(None, 0)


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        ("documents.outgoing", "văn bản đi"),
        ("documents.outgoing_electronic", "văn bản điện tử"),
        ("dossiers.received_total", "hồ sơ tiếp nhận"),
        ("signatures.signed", "văn bản điện tử đã ký số"),
        ("signatures.bodies", "cơ quan, đơn vị"),
    ],
)
def test_what_is_counted_stands_after_its_number(bench: Bench, name: str, counted: str) -> None:
    assert name_counted(bench.pack.indicator[name]) == counted
