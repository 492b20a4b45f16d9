"""How far is the reading of many files? A bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FEWEST_FILES = 10
"""Fewer are read before a bar could be looked at."""


@contextmanager
def show_progress(*, no_color: bool = False) -> Iterator[Callable[[int, int], None] | None]:
    """A function to call after each file with how many are done, of how many; None without a terminal.

    The bar goes to the error stream and is wiped away at the end, so that results stay alone.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(text("cli.reading")), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(file=sys.stderr, no_color=no_color or None)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", visible=False)
        yield lambda done, total: bar.update(
            task, completed=done, total=total, visible=total >= _FEWEST_FILES
        )
