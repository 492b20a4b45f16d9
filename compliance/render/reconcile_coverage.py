"""Which units does a ledger not mention, and what is to be done about them, in a reader's words?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import format_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.model.reconciliation import Reconciliation, Unrecorded

_NAMED = 12
"""Units named in one sentence; JSON lists them all."""
_ORDER: tuple[Unrecorded, ...] = ("open", "reports_zero", "covered")


def say_coverage(result: Reconciliation) -> Iterator[str]:
    """How many units have no record in the ledger, then what that means for each kind; nothing for none."""
    if not result.unrecorded:
        return
    yield text("reconcile.unrecorded.lead", count=format_count(len(result.unrecorded)))
    for standing in _ORDER:
        labels = [unit.label for unit in result.unrecorded if unit.standing == standing]
        if labels:
            more = len(labels) - _NAMED
            named = ", ".join(labels[:_NAMED])
            units = text("reconcile.unrecorded.more", units=named, count=more) if more > 0 else named
            yield text(f"reconcile.unrecorded.{standing}", count=format_count(len(labels)), units=units)
