"""What does one pack say otherwise than another of how a ledger of dossiers is read and counted?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authoring.diff_fields import compare_plain, say_citation
from compliance.authoring.diff_targets import compare_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.model.comparison import FieldDifference, ItemDifference
    from compliance.model.ledger_definitions import LedgerColumn, LedgerDefinition
    from compliance.model.rulepack import RulePack


def compare_ledgers(old: RulePack, new: RulePack) -> Iterator[ItemDifference]:
    """Every definition and every column that differs."""
    yield from compare_items("definition", old.ledger_definitions, new.ledger_definitions, _definition)
    yield from compare_items("column", old.ledger_columns, new.ledger_columns, _column)


def _definition(old: LedgerDefinition, new: LedgerDefinition) -> Iterator[FieldDifference]:
    """Another choice counts otherwise; of none it can be told that it asks more."""
    yield from compare_plain("choice", old.choice, new.choice, "changed")
    yield from compare_plain("citation", say_citation(old.citation), say_citation(new.citation), "citation")
    for field in ("label", "counting", "reason"):
        name = "wording" if field == "counting" else field
        yield from compare_plain(field, getattr(old, name), getattr(new, name), "reworded")


def _column(old: LedgerColumn, new: LedgerColumn) -> Iterator[FieldDifference]:
    yield from compare_plain("headings", old.headings, new.headings, "changed")
    yield from compare_plain("values", _say_values(old), _say_values(new), "changed")
    yield from compare_plain("label", old.label, new.label, "reworded")


def _say_values(column: LedgerColumn) -> str:
    return "; ".join(f"{meaning}: {', '.join(words)}" for meaning, words in column.values.items())
