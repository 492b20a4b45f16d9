from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from compliance.problems import Place
from compliance.render.unit_page import compose_unit_pages

if TYPE_CHECKING:
    from compliance.model.check import Check

DUE = date(2020, 7, 15)


def places_of(check: Check, *places: Place) -> tuple[str, ...]:
    """How the page shows the places of the first finding of the first unit."""
    finding = check.findings[0].model_copy(update={"places": places})
    (_, items), *_ = compose_unit_pages(check.model_copy(update={"findings": (finding,)}), DUE)[0].items
    return items[0].places


@pytest.mark.parametrize(
    ("places", "shown"),
    [
        ((Place("so-lieu/xa.yaml", line=3, column=7),), ("xa.yaml: dòng 3",)),
        (
            (Place("a.yaml", line=3), Place("a.yaml", line=3), Place("a.yaml", line=5)),
            ("a.yaml: dòng 3; dòng 5",),
        ),
        ((Place("a.xlsx", sheet="Hồ sơ", cell="C12"),), ("a.xlsx: trang tính «Hồ sơ», ô C12",)),
        ((Place("a.yaml", line=3), Place("b.yaml", line=4)), ("a.yaml: dòng 3", "b.yaml: dòng 4")),
        ((Place("thu-muc\\xa.docx"),), ("xa.docx",)),
        ((), ()),
    ],
    ids=["folder and column", "one file once", "cell", "two files", "whole file", "nowhere"],
)
def test_a_place_is_as_short_as_a_clerk_needs(
    long_phu: Check, places: tuple[Place, ...], shown: tuple[str, ...]
) -> None:
    assert places_of(long_phu, *places) == shown


def test_a_page_has_every_severity_even_where_nothing_was_found(long_phu: Check) -> None:
    for page in compose_unit_pages(long_phu, DUE):
        assert [severity for severity, _ in page.items] == ["must_fix", "must_explain", "advisory"]


def test_all_pages_together_hold_every_finding(many_units: Check) -> None:
    pages = compose_unit_pages(many_units, DUE)
    assert sum(len(items) for page in pages for _, items in page.items) == len(many_units.findings)


def test_an_area_with_something_to_explain_is_not_among_the_accepted(long_phu: Check) -> None:
    page = next(page for page in compose_unit_pages(long_phu, DUE) if page.unit.endswith("/cap-xa"))
    assert "Dịch vụ bưu chính công ích" in page.accepted_areas
    assert "Quản lý văn bản và điều hành" not in page.accepted_areas


def test_a_unit_that_reports_for_itself_has_no_other_reporter(many_units: Check) -> None:
    page = next(page for page in compose_unit_pages(many_units, DUE) if page.unit.endswith("/xa-phu-huu"))
    assert page.reporter == ""
    assert page.request.startswith("Đề nghị UBND xã Phú Hữu ")
