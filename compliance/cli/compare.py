"""Which command says what changed since another half-year? `compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli import options
from compliance.cli.output import show_problems, stop_unusable
from compliance.cli.requests import BLOCK_FORMATS, deliver, make_request
from compliance.messages import text


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=text("cli.command.compare"))(compare)


def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD", help=text("cli.option.old_figures"))],
    new: Annotated[Path, typer.Argument(metavar="NEW", help=text("cli.option.new_figures"))],
    pack: options.Pack = None,
    old_period: Annotated[
        str | None, typer.Option("--old-period", metavar="P", help=text("cli.option.old_period"))
    ] = None,
    period: options.PeriodOption = None,
    as_of: options.AsOf = None,
    wanted: options.Format = None,
    output: options.Output = None,
    no_color: options.NoColor = False,
) -> None:
    """Say what changed; ends with 0 when it ran, whatever it found."""
    from compliance.pipeline import compare as compare_requests
    from compliance.render.compare import compose_compare_blocks, title_of

    form = options.choose_format(wanted, output, BLOCK_FORMATS)
    before = make_request([old], pack=pack, period=old_period, as_of=as_of)
    # whichever period the earlier figures are of, the engine takes them for that one
    after = make_request([new], pack=pack, period=period, as_of=as_of, same_period_last_year=[old])
    result, chosen, problems = compare_requests(before, after)
    if result is None or chosen is None:
        stop_unusable(problems, no_color=no_color)
    show_problems(problems, no_color=no_color)
    blocks = compose_compare_blocks(chosen, result)
    deliver(
        form, result, blocks, output=output, title=title_of(result), as_of=before.as_of, no_color=no_color
    )
