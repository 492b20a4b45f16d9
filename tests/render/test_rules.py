from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from compliance.render.rules import render_rule, render_rule_list

if TYPE_CHECKING:
    from rich.console import RenderableType
    from syrupy.assertion import SnapshotAssertion

    from compliance.model.rulepack import RulePack


def show(renderable: RenderableType) -> str:
    out = io.StringIO()
    Console(file=out, width=100).print(renderable)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def test_every_rule_is_listed_and_counted(pack: RulePack) -> None:
    out = io.StringIO()
    Console(file=out, width=200).print(render_rule_list(pack))
    listed = out.getvalue()
    assert all(rule.id[:30] in listed for rule in pack.rules)
    written = sum(not rule.generated for rule in pack.rules)
    assert str(written) in listed.splitlines()[-1]


@pytest.mark.parametrize(
    "rule",
    ["DOC-01", "DOS-07", "REP-01", "COM-01", "RATE:dossiers.late:stated"],
    ids=["target", "duty", "named-check", "ranges", "generated"],
)
def test_a_rule_in_full(pack: RulePack, rule: str, golden: SnapshotAssertion) -> None:
    assert show(render_rule(pack, pack.rule[rule])) == golden


def test_a_rule_without_a_law_says_that_it_needs_none(pack: RulePack) -> None:
    rule = next(rule for rule in pack.rules if rule.citation is None)
    shown = show(render_rule(pack, rule))
    assert rule.title.split()[0] in shown
    assert "Căn cứ" in shown
