"""The datasets as they are written: every value a text, nothing interpreted, no code of the program used."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml

ROOT = Path(__file__).parents[2]

Written: TypeAlias = dict[str, dict[str, Any]]
"""The documents of a dataset by file name without suffix."""


def read_written(name: str) -> Written:
    return {
        path.stem: yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 -- only texts
        for path in sorted((ROOT / "datasets" / name).glob("*.yaml"))
    }


@pytest.fixture(scope="session")
def reported() -> Written:
    return read_written("long-phu-2020-h1")


@pytest.fixture(scope="session")
def invented() -> Written:
    return read_written("long-phu-2020-h1-units")


@pytest.fixture(scope="session")
def faulty() -> Written:
    return read_written("long-phu-2020-h1-faulty")
