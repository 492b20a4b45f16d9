"""What can not be decided while a file of figures is left out?

Nobody knows of which unit the file is. Whoever has no figures may have sent them in it: a whole that is only
held against the parts that are there, and that a unit has not submitted, are undecided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.model.findings import Outcome

_RESTS_ON_ABSENCE = frozenset({"rollup_at_least", "not_submitted"})


def withhold_absences(outcomes: Iterable[Outcome], files: int) -> tuple[Outcome, ...]:
    """The outcomes; where `files` are left out, those undecided that rest on some unit having no figures."""
    if not files:
        return tuple(outcomes)
    return tuple(
        _withhold(outcome, files) if outcome.reason_code in _RESTS_ON_ABSENCE else outcome
        for outcome in outcomes
    )


def _withhold(outcome: Outcome, files: int) -> Outcome:
    changes = {
        "outcome": "no_data",
        "reason_code": "left_out",
        "reason": text("outcome.left_out", count=files),
        "expected": None,
        "difference": None,
    }
    return outcome.model_copy(update=changes)
