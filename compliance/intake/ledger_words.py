"""What do the headings and the words of a ledger of dossiers mean, by what a pack says of them?

Headings, channels, results and units are compared as everywhere: without capitals, marks and punctuation.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from compliance.intake.names import bare_words, find_unit, unit_names
from compliance.intake.suggestions import listed
from compliance.model.ledger_definitions import OPTIONAL_COLUMNS, VALUES
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from compliance.model.rulepack import RulePack

Problems = tuple[Problem, ...]


def match_headings(
    headings: Sequence[str], pack: RulePack, file: str
) -> tuple[Mapping[str, str] | None, Problems]:
    """The heading of each column that the ledger has; None where one is missing or stands twice.

    A heading that means nothing to us is no fault: exports carry many columns.
    """
    known = {bare_words(name): column for column, name in _names(pack)}
    found: dict[str, list[str]] = {}
    for heading in headings:
        column = known.get(bare_words(heading))
        if column is not None:
            found.setdefault(column, []).append(heading)
    labels: dict[str, str] = {column.id: column.label for column in pack.ledger_columns}
    problems = [
        Problem(
            "reconcile.missing_column",
            Place(file),
            {"column": column, "label": label, "headings": listed(headings) or "–"},
        )
        for column, label in labels.items()
        if column not in found and column not in OPTIONAL_COLUMNS
    ]
    problems += [
        Problem(
            "reconcile.repeated_column",
            Place(file),
            {"column": column, "label": labels[column], "headings": listed(same)},
        )
        for column, same in found.items()
        if len(same) > 1
    ]
    return (None if problems else {column: same[0] for column, same in found.items()}), tuple(problems)


def known_headings(pack: RulePack) -> tuple[str, ...]:
    """Every heading that the pack knows."""
    return tuple(name for _, name in _names(pack))


def _names(pack: RulePack) -> list[tuple[str, str]]:
    return [
        (column.id, name)
        for column in pack.ledger_columns
        for name in (column.id, column.label, *column.headings)
    ]


def find_meaning(column: str, pack: RulePack) -> Callable[[str], str | None]:
    """What a cell of `channel` or `result` means; None for a word that the pack does not know."""
    known = {bare_words(meaning): meaning for meaning in VALUES[column]}
    for described in pack.ledger_columns:
        if described.id == column:
            known |= {
                bare_words(word): meaning for meaning, words in described.values.items() for word in words
            }
    return lambda written: known.get(bare_words(written))


def find_unit_id(pack: RulePack) -> Callable[[str], str | None]:
    """The unit that a cell names, by its id, its label or a name that no other unit bears.

    A district, a town and a commune may share a bare name: in a ledger it names none of them.
    """
    names = unit_names(pack)
    labels = {unit.id: bare_words(unit.label) for unit in pack.units}

    @cache
    def find(written: str) -> str | None:
        unit = find_unit(written, pack, names)
        if unit is None or unit.id == written.strip():
            return unit.id if unit is not None else None
        ending = f" {bare_words(written)}"
        is_shared = any(label.endswith(ending) and other != unit.id for other, label in labels.items())
        return None if is_shared else unit.id

    return find
