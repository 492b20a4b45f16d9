"""What is said of an expression that computes or compares what does not belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.engine.expressions import compile_pack

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack
    from compliance.problems import Problem
    from tests.engine.conftest import Bench


def pack_of(bench: Bench, expression: str) -> RulePack:
    indicators = (
        *(bench.indicator(f"a.{name}") for name in "bcd"),
        *(bench.indicator(f"t.{name}", type="boolean") for name in "pq"),
        *(bench.indicator(f"d.{name}", type="date") for name in "mn"),
    )
    rates = (bench.rate("a.r", "a.b", "a.c"),)
    return bench.pack(indicators, [bench.rule(check=expression)], rates=rates)


def problems_of(bench: Bench, expression: str) -> tuple[Problem, ...]:
    return compile_pack(pack_of(bench, expression))[1]


REFUSED = [
    # the expression, the column, what is wrong, what to do
    (
        "a.b + 1",
        1,
        "«a.b + 1» là số, không phải là điều kiện đúng hay sai.",
        "Hãy so sánh với một giá trị bằng ==, !=, <, <=, > hoặc >=.",
    ),
    ("d.m", 1, "«d.m» là ngày, không phải là điều kiện đúng hay sai.", None),
    ("unit.level", 1, "«unit.level» là cấp của đơn vị, không phải là điều kiện đúng hay sai.", None),
    (
        "t.p and a.b",
        9,
        "and cần điều kiện, nhưng «a.b» là số.",
        "Hãy so sánh «a.b» với một giá trị.",
    ),
    ("a.b * 2 or t.p", 1, "or cần điều kiện, nhưng «a.b * 2» là số.", None),
    ("not a.b", 5, "not cần điều kiện, nhưng «a.b» là số.", None),
    ("t.p and 5", 9, "and cần điều kiện, nhưng «5» là số.", None),
    (
        "t.p and 1 < 2",
        9,
        "«true» luôn có một kết quả, không phụ thuộc số liệu.",
        "Hãy dùng ít nhất một chỉ tiêu, tỷ lệ hoặc mục tiêu trong mỗi điều kiện.",
    ),
    ("t.p or $abs(1) > 2", 8, "«$abs(1) > 2» luôn có một kết quả, không phụ thuộc số liệu.", None),
    ("1 == 1", 1, "«true» luôn có một kết quả, không phụ thuộc số liệu.", None),
    (
        "t.p + 1 > a.b",
        1,
        "+ chỉ tính với số, nhưng «t.p» là có hoặc không.",
        "Hãy thay «t.p» bằng một chỉ tiêu là số.",
    ),
    ("a.b - d.m > 1", 7, "- chỉ tính với số, nhưng «d.m» là ngày.", None),
    ("d.m - 7 > a.b", 1, "- chỉ tính với số, nhưng «d.m» là ngày.", None),
    ("$abs(a.c > 1) > 1", 6, "$abs chỉ tính với số, nhưng «a.c > 1» là có hoặc không.", None),
    ("-t.p == a.b", 2, "- chỉ tính với số, nhưng «t.p» là có hoặc không.", None),
    ("$abs(d.m) > 1", 6, "$abs chỉ tính với số, nhưng «d.m» là ngày.", None),
    ("unit.level + 1 > a.b", 1, "+ chỉ tính với số, nhưng «unit.level» là cấp của đơn vị.", None),
    (
        "rate.a.r * 2 > 1",
        1,
        "tỷ lệ «rate.a.r» được đưa vào phép tính *.",
        "Tỷ lệ chỉ được đứng trọn một vế của phép so sánh; cần tính tiếp thì dùng tử số và mẫu số.",
    ),
    ("a.b > 1 - previous.rate.a.r", 11, "tỷ lệ «previous.rate.a.r» được đưa vào phép tính -.", None),
    ("-rate.a.r < 1", 2, "tỷ lệ «rate.a.r» được đưa vào phép tính -.", None),
    ("$round(rate.a.r, 2) > 1", 8, "tỷ lệ «rate.a.r» được đưa vào phép tính $round.", None),
    (
        "a.b == t.p",
        1,
        "hai vế của «a.b == t.p» không cùng kiểu: số và có hoặc không.",
        "Hãy so sánh số với số, ngày với ngày, có hoặc không với có hoặc không.",
    ),
    ("d.m != 20200101", 1, "hai vế của «d.m != 20200101» không cùng kiểu: ngày và số.", None),
    ('a.b == "x"', 1, 'hai vế của «a.b == "x"» không cùng kiểu: số và cấp của đơn vị.', None),
    ("a.b < d.m", 1, "hai vế của «a.b < d.m» không cùng kiểu: số và ngày.", None),
    ("a.b < a.c == a.d", 1, "hai vế của «a.b < a.c == a.d» không cùng kiểu: có hoặc không và số.", None),
    (
        "t.p < t.q",
        1,
        "không so sánh hơn kém được trong «t.p < t.q», vì hai vế là có hoặc không.",
        "Hãy dùng == hoặc != thay cho <.",
    ),
    ('unit.level == "xa"', 15, 'không có cấp "xa".', 'Có phải là "district", "bloc", "agency", "commune"?'),
    ('unit.level == "comune"', 15, 'không có cấp "comune".', 'Có phải là "commune"?'),
    (
        "unit.level == unit.level",
        1,
        "cấp của đơn vị trong «unit.level == unit.level» không so sánh như vậy được.",
        'Hãy dùng == hoặc != với một trong các cấp: "district", "bloc", "agency", "commune".',
    ),
    (
        "unit.level < unit.level",
        1,
        "cấp của đơn vị trong «unit.level < unit.level» không so sánh như vậy được.",
        None,
    ),
    ("$abs(a.b, 1) > 2", 1, "hàm $abs có 2 giá trị trong «$abs(a.b, 1)».", "Hãy ghi từ 1 đến 1 giá trị."),
    ("$min(a.b) > 2", 1, "hàm $min có 1 giá trị trong «$min(a.b)».", "Hãy ghi từ 2 đến 8 giá trị."),
    ("a.b > $max()", 7, "hàm $max có 0 giá trị trong «$max()».", None),
    (
        "$max(a.b, 1, 2, 3, 4, 5, 6, 7, 8) > 2",
        1,
        "hàm $max có 9 giá trị trong «$max(a.b, 1, 2, 3, 4, 5, 6, 7, 8)».",
        None,
    ),
    (
        "$round(a.b, 7) > 2",
        1,
        "«7» không phải là số chữ số thập phân dùng được trong «$round(a.b, 7)».",
        "Hãy ghi một số nguyên từ 0 đến 6.",
    ),
    (
        "$round(a.b, a.c) > 2",
        1,
        "«a.c» không phải là số chữ số thập phân dùng được trong «$round(a.b, a.c)».",
        None,
    ),
    (
        "$round(a.b, -1) > 2",
        1,
        "«-1» không phải là số chữ số thập phân dùng được trong «$round(a.b, -1)».",
        None,
    ),
    (
        "$round(a.b, 1.5) > 2",
        1,
        "«1.5» không phải là số chữ số thập phân dùng được trong «$round(a.b, 1.5)».",
        None,
    ),
]


@pytest.mark.parametrize(("expression", "column", "what", "do"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_does_not_belong_together_is_said_at_its_operand(
    bench: Bench, expression: str, column: int, what: str, do: str | None
) -> None:
    (problem,) = problems_of(bench, expression)
    assert problem.what == f"Biểu thức check của quy tắc R-1, dòng 1, cột {column}: {what}"
    if do is not None:
        assert problem.remedy == do


@pytest.mark.parametrize(
    "expression",
    [
        "t.p",
        "not t.p and a.b > 1",
        "t.p == true",
        "t.p != t.q",
        "(a.b > 1) == (a.c > 1)",
        "d.m <= d.n",
        "rate.a.r >= 90",
        "90 <= previous.rate.a.r",
        "rate.a.r >= same_period_last_year.rate.a.r",
        "rate.a.r <= a.b * 2",
        "stated.a.r + stated.a.r == 200",
        '"bloc" != unit.level',
        "$round(a.b * 0.1, 0) == $min(a.c, a.d)",
        "unit.bodies > period.days",
    ],
)
def test_what_belongs_together_passes(bench: Bench, expression: str) -> None:
    assert problems_of(bench, expression) == ()


def test_every_wrong_operand_of_an_expression_is_said_from_left_to_right(bench: Bench) -> None:
    problems = problems_of(bench, "(t.p + 1 > a.b or a.c)\nand rate.a.r * 2 > 1 and d.m == 3")
    assert [(p.code.removeprefix("expression."), p.values["line"], p.values["column"]) for p in problems] == [
        ("number_expected", 1, 2),
        ("condition_expected", 1, 19),
        ("rate_computed", 2, 5),
        ("mixed_types", 2, 26),
    ]


def test_the_place_of_an_operand_after_folded_constants_is_its_own(bench: Bench) -> None:
    (problem,) = problems_of(bench, "1 + 2 + 3 > a.b and d.m")
    assert problem.values["column"] == 21
