"""Generated documents are fresh, and are written only where they are not."""

from __future__ import annotations

import shutil
from pathlib import Path

from compliance.authoring.documents import compose_documents, stale_documents
from compliance.authoring.pages import write_pages

ROOT = Path(__file__).resolve().parents[2]


def checkout(tmp_path: Path) -> Path:
    """What the documents are made from, apart from where it really stands."""
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    shutil.copytree(ROOT / "tests" / "data" / "bad", tmp_path / "tests" / "data" / "bad")
    return tmp_path


def test_the_documents_of_this_checkout_are_fresh() -> None:
    assert [problem.place.file for problem in stale_documents()] == []


def test_the_documents_are_the_reference_the_format_and_the_messages() -> None:
    pages, problems = compose_documents()
    assert problems == ()
    assert [page.path for page in pages] == ["rules/README.md", "docs/pack-format.md", "docs/messages.md"]


def test_what_is_not_fresh_is_told_and_written_once(tmp_path: Path) -> None:
    root = checkout(tmp_path)
    pages, _ = compose_documents(root)
    write_pages(root, pages)
    (root / "rules" / "README.md").write_text("cũ", encoding="utf-8")
    assert [(p.code, p.place.file) for p in stale_documents(root)] == [("reference.stale", "rules/README.md")]
    assert write_pages(root, pages) == (root / "rules" / "README.md",)
    assert write_pages(root, pages) == ()


def test_an_installation_has_no_documents(tmp_path: Path) -> None:
    assert compose_documents(tmp_path) == ((), ())
