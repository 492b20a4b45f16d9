"""Which known name did the user probably mean?"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable


def hint(written: str, known: Iterable[str]) -> str:
    """A question with the nearest known name and a blank after it; nothing where none is near."""
    folded = {name.casefold(): name for name in known}
    near = get_close_matches(written.casefold(), folded, n=1)
    return f"{text('pack.hint', near=folded[near[0]])} " if near else ""


def listed(names: Iterable[str]) -> str:
    """Names in a row, in the order given."""
    return ", ".join(names)
