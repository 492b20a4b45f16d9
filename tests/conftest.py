"""Golden files: whole outputs, each a file of its own that a reviewer can open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


class TextFile(SingleFileSnapshotExtension):
    """A golden file of text, one for each assertion; `make snapshots` writes it anew."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def golden(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """What compares an output with its file under `__snapshots__`."""
    return snapshot.use_extension(TextFile)
