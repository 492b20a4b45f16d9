"""Naming a unit: by its id, the end of the id, or its name, and what several of a name are answered with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.intake.unit_choice import name_unit, units_meant, units_near
from compliance.pipeline import load_pack
from compliance.problems import Place

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack

DISTRICT = "soc-trang/long-phu"
COMMUNE = f"{DISTRICT}/cap-xa/xa-phu-huu"


@pytest.fixture(scope="module")
def pack() -> RulePack:
    compiled, problems = load_pack("long-phu-2020")
    assert compiled is not None, problems
    return compiled.pack


@pytest.mark.parametrize(
    "written",
    [COMMUNE, "xa-phu-huu", "cap-xa/xa-phu-huu", "xã Phú Hữu", "UBND xã Phú Hữu", "XA PHU HUU", " Phú Hữu "],
)
def test_a_unit_is_named_by_its_id_the_end_of_it_or_its_name(pack: RulePack, written: str) -> None:
    assert name_unit(pack, written) == (COMMUNE, ())


def test_an_end_of_an_id_is_not_taken_for_a_name(pack: RulePack) -> None:
    assert name_unit(pack, "long-phu") == (DISTRICT, ())


def test_a_name_that_several_bear_is_answered_with_their_ids_at_its_place(pack: RulePack) -> None:
    place = Place("mien-tru.yaml", 4)
    unit, (problem,) = name_unit(pack, "Long Phú", place)
    assert unit is None
    assert (problem.code, problem.place) == ("request.ambiguous_unit", place)
    known = (DISTRICT, f"{DISTRICT}/cap-xa/thi-tran-long-phu", f"{DISTRICT}/cap-xa/xa-long-phu")
    assert problem.values["known"] == ", ".join(known)


def test_the_kind_before_a_name_tells_units_apart(pack: RulePack) -> None:
    assert units_meant(pack, "xã Long Phú") == (f"{DISTRICT}/cap-xa/xa-long-phu",)


@pytest.mark.parametrize("written", ["", "  ", "???", "xã Khác", "xã", "Phú"])
def test_what_names_no_unit_names_none(pack: RulePack, written: str) -> None:
    unit, problems = name_unit(pack, written)
    assert unit is None
    assert [problem.code for problem in problems] == ["request.unknown_unit"]


def test_a_name_with_a_slip_is_answered_with_what_looks_like_it(pack: RulePack) -> None:
    assert units_near(pack, "xã Phú Hưuu").split(", ")[0] == COMMUNE
