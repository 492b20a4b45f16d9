"""An invented country, and the pack that names its units."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.authoring.invented_register import invent_units, render_pack, reporting_units
from compliance.intake.packs import read_pack

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("communes", [1, 15, 16, 400])
def test_a_country_has_so_many_communes_each_below_a_bloc_of_a_district(communes: int) -> None:
    units = {unit.id: unit for unit in invent_units(communes)}
    found = reporting_units(tuple(units.values()))
    assert len(found) == communes
    for commune in found:
        bloc = units[commune.parent or ""]
        assert (commune.level, bloc.level, units[bloc.parent or ""].level) == ("commune", "bloc", "district")


def test_the_pack_reads_as_the_base_with_the_units(tmp_path: Path) -> None:
    base, _ = read_pack("vietnam-2020")
    assert base is not None
    units = invent_units(31)
    folder = tmp_path / "gia-dinh-31"
    folder.mkdir()
    for name, content in render_pack("gia-dinh-31", base.header, units).items():
        assert content.startswith("# provenance: synthetic.")
        (folder / name).write_text(content, encoding="utf-8")
    pack, problems = read_pack(folder)
    assert problems == ()
    assert pack is not None
    assert [(unit.id, unit.label, unit.level, unit.parent) for unit in pack.units] == [
        (unit.id, unit.label, unit.level, unit.parent) for unit in units
    ]
    assert set(pack.indicator) == set(base.indicator)
