"""Tuân Thủ: compliance checks for half-year IT reports in Vietnamese local government.

The public face. Names are resolved when first asked for, so that importing the package costs nothing:

- `load_pack(name)` → a compiled pack and problems
- `read_submissions(paths, pack)` → submissions, input stamps and problems
- `read_explanations(paths, pack)` → what units explain, input stamps and problems
- `read_waivers(paths, pack)` → what the inspector waives, input stamps and problems
- `check(compiled, submissions, as_of=…, explanations=…, waivers=…)` → `Check`
- `assess(check)` → `Assessment`
- `proofread(text)` → the claims of a narrative report
- `render_result(result, form)` → a check or an assessment as text or bytes
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compliance.pipeline import (
        assess,
        check,
        load_pack,
        read_explanations,
        read_submissions,
        read_waivers,
    )
    from compliance.proofreading import proofread
    from compliance.render import render_result

__version__ = "0.1.0"

__all__ = [
    "assess",
    "check",
    "load_pack",
    "proofread",
    "read_explanations",
    "read_submissions",
    "read_waivers",
    "render_result",
]

_HOME = {
    "assess": "pipeline",
    "check": "pipeline",
    "load_pack": "pipeline",
    "proofread": "proofreading",
    "read_explanations": "pipeline",
    "read_submissions": "pipeline",
    "read_waivers": "pipeline",
    "render_result": "render",
}


def __getattr__(name: str) -> object:
    """A public name, imported from its room at the first use (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return [*__all__, "__version__"]
