"""Golden files (whole outputs, each a file that a reviewer can open) and how property tests draw examples."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


# No example is timed, since machines differ; where a change is to land, the examples are the same each time.
settings.register_profile("here", deadline=None)
settings.register_profile("landing", deadline=None, derandomize=True)
settings.load_profile("landing" if os.environ.get("CI") else "here")


class TextFile(SingleFileSnapshotExtension):
    """A golden file of text, one for each assertion; `make snapshots` writes it anew."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def golden(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """What compares an output with its file under `__snapshots__`."""
    return snapshot.use_extension(TextFile)
