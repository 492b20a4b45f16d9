"""Which documents are generated from packs, models and messages, and are they fresh?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authoring.gallery import BAD_FILES, compose_gallery
from compliance.authoring.pack_format import compose_format
from compliance.authoring.pages import find_stale
from compliance.authoring.reference import compose_reference
from compliance.intake.packs import pack_root

if TYPE_CHECKING:
    from pathlib import Path

    from compliance.authoring.pages import Page
    from compliance.problems import Problem


def compose_documents(root: Path | None = None) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Every generated page of a checkout; none where a pack cannot be read, and none of an installation."""
    checkout = root or pack_root().parent
    if not (checkout / BAD_FILES).is_dir():
        return (), ()
    reference, problems = compose_reference(checkout / "rules")
    if reference is None:
        return (), problems
    return (reference, compose_format(), compose_gallery(checkout)), problems


def stale_documents(root: Path | None = None) -> tuple[Problem, ...]:
    """A problem for each page that is not on disk as it would be written."""
    pages, problems = compose_documents(root)
    return (*problems, *find_stale(root or pack_root().parent, pages))
