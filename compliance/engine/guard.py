"""Is the text of an expression written in the small language that packs may use?

Packs may come from strangers, and the expression library offers far more than a rule needs: regular
expressions and shifts that never end, powers, comprehensions, attribute access. So a whitelist over tokens
comes before any parsing. Whatever is not listed here is refused, with its place and in its own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from compliance.engine.refusals import Refusal, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_LENGTH = 2_000
"""Characters of one expression."""
MAX_DIGITS = 18
"""Digits of one number."""
MAX_DEPTH = 16
"""Parentheses and prefix operators open at one place."""
MAX_OPERATIONS = 100
"""Operators and calls of one expression: bounds the depth of the syntax tree and the digits of a product."""

FUNCTIONS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"abs": (1, 1), "min": (2, 8), "max": (2, 8), "round": (1, 2)}
)
"""The functions of the language, with the fewest and the most arguments."""
OPERATOR_WORDS = frozenset({"and", "or", "not"})
TRUTH_WORDS = frozenset({"true", "false"})
COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
LANGUAGE_WORDS = (
    OPERATOR_WORDS | TRUTH_WORDS | {"in", "for", "if", "null", "inf", "nan", "elif", "else", "while"}
)
"""Words that the language keeps for itself: no segment of a name can be one."""

TokenKind = Literal["name", "function", "number", "text", "word", "sign"]

_COMPUTING = frozenset({"+", "-", "*", "<", "<=", ">", ">="})
"""Signs that stand between numbers, or dates, only."""
_BEFORE_SIDE = frozenset({"", "(", "and", "or", "not"})
_AFTER_SIDE = frozenset({"", ")", "and", "or"})
"""What may stand before and after a whole side of a comparison; nothing is the edge of the expression."""
_SIGNS = COMPARISONS | {"+", "-", "*", "(", ")", ","}
_REFUSED_WORDS = {
    "in": "membership",
    "for": "comprehension",
    "if": "comprehension",
    "null": "null",
    "inf": "not_finite",
    "nan": "not_finite",
    "elif": "reserved_word",
    "else": "reserved_word",
    "while": "reserved_word",
}
_REFUSED_SIGNS = {
    "=~": "regex",
    "=~~": "regex",
    "!~": "regex",
    "!~~": "regex",
    "<<": "shift",
    ">>": "shift",
    "**": "power",
    "&": "bitwise",
    "|": "bitwise",
    "^": "bitwise",
    "/": "division",
    "//": "floor_division",
    "%": "remainder",
    "?": "ternary",
    ":": "ternary",
    "??": "coalesce",
    "&.": "safe_access",
    "&[": "safe_access",
    ".": "attribute",
    "[": "index",
    "]": "index",
    "{": "mapping",
    "}": "mapping",
    "=": "assignment",
    "!": "exclamation",
}
_LEXER = re.compile(
    r"""
      (?P<space>[ \t\n]+)
    | (?P<number>\.?[0-9][0-9A-Za-z_.]*)
    | (?P<name>\$?[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)
    | (?P<text>"[^"\\\n]*"|'[^'\\\n]*')
    | (?P<open_text>["'][^\n]*)
    | (?P<comment>\#[^\n]*)
    | (?P<sign>=~~|!~~|=~|!~|==|!=|<=|>=|<<|>>|\*\*|//|\?\?|&\.|&\[|[-+*/%<>(),=!?:&|^.{}\[\]])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_NUMBER_FAULTS = (
    (re.compile(r"0[xXoObB].*"), "number_base"),
    (re.compile(r"[0-9.]+[eE].*"), "number_exponent"),
    (re.compile(r"0[0-9]+(?:\.[0-9]+)?"), "number_leading_zero"),
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of an expression; `at` counts characters from 0."""

    kind: TokenKind
    text: str
    at: int


def read_tokens(expression: str) -> tuple[tuple[Token, ...], tuple[Refusal, ...]]:
    """The tokens of an expression, and every construct of it that the language of packs lacks."""
    if len(expression) > MAX_LENGTH:
        too_much = expression[MAX_LENGTH:]
        return (), (refuse("too_long", MAX_LENGTH, too_much, length=len(expression), most=MAX_LENGTH),)
    found = [*_split(expression)]
    tokens = tuple(word for word in found if isinstance(word, Token))
    refusals = [word for word in found if isinstance(word, Refusal)]
    return tokens, _once_each(refusals or [*_check_shape(tokens)])


def _once_each(refusals: Sequence[Refusal]) -> tuple[Refusal, ...]:
    """The first of several refusals of one construct written the same way."""
    first: dict[tuple[str, str], Refusal] = {}
    for refusal in refusals:
        first.setdefault((refusal.code, refusal.values["written"]), refusal)
    return tuple(first.values())


def _split(expression: str) -> Iterator[Token | Refusal]:
    glued_to_name = -1
    for match in _LEXER.finditer(expression):
        kind, written, at = match.lastgroup or "other", match[0], match.start()
        if kind in ("text", "open_text") and at == glued_to_name:
            yield refuse("text_prefix", at, written)
        elif kind != "space":
            yield _classify(kind, written, at)
        glued_to_name = match.end() if kind == "name" else -1


def _classify(kind: str, written: str, at: int) -> Token | Refusal:
    if kind == "number":
        return _classify_number(written, at)
    if kind == "name":
        return _classify_name(written, at)
    if kind == "text":
        return Token("text", written, at)
    if kind == "sign" and written in _SIGNS:
        return Token("sign", written, at)
    return refuse(_name_construct(kind, written), at, written)


def _name_construct(kind: str, written: str) -> str:
    match kind:
        case "sign":
            return _REFUSED_SIGNS[written]
        case "open_text":
            return "text_escape" if "\\" in written else "text_unclosed"
        case "comment":
            return "comment"
    return "character"


def _classify_number(written: str, at: int) -> Token | Refusal:
    if _NUMBER.fullmatch(written) is None:
        faults = (code for pattern, code in _NUMBER_FAULTS if pattern.fullmatch(written))
        return refuse(next(faults, "number_shape"), at, written)
    digits = len(written.replace(".", ""))
    if digits > MAX_DIGITS:
        return refuse("number_long", at, written, length=digits, most=MAX_DIGITS)
    return Token("number", written, at)


def _classify_name(written: str, at: int) -> Token | Refusal:
    if written.startswith("$"):
        return _classify_function(written, at)
    if written in _REFUSED_WORDS:
        return refuse(_REFUSED_WORDS[written], at, written)
    if written in LANGUAGE_WORDS:
        return Token("word", written, at)
    return Token("name", written, at)


def _classify_function(written: str, at: int) -> Token | Refusal:
    name = written.removeprefix("$")
    if name in FUNCTIONS:
        return Token("function", written, at)
    if name.partition(".")[0] in FUNCTIONS:
        return refuse("attribute", at, written)
    near = get_close_matches(name, FUNCTIONS, n=1, cutoff=0.5) or FUNCTIONS
    return refuse("unknown_function", at, written, near=", ".join(f"${known}" for known in near))


def _check_shape(tokens: Sequence[Token]) -> Iterator[Refusal]:
    """What single tokens do not show: emptiness, size, nesting, calls, and where a text stands."""
    if not tokens:
        yield refuse("empty", 0, "")
    operations = [token for token in tokens if _is_operation(token)]
    if len(operations) > MAX_OPERATIONS:
        extra = operations[MAX_OPERATIONS]
        yield refuse("too_many_operations", extra.at, extra.text, count=len(operations), most=MAX_OPERATIONS)
    yield from [*_check_nesting(tokens)] or _check_conditions(tokens)
    for place, token in enumerate(tokens):
        before, after = _at(tokens, place - 1), _at(tokens, place + 1)
        if token.kind == "function" and after != "(":
            yield refuse("function_without_call", token.at, token.text)
        elif token.text == "(" and place and ends_operand(tokens[place - 1]):
            yield refuse("call", token.at, before)
        elif token.kind == "text" and not _is_compared(tokens, place, with_name=True):
            yield refuse("text_misplaced", token.at, token.text)
        elif token.text in TRUTH_WORDS and not _is_compared(tokens, place, with_name=False):
            yield refuse("truth_misplaced", token.at, token.text)


def _is_operation(token: Token) -> bool:
    return token.kind == "function" or token.text in OPERATOR_WORDS | COMPARISONS | {"+", "-", "*"}


def _at(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].text if 0 <= place < len(tokens) else ""


def ends_operand(token: Token) -> bool:
    """Whether an operand ends with the token, so that a parenthesis right after it would be a call."""
    return token.kind in ("name", "number", "text") or token.text in TRUTH_WORDS | {")"}


def _is_compared(tokens: Sequence[Token], place: int, *, with_name: bool) -> bool:
    """Whether the literal is the whole side of an `==` or `!=`, and a name stands beside that sign."""
    for step, edges in ((-1, _AFTER_SIDE), (1, _BEFORE_SIDE)):
        beside = _at(tokens, place + step) in ("==", "!=") and _at(tokens, place - step) in edges
        if beside and (not with_name or _is_name(tokens, place + 2 * step)):
            return True
    return False


def _is_name(tokens: Sequence[Token], place: int) -> bool:
    return 0 <= place < len(tokens) and tokens[place].kind == "name"


def _check_nesting(tokens: Sequence[Token]) -> Iterator[Refusal]:
    opened: list[Token] = []
    prefixes = 0
    previous: Token | None = None
    for token in tokens:
        is_prefix = token.text in ("not", "-") and (previous is None or not ends_operand(previous))
        prefixes = prefixes + 1 if is_prefix else 0
        if token.text == "(":
            opened.append(token)
        elif token.text == ")" and not opened:
            yield refuse("parenthesis_unopened", token.at, token.text)
            return
        elif token.text == ")":
            opened.pop()
        if len(opened) + prefixes > MAX_DEPTH:
            yield refuse("too_deep", token.at, token.text, most=MAX_DEPTH)
            return
        previous = token
    if opened:
        yield refuse("parenthesis_unclosed", opened[-1].at, opened[-1].text)


def _check_conditions(tokens: Sequence[Token]) -> Iterator[Refusal]:
    """Conditions that are computed with: of these the library says that types do not match, and not where."""
    opened: list[int] = []
    conditions: set[int] = set()
    for place, token in enumerate(tokens):
        if token.text == "not" and _at(tokens, place - 1) in _COMPUTING:
            yield refuse("condition_computed", token.at, token.text, sign=_at(tokens, place - 1))
        if token.text == "(":
            opened.append(place)
        elif token.text == ")":
            start = opened.pop()
            if start in conditions and not _is_call(tokens, start):
                conditions.update(opened[-1:])
                yield from _refuse_computing(tokens, start, place)
        elif token.text in COMPARISONS | OPERATOR_WORDS:
            conditions.update(opened[-1:])


def _is_call(tokens: Sequence[Token], place: int) -> bool:
    return place > 0 and tokens[place - 1].kind == "function"


def _refuse_computing(tokens: Sequence[Token], start: int, end: int) -> Iterator[Refusal]:
    """The condition from one token to another, where a sign that computes stands right before or after it."""
    sign = next((s for s in (_at(tokens, start - 1), _at(tokens, end + 1)) if s in _COMPUTING), None)
    if sign is not None:
        written = " ".join(token.text for token in tokens[start : end + 1])
        shown = written.replace("( ", "(").replace(" )", ")")
        yield refuse("condition_computed", tokens[start].at, shown, sign=sign)
