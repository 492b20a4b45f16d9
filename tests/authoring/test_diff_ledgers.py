"""What differs between two packs in how a ledger is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from compliance.authoring.diff import compare_packs
from compliance.intake.packs import read_pack

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack


@pytest.fixture(scope="module")
def pack() -> RulePack:
    read, problems = read_pack("vietnam-2020")
    assert read is not None, problems
    return read


def with_definition(pack: RulePack, **changes: Any) -> RulePack:
    first, *others = pack.ledger_definitions
    return pack.model_copy(update={"ledger_definitions": (first.model_copy(update=changes), *others)})


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"choice": "period_end"}, "changed"),
        ({"wording": "Cách khác."}, "reworded"),
        ({"reason": "x"}, "reworded"),
    ],
)
def test_one_change_of_a_definition_is_of_one_kind(
    pack: RulePack, changes: dict[str, str], kind: str
) -> None:
    (item,) = compare_packs(pack, with_definition(pack, **changes)).differences
    assert (item.subject, item.id, item.kinds) == ("definition", "cut_off", (kind,))


def test_other_headings_of_a_column_are_a_change(pack: RulePack) -> None:
    first, *others = pack.ledger_columns
    columns = (first.model_copy(update={"headings": ("Số",)}), *others)
    (item,) = compare_packs(pack, pack.model_copy(update={"ledger_columns": columns})).differences
    assert (item.subject, item.id, item.kinds) == ("column", "dossier", ("changed",))


def test_a_definition_that_goes_is_withdrawn(pack: RulePack) -> None:
    new = pack.model_copy(update={"ledger_definitions": pack.ledger_definitions[1:]})
    assert [(item.id, item.kinds) for item in compare_packs(pack, new).differences] == [
        ("cut_off", ("withdrawn",))
    ]
