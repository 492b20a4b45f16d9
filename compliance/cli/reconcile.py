"""Which command holds a ledger of dossiers against what the units reported? `reconcile`."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli import options
from compliance.cli.engines import engine_failures
from compliance.cli.exits import EXIT_ACCEPTED, EXIT_FINDINGS
from compliance.cli.format_choice import choose_format
from compliance.cli.formats import refuse_on_terminal
from compliance.cli.output import show_problems, stop_unusable, stop_usage, write_file
from compliance.cli.requests import deliver
from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from compliance.model.reconciliation import Reconciliation
    from compliance.reconcile_pipeline import Bounds

ENGINES = ("duckdb", "polars", "spark")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=text("reconcile.command"))(reconcile)


def reconcile(
    ledgers: Annotated[list[Path], typer.Argument(metavar="LEDGER…", help=text("reconcile.option.ledgers"))],
    submissions: Annotated[
        list[Path],
        typer.Option("--submissions", metavar="PATH", help=text("reconcile.option.submissions")),
    ],
    pack: options.Pack = None,
    period: options.PeriodOption = None,
    covers: Annotated[
        list[str] | None, typer.Option("--covers", metavar="UNITS", help=text("reconcile.option.covers"))
    ] = None,
    engine: Annotated[str, typer.Option("--engine", help=text("reconcile.option.engine"))] = "duckdb",
    as_of: options.AsOf = None,
    wanted: options.Format = None,
    output: options.Output = None,
    memory: Annotated[
        str, typer.Option("--memory", metavar="SIZE", help=text("reconcile.option.memory"))
    ] = "2GB",
    threads: Annotated[
        int | None, typer.Option("--threads", metavar="N", min=1, help=text("reconcile.option.threads"))
    ] = None,
    large_files: options.LargeFiles = 1,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Hold ledgers against submissions; ends with 0 where all agrees and every record can be, else 1."""
    if engine not in ENGINES:
        stop_usage("reconcile.unknown_engine", written=engine, known=", ".join(ENGINES))
    form = choose_format(wanted, output, "reconcile")
    if output is None and not quiet:
        refuse_on_terminal(form)
    bounds = _bounds(memory, threads, large_files)
    with _progress(quiet=quiet) as progress:
        result = _run(
            ledgers,
            submissions,
            pack,
            period,
            engine,
            as_of,
            bounds,
            progress,
            covers=covers or (),
            no_color=no_color,
        )
    if output is not None or not quiet:
        _deliver(form, result, output, no_color=no_color)
    raise typer.Exit(EXIT_ACCEPTED if result.verdict == "agree" else EXIT_FINDINGS)


def _bounds(memory: str, threads: int | None, large_files: int) -> Bounds:
    from compliance.reconcile_pipeline import Bounds, is_memory

    if not is_memory(memory):
        stop_usage("reconcile.bad_memory", written=memory)
    return Bounds(memory=memory, threads=threads, large_files=large_files)


def _run(
    ledgers: list[Path],
    submissions: list[Path],
    pack: str | None,
    period: str | None,
    engine: str,
    as_of: str | None,
    bounds: Bounds,
    progress: Callable[[str], None],
    *,
    covers: Sequence[str],
    no_color: bool,
) -> Reconciliation:
    from compliance.reconcile_pipeline import reconcile as run

    with engine_failures(engine):
        result, problems = run(
            ledgers,
            submissions,
            pack,
            period=period,
            covers=covers,
            engine=engine,
            as_of=options.read_as_of(as_of),
            bounds=bounds,
            progress=progress,
        )
    if result is None:
        stop_unusable(problems, no_color=no_color)
    show_problems(problems, no_color=no_color)
    return result


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Shows the stage on a terminal; nothing in a pipe."""
    from rich.console import Console

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _: None
        return
    with console.status("") as status:
        yield lambda stage: status.update(text(f"reconcile.stage.{stage}"))


def _deliver(form: str, result: Reconciliation, output: Path | None, *, no_color: bool) -> None:
    from compliance.render.reconcile import compose_reconciliation_blocks
    from compliance.render.reconcile_words import Reader

    if form == "xlsx" and output is not None:
        from compliance.render.reconcile_workbook import render_reconciliation_workbook

        write_file(output, render_reconciliation_workbook(result))
        return
    blocks = compose_reconciliation_blocks(result, is_page=form != "console")
    title = Reader(result).title
    deliver(form, result, blocks, output=output, title=title, as_of=result.as_of, no_color=no_color)
