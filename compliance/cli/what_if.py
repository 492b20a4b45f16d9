"""Which command tries other figures? `whatif`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli import options
from compliance.cli.format_choice import choose_format
from compliance.cli.output import show_problems, stop_unusable
from compliance.cli.requests import deliver, make_request
from compliance.messages import text

if TYPE_CHECKING:
    from compliance.pipeline import Request


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="whatif", help=text("cli.command.whatif"))(what_if)


def what_if(
    paths: options.Paths,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="[UNIT:]INDICATOR=VALUE", help=text("cli.option.set")),
    ] = None,
    pack: options.Pack = None,
    period: options.PeriodOption = None,
    unit: options.UnitOption = None,
    expect: options.Expect = None,
    as_of: options.AsOf = None,
    previous: options.Previous = None,
    same_period_last_year: options.SameLastYear = None,
    explanations: options.Explanations = None,
    waivers: options.Waivers = None,
    wanted: options.Format = None,
    output: options.Output = None,
    large_files: options.LargeFiles = 1,
    no_color: options.NoColor = False,
) -> None:
    """Show which verdicts other figures would change; ends with 0 when it ran, whatever it found."""
    form = choose_format(wanted, output, "whatif")
    request = make_request(
        paths,
        pack=pack,
        period=period,
        unit=unit,
        expect=expect,
        as_of=as_of,
        previous=previous,
        same_period_last_year=same_period_last_year,
        explanations=explanations,
        waivers=waivers,
        large_files=large_files,
    )
    if settings:
        _try(request, settings, form, output, no_color=no_color)
    else:
        _list_needs(request, form, output, no_color=no_color)


def _try(request: Request, settings: list[str], form: str, output: options.Output, *, no_color: bool) -> None:
    from compliance.question_pipeline import what_if as try_figures
    from compliance.render.what_if import compose_what_if_blocks

    result, chosen, problems = try_figures(request, settings)
    if result is None or chosen is None:
        stop_unusable(problems, no_color=no_color)
    show_problems(problems, no_color=no_color)
    blocks = compose_what_if_blocks(chosen, result)
    deliver(
        form,
        result,
        blocks,
        output=output,
        title=text("what_if.title"),
        as_of=request.as_of,
        no_color=no_color,
    )


def _list_needs(request: Request, form: str, output: options.Output, *, no_color: bool) -> None:
    from compliance.choices import full_unit
    from compliance.pipeline import list_needs, run
    from compliance.render.what_if import compose_needs_blocks

    checked, problems = run(request)
    if checked is None:
        stop_unusable(problems, no_color=no_color)
    show_problems(problems, no_color=no_color)
    result = list_needs(checked, full_unit(checked.pack, request.unit))
    blocks = compose_needs_blocks(checked.pack, result)
    deliver(
        form,
        result,
        blocks,
        output=output,
        title=text("what_if.needs.title"),
        as_of=request.as_of,
        no_color=no_color,
    )
