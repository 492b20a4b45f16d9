"""`check --pin`: figures that the inspector vouches for are not suspected, and that is said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from compliance.pipeline import dataset

if TYPE_CHECKING:
    from tests.cli.conftest import Command

FAULTY = dataset("long-phu-2020-h1-faulty")
SIGNED = "soc-trang/long-phu:signatures.signed"
ROLLUP = "ROLLUP:signatures.signed@soc-trang/long-phu@2020-H1"


def _suspects(run: Command, *pins: str) -> list[tuple[str, str]]:
    options = [option for pin in pins for option in ("--pin", pin)]
    result = json.loads(run("check", FAULTY, "--as-of", "2020-06-30", "--format", "json", *options).out)
    finding: dict[str, Any] = next(one for one in result["findings"] if one["id"] == ROLLUP)
    return [(suspect["unit"], suspect["indicator"]) for suspect in finding["suspects"]]


def test_a_figure_vouched_for_is_suspected_no_more(run: Command) -> None:
    wrong = ("soc-trang/long-phu", "signatures.signed")
    assert wrong in _suspects(run)
    pinned = _suspects(run, SIGNED)
    assert pinned != []
    assert wrong not in pinned


def test_figures_that_cannot_all_be_right_are_said_to_be_so(run: Command) -> None:
    blocs = ("soc-trang/long-phu/cap-huyen:signatures.signed", "soc-trang/long-phu/cap-xa:signatures.signed")
    options = [option for pin in (SIGNED, *blocs) for option in ("--pin", pin)]
    out = run("check", FAULTY, "--as-of", "2020-06-30", "--format", "md", *options).out
    assert out.count("đã được xác nhận là đúng, nhưng không thể cùng đúng") == 1


@pytest.mark.parametrize("form", ["console", "md", "html"])
def test_what_is_vouched_for_stands_in_the_output(run: Command, form: str) -> None:
    out = run("check", FAULTY, "--as-of", "2020-06-30", "--pin", SIGNED, "--format", form).out
    assert "xác nhận là đúng, không xét khi tìm số sai (1)" in " ".join(out.split())


def test_one_that_was_not_reported_ends_with_2(run: Command) -> None:
    ran = run("check", FAULTY, "--pin", "soc-trang/long-phu/cap-xa:portal.articles")
    assert ran.code == 2
    assert "portal.articles" in ran.err
