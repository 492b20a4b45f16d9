"""What the guard lets through, what it refuses, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.engine.guard import (
    FUNCTIONS,
    LANGUAGE_WORDS,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_LENGTH,
    MAX_OPERATIONS,
    Token,
    read_tokens,
)
from compliance.engine.refusals import Refusal

VALID = (
    "dossiers.received_total == dossiers.resolved + dossiers.pending",
    "low.a.b <= high.c.d * 2 and not (a.b > 1.5 or c.d != 0)",
    'unit.level == "commune" and $max(a.b, c.d, 3) - $abs(-a.b) >= $round(c.d, 2)',
    "a.b == true\nand false != c.d",
    "not -a.b < 3 and (c.d > 1) == (e.f > 1) and $abs(a.b - $max(c.d, 1)) * 2 > 3",
    "stated.a.b + stated.c.d == 100",
)
ALLOWED_WORDS = {"and", "or", "not", "true", "false"}
ALLOWED_SIGNS = {"==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "(", ")", ","}

REFUSED = [
    # what is written, the code, the construct as shown, characters before it
    ("a.b =~ 'x+'", "regex", "=~", 4),
    ("a.b =~~ 'x+'", "regex", "=~~", 4),
    ("a.b !~ 'x+'", "regex", "!~", 4),
    ("a.b !~~ 'x+'", "regex", "!~~", 4),
    ("1 << 4000000000 > a.b", "shift", "<<", 2),
    ("a.b >> 2 > 1", "shift", ">>", 4),
    ("a.b ** 9 > 1", "power", "**", 4),
    ("a.b & 1 == 1", "bitwise", "&", 4),
    ("a.b | 1 == 1", "bitwise", "|", 4),
    ("a.b ^ 1 == 1", "bitwise", "^", 4),
    ("100 / 3 < a.b", "division", "/", 4),
    ("a.b / c.d >= 0.9", "division", "/", 4),
    ("a.b // 2 > 1", "floor_division", "//", 4),
    ("a.b % 2 == 0", "remainder", "%", 4),
    ("a.b > 1 ? true : false", "ternary", "?", 8),
    ("a.b ?? 0 > 5", "coalesce", "??", 4),
    ("a&.b > 1", "safe_access", "&.", 1),
    ("a.b&[0] > 1", "safe_access", "&[", 3),
    ("a.b > 1 # vì sao", "comment", "# vì sao", 8),
    ("a.b[0] > 1", "index", "[", 3),
    ("[a.b for c in d.e]", "index", "[", 0),
    ("a.b for c.d", "comprehension", "for", 4),
    ("{1: 2} == a.b", "mapping", "{", 0),
    ("a.b in c.d", "membership", "in", 4),
    ("a.b == null", "null", "null", 7),
    ("a.b < inf", "not_finite", "inf", 6),
    ("a.b != nan", "not_finite", "nan", 7),
    ("a.b if c.d else e.f", "comprehension", "if", 4),
    ("a.b > 1 else c.d", "reserved_word", "else", 8),
    ("a.b = 1", "assignment", "=", 4),
    ("!a.b", "exclamation", "!", 0),
    ("(a.b).c > 1", "attribute", ".", 5),
    ("'x'.length > a.b", "attribute", ".", 3),
    ("a .b > 1", "attribute", ".", 2),
    ("$abs.real(a.b) > 1", "attribute", "$abs.real", 0),
    ("a.b > 0x1F", "number_base", "0x1F", 6),
    ("a.b > 0b11", "number_base", "0b11", 6),
    ("a.b > 0o17", "number_base", "0o17", 6),
    ("a.b > 1e9", "number_exponent", "1e9", 6),
    ("a.b > 07", "number_leading_zero", "07", 6),
    ("a.b > 21.035.000", "number_shape", "21.035.000", 6),
    ("a.b > .5", "number_shape", ".5", 6),
    ("a.b > 5.", "number_shape", "5.", 6),
    ("a.b > 1_000", "number_shape", "1_000", 6),
    ("a.b > 1234567890123456789", "number_long", "1234567890123456789", 6),
    ('a.b == b"x"', "text_prefix", '"x"', 8),
    ("a.b == d'2020-01-01'", "text_prefix", "'2020-01-01'", 8),
    (r'unit.level == "com\x6dune"', "text_escape", r'"com\x6dune"', 14),
    ('unit.level == "commune', "text_unclosed", '"commune', 14),
    ('"a" + "b" == unit.level', "text_misplaced", '"a"', 0),
    ('unit.level == "dis" + "trict"', "text_misplaced", '"dis"', 14),
    ("'x' == 'x'", "text_misplaced", "'x'", 0),
    ("true", "truth_misplaced", "true", 0),
    ("a.b > 1 and true", "truth_misplaced", "true", 12),
    ("true + 1 == a.b", "truth_misplaced", "true", 0),
    ("a.b * (c.d > 1) > 1", "condition_computed", "(c.d > 1)", 6),
    ("((a.b > 1)) + 1 == c.d", "condition_computed", "((a.b > 1))", 0),
    ("c.d > -(a.b and e.f)", "condition_computed", "(a.b and e.f)", 7),
    ("(a.b > 1) < 3", "condition_computed", "(a.b > 1)", 0),
    ("a.b + not c.d", "condition_computed", "not", 6),
    ("a.b ≥ 1", "character", "≥", 4),
    ("hồ.sơ > 1", "character", "ồ", 1),
    ("a.b >\u00a01", "character", r"\xa0", 5),
    ("$nope(a.b) > 1", "unknown_function", "$nope", 0),
    ("$range(9999999999) > a.b", "unknown_function", "$range", 0),
    ("$abs > 1", "function_without_call", "$abs", 0),
    ("a.b(1) > 1", "call", "a.b", 3),
    ("2 (a.b) > 1", "call", "2", 2),
    ("(a.b > 1", "parenthesis_unclosed", "(", 0),
    ("a.b > 1)", "parenthesis_unopened", ")", 7),
    ("", "empty", "", 0),
    (" \n\t ", "empty", "", 0),
]


@pytest.mark.parametrize("expression", VALID)
def test_the_language_of_packs_passes(expression: str) -> None:
    tokens, refusals = read_tokens(expression)
    assert refusals == ()
    assert "".join(token.text for token in tokens) == "".join(expression.split())


@pytest.mark.parametrize(("expression", "code", "written", "at"), REFUSED)
def test_another_construct_is_refused_where_it_stands(
    expression: str, code: str, written: str, at: int
) -> None:
    first = read_tokens(expression)[1][0]
    assert (first.code, first.values["written"], first.at) == (code, written, at)


def test_every_refused_construct_of_a_text_is_said_at_once() -> None:
    _, refusals = read_tokens("a.b ** 2 / c.d\n  ?? null # thế")
    assert [(refusal.code, refusal.at) for refusal in refusals] == [
        ("power", 4),
        ("division", 9),
        ("coalesce", 17),
        ("null", 20),
        ("comment", 25),
    ]


def test_one_construct_written_twice_is_said_once() -> None:
    assert [refusal.at for refusal in read_tokens("a.b / c.d / e.f > 1")[1]] == [4]


def test_a_text_of_the_greatest_length_passes_and_one_longer_does_not() -> None:
    expression = "a.b > 1".ljust(MAX_LENGTH)
    assert read_tokens(expression)[1] == ()
    assert [refusal.code for refusal in read_tokens(f"{expression} ")[1]] == ["too_long"]


def test_a_number_of_the_most_digits_passes() -> None:
    assert read_tokens(f"a.b > {'9' * MAX_DIGITS}")[1] == ()
    assert read_tokens(f"a.b > 0.{'9' * (MAX_DIGITS - 1)}")[1] == ()


@pytest.mark.parametrize("opening", ["(", "not ", "- ", "not ("])
def test_nesting_is_bounded(opening: str) -> None:
    closing = ")" * opening.count("(")

    def codes(depth: int) -> list[str]:
        return [refusal.code for refusal in read_tokens(f"{opening * depth}a.b{closing * depth}")[1]]

    assert codes(MAX_DEPTH - 1) == []
    assert codes(MAX_DEPTH + 1) == ["too_deep"]


def test_the_number_of_operations_is_bounded() -> None:
    def codes(operations: int) -> list[str]:
        return [refusal.code for refusal in read_tokens("a.b" + " + a.b" * operations)[1]]

    assert codes(MAX_OPERATIONS) == []
    assert codes(MAX_OPERATIONS + 1) == ["too_many_operations"]


def test_a_long_construct_is_shown_in_part() -> None:
    (refusal,) = read_tokens("a.b > 1 #" + "x" * 500)[1]
    assert refusal.values["written"] == "#" + "x" * 59 + "…"


def test_an_unknown_function_is_answered_with_the_nearest() -> None:
    (refusal,) = read_tokens("$maxx(a.b, 1) > 2")[1]
    assert refusal.values["near"] == "$max"


fragments = st.sampled_from(
    [
        *("a.b", "unit.level", "rate.a.b", "1", "2.5", '"commune"', "'x", "$max", "$abs(", "$x", "(", ")"),
        *("==", "!=", "<", ">=", "+", "-", "*", "/", "**", "<<", "=~", "??", "?", ":", "[", "]", "{", "&."),
        *("and", "or", "not", "true", "in", "for", "null", "#", ",", ".", "\n", " ", "\\", "0x", "é", "\0"),
    ]
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A valid expression with a few pieces put in, cut out or doubled."""
    expression = draw(st.sampled_from(VALID))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(expression)))
        end = min(len(expression), start + draw(st.integers(0, 6)))
        piece = draw(st.one_of(st.just(""), fragments, st.just(expression[start:end] * 2)))
        expression = expression[:start] + piece + expression[end:]
    return expression


@given(st.one_of(st.text(max_size=80), st.lists(fragments, max_size=30).map("".join), mutated()))
def test_whatever_passes_is_made_of_what_the_language_has(expression: str) -> None:
    tokens, refusals = read_tokens(expression)
    assert all(isinstance(refusal, Refusal) and 0 <= refusal.at <= len(expression) for refusal in refusals)
    if not refusals:
        assert tokens
        assert all(is_whitelisted(token) for token in tokens)
        assert [expression[token.at : token.at + len(token.text)] for token in tokens] == [
            token.text for token in tokens
        ]


def is_whitelisted(token: Token) -> bool:
    match token.kind:
        case "name":
            return token.text not in LANGUAGE_WORDS and token.text.isascii()
        case "function":
            return token.text.removeprefix("$") in FUNCTIONS
        case "word":
            return token.text in ALLOWED_WORDS
        case "sign":
            return token.text in ALLOWED_SIGNS
        case "text":
            return "\\" not in token.text
    return sum(character.isdigit() for character in token.text) <= MAX_DIGITS
