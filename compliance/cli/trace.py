"""Which command shows how a finding came about? `explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from compliance.cli import options
from compliance.cli.format_choice import choose_format
from compliance.cli.output import show_problems, stop_unusable
from compliance.cli.requests import deliver, make_request
from compliance.messages import text


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=text("cli.command.explain"))(explain)


def explain(
    finding: Annotated[str, typer.Argument(metavar="FINDING-ID", help=text("cli.option.finding"))],
    paths: options.Paths,
    pack: options.Pack = None,
    period: options.PeriodOption = None,
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
    """Show the whole way of one verdict; ends with 0 when it ran, whatever the verdict is."""
    from compliance.question_pipeline import explain as trace_finding
    from compliance.render.trace import compose_trace_blocks

    form = choose_format(wanted, output, "explain")
    request = make_request(
        paths,
        pack=pack,
        period=period,
        expect=expect,
        as_of=as_of,
        previous=previous,
        same_period_last_year=same_period_last_year,
        explanations=explanations,
        waivers=waivers,
        large_files=large_files,
    )
    result, chosen, problems = trace_finding(request, finding)
    if result is None or chosen is None:
        stop_unusable(problems, no_color=no_color)
    show_problems(problems, no_color=no_color)
    title = text("trace.title", rule=result.rule, title=result.title)
    blocks = compose_trace_blocks(chosen, result)
    deliver(form, result, blocks, output=output, title=title, as_of=request.as_of, no_color=no_color)
