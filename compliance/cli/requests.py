"""How do the options of a command become a request, and its blocks an output?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from compliance.cli import options
from compliance.cli.output import show, write_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from compliance.model.base import Model
    from compliance.pipeline import Request
    from compliance.render.blocks import Block

BLOCK_FORMATS = ("console", "md", "html", "json")


def make_request(
    paths: list[Path],
    *,
    pack: str | None = None,
    period: str | None = None,
    unit: str | None = None,
    as_of: str | None = None,
    previous: list[Path] | None = None,
    same_period_last_year: list[Path] | None = None,
) -> Request:
    """The request that the options of a command make."""
    from compliance.pipeline import Request

    return Request(
        paths=tuple(paths),
        pack=pack,
        period=period,
        unit=unit,
        as_of=options.read_as_of(as_of),
        previous=tuple(previous or ()),
        same_period_last_year=tuple(same_period_last_year or ()),
    )


def deliver(
    form: str, result: Model, blocks: Iterable[Block], *, output: Path | None, title: str, no_color: bool
) -> None:
    """Write the result to the file asked for, or show it; on the terminal as it fits there."""
    from compliance.render.blocks import render_blocks_html, render_blocks_markdown
    from compliance.render.blocks_console import render_blocks

    if form == "console":
        show(render_blocks(blocks), no_color=no_color)
        return
    if form == "json":
        words = result.model_dump_json(indent=2) + "\n"
    elif form == "html":
        words = render_blocks_html(blocks, title=title)
    else:
        words = render_blocks_markdown(blocks)
    if output is None:
        typer.echo(words, nl=False)
    else:
        write_file(output, words)
