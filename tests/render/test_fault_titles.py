"""A failed rule is named as the fault that it is."""

from __future__ import annotations

import pytest

from compliance.pipeline import load_pack
from compliance.render.fault_titles import name_fault


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ("DOC-01", "Chưa đạt «…»"),
        ("DOS-03", "Chưa bảo đảm «…»"),
        ("DOS-07", "Chưa bảo đảm «…»"),
        ("a rule of another pack", "Chưa bảo đảm «…»"),
    ],
)
def test_a_target_is_not_reached_and_a_requirement_not_kept(rule: str, named: str) -> None:
    compiled, _ = load_pack("long-phu-2020")
    assert compiled is not None
    assert name_fault(compiled.pack, rule, "…") == named
