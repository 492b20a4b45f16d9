"""What do checks that are not arithmetic hand over? A verdict with its sentence, not yet a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compliance.model.claims import ClaimKind, ClaimVerdict
    from compliance.proofreading.figures import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A passage judged: citations and periods, whose figures are dates."""

    kind: ClaimKind
    verdict: ClaimVerdict
    start: int
    end: int
    stated: str
    expected: str = ""
    difference: str = ""
    explanation: str
    figures: tuple[Figure, ...] = ()
    """The figures used."""
