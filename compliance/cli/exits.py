"""Which exit code tells what?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compliance.model.findings import Acceptance

EXIT_ACCEPTED = 0
EXIT_FINDINGS = 1
EXIT_UNUSABLE = 2
EXIT_FAULT = 3


def exit_code(accepted: Acceptance) -> int:
    """0 when accepted, 1 when something blocks or must be explained."""
    return EXIT_ACCEPTED if accepted == "accepted" else EXIT_FINDINGS
