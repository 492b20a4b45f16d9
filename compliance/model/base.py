"""What do all models have in common? Frozen, strict, closed, and read-only inside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer, WithJsonSchema

from compliance.problems import Place

Key = TypeVar("Key")
Item = TypeVar("Item")


class Model(BaseModel):
    """A noun of the glossary. Two equal models have equal fields."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=True)


def _freeze(mapping: Mapping[Key, Item]) -> Mapping[Key, Item]:
    return MappingProxyType(dict(mapping))


def exact_text(number: Fraction | Decimal | int) -> str:
    """A number without loss: `12`, `41.97`, or `136850/3261` where no finite decimal exists."""
    ratio = Fraction(number)
    rest, twos, fives = ratio.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{ratio.numerator}/{ratio.denominator}"
    digits = max(twos, fives)
    scaled = abs(ratio.numerator) * 10**digits // ratio.denominator
    whole, part = divmod(scaled, 10**digits)
    sign = "-" if ratio < 0 else ""
    return f"{sign}{whole}.{part:0{digits}d}" if digits else f"{sign}{whole}"


ReadOnly = Annotated[Mapping[Key, Item], AfterValidator(_freeze), PlainSerializer(dict)]
"""A mapping that nobody can write to; dumped as an object."""

Exact = Annotated[
    Fraction,
    PlainSerializer(exact_text, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(\.\d+|/\d+)?$"}),
]
"""An exact number; in JSON a string, see `exact_text`."""

Scalar = bool | int | Decimal | date
"""What one reported figure can be. A count is an `int`, an amount or a percentage a `Decimal`."""

Source = Annotated[
    Place, PlainSerializer(str, return_type=str, when_used="json"), WithJsonSchema({"type": "string"})
]
"""A place in an input; in JSON its Vietnamese sentence."""
