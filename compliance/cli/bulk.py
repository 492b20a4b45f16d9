"""Which command runs a pack over tables of many submissions? `bulk`."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli import options
from compliance.cli.engines import engine_failures
from compliance.cli.exits import EXIT_ACCEPTED
from compliance.cli.output import refusal_reason, stop_unusable, stop_usage
from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compliance.model.bulk import BulkResult

ENGINES = ("polars", "duckdb", "spark")
_OUTCOMES = ("pass", "fail", "no_data", "not_applicable")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=text("bulk.command"))(bulk)


def bulk(
    tables: Annotated[list[Path], typer.Argument(metavar="TABLE…", help=text("bulk.option.tables"))],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help=text("bulk.option.output"))],
    pack: options.Pack = None,
    engine: Annotated[str, typer.Option("--engine", help=text("bulk.option.engine"))] = "polars",
    master: Annotated[
        str | None, typer.Option("--master", metavar="URL", help=text("bulk.option.master"))
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Evaluate a pack over tables of submissions; ends with 0 when it ran, whatever was found."""
    if engine not in ENGINES:
        stop_usage("bulk.unknown_engine", written=engine, known=", ".join(ENGINES))
    if master is not None and engine != "spark":
        stop_usage("bulk.master_without_spark")
    missing = [str(table) for table in tables if not table.is_file()]
    if missing:
        stop_usage("bulk.no_table", paths=", ".join(missing))
    result = _run(tables, pack, engine, master, output, quiet=quiet)
    if not quiet:
        typer.echo(_say(result))
        typer.echo(text("cli.written", path=output))
    raise typer.Exit(EXIT_ACCEPTED)


def _run(
    tables: list[Path], pack: str | None, engine: str, master: str | None, output: Path, *, quiet: bool
) -> BulkResult:
    from compliance.bulk_pipeline import run_bulk

    try:
        with engine_failures(engine), _progress(quiet=quiet) as show:
            result, problems = run_bulk(tuple(tables), pack, engine, output, master=master, progress=show)
    except FileExistsError:
        stop_usage("bulk.other_folder", path=output)
    except OSError as refusal:
        stop_usage("cli.cannot_write", path=output, reason=refusal_reason(refusal))
    if result is None:
        stop_unusable(problems)
    return result


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Shows the stage on a terminal, and how many submissions are done; nothing in a pipe."""
    from rich.console import Console

    from compliance.numerals import format_count

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _stage, _done, _total: None
        return
    with console.status("") as status:

        def show(stage: str, done: int, total: int) -> None:
            counts = {"done": format_count(done), "total": format_count(total)}
            status.update(text(f"bulk.stage.{stage}", **counts))

        yield show


def _say(result: BulkResult) -> str:
    from compliance.numerals import format_count

    cells = {outcome: format_count(result.totals.get(outcome, 0)) for outcome in _OUTCOMES}
    lines = [
        text(
            "bulk.result",
            submissions=format_count(result.submissions),
            derived=format_count(result.derived),
            rules=len(result.counts),
            **cells,
        )
    ]
    by_reason: dict[str, list[str]] = {}
    for item in result.left_out:
        by_reason.setdefault(item.reason, []).append(item.rule)
    lines += [
        text("bulk.left_out", rules=", ".join(rules), reason=reason) for reason, rules in by_reason.items()
    ]
    if result.left_out:
        lines.insert(1, text("bulk.left_out_heading", count=len(result.left_out)))
    return "\n".join(lines)
