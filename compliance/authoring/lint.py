"""Is a pack not only readable but right, and are the documents made from it fresh?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authoring.documents import stale_documents
from compliance.authoring.lint_contents import lint_contents
from compliance.intake.packs import available_packs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from compliance.problems import Problem


def lint_packs(packs: Iterable[str | Path] | None = None) -> tuple[Problem, ...]:
    """Every fault of the packs, in the order of their places; of those that travel with us by default.

    Documents are made of all packs that travel with the program, and looked at when all of these are.
    """
    travelling = available_packs()
    names = travelling if packs is None else tuple(packs)
    problems = lint_contents(names)
    return (*problems, *stale_documents()) if set(travelling) <= set(names) and not problems else problems
