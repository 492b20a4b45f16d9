"""How is it said that a run is older than the packs in force?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.numerals import format_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.model.check import Manifest
    from compliance.model.staleness import Staleness


def compose_staleness(manifest: Manifest) -> tuple[str, ...]:
    """A sentence for each reason; none for a run under the packs in force."""
    return say_reasons(manifest.stale_because)


def say_reasons(reasons: Iterable[Staleness]) -> tuple[str, ...]:
    """The same for the reasons alone."""
    return tuple(
        text(
            f"staleness.{reason.reason}",
            pack=reason.pack,
            version=reason.version,
            until=format_date(reason.until) if reason.until else "",
            now=reason.now,
            now_version=reason.now_version,
        )
        for reason in reasons
    )
