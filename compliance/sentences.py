"""What does a sentence of a pack say with the figures of a unit put in?

A pack may come from a stranger, so a sentence is far less than a template: text, `{{ name | filter }}` and
`{% if name %}…{% else %}…{% endif %}`. Jinja only parses it; what it parsed is taken over piece by piece, and
whatever is not on that list is refused. Nothing of Jinja runs when a sentence is filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from compliance.messages import text
from compliance.numerals import (
    Fault,
    format_count,
    format_date,
    format_decimal,
    format_percent,
    format_points,
    round_half_up,
)

if TYPE_CHECKING:
    from typing import TypeAlias

__all__ = ["FILTERS", "MissingFigureError", "Sentence", "parse_sentence"]

_LONGEST = 2_000
_MOST_DECIMALS = 8
_LAST_SEGMENTS = 2


class MissingFigureError(LookupError):
    """A sentence was filled in without a figure that it prints."""


@dataclass(frozen=True, slots=True)
class _Text:
    words: str


@dataclass(frozen=True, slots=True)
class _Figure:
    name: str
    filter: str = ""


@dataclass(frozen=True, slots=True)
class _Choice:
    name: str
    then: tuple[_Part, ...]
    otherwise: tuple[_Part, ...]


_Part: TypeAlias = _Text | _Figure | _Choice


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence (see the module)."""

    template: str
    parts: tuple[_Part, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names that it uses, dotted as they are written."""
        return frozenset(_names_of(self.parts))

    def render(self, values: Mapping[str, object]) -> str:
        """The sentence with `values` put in, by dotted name.

        A name that is asked about is false when it is missing (`None`), empty, zero or false.

        Raises:
            MissingFigureError: a name is not among `values`, or is to be printed and is `None`.
            TypeError: a value is not what its filter prints.
        """
        return "".join(_fill(self.parts, values))


def parse_sentence(template: str) -> tuple[Sentence | None, tuple[Fault, ...]]:
    """Parse a sentence; every construct that a sentence does not have is a fault."""
    if len(template) > _LONGEST:
        return None, (Fault("sentence.too_long", {"length": str(len(template)), "limit": str(_LONGEST)}),)
    environment = ImmutableSandboxedEnvironment(keep_trailing_newline=True)
    try:
        has_comment = any(kind == "comment" for _, kind, _ in environment.lex(template))
        body = environment.parse(template).body
    except TemplateSyntaxError as error:
        return None, (Fault("sentence.syntax", {"line": str(error.lineno), "sentence": _quote(template)}),)
    except RecursionError:
        return None, (Fault("sentence.too_deep", {"sentence": _quote(template)}),)
    faults = [_refuse_construct(template, "{# … #}")] if has_comment else []
    parts = tuple(_take_over(body, template, faults))
    return (None, tuple(faults)) if faults else (Sentence(template, parts), ())


def _take_over(body: Iterable[nodes.Node], template: str, faults: list[Fault]) -> Iterator[_Part]:
    """The parts of a body; what is not allowed goes to `faults`."""
    for node in body:
        match node:
            case nodes.Output():
                yield from (_take_output(item, template, faults) for item in node.nodes)
            case nodes.If() if not node.elif_ and (name := _dotted(node.test)):
                yield _Choice(
                    name,
                    tuple(_take_over(node.body, template, faults)),
                    tuple(_take_over(node.else_, template, faults)),
                )
            case _:
                faults.append(_refuse_construct(template, _describe(node)))


def _take_output(node: nodes.Expr, template: str, faults: list[Fault]) -> _Part:
    match node:
        case nodes.TemplateData():
            return _Text(node.data)
        case nodes.Filter() if not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs):
            name = _dotted(node.node)
            if name and node.name in FILTERS:
                return _Figure(name, node.name)
            if name:
                faults.append(_refuse_filter(node.name))
                return _Text("")
        case _ if name := _dotted(node):
            return _Figure(name)
    faults.append(_refuse_construct(template, _describe(node)))
    return _Text("")


def _dotted(node: nodes.Node | None) -> str | None:
    """`name` or `area.name`; None for whatever else an expression can be."""
    segments: list[str] = []
    while isinstance(node, nodes.Getattr):
        segments.insert(0, node.attr)
        node = node.node
    if not isinstance(node, nodes.Name):
        return None
    segments.insert(0, node.name)
    is_plain = all(segment.isascii() and not segment.startswith("_") for segment in segments)
    return ".".join(segments) if is_plain and len(segments) <= _LAST_SEGMENTS else None


def _describe(node: nodes.Node) -> str:
    """The construct as its author would name it: `lệnh for`, a call, an expression."""
    kind = type(node).__name__
    if isinstance(node, nodes.Stmt) and not isinstance(node, nodes.If):
        return text("sentence.word.statement", keyword={"Assign": "set"}.get(kind, kind.lower()))
    return text(f"sentence.word.{_WORDS.get(kind, 'expression')}")


_WORDS = {"Call": "call", "Filter": "filter", "If": "condition"}


def _refuse_construct(template: str, construct: str) -> Fault:
    return Fault("sentence.construct", {"construct": construct, "sentence": _quote(template)})


def _refuse_filter(name: str) -> Fault:
    near = get_close_matches(name, FILTERS, n=1)
    return Fault("sentence.filter", {"name": name, "near": ", ".join(near or FILTERS)})


def _quote(template: str) -> str:
    words = " ".join(template.split())
    return words if len(words) <= 80 else f"{words[:80]}…"  # noqa: PLR2004 - about a line


def _names_of(parts: Iterable[_Part]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, _Text):
            continue
        yield part.name
        if isinstance(part, _Choice):
            yield from _names_of((*part.then, *part.otherwise))


def _fill(parts: Iterable[_Part], values: Mapping[str, object]) -> Iterator[str]:
    for part in parts:
        match part:
            case _Text():
                yield part.words
            case _Figure():
                yield FILTERS[part.filter or "so_luong"](_require(part.name, values))
            case _Choice():
                if part.name not in values:
                    raise MissingFigureError(part.name)
                yield from _fill(part.then if values[part.name] else part.otherwise, values)


def _require(name: str, values: Mapping[str, object]) -> object:
    value = values.get(name)
    if value is None:
        raise MissingFigureError(name)
    return value


def _quantity(value: object) -> str:
    """A count, an amount, yes or no; text stays as it is."""
    match value:
        case str():
            return value
        case bool():
            return text("sentence.yes" if value else "sentence.no")
        case date():
            return format_date(value)
        case int() | Decimal() | Fraction():
            exact = Fraction(value)
            return format_count(int(exact)) if exact.denominator == 1 else format_decimal(value)
    return _join_labels(value)


def _percentage(value: object) -> str:
    """A percentage at two decimals, more where it would look like 0% or 100% and is not."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise TypeError(value)
    decimals, bare = 2, ("0%", "100%")
    while format_percent(value, decimals) in bare and value not in (0, 100) and decimals < _MOST_DECIMALS:
        decimals += 1
    return format_percent(value, decimals)


def _points(value: object) -> str:
    """A difference of percentages at two decimals, more where it would look like none."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise TypeError(value)
    decimals = 2
    while value and not round_half_up(Fraction(value), decimals) and decimals < _MOST_DECIMALS:
        decimals += 1
    return format_points(value, decimals)


def _day(value: object) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, date):
        raise TypeError(value)
    return format_date(value)


def _join_labels(value: object) -> str:
    """Labels as an enumeration: `Đại Ngãi, Phú Hữu và Long Đức`."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Iterable):
        raise TypeError(value)
    *head, last = [str(label) for label in value] or [""]
    return text("sentence.enumeration", head=", ".join(head), last=last) if head else last


FILTERS: Mapping[str, Callable[[object], str]] = {
    "so_luong": _quantity,
    "ty_le": _percentage,
    "diem_phan_tram": _points,
    "ngay": _day,
    "danh_sach_don_vi": _join_labels,
}
"""What may stand behind the bar in a sentence."""
