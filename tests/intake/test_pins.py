"""Figures that the inspector vouches for, as they are named on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.intake.pins import read_pins
from compliance.pipeline import dataset, load_pack, read_submissions

if TYPE_CHECKING:
    from compliance.model.check import PinnedFigure
    from compliance.problems import Problem

DISTRICT = "soc-trang/long-phu"


def _read(*words: str, unit: str | None = None) -> tuple[tuple[PinnedFigure, ...], tuple[Problem, ...]]:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    submissions, _, _ = read_submissions((dataset("long-phu-2020-h1"),), compiled.pack)
    return read_pins(words, compiled.pack, submissions, unit=unit)


def test_a_figure_is_named_by_its_unit_and_indicator_and_shown_as_written() -> None:
    (pin,), problems = _read(f"{DISTRICT}/cap-xa:documents.outgoing")
    assert problems == ()
    assert (pin.unit, pin.indicator, pin.as_written) == (
        f"{DISTRICT}/cap-xa",
        "documents.outgoing",
        "3.105",
    )


def test_a_stated_rate_may_be_vouched_for() -> None:
    (pin,), _ = _read("stated.dossiers.late", unit=f"{DISTRICT}/cap-xa")
    assert pin.as_written == "0,03%"


def test_the_unit_may_be_named_by_a_short_code_or_its_name() -> None:
    pins, problems = _read("cap-xa:documents.outgoing", "khối cấp xã:documents.outgoing_electronic")
    assert problems == ()
    assert [pin.unit for pin in pins] == [f"{DISTRICT}/cap-xa", f"{DISTRICT}/cap-xa"]


def test_a_figure_named_twice_counts_once() -> None:
    pins, problems = _read(f"{DISTRICT}:documents.outgoing", "documents.outgoing", unit=DISTRICT)
    assert len(pins) == 1
    assert problems == ()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("documents.outgoing", "pin.which_unit"),
        (f"{DISTRICT}/cap-x:documents.outgoing", "request.unknown_unit"),
        ("Long Phú:documents.outgoing", "request.ambiguous_unit"),
        ("xã Tân Hưng:documents.outgoing", "pin.unit"),
        (f"{DISTRICT}:documents.outgoin", "pin.unknown"),
        (f"{DISTRICT}:", "pin.unknown"),
        (f"{DISTRICT}/cap-xa:portal.articles", "pin.not_reported"),
        (f"{DISTRICT}:stated.postal.share", "pin.not_reported"),
    ],
)
def test_what_cannot_be_vouched_for_is_a_problem(written: str, code: str) -> None:
    pins, problems = _read(written)
    assert pins == ()
    assert [problem.code for problem in problems] == [code]


def test_all_problems_are_told_at_once() -> None:
    _, problems = _read("x:a.b", "documents.outgoing")
    assert [problem.code for problem in problems] == ["request.unknown_unit", "pin.unknown", "pin.which_unit"]
