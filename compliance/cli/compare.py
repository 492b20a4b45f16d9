"""Which command says what changed since another half-year? `compare`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli import options
from compliance.cli.format_choice import choose_format
from compliance.cli.output import show_problems, stop_unusable
from compliance.cli.requests import deliver, make_request
from compliance.messages import text

if TYPE_CHECKING:
    from datetime import date

    from compliance.model.comparison import Comparison
    from compliance.model.rulepack import RulePack


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
    unit: options.UnitOption = None,
    expect: options.Expect = None,
    as_of: options.AsOf = None,
    explanations: options.Explanations = None,
    waivers: options.Waivers = None,
    wanted: options.Format = None,
    output: options.Output = None,
    large_files: options.LargeFiles = 1,
    no_color: options.NoColor = False,
) -> None:
    """Say what changed; ends with 0 when it ran, whatever it found."""
    from compliance.compare_pipeline import compare as compare_requests
    from compliance.render.compare import compose_compare_blocks, title_of

    form = choose_format(wanted, output, "compare")
    before = make_request(
        [old],
        pack=pack,
        period=old_period,
        expect=expect,
        as_of=as_of,
        explanations=explanations,
        waivers=waivers,
        large_files=large_files,
    )
    after = replace(before, paths=(new,), period=period, unit=unit)
    result, chosen, problems = compare_requests(before, after)
    if result is None or chosen is None:
        stop_unusable(problems, no_color=no_color)
    show_problems(problems, no_color=no_color)
    deliver(
        form,
        result,
        compose_compare_blocks(chosen, result),
        output=output,
        title=title_of(result),
        as_of=before.as_of,
        no_color=no_color,
        workbook=lambda: _workbook(chosen, result, before.as_of),
    )


def _workbook(pack: RulePack, result: Comparison, as_of: date) -> bytes:
    from compliance.render.compare_workbook import render_compare_workbook

    return render_compare_workbook(pack, result, as_of=as_of)
