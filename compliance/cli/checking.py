"""Which commands check figures and assess them? `check`, `assess`, `demo`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli import options
from compliance.cli.exits import EXIT_ACCEPTED, EXIT_UNUSABLE, exit_code
from compliance.cli.format_choice import FORMATS, choose_format
from compliance.cli.formats import (
    assessment_as,
    check_as,
    refuse_on_terminal,
    unit_pages_as,
)
from compliance.cli.output import show, show_problems, stop_unusable, write_file
from compliance.messages import text

if TYPE_CHECKING:
    from compliance.model.assessment import Assessment
    from compliance.model.check import Check
    from compliance.pipeline import Request

DEMO_PACK = "long-phu-2020"
DEMO_DATASET = "long-phu-2020-h1"
DEMO_AS_OF = "2020-06-30"
"""The demonstration speaks of the end of its own period, so that it says the same on every day."""


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(help=text("cli.command.demo"))(demo)
    app.command(help=text("cli.command.check"))(check)
    app.command(help=text("cli.command.assess"))(assess)


def check(
    paths: options.Paths,
    pack: options.Pack = None,
    period: options.PeriodOption = None,
    unit: options.UnitOption = None,
    expect: options.Expect = None,
    as_of: options.AsOf = None,
    previous: options.Previous = None,
    same_period_last_year: options.SameLastYear = None,
    explanations: options.Explanations = None,
    waivers: options.Waivers = None,
    pins: options.Pins = None,
    wanted: options.Format = None,
    output: options.Output = None,
    per_unit: Annotated[
        Path | None, typer.Option("--per-unit", metavar="DIR", help=text("cli.option.per_unit"))
    ] = None,
    keep_going: Annotated[bool, typer.Option("--keep-going", help=text("cli.option.keep_going"))] = False,
    large_files: options.LargeFiles = 1,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Check the figures of one or several units.

    Ends with 2 too where files were left out (`--keep-going`).
    """
    form = choose_format(wanted, output, "check")
    if output is None and per_unit is None and not quiet:
        refuse_on_terminal(form)
    request = _request(paths, pack, period, unit, expect, as_of, previous, same_period_last_year, large_files)
    request = replace(
        request,
        explanations=tuple(explanations or ()),
        waivers=tuple(waivers or ()),
        pins=tuple(pins or ()),
        keep_going=keep_going,
    )
    result = _run(request, no_color=no_color)
    if unit:
        from compliance.choices import full_unit
        from compliance.pipeline import focus_check

        result = focus_check(result, full_unit(result.pack, unit) or unit)
    if output:
        write_file(output, check_as(form, result))
    if per_unit:
        _write_unit_pages(per_unit, form, result)
    if not quiet:
        _show_check(result, form if output is None and per_unit is None else "console", no_color=no_color)
    raise typer.Exit(EXIT_UNUSABLE if result.left_out else exit_code(result.accepted))


def assess(
    paths: options.Paths,
    pack: options.Pack = None,
    period: options.PeriodOption = None,
    unit: options.UnitOption = None,
    expect: options.Expect = None,
    as_of: options.AsOf = None,
    previous: options.Previous = None,
    same_period_last_year: options.SameLastYear = None,
    explanations: options.Explanations = None,
    waivers: options.Waivers = None,
    pins: options.Pins = None,
    wanted: options.Format = None,
    output: options.Output = None,
    full: Annotated[bool, typer.Option("--full", help=text("cli.option.full"))] = False,
    clean: Annotated[bool, typer.Option("--clean", help=text("cli.option.clean"))] = False,
    large_files: options.LargeFiles = 1,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Write the assessment and the tasks of the next half-year."""
    form = choose_format(wanted, output, "assess")
    if output is None:
        refuse_on_terminal(form)
    request = _request(paths, pack, period, unit, expect, as_of, previous, same_period_last_year, large_files)
    request = replace(
        request,
        explanations=tuple(explanations or ()),
        waivers=tuple(waivers or ()),
        pins=tuple(pins or ()),
    )
    result = _run(request, no_color=no_color)
    assessment = _assess(result, unit)
    if output:
        write_file(output, assessment_as(form, result, assessment, full=full, clean=clean))
    elif not quiet:
        _show_assessment(result, assessment, form, no_color=no_color)
    raise typer.Exit(exit_code(result.accepted))


def demo(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help=text("cli.option.output_dir"))
    ] = Path("ket-qua"),
    no_color: options.NoColor = False,
) -> None:
    """The Long Phú case end to end; ends with 0 when it ran, whatever was found."""
    from compliance.pipeline import dataset

    request = _request([dataset(DEMO_DATASET)], DEMO_PACK, None, None, None, DEMO_AS_OF, None, None)
    result = _run(request, no_color=no_color)
    assessment = _assess(result, None)
    for form in FORMATS["check"][1:]:
        write_file(output / f"ket-qua.{form}", check_as(form, result))
    for form in FORMATS["assess"][1:]:
        write_file(output / f"danh-gia.{form}", assessment_as(form, result, assessment))
    write_file(output / "du-thao-bao-cao.docx", assessment_as("docx", result, assessment, full=True))
    _write_unit_pages(output / "don-vi", "docx", result)
    # shown last: a pager that is closed early loses no file
    _show_check(result, "console", no_color=no_color)
    _show_assessment(result, assessment, "console", no_color=no_color)
    typer.echo(text("cli.written", path=output))
    raise typer.Exit(EXIT_ACCEPTED)


def _write_unit_pages(folder: Path, form: str, result: Check) -> None:
    for name, page in unit_pages_as(form, result).items():
        write_file(folder / name, page)
    typer.echo(text("cli.written", path=folder), err=True)


def _request(
    paths: list[Path],
    pack: str | None,
    period: str | None,
    unit: str | None,
    expect: str | None,
    as_of: str | None,
    previous: list[Path] | None,
    same_period_last_year: list[Path] | None,
    large_files: int = 1,
) -> Request:
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
        large_files=large_files,
    )


def _run(request: Request, *, no_color: bool) -> Check:
    from compliance.cli.progress import show_progress
    from compliance.pipeline import run

    with show_progress(no_color=no_color) as progress:
        result, problems = run(request, progress)
    if result is None:
        stop_unusable(problems, no_color=no_color)
    show_problems(problems, no_color=no_color)
    return result


def _assess(result: Check, unit: str | None) -> Assessment:
    from compliance.choices import full_unit
    from compliance.pipeline import assess as compose

    return compose(result, full_unit(result.pack, unit))


def _show_check(result: Check, form: str, *, no_color: bool) -> None:
    if form != "console":
        typer.echo(check_as(form, result), nl=False)
        return
    from compliance.render.console import render_check

    show(render_check(result), no_color=no_color)


def _show_assessment(result: Check, assessment: Assessment, form: str, *, no_color: bool) -> None:
    if form != "console":
        typer.echo(assessment_as(form, result, assessment), nl=False)
        return
    from compliance.render.console import render_assessment

    show(render_assessment(assessment), no_color=no_color)
