"""When a pass settles the finding before it, and when a figure is merely gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from compliance.engine.resolution import is_settled, name_lost
from compliance.model.findings import Operand

if TYPE_CHECKING:
    from tests.engine.conftest import Bench


def _operands(*names: str, assumed: bool = False) -> dict[str, Operand]:
    return {name: Operand(value="1", text="1", as_written="1", assumed=assumed) for name in names}


def _lost(
    bench: Bench, before: dict[str, Operand], after: dict[str, Operand], **more: Any
) -> tuple[str, ...]:
    pack = bench.pack(["a.x", "a.y"], [bench.rule("R-1", "a.x == a.y")])
    submission = bench.submission("d", {"a.x": 1, "a.y": 1})
    outcome = bench.outcome(pack, submission)
    then, now = (outcome.model_copy(update={"operands": each}) for each in (before, after))
    return name_lost(pack, then, now, [bench.submission("d", **more)])


@pytest.mark.parametrize(
    ("before", "after", "reported", "lost"),
    [
        (_operands("a.x"), _operands("a.x", "a.y"), {}, ()),
        (_operands("a.x", "a.y"), _operands("a.x"), {}, ("Y",)),
        (_operands("a.x", "a.y"), _operands("a.x"), {"a.y": 1}, ()),
        (_operands("a.x"), _operands("a.x", assumed=True), {}, ("X",)),
        (_operands("a.x", assumed=True), {}, {}, ()),
        (_operands("a.x@d/x/1"), {}, {}, ("xã Một",)),
        (_operands("unit.level", "target.goal", "rate.share"), {}, {}, ()),
        (_operands("previous.a.x"), {}, {}, ("previous.a.x",)),
    ],
)
def test_a_figure_is_lost_that_had_a_value_and_has_none(
    bench: Bench,
    before: dict[str, Operand],
    after: dict[str, Operand],
    reported: dict[str, int],
    lost: tuple[str, ...],
) -> None:
    assert _lost(bench, before, after, figures=reported) == lost


@pytest.mark.parametrize(
    ("changes", "settled"),
    [
        ({}, True),
        ({"reason_code": "rollup_at_least"}, False),
        ({"operands": _operands("a.x", assumed=True)}, False),
        ({"reason_code": "together", "operands": {}}, False),
    ],
)
def test_a_pass_settles_a_finding_on_whole_figures_only(
    bench: Bench, changes: dict[str, Any], *, settled: bool
) -> None:
    pack = bench.pack(["a.x"], [bench.rule("R-1", "a.x > 0")])
    outcome = bench.outcome(pack, bench.submission("d", {"a.x": 1}))
    assert is_settled(outcome.model_copy(update=changes)) is settled
