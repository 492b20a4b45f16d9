"""Which commands invent figures to try the program with? `invent ledger` and `invent submissions`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from compliance.cli import options
from compliance.cli.commands import Commands
from compliance.cli.exits import EXIT_ACCEPTED
from compliance.cli.output import refusal_reason, stop_unusable, stop_usage
from compliance.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.authoring.invented_faults import FaultName
    from compliance.authoring.invented_folder import Invented
    from compliance.model.submission import Period
    from compliance.problems import Problem

_ALL = "all"


def _help(option: str) -> str:
    return text(f"invent.option.{option}")


Units = Annotated[int | None, typer.Option("--units", metavar="N", min=1, max=200_000, help=_help("units"))]
Seed = Annotated[int, typer.Option("--seed", metavar="S", min=0, help=_help("seed"))]
Folder = Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help=_help("output"))]
Share = Annotated[int, typer.Option(metavar="‰", min=0, max=1000)]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    group = Commands(help=text("invent.command.group"))
    group.command(help=text("invent.command.ledger"))(ledger)
    group.command(help=text("invent.command.submissions"))(submissions)
    app.add_typer(group, name="invent")


def ledger(
    output: Folder,
    pack: options.Pack = None,
    units: Units = None,
    records: Annotated[
        int, typer.Option("--records", metavar="N", min=1, max=1_000_000_000, help=_help("records"))
    ] = 10_000,
    period: options.PeriodOption = None,
    cut_off: Annotated[str | None, typer.Option("--cut-off", metavar="DATE", help=_help("cut_off"))] = None,
    seed: Seed = 0,
    fault: Annotated[list[str] | None, typer.Option("--fault", metavar="F", help=_help("fault"))] = None,
    quiet: options.Quiet = False,
) -> None:
    """Invent a ledger of dossiers with the reports that follow from it; ends with 0 when it is written."""
    from compliance.authoring.invented_folder import Country, invent_ledger

    country = Country(_pack(pack), units)
    last_day = options.read_as_of(cut_off) if cut_off else None
    faults = _faults(fault or [])
    chosen = _period(period)

    def work() -> tuple[Invented | None, tuple[Problem, ...]]:
        return invent_ledger(
            country, chosen, output, records=records, seed=seed, cut_off=last_day, faults=faults
        )

    try:
        _finish(work, output, "invent.written.ledger", quiet=quiet)
    except ValueError:
        stop_usage("invent.bad_cut_off", written=cut_off, period=chosen.label)


def submissions(
    output: Folder,
    pack: options.Pack = None,
    units: Units = None,
    period: options.PeriodOption = None,
    periods: Annotated[
        int, typer.Option("--periods", metavar="N", min=1, max=100, help=_help("periods"))
    ] = 1,
    seed: Seed = 0,
    blank: Annotated[int, typer.Option("--blank", metavar="‰", min=0, max=1000, help=_help("blank"))] = 0,
    slipped: Annotated[
        int, typer.Option("--slipped", metavar="‰", min=0, max=1000, help=_help("slipped"))
    ] = 0,
    quiet: options.Quiet = False,
) -> None:
    """Invent a table of submissions for `bulk`; ends with 0 when it is written."""
    from compliance.authoring.invented_folder import Country, invent_submissions
    from compliance.authoring.invented_tables import TableSize

    halves = [_period(period)]
    while len(halves) < periods:
        halves.append(halves[-1].next)
    country = Country(_pack(pack), units)
    size = TableSize(seed, tuple(halves), blank, slipped)
    _finish(
        lambda: invent_submissions(country, size, output), output, "invent.written.submissions", quiet=quiet
    )


def _finish(
    work: Callable[[], tuple[Invented | None, tuple[Problem, ...]]],
    output: Path,
    sentence: str,
    *,
    quiet: bool,
) -> NoReturn:
    from compliance.numerals import format_count

    try:
        invented, problems = work()
    except ImportError as missing:
        stop_usage("bulk.not_installed", package=missing)
    except FileExistsError:
        stop_usage("invent.folder_in_use", path=output)
    except OSError as refusal:
        stop_usage("cli.cannot_write", path=output, reason=refusal_reason(refusal))
    if invented is None:
        stop_unusable(problems)
    if not quiet:
        rows, units = format_count(invented.rows), format_count(invented.units)
        typer.echo(text(sentence, rows=rows, units=units, faults=len(invented.planted)))
        typer.echo(text("cli.written", path=output))
    raise typer.Exit(EXIT_ACCEPTED)


def _faults(written: list[str]) -> tuple[FaultName, ...]:
    """The faults asked for, each once, in their own order; `all` is every one."""
    from compliance.authoring.invented_faults import FAULTS

    unknown = [name for name in written if name not in (*FAULTS, _ALL)]
    if unknown:
        stop_usage("invent.unknown_fault", written=", ".join(unknown), known=", ".join((*FAULTS, _ALL)))
    return tuple(name for name in FAULTS if name in written or _ALL in written)


def _pack(name: str | None) -> str:
    from compliance.choices import choose_pack

    chosen, problems = choose_pack(name)
    if chosen is None:
        stop_unusable(problems)
    return chosen


def _period(written: str | None) -> Period:
    from compliance.model.submission import Period

    return options.read_period(written) or Period(year=2020, half=1)
