"""Which unit does a user mean: by its id, by the end of the id, or by its name?

One way for every option and every file in which a user names a unit, so that one spelling serves everywhere
and a name that fits several is answered with the same words.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from compliance.intake.names import bare_name, labels_of
from compliance.problems import Place, Problem

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack

Problems = tuple[Problem, ...]

_NOWHERE = Place()
_KINDS = ("huyen", "quan", "thi xa", "thanh pho", "xa", "phuong", "thi tran", "tinh")
"""What stands before the name of a place, in bare words."""


def units_meant(pack: RulePack, written: str) -> tuple[str, ...]:
    """The unit of that id; else all whose ids end so; else all that bear the name, however it is spelt.

    A name without its kind is that of every unit called so: `Long Phú` of the district, a commune and a town.
    """
    written = written.strip()
    name = bare_name(written)
    by_id = pack.units_meant(written)
    if by_id or not name:
        return by_id
    labels = {unit.id: labels_of(unit) for unit in pack.units}
    called = tuple(unit for unit, known in labels.items() if name in known)
    with_kind = {f"{kind} {name}" for kind in _KINDS}
    return called or tuple(unit for unit, known in labels.items() if not with_kind.isdisjoint(known))


def name_unit(pack: RulePack, written: str, place: Place = _NOWHERE) -> tuple[str | None, Problems]:
    """The id of the unit that a name means; a problem where it means none or several."""
    meant = units_meant(pack, written)
    if len(meant) == 1:
        return meant[0], ()
    if meant:
        values = {"written": written, "known": ", ".join(meant)}
        return None, (Problem("request.ambiguous_unit", place, values),)
    values = {"written": written, "near": units_near(pack, written)}
    return None, (Problem("request.unknown_unit", place, values),)


def units_near(pack: RulePack, written: str) -> str:
    """The ids that look most like what was written: by the whole, by their last part, or by a name."""
    if "/" in written:
        return ", ".join(get_close_matches(written, pack.unit, n=3)) or "–"
    ends = {bare_name(unit.rpartition("/")[2]): unit for unit in pack.unit}
    labels = {label: unit.id for unit in pack.units for label in labels_of(unit)}
    by_name = ends | labels
    near = get_close_matches(bare_name(written), by_name, n=3)
    return ", ".join(dict.fromkeys(by_name[name] for name in near)) or "–"
