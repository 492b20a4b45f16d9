"""Which units does an invented country have, and how does a pack say so?

Provinces with districts, each with a bloc of communes: ids are paths, as in a real pack, and the province is
the first part of them. Nothing in it is a place that exists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.submission import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.model.rulepack import PackHeader

PROVINCES = 63
COMMUNES_A_DISTRICT = 15
REPORTING_LEVELS = ("agency", "commune")
"""The levels whose units have dossiers of their own; those above are sums."""
_UNITS = "units.yaml"
_HEADER = "pack.yaml"


def invent_units(communes: int) -> tuple[Unit, ...]:
    """The units of a country of that many communes, parents before their children."""
    return tuple(_invent_districts(communes))


def _invent_districts(communes: int) -> Iterator[Unit]:
    for number, first in enumerate(range(0, communes, COMMUNES_A_DISTRICT)):
        district = f"tinh-{number % PROVINCES + 1:02d}/huyen-{number + 1:04d}"
        bloc = f"{district}/cap-xa"
        label = text("invent.unit.district", number=number + 1)
        yield Unit(id=district, label=label, level="district")
        yield Unit(id=bloc, label=text("invent.unit.bloc", district=label), level="bloc", parent=district)
        for commune in range(first, min(first + COMMUNES_A_DISTRICT, communes)):
            name = text("invent.unit.commune", number=commune + 1)
            yield Unit(id=f"{bloc}/xa-{commune + 1:05d}", label=name, level="commune", parent=bloc)


def reporting_units(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units that report for themselves, in the register's order."""
    return tuple(unit for unit in units if unit.level in REPORTING_LEVELS)


def render_pack(name: str, base: PackHeader, units: Sequence[Unit]) -> dict[str, str]:
    """The files of a pack that extends `base` by invented units, by name."""
    header = {
        "id": name,
        "title": text("invent.pack_title", count=len(reporting_units(units))),
        "version": "1.0.0",
        "jurisdiction": text("invent.jurisdiction"),
        "effective_from": base.effective_from.isoformat(),
        "effective_until": base.effective_until.isoformat() if base.effective_until else None,
        "extends": base.id,
        "changelog": "\n  - {version: 1.0.0, released: "
        f"{base.effective_from.isoformat()}, kind: added, affects_from: {base.effective_from.isoformat()}, "
        f"reason: {text('invent.pack_reason')}}}",
    }
    said = "\n".join(f"{key}: {value}" for key, value in header.items() if value is not None)
    listed = "\n".join(_render_unit(unit) for unit in units)
    remark = f"# provenance: synthetic. {text('invent.notice')}\n"
    return {_HEADER: f"{remark}{said}\n", _UNITS: f"{remark}units:\n{listed}\n"}


def _render_unit(unit: Unit) -> str:
    parent = f", parent: {unit.parent}" if unit.parent else ""
    return f'  - {{id: {unit.id}, label: "{unit.label}", level: {unit.level}{parent}}}'
