"""What does an engine raise when it gives up, and how is that said in one line?"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIBRARY_ERRORS = {
    "duckdb": "Error",
    "narwhals.exceptions": "NarwhalsError",
    "polars.exceptions": "PolarsError",
    "py4j.protocol": "Py4JError",
    "pyspark.errors": "PySparkException",
}
_SHOWN = 300
"""Characters of a library's own words that are shown."""
_PREFACE = "An error occurred while calling"
"""What py4j says before it comes to the matter."""


class NoJavaError(RuntimeError):
    """The engine runs in Java, and there is none on this machine."""


class EngineFailedError(RuntimeError):
    """The engine did not start or gave up; its text is why, in the engine's own words."""


def library_errors() -> tuple[type[Exception], ...]:
    """What the engines that are loaded raise on a file that they cannot read."""
    return tuple(
        getattr(sys.modules[module], name)
        for module, name in _LIBRARY_ERRORS.items()
        if module in sys.modules
    )


def shorten(refusal: Exception) -> str:
    """The first line of a library's own words that says something."""
    lines = (line.strip(" :") for line in str(refusal).splitlines())
    said = next((line for line in lines if line and not line.startswith(_PREFACE)), type(refusal).__name__)
    return said[:_SHOWN]


@contextmanager
def failing_plainly() -> Iterator[None]:
    """Whatever an engine raises inside is an `EngineFailedError`."""
    try:
        yield
    except library_errors() as refusal:
        raise EngineFailedError(shorten(refusal)) from refusal
