"""How is a failed rule named in a list, where its title alone would read as if it held?

`Hồ sơ tiếp nhận bằng hồ sơ đã giải quyết cộng hồ sơ đang giải quyết` below `Còn tồn tại` says the opposite of
the verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text

if TYPE_CHECKING:
    from compliance.model.rulepack import RulePack


def name_fault(pack: RulePack, rule: str, title: str) -> str:
    """`Chưa bảo đảm «…»`, of a figure held against a target `Chưa đạt «…»`; `title` is the rule's."""
    known = pack.rule.get(rule)
    has_target = known is not None and (known.at_least is not None or known.at_most is not None)
    return text(f"render.fault.{'target' if has_target else 'requirement'}", title=title)
