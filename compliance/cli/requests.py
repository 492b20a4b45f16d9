"""How do the options of a command become a request, and its blocks an output?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from compliance.cli import options
from compliance.cli.formats import refuse_on_terminal
from compliance.cli.output import show, write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from compliance.model.base import Model
    from compliance.pipeline import Request
    from compliance.render.blocks import Block


def make_request(
    paths: list[Path],
    *,
    pack: str | None = None,
    period: str | None = None,
    unit: str | None = None,
    expect: str | None = None,
    as_of: str | None = None,
    previous: list[Path] | None = None,
    same_period_last_year: list[Path] | None = None,
    explanations: list[Path] | None = None,
    waivers: list[Path] | None = None,
    large_files: int = 1,
) -> Request:
    """The request that the options of a command make."""
    from compliance.pipeline import Request

    return Request(
        paths=tuple(paths),
        pack=pack,
        period=period,
        unit=unit,
        expect=expect,
        as_of=options.read_as_of(as_of),
        previous=tuple(previous or ()),
        same_period_last_year=tuple(same_period_last_year or ()),
        explanations=tuple(explanations or ()),
        waivers=tuple(waivers or ()),
        large_files=large_files,
    )


def deliver(
    form: str,
    result: Model,
    blocks: Iterable[Block],
    *,
    output: Path | None,
    title: str,
    as_of: date,
    no_color: bool,
    workbook: Callable[[], bytes] | None = None,
) -> None:
    """Write the result to the file asked for, or show it; on the terminal as it fits there.

    `workbook` makes the workbook of the result, for the commands that offer one.
    """
    if form == "console":
        from compliance.render.blocks_console import render_blocks

        show(render_blocks(blocks), no_color=no_color)
        return
    if output is None:
        refuse_on_terminal(form)
    if form == "xlsx" and workbook is not None:
        content: str | bytes = workbook()
    else:
        content = _content(form, result, blocks, title, as_of)
    if output is None:
        typer.echo(content, nl=False)
    else:
        write_file(output, content)


def _content(form: str, result: Model, blocks: Iterable[Block], title: str, as_of: date) -> str | bytes:
    from compliance.render.blocks import render_blocks_html, render_blocks_markdown

    if form == "json":
        return result.model_dump_json(indent=2) + "\n"
    if form == "html":
        return render_blocks_html(blocks, title=title)
    if form == "docx":
        from compliance.render.blocks_docx import render_blocks_docx

        return render_blocks_docx(blocks, title=title, as_of=as_of)
    return render_blocks_markdown(blocks)
