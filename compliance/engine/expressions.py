"""How are the expressions of a pack compiled, and what do they come to for given figures?

The only module that imports the expression library. What reaches it has passed the guard, every name and
function is declared to it with a type, and missing values never reach it.
"""

from __future__ import annotations

import decimal
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rule_engine import Context, DataType, Rule, errors
from rule_engine.builtins import Builtins

from compliance.engine.exact import EXACT, plain_value, round_half_up
from compliance.engine.generate import check_rule_ids
from compliance.engine.guard import COMPARISONS, FUNCTIONS, ends_operand, read_tokens
from compliance.engine.linear import linear_form
from compliance.engine.names import check_ids, check_names, declare_names
from compliance.engine.refusals import refuse, report_refusal
from compliance.engine.syntax import Compare, Name, names_of
from compliance.engine.tree_reader import ForeignConstructError, read_tree
from compliance.engine.type_check import check_types
from compliance.messages import text
from compliance.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compliance.engine.exact import Plain, Value
    from compliance.engine.guard import Token
    from compliance.engine.linear import Linear
    from compliance.engine.names import DeclaredName
    from compliance.engine.refusals import Refusal
    from compliance.engine.syntax import Node
    from compliance.model.rulepack import Rule as PackRule
    from compliance.model.rulepack import RulePack

_TYPES = {
    "number": DataType.FLOAT,
    "boolean": DataType.BOOLEAN,
    "date": DataType.DATETIME,
    "text": DataType.STRING,
}


class EvaluationError(Exception):
    """An expression could not be computed exactly; its text says so, in Vietnamese."""


class MissingValueError(ValueError):
    """An expression was evaluated without a value for each of its names."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression: boolean, over declared names only."""

    text: str
    names: frozenset[str]
    """The declared names that it reads: each needs a value."""
    tree: Node
    _declared: Mapping[str, DeclaredName]
    _rule: Rule

    def holds(self, values: Mapping[str, Value]) -> bool:
        """What it comes to for values by name; more values than names are well.

        Raises:
            MissingValueError: a name has no value. Missing figures are decided before.
            TypeError: a value is not of the declared type.
            EvaluationError: it cannot be computed exactly.
        """
        with _computing(self.text):
            return bool(self._rule.evaluate(self._plain(values)))

    def sides(self, values: Mapping[str, Value]) -> tuple[Value, Value] | None:
        """Both sides where it is a comparison: a lone name as given, anything else as computed.

        Raises: as `holds` does.
        """
        if not isinstance(self.tree, Compare):
            return None
        with _computing(self.text), decimal.localcontext(EXACT):
            plain = self._plain(values)
            compared: Any = self._rule.statement.expression
            left = _side(self.tree.left, compared.left, values, plain)
            return left, _side(self.tree.right, compared.right, values, plain)

    def linear(self) -> Linear | None:
        """The linear identity between figures that it states, if it states one."""
        return linear_form(self.tree, self._is_number_of_a_unit)

    def _is_number_of_a_unit(self, name: str) -> bool:
        return (self._declared[name].kind, self._declared[name].type) == ("figure", "number")

    def _plain(self, values: Mapping[str, Value]) -> Mapping[str, Plain]:
        missing = sorted(name for name in self.names if values.get(name) is None)
        if missing:
            raise MissingValueError(", ".join(missing))
        return {name: plain_value(self._declared[name], values[name]) for name in self.names}


def _side(node: Node, compiled: Any, values: Mapping[str, Value], plain: Mapping[str, Plain]) -> Value:
    value: Value = values[node.name] if isinstance(node, Name) else compiled.evaluate(plain)
    return value


@contextmanager
def _computing(expression: str) -> Iterator[None]:
    """Turn every fault of the library and of decimal arithmetic into an `EvaluationError`."""
    try:
        yield
    except (errors.EngineError, ArithmeticError) as fault:
        raise EvaluationError(text("expression.fault", expression=expression)) from fault


@dataclass(frozen=True, slots=True)
class CompiledPack:
    """A pack with its expressions, ready to evaluate."""

    pack: RulePack
    expressions: Mapping[str, Expression]
    """By rule id, where `check` is an expression."""
    conditions: Mapping[str, Expression]
    """By rule id, where the rule has a `when`."""


def compile_pack(pack: RulePack) -> tuple[CompiledPack | None, tuple[Problem, ...]]:
    """Compile every expression of every rule; all problems at once, no pack where there is one."""
    language = _Language(declare_names(pack))
    problems = [*check_ids(pack), *check_rule_ids(pack)]
    compiled: dict[str, dict[str, Expression]] = {"check": {}, "when": {}}
    for rule in pack.rules:
        parts, faults = language.compile_rule(rule)
        problems += faults
        for part, expression in parts.items():
            compiled[part][rule.id] = expression
    if problems:
        return None, tuple(problems)
    return CompiledPack(pack, compiled["check"], compiled["when"]), ()


def _expressions_of(rule: PackRule) -> Iterator[tuple[str, str]]:
    if rule.when is not None:
        yield "when", rule.when
    if isinstance(rule.check, str):
        yield "check", rule.check


def _check_assumptions(rule: PackRule, parts: Mapping[str, Expression]) -> Iterator[Problem]:
    """An assumption about a figure that the expressions do not read would never be made."""
    if "check" not in parts:
        return
    read = frozenset[str]().union(*(expression.names for expression in parts.values()))
    for name in sorted(rule.assume.keys() - read):
        values = {"rule": rule.id, "written": name, "names": ", ".join(sorted(read))}
        yield Problem("expression.assumption_unread", rule.place, values)


class _Language:
    """What the expressions of one pack may say; equal texts are compiled once."""

    def __init__(self, declared: Mapping[str, DeclaredName]) -> None:
        self._declared = declared
        self._context = _open_context(_object_types(declared))
        self._known: dict[str, tuple[Expression | None, tuple[Refusal, ...]]] = {}

    def compile_rule(self, rule: PackRule) -> tuple[Mapping[str, Expression], tuple[Problem, ...]]:
        """The compiled expressions of a rule by the part where they stand, and what is wrong with them."""
        parts: dict[str, Expression] = {}
        problems: list[Problem] = []
        for part, expression in _expressions_of(rule):
            result, refusals = self._compile_once(expression)
            problems += [report_refusal(rule, part, expression, refusal) for refusal in refusals]
            if result is not None:
                parts[part] = result
        return parts, tuple(problems or _check_assumptions(rule, parts))

    def _compile_once(self, expression: str) -> tuple[Expression | None, tuple[Refusal, ...]]:
        if expression not in self._known:
            self._known[expression] = self._compile(expression)
        return self._known[expression]

    def _compile(self, expression: str) -> tuple[Expression | None, tuple[Refusal, ...]]:
        tokens, refusals = read_tokens(expression)
        refusals = refusals or tuple(check_names(tokens, self._declared))
        if refusals:
            return None, refusals
        try:
            rule = _parse(expression, self._context)
            tree = read_tree(rule.statement.expression, tokens)
        except errors.RuleSyntaxError as fault:
            return None, (_refuse_syntax(expression, tokens, fault),)
        except (errors.EngineError, ArithmeticError, ForeignConstructError) as fault:
            return None, self._explain(expression, tokens, fault)
        refusals = check_types(tree, self._declared)
        if refusals:
            return None, refusals
        names = names_of(tree)
        return Expression(expression, names, tree, {name: self._declared[name] for name in names}, rule), ()

    def _explain(self, expression: str, tokens: Sequence[Token], fault: Exception) -> tuple[Refusal, ...]:
        """What is wrong where the library only says that types do not match: read again without types."""
        general = refuse("types", 0, expression, fault=fault)
        try:
            rule = _parse(expression, _open_context(None))
            tree = read_tree(rule.statement.expression, tokens)
        except (errors.EngineError, ArithmeticError, ForeignConstructError):
            return (general,)
        return check_types(tree, self._declared) or (general,)


def _parse(expression: str, context: Context) -> Rule:
    """Parse with constants folded exactly: the library folds them in the caller's decimal context."""
    with decimal.localcontext(EXACT):
        return Rule(expression, context)


def _refuse_syntax(expression: str, tokens: Sequence[Token], fault: errors.RuleSyntaxError) -> Refusal:
    """Where the parser stopped. Its own line number accumulates over parses: only the offset counts."""
    if fault.token is None:
        return refuse("unfinished", len(expression), tokens[-1].text)
    place = next(place for place, token in enumerate(tokens) if token.at == fault.token.lexpos)
    after_operand = place > 0 and ends_operand(tokens[place - 1])
    code = "chained" if after_operand and tokens[place].text in COMPARISONS else "syntax"
    return refuse(code, tokens[place].at, tokens[place].text)


@dataclass(frozen=True, slots=True)
class _Branch:
    """What a name stands for until its last segment: the values, and the segments so far."""

    values: Mapping[str, Plain]
    path: str


def _resolve(values: Mapping[str, Plain], name: str) -> _Branch:
    return _Branch(values, name)


def _step(branch: _Branch, segment: str) -> Plain | _Branch:
    path = f"{branch.path}.{segment}"
    return branch.values[path] if path in branch.values else _Branch(branch.values, path)


class _Functions(Builtins):
    """The functions of the language in place of the library's own, which it would not miss at load."""

    def resolve_type(self, name: str) -> Any:
        if name not in FUNCTIONS:
            raise errors.SymbolResolutionError(name, symbol_scope=self.scope_name)
        return super().resolve_type(name)


def _open_context(types: Mapping[str, Any] | None) -> Context:
    """A context over declared types; without types it takes any name, and no type is checked."""
    context = Context(
        resolver=_resolve,
        type_resolver=types,
        default_timezone="utc",
        decimal_context=EXACT,
        mapping_attribute_lookup=False,
    )
    number = DataType.FLOAT
    signatures = {
        name: DataType.FUNCTION(
            name, return_type=number, argument_types=(number,) * most, minimum_arguments=fewest
        )
        for name, (fewest, most) in FUNCTIONS.items()
    }
    functions = {"abs": abs, "min": min, "max": max, "round": round_half_up}
    context.builtins = _Functions(functions, value_types=signatures if types is not None else {})
    return context


def _object_types(declared: Mapping[str, DeclaredName]) -> Mapping[str, Any]:
    """Object types by first segment: a misspelt segment is refused when an expression is compiled."""
    roots: dict[str, Any] = {}
    for name, known in declared.items():
        *path, leaf = name.split(".")
        branch = roots
        for segment in path:
            branch = branch.setdefault(segment, {})
        branch[leaf] = _TYPES[known.type]
    return {root: _object_type(root, attributes) for root, attributes in roots.items()}


def _object_type(path: str, attributes: Mapping[str, Any]) -> Any:
    types = {
        segment: _object_type(f"{path}.{segment}", kind) if isinstance(kind, dict) else kind
        for segment, kind in attributes.items()
    }
    return DataType.OBJECT(path, types, accessor=_step)
