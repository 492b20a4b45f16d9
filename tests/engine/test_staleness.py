"""A run is marked where its packs are not those in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from compliance.engine.focus import focus_check
from compliance.engine.staleness import mark_kept, mark_newer

if TYPE_CHECKING:
    from compliance.model.check import Check
    from compliance.model.rulepack import PackHeader
    from tests.engine.conftest import Bench


@pytest.fixture
def check(bench: Bench) -> Check:
    """A run on the first half of 2020; its pack is `test` 1.0.0, in force from 2020."""
    pack = bench.pack(["a.x"], [bench.rule("R-1", "a.x > 0")])
    return bench.check(pack, bench.submission("d", {"a.x": 1}))


def _beside(check: Check, **changes: Any) -> PackHeader:
    return check.pack.header.model_copy(update=changes)


def _reasons(check: Check) -> list[str]:
    return [reason.reason for reason in check.manifest.stale_because]


def test_the_pack_itself_is_no_newer_one(check: Check) -> None:
    marked = mark_newer(check, [check.pack.header])
    assert not marked.manifest.stale
    assert _reasons(marked) == []


def test_a_later_version_of_the_pack_makes_a_run_stale_and_is_named(check: Check) -> None:
    marked = mark_newer(check, [_beside(check, version="1.10.0"), _beside(check, version="1.9.0")])
    (reason,) = marked.manifest.stale_because
    assert marked.manifest.stale
    assert (reason.reason, reason.version, reason.now_version) == (
        "newer",
        check.pack.header.version,
        "1.10.0",
    )


def test_an_earlier_version_does_not(check: Check) -> None:
    assert _reasons(mark_newer(check, [_beside(check, version="0.9.9")])) == []


def test_a_pack_of_the_same_jurisdiction_that_took_effect_later_does(check: Check) -> None:
    other = _beside(check, id="test-b", version="0.1.0", effective_from=date(2020, 3, 1))
    assert _reasons(mark_newer(check, [other])) == ["newer"]


@pytest.mark.parametrize(
    "changes",
    [
        {"effective_from": date(2021, 1, 1)},
        {"effective_from": date(2020, 3, 1), "effective_until": date(2020, 5, 1)},
        {"effective_from": date(2020, 3, 1), "jurisdiction": "elsewhere"},
    ],
)
def test_a_pack_that_is_not_in_force_for_the_report_does_not(check: Check, changes: dict[str, Any]) -> None:
    assert _reasons(mark_newer(check, [_beside(check, id="test-b", **changes)])) == []


def test_one_unit_of_a_stale_run_is_stale_too(check: Check) -> None:
    marked = mark_newer(check, [_beside(check, version="2.0.0")])
    assert focus_check(marked, "d").manifest.stale_because == marked.manifest.stale_because


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, []),
        ({"version": "1.2.0"}, ["other_version"]),
        ({"digest": "f" * 64}, ["other_content"]),
        ({"id": "another"}, ["gone"]),
    ],
)
def test_a_kept_run_is_held_against_the_packs_of_today(
    check: Check, changes: dict[str, Any], reasons: list[str]
) -> None:
    today = [header.model_copy(update=changes) for header in check.pack.chain]
    assert _reasons(mark_kept(check, today)) == reasons
