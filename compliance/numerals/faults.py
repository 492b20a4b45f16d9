"""Why is a text not the value that was asked for?"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is not the value asked for. `code` is a message code, `values` fill its two sentences."""

    code: str
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def what(self) -> str:
        """What is wrong, with the text as it was written."""
        return text(f"{self.code}.what", **self.values)

    @property
    def remedy(self) -> str:
        """What the writer is to do about it."""
        return text(f"{self.code}.do", **self.values)


def refuse(code: str, written: str, **values: str) -> Fault:
    """The fault of `numerals.<code>` on a text, quoted on one line and no longer than a reader needs."""
    quoted = " ".join(written.split())
    if len(quoted) > _LONGEST_QUOTE:
        quoted = f"{quoted[:_LONGEST_QUOTE]}…"
    return Fault(f"numerals.{code}", MappingProxyType({"written": quoted, **values}))
