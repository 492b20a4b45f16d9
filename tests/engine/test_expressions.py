"""How expressions are compiled, what they come to, and which habits of the library they are kept from."""

from __future__ import annotations

import decimal
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import rule_engine
from hypothesis import given
from hypothesis import strategies as st

from compliance.engine import expressions
from compliance.engine.expressions import EvaluationError, Expression, MissingValueError, compile_pack
from compliance.engine.guard import Token, read_tokens
from compliance.engine.linear import Linear
from compliance.engine.names import declare_names
from compliance.engine.syntax import Binary, Call, Compare, Logic, Name, Node, Number, Unary, write
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.model.rulepack import RulePack
    from tests.engine.conftest import Bench

CASES = Path(__file__).parents[1] / "data" / "cases"
Compile = Callable[[str], Expression]
Refuse = Callable[..., tuple[Problem, ...]]


def pack_of(bench: Bench, *rules: Any) -> RulePack:
    indicators = (
        *(bench.indicator(f"a.{name}") for name in "bcde"),
        *(bench.indicator(f"t.{name}", type="boolean") for name in "pq"),
        *(bench.indicator(f"d.{name}", type="date") for name in "mn"),
    )
    rates = (bench.rate("a.r", "a.b", "a.c"), bench.rate("a.s", "a.d", "a.e"))
    return bench.pack(indicators, rules, rates=rates)


@pytest.fixture(scope="session")
def compiled(bench: Bench) -> Compile:
    """Compile one expression over the figures a.b … a.e, the conditions t.p, t.q and the dates d.m, d.n."""
    return lambda expression: bench.compile(pack_of(bench, bench.rule(check=expression))).expressions["R-1"]


@pytest.fixture(scope="session")
def problems_of(bench: Bench) -> Refuse:
    """What is wrong with one expression."""

    def refuse(expression: str, **changes: Any) -> tuple[Problem, ...]:
        result, problems = compile_pack(pack_of(bench, bench.rule(check=expression, **changes)))
        assert (result is None) is bool(problems)
        return problems

    return refuse


def codes_of(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code.removeprefix("expression.") for problem in problems]


def figures(**values: Any) -> dict[str, Any]:
    """`b=1` gives the figure `a.b`."""
    return {f"a.{name}": value for name, value in values.items()}


# --- What is compiled


def test_an_expression_knows_the_names_that_it_reads(compiled: Compile) -> None:
    expression = compiled("low.a.b <= previous.a.c and rate.a.r > 1 or unit.level == 'commune'")
    assert expression.names == {"low.a.b", "previous.a.c", "rate.a.r", "unit.level"}


def test_checks_and_conditions_are_kept_apart(bench: Bench) -> None:
    pack = pack_of(bench, bench.rule(check="a.b > 1", when="a.c > 1"), bench.rule("R-2", check="a.d > 1"))
    result = bench.compile(pack)
    assert {rule: expression.text for rule, expression in result.expressions.items()} == {
        "R-1": "a.b > 1",
        "R-2": "a.d > 1",
    }
    assert {rule: expression.text for rule, expression in result.conditions.items()} == {"R-1": "a.c > 1"}


def test_a_text_that_stands_in_several_rules_is_compiled_once(bench: Bench) -> None:
    result = bench.compile(pack_of(bench, bench.rule(check="a.b > 1", when="a.b > 1")))
    assert result.expressions["R-1"] is result.conditions["R-1"]


def test_every_problem_of_every_rule_is_said_at_once(bench: Bench) -> None:
    pack = pack_of(
        bench,
        bench.rule(check="a.b / a.c > 1", when="a.x > 0"),
        bench.rule("R-2", check="a.b"),
        bench.rule("R-3", check="a.b > 1"),
    )
    result, problems = compile_pack(pack)
    assert result is None
    assert [(problem.code, problem.values["rule"], problem.values["part"]) for problem in problems] == [
        ("expression.unknown_name", "R-1", "when"),
        ("expression.division", "R-1", "check"),
        ("expression.root_not_boolean", "R-2", "check"),
    ]


def test_a_problem_stands_at_its_rule_with_line_and_column_in_the_expression(problems_of: Refuse) -> None:
    place = Place("rules/thu/a.yaml", 12, 5)
    (problem,) = problems_of("a.b > 1\n  and a.c ** 2 > 4", place=place)
    assert problem.place == place
    assert str(problem) == (
        "rules/thu/a.yaml, dòng 12, cột 5: Biểu thức check của quy tắc R-1, dòng 2, cột 11: không được dùng "
        "phép lũy thừa «**». Hãy viết thành phép nhân."
    )


def test_an_assumption_about_a_figure_that_is_not_read_is_a_problem(problems_of: Refuse) -> None:
    (problem,) = problems_of("a.b > 1", when="a.c > 1", assume={"a.bb": Decimal(0)})
    assert str(problem) == (
        "toàn bộ: Quy tắc R-1 giả định giá trị của «a.bb» nhưng không dùng đến. "
        "Hãy bỏ giả định này hoặc sửa tên; quy tắc dùng: a.b, a.c."
    )


def test_an_assumption_about_a_figure_of_the_condition_is_none(bench: Bench) -> None:
    bench.compile(pack_of(bench, bench.rule(check="a.b > 1", when="a.c > 1", assume={"a.c": Decimal(0)})))


@pytest.mark.parametrize(
    ("expression", "column", "what", "do"),
    [
        (
            "a.b == a.c a.d",
            12,
            "«a.d» đứng không đúng chỗ.",
            "Hãy kiểm tra dấu phép tính trước «a.d».",
        ),
        ("a.b == and", 8, "«and» đứng không đúng chỗ.", None),
        ("a.b + == a.c", 7, "«==» đứng không đúng chỗ.", None),
        ("+a.b > 1", 1, "«+» đứng không đúng chỗ.", None),
        ("$max(a.b,) > 1", 10, "«)» đứng không đúng chỗ.", None),
        ("a.b >", 6, "biểu thức dừng dở dang sau «>».", "Hãy viết nốt vế còn thiếu."),
        (
            "a.b < a.c < a.d",
            11,
            "hai phép so sánh nối liền nhau, đến «<» thì không đọc được.",
            "Hãy tách thành hai phép so sánh nối bằng and, ví dụ a.b <= c.d and c.d <= e.g.",
        ),
        ("a.b == a.c == a.d", 12, "hai phép so sánh nối liền nhau, đến «==» thì không đọc được.", None),
    ],
)
def test_a_text_that_does_not_read_is_refused_where_it_stops(
    problems_of: Refuse, expression: str, column: int, what: str, do: str | None
) -> None:
    (problem,) = problems_of(expression)
    assert problem.what == f"Biểu thức check của quy tắc R-1, dòng 1, cột {column}: {what}"
    if do is not None:
        assert problem.remedy == do


# --- What it comes to

LOGIC = [
    row
    for row in json.loads((CASES / "kleene.json").read_text("utf-8"))
    if None not in (row["a"], row.get("b", False))
]


@pytest.mark.parametrize("row", LOGIC, ids=str)
def test_logic_without_a_missing_value_is_the_usual_one(compiled: Compile, row: dict[str, Any]) -> None:
    expression = "not t.p" if row["op"] == "not" else f"t.p {row['op']} t.q"
    assert compiled(expression).holds({"t.p": row["a"], "t.q": row.get("b", False)}) is row["expect"]


@pytest.mark.parametrize(
    "row",
    [row for row in json.loads((CASES / "dhis2_validation.json").read_text("utf-8")) if "left" in row],
    ids=lambda row: row["id"],
)
def test_the_sides_of_a_comparison_are_those_of_the_validation_rules_of_others(
    compiled: Compile, row: dict[str, Any]
) -> None:
    letters = dict(zip("ABCD", "bcde", strict=True))
    expression = compiled(re.sub("[A-D]", lambda match: f"a.{letters[match[0]]}", row["expr"]))
    values = {f"a.{letters[name]}": row["data"].get(name, 0) for name in "ABCD"}
    assert expression.sides(values) == (row["left"], row["right"])
    assert expression.holds(values) is (row["expect"] == "ok")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a.b * a.c == a.d", True),
        ("a.b - a.c * 2 == -4", True),
        ("(a.b - a.c) * 2 == -2", True),
        ("-a.b * 2 < a.c", True),
        ("$abs(a.b - a.c) == 1", True),
        ("$min(a.b, a.c, a.d) == 2", True),
        ("$max(a.b, a.c, a.d) == 7", False),
        ("$round(a.d * 0.25) == 2", True),
        ("$round(a.d * 0.025, 2) == 0.15", True),
        ("$round(-a.d * 0.25) == -2", True),
        ("not a.b > 3 and a.c == 3 or a.d == 0", True),
        ("(a.b > 1) == (a.c > 5)", False),
        ("0.1 + 0.2 == 0.3 * a.e", True),
    ],
)
def test_arithmetic_is_that_of_school(compiled: Compile, expression: str, *, expected: bool) -> None:
    assert compiled(expression).holds(figures(b=2, c=3, d=6, e=1)) is expected


def test_a_figure_may_be_whole_decimal_or_a_fraction_that_ends(compiled: Compile) -> None:
    values = figures(b=1, c=Decimal("0.25"), d=Fraction(5, 4))
    assert compiled("a.b + a.c == a.d").holds(values)


def test_dates_are_compared_with_dates(compiled: Compile) -> None:
    values = {"d.m": date(2020, 5, 4), "d.n": date(2020, 6, 30)}
    assert compiled("d.m < d.n").holds(values)
    assert not compiled("d.m == d.n").holds(values)


def test_a_condition_of_the_form_stands_alone(compiled: Compile) -> None:
    assert compiled("t.p").holds({"t.p": True})
    assert not compiled("t.p == true").holds({"t.p": False})


def test_a_unit_is_told_by_its_level(compiled: Compile) -> None:
    expression = compiled('unit.level != "commune"')
    assert [expression.holds({"unit.level": level}) for level in ("agency", "commune")] == [True, False]


def test_other_figures_than_those_read_do_no_harm(compiled: Compile) -> None:
    assert compiled("a.b > 1").holds({"a.b": 2, "a.c": 0, "a": "x"})


@pytest.mark.parametrize(
    ("name", "value"),
    [("a.b", 1.5), ("a.b", True), ("a.b", "2"), ("t.p", 1), ("d.m", "2020-01-01"), ("unit.level", 3)],
)
def test_a_value_of_another_type_is_a_fault_of_the_program(compiled: Compile, name: str, value: Any) -> None:
    expressions = {"a.b": "a.b > 1", "t.p": "t.p", "d.m": "d.m == d.m", "unit.level": 'unit.level == "bloc"'}
    with pytest.raises(TypeError, match=f"{name} is a"):
        compiled(expressions[name]).holds({name: value})


@pytest.mark.parametrize("values", [{}, {"a.b": 1}, {"a.b": 1, "a.c": None}])
def test_a_missing_value_never_reaches_the_library(compiled: Compile, values: Mapping[str, Any]) -> None:
    expression = compiled("a.b > 0 or a.c > 0")
    with pytest.raises(MissingValueError, match=r"a\.c"):
        expression.holds(values)
    with pytest.raises(MissingValueError, match=r"a\.c"):
        compiled("a.b == a.c").sides(values)


def test_only_a_comparison_has_sides(compiled: Compile) -> None:
    assert compiled("not a.b > 1").sides({"a.b": 1}) is None
    assert compiled("(a.b + 1 > a.c)").sides({"a.b": 1, "a.c": 3}) == (2, 3)


def test_a_rate_alone_on_a_side_stays_exact(compiled: Compile) -> None:
    rate = Fraction(700, 18_628)
    assert compiled("rate.a.r <= a.b").sides({"rate.a.r": rate, "a.b": 1}) == (rate, 1)


def test_a_number_beyond_the_exact_range_is_a_fault_with_words(compiled: Compile) -> None:
    expression = compiled("a.b * a.c > 1")
    huge = Decimal("9" * 4_000)
    for evaluate in (expression.holds, expression.sides):
        with pytest.raises(EvaluationError) as fault:
            evaluate({"a.b": huge, "a.c": huge})
        assert str(fault.value) == (
            "Không tính được chính xác biểu thức «a.b * a.c > 1» với số liệu này: "
            "số quá lớn hoặc không viết được thành số thập phân hữu hạn."
        )


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("a.b > 1", Decimal("NaN")),
        ("a.b > 1", Fraction(1, 3)),
        ("$abs(a.b) > 1", Decimal("9" * 5_001)),
        ("a.b * a.b > 1", Decimal("1E+999999")),
        ("a.b + 1 > 1", Decimal("1E+999999")),
        ("$round(a.b, 6) > 1", Decimal("9" * 5_000)),
    ],
)
def test_what_cannot_be_computed_exactly_is_a_fault_and_never_a_verdict(
    compiled: Compile, expression: str, value: Any
) -> None:
    with pytest.raises(EvaluationError):
        compiled(expression).holds({"a.b": value})


def test_the_product_of_as_many_great_numbers_as_an_expression_holds_is_exact(compiled: Compile) -> None:
    product = " * ".join(["a.b"] * 100)
    value = 10**40 - 1
    assert compiled(f"{product} > a.c").sides({"a.b": value, "a.c": 0}) == (Decimal(value**100), 0)


# --- Rates

counts = st.integers(1, 10**12)
limits = st.decimals(min_value=0, max_value=200, places=4, allow_nan=False)


@given(numerator=st.integers(0, 10**12), denominator=counts, limit=limits)
def test_a_rate_is_compared_with_a_limit_as_the_exact_fraction_is(
    compiled: Compile, numerator: int, denominator: int, limit: Decimal
) -> None:
    exact = Fraction(100 * numerator, denominator)
    values: dict[str, Any] = {"rate.a.r": exact, "a.b": limit}
    assert compiled("rate.a.r >= a.b").holds(values) is (exact >= Fraction(limit))
    assert compiled("rate.a.r > a.b").holds(values) is (exact > Fraction(limit))
    assert compiled("rate.a.r == a.b").holds(values) is (exact == Fraction(limit))


@given(thousandths=st.integers(0, 200_000), denominator=counts, step=st.integers(-1, 1))
def test_a_rate_at_its_limit_or_one_case_beside_it_is_decided_exactly(
    compiled: Compile, thousandths: int, denominator: int, step: int
) -> None:
    numerator = max(0, thousandths * denominator // 100_000 + step)
    exact = Fraction(100 * numerator, denominator)
    values: dict[str, Any] = {"rate.a.r": exact, "a.b": Decimal(thousandths) / 1000}
    assert compiled("a.b <= rate.a.r").holds(values) is (exact >= Fraction(thousandths, 1000))


@given(st.integers(0, 10**9), counts, st.integers(0, 10**9), counts)
def test_two_rates_are_compared_as_their_fractions_are(
    compiled: Compile, a: int, b: int, c: int, d: int
) -> None:
    left, right = Fraction(100 * a, b), Fraction(100 * c, d)
    values = {"rate.a.r": left, "previous.rate.a.r": right}
    assert compiled("rate.a.r >= previous.rate.a.r").holds(values) is (left >= right)
    assert compiled("rate.a.r != previous.rate.a.r").holds(values) is (left != right)


# --- Linear identities


def test_a_balance_states_a_linear_identity_between_figures(compiled: Compile) -> None:
    assert compiled("a.b == a.c + a.d").linear() == Linear({"a.b": 1, "a.c": -1, "a.d": -1}, 0)
    assert compiled("children.sum.a.b - a.b == previous.a.c").linear() == Linear(
        {"a.b": 1, "children.sum.a.b": -1, "previous.a.c": 1}, 0
    )


@pytest.mark.parametrize(
    "expression", ["stated.a.r == 100", "low.a.b == 1", "t.p == t.q", "a.b == period.days", "rate.a.r == 1"]
)
def test_what_is_no_figure_is_in_no_identity(compiled: Compile, expression: str) -> None:
    assert compiled(expression).linear() is None


# --- Habits of the library that packs are kept from


def test_the_library_takes_nothing_for_equal_to_nothing_and_we_never_ask_it(compiled: Compile) -> None:
    rule = rule_engine.Rule("a == b or not a")
    assert rule.matches({"a": None, "b": None})
    with pytest.raises(MissingValueError):
        compiled("t.p == t.q or not t.p").holds({})


def test_the_library_compares_a_number_with_a_text_and_we_refuse_to(problems_of: Refuse) -> None:
    types = {"a": rule_engine.DataType.FLOAT}
    assert not rule_engine.Rule("a == 'x'", rule_engine.Context(type_resolver=types)).matches({"a": 1})
    assert codes_of(problems_of("a.b == 'x'")) == ["mixed_types"]


def test_the_library_takes_a_number_for_a_condition_and_we_refuse_to(problems_of: Refuse) -> None:
    assert rule_engine.Rule("a and b").matches({"a": 1, "b": 2})
    assert rule_engine.Rule("a").matches({"a": 1})
    assert codes_of(problems_of("a.b and a.c")) == ["condition_expected", "condition_expected"]
    assert codes_of(problems_of("a.b")) == ["root_not_boolean"]


def test_the_library_loads_an_unknown_function_and_we_refuse_it(problems_of: Refuse) -> None:
    rule_engine.Rule("$nope(1) > 2")
    assert codes_of(problems_of("$nope(a.b) > 2")) == ["unknown_function"]


def test_the_library_folds_constants_in_the_context_of_the_caller_and_we_fold_exactly(
    compiled: Compile,
) -> None:
    written = "987654321987654321 * 987654321987654321"
    with decimal.localcontext(decimal.Context(prec=5)):
        expression = compiled(f"a.b == {written}")
        assert expression.holds({"a.b": 987654321987654321**2})


def test_the_verdict_does_not_depend_on_the_decimal_context_of_the_caller(compiled: Compile) -> None:
    expression = compiled("a.b + a.c == a.d")
    with decimal.localcontext(decimal.Context(prec=2)):
        assert expression.holds({"a.b": 12_345, "a.c": 1, "a.d": 12_346})
        assert expression.sides({"a.b": 12_345, "a.c": 1, "a.d": 12_346}) == (12_346, 12_346)


def test_the_library_counts_lines_over_all_texts_and_we_count_each_from_one(problems_of: Refuse) -> None:
    lines = [(problem.values["line"], problem.values["column"]) for problem in problems_of("a.b\n>\n> 1")]
    again = [(problem.values["line"], problem.values["column"]) for problem in problems_of("a.b\n>\n> 1")]
    assert lines == again == [(3, 1)]


def test_an_attribute_of_a_value_is_never_reached(problems_of: Refuse) -> None:
    codes = [codes_of(problems_of(f"a.b.{name} > 1")) for name in ("real", "__class__")]
    assert codes == [["attribute"], ["attribute"]]


@pytest.mark.parametrize("expression", ["a.x > 1", "x.b > 1", "$nope(a.b) > 1", "a.b + t.p > 1"])
def test_names_functions_and_types_are_declared_to_the_library_too(bench: Bench, expression: str) -> None:
    types = expressions._object_types(declare_names(pack_of(bench)))
    with pytest.raises(rule_engine.EngineError):
        expressions._parse(expression, expressions._open_context(types))


@pytest.mark.parametrize("expression", ["a.b ** 2 > 1", "$nope(a.b) > 1", "a.b in t.p"])
def test_what_slips_past_the_guard_is_refused_all_the_same(
    problems_of: Refuse, monkeypatch: pytest.MonkeyPatch, expression: str
) -> None:
    """What is declared to the library, and the reading of its tree, are a second line."""
    monkeypatch.setattr(expressions, "read_tokens", lambda _: ((), ()))
    (problem,) = problems_of(expression)
    assert problem.what == (
        "Biểu thức check của quy tắc R-1, dòng 1, cột 1: "
        f"có phép tính giữa các giá trị không cùng kiểu trong «{expression}»."
    )


@pytest.mark.parametrize(
    "expression",
    ["1 << 4000000000 > a.b", "'a' =~ '(a+)+b'", "a.b > 0x" + "f" * 1_900, "not " * 480 + "t.p", "(" * 999],
)
def test_what_hangs_or_exhausts_the_library_is_refused_before_it(
    problems_of: Refuse, expression: str
) -> None:
    assert problems_of(expression)


# --- Any expression at all

names = st.sampled_from("bcde").map(lambda name: Name(f"a.{name}"))
whole_numbers = st.integers(0, 10**6).map(lambda number: Number(Decimal(number)))
sums: st.SearchStrategy[Node] = st.recursive(
    names | whole_numbers,
    lambda inner: (
        st.builds(Binary, st.sampled_from(["+", "-", "*"]), inner, inner)
        | st.builds(Unary, st.just("-"), inner.filter(lambda node: not isinstance(node, Number)))
        | st.builds(Call, st.sampled_from(["min", "max"]), st.tuples(inner, inner))
    ),
    max_leaves=12,
)
values_of_figures = st.fixed_dictionaries({f"a.{name}": st.integers(-(10**9), 10**9) for name in "bcde"})


def compute(node: Node, values: Mapping[str, int]) -> int:
    match node:
        case Name():
            return values[node.name]
        case Number():
            return int(node.value)
        case Unary():
            return -compute(node.operand, values)
        case Binary():
            left, right = compute(node.left, values), compute(node.right, values)
            return {"+": left + right, "-": left - right, "*": left * right}[node.sign]
        case Call():
            arguments = [compute(argument, values) for argument in node.arguments]
            return min(arguments) if node.function == "min" else max(arguments)
    raise TypeError(node)


@given(left=sums, right=sums, values=values_of_figures)
def test_whatever_is_computed_is_computed_exactly(
    compiled: Compile, left: Node, right: Node, values: dict[str, int]
) -> None:
    comparison = Compare("<=", Binary("+", Name("a.b"), left), right)
    expected = (values["a.b"] + compute(left, values), compute(right, values))
    expression = compiled(write(comparison))
    assert expression.sides(values) == expected
    assert expression.holds(values) is (expected[0] <= expected[1])


conditions: st.SearchStrategy[Node] = st.recursive(
    st.builds(Compare, st.sampled_from(["==", "<", ">="]), names, sums) | st.just(Name("t.p")),
    lambda inner: (
        st.builds(Logic, st.sampled_from(["and", "or"]), inner, inner)
        | st.builds(Unary, st.just("not"), inner)
    ),
    max_leaves=6,
)


@given(tree=conditions)
def test_an_expression_written_out_reads_back_as_the_same_tree(compiled: Compile, tree: Node) -> None:
    once = compiled(write(tree)).tree
    assert compiled(write(once)).tree == once


pieces = st.sampled_from(
    [
        *(
            "a.b",
            "a.c",
            "t.p",
            "d.m",
            "rate.a.r",
            "unit.level",
            "1",
            "2.5",
            '"commune"',
            "true",
            "$max",
            "$abs",
        ),
        *("==", "!=", "<", ">=", "+", "-", "*", "and", "or", "not", "(", ")", ",", "a.x", "/", "\n"),
    ]
)
soup = st.lists(pieces, max_size=14).map(" ".join) | st.text("ab.cd<>=!+-*() \n1'truenot$", max_size=60)


@given(expression=soup)
def test_any_text_is_compiled_or_refused_with_a_message_and_a_place(
    problems_of: Refuse, expression: str
) -> None:
    for problem in problems_of(expression):
        assert problem.what
        assert problem.remedy
        line = expression.split("\n")[int(str(problem.values["line"])) - 1]
        assert 1 <= int(str(problem.values["column"])) <= len(line) + 1


@given(expression=soup)
def test_whatever_passes_the_guard_is_cut_into_the_same_words_by_the_library(expression: str) -> None:
    tokens, refusals = read_tokens(expression)
    if not refusals:
        lexer = rule_engine.Rule.parser._lexer
        lexer.input(expression)
        words = [(word.lexpos, str(word.value)) for word in iter(lexer.token, None)]
        assert words == [*split_names(tokens)]


def split_names(tokens: tuple[Token, ...]) -> Iterator[tuple[int, str]]:
    """Our tokens as the library has them: a name in segments, with the dots between."""
    for token in tokens:
        at = token.at
        for word in re.split(r"(\.)", token.text) if token.kind == "name" else [token.text]:
            yield at, word
            at += len(word)
