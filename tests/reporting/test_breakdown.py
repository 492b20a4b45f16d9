from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from compliance.model.findings import Quantity
from compliance.reporting.breakdown import (
    compose_breakdown,
    find_failing_below,
    name_failing,
    say_below_target,
    say_failing,
    show_percent,
)

if TYPE_CHECKING:
    from compliance.model.findings import Outcome
    from tests.reporting.conftest import Bench


def _run(bench: Bench, **shares: int) -> list[Outcome]:
    """Units by the last part of their id, with how many of 1.000 documents are electronic."""
    bench.electronic_rule()
    ids = {
        unit.rsplit("/", 1)[-1]: unit for unit in ("d", "d/a", "d/c", "d/a/tp", "d/c/dn", "d/c/ph", "d/c/ld")
    }
    for unit, electronic in shares.items():
        bench.report(ids[unit], documents__outgoing=1000, documents__outgoing_electronic=electronic)
    return [bench.compare("DOC-01", ids[unit]) for unit in shares]


@pytest.mark.parametrize(
    ("exact", "apart_from", "shown"),
    [
        (Fraction(136850, 3261), (), "41,97%"),
        (Fraction(100), (), "100%"),
        (Fraction(99999, 1000), (), "99,999%"),
        (Fraction(1, 10000), (), "0,0001%"),
        (Fraction(8999999, 100000), (Fraction(90),), "89,99999%"),
        (100 - Fraction(1, 10**12), (), "100%"),
    ],
)
def test_a_percentage_never_looks_like_a_limit_that_it_is_not(
    exact: Fraction, apart_from: tuple[Fraction, ...], shown: str
) -> None:
    assert show_percent(exact, apart_from=apart_from) == shown


def test_a_rate_is_divided_over_the_blocs(bench: Bench) -> None:
    outcome, *_ = _run(bench, d=410, a=606, c=215)
    breakdown = compose_breakdown(bench.scope(), bench.rules[0], outcome)
    assert breakdown == "cấp huyện 60,6%, cấp xã 21,5%"


def test_without_the_rate_of_every_bloc_there_is_no_division(bench: Bench) -> None:
    outcome, *_ = _run(bench, d=410, a=606)
    assert compose_breakdown(bench.scope(), bench.rules[0], outcome) == ""


def test_a_rule_without_a_rate_has_no_division(bench: Bench) -> None:
    rule = bench.late_rule()
    for unit in ("d", "d/a", "d/c"):
        bench.report(unit, dossiers__resolved_late=1)
    assert compose_breakdown(bench.scope(), rule, bench.add("DOS-07", "d", "fail")) == ""


def test_a_failure_is_named_at_the_lowest_unit_that_shows_it(bench: Bench) -> None:
    _run(bench, d=100, a=100, c=100, ph=100, dn=950)
    found = find_failing_below(bench.scope(), bench.rules[0], "d")
    assert [outcome.unit for outcome in found] == ["d/a", "d/c/ph"]


@pytest.mark.parametrize("more", [{"waived": True}, {"disputed_by": ("DOS-03@d/c/ph@2020-H1",)}])
def test_a_failure_that_is_waived_or_disputed_names_nobody(bench: Bench, more: dict[str, Any]) -> None:
    _run(bench, d=100)
    bench.report("d/c/ph")
    bench.add("DOC-01", "d/c/ph", "fail", **more)
    assert find_failing_below(bench.scope(), bench.rules[0], "d") == ()


def test_a_few_units_are_named_in_the_registers_order(bench: Bench) -> None:
    _, *failed = _run(bench, d=100, dn=500, ph=154)
    assert name_failing(bench.scope(), bench.rules[0], failed) == (
        "thị trấn Đại Ngãi (50%)",
        "xã Phú Hữu (15,4%)",
    )


def test_of_many_units_the_worst_are_named_and_the_rest_counted(bench: Bench) -> None:
    *failed, _ = _run(bench, ph=10, tp=20, dn=30, ld=40, a=50, c=60, d=100)
    failed.append(failed[0].model_copy(update={"unit": "d"}))
    scope, rule = bench.scope(), bench.rules[0]
    assert name_failing(scope, rule, failed)[0] == "xã Phú Hữu (1%)"
    assert name_failing(scope, rule, failed)[-1] == "2 đơn vị khác"
    assert say_failing(scope, rule, failed).startswith(
        "Có 7 đơn vị chưa đạt, còn cách xa nhất là xã Phú Hữu (1%),"
    )


def test_a_unit_without_a_rate_is_named_with_what_was_measured_of_it(bench: Bench) -> None:
    rule = bench.late_rule()
    bench.report("d/c/ph", dossiers__resolved_late=6)
    measured = bench.add("DOS-07", "d/c/ph", "fail", measured=Quantity(exact=Fraction(6), text="6 hồ sơ"))
    bare = bench.add("DOS-07", "d/c/dn", "fail")
    named = name_failing(bench.scope(), rule, [measured, bare])
    assert named == ("xã Phú Hữu (6 hồ sơ)", "thị trấn Đại Ngãi")


def test_units_with_targets_of_their_own_are_not_held_against_one(bench: Bench) -> None:
    rule = bench.electronic_rule()
    for unit in ("d", "d/c/ph", "d/c/dn"):
        bench.report(unit, documents__outgoing=10, documents__outgoing_electronic=5)
    same = (bench.compare("DOC-01", "d/c/ph"), bench.compare("DOC-01", "d/c/dn"))
    assert say_below_target(bench.scope(), rule, same, "tỷ lệ") == (
        "Còn 2/3 xã, thị trấn có tỷ lệ thấp hơn mục tiêu 90%: xã Phú Hữu (50%) và thị trấn Đại Ngãi (50%)."
    )
    other = bench.compare("DOC-01", "d/c/dn", 80)
    assert say_below_target(bench.scope(), rule, (same[0], other), "tỷ lệ") == ""
