"""What a request means by its pack and its units."""

from __future__ import annotations

import pytest

from compliance.choices import choose_pack, expected_units, full_unit, name_unit
from compliance.pipeline import load_pack


def test_the_pack_that_no_other_extends_is_taken() -> None:
    assert choose_pack(None) == ("long-phu-2020", ())


def test_the_pack_that_was_asked_for_is_taken_whatever_others_there_are() -> None:
    assert choose_pack("vietnam-2020") == ("vietnam-2020", ())


def test_the_end_of_an_id_is_the_unit() -> None:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    assert full_unit(compiled.pack, "xa-phu-huu") == "soc-trang/long-phu/cap-xa/xa-phu-huu"
    assert full_unit(compiled.pack, "xa-khac") == "xa-khac"


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("xa-phu-hu", "soc-trang/long-phu/cap-xa/xa-phu-huu"),
        ("soc-trang/long-pu", "soc-trang/long-phu"),
        ("???", "–"),
    ],
)
def test_a_unit_that_is_none_is_answered_with_those_that_look_like_it(written: str, near: str) -> None:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    unit, (problem,) = name_unit(compiled.pack, written)
    assert unit is None
    assert str(problem.values["near"]).split(", ")[0] == near
    assert str(problem.place) == f"--unit {written}"


def test_units_that_are_due_are_named_one_by_one_and_a_wrong_one_with_its_option() -> None:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    units, problems = expected_units(compiled.pack, "xa-phu-huu, xã Tân Hưng, xa-khac", option="--covers")
    assert units == ("soc-trang/long-phu/cap-xa/xa-phu-huu", "soc-trang/long-phu/cap-xa/xa-tan-hung")
    assert [str(problem.place) for problem in problems] == ["--covers xa-khac"]


@pytest.mark.parametrize(
    ("written", "near"), [("xa", "commune"), ("comune", "commune"), ("al", "all"), ("zzz", "–")]
)
def test_a_level_that_is_none_is_answered_with_the_one_meant(written: str, near: str) -> None:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    _, (problem,) = expected_units(compiled.pack, written)
    assert (problem.code, problem.values["near"]) == ("request.unknown_unit", near)
