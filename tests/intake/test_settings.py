from __future__ import annotations

import pytest

from compliance.intake.settings import read_settings
from compliance.pipeline import load_pack

DISTRICT = "soc-trang/long-phu"
COMMUNE = "soc-trang/long-phu/cap-xa/xa-phu-huu"


def _read(*words: str, unit: str | None = DISTRICT) -> tuple[list[tuple[str, str, object]], list[str]]:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    found, problems = read_settings(words, compiled.pack, unit=unit, reported=(DISTRICT, COMMUNE))
    return (
        [(item.unit, item.observation.indicator, item.observation.value) for item in found],
        [problem.code for problem in problems],
    )


def test_an_indicator_and_a_value_are_meant_for_the_unit_of_the_run() -> None:
    assert _read("documents.outgoing=5.870") == ([(DISTRICT, "documents.outgoing", 5870)], [])


def test_a_unit_may_stand_before_the_indicator() -> None:
    assert _read(f"{COMMUNE}:documents.outgoing=12", unit=None) == (
        [(COMMUNE, "documents.outgoing", 12)],
        [],
    )


@pytest.mark.parametrize("written", ["xa-phu-huu", "xã Phú Hữu", "UBND xã Phú Hữu"])
def test_the_unit_may_be_named_by_a_short_code_or_its_name(written: str) -> None:
    assert _read(f"{written}:documents.outgoing=12") == ([(COMMUNE, "documents.outgoing", 12)], [])


@pytest.mark.parametrize(
    ("words", "unit", "code"),
    [
        (("documents.outgoing",), DISTRICT, "what_if.form"),
        (("=5",), DISTRICT, "what_if.form"),
        (("documents.outgoing=",), DISTRICT, "what_if.form"),
        (("documents.outgoing=null",), DISTRICT, "what_if.form"),
        (("documents.outgoin=5",), DISTRICT, "what_if.unknown_indicator"),
        (("documents.outgoing=5",), None, "what_if.which_unit"),
        ((f"{DISTRICT}/cap-xa:documents.outgoing=5",), None, "what_if.unit"),
        (("Long Phú:documents.outgoing=5",), None, "request.ambiguous_unit"),
        (("xa-khac:documents.outgoing=5",), None, "request.unknown_unit"),
        (("documents.outgoing=5", "documents.outgoing=6"), DISTRICT, "what_if.twice"),
        (("documents.outgoing=5,5",), DISTRICT, "numerals.count"),
    ],
)
def test_what_cannot_be_put_in_is_said(words: tuple[str, ...], unit: str | None, code: str) -> None:
    _, codes = _read(*words, unit=unit)
    assert len(codes) == 1
    assert codes[0] == code or (code.startswith("numerals") and codes[0].startswith("numerals"))
