from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from compliance.model.submission import Interval, Observation
from compliance.reporting.figures import Figures
from compliance.reporting.units import UnitTree

if TYPE_CHECKING:
    from tests.reporting.conftest import Bench


def _figures(bench: Bench, *, strict: bool = False) -> Figures:
    pack = bench.pack
    return Figures(pack, UnitTree(pack.units), bench.submissions, strict=strict)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("documents.outgoing", Fraction(200)),
        ("mailbox.share", Fraction(175, 2)),
        ("documents.electronic", Fraction(25)),
        ("signatures.signed", None),
        ("signatures.share", None),
        ("period.days", None),
    ],
)
def test_a_figure_is_what_was_reported_or_divided(bench: Bench, name: str, value: Fraction | None) -> None:
    share = Decimal("87.5")
    bench.report("d", documents__outgoing=200, documents__outgoing_electronic=50, mailbox__share=share)
    assert _figures(bench).value("d", name) == value


def test_a_unit_that_reported_nothing_has_no_figure(bench: Bench) -> None:
    assert _figures(bench).value("d", "documents.outgoing") is None


def test_nothing_of_nothing_is_no_share(bench: Bench) -> None:
    bench.report("d", documents__outgoing=0, documents__outgoing_electronic=0)
    assert _figures(bench).number("d", "documents.electronic") is None


def test_yes_is_a_value_and_no_number(bench: Bench) -> None:
    bench.report("d", dossiers__resolved=True)
    assert _figures(bench).value("d", "dossiers.resolved") is True
    assert _figures(bench).number("d", "dossiers.resolved") is None


@pytest.mark.parametrize(
    "observation",
    [
        Observation(indicator="dossiers.resolved", value=200, as_written="khoảng 200", approximate="about"),
        Observation(indicator="dossiers.resolved", value=Interval(low=5, high=7), as_written="05 - 07"),
    ],
)
def test_what_is_not_exact_is_no_figure(bench: Bench, observation: Observation) -> None:
    bench.report("d", dossiers__resolved=observation)
    assert _figures(bench).value("d", "dossiers.resolved") is None


def test_a_whole_is_the_sum_of_its_parts_with_those_taken_as_nothing(bench: Bench) -> None:
    bench.report("d", online__land=498)
    assert _figures(bench).number("d", "online.dossiers") == 498


def test_strictly_no_part_is_taken_as_nothing(bench: Bench) -> None:
    bench.report("d", online__land=498)
    assert _figures(bench, strict=True).number("d", "online.dossiers") is None


def test_parts_that_are_all_missing_make_no_whole(bench: Bench) -> None:
    bench.report("d", online__other=3)
    assert _figures(bench).number("d", "online.dossiers") is None


def test_bodies_are_counted_in_the_register(bench: Bench) -> None:
    for unit in ("d", "d/c", "d/c/ph"):
        bench.report(unit)
    figures = _figures(bench)
    assert [figures.number(unit, "signatures.bodies") for unit in ("d", "d/c", "d/c/ph")] == [4, 3, None]
