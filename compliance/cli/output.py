"""Where does a result go? To the terminal, or to a file written beside its place and moved into it."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from compliance.cli.exits import EXIT_UNUSABLE
from compliance.messages import catalogue, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from compliance.problems import Problem

_PIPE_WIDTH = 100
"""Columns of a pipe or a file; a terminal has its own."""


def show(renderable: RenderableType, *, no_color: bool = False, to_errors: bool = False) -> None:
    """Print to the terminal; colours only where they are wanted (`--no-color`, `NO_COLOR`)."""
    from rich.console import Console

    stream = sys.stderr if to_errors else sys.stdout
    width = None if stream.isatty() else _PIPE_WIDTH
    Console(file=stream, no_color=no_color or None, highlight=False, width=width, soft_wrap=False).print(
        renderable
    )


def show_problems(problems: Iterable[Problem], *, no_color: bool = False) -> None:
    """Print problems with the input to the error stream."""
    from compliance.render.console import render_problems

    problems = tuple(problems)
    if problems:
        show(render_problems(problems), no_color=no_color, to_errors=True)


def stop_unusable(problems: Iterable[Problem], *, no_color: bool = False) -> NoReturn:
    """Print the problems and end with the exit code for input that could not be used."""
    show_problems(problems, no_color=no_color)
    raise typer.Exit(EXIT_UNUSABLE)


def stop_usage(code: str, **values: object) -> NoReturn:
    """Say what is wrong with the command and end with the exit code for wrong usage."""
    typer.echo(text(code, **values), err=True)
    raise typer.Exit(EXIT_UNUSABLE)


def refusal_reason(refusal: OSError) -> str:
    """Why the system refused a file or a folder, in words of ours."""
    name = errno.errorcode.get(refusal.errno or 0, type(refusal).__name__)
    code = f"cli.refusal.{name}"
    return text(code) if code in catalogue() else text("cli.refusal.other", name=name)


def write_file(path: Path, content: str | bytes) -> None:
    """Write beside the place and move into it, so that a reader never meets half a file.

    Ends the command with a message when the place cannot be written; what stood there stays.
    """
    body = content.encode("utf-8") if isinstance(content, str) else content
    beside: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        beside = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(body)
        beside.chmod(0o644)
        beside.replace(path)
    except OSError as refusal:
        if beside is not None:
            beside.unlink(missing_ok=True)
        stop_usage("cli.cannot_write", path=path, reason=refusal_reason(refusal))
