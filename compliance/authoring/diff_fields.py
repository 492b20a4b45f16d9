"""In which way does one particular of a pack differ from what it was?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel

from compliance.model.comparison import DIFFERENCE_KINDS, FieldDifference, ItemDifference
from compliance.numerals import format_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compliance.model.comparison import DifferenceKind
    from compliance.model.legal import Citation


def compare_plain(
    field: str, before: object, after: object, kind: DifferenceKind
) -> Iterator[FieldDifference]:
    """A difference of the given kind where the two are not equal."""
    if before != after:
        yield FieldDifference(field=field, kind=kind, before=say_value(before), after=say_value(after))


def compare_ranked(field: str, before: object, after: object, *, stricter: bool) -> Iterator[FieldDifference]:
    """A difference of which it is known whether the new one asks more."""
    yield from compare_plain(field, before, after, "tightened" if stricter else "loosened")


def compare_sets(field: str, before: Iterable[str], after: Iterable[str]) -> Iterator[FieldDifference]:
    """A field that asks more the more it holds."""
    old, new = set(before), set(after)
    kind: DifferenceKind = "tightened" if old < new else "loosened" if new < old else "changed"
    yield from compare_plain(field, sorted(old), sorted(new), kind)


def say_citation(citation: Citation | None) -> str:
    """All that a citation says, in one line; empty without one."""
    if citation is None:
        return ""
    binding = say_value(citation.binding_from)
    parts = (citation.instrument, citation.provision, citation.note, citation.grade, binding)
    return "; ".join(part for part in parts if part)


def say_value(value: object) -> str:
    """A particular as a reader of packs reads it; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, BaseModel):
        return value.model_dump_json()
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {item}" for key, item in value.items())
    return str(value)


def compose_item(
    subject: str,
    name: str,
    title: str,
    fields: Iterable[FieldDifference],
    *,
    kinds: tuple[DifferenceKind, ...] = (),
    renamed_from: str = "",
    reason: str = "",
) -> ItemDifference:
    """What differs in one thing; without `kinds` every kind of its particulars, the weightiest first."""
    known = tuple(fields)
    found = {field.kind for field in known} or {"reworded"}
    return ItemDifference.model_validate(
        {
            "subject": subject,
            "id": name,
            "title": title,
            "kinds": kinds or tuple(kind for kind in DIFFERENCE_KINDS if kind in found),
            "fields": known,
            "renamed_from": renamed_from,
            "reason": reason,
        }
    )
