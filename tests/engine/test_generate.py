"""Which rules follow from indicators and rates, and in which order all rules stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from compliance.engine.expressions import compile_pack
from compliance.engine.generate import generate_rules
from compliance.model.named_checks import RollUp, Stated
from compliance.model.rulepack import Area
from compliance.problems import Place

if TYPE_CHECKING:
    from compliance.model.rulepack import Rule, RulePack
    from tests.engine.conftest import Bench

LATE = Place("indicators.yaml", 40)


def pack_of(bench: Bench, *rules: Rule) -> RulePack:
    indicators = [
        bench.indicator(
            "b.whole",
            label="Tổng số hồ sơ",
            parts=("b.early", "b.late"),
            assume_zero=("b.late",),
            additive=("district", "bloc"),
            levels=("district", "bloc", "commune"),
            place=LATE,
        ),
        bench.indicator("b.early", label="Hồ sơ sớm hạn"),
        bench.indicator("b.late", label="Hồ sơ trễ hạn"),
        bench.indicator("a.procedures", label="TTHC đã cập nhật", additive=("district",)),
    ]
    rate = bench.rate("b.share", "b.late", "b.whole", label="Tỷ lệ hồ sơ trễ hạn", levels=("district",))
    areas = (Area(id="a", title="A"), Area(id="b", title="B"))
    return bench.pack(indicators, rules, rates=(rate,), areas=areas)


@pytest.fixture
def generated(bench: Bench) -> dict[str, Rule]:
    return {rule.id: rule for rule in generate_rules(pack_of(bench)).rules}


def test_parts_rates_and_sums_each_give_their_rules(generated: dict[str, Rule]) -> None:
    assert sorted(generated) == [
        "PARTS:b.whole",
        "RATE:b.share:part",
        "RATE:b.share:stated",
        "ROLLUP:a.procedures",
        "ROLLUP:b.whole",
    ]


def test_every_generated_rule_is_marked_and_must_be_right(generated: dict[str, Rule], bench: Bench) -> None:
    header = pack_of(bench).header
    for rule in generated.values():
        assert (rule.generated, rule.kind, rule.severity) == (True, "consistency", "must_fix")
        assert (rule.effective_from, rule.pack, rule.citation) == (header.effective_from, header.id, None)
        assert rule.area == rule.id.split(":")[1].split(".", maxsplit=1)[0]


def test_a_whole_is_the_sum_of_its_parts_and_parts_assumed_are_named(generated: dict[str, Rule]) -> None:
    rule = generated["PARTS:b.whole"]
    assert rule.check == "b.whole == b.early + b.late"
    assert rule.assume == {"b.late": Decimal(0)}
    assert (rule.applies_to, rule.place) == (("district", "bloc", "commune"), LATE)
    assert rule.title == "Tổng số hồ sơ bằng tổng các thành phần"
    assert rule.fix == (
        "Đối chiếu tổng số hồ sơ với từng thành phần (hồ sơ sớm hạn; hồ sơ trễ hạn) rồi sửa số sai; "
        "thành phần không phát sinh thì ghi 0."
    )


def test_a_numerator_is_no_more_than_its_denominator(generated: dict[str, Rule]) -> None:
    rule = generated["RATE:b.share:part"]
    assert (rule.check, rule.applies_to) == ("b.late <= b.whole", ("district",))
    assert rule.title == "Hồ sơ trễ hạn không vượt quá tổng số hồ sơ"
    assert rule.fix == (
        "Đối chiếu hồ sơ trễ hạn với tổng số hồ sơ trong sổ hoặc phần mềm theo dõi rồi sửa số sai."
    )


def test_a_stated_rate_is_checked_at_the_levels_of_the_rate(generated: dict[str, Rule]) -> None:
    rule = generated["RATE:b.share:stated"]
    assert (rule.check, rule.applies_to) == (Stated(stated="b.share"), ("district",))
    assert rule.title == "Tỷ lệ ghi trong báo cáo đúng với số liệu: tỷ lệ hồ sơ trễ hạn"
    assert "lấy hồ sơ trễ hạn chia cho tổng số hồ sơ" in rule.fix


def test_a_sum_is_checked_at_the_levels_where_it_adds_up(generated: dict[str, Rule]) -> None:
    rule = generated["ROLLUP:b.whole"]
    assert (rule.check, rule.applies_to) == (RollUp(rollup="b.whole"), ("district", "bloc"))
    assert rule.title == "Số tổng hợp bằng tổng của các đơn vị trực thuộc: tổng số hồ sơ"


def test_an_abbreviation_keeps_its_capitals_inside_a_sentence(generated: dict[str, Rule]) -> None:
    assert generated["ROLLUP:a.procedures"].title.endswith(": TTHC đã cập nhật")


def test_rules_stand_in_the_areas_order_the_written_ones_first(bench: Bench) -> None:
    written = (
        bench.rule("B-1", check="b.late > 1", area="b"),
        bench.rule("X-1", check="b.late > 1", area="unknown"),
        bench.rule("A-2", check="b.late > 1", area="a"),
        bench.rule("A-1", check="b.late > 1", area="a"),
    )
    assert [rule.id for rule in generate_rules(pack_of(bench, *written)).rules] == [
        "A-2",
        "A-1",
        "ROLLUP:a.procedures",
        "B-1",
        "PARTS:b.whole",
        "RATE:b.share:part",
        "RATE:b.share:stated",
        "ROLLUP:b.whole",
        "X-1",
    ]


def test_generating_twice_is_generating_once(bench: Bench) -> None:
    once = generate_rules(pack_of(bench))
    assert generate_rules(once) == once


def test_a_rule_is_found_in_a_pack_that_was_searched_before(bench: Bench) -> None:
    pack = pack_of(bench)
    assert "PARTS:b.whole" not in pack.rule
    assert "PARTS:b.whole" in generate_rules(pack).rule


def test_generated_rules_compile(bench: Bench) -> None:
    compiled = bench.compile(generate_rules(pack_of(bench)))
    assert sorted(compiled.expressions) == ["PARTS:b.whole", "RATE:b.share:part"]


def test_a_written_rule_may_not_take_the_id_of_a_generated_one(bench: Bench) -> None:
    place = Place("b.yaml", 9)
    rule = bench.rule("PARTS:b.whole", check="b.late > 1", generated=False, place=place)
    compiled, (problem,) = compile_pack(pack_of(bench, rule))
    assert (compiled, problem.place) == (None, place)
    assert problem.what == (
        "Mã quy tắc «PARTS:b.whole» dành cho quy tắc do chương trình sinh từ chỉ tiêu và tỷ lệ."
    )
    assert problem.remedy.startswith("Hãy đặt mã khác;")


def test_a_whole_that_is_not_reported_is_not_held_against_its_parts(bench: Bench) -> None:
    pack = generate_rules(pack_of(bench))
    outcomes = bench.evaluate(pack, bench.submission("d", {"b.early": 3, "b.late": 1}))
    (parts,) = (item for item in outcomes if (item.rule, item.unit) == ("PARTS:b.whole", "d"))
    assert parts.outcome == "no_data"


def test_a_part_that_is_not_reported_gives_no_verdict_unless_it_is_taken_as_none(bench: Bench) -> None:
    pack = generate_rules(pack_of(bench))

    def verdict(**figures: int) -> str:
        named = {f"b.{name}": value for name, value in figures.items()}
        outcomes = bench.evaluate(pack, bench.submission("d", named, report_date=date(2020, 5, 21)))
        return next(item.outcome for item in outcomes if (item.rule, item.unit) == ("PARTS:b.whole", "d"))

    assert verdict(whole=4, late=1) == "no_data"
    assert verdict(whole=4, early=4) == "pass"
    assert verdict(whole=4, early=3) == "fail"
