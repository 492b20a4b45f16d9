"""What went wrong with an input, where, and how is it said?

Bad input is data: a reader returns `(result, problems)` and never stops at the first. A problem's two
sentences (what is wrong, what to do) stand in `messages/vi.yaml` under its code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

Weight = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file something stands; any part may be unknown. Lines and the like count from 1."""

    file: str = ""
    line: int = 0
    column: int = 0
    sheet: str = ""
    cell: str = ""
    page: int = 0
    paragraph: int = 0

    def __str__(self) -> str:
        """The place in Vietnamese, widest part first: `so-lieu.yaml, dòng 12, cột 3`."""
        parts = ("file", "sheet", "cell", "page", "paragraph", "line", "column")
        known = [(part, getattr(self, part)) for part in parts if getattr(self, part)]
        if not known:
            return text("place.none")
        return ", ".join(text(f"place.{part}", **{part: value}) for part, value in known)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input.

    `code` names the sentences, `values` fill them. A `warning` lets the input be used and is said all
    the same.
    """

    code: str
    place: Place = Place()
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    weight: Weight = "error"

    @property
    def what(self) -> str:
        """What is wrong, with the value as the user wrote it."""
        return text(f"{self.code}.what", **self.values)

    @property
    def remedy(self) -> str:
        """What the user is to do about it."""
        return text(f"{self.code}.do", **self.values)

    def __str__(self) -> str:
        """One line: `place: what is wrong. What to do.`."""
        return f"{self.place}: {self.what} {self.remedy}"


def is_usable(problems: tuple[Problem, ...]) -> bool:
    """Whether no problem is an error."""
    return all(problem.weight == "warning" for problem in problems)
